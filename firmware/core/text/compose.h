/* compose.h - a reply as it leaves: greeting, text, signature, cut into parts that fit.  Pure.
 *
 * The greeting goes before the text unless the text begins with it or with another greeting of
 * Spanish, English or Portuguese; the signature after it unless it ends with it.  Several parts
 * look like "Hola, Ana: ... 1/2" and "... 2/2 ^AB".  Cuts are made at sentence ends as long as that
 * takes no more parts than cutting at words, else at word ends; within a word only when it does
 * not fit into a part, and never within a URL, a mention, a hashtag or a grapheme cluster.  White
 * space at cuts goes; joined without marks, greeting and signature the parts are the text. */
#ifndef CORE_COMPOSE_H
#define CORE_COMPOSE_H
#include "base/arena.h"
#include "core/length/length.h"

#define COMPOSE_PARTS_MAX 8

struct compose {
    enum network network;
    struct length_limits limits;
    struct slice greeting; /* "Hola, Ana:" or "" */
    struct slice text;
    struct slice signature; /* "^AB" or "" */
    uint8_t parts_max;      /* 1 to COMPOSE_PARTS_MAX */
};

struct composed {
    uint8_t n_needed; /* parts it would take without parts_max; COMPOSE_PARTS_MAX + 1 = more, or it
                         cannot be cut at all */
    uint8_t n;
    struct slice parts[COMPOSE_PARTS_MAX]; /* the arena's */
};

/* ERR_TOO_LONG when n_needed > parts_max; then n = 0.  ERR_INVALID when the text is blank or
 * anything is not UTF-8, ERR_NO_MEMORY; then *out is zeroed. */
enum err compose_reply(const struct compose *c, struct arena *a, struct composed *out);
/* Parts that a person has cut; c->text is not looked at.  The greeting goes to the first, the
 * signature to the last, marks to none; so parts that compose_reply made come out as they are, if
 * the first one greets.  Each must fit: else ERR_TOO_LONG, n = 0, and n_needed is 1 + the index of
 * the first that does not; a part after parts_max never does.  ERR_INVALID when there is none, one
 * is blank, or not UTF-8; ERR_NO_MEMORY. */
enum err compose_parts(const struct compose *c, const struct slice *parts, size_t n_parts,
                       struct arena *a, struct composed *out);
#endif
