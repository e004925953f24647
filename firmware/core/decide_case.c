/* decide_case.c - what people do with a case: the table says who may, one function a deed says what
 * comes of it. */
#include "core/decide_internal.h"
#include "core/life.h"
#include "core/reason.h"
#include <stdio.h>
#include <string.h>

#define ROLE_AGENT_BIT 8u
#define ROLE_LEAD_BIT 16u

static const struct id nobody = {{0}};

static bool is_lead(const struct cmd_case *k)
{
    return (k->roles & ROLE_LEAD_BIT) != 0;
}

static enum err refuse(struct deciding *d, enum refusal r, const char *message, const char *hint)
{
    verdict_refuse(d->v, r, message, hint);
    return ERR_OK;
}

static enum err deed_claim(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    if (!id_is_none(c->claimant) && !id_eq(c->claimant, k->person))
        return refuse(d, REFUSAL_TAKEN, "somebody else has this case",
                      "choose another one; it comes back when they leave it");
    c->claimant = k->person;
    return decide_put(d, c, CAUSE_CLAIMED, true, k->person);
}

static enum err deed_release(struct deciding *d, struct case_rec *c)
{
    c->claimant = nobody;
    return decide_put(d, c, d->c->u.kase.deed == DO_TAKE_BACK ? CAUSE_TAKEN_BACK : CAUSE_RELEASED,
                      true, d->c->u.kase.person);
}

static enum err deed_hand_over(struct deciding *d, struct case_rec *c)
{
    if (id_is_none(d->c->u.kase.other))
        return refuse(d, REFUSAL_INVALID, "nobody is named to take the case",
                      "name the person in \"to\"");
    c->claimant = d->c->u.kase.other;
    return decide_put(d, c, CAUSE_HANDED_OVER, true, d->c->u.kase.person);
}

static enum err deed_note(struct deciding *d, struct case_rec *c)
{
    if (slice_trim(d->c->u.kase.text).n == 0)
        return refuse(d, REFUSAL_INVALID, "the note is empty",
                      "write what the next person should know");
    return decide_put(d, c, CAUSE_NOTED, true, d->c->u.kase.person);
}

static enum err deed_tag(struct deciding *d, struct case_rec *c)
{
    int tag = policy_find_tag(d->policy, d->c->u.kase.word);
    if (tag < 0)
        return refuse(d, REFUSAL_INVALID, "the policy has no such tag",
                      "choose one of the policy's tags");
    for (unsigned i = 0; i < c->n_tags; i++)
        if (c->tags[i] == tag)
            return decide_put(d, c, CAUSE_TAGGED, false, d->c->u.kase.person);
    if (c->n_tags == CASE_TAGS_MAX)
        return refuse(d, REFUSAL_INVALID, "this case has eight tags already",
                      "take one away first");
    c->tags[c->n_tags++] = (uint16_t)tag;
    return decide_put(d, c, CAUSE_TAGGED, true, d->c->u.kase.person);
}

/* Targets follow the level: running clocks keep their start. */
static enum err restart_clocks(struct deciding *d, struct case_rec *c)
{
    enum err e = ERR_OK;
    for (int k = 0; k < CLOCK_N && e == ERR_OK; k++) {
        struct clock old = c->clocks[k];
        if (!old.is_running || old.phase == PHASE_LATE)
            continue;
        e = sla_start(&c->clocks[k], d->policy, c, (enum clock_kind)k, old.start_ms, old.start_ms);
        if (e == ERR_OK && c->clocks[k].is_running)
            c->clocks[k].phase = PHASE_CALM;
    }
    return e;
}

static enum err deed_level(struct deciding *d, struct case_rec *c)
{
    enum level level;
    if (level_parse(d->c->u.kase.word, &level) != ERR_OK)
        return refuse(d, REFUSAL_INVALID, "there is no such level",
                      "choose urgent, high, normal or low");
    c->level = level;
    c->n_reasons = 1;
    c->reasons[0] = (struct case_reason){REASON_BY_HAND, 0};
    enum err e = restart_clocks(d, c);
    decide_rank(d, c);
    return e == ERR_OK ? decide_put(d, c, CAUSE_LEVELLED, true, d->c->u.kase.person) : e;
}

