/* toy_store.h - for store's tests: a store in a folder of its own, and an apply that keeps an
 * event's text as a key. */
#ifndef TOY_STORE_H
#define TOY_STORE_H
#include "base/pack.h"
#include "store/maintain.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[64];

static inline int setup(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/atalaya-store-XXXXXX");
    return mkdtemp(dir) == NULL;
}

static inline int teardown(void **state)
{
    char command[120];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) != 0;
}

static inline struct store *open_store(void)
{
    const struct store_options o = {.dir = dir};
    struct store_error e;
    struct store *s;
    if (store_open(&o, &s, &e) != ERR_OK)
        fail_msg("%s", e.message);
    return s;
}

static inline enum err put(struct store *s, const char *key, const char *value)
{
    struct store_txn *txn;
    enum err e = store_begin(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_put(txn, TABLE_CASE, slice_of(key), slice_of(value));
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static inline enum err get(struct store *s, const char *key, char out[64])
{
    struct store_txn *txn;
    struct slice v;
    enum err e = store_read(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_get(txn, TABLE_CASE, slice_of(key), &v);
    if (e == ERR_OK)
        slice_copy_z(v, out, 64);
    store_read_end(txn);
    return e;
}

static inline enum err toy_apply(const struct tables *t, uint64_t seq, struct slice event)
{
    (void)seq;
    return t->put(t->ctx, TABLE_CASE, event, slice_of("v"));
}

static inline enum err toy_event(struct store *s, uint64_t seq, const char *name)
{
    struct store_txn *txn;
    struct buf events;
    buf_init(&events, 0);
    pack_bytes(&events, slice_of(name));
    const struct store_batch b = {.first_seq = seq, .n_events = 1, .events = buf_slice(&events)};
    enum err e = store_begin(s, &txn);
    struct tables t = store_tables(txn);
    if (e == ERR_OK)
        e = toy_apply(&t, seq, slice_of(name));
    if (e == ERR_OK)
        e = store_append(txn, &b);
    buf_fini(&events);
    return e == ERR_OK ? store_commit(txn) : e;
}

#endif
