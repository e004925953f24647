/* length_mention.h - mentions with a host, as Mastodon finds them.  Pure, linear. */
#ifndef CORE_LENGTH_MENTION_H
#define CORE_LENGTH_MENTION_H
#include "core/length/length_text.h"

struct mention {
    uint32_t at, host, end; /* units: "@user" is [at, host), "@host" is [host, end) */
};

/* The first "@user@host" at `from` or later; all of it is u->n when there is none. */
struct mention mention_find(const struct units *u, uint32_t from);
/* Letters, marks, digits and what joins words, in any script. */
bool unit_is_word(uint32_t code_point);
#endif
