/* decide_reading.c - what a mention's text, author and time say to the rules. */
#include "core/rules/deciding.h"
#include "core/triage/triage.h"
#include <string.h>

#define DAY_MS INT64_C(86400000)

void decide_drop_contacts(struct customer_rec *rec, int64_t now_ms)
{
    unsigned n_old = 0;
    while (n_old < rec->n_recent && rec->recent_ms[n_old] <= now_ms - CUSTOMER_RECENT_MS)
        n_old++;
    rec->n_recent = (uint8_t)(rec->n_recent - n_old);
    memmove(rec->recent_ms, rec->recent_ms + n_old, rec->n_recent * sizeof rec->recent_ms[0]);
}

/* The plan that comes with the mention, else the one that is known. */
uint8_t decide_plan_of(struct deciding *d, const struct customer_rec *rec)
{
    struct slice name = d->c->u.mention.plan;
    int plan = name.n > 0 ? policy_find_plan(d->policy, name) : -1;
    return plan >= 0 ? (uint8_t)(plan + 1) : rec->plan;
}

void decide_read_text(struct deciding *d, const struct customer_rec *rec, const struct case_rec *c,
                      struct triage_result *out)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct triage_history history = {.has_plan = decide_plan_of(d, rec) != 0,
                                     .was_late = rec->n_late > 0,
                                     .was_moved = c != NULL && c->n_moves > 0,
                                     .has_ticket = c != NULL && c->has_ticket,
                                     .n_contacts = rec->n_recent};
    triage_text(d->policy->triage, m->text, m->lang, &history, out);
}

void decide_copy_reading(const struct triage_result *r, struct case_rec *c)
{
    c->level = r->level;
    c->request = r->request;
    c->mood = r->mood;
    memcpy(c->lang, r->lang, sizeof c->lang);
    c->n_reasons = r->n_reasons;
    memcpy(c->reasons, r->reasons, sizeof c->reasons);
}

enum err decide_raise_level(struct deciding *d, const struct triage_result *r, struct case_rec *c)
{
    if (r->level <= c->level)
        return ERR_OK;
    c->level = r->level;
    c->request = r->request;
    c->n_reasons = r->n_reasons;
    memcpy(c->reasons, r->reasons, sizeof c->reasons);
    return decide_retarget(d, c);
}

int64_t decide_start_of(struct deciding *d)
{
    int64_t at_ms = d->c->u.mention.at_ms;
    if (at_ms > d->now_ms)
        return d->now_ms;
    return at_ms < d->now_ms - DAY_MS ? d->now_ms - DAY_MS : at_ms;
}
