/* decide_end.c - how a case comes to rest: parked, resolved, dismissed, merged; and how that is
 * undone. */
#include "core/rules/gates.h"
#include "core/rules/life.h"
#include <string.h>

static const struct id nobody = {{0}};

enum err action_wait(struct deciding *d, struct case_rec *c)
{
    if (case_is_waiting(c))
        return gates_refuse(d, REFUSAL_NOT_ALLOWED,
                            "the customer is waiting for our reply: it is not their turn",
                            "answer first, or dismiss with a reason");
    decide_state(d, c, CASE_PARKED);
    return decide_put(d, c, CAUSE_WAITED, true, d->c->u.kase.person);
}

/* ---- resolved */

static bool has_tag_of(const struct policy_category *category, const struct case_rec *c)
{
    for (unsigned i = 0; i < category->n_tags; i++)
        for (unsigned k = 0; k < c->n_tags; k++)
            if (category->tags[i] == c->tags[k])
                return true;
    return category->n_tags == 0 && c->n_tags > 0;
}

static bool lacks_tag(const struct policy *p, const struct case_rec *c)
{
    if (p->tag_needed && c->n_tags == 0)
        return true;
    return c->category < p->n_categories && p->categories[c->category].needs_tag &&
           !has_tag_of(&p->categories[c->category], c);
}

/* Resolved already: only a lead ends it without the public word that is owed. */
static enum err end_without_follow_up(struct deciding *d, struct case_rec *c)
{
    if (!c->owes_follow_up)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED, "this case is already resolved",
                            "it closes by itself");
    if (!gates_override(d, REFUSAL_FOLLOW_UP_OWED))
        return gates_refuse(d, REFUSAL_FOLLOW_UP_OWED,
                            "a public follow-up is owed: the case was solved elsewhere",
                            "post it; the policy holds a text for it");
    enum err e = decide_stop(d, c, CLOCK_FOLLOW_UP, d->now_ms, STOP_DISPOSED, d->c->u.kase.person);
    c->owes_follow_up = false;
    c->claimant = nobody;
    if (e == ERR_OK)
        e = gates_note_overrides(d, c->id, nobody);
    decide_state(d, c, CASE_RESOLVED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_RESOLVED, true, d->c->u.kase.person) : e;
}

enum err action_resolve(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    enum err e = ERR_OK;
    if (c->state == CASE_RESOLVED)
        return end_without_follow_up(d, c);
    if (!c->has_spoken)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED, "the customer has not heard from us yet",
                            "answer first");
    if (lacks_tag(d->policy, c))
        return gates_refuse(d, REFUSAL_TAG_MISSING,
                            "the policy requires a tag before a case is resolved",
                            "add a tag first");
    for (int clock = CLOCK_ACKNOWLEDGE; clock <= CLOCK_RESOLVE && e == ERR_OK; clock++)
        e = decide_stop(d, c, (enum clock_kind)clock, d->now_ms, STOP_RESOLVED, k->person);
    c->owes_follow_up = c->left_public;
    if (e == ERR_OK && c->owes_follow_up)
        e = sla_start(&c->clocks[CLOCK_FOLLOW_UP], d->policy, c, CLOCK_FOLLOW_UP, d->now_ms,
                      d->now_ms);
    if (!c->owes_follow_up)
        c->claimant = nobody;
    decide_state(d, c, CASE_RESOLVED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_RESOLVED, true, k->person) : e;
}

/* ---- dismissed, merged */

static void remember(struct case_rec *c)
{
    c->before.has = true;
    c->before.state = c->state;
    c->before.at_ms = c->at_ms;
    memcpy(c->before.clocks, c->clocks, sizeof c->before.clocks);
}

enum err action_dismiss(struct deciding *d, struct case_rec *c)
{
    enum dismiss_reason reason;
    if (dismiss_reason_parse(d->c->u.kase.word, &reason) != ERR_OK)
        return gates_refuse(d, REFUSAL_INVALID, "dismissing a case needs a reason",
                            "choose chatter, praise, spam, news, not_ours, duplicate or other");
    if (c->left_public && !gates_override(d, REFUSAL_FOLLOW_UP_OWED))
        return gates_refuse(d, REFUSAL_FOLLOW_UP_OWED,
                            "a public follow-up is owed: the case moved elsewhere",
                            "resolve it and post the follow-up");
    enum err e = gates_note_overrides(d, c->id, nobody);
    remember(c);
    if (e == ERR_OK)
        e = decide_stop_all(d, c, d->now_ms, STOP_DISPOSED, d->c->u.kase.person);
    c->dismiss_reason = (uint8_t)reason;
    c->disposition = DISPOSITION_DISMISSED;
    decide_state(d, c, CASE_DISMISSED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_DISMISSED, true, d->c->u.kase.person) : e;
}

