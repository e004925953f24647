/* life.c - the tables. */
#include "core/rules/life.h"

#define NEW (1u << CASE_NEW)
#define OPEN (1u << CASE_OPEN)
#define PARKED (1u << CASE_PARKED)
#define RESOLVED (1u << CASE_RESOLVED)
#define CLOSED (1u << CASE_CLOSED)
#define DISMISSED (1u << CASE_DISMISSED)
#define MERGED (1u << CASE_MERGED)
#define ACTIVE (NEW | OPEN | PARKED | RESOLVED)
#define ALL (ACTIVE | CLOSED | DISMISSED | MERGED)

static const struct life_rule rules[] = {
    /* action, word, states, who, while a reply is on its way */
    {DO_CLAIM, "claim", ACTIVE, LIFE_ANYBODY, true},
    {DO_RELEASE, "release", ACTIVE, LIFE_CLAIMANT, true},
    {DO_TAKE_BACK, "take_back", ACTIVE, LIFE_LEAD, true},
    {DO_HAND_OVER, "hand_over", ACTIVE, LIFE_CLAIMANT, true},
    {DO_REPLY, "reply", ACTIVE, LIFE_CLAIMANT, false},
    {DO_MOVE, "move", NEW | OPEN | PARKED, LIFE_CLAIMANT, false},
    {DO_FOLLOW_UP, "follow_up", RESOLVED, LIFE_CLAIMANT, false},
    {DO_WAIT, "wait", OPEN, LIFE_CLAIMANT, false},
    {DO_RESOLVE, "resolve", OPEN | PARKED | RESOLVED, LIFE_CLAIMANT, false},
    {DO_DISMISS, "dismiss", NEW | OPEN | PARKED, LIFE_NOT_ANOTHERS, false},
    {DO_MERGE, "merge", NEW | OPEN | PARKED, LIFE_CLAIMANT, false},
    {DO_UNDO, "undo", DISMISSED | MERGED, LIFE_NOT_ANOTHERS, false},
    {DO_NOTE, "note", ALL, LIFE_ANYBODY, true},
    {DO_TAG, "tag", ACTIVE | CLOSED, LIFE_ANYBODY, true},
    {DO_LEVEL, "level", ACTIVE, LIFE_NOT_ANOTHERS, true},
    {DO_CATEGORY, "category", ACTIVE | CLOSED, LIFE_NOT_ANOTHERS, true},
    {DO_TICKET, "ticket", ACTIVE, LIFE_ANYBODY, true},
    {DO_REVEAL, "reveal", ALL, LIFE_ANYBODY, true},
};

const struct life_step life_steps[] = {
    /* cause, from, to; LIFE_STAYS: it keeps its state */
    {CAUSE_OPENED, 0, NEW},
    {CAUSE_JOINED, ALL, LIFE_STAYS},
    {CAUSE_BACK, PARKED, NEW | OPEN},
    {CAUSE_BACK, OPEN | RESOLVED, OPEN},
    {CAUSE_REOPENED, CLOSED, OPEN},
    {CAUSE_REOPENED, DISMISSED, NEW | OPEN | PARKED},
    {CAUSE_EDITED, ALL, LIFE_STAYS},
    {CAUSE_ANSWERED, NEW | OPEN | PARKED, PARKED},
    {CAUSE_ANSWERED, RESOLVED, LIFE_STAYS},
    {CAUSE_CLAIMED, ACTIVE, LIFE_STAYS},
    {CAUSE_RELEASED, ACTIVE, LIFE_STAYS},
    {CAUSE_TAKEN_BACK, ACTIVE, LIFE_STAYS},
    {CAUSE_LEASE_ENDED, ACTIVE, LIFE_STAYS},
    {CAUSE_HANDED_OVER, ACTIVE, LIFE_STAYS},
    {CAUSE_NOTED, ALL, LIFE_STAYS},
    {CAUSE_TAGGED, ACTIVE | CLOSED, LIFE_STAYS},
    {CAUSE_LEVELLED, ACTIVE, LIFE_STAYS},
    {CAUSE_CATEGORISED, ACTIVE | CLOSED, LIFE_STAYS},
    {CAUSE_TICKETED, ACTIVE, LIFE_STAYS},
    {CAUSE_REPLY_WRITTEN, NEW | OPEN | PARKED, PARKED},
    {CAUSE_REPLY_WRITTEN, RESOLVED, LIFE_STAYS},
    {CAUSE_MOVED, NEW | OPEN | PARKED, PARKED},
    {CAUSE_REPLY_SENT, NEW | OPEN, OPEN},
    {CAUSE_REPLY_SENT, PARKED | RESOLVED, LIFE_STAYS},
    {CAUSE_REPLY_FAILED, PARKED, NEW | OPEN},
    {CAUSE_REPLY_FAILED, NEW | OPEN | RESOLVED, LIFE_STAYS},
    {CAUSE_WAITED, OPEN, PARKED},
    {CAUSE_RESOLVED, OPEN | PARKED, RESOLVED},
    {CAUSE_RESOLVED, RESOLVED, LIFE_STAYS},
    {CAUSE_FOLLOWED_UP, RESOLVED, LIFE_STAYS},
    {CAUSE_REMINDED, PARKED, OPEN},
    {CAUSE_CLOSED, PARKED | RESOLVED, CLOSED},
    {CAUSE_DISMISSED, NEW | OPEN | PARKED, DISMISSED},
    {CAUSE_MERGED, NEW | OPEN | PARKED, MERGED},
    {CAUSE_MERGED, NEW | OPEN | PARKED, LIFE_STAYS},
    {CAUSE_MERGED, PARKED, OPEN},
    {CAUSE_UNMERGED, MERGED, NEW | OPEN | PARKED},
    {CAUSE_RECOMPUTED, ACTIVE, LIFE_STAYS},
};
const size_t n_life_steps = sizeof life_steps / sizeof life_steps[0];

int life_find_step(enum cause cause, enum case_state from, enum case_state to)
{
    for (size_t i = 0; i < n_life_steps; i++) {
        const struct life_step *s = &life_steps[i];
        if (s->cause != cause || (s->from != 0 && (s->from & (1u << from)) == 0))
            continue;
        if (s->to == LIFE_STAYS ? from == to : (s->to & (1u << to)) != 0)
            return (int)i;
    }
    return -1;
}

static const char *const dismiss_words[DISMISS_N] = {"none", "chatter",  "praise",    "spam",
                                                     "news", "not_ours", "duplicate", "other"};

const struct life_rule *life_rule(enum action action)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].action == action)
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
