/* verdict.c - filling in a verdict. */
#include "core/record/verdict.h"
#include <stdio.h>
#include <string.h>

const char *refusal_word(enum refusal r)
{
    static const char *const words[REFUSAL_N] = {
        "none",          "stale",          "taken",       "not_claimant",   "claim_limit",
        "not_allowed",   "not_found",      "invalid",     "too_long",       "too_many_posts",
        "personal_data", "open_ticket",    "second_move", "dm_not_allowed", "follow_up_owed",
        "repeated_text", "forbidden_word", "tag_missing", "not_durable",    "busy",
        "ref_reused",
    };
    return (unsigned)r < REFUSAL_N ? words[r] : "unknown";
}

void verdict_init(struct verdict *v)
{
    v->n_events = 0;
    v->is_duplicate = false;
    v->seq = 0;
    v->refusal = REFUSAL_NONE;
    v->offer = NULL;
    v->n_offer = v->n_parts = 0;
    v->message[0] = v->hint[0] = v->gate[0] = 0;
    v->kase = v->mention = v->customer = v->reply = (struct id){{0}};
}

struct event *verdict_add(struct verdict *v, enum event_type type, int64_t at_ms)
{
    if (v->n_events == VERDICT_EVENTS_MAX)
        return NULL;
    struct event *e = &v->events[v->n_events++];
    memset(e, 0, sizeof *e);
    e->type = type;
    e->at_ms = at_ms;
    return e;
}

void verdict_refuse(struct verdict *v, enum refusal r, const char *message, const char *hint)
{
    v->n_events = 0;
    v->refusal = r;
    (void)snprintf(v->message, sizeof v->message, "%s", message);
    (void)snprintf(v->hint, sizeof v->hint, "%s", hint);
}
