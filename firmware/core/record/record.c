/* record.c - values of the derived tables: a version byte, then the layout. */
#include "core/record/record.h"
#include "core/record/layout.h"
#include <string.h>

#define RECORD_VERSION 3

typedef void (*layout_fn)(struct codec *c, void *record);

static void put(struct buf *b, layout_fn layout, void *record)
{
    struct codec c = codec_writer(b);
    pack_u8(b, RECORD_VERSION);
    layout(&c, record);
}

static enum err get(struct slice v, layout_fn layout, void *record, size_t n_bytes)
{
    if (v.n == 0)
        return ERR_CORRUPT;
    if ((uint8_t)v.p[0] > RECORD_VERSION)
        return ERR_VERSION;
    memset(record, 0, n_bytes);
    struct codec c = codec_reader(slice_make(v.p + 1, v.n - 1), (uint8_t)v.p[0]);
    layout(&c, record);
    return codec_end(&c);
}

#define RECORD_PAIR(noun, type)                                                                    \
    static void walk_##noun(struct codec *c, void *r)                                              \
    {                                                                                              \
        layout_##noun(c, r);                                                                       \
    }                                                                                              \
    void record_put_##noun(struct buf *b, const struct type *r)                                    \
    {                                                                                              \
        struct type copy = *r;                                                                     \
        put(b, walk_##noun, &copy);                                                                \
    }                                                                                              \
    enum err record_get_##noun(struct slice v, struct type *out)                                   \
    {                                                                                              \
        return get(v, walk_##noun, out, sizeof *out);                                              \
    }

RECORD_PAIR(case, case_rec)
RECORD_PAIR(mention, mention_rec)
RECORD_PAIR(claim, claim_rec)
RECORD_PAIR(customer, customer_rec)
RECORD_PAIR(channel, channel_rec)
RECORD_PAIR(device, device_rec)
RECORD_PAIR(reply, reply_rec)
RECORD_PAIR(answer, answer_rec)
RECORD_PAIR(rollup, rollup_rec)
RECORD_PAIR(recompute, recompute_rec)

void record_put_ids(struct buf *b, const struct id *ids, size_t n)
{
    pack_u8(b, RECORD_VERSION);
    for (size_t i = 0; i < n; i++)
        pack_id(b, ids[i]);
}

enum err record_get_ids(struct slice v, struct id *out, size_t n)
{
    struct unpack u = unpack_of(v);
    if (unpack_u8(&u) > RECORD_VERSION)
        return ERR_VERSION;
    for (size_t i = 0; i < n; i++)
        out[i] = unpack_id(&u);
    return unpack_done(&u) ? ERR_OK : ERR_CORRUPT;
}

enum err load_case(const struct tables *t, struct id id, struct case_rec *out)
{
    struct record_key k = key_case(id);
    struct slice v;
    enum err e = t->get(t->ctx, TABLE_CASE, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_case(v, out) : e;
}

enum err load_customer(const struct tables *t, struct id id, struct customer_rec *out)
{
    struct record_key k = key_case(id);
    struct slice v;
    enum err e = t->get(t->ctx, TABLE_CUSTOMER, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_customer(v, out) : e;
}

enum err load_recompute(const struct tables *t, struct recompute_rec *out)
{
    struct record_key k = key_recompute();
    struct slice v;
    enum err e = t->get(t->ctx, TABLE_POLICY, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_recompute(v, out) : e;
}
