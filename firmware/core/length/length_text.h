/* length_text.h - a text as UTF-16 units (X counts those), in NFC where asked, and its grapheme
 * clusters.  Pure, linear. */
#ifndef CORE_LENGTH_TEXT_H
#define CORE_LENGTH_TEXT_H
#include "base/arena.h"
#include "base/err.h"
#include <stdint.h>

struct units {
    const uint16_t *p; /* well-formed UTF-16 */
    uint32_t n;
};

/* The text must be UTF-8.  The units are the arena's.  ERR_NO_MEMORY.  In NFC, U+11A7 may come out
 * as U+11A6. */
enum err units_of(struct slice text, struct arena *a, struct units *out);
enum err units_of_nfc(struct slice text, struct arena *a, struct units *out);
/* The code point at `at` and *n units of it; half a pair is a code point by itself. */
uint32_t units_code_point(const struct units *u, uint32_t at, uint32_t *n);

/* Counts clusters from left to right.  Zeroed = nothing seen yet. */
struct graphemes {
    int64_t n;
    int32_t last; /* code point */
    int32_t state;
};
/* True when cp begins a cluster. */
bool graphemes_add(struct graphemes *g, uint32_t cp);
#endif
