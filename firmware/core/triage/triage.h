/* triage.h - is this a request for service, what about, how urgent, in which language: by rules
 * that explain themselves.
 *
 * Pure and repeatable.  Points of the urgency found in the text and of the customer's history add
 * up; the level follows:
 * >= TRIAGE_URGENT urgent, >= TRIAGE_HIGH high; praise, chatter, spam and news low; the rest
 * normal.  Nothing is hidden. */
#ifndef CORE_TRIAGE_H
#define CORE_TRIAGE_H
#include "core/record/case.h"

#define TRIAGE_URGENT 60
#define TRIAGE_HIGH 30

struct triage; /* compiled lexicon; immutable, shared by threads */

struct triage_history {
    bool has_plan, was_late, was_moved, has_ticket;
    uint32_t n_contacts; /* mentions of theirs in the last days, this one not counted */
};

/* Bytes of the text; from == to: no words of it, but the customer's history or its form. */
struct triage_span {
    uint32_t from, to;
};

struct triage_result {
    char lang[3]; /* "es", "en", "pt", "xx" */
    bool is_request, is_thanks;
    enum request_kind request;
    enum level level;
    enum mood mood;
    uint16_t category; /* the policy's whose words come most often; UINT16_MAX = none does */
    int32_t points;
    uint8_t n_reasons;
    struct case_reason reasons[CASE_REASONS_MAX]; /* by points, most first */
    struct triage_span where[CASE_REASONS_MAX];   /* the words that told so, of each reason */
};

/* One word or phrase that a policy adds. */
struct triage_word {
    char text[80];
    int16_t points;    /* of urgency; 0 = marks only the category */
    uint16_t category; /* UINT16_MAX = none */
    uint16_t reason;   /* also counts as this reason (praise, question, spam, news); 0 = none */
    char lang[3];      /* counts in texts of this language only; "" = in all */
};

/* With the built-in lexicon and `words` of the policy (copied).  ERR_NO_MEMORY; ERR_INVALID: a
 * phrase of no or more than five words. */
enum err triage_new(const struct triage_word *words, size_t n_words, struct triage **out);
void triage_free(struct triage *t);
/* Categories of its words change from place to numbers[place]; those from n on are none.  Before
 * anybody reads by it. */
void triage_renumber(struct triage *t, const uint16_t *numbers, size_t n);
/* lang: what the network says, "" = unknown.  history may be NULL. */
void triage_text(const struct triage *t, struct slice text, struct slice lang,
                 const struct triage_history *history, struct triage_result *out);
#endif
