/* vault.c - a version byte and eight texts, sealed. */
#include "app/vault.h"
#include "base/pack.h"
#include "base/seal.h"
#include <string.h>

#define VAULT_VERSION 1

#define NOTE_KEY_BYTES 25

struct slice vault_key(enum vault_kind kind, struct id id, char out[17])
{
    out[0] = (char)kind;
    memcpy(out + 1, id.b, 16);
    return slice_make(out, 17);
}

static enum err put(struct box *b, struct store_txn *txn, struct slice key,
                    const struct vault_text *v)
{
    const struct slice *fields[] = {&v->text,   &v->id,   &v->server, &v->author,
                                    &v->handle, &v->name, &v->url,    &v->reply_to};
    struct buf plain, sealed;
    buf_init(&plain, 0);
    buf_init(&sealed, 0);
    pack_u8(&plain, VAULT_VERSION);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        pack_bytes(&plain, *fields[i]);
    enum err e = plain.err;
    if (e == ERR_OK)
        e = seal_close(b->vault_key, key, buf_slice(&plain), &sealed);
    if (e == ERR_OK)
        e = store_put(txn, TABLE_VAULT, key, buf_slice(&sealed));
    buf_fini(&plain);
    buf_fini(&sealed);
    return e;
}

enum err vault_put(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   const struct vault_text *v)
{
    char key[17];
    return put(b, txn, vault_key(kind, id, key), v);
}

static struct slice note_key(struct id kase, uint64_t seq, char out[NOTE_KEY_BYTES])
{
    (void)vault_key(VAULT_NOTE, kase, out);
    for (int i = 0; i < 8; i++)
        out[17 + i] = (char)(seq >> (56 - 8 * i));
    return slice_make(out, NOTE_KEY_BYTES);
}

enum err vault_put_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t seq,
                        struct slice text, struct slice word)
{
    char key[NOTE_KEY_BYTES];
    const struct vault_text v = {.text = text, .name = word};
    return put(b, txn, note_key(kase, seq, key), &v);
}

typedef enum err (*each_fn)(void *ctx, struct slice key);

/* Mentions and replies of a case stand in tables whose keys are case id, their id. */
static enum err each_in_table(struct store_txn *txn, enum table t, struct id kase, each_fn fn,
                              void *ctx)
{
    struct record_key from = key_mention(kase, (struct id){{0}});
    struct slice key;
    char vault[17];
    enum err e;
    while ((e = store_seek(txn, t, record_key_slice(&from), &key, NULL)) == ERR_OK) {
        struct id id;
        if (key.n != 32 || memcmp(key.p, kase.b, 16) != 0)
            return ERR_OK;
        memcpy(id.b, key.p + 16, 16);
        from = key_mention(kase, id);
        from.b[from.n++] = 0;
        e = fn(ctx, vault_key(VAULT_MENTION, id, vault));
        if (e != ERR_OK)
            return e;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err each_note(struct store_txn *txn, struct id kase, each_fn fn, void *ctx)
{
    char from[NOTE_KEY_BYTES + 1];
    struct slice at = note_key(kase, 0, from), key;
    enum err e;
    while ((e = store_seek(txn, TABLE_VAULT, at, &key, NULL)) == ERR_OK) {
        if (key.n != NOTE_KEY_BYTES || memcmp(key.p, from, 17) != 0)
            return ERR_OK;
        memcpy(from, key.p, NOTE_KEY_BYTES);
        from[NOTE_KEY_BYTES] = 0;
        at = slice_make(from, NOTE_KEY_BYTES + 1);
        e = fn(ctx, slice_make(from, NOTE_KEY_BYTES));
        if (e != ERR_OK)
            return e;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err vault_each_of_case(struct store_txn *txn, struct id kase,
                            enum err (*fn)(void *ctx, struct slice key), void *ctx)
{
    enum err e = each_in_table(txn, TABLE_MENTION, kase, fn, ctx);
    if (e == ERR_OK)
        e = each_in_table(txn, TABLE_REPLY, kase, fn, ctx);
    if (e == ERR_OK)
        e = each_note(txn, kase, fn, ctx);
    char ticket[17];
    return e == ERR_OK ? fn(ctx, vault_key(VAULT_TICKET, kase, ticket)) : e;
}

enum err vault_get(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   struct buf *out, struct vault_text *v)
{
    struct slice *fields[] = {&v->text,   &v->id,   &v->server, &v->author,
                              &v->handle, &v->name, &v->url,    &v->reply_to};
    char key_bytes[17];
    struct slice key = vault_key(kind, id, key_bytes), sealed;
    memset(v, 0, sizeof *v);
    enum err e = store_get(txn, TABLE_VAULT, key, &sealed);
    buf_clear(out);
    if (e == ERR_OK)
        e = seal_open(b->vault_key, key, sealed, out);
    if (e != ERR_OK)
        return e;
    struct unpack u = unpack_of(buf_slice(out));
    if (unpack_u8(&u) > VAULT_VERSION)
        return ERR_VERSION;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = unpack_bytes(&u);
    return unpack_done(&u) ? ERR_OK : ERR_CORRUPT;
}

enum err vault_del(struct store_txn *txn, enum vault_kind kind, struct id id)
{
    char key[17];
    enum err e = store_del(txn, TABLE_VAULT, vault_key(kind, id, key));
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
