/* life.c - the table. */
#include "core/life.h"

#define NEW (1u << CASE_NEW)
#define OPEN (1u << CASE_OPEN)
#define PARKED (1u << CASE_PARKED)
#define RESOLVED (1u << CASE_RESOLVED)
#define CLOSED (1u << CASE_CLOSED)
#define DISMISSED (1u << CASE_DISMISSED)
#define ACTIVE (NEW | OPEN | PARKED | RESOLVED)

static const struct life_rule rules[] = {
    /* deed, word, states, claim, lead, moves, to */
    {DO_CLAIM, "claim", ACTIVE, false, false, false, CASE_OPEN},
    {DO_RELEASE, "release", ACTIVE, true, false, false, CASE_OPEN},
    {DO_TAKE_BACK, "take_back", ACTIVE, false, true, false, CASE_OPEN},
    {DO_NOTE, "note", ACTIVE | CLOSED | DISMISSED, false, false, false, CASE_OPEN},
    {DO_TAG, "tag", ACTIVE | CLOSED, false, false, false, CASE_OPEN},
    {DO_LEVEL, "level", ACTIVE, false, false, false, CASE_OPEN},
    {DO_CATEGORY, "category", ACTIVE | CLOSED, false, false, false, CASE_OPEN},
    {DO_TICKET, "ticket", ACTIVE, false, false, false, CASE_OPEN},
    {DO_WAIT, "wait", OPEN, true, false, true, CASE_PARKED},
    {DO_RESOLVE, "resolve", OPEN | PARKED, true, false, true, CASE_RESOLVED},
    {DO_DISMISS, "dismiss", NEW | OPEN | PARKED, false, false, true, CASE_DISMISSED},
    {DO_HAND_OVER, "hand_over", ACTIVE, true, false, false, CASE_OPEN},
};

static const char *const dismiss_words[DISMISS_N] = {"none", "chatter",  "praise",    "spam",
                                                     "news", "not_ours", "duplicate", "other"};

const struct life_rule *life_rule(enum deed deed)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].deed == deed)
            return &rules[i];
    return NULL;
}

const struct life_rule *life_find(struct slice word)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (slice_eq_z(word, rules[i].word))
            return &rules[i];
    return NULL;
}

enum err dismiss_reason_parse(struct slice word, enum dismiss_reason *out)
{
    for (int r = 1; r < DISMISS_N; r++)
        if (slice_eq_z(word, dismiss_words[r])) {
            *out = (enum dismiss_reason)r;
            return ERR_OK;
        }
    return ERR_INVALID;
}

const char *dismiss_reason_word(enum dismiss_reason r)
{
    return (unsigned)r < DISMISS_N ? dismiss_words[r] : "unknown";
}
