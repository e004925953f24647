/* triage_internal.h - what the halves of triage share: find, then judge. */
#ifndef CORE_TRIAGE_INTERNAL_H
#define CORE_TRIAGE_INTERNAL_H
#include "core/triage/language.h"
#include "core/triage/reason.h"
#include "core/triage/triage.h"

#define TRIAGE_CATEGORIES_MAX 128
#define REPEAT_FIRM 20 /* points of what cannot be "see you again" */

/* Words of the policy, each sort found by itself: none hides another. */
enum triage_sort { TRIAGE_CATEGORY, TRIAGE_URGENCY, TRIAGE_RELEVANCE, TRIAGE_SORTS };

struct triage {
    struct phrases *common;                  /* words of languages */
    struct phrases *lexicon[LANGUAGE_OTHER]; /* by language */
    struct phrases *pairs, *elsewhere, *matters;
    struct phrases *policy[TRIAGE_SORTS][1 + LANGUAGE_OTHER]; /* of any language, then by it; a
                                                                 group is an index into words;
                                                                 < 0 = hides what is in it */
    struct triage_word *words;
    size_t n_words;
};

/* What a text holds.  Mood: below 0 negative, above 0 positive; the size says how sure. */
struct finding {
    const struct triage *t;
    const struct words *w;
    enum language language;
    int32_t points[REASON_N]; /* 0 = not found */
    struct triage_span where[REASON_N];
    int mood;
    uint32_t n_positive, n_negative, n_praise, n_thanks, n_notes, n_help, n_self;
    uint32_t n_denied;                    /* grave things that are said not to be */
    uint32_t n_covered;                   /* words that belong to praise, thanks and small talk */
    uint32_t news, spam;                  /* sums of points */
    bool is_cheering;                     /* praise stands alone between two marks: "genial, ..." */
    uint32_t negated_from, negated_until; /* words that a negation turns, end exclusive */
    uint32_t negated_phrases;             /* the end for phrases of several words */
    bool is_turned[WORDS_MAX];            /* a phrase from here was turned in the own language */
    uint16_t category;
    uint8_t n_category[TRIAGE_CATEGORIES_MAX];
};

void triage_find(struct finding *f);
bool triage_has(const struct finding *f, enum reason r);
/* Something is broken, blocked, late or wanted back: the part of finding that is no noise. */
bool triage_has_trouble(const struct finding *f);
enum mood triage_mood(const struct finding *f);
enum request_kind triage_kind(const struct finding *f);
/* Short, thankful, and nothing asked or broken: does not call for another answer. */
bool triage_is_thanks(const struct finding *f);
#endif
