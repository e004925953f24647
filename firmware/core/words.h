/* words.h - a text as folded words, and phrases found in it in one pass.  Pure. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

#define WORDS_MAX 512      /* of a text; what follows does not count */
#define WORDS_PHRASE_MAX 5 /* words in a phrase */

/* Lower case, accents and repeated letters (three and more) gone; URLs, @handles and #marks are no
 * words ("#" and "@" are dropped, handles and URLs wholly). */
struct words {
    uint32_t n;
    uint32_t hash[WORDS_MAX];  /* of each word */
    uint8_t length[WORDS_MAX]; /* code points, at most 255 */
    uint32_t n_letters, n_capitals, n_exclaims, n_questions, n_urls, n_handles, n_tags, n_emoji,
        n_glad, n_sad;
    bool starts_with_rt;
};
void words_of(struct slice text, struct words *out);
uint32_t words_hash(struct slice word); /* of one word, folded alike */

/* Does the text hold this phrase (words apart by single spaces, at most WORDS_PHRASE_MAX)?  *at
 * (may be NULL) is then the first word of its first place at or after *at. */
bool words_hold(const struct words *w, const char *phrase, uint32_t *at);

struct phrase {
    const char *text; /* words apart by single spaces */
    int16_t group, points;
};

struct phrases; /* compiled */
enum err phrases_new(const struct phrase *const *lists, const uint32_t *counts, uint32_t n_lists,
                     struct phrases **out);
void phrases_free(struct phrases *p);
/* Calls found(ctx, phrase, list, first word, words) for each longest match at each place (all that
 * are the same words, from whichever lists), left to right, without overlap. */
typedef void (*phrases_fn)(void *ctx, const struct phrase *p, uint32_t list, uint32_t at,
                           uint32_t n_words);
void phrases_find(const struct phrases *p, const struct words *w, phrases_fn found, void *ctx);
#endif
