/* decide_mention.c - what arrives from outside: mentions, their edits and deletions, and our own
 * posts seen there. */
#include "base/pack.h"
#include "core/rules/decide_internal.h"
#include "core/triage/triage.h"
#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
#define DAYS_BACK 8 /* a thread is looked for this far back */

static enum err find_at(struct deciding *d, uint32_t day, struct mac128 mac, struct id places[2])
{
    struct dedupe_key key = {.day = day, .mac = mac};
    struct record_key k = key_dedupe(&key);
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_DEDUPE, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_ids(v, places, 2) : e;
}

enum err decide_find_mention(struct deciding *d, const struct dedupe_key *key, bool is_day_known,
                             struct id places[2])
{
    enum err e = find_at(d, key->day, key->mac, places);
    if (e != ERR_NOT_FOUND || is_day_known)
        return e;
    uint32_t today = (uint32_t)(d->now_ms / DAY_MS);
    for (uint32_t back = 0; back <= DAYS_BACK && back <= today; back++) {
        e = find_at(d, today - back, key->mac, places);
        if (e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
}

/* Without a day of its own a post is looked for by its arrival's days. */
static enum err find_thread(struct deciding *d, struct mac128 mac, struct id places[2])
{
    const struct dedupe_key key = {.day = (uint32_t)(d->now_ms / DAY_MS), .mac = mac};
    return decide_find_mention(d, &key, false, places);
}

static enum err find_identity(struct deciding *d, const struct mac128 *mac, struct id *customer)
{
    struct record_key k = key_mac(mac);
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_IDENTITY, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_ids(v, customer, 1) : e;
}

static enum err find_customer(struct deciding *d, struct id *id, struct customer_rec *rec,
                              bool *is_new)
{
    const struct cmd_mention *m = &d->c->u.mention;
    enum err e = find_identity(d, &m->author, id);
    *is_new = e == ERR_NOT_FOUND;
    if (*is_new) {
        *id = m->customer;
        *rec = (struct customer_rec){.first_ms = d->now_ms};
        return ERR_OK;
    }
    return e == ERR_OK ? load_customer(d->t, *id, rec) : e;
}

enum err decide_load_live(struct deciding *d, struct id id, struct case_rec *out)
{
    for (int hops = 0; hops < 8; hops++) {
        enum err e = id_is_none(id) ? ERR_NOT_FOUND : load_case(d->t, id, out);
        if (e != ERR_OK || out->state != CASE_MERGED)
            return e;
        id = out->merged_into;
    }
    return ERR_NOT_FOUND;
}

/* A done case takes a new word only while the policy lets it come back. */
static bool takes_words(struct deciding *d, const struct case_rec *c)
{
    return c->place != PLACE_DONE || c->place_ms + d->policy->reopen_ms > d->now_ms;
}

/* The case that this mention belongs to: by thread, else the customer's open one.  ERR_NOT_FOUND: a
 * new one. */
static enum err find_case(struct deciding *d, struct id customer, const struct customer_rec *rec,
                          struct case_rec *out)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id places[2];
    enum err e = ERR_NOT_FOUND;
    if (m->has_reply_to)
        e = find_thread(d, m->reply_to, places);
    if (e == ERR_OK)
        e = decide_load_live(d, places[0], out);
    if (e == ERR_OK && id_eq(out->customer, customer) && takes_words(d, out))
        return ERR_OK;
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    e = decide_load_live(d, rec->open_case, out);
    return e == ERR_OK && !takes_words(d, out) ? ERR_NOT_FOUND : e;
}

void decide_drop_contacts(struct customer_rec *rec, int64_t now_ms)
{
    unsigned n_old = 0;
    while (n_old < rec->n_recent && rec->recent_ms[n_old] <= now_ms - CUSTOMER_RECENT_MS)
        n_old++;
    rec->n_recent = (uint8_t)(rec->n_recent - n_old);
    memmove(rec->recent_ms, rec->recent_ms + n_old, rec->n_recent * sizeof rec->recent_ms[0]);
}

static void add_contact(struct customer_rec *rec, int64_t now_ms)
{
    if (rec->n_recent == CUSTOMER_RECENT_MAX) {
        rec->n_recent--;
        memmove(rec->recent_ms, rec->recent_ms + 1, rec->n_recent * sizeof rec->recent_ms[0]);
    }
    rec->recent_ms[rec->n_recent++] = now_ms;
}

/* The plan that comes with the mention, else the one that is known. */
static uint8_t plan_of(struct deciding *d, const struct customer_rec *rec)
{
    struct slice name = d->c->u.mention.plan;
    int plan = name.n > 0 ? policy_find_plan(d->policy, name) : -1;
    return plan >= 0 ? (uint8_t)(plan + 1) : rec->plan;
}

static int64_t clamp_start(struct deciding *d)
{
    int64_t at_ms = d->c->u.mention.at_ms;
    if (at_ms > d->now_ms)
        return d->now_ms;
    return at_ms < d->now_ms - DAY_MS ? d->now_ms - DAY_MS : at_ms;
}

static enum err find_channel(struct deciding *d, uint16_t *number)
{
    const struct cmd_mention *m = &d->c->u.mention;
    uint16_t next = 0;
    struct record_key from = key_u16(0);
    for (;;) {
        struct slice key, v;
        struct channel_rec rec;
        enum err e = d->t->seek(d->t->ctx, TABLE_CHANNEL, record_key_slice(&from), &key, &v);
        if (e == ERR_NOT_FOUND)
            break;
        if (e == ERR_OK)
            e = record_get_channel(v, &rec);
        if (e != ERR_OK)
            return e;
        struct unpack u = unpack_of(key);
        next = unpack_key_u16(&u);
        *number = next;
        if (rec.network == m->network && slice_eq_z(m->channel, rec.name))
            return ERR_OK;
        from = key_u16(++next);
        if (next == UINT16_MAX)
            return ERR_RANGE;
    }
    struct event *e = verdict_add(d->v, EV_CHANNEL_ADDED, d->now_ms);
    e->u.channel.number = *number = next;
    e->u.channel.rec = (struct channel_rec){.network = m->network, .is_webhook_only = true};
    (void)slice_copy_z(m->channel, e->u.channel.rec.name, sizeof e->u.channel.rec.name);
    return ERR_OK;
}

void decide_read_text(struct deciding *d, const struct customer_rec *rec, const struct case_rec *c,
                      struct triage_result *out)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct triage_history history = {.has_plan = plan_of(d, rec) != 0,
                                     .was_late = rec->n_late > 0,
                                     .was_moved = c != NULL && c->n_moves > 0,
                                     .has_ticket = c != NULL && c->has_ticket,
                                     .n_contacts = rec->n_recent};
    triage_text(d->policy->triage, m->text, m->lang, &history, out);
}

