/* vault.c - a version byte and eight texts, sealed; from version 2 on, which notes are written as:
 * when, by whom, and with which action. */
#include "app/box/vault.h"
#include "base/pack.h"
#include "base/seal.h"
#include <string.h>

#define VERSION_TEXTS 1
#define VERSION_NOTE 2
#define NOTE_KEY_BYTES 25

struct slice vault_key(enum vault_kind kind, struct id id, char out[17])
{
    out[0] = (char)kind;
    memcpy(out + 1, id.b, 16);
    return slice_make(out, 17);
}

static enum err put_sealed(struct box *b, struct store_txn *txn, struct slice key,
                           const struct vault_text *v, const struct vault_note *note)
{
    const struct slice *fields[] = {&v->text,   &v->id,   &v->server, &v->author,
                                    &v->handle, &v->name, &v->url,    &v->reply_to};
    struct buf plain, sealed;
    buf_init(&plain, 0);
    buf_init(&sealed, 0);
    pack_u8(&plain, note != NULL ? VERSION_NOTE : VERSION_TEXTS);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        pack_bytes(&plain, *fields[i]);
    if (note != NULL) {
        pack_int(&plain, note->at_ms);
        pack_id(&plain, note->person);
        pack_bytes(&plain, note->action);
    }
    enum err e = plain.err;
    if (e == ERR_OK)
        e = seal_close(b->vault_key, key, buf_slice(&plain), &sealed);
    if (e == ERR_OK)
        e = store_put(txn, TABLE_VAULT, key, buf_slice(&sealed));
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
    buf_fini(&sealed);
    return e;
}

enum err vault_put(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   const struct vault_text *v)
{
    char key[17];
    return put_sealed(b, txn, vault_key(kind, id, key), v, NULL);
}

static struct slice note_key(struct id kase, uint64_t seq, char out[NOTE_KEY_BYTES])
{
    (void)vault_key(VAULT_NOTE, kase, out);
    for (int i = 0; i < 8; i++)
        out[17 + i] = (char)(seq >> (56 - 8 * i));
    return slice_make(out, NOTE_KEY_BYTES);
}

enum err vault_put_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t seq,
                        const struct vault_note *n)
{
    char key[NOTE_KEY_BYTES];
    const struct vault_text v = {.text = n->text, .name = n->word};
    return put_sealed(b, txn, note_key(kase, seq, key), &v, n);
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

static enum err unseal(struct box *b, struct slice key, struct slice sealed, struct buf *out,
                       struct vault_text *v, struct vault_note *n)
{
    struct slice *fields[] = {&v->text,   &v->id,   &v->server, &v->author,
                              &v->handle, &v->name, &v->url,    &v->reply_to};
    buf_clear(out);
    enum err e = seal_open(b->vault_key, key, sealed, out);
    if (e != ERR_OK)
        return e;
    struct unpack u = unpack_of(buf_slice(out));
    uint8_t version = unpack_u8(&u);
    if (version > VERSION_NOTE)
        return ERR_VERSION;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = unpack_bytes(&u);
    *n = (struct vault_note){.text = v->text, .word = v->name};
    if (version >= VERSION_NOTE) {
        n->at_ms = unpack_int(&u);
        n->person = unpack_id(&u);
        n->action = unpack_bytes(&u);
    }
    return unpack_done(&u) ? ERR_OK : ERR_CORRUPT;
}

enum err vault_get(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   struct buf *out, struct vault_text *v)
{
    struct vault_note none;
    char key_bytes[17];
    struct slice key = vault_key(kind, id, key_bytes), sealed;
    memset(v, 0, sizeof *v);
    buf_clear(out);
    enum err e = store_get(txn, TABLE_VAULT, key, &sealed);
    return e == ERR_OK ? unseal(b, key, sealed, out, v, &none) : e;
}

static int64_t batch_ms(struct store_txn *txn, uint64_t seq)
{
    struct store_batch batch;
    return store_batch_at(txn, seq, &batch) == ERR_OK && batch.first_seq <= seq ? batch.at_ms : 0;
}

enum err vault_next_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t *seq,
                         struct buf *out, struct vault_note *n)
{
    char from[NOTE_KEY_BYTES];
    struct vault_text v;
    struct slice key, sealed;
    enum err e = store_seek(txn, TABLE_VAULT, note_key(kase, *seq, from), &key, &sealed);
    if (e != ERR_OK)
        return e;
    if (key.n != NOTE_KEY_BYTES || memcmp(key.p, from, 17) != 0)
        return ERR_NOT_FOUND;
    *seq = 0;
    for (size_t i = 17; i < NOTE_KEY_BYTES; i++)
        *seq = *seq << 8 | (unsigned char)key.p[i];
    e = unseal(b, key, sealed, out, &v, n);
    if (e == ERR_OK && n->at_ms == 0)
        n->at_ms = batch_ms(txn, *seq);
    return e;
}

enum err vault_del(struct store_txn *txn, enum vault_kind kind, struct id id)
{
    char key[17];
    enum err e = store_del(txn, TABLE_VAULT, vault_key(kind, id, key));
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
