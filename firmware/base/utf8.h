/* utf8.h - validity, code points and offsets of UTF-8 text.  Pure. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/slice.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Unicode 16 table 3-7: no surrogates, no overlongs, at most U+10FFFF. */
bool utf8_valid(struct slice s);
/* The code point at s.p[*i] and *i moved past it; a bad byte gives U+FFFD and moves one byte.
 * Call only while *i < s.n. */
uint32_t utf8_next(struct slice s, size_t *i);
size_t utf8_count(struct slice s); /* code points */
/* Appends 1-4 bytes to out; returns how many.  Surrogates and > U+10FFFF write U+FFFD. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* The longest prefix of at most max_bytes that ends between code points. */
struct slice utf8_cut(struct slice s, size_t max_bytes);
#endif