static enum err deed_category(struct deciding *d, struct case_rec *c)
{
    int category = policy_find_category(d->policy, d->c->u.kase.word);
    if (category < 0)
        return refuse(d, REFUSAL_INVALID, "the policy has no such category",
                      "choose one of the policy's categories");
    c->category = (uint16_t)category;
    return decide_put(d, c, CAUSE_CATEGORISED, true, d->c->u.kase.person);
}

static enum err deed_ticket(struct deciding *d, struct case_rec *c)
{
    c->has_ticket = d->c->u.kase.word.n > 0;
    return decide_put(d, c, CAUSE_TICKETED, true, d->c->u.kase.person);
}

static enum err deed_wait(struct deciding *d, struct case_rec *c)
{
    if (case_is_waiting(c))
        return refuse(d, REFUSAL_NOT_ALLOWED,
                      "the customer waits for our word: it is not their turn",
                      "answer first, or dismiss with a reason");
    decide_state(d, c, CASE_PARKED);
    return decide_put(d, c, CAUSE_WAITED, true, d->c->u.kase.person);
}

static enum err deed_resolve(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    if (!c->has_spoken)
        return refuse(d, REFUSAL_NOT_ALLOWED, "the customer has had no word from us",
                      "answer first");
    if (d->policy->tag_needed && c->n_tags == 0) {
        (void)snprintf(d->v->gate, sizeof d->v->gate, "tag_missing");
        return refuse(d, REFUSAL_TAG_MISSING, "the policy wants a tag before a case is resolved",
                      "tag it first");
    }
    enum err e = decide_stop(d, c, CLOCK_ACKNOWLEDGE, d->now_ms, STOP_RESOLVED, k->person);
    if (e == ERR_OK)
        e = decide_stop(d, c, CLOCK_ANSWER, d->now_ms, STOP_RESOLVED, k->person);
    if (e == ERR_OK)
        e = decide_stop(d, c, CLOCK_RESOLVE, d->now_ms, STOP_RESOLVED, k->person);
    c->owes_follow_up = c->route != ROUTE_NONE;
    if (e == ERR_OK && c->owes_follow_up)
        e = sla_start(&c->clocks[CLOCK_FOLLOW_UP], d->policy, c, CLOCK_FOLLOW_UP, d->now_ms,
                      d->now_ms);
    decide_state(d, c, CASE_RESOLVED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_RESOLVED, true, k->person) : e;
}

static enum err deed_dismiss(struct deciding *d, struct case_rec *c)
{
    enum dismiss_reason reason;
    if (dismiss_reason_parse(d->c->u.kase.word, &reason) != ERR_OK)
        return refuse(d, REFUSAL_INVALID, "a case is dismissed with a reason",
                      "choose chatter, praise, spam, news, not_ours, duplicate or other");
    if (c->owes_follow_up)
        return refuse(d, REFUSAL_FOLLOW_UP_OWED, "a public follow-up is owed", "post it first");
    enum err e = decide_stop_all(d, c, d->now_ms, STOP_DISPOSED, d->c->u.kase.person);
    c->dismiss_reason = (uint8_t)reason;
    c->disposition = DISPOSITION_DISMISSED;
    decide_state(d, c, CASE_DISMISSED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_DISMISSED, true, d->c->u.kase.person) : e;
}

static enum err (*const deeds[DO_N])(struct deciding *, struct case_rec *) = {
    [DO_CLAIM] = deed_claim,       [DO_RELEASE] = deed_release, [DO_TAKE_BACK] = deed_release,
    [DO_NOTE] = deed_note,         [DO_TAG] = deed_tag,         [DO_LEVEL] = deed_level,
    [DO_CATEGORY] = deed_category, [DO_TICKET] = deed_ticket,   [DO_WAIT] = deed_wait,
    [DO_RESOLVE] = deed_resolve,   [DO_DISMISS] = deed_dismiss, [DO_HAND_OVER] = deed_hand_over,
};

