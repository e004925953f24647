/* decide_mention.c - what arrives from outside: mentions, their edits and deletions, and our own
 * posts seen there. */
#include "core/rules/deciding.h"
#include "core/triage/triage.h"
#include <string.h>

static void add_contact(struct customer_rec *rec, int64_t now_ms)
{
    if (rec->n_recent == CUSTOMER_RECENT_MAX) {
        rec->n_recent--;
        memmove(rec->recent_ms, rec->recent_ms + 1, rec->n_recent * sizeof rec->recent_ms[0]);
    }
    rec->recent_ms[rec->n_recent++] = now_ms;
}

static bool speaks(const struct policy_team *t, const char *lang)
{
    const size_t n = sizeof t->langs / sizeof t->langs[0];
    size_t i = 0;
    while (i < n && t->langs[i][0] != '\0' && strcmp(t->langs[i], lang) != 0)
        i++;
    return t->langs[0][0] == '\0' || (i < n && t->langs[i][0] != '\0');
}

/* The category's team; when it does not speak the customer's language, the first that does. */
static void route_to_team(struct deciding *d, const struct triage_result *r, struct case_rec *c)
{
    const struct policy *p = d->policy;
    c->category = r->category < p->n_categories ? r->category : p->first_category;
    c->team = p->categories[c->category].team;
    if (speaks(&p->teams[c->team], c->lang))
        return;
    for (uint16_t t = 0; t < p->n_teams; t++)
        if (!p->teams[t].is_retired && speaks(&p->teams[t], c->lang)) {
            c->team = t;
            return;
        }
}

static enum err start_clocks(struct deciding *d, struct case_rec *c, int64_t start_ms, bool is_new)
{
    enum err e = ERR_OK;
    if (!c->has_spoken && !c->clocks[CLOCK_ACKNOWLEDGE].is_running)
        e = sla_start(&c->clocks[CLOCK_ACKNOWLEDGE], d->policy, c, CLOCK_ACKNOWLEDGE, start_ms,
                      d->now_ms);
    if (e == ERR_OK && !c->clocks[CLOCK_ANSWER].is_running)
        e = sla_start(&c->clocks[CLOCK_ANSWER], d->policy, c, CLOCK_ANSWER, start_ms, d->now_ms);
    if (e == ERR_OK && is_new)
        e = sla_start(&c->clocks[CLOCK_RESOLVE], d->policy, c, CLOCK_RESOLVE, start_ms, d->now_ms);
    return e;
}

static void apply_plan(struct deciding *d, uint8_t plan, struct case_rec *c)
{
    c->plan = plan <= d->policy->n_plans ? plan : 0;
    if (c->plan == 0)
        return;
    enum level least = d->policy->plans[c->plan - 1].level_min;
    c->level = c->level < least ? least : c->level;
}

static enum err open_case(struct deciding *d, struct id customer, uint8_t plan, uint16_t channel,
                          const struct triage_result *r, struct case_rec *c)
{
    const struct cmd_mention *m = &d->c->u.mention;
    int64_t start_ms = decide_start_of(d);
    *c = (struct case_rec){.id = m->kase,
                           .customer = customer,
                           .network = m->network,
                           .kind = m->kind,
                           .channel = channel,
                           .n_mentions = 1,
                           .policy_version = d->policy->version,
                           .opened_ms = d->now_ms,
                           .at_ms = start_ms};
    decide_copy_reading(r, c);
    apply_plan(d, plan, c);
    route_to_team(d, r, c);
    c->place = PLACE_QUEUE;
    c->place_ms = d->now_ms;
    c->spoken_ms = start_ms;
    c->has_public = m->kind == MENTION_PUBLIC;
    enum err e = start_clocks(d, c, start_ms, true);
    decide_state(d, c, CASE_NEW);
    return e == ERR_OK ? decide_put(d, c, CAUSE_OPENED, true, (struct id){{0}}) : e;
}

static enum err come_back(struct deciding *d, const struct triage_result *r, struct case_rec *c)
{
    bool was_done = c->place == PLACE_DONE;
    int64_t start_ms = decide_start_of(d);
    if (c->place == PLACE_PARKED)
        (void)sla_go_on(&c->clocks[CLOCK_RESOLVE], d->policy, c, start_ms);
    enum err e = decide_raise_level(d, r, c);
    c->disposition = DISPOSITION_NONE;
    c->dismiss_reason = 0;
    c->before = (struct case_before){.has = false};
    c->owes_follow_up = false;
    if (e == ERR_OK)
        e = decide_stop(d, c, CLOCK_FOLLOW_UP, d->now_ms, STOP_DISPOSED, (struct id){{0}});
    c->place = PLACE_QUEUE;
    c->place_ms = d->now_ms;
    if (e == ERR_OK)
        e = start_clocks(d, c, start_ms, false);
    c->at_ms = start_ms;
    decide_state(d, c, c->has_spoken ? CASE_OPEN : CASE_NEW);
    return e == ERR_OK
               ? decide_put(d, c, was_done ? CAUSE_REOPENED : CAUSE_BACK, true, (struct id){{0}})
               : e;
}

static enum err join_case(struct deciding *d, const struct triage_result *r, struct case_rec *c)
{
    const struct cmd_mention *m = &d->c->u.mention;
    const struct id nobody = {{0}};
    c->n_mentions++;
    c->kind = m->kind;
    c->mood = r->mood;
    c->has_public |= m->kind == MENTION_PUBLIC;
    if (r->is_thanks && c->has_spoken && !case_is_waiting(c))
        return decide_put(d, c, CAUSE_JOINED, true, nobody);
    c->spoken_ms = decide_start_of(d);
    c->has_unseen = c->is_sending;
    if (!case_is_waiting(c))
        return come_back(d, r, c);
    enum err e = decide_raise_level(d, r, c);
    decide_rank(d, c);
    return e == ERR_OK ? decide_put(d, c, CAUSE_JOINED, true, nobody) : e;
}

