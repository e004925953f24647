/* txn.c - transactions, and records with their checksums. */
#include "base/crc32c.h"
#include "base/log.h"
#include "store/env.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CRC_BYTES 4
#define READER_WAIT_MS 5000

static struct store_txn *txn_new(struct store *s, bool is_write)
{
    struct store_txn *txn = calloc(1, sizeof *txn);
    if (txn != NULL)
        *txn = (struct store_txn){.s = s, .is_write = is_write};
    return txn;
}

static void txn_free(struct store_txn *txn)
{
    free(txn->scratch);
    free(txn);
}

enum err store_begin(struct store *s, struct store_txn **out)
{
    struct store_txn *txn = txn_new(s, true);
    *out = NULL;
    if (txn == NULL)
        return ERR_NO_MEMORY;
    int code = s->env != NULL ? mdb_txn_begin(s->env, NULL, 0, &txn->txn) : MDB_PANIC;
    if (code != MDB_SUCCESS) {
        txn_free(txn);
        return store_note(s, "begin", code);
    }
    *out = txn;
    return ERR_OK;
}

static void close_cursors(struct store_txn *txn)
{
    for (int t = 0; t < TABLE_N; t++)
        if (txn->cursors[t] != NULL)
            mdb_cursor_close(txn->cursors[t]);
    memset(txn->cursors, 0, sizeof txn->cursors);
}

enum err store_commit(struct store_txn *txn)
{
    struct store *s = txn->s;
    close_cursors(txn);
    int code = mdb_txn_commit(txn->txn);
    txn_free(txn);
    pthread_mutex_lock(&s->lock);
    s->n_commits += code == MDB_SUCCESS ? 1 : 0;
    s->n_commit_failures += code == MDB_SUCCESS ? 0 : 1;
    bool was_faulty = s->fault.code != ERR_OK;
    if (code == MDB_SUCCESS)
        s->fault = (struct store_fault){.code = ERR_OK};
    pthread_mutex_unlock(&s->lock);
    if (code == MDB_SUCCESS && was_faulty)
        log_info("store: writing works again");
    return code == MDB_SUCCESS ? ERR_OK : store_note(s, "commit", code);
}

void store_abort(struct store_txn *txn)
{
    close_cursors(txn);
    mdb_txn_abort(txn->txn);
    txn_free(txn);
}

enum err store_enter(struct store *s)
{
    const struct timespec until = mono_deadline(READER_WAIT_MS);
    enum err e = ERR_OK;
    pthread_mutex_lock(&s->lock);
    while (s->is_barred && e == ERR_OK)
        if (pthread_cond_timedwait(&s->changed, &s->lock, &until) != 0)
            e = ERR_BUSY;
    if (e == ERR_OK && s->env == NULL)
        e = ERR_IO;
    if (e == ERR_OK)
        s->n_readers++;
    pthread_mutex_unlock(&s->lock);
    return e;
}

void store_leave(struct store *s)
{
    pthread_mutex_lock(&s->lock);
    s->n_readers--;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

enum err store_read(struct store *s, struct store_txn **out)
{
    *out = NULL;
    enum err e = store_enter(s);
    if (e != ERR_OK)
        return e;
    struct store_txn *txn = txn_new(s, false);
    int code = txn != NULL ? mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn->txn) : 0;
    if (txn == NULL || code != MDB_SUCCESS) {
        free(txn);
        store_leave(s);
        return code != MDB_SUCCESS ? store_note(s, "read", code) : ERR_NO_MEMORY;
    }
    *out = txn;
    return ERR_OK;
}

void store_read_end(struct store_txn *txn)
{
    struct store *s = txn->s;
    close_cursors(txn);
    mdb_txn_abort(txn->txn);
    txn_free(txn);
    store_leave(s);
}

static uint32_t checksum(struct slice key, const void *value, size_t n)
{
    return crc32c(crc32c(0, key.p, key.n), value, n);
}

static enum err damaged(struct store_txn *txn, enum table t, struct slice key)
{
    char what[80];
    int n = snprintf(what, sizeof what, "record %s/", table_name(t));
    for (size_t i = 0; i < key.n && n < (int)sizeof what - 3; i++)
        n += snprintf(what + n, sizeof what - (size_t)n, "%02x", (unsigned char)key.p[i]);
    return store_note(txn->s, what, MDB_CORRUPTED);
}

