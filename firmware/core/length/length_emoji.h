/* length_emoji.h - emoji sequences as X counts them (twemoji-parser's expression).  Pure. */
#ifndef CORE_LENGTH_EMOJI_H
#define CORE_LENGTH_EMOJI_H
#include "core/length/length_text.h"

/* The first emoji that begins at `from` or later: its first unit in *at and how many units are
 * its.  0 when there is none; then *at is u->n. */
uint32_t emoji_find(const struct units *u, uint32_t from, uint32_t *at);
#endif