static enum err put_mention(struct deciding *d, struct id customer, struct customer_rec rec,
                            bool is_new, struct id kase, uint16_t channel, bool is_thanks)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct event *e = verdict_add(d->v, EV_MENTION_SEEN, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    rec.last_ms = d->now_ms;
    rec.n_mentions++;
    if (m->kind != MENTION_HEARD)
        add_contact(&rec, d->now_ms);
    rec.takes_direct |= m->kind == MENTION_DIRECT;
    rec.plan = decide_plan_of(d, &rec);
    e->u.mention.mention = m->mention;
    e->u.mention.kase = kase;
    e->u.mention.dedupe = m->dedupe;
    e->u.mention.author = m->author;
    e->u.mention.has_handle = m->has_handle;
    e->u.mention.handle = m->handle;
    e->u.mention.is_new_customer = is_new;
    e->u.mention.customer = rec;
    e->u.mention.day = sla_day(d->policy, d->now_ms, NULL);
    e->u.mention.rec = (struct mention_rec){.at_ms = decide_start_of(d),
                                            .arrived_ms = d->now_ms,
                                            .kind = m->kind,
                                            .channel = channel,
                                            .is_thanks = is_thanks,
                                            .customer = customer};
    d->v->mention = m->mention;
    d->v->customer = customer;
    d->v->kase = kase;
    return ERR_OK;
}

static enum err new_mention(struct deciding *d)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id customer;
    struct customer_rec rec;
    struct case_rec c;
    struct triage_result reading;
    uint16_t channel = 0;
    bool is_new;
    enum err e = decide_find_customer(d, &customer, &rec, &is_new);
    if (e == ERR_OK)
        e = decide_find_channel(d, &channel);
    if (e != ERR_OK)
        return e;
    if (m->kind == MENTION_HEARD)
        return put_mention(d, customer, rec, is_new, (struct id){{0}}, channel, false);
    decide_drop_contacts(&rec, d->now_ms);
    e = decide_find_case(d, customer, &rec, &c);
    bool is_opening = e == ERR_NOT_FOUND;
    if (e != ERR_OK && !is_opening)
        return e;
    decide_read_text(d, &rec, is_opening ? NULL : &c, &reading);
    if (is_opening) {
        rec.n_cases++;
        rec.open_case = rec.last_case = m->kase;
    } else if (c.place == PLACE_DONE && !(reading.is_thanks && c.has_spoken)) {
        rec.open_case = c.id;
    }
    e = put_mention(d, customer, rec, is_new, is_opening ? m->kase : c.id, channel,
                    reading.is_thanks);
    if (e != ERR_OK)
        return e;
    return is_opening ? open_case(d, customer, decide_plan_of(d, &rec), channel, &reading, &c)
                      : join_case(d, &reading, &c);
}

enum err decide_mention(struct deciding *d)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id places[2] = {{{0}}, {{0}}};
    enum err e = decide_find_mention(d, &m->dedupe, m->has_at && m->event == MENTION_NEW, places);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (m->event == MENTION_DELETE && e == ERR_NOT_FOUND)
        return decide_bury(d);
    if (e == ERR_OK && m->event != MENTION_NEW)
        return decide_change(d, places);
    if (e == ERR_NOT_FOUND)
        e = decide_find_buried(d);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_OK) {
        d->v->is_duplicate = true;
        d->v->kase = places[0];
        d->v->mention = places[1];
        return ERR_OK;
    }
    return new_mention(d);
}

enum err decide_reply_seen(struct deciding *d)
{
    const struct cmd_mention *m = &d->c->u.mention;
    const struct id nobody = {{0}};
    struct id places[2];
    struct case_rec c;
    enum err e = decide_find_mention(d, &m->dedupe, m->has_at, places);
    d->v->is_duplicate = e == ERR_OK;
    if (e != ERR_NOT_FOUND)
        return e;
    e = decide_find_answered(d, &c);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && c.place == PLACE_DONE)) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND, "this reply does not match any case",
                       "replay the mention it answers first, or remove the reply");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    int64_t at_ms = decide_start_of(d);
    struct event *ev = verdict_add(d->v, EV_REPLY_SEEN, d->now_ms);
    ev->u.reply.reply = m->mention;
    ev->u.reply.kase = c.id;
    ev->u.reply.has_dedupe = true;
    ev->u.reply.dedupe = m->dedupe;
    ev->u.reply.rec = (struct reply_rec){
        .written_ms = at_ms, .sent_ms = at_ms, .kind = MENTION_REPLY, .n_parts = 1};
    d->v->mention = m->mention;
    c.n_replies++;
    c.has_spoken = true;
    c.has_unseen = false;
    e = decide_stop(d, &c, CLOCK_ACKNOWLEDGE, at_ms, STOP_REPLY, nobody);
    if (e == ERR_OK)
        e = decide_stop(d, &c, CLOCK_ANSWER, at_ms, STOP_REPLY, nobody);
    if (e == ERR_OK && c.state == CASE_RESOLVED && c.owes_follow_up) {
        c.owes_follow_up = false;
        e = decide_stop(d, &c, CLOCK_FOLLOW_UP, at_ms, STOP_FOLLOWED_UP, nobody);
    }
    sla_pause(&c.clocks[CLOCK_RESOLVE], d->policy, &c, at_ms);
    decide_state(d, &c, c.state == CASE_RESOLVED ? CASE_RESOLVED : CASE_PARKED);
    return e == ERR_OK ? decide_put(d, &c, CAUSE_ANSWERED, true, nobody) : e;
}