/* What `c` owes, `into` owes from now on: of two promises the earlier. */
static void take_promises(const struct case_rec *c, struct case_rec *into)
{
    for (int k = CLOCK_ACKNOWLEDGE; k <= CLOCK_ANSWER; k++) {
        const struct clock *theirs = &c->clocks[k];
        struct clock *ours = &into->clocks[k];
        if (k == CLOCK_ACKNOWLEDGE && into->has_spoken)
            continue;
        if (theirs->is_running && (!ours->is_running || theirs->due_ms < ours->due_ms))
            *ours = *theirs;
    }
    into->at_ms =
        into->at_ms == 0 || (c->at_ms != 0 && c->at_ms < into->at_ms) ? c->at_ms : into->at_ms;
    into->spoken_ms = c->spoken_ms > into->spoken_ms ? c->spoken_ms : into->spoken_ms;
    into->n_mentions = (uint16_t)(into->n_mentions + c->n_mentions);
    into->level = c->level > into->level ? c->level : into->level;
    into->has_public |= c->has_public;
    into->left_public |= c->left_public;
    into->has_ticket |= c->has_ticket;
    if (into->n_moves == 0 && c->n_moves > 0) {
        into->n_moves = c->n_moves;
        into->route = c->route;
    }
}

static enum err put_merged_into(struct deciding *d, const struct case_rec *c, struct case_rec *into)
{
    bool owes = c->clocks[CLOCK_ANSWER].is_running || c->clocks[CLOCK_ACKNOWLEDGE].is_running;
    take_promises(c, into);
    if (owes && into->place == PLACE_PARKED)
        decide_state(d, into, CASE_OPEN);
    else
        decide_rank(d, into);
    return decide_put(d, into, CAUSE_MERGED, true, d->c->u.kase.person);
}

/* The customer's next word belongs to the case that goes on. */
static enum err point_customer(struct deciding *d, const struct case_rec *into)
{
    struct customer_rec rec;
    enum err e = load_customer(d->t, into->customer, &rec);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    rec.open_case = into->id;
    struct event *ev = verdict_add(d->v, EV_CUSTOMER_CHANGED, d->now_ms);
    if (ev == NULL)
        return ERR_NO_MEMORY;
    ev->u.customer.customer = into->customer;
    ev->u.customer.rec = rec;
    return ERR_OK;
}

enum err action_merge(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct case_rec into;
    enum err e = id_is_none(k->other) ? ERR_NOT_FOUND : load_case(d->t, k->other, &into);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_NOT_FOUND || id_eq(into.id, c->id))
        return gates_refuse(d, REFUSAL_INVALID, "no such case to merge into",
                            "name another case of this customer in \"to\"");
    if (!id_eq(into.customer, c->customer))
        return gates_refuse(d, REFUSAL_INVALID, "the two cases belong to different customers",
                            "link them in a note instead");
    if (into.place == PLACE_DONE || into.state == CASE_RESOLVED || into.is_sending)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED,
                            "the other case has ended, or its reply is on its way",
                            "merge the other way round, or wait for the reply");
    e = put_merged_into(d, c, &into);
    remember(c);
    if (e == ERR_OK)
        e = decide_stop_all(d, c, d->now_ms, STOP_MERGED, k->person);
    c->merged_into = into.id;
    c->disposition = DISPOSITION_MERGED;
    decide_state(d, c, CASE_MERGED);
    if (e == ERR_OK)
        e = decide_put(d, c, CAUSE_MERGED, true, k->person);
    return e == ERR_OK ? point_customer(d, &into) : e;
}

enum err action_undo(struct deciding *d, struct case_rec *c)
{
    struct case_before before = c->before;
    enum cause cause = c->state == CASE_MERGED ? CAUSE_UNMERGED : CAUSE_REOPENED;
    if (!before.has || c->place_ms + d->policy->reopen_ms <= d->now_ms)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED, "it is too late to undo this",
                            "the customer's next message opens a case again");
    c->before = (struct case_before){.has = false};
    c->merged_into = nobody;
    c->disposition = DISPOSITION_NONE;
    c->dismiss_reason = 0;
    memcpy(c->clocks, before.clocks, sizeof c->clocks);
    c->at_ms = before.at_ms;
    decide_state(d, c, before.state);
    return decide_put(d, c, cause, true, d->c->u.kase.person);
}