/* Roles, state, freshness, claim: in this order, so that the reason given is the one that matters.
 */
static enum err may_do(struct deciding *d, const struct life_rule *rule, const struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    bool has_role =
        (k->roles & (rule->needs_lead ? ROLE_LEAD_BIT : ROLE_AGENT_BIT | ROLE_LEAD_BIT)) != 0;
    bool is_claimant = id_eq(c->claimant, k->person);
    if (!has_role)
        return refuse(d, REFUSAL_NOT_ALLOWED, "your role may not do this", "ask a lead");
    if (k->deed == DO_CLAIM && !id_is_none(c->claimant) && !is_claimant)
        return refuse(d, REFUSAL_TAKEN, "somebody else has this case",
                      "choose another one; it comes back when they leave it");
    if (k->seen < c->seq)
        return refuse(d, REFUSAL_STALE, "the case has changed since your screen showed it",
                      "look at what is new, then do it again");
    if ((rule->states & (1u << c->state)) == 0)
        return refuse(d, REFUSAL_NOT_ALLOWED, "a case in this state does not take that",
                      "look at its state");
    if (rule->needs_claim && !is_claimant && !is_lead(k))
        return refuse(d, REFUSAL_NOT_CLAIMANT, "only who holds the case may do this",
                      "claim it first");
    return ERR_OK;
}

static enum err first_answer(struct deciding *d, bool *was_answered)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct record_key key = key_answer(k->person, k->ref);
    struct answer_rec rec;
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_ANSWER, record_key_slice(&key), &v);
    *was_answered = e == ERR_OK;
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    e = record_get_answer(v, &rec);
    d->v->is_duplicate = e == ERR_OK;
    d->v->kase = k->kase;
    if (e == ERR_OK && !rec.is_ok) {
        verdict_refuse(d->v, (enum refusal)rec.refusal, "this command was refused before",
                       "send it with a new ref");
        d->v->is_duplicate = true;
    }
    return e;
}

static enum err note_answer(struct deciding *d)
{
    const struct cmd_case *k = &d->c->u.kase;
    enum refusal refusal = d->v->refusal;
    struct event *e = verdict_add(d->v, EV_COMMAND_ANSWERED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->person = k->person;
    memcpy(e->u.answer.ref, k->ref, sizeof k->ref);
    e->u.answer.rec = (struct answer_rec){
        .at_ms = d->now_ms, .is_ok = refusal == REFUSAL_NONE, .refusal = (uint8_t)refusal};
    return ERR_OK;
}

enum err decide_case(struct deciding *d)
{
    const struct cmd_case *k = &d->c->u.kase;
    const struct life_rule *rule = life_rule(k->deed);
    struct case_rec c;
    bool was_answered;
    enum err e = first_answer(d, &was_answered);
    if (e != ERR_OK || was_answered)
        return e;
    if (rule == NULL)
        return refuse(d, REFUSAL_INVALID, "this box does not know that command",
                      "see what \"do\" may be");
    e = load_case(d->t, k->kase, &c);
    if (e == ERR_NOT_FOUND)
        return refuse(d, REFUSAL_NOT_FOUND, "there is no such case",
                      "it may have been dropped by retention");
    if (e == ERR_OK)
        e = may_do(d, rule, &c);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = deeds[k->deed](d, &c);
    return e == ERR_OK ? note_answer(d) : e;
}

enum err decide_lease_ended(struct deciding *d)
{
    struct case_rec c;
    enum err e = load_case(d->t, d->c->u.lease.kase, &c);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && !id_eq(c.claimant, d->c->u.lease.person)))
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    c.claimant = nobody;
    return decide_put(d, &c, CAUSE_LEASE_ENDED, true, nobody);
}

enum err decide_reply_progress(struct deciding *d)
{
    verdict_refuse(d->v, REFUSAL_NOT_FOUND, "this box sends no replies yet",
                   "answer on the network itself");
    return ERR_OK;
}