static enum err checked(struct store_txn *txn, enum table t, struct slice key, const MDB_val *v,
                        struct slice *out)
{
    uint32_t stored;
    if (v->mv_size < CRC_BYTES)
        return damaged(txn, t, key);
    size_t n = v->mv_size - CRC_BYTES;
    memcpy(&stored, (const char *)v->mv_data + n, CRC_BYTES);
    if (stored != checksum(key, v->mv_data, n))
        return damaged(txn, t, key);
    if (out != NULL)
        *out = slice_make(v->mv_data, n);
    return ERR_OK;
}

static MDB_val val_of(struct slice s)
{
    return (MDB_val){.mv_size = s.n, .mv_data = (void *)(uintptr_t)s.p};
}

enum err store_get(struct store_txn *txn, enum table t, struct slice key, struct slice *value)
{
    MDB_val k = val_of(key), v;
    int code = mdb_get(txn->txn, txn->s->dbi[t], &k, &v);
    return code == MDB_SUCCESS ? checked(txn, t, key, &v, value) : store_note(txn->s, "get", code);
}

static int cursor_of(struct store_txn *txn, enum table t, MDB_cursor **out)
{
    int code = MDB_SUCCESS;
    if (txn->cursors[t] == NULL)
        code = mdb_cursor_open(txn->txn, txn->s->dbi[t], &txn->cursors[t]);
    *out = txn->cursors[t];
    return code;
}

enum err store_seek(struct store_txn *txn, enum table t, struct slice from, struct slice *key,
                    struct slice *value)
{
    MDB_cursor *cursor;
    MDB_val k = val_of(from), v;
    int code = cursor_of(txn, t, &cursor);
    if (code == MDB_SUCCESS)
        code = mdb_cursor_get(cursor, &k, &v, from.n > 0 ? MDB_SET_RANGE : MDB_FIRST);
    *key = slice_make(NULL, 0);
    if (code != MDB_SUCCESS)
        return store_note(txn->s, "seek", code);
    *key = slice_make(k.mv_data, k.mv_size);
    return checked(txn, t, *key, &v, value);
}

enum err store_put(struct store_txn *txn, enum table t, struct slice key, struct slice value)
{
    uint32_t crc = checksum(key, value.p, value.n);
    MDB_val k = val_of(key), v = {.mv_size = value.n + CRC_BYTES};
    if (v.mv_size > txn->scratch_bytes) {
        char *more = realloc(txn->scratch, v.mv_size * 2);
        if (more == NULL)
            return ERR_NO_MEMORY;
        txn->scratch = more;
        txn->scratch_bytes = v.mv_size * 2;
    }
    /* Copied first: `value` may lie in a page that the put moves. */
    if (value.n > 0)
        memcpy(txn->scratch, value.p, value.n);
    memcpy(txn->scratch + value.n, &crc, CRC_BYTES);
    v.mv_data = txn->scratch;
    return store_note(txn->s, "put", mdb_put(txn->txn, txn->s->dbi[t], &k, &v, 0));
}

enum err store_del(struct store_txn *txn, enum table t, struct slice key)
{
    MDB_val k = val_of(key);
    return store_note(txn->s, "delete", mdb_del(txn->txn, txn->s->dbi[t], &k, NULL));
}

enum err store_count(struct store_txn *txn, enum table t, uint64_t *out)
{
    MDB_stat stat;
    int code = mdb_stat(txn->txn, txn->s->dbi[t], &stat);
    if (code == MDB_SUCCESS)
        *out = stat.ms_entries;
    return store_note(txn->s, "count", code);
}

static enum err derived_get(void *ctx, enum table t, struct slice key, struct slice *value)
{
    return t < TABLE_N_DERIVED ? store_get(ctx, t, key, value) : ERR_DENIED;
}

static enum err derived_seek(void *ctx, enum table t, struct slice from, struct slice *key,
                             struct slice *value)
{
    return t < TABLE_N_DERIVED ? store_seek(ctx, t, from, key, value) : ERR_DENIED;
}

static enum err derived_put(void *ctx, enum table t, struct slice key, struct slice value)
{
    return t < TABLE_N_DERIVED ? store_put(ctx, t, key, value) : ERR_DENIED;
}

static enum err derived_del(void *ctx, enum table t, struct slice key)
{
    return t < TABLE_N_DERIVED ? store_del(ctx, t, key) : ERR_DENIED;
}

struct tables store_tables(struct store_txn *txn)
{
    return (struct tables){.ctx = txn,
                           .get = derived_get,
                           .seek = derived_seek,
                           .put = txn->is_write ? derived_put : NULL,
                           .del = txn->is_write ? derived_del : NULL};
}
