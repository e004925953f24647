/* store_file.c - a new file, complete before it carries its name; and what a file says of itself:
 * its format, its box, and which apply made its tables. */
#include "store/store_file.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/seal.h"
#include "core/record/apply.h"
#include "store/env.h"
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const struct slice meta_format = {"format", 6}, meta_apply = {"apply_version", 13};

enum err store_put_apply_version(struct store_txn *txn)
{
    struct buf b;
    buf_init(&b, 0);
    pack_uint(&b, APPLY_VERSION);
    enum err e = b.err == ERR_OK ? store_put(txn, TABLE_META, meta_apply, buf_slice(&b)) : b.err;
    buf_fini(&b);
    return e;
}

unsigned store_apply_version(const struct store *s)
{
    return s->apply_version;
}

static enum err write_identity(struct store *s)
{
    struct store_txn *txn;
    struct buf b;
    uint8_t random[10];
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    enum err e = seal_random(random, sizeof random);
    if (e == ERR_OK)
        e = store_begin(s, &txn);
    if (e != ERR_OK)
        return e;
    s->box = id_make((int64_t)t.tv_sec * 1000, random);
    buf_init(&b, 0);
    pack_u8(&b, STORE_FORMAT);
    pack_id(&b, s->box);
    e = b.err == ERR_OK ? store_put(txn, TABLE_META, meta_format, buf_slice(&b)) : b.err;
    buf_fini(&b);
    if (e == ERR_OK)
        e = store_put_apply_version(txn);
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

/* Files from before this was noted are of version 1. */
static enum err read_apply_version(struct store *s, struct store_txn *txn)
{
    struct slice v;
    s->apply_version = 1;
    enum err e = store_get(txn, TABLE_META, meta_apply, &v);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    struct unpack u = unpack_of(v);
    uint64_t version = unpack_uint(&u);
    if (!unpack_done(&u))
        return ERR_CORRUPT;
    if (version > APPLY_VERSION)
        return ERR_VERSION;
    s->apply_version = (unsigned)version;
    return ERR_OK;
}

enum err store_read_identity(struct store *s)
{
    struct store_txn *txn;
    struct slice v;
    enum err e = store_read(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_get(txn, TABLE_META, meta_format, &v);
    if (e == ERR_OK) {
        struct unpack u = unpack_of(v);
        e = unpack_u8(&u) > STORE_FORMAT ? ERR_VERSION : ERR_OK;
        s->box = unpack_id(&u);
        if (e == ERR_OK && !unpack_done(&u))
            e = ERR_CORRUPT;
    }
    if (e == ERR_OK)
        e = read_apply_version(s, txn);
    store_read_end(txn);
    return e;
}

enum err store_create_file(struct store *s, struct store_error *e)
{
    char temporary[4200], lock[4300];
    MDB_env *env;
    (void)snprintf(temporary, sizeof temporary, "%s.new", s->path);
    (void)snprintf(lock, sizeof lock, "%s-lock", temporary);
    (void)unlink(temporary);
    int code = store_env_open(s, &env, temporary, false);
    if (code != MDB_SUCCESS) {
        store_fail(e, store_map_code(code), "cannot create %s: %s", temporary, mdb_strerror(code));
        return e->code;
    }
    enum err err = store_env_tables(s, env, true);
    s->env = env;
    if (err == ERR_OK)
        err = write_identity(s);
    mdb_env_close(env);
    s->env = NULL;
    (void)unlink(lock);
    if (err == ERR_OK && rename(temporary, s->path) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = file_sync_folder(s->path);
    if (err != ERR_OK)
        store_fail(e, err, "cannot create %s: %s", s->path, err_word(err));
    return err;
}
