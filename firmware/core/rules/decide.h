/* decide.h - the rulebook: a command, the records it concerns and the time in; events or a refusal
 * out.
 *
 * Pure and repeatable: the same tables, command, policy and now give the same verdict.  It writes
 * nothing. */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H
#include "core/policy/policy.h"
#include "core/record/command.h"
#include "core/record/verdict.h"

struct rulebook {
    const struct policy *policy;
};

/* Texts in `c` need to live only during the call.  Lists inside events are taken from `a`.
 * ERR_OK with *v filled, also for refusals and duplicates; other errors are the tables' own
 * (ERR_IO, ERR_CORRUPT, ...) or ERR_NO_MEMORY, and *v is undefined. */
enum err decide(const struct rulebook *rb, const struct tables *t, const struct command *c,
                int64_t now_ms, struct arena *a, struct verdict *v);
/* Which mention an edit or a deletion is of; none: what it was is gone.  ERR_NOT_FOUND: never heard
 * of it. */
enum err decide_find_changed(const struct tables *t, const struct dedupe_key *key, int64_t now_ms,
                             struct id *mention);
#endif
