/* id.h - 128-bit time-ordered identifiers (RFC 9562 version 7) and their text. */
#ifndef BASE_ID_H
#define BASE_ID_H
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

#define ID_TEXT_LEN 26 /* Crockford base32, lower case, no padding */

/* Bytes in key order: memcmp order is time order.  All zero means "none". */
struct id {
    uint8_t b[16];
};

/* 48 bits of now_ms, version and variant bits, 74 bits of `random` (10 bytes used). */
struct id id_make(int64_t now_ms, const uint8_t random[10]);
bool id_is_none(struct id a);
bool id_eq(struct id a, struct id b);
int id_cmp(struct id a, struct id b);
int64_t id_time_ms(struct id a);
void id_text(struct id a, char out[ID_TEXT_LEN + 1]);
/* ERR_INVALID unless exactly 26 base32 letters (either case) that fit 128 bits. */
enum err id_parse(struct slice text, struct id *out);
#endif
