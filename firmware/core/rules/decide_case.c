/* decide_case.c - what people do with a case: the table says who may, one function a action says
 * what comes of it. */
#include "core/rules/deciding.h"
#include "core/rules/life.h"
#include "core/triage/reason.h"
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

/* Claims are few (people times claims_max): counting them beats keeping a count. */
static enum err count_claims(struct deciding *d, struct id person, unsigned *n)
{
    struct record_key from = {.n = 0};
    struct claim_rec held;
    struct slice key, v;
    struct id kase;
    enum err e;
    *n = 0;
    while ((e = d->t->seek(d->t->ctx, TABLE_CLAIM, record_key_slice(&from), &key, &v)) == ERR_OK) {
        e = key_last_id(key, &kase);
        if (e == ERR_OK)
            e = record_get_claim(v, &held);
        if (e != ERR_OK)
            return e;
        *n += id_eq(held.person, person) ? 1 : 0;
        from = key_case(kase);
        from.b[from.n++] = 0;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err may_hold_more(struct deciding *d, struct id person, const char *hint)
{
    unsigned n;
    char message[120];
    enum err e = count_claims(d, person, &n);
    if (e != ERR_OK || n < d->policy->claims_max)
        return e;
    (void)snprintf(message, sizeof message, "%s %u cases (limit %u)",
                   id_eq(person, d->c->u.kase.person) ? "you already hold"
                                                      : "that person already holds",
                   n, d->policy->claims_max);
    return refuse(d, REFUSAL_CLAIM_LIMIT, message, hint);
}

static enum err action_claim(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    if (id_eq(c->claimant, k->person))
        return decide_put(d, c, CAUSE_CLAIMED, false, k->person);
    enum err e = may_hold_more(d, k->person, "finish or release one first");
    if (e != ERR_OK || d->v->refusal != REFUSAL_NONE)
        return e;
    c->claimant = k->person;
    return decide_put(d, c, CAUSE_CLAIMED, true, k->person);
}

static enum err action_release(struct deciding *d, struct case_rec *c)
{
    c->claimant = nobody;
    return decide_put(d, c, d->c->u.kase.action == DO_TAKE_BACK ? CAUSE_TAKEN_BACK : CAUSE_RELEASED,
                      true, d->c->u.kase.person);
}

static enum err is_person(struct deciding *d, struct id id, bool *is)
{
    struct record_key k = key_case(id);
    struct device_rec rec;
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_DEVICE, record_key_slice(&k), &v);
    if (e == ERR_OK)
        e = record_get_device(v, &rec);
    *is = e == ERR_OK && rec.kind == DEVICE_PERSON && rec.revoked_ms == 0;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err hand_to_team(struct deciding *d, struct case_rec *c)
{
    int team = policy_find_team(d->policy, d->c->u.kase.word);
    if (team < 0)
        return refuse(d, REFUSAL_INVALID, "no such team", "choose one of the policy's teams");
    c->team = (uint16_t)team;
    c->claimant = nobody;
    enum err e = decide_retarget(d, c);
    decide_rank(d, c);
    return e == ERR_OK ? decide_put(d, c, CAUSE_HANDED_OVER, true, d->c->u.kase.person) : e;
}

static enum err action_hand_over(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    bool is = false;
    if (id_is_none(k->other))
        return k->word.n > 0 ? hand_to_team(d, c)
                             : refuse(d, REFUSAL_INVALID, "no one named to take the case",
                                      "name a person in \"to\", or a team in \"team\"");
    enum err e = is_person(d, k->other, &is);
    if (e == ERR_OK && !is)
        return refuse(d, REFUSAL_NOT_FOUND, "no such person", "choose someone who is signed in");
    if (e == ERR_OK && !id_eq(k->other, c->claimant))
        e = may_hold_more(d, k->other, "hand it to someone with fewer cases, or release it");
    if (e != ERR_OK || d->v->refusal != REFUSAL_NONE)
        return e;
    c->claimant = k->other;
    return decide_put(d, c, CAUSE_HANDED_OVER, true, k->person);
}

static enum err action_note(struct deciding *d, struct case_rec *c)
{
    if (slice_trim(d->c->u.kase.text).n == 0)
        return refuse(d, REFUSAL_INVALID, "the note is empty",
                      "write what the next person should know");
    return decide_put(d, c, CAUSE_NOTED, true, d->c->u.kase.person);
}

static enum err action_tag(struct deciding *d, struct case_rec *c)
{
    int tag = policy_find_tag(d->policy, d->c->u.kase.word);
    if (tag < 0)
        return refuse(d, REFUSAL_INVALID, "no such tag", "choose one of the policy's tags");
    for (unsigned i = 0; i < c->n_tags; i++)
        if (c->tags[i] == tag)
            return decide_put(d, c, CAUSE_TAGGED, false, d->c->u.kase.person);
    if (c->n_tags == CASE_TAGS_MAX)
        return refuse(d, REFUSAL_INVALID, "this case already has eight tags", "remove one first");
    c->tags[c->n_tags++] = (uint16_t)tag;
    return decide_put(d, c, CAUSE_TAGGED, true, d->c->u.kase.person);
}

static enum err action_level(struct deciding *d, struct case_rec *c)
{
    enum level level;
    if (level_parse(d->c->u.kase.word, &level) != ERR_OK)
        return refuse(d, REFUSAL_INVALID, "no such level", "choose urgent, high, normal or low");
    c->level = level;
    c->n_reasons = 1;
    c->reasons[0] = (struct case_reason){REASON_BY_HAND, 0};
    enum err e = decide_retarget(d, c);
    decide_rank(d, c);
    return e == ERR_OK ? decide_put(d, c, CAUSE_LEVELLED, true, d->c->u.kase.person) : e;
}

static enum err action_category(struct deciding *d, struct case_rec *c)
{
    int category = policy_find_category(d->policy, d->c->u.kase.word);
    if (category < 0)
        return refuse(d, REFUSAL_INVALID, "no such category",
                      "choose one of the policy's categories");
    c->category = (uint16_t)category;
    c->team = d->policy->categories[category].team;
    enum err e = decide_retarget(d, c);
    decide_rank(d, c);
    return e == ERR_OK ? decide_put(d, c, CAUSE_CATEGORISED, true, d->c->u.kase.person) : e;
}

static enum err action_ticket(struct deciding *d, struct case_rec *c)
{
    c->has_ticket = d->c->u.kase.word.n > 0;
    return decide_put(d, c, CAUSE_TICKETED, true, d->c->u.kase.person);
}

static enum err action_reveal(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct record_key key = key_mention(c->id, k->mention);
    if (slice_trim(k->text).n == 0)
        return refuse(d, REFUSAL_INVALID, "showing an original needs a reason",
                      "say why you need it");
    enum err e = d->t->get(d->t->ctx, TABLE_MENTION, record_key_slice(&key), NULL);
    if (e == ERR_NOT_FOUND)
        return refuse(d, REFUSAL_NOT_FOUND, "no such mention in this case",
                      "name one of its mentions in \"mention\"");
    struct event *ev = e == ERR_OK ? verdict_add(d->v, EV_REVEALED, d->now_ms) : NULL;
    if (ev == NULL)
        return e == ERR_OK ? ERR_NO_MEMORY : e;
    ev->person = k->person;
    ev->u.reveal.kase = c->id;
    ev->u.reveal.mention = k->mention;
    d->v->kase = c->id;
    return ERR_OK;
}

static enum err (*const actions[DO_N])(struct deciding *, struct case_rec *) = {
    [DO_CLAIM] = action_claim,
    [DO_RELEASE] = action_release,
    [DO_TAKE_BACK] = action_release,
    [DO_NOTE] = action_note,
    [DO_TAG] = action_tag,
    [DO_LEVEL] = action_level,
    [DO_CATEGORY] = action_category,
    [DO_TICKET] = action_ticket,
    [DO_WAIT] = action_wait,
    [DO_RESOLVE] = action_resolve,
    [DO_DISMISS] = action_dismiss,
    [DO_HAND_OVER] = action_hand_over,
    [DO_REPLY] = action_reply,
    [DO_MOVE] = action_move,
    [DO_FOLLOW_UP] = action_follow_up,
    [DO_MERGE] = action_merge,
    [DO_UNDO] = action_undo,
    [DO_REVEAL] = action_reveal,
};

static bool has_role(const struct cmd_case *k, enum life_who who)
{
    unsigned wanted = who == LIFE_LEAD ? ROLE_LEAD_BIT : ROLE_AGENT_BIT | ROLE_LEAD_BIT;
    return (k->roles & wanted) != 0;
}

static bool holds_enough(const struct cmd_case *k, const struct case_rec *c, enum life_who who)
{
    if (is_lead(k) || who == LIFE_ANYBODY || id_eq(c->claimant, k->person))
        return true;
    return who == LIFE_NOT_ANOTHERS && id_is_none(c->claimant);
}

/* Roles, claim, freshness, state: in this order, so that the reason given is the one that matters.
 */
static enum err may_do(struct deciding *d, const struct life_rule *rule, const struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    if (!has_role(k, rule->who))
        return refuse(d, REFUSAL_NOT_ALLOWED, "your role may not do this", "ask a lead");
    if (k->action == DO_CLAIM && !id_is_none(c->claimant) && !id_eq(c->claimant, k->person))
        return refuse(d, REFUSAL_TAKEN, "someone else holds this case",
                      "choose another; it returns to the queue if they leave it");
    if (k->seen < c->seq)
        return refuse(d, REFUSAL_STALE, "the case has changed since your screen showed it",
                      "read what is new, then try again");
    if ((rule->states & (1u << c->state)) == 0)
        return refuse(d, REFUSAL_NOT_ALLOWED, "not possible while the case is in this state",
                      "check its state");
    if (!holds_enough(k, c, rule->who))
        return refuse(d, REFUSAL_NOT_CLAIMANT, "only the agent holding the case may do this",
                      "claim it first");
    if (c->is_sending && !rule->while_sending)
        return refuse(d, REFUSAL_NOT_ALLOWED, "a reply of ours is on its way",
                      "wait until it is confirmed or fails");
    return ERR_OK;
}

/* Was this the frame that the ref came with first?  Answers of older programs do not say. */
static bool is_its_frame(const struct answer_rec *rec, const struct cmd_case *k)
{
    static const struct mac128 unknown;
    return memcmp(rec->frame.b, unknown.b, sizeof unknown.b) == 0 ||
           memcmp(rec->frame.b, k->frame.b, sizeof k->frame.b) == 0;
}

static void answer_again(struct verdict *v, const struct answer_rec *rec)
{
    v->kase = rec->kase;
    v->seq = rec->seq;
    if (!rec->is_ok)
        verdict_refuse(v, (enum refusal)rec->refusal, "this command was refused before",
                       "check the case and send it with a new ref");
    v->is_duplicate = true;
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
    if (e == ERR_OK && !is_its_frame(&rec, k))
        return refuse(d, REFUSAL_REF_REUSED, "this ref was used for another command",
                      "send each command, and each change of one, with a new ref");
    if (e == ERR_OK)
        answer_again(d->v, &rec);
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
    e->u.answer.rec = (struct answer_rec){.at_ms = d->now_ms,
                                          .is_ok = refusal == REFUSAL_NONE,
                                          .refusal = (uint8_t)refusal,
                                          .kase = k->kase,
                                          .frame = k->frame};
    return ERR_OK;
}

enum err decide_case(struct deciding *d)
{
    const struct cmd_case *k = &d->c->u.kase;
    const struct life_rule *rule = life_rule(k->action);
    struct case_rec c;
    bool was_answered;
    enum err e = first_answer(d, &was_answered);
    if (e != ERR_OK || was_answered)
        return e;
    if (rule == NULL)
        return refuse(d, REFUSAL_INVALID, "unknown command", "check \"do\"");
    e = load_case(d->t, k->kase, &c);
    if (e == ERR_NOT_FOUND)
        return refuse(d, REFUSAL_NOT_FOUND, "no such case",
                      "it may have been deleted after its retention period");
    if (e == ERR_OK)
        e = may_do(d, rule, &c);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = actions[k->action](d, &c);
    return e == ERR_OK ? note_answer(d) : e;
}

enum err decide_lease_ended(struct deciding *d)
{
    struct case_rec c;
    enum err e = load_case(d->t, d->c->u.lease.kase, &c);
    if (e == ERR_NOT_FOUND ||
        (e == ERR_OK && (id_is_none(c.claimant) || !id_eq(c.claimant, d->c->u.lease.person))))
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    c.claimant = nobody;
    return decide_put(d, &c, CAUSE_LEASE_ENDED, true, nobody);
}
