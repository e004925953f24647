/* pack.h - the byte codec of records and events: little numbers, big-endian keys, bounded reads. */
#ifndef BASE_PACK_H
#define BASE_PACK_H
#include "base/buf.h"
#include "base/id.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

/* Values: unsigned LEB128, signed zig-zag LEB128; bytes with a length before them. */
void pack_u8(struct buf *b, uint8_t v);
void pack_uint(struct buf *b, uint64_t v);
void pack_int(struct buf *b, int64_t v);
void pack_id(struct buf *b, struct id v);
void pack_bytes(struct buf *b, struct slice v);

/* Keys: fixed width, big-endian, so that memcmp order is numeric order.  Signed values are offset
 * by 2^63, so that negatives sort first. */
void pack_key_u8(struct buf *b, uint8_t v);
void pack_key_u16(struct buf *b, uint16_t v);
void pack_key_u32(struct buf *b, uint32_t v);
void pack_key_u64(struct buf *b, uint64_t v);
void pack_key_i64(struct buf *b, int64_t v);

/* A reader over bytes it does not own.  After the first overrun or malformed number `bad` is true
 * and every read gives zero. */
struct unpack {
    const uint8_t *p, *end;
    bool bad;
};

struct unpack unpack_of(struct slice s);
uint8_t unpack_u8(struct unpack *u);
uint64_t unpack_uint(struct unpack *u);
int64_t unpack_int(struct unpack *u);
struct id unpack_id(struct unpack *u);
struct slice unpack_bytes(struct unpack *u); /* points into the source */
uint8_t unpack_key_u8(struct unpack *u);
uint16_t unpack_key_u16(struct unpack *u);
uint32_t unpack_key_u32(struct unpack *u);
uint64_t unpack_key_u64(struct unpack *u);
int64_t unpack_key_i64(struct unpack *u);
size_t unpack_left(const struct unpack *u);
/* True when nothing went wrong and nothing is left. */
bool unpack_done(const struct unpack *u);
#endif