static void copy_reading(const struct triage_result *r, struct case_rec *c)
{
    c->level = r->level;
    c->request = r->request;
    c->mood = r->mood;
    memcpy(c->lang, r->lang, sizeof c->lang);
    c->n_reasons = r->n_reasons;
    memcpy(c->reasons, r->reasons, sizeof c->reasons);
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
    int64_t start_ms = clamp_start(d);
    *c = (struct case_rec){.id = m->kase,
                           .customer = customer,
                           .network = m->network,
                           .kind = m->kind,
                           .channel = channel,
                           .n_mentions = 1,
                           .policy_version = d->policy->version,
                           .opened_ms = d->now_ms,
                           .at_ms = start_ms};
    copy_reading(r, c);
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

static enum err come_back(struct deciding *d, const struct triage_result *r, struct case_rec *c)
{
    bool was_done = c->place == PLACE_DONE;
    int64_t start_ms = clamp_start(d);
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
    c->spoken_ms = clamp_start(d);
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
    rec.plan = plan_of(d, &rec);
    e->u.mention.mention = m->mention;
    e->u.mention.kase = kase;
    e->u.mention.dedupe = m->dedupe;
    e->u.mention.author = m->author;
    e->u.mention.has_handle = m->has_handle;
    e->u.mention.handle = m->handle;
    e->u.mention.is_new_customer = is_new;
    e->u.mention.customer = rec;
    e->u.mention.day = sla_day(d->policy, d->now_ms, NULL);
    e->u.mention.rec = (struct mention_rec){.at_ms = clamp_start(d),
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
    enum err e = find_customer(d, &customer, &rec, &is_new);
    if (e == ERR_OK)
        e = find_channel(d, &channel);
    if (e != ERR_OK)
        return e;
    if (m->kind == MENTION_HEARD)
        return put_mention(d, customer, rec, is_new, (struct id){{0}}, channel, false);
    decide_drop_contacts(&rec, d->now_ms);
    e = find_case(d, customer, &rec, &c);
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
    return is_opening ? open_case(d, customer, plan_of(d, &rec), channel, &reading, &c)
                      : join_case(d, &reading, &c);
}

/* A deletion that came before its original stands under a day of its own, not before the
 * original's.
 */
static enum err find_buried(struct deciding *d)
{
    const struct dedupe_key *key = &d->c->u.mention.dedupe;
    uint32_t today = (uint32_t)(d->now_ms / DAY_MS);
    uint32_t day = today > key->day + DAYS_BACK ? today - DAYS_BACK : key->day + 1;
    for (; day <= today; day++) {
        struct id places[2];
        enum err e = find_at(d, day, key->mac, places);
        if (e == ERR_OK && id_is_none(places[1]))
            return ERR_OK;
        if (e != ERR_OK && e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
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
        e = find_buried(d);
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

/* The case that our own post answers: its thread's, else the newest open one of whom it addresses.
 */
static enum err find_answered(struct deciding *d, struct case_rec *c)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id places[2], customer;
    struct customer_rec rec;
    enum err e = ERR_NOT_FOUND;
    if (m->has_reply_to)
        e = find_thread(d, m->reply_to, places);
    if (e == ERR_OK)
        return decide_load_live(d, places[0], c);
    if (e == ERR_NOT_FOUND && m->has_address)
        e = find_identity(d, &m->address, &customer);
    if (e == ERR_OK)
        e = load_customer(d->t, customer, &rec);
    return e == ERR_OK ? decide_load_live(d, rec.open_case, c) : e;
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
    e = find_answered(d, &c);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && c.place == PLACE_DONE)) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND, "this reply answers no case that is here",
                       "replay the mention it answers first, or leave the reply out");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    int64_t at_ms = clamp_start(d);
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
