/* verdict.h - what decide says: events, or a refusal with its reason and the way out. */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H
#include "base/arena.h"
#include "core/record/command.h"
#include "core/record/event.h"

enum refusal { /* on disk in answers: never renumber */
               REFUSAL_NONE,
               REFUSAL_STALE,
               REFUSAL_TAKEN,
               REFUSAL_NOT_CLAIMANT,
               REFUSAL_CLAIM_LIMIT,
               REFUSAL_NOT_ALLOWED,
               REFUSAL_NOT_FOUND,
               REFUSAL_INVALID,
               REFUSAL_TOO_LONG,
               REFUSAL_TOO_MANY_POSTS,
               REFUSAL_PERSONAL_DATA,
               REFUSAL_OPEN_TICKET,
               REFUSAL_SECOND_MOVE,
               REFUSAL_DM_NOT_ALLOWED,
               REFUSAL_FOLLOW_UP_OWED,
               REFUSAL_REPEATED_TEXT,
               REFUSAL_FORBIDDEN_WORD,
               REFUSAL_TAG_MISSING,
               REFUSAL_NOT_DURABLE,
               REFUSAL_BUSY,
               REFUSAL_REF_REUSED,
               REFUSAL_N,
};
const char *refusal_word(enum refusal r); /* "stale", "taken", ... */

#define VERDICT_EVENTS_MAX 48

/* Invariant: a refusal changes nothing; at most it leaves EV_COMMAND_ANSWERED, so that its repeat
 * hears the same. */
struct verdict {
    struct event events[VERDICT_EVENTS_MAX];
    size_t n_events;
    bool is_duplicate; /* accepted before: nothing to do, the same answer again */
    uint64_t seq;      /* of a command that was answered before: what it was answered with */
    enum refusal refusal;
    char message[200], hint[240]; /* English; pages translate by code */
    char gate[32];                /* the gate that refused, "" when none; what an override names */
    struct slice *offer; /* texts that would pass: the parts, the masked text; the arena's */
    size_t n_offer;
    struct id reply; /* written: its parts go into the vault under this id */
    size_t n_parts;
    struct slice parts[CMD_PARTS_MAX]; /* the arena's */
    struct id kase;                    /* the case concerned, none when none */
    struct id mention; /* the mention concerned: the vault stores its text under this id */
    struct id customer;
};

void verdict_init(struct verdict *v);
/* The next free event, its type and time set, zeroed otherwise; NULL when full (a bug: callers
 * treat it as ERR_NO_MEMORY). */
struct event *verdict_add(struct verdict *v, enum event_type type, int64_t at_ms);
/* Drops the events; texts are cut to fit. */
void verdict_refuse(struct verdict *v, enum refusal r, const char *message, const char *hint);
#endif
