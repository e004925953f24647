/* keys.c - keys of the derived tables: fixed width, memcmp order is the order that is wanted. */
#include "base/pack.h"
#include "core/record/record.h"
#include <string.h>

struct slice record_key_slice(const struct record_key *k)
{
    return slice_make(k->b, k->n);
}

static void add(struct record_key *k, const void *p, size_t n)
{
    memcpy(k->b + k->n, p, n);
    k->n += n;
}

static void add_be(struct record_key *k, uint64_t v, unsigned n_bytes)
{
    for (unsigned i = n_bytes; i-- > 0;)
        k->b[k->n++] = (uint8_t)(v >> (8 * i));
}

static void add_i64(struct record_key *k, int64_t v)
{
    add_be(k, (uint64_t)v ^ (UINT64_C(1) << 63), 8);
}

struct record_key key_case(struct id id)
{
    struct record_key k = {.n = 0};
    add(&k, id.b, sizeof id.b);
    return k;
}

struct record_key key_queue(uint16_t team, int64_t rank_ms, struct id id)
{
    struct record_key k = {.n = 0};
    add_be(&k, team, 2);
    add_i64(&k, rank_ms);
    add(&k, id.b, sizeof id.b);
    return k;
}

struct record_key key_time(int64_t at_ms, struct id id)
{
    struct record_key k = {.n = 0};
    add_i64(&k, at_ms);
    add(&k, id.b, sizeof id.b);
    return k;
}

struct record_key key_pair(struct id a, struct id b)
{
    struct record_key k = {.n = 0};
    add(&k, a.b, sizeof a.b);
    add(&k, b.b, sizeof b.b);
    return k;
}

struct record_key key_mention(struct id kase, struct id mention)
{
    return key_pair(kase, mention);
}

struct record_key key_dedupe(const struct dedupe_key *d)
{
    struct record_key k = {.n = 0};
    add_be(&k, d->day, 4);
    add(&k, d->mac.b, sizeof d->mac.b);
    return k;
}

struct record_key key_mac(const struct mac128 *m)
{
    struct record_key k = {.n = 0};
    add(&k, m->b, sizeof m->b);
    return k;
}

struct record_key key_u16(uint16_t v)
{
    struct record_key k = {.n = 0};
    add_be(&k, v, 2);
    return k;
}

struct record_key key_u32(uint32_t v)
{
    struct record_key k = {.n = 0};
    add_be(&k, v, 4);
    return k;
}

struct record_key key_answer(struct id person, const uint8_t ref[16])
{
    struct record_key k = {.n = 0};
    add(&k, person.b, sizeof person.b);
    add(&k, ref, 16);
    return k;
}

struct record_key key_rollup(const struct rollup_key *r)
{
    struct record_key k = {.n = 0};
    add_be(&k, r->day, 4);
    add_be(&k, r->team, 2);
    add_be(&k, r->hour, 1);
    add_be(&k, r->category, 2);
    add_be(&k, r->clock, 1);
    return k;
}

enum err key_rollup_read(struct slice key, struct rollup_key *out)
{
    struct unpack u = unpack_of(key);
    out->day = unpack_key_u32(&u);
    out->team = unpack_key_u16(&u);
    out->hour = unpack_u8(&u);
    out->category = unpack_key_u16(&u);
    out->clock = unpack_u8(&u);
    return unpack_done(&u) ? ERR_OK : ERR_CORRUPT;
}

static struct record_key after_versions(void)
{
    struct record_key k = {.n = 0};
    add_be(&k, UINT32_MAX, 4);
    return k;
}

struct record_key key_policy_name(enum name_kind kind, uint16_t number)
{
    struct record_key k = after_versions();
    add_be(&k, kind, 1);
    add_be(&k, number, 2);
    return k;
}

struct record_key key_recompute(void)
{
    struct record_key k = after_versions();
    add_be(&k, UINT8_MAX, 1);
    return k;
}

enum err key_last_id(struct slice key, struct id *out)
{
    if (key.n < sizeof out->b)
        return ERR_CORRUPT;
    memcpy(out->b, key.p + key.n - sizeof out->b, sizeof out->b);
    return ERR_OK;
}

enum err key_first_time(struct slice key, int64_t *out)
{
    if (key.n < 8)
        return ERR_CORRUPT;
    uint64_t v = 0;
    for (size_t i = 0; i < 8; i++)
        v = v << 8 | (uint8_t)key.p[i];
    *out = (int64_t)(v ^ (UINT64_C(1) << 63));
    return ERR_OK;
}
