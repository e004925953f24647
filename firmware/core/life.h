/* life.h - the life of a case: who may do what in which state, as one table. */
#ifndef CORE_LIFE_H
#define CORE_LIFE_H
#include "core/command.h"

struct life_rule {
    enum deed deed;
    const char *word; /* "claim", ... */
    unsigned states;  /* bits: 1 << enum case_state */
    bool needs_claim; /* only the claimant, or a lead */
    bool needs_lead;
    bool moves; /* leads to `to`; false: the state stays */
    enum case_state to;
};

/* NULL for an unknown deed or word. */
const struct life_rule *life_rule(enum deed deed);
const struct life_rule *life_find(struct slice word);

enum dismiss_reason { /* on disk: never renumber */
                      DISMISS_NONE,
                      DISMISS_CHATTER,
                      DISMISS_PRAISE,
                      DISMISS_SPAM,
                      DISMISS_NEWS,
                      DISMISS_NOT_OURS,
                      DISMISS_DUPLICATE,
                      DISMISS_OTHER,
                      DISMISS_N,
};
enum err dismiss_reason_parse(struct slice word, enum dismiss_reason *out); /* ERR_INVALID */
const char *dismiss_reason_word(enum dismiss_reason r);
#endif
