/* journal.c - one record a batch: version, at_ms, number of events, box, events; keyed by the first
 * seq. */
#include "base/pack.h"
#include "store/env.h"

#define BATCH_VERSION 1

static struct slice key_of(uint64_t seq, uint8_t out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(seq >> (56 - 8 * i));
    return slice_make(out, 8);
}

static enum err parse(struct slice key, struct slice v, struct store_batch *out)
{
    struct unpack k = unpack_of(key), u = unpack_of(v);
    out->first_seq = unpack_key_u64(&k);
    if (unpack_u8(&u) > BATCH_VERSION)
        return ERR_VERSION;
    out->at_ms = unpack_int(&u);
    out->n_events = (uint32_t)unpack_uint(&u);
    out->box = unpack_id(&u);
    out->events = slice_make(u.p, unpack_left(&u));
    return u.bad || !unpack_done(&k) || out->n_events == 0 ? ERR_CORRUPT : ERR_OK;
}

static enum err last_batch(struct store_txn *txn, struct store_batch *out)
{
    MDB_cursor *cursor;
    MDB_val k, v;
    struct slice value;
    int code = mdb_cursor_open(txn->txn, txn->s->dbi[TABLE_JOURNAL], &cursor);
    if (code != MDB_SUCCESS)
        return store_note(txn->s, "journal", code);
    code = mdb_cursor_get(cursor, &k, &v, MDB_LAST);
    mdb_cursor_close(cursor);
    if (code != MDB_SUCCESS)
        return store_note(txn->s, "journal", code);
    struct slice key = slice_make(k.mv_data, k.mv_size);
    enum err e = store_get(txn, TABLE_JOURNAL, key, &value);
    return e == ERR_OK ? parse(key, value, out) : e;
}

static const struct slice meta_trimmed = {"trimmed", 7};

enum err store_last_seq(struct store_txn *txn, uint64_t *out)
{
    struct store_batch last = {.first_seq = 0};
    struct slice v;
    enum err e = last_batch(txn, &last);
    if (e == ERR_OK) {
        *out = last.first_seq + last.n_events - 1;
        return ERR_OK;
    }
    if (e != ERR_NOT_FOUND)
        return e;
    *out = 0;
    e = store_get(txn, TABLE_META, meta_trimmed, &v);
    if (e == ERR_OK) {
        struct unpack u = unpack_of(v);
        *out = unpack_key_u64(&u);
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_append(struct store_txn *txn, const struct store_batch *batch)
{
    uint8_t key[8];
    uint64_t last;
    enum err e = store_last_seq(txn, &last);
    if (e != ERR_OK)
        return e;
    if (batch->n_events == 0 || batch->first_seq != last + 1)
        return ERR_INVALID;
    struct buf b;
    buf_init(&b, 0);
    pack_u8(&b, BATCH_VERSION);
    pack_int(&b, batch->at_ms);
    pack_uint(&b, batch->n_events);
    pack_id(&b, batch->box);
    buf_add_slice(&b, batch->events);
    e = b.err;
    if (e == ERR_OK)
        e = store_put(txn, TABLE_JOURNAL, key_of(batch->first_seq, key), buf_slice(&b));
    buf_fini(&b);
    return e;
}

enum err store_batch_at(struct store_txn *txn, uint64_t seq, struct store_batch *out)
{
    uint8_t from[8];
    MDB_cursor *cursor;
    MDB_val k, v;
    struct slice key, value;
    (void)key_of(seq, from);
    k = (MDB_val){.mv_size = sizeof from, .mv_data = from};
    int code = mdb_cursor_open(txn->txn, txn->s->dbi[TABLE_JOURNAL], &cursor);
    if (code != MDB_SUCCESS)
        return store_note(txn->s, "journal", code);
    /* The batch before the first key above `seq` may still hold it. */
    code = mdb_cursor_get(cursor, &k, &v, MDB_SET_RANGE);
    if (code == MDB_NOTFOUND)
        code = mdb_cursor_get(cursor, &k, &v, MDB_LAST);
    else if (code == MDB_SUCCESS &&
             (k.mv_size != sizeof from || __builtin_memcmp(k.mv_data, from, sizeof from) != 0) &&
             mdb_cursor_get(cursor, &k, &v, MDB_PREV) != MDB_SUCCESS)
        code = mdb_cursor_get(cursor, &k, &v, MDB_FIRST);
    enum err e = store_note(txn->s, "journal", code);
    while (e == ERR_OK) {
        key = slice_make(k.mv_data, k.mv_size);
        e = store_get(txn, TABLE_JOURNAL, key, &value);
        if (e == ERR_OK)
            e = parse(key, value, out);
        if (e != ERR_OK || out->first_seq + out->n_events > seq)
            break;
        e = store_note(txn->s, "journal", mdb_cursor_get(cursor, &k, &v, MDB_NEXT));
    }
    mdb_cursor_close(cursor);
    return e;
}

enum err store_trim(struct store_txn *txn, uint64_t seq, unsigned max_batches, unsigned *n_dropped)
{
    uint8_t key[8];
    struct slice found, value;
    *n_dropped = 0;
    while (*n_dropped < max_batches) {
        struct store_batch batch;
        enum err e = store_seek(txn, TABLE_JOURNAL, slice_make(NULL, 0), &found, &value);
        if (e != ERR_OK)
            return e == ERR_NOT_FOUND ? ERR_OK : e;
        e = parse(found, value, &batch);
        if (e != ERR_OK)
            return e;
        if (batch.first_seq + batch.n_events > seq)
            return ERR_OK;
        e = store_put(txn, TABLE_META, meta_trimmed,
                      key_of(batch.first_seq + batch.n_events - 1, key));
        if (e == ERR_OK)
            e = store_del(txn, TABLE_JOURNAL, key_of(batch.first_seq, key));
        if (e != ERR_OK)
            return e;
        ++*n_dropped;
    }
    return ERR_OK;
}
