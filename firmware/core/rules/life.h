/* life.h - the life of a case as two tables: what people may do with it in which state, and which
 * states each thing that happens may lead to.  life.md is drawn from them; a test
 * compares. */
#ifndef CORE_LIFE_H
#define CORE_LIFE_H
#include "core/record/command.h"
#include "core/record/event.h"

enum life_who {
    LIFE_ANYBODY,      /* whoever is signed in */
    LIFE_NOT_ANOTHERS, /* whoever is, unless somebody else holds the case; a lead always */
    LIFE_CLAIMANT,     /* who holds it, or a lead */
    LIFE_LEAD,
};

struct life_rule {
    enum action action;
    const char *word; /* "claim", ... */
    unsigned states;  /* bits: 1 << enum case_state */
    enum life_who who;
    bool while_sending; /* also while a reply of ours is on its way */
};

/* NULL for an unknown action or word. */
const struct life_rule *life_rule(enum action action);
const struct life_rule *life_find(struct slice word);

#define LIFE_STAYS 0u
/* What happens to a case: `cause` takes it from any of `from` to one of `to` (bits of enum
 * case_state); `to` LIFE_STAYS: it keeps its state.  from 0: it begins there. */
struct life_step {
    enum cause cause;
    unsigned from, to;
};
extern const struct life_step life_steps[];
extern const size_t n_life_steps;

/* Which step takes a case from one state to the other by `cause`; -1: none does.  For CAUSE_OPENED
 * `from` is ignored. */
int life_find_step(enum cause cause, enum case_state from, enum case_state to);

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
