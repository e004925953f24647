/* pack.c - LEB128, zig-zag and fixed big-endian numbers. */
#include "base/pack.h"
#include <string.h>

#define SIGN_BIT (UINT64_C(1) << 63)

void pack_u8(struct buf *b, uint8_t v)
{
    buf_add(b, &v, 1);
}

void pack_uint(struct buf *b, uint64_t v)
{
    uint8_t bytes[10];
    size_t n = 0;
    for (; v >= 0x80; v >>= 7)
        bytes[n++] = (uint8_t)(v | 0x80);
    bytes[n++] = (uint8_t)v;
    buf_add(b, bytes, n);
}

void pack_int(struct buf *b, int64_t v)
{
    pack_uint(b, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

void pack_id(struct buf *b, struct id v)
{
    buf_add(b, v.b, sizeof v.b);
}

void pack_bytes(struct buf *b, struct slice v)
{
    pack_uint(b, v.n);
    buf_add_slice(b, v);
}

static void put_be(struct buf *b, uint64_t v, size_t n)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(v >> (8 * (n - 1 - i)));
    buf_add(b, bytes, n);
}

void pack_key_u8(struct buf *b, uint8_t v)
{
    put_be(b, v, 1);
}

void pack_key_u16(struct buf *b, uint16_t v)
{
    put_be(b, v, 2);
}

void pack_key_u32(struct buf *b, uint32_t v)
{
    put_be(b, v, 4);
}

void pack_key_u64(struct buf *b, uint64_t v)
{
    put_be(b, v, 8);
}

void pack_key_i64(struct buf *b, int64_t v)
{
    put_be(b, (uint64_t)v ^ SIGN_BIT, 8);
}

struct unpack unpack_of(struct slice s)
{
    const uint8_t *p = (const uint8_t *)s.p;
    return (struct unpack){.p = p, .end = s.n > 0 ? p + s.n : p};
}

size_t unpack_left(const struct unpack *u)
{
    return u->bad ? 0 : (size_t)(u->end - u->p);
}

static bool take(struct unpack *u, size_t n, const uint8_t **out)
{
    if (u->bad || (size_t)(u->end - u->p) < n) {
        u->bad = true;
        return false;
    }
    *out = u->p;
    u->p += n;
    return true;
}

static uint64_t take_be(struct unpack *u, size_t n)
{
    const uint8_t *p;
    uint64_t v = 0;
    if (!take(u, n, &p))
        return 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | p[i];
    return v;
}

uint8_t unpack_u8(struct unpack *u)
{
    return (uint8_t)take_be(u, 1);
}

uint64_t unpack_uint(struct unpack *u)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        const uint8_t *p;
        if (!take(u, 1, &p))
            return 0;
        if (shift == 63 && *p > 1)
            break;
        v |= (uint64_t)(*p & 0x7F) << shift;
        if (*p < 0x80)
            return v;
    }
    u->bad = true;
    return 0;
}

int64_t unpack_int(struct unpack *u)
{
    uint64_t v = unpack_uint(u);
    return (int64_t)(v >> 1 ^ ((v & 1) != 0 ? UINT64_MAX : 0));
}

struct id unpack_id(struct unpack *u)
{
    const uint8_t *p;
    struct id id = {{0}};
    if (take(u, sizeof id.b, &p))
        memcpy(id.b, p, sizeof id.b);
    return id;
}

struct slice unpack_bytes(struct unpack *u)
{
    const uint8_t *p;
    uint64_t n = unpack_uint(u);
    if (n > unpack_left(u) || !take(u, (size_t)n, &p)) {
        u->bad = true;
        return slice_make(NULL, 0);
    }
    return slice_make(p, (size_t)n);
}

uint8_t unpack_key_u8(struct unpack *u)
{
    return (uint8_t)take_be(u, 1);
}

uint16_t unpack_key_u16(struct unpack *u)
{
    return (uint16_t)take_be(u, 2);
}

uint32_t unpack_key_u32(struct unpack *u)
{
    return (uint32_t)take_be(u, 4);
}

uint64_t unpack_key_u64(struct unpack *u)
{
    return take_be(u, 8);
}

int64_t unpack_key_i64(struct unpack *u)
{
    return (int64_t)(take_be(u, 8) ^ SIGN_BIT);
}

bool unpack_done(const struct unpack *u)
{
    return !u->bad && u->p == u->end;
}
