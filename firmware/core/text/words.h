/* words.h - a text as folded words, and phrases found in it in one pass.  Pure. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

#define WORDS_MAX 512      /* of a text; what follows does not count */
#define WORDS_PHRASE_MAX 6 /* words in a phrase */

/* Lower case, accents gone; URLs, @handles and #marks are no words ("#" is dropped, handles and
 * URLs wholly).  A letter that comes three times or more may stand for one or for two, so that
 * "holaaaa" is "hola" and "goood" is "good": each word has a hash for either reading. */
struct words {
    uint32_t n;
    uint32_t hash[WORDS_MAX], other[WORDS_MAX]; /* long runs as one letter; as two */
    uint32_t from[WORDS_MAX], to[WORDS_MAX];    /* bytes of the text */
    uint64_t tail[WORDS_MAX];   /* its last eight letters, one a byte, the last one lowest */
    uint16_t clause[WORDS_MAX]; /* number of the stretch between two punctuation marks */
    uint8_t length[WORDS_MAX];  /* code points, at most 255 */
    uint32_t n_letters, n_capitals, n_exclaims, n_questions, n_urls, n_handles, n_tags, n_emoji,
        n_glad, n_sad;
    uint32_t n_spanish, n_portuguese; /* letters and marks of one language: ñ ¿ ¡, ã õ ç */
    uint32_t n_foreign;               /* letters of other scripts */
    bool starts_with_rt;
};
void words_of(struct slice text, struct words *out);

/* Do the words of `phrase` stand in `w`, one after the other?  Folded alike, within a clause or
 * across.  *at (may be NULL) is then the first word of the first place at or after *at. */
bool words_hold(const struct words *w, const char *phrase, uint32_t *at);

/* '|' stands between phrases, single spaces between words.  A list of groups ends with phrases ==
 * NULL. */
struct phrase_group {
    int32_t group, points;
    const char *phrases;
};

struct phrase {
    int32_t group, points;
    uint32_t at, n; /* first word, words */
};

struct phrases; /* compiled */
/* ERR_INVALID: a phrase of no or too many words; ERR_NO_MEMORY. */
enum err phrases_new(const struct phrase_group *groups, struct phrases **out);
void phrases_free(struct phrases *p);
/* Calls found for the longest match at each word, within one clause, left to right; none for a
 * match that lies wholly within an earlier one ("no hay problema" hides "problema", but "sigo sin"
 * and "sin luz" both count).  Of two phrases alike the one that was listed first. */
typedef void (*phrases_fn)(void *ctx, const struct phrase *found);
void phrases_find(const struct phrases *p, const struct words *w, phrases_fn found, void *ctx);
#endif
