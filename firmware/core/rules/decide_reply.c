/* decide_reply.c - our words: written through the gates, on their way, confirmed or failed. */
#include "core/rules/gates.h"
#include <string.h>

static const struct id nobody = {{0}};

static enum err put_reply(struct deciding *d, const struct case_rec *c, struct id reply,
                          const struct reply_rec *rec, const struct draft *r)
{
    struct event *e = verdict_add(d->v, EV_REPLY_CHANGED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->person = rec->person;
    e->u.reply.reply = reply;
    e->u.reply.kase = c->id;
    e->u.reply.rec = *rec;
    if (r == NULL || r->is_by_policy)
        return ERR_OK;
    e->u.reply.text_key = d->c->u.kase.text_key;
    e->u.reply.n_repeats = r->n_repeats + 1;
    e->u.reply.repeats_ms = r->repeats_ms;
    return ERR_OK;
}

/* Nothing in the record may change before this: what was paused stays so, what ran runs on until
 * the network has confirmed. */
static enum err write_reply(struct deciding *d, struct case_rec *c, const struct draft *r)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct reply_rec rec = {.person = k->person,
                            .written_ms = d->now_ms,
                            .kind = r->is_direct ? MENTION_DIRECT : MENTION_PUBLIC,
                            .n_parts = r->composed.n,
                            .is_follow_up = r->is_follow_up,
                            .route = r->route};
    d->v->n_parts = r->composed.n;
    memcpy(d->v->parts, r->composed.parts, sizeof d->v->parts);
    d->v->reply = k->reply;
    enum err e = put_reply(d, c, k->reply, &rec, r);
    if (e == ERR_OK)
        e = gates_note_overrides(d, c->id, k->reply);
    c->is_sending = true;
    c->sending = k->reply;
    c->send_by_ms = d->now_ms + d->policy->send_ms;
    if (r->route != ROUTE_NONE) {
        c->n_moves++;
        c->route = r->route;
    }
    decide_state(d, c, c->state == CASE_RESOLVED ? CASE_RESOLVED : CASE_PARKED);
    return e == ERR_OK
               ? decide_put(d, c, r->route != ROUTE_NONE ? CAUSE_MOVED : CAUSE_REPLY_WRITTEN, true,
                            k->person)
               : e;
}

static enum err check_and_write(struct deciding *d, struct case_rec *c, struct draft *r)
{
    enum err e = gates_check(d, c, r);
    return e == ERR_OK && d->v->refusal == REFUSAL_NONE ? write_reply(d, c, r) : e;
}

static struct slice whole_text(const struct cmd_case *k)
{
    return k->n_parts > 0 ? k->parts[0] : k->text;
}

enum err action_reply(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct draft r = {.is_direct = k->is_direct, .text = k->text};
    for (size_t i = 0; i < k->n_parts && r.route == ROUTE_NONE; i++)
        r.route = gates_route_asked(k->parts[i]);
    if (k->n_parts == 0)
        r.route = gates_route_asked(k->text);
    if (k->is_direct && r.route == ROUTE_DM)
        r.route = ROUTE_NONE;
    if (c->state == CASE_RESOLVED && r.route != ROUTE_NONE) {
        verdict_refuse(d->v, REFUSAL_NOT_ALLOWED, "a resolved case cannot be moved",
                       "answer it here");
        return ERR_OK;
    }
    return check_and_write(d, c, &r);
}

enum err action_move(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    enum route route;
    if (route_parse(k->word, &route) != ERR_OK)
        return gates_refuse(d, REFUSAL_INVALID, "no such route", "choose dm, phone, email or form");
    if (!d->policy->routes[route].is_allowed)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED, "the policy does not allow this route",
                            "solve it here, or choose another route");
    struct draft r = {.route = route, .is_direct = k->is_direct, .text = k->text};
    if (slice_trim(whole_text(k)).n == 0) {
        r.text = slice_of(d->policy->routes[route].text[gates_lang(d, c)]);
        r.is_by_policy = true;
    }
    return check_and_write(d, c, &r);
}

enum err action_follow_up(struct deciding *d, struct case_rec *c)
{
    const struct cmd_case *k = &d->c->u.kase;
    struct draft r = {.is_follow_up = true, .text = k->text};
    if (!c->owes_follow_up)
        return gates_refuse(d, REFUSAL_NOT_ALLOWED, "no public follow-up is owed here",
                            "answer as usual");
    if (slice_trim(whole_text(k)).n == 0) {
        r.text = slice_of(d->policy->follow_up[gates_lang(d, c)]);
        r.is_by_policy = true;
    }
    return check_and_write(d, c, &r);
}

/* ---- what became of it */

static enum err load_reply(struct deciding *d, struct id kase, struct id reply,
                           struct reply_rec *out)
{
    struct record_key key = key_pair(kase, reply);
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_REPLY, record_key_slice(&key), &v);
    return e == ERR_OK ? record_get_reply(v, out) : e;
}

static void sending_ends(struct case_rec *c)
{
    c->is_sending = c->has_unseen = false;
    c->sending = nobody;
    c->send_by_ms = 0;
}

enum err decide_reply_failed(struct deciding *d, struct case_rec *c)
{
    struct reply_rec rec;
    struct id reply = c->sending;
    enum err e = load_reply(d, c->id, reply, &rec);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
    rec.has_failed = true;
    sending_ends(c);
    if (rec.route != ROUTE_NONE && c->n_moves > 0) {
        c->n_moves--;
        c->route = c->n_moves > 0 ? c->route : ROUTE_NONE;
    }
    e = put_reply(d, c, reply, &rec, NULL);
    c->at_ms = c->at_ms != 0 ? c->at_ms : c->clocks[CLOCK_ANSWER].start_ms;
    decide_state(d, c,
                 c->state == CASE_RESOLVED ? CASE_RESOLVED
                 : c->has_spoken           ? CASE_OPEN
                                           : CASE_NEW);
    return e == ERR_OK ? decide_put(d, c, CAUSE_REPLY_FAILED, false, nobody) : e;
}

/* The customer may have spoken again while our words were on their way: then we owe the next
 * answer. */
static enum err go_on_after(struct deciding *d, struct case_rec *c, bool has_unseen,
                            int64_t sent_ms)
{
    enum err e = ERR_OK;
    if (c->state == CASE_RESOLVED) {
        decide_state(d, c, CASE_RESOLVED);
        return ERR_OK;
    }
    if (has_unseen) {
        e = sla_start(&c->clocks[CLOCK_ANSWER], d->policy, c, CLOCK_ANSWER, c->spoken_ms,
                      c->spoken_ms);
        c->at_ms = c->spoken_ms;
        decide_state(d, c, CASE_OPEN);
        return e;
    }
    sla_pause(&c->clocks[CLOCK_RESOLVE], d->policy, c, sent_ms);
    decide_state(d, c, CASE_PARKED);
    return ERR_OK;
}

static enum err reply_sent(struct deciding *d, struct case_rec *c, struct reply_rec *rec)
{
    int64_t sent_ms = d->c->u.progress.sent_ms;
    sent_ms = sent_ms < rec->written_ms ? rec->written_ms : sent_ms;
    sent_ms = sent_ms > d->now_ms ? d->now_ms : sent_ms;
    bool has_unseen = c->has_unseen, is_resolved = c->state == CASE_RESOLVED;
    rec->sent_ms = sent_ms;
    sending_ends(c);
    c->n_replies++;
    c->has_spoken = true;
    c->left_public |= c->has_public && (rec->kind == MENTION_DIRECT || rec->route != ROUTE_NONE);
    enum err e = put_reply(d, c, d->c->u.progress.reply, rec, NULL);
    if (e == ERR_OK)
        e = decide_stop(d, c, CLOCK_ACKNOWLEDGE, sent_ms, STOP_REPLY, rec->person);
    if (e == ERR_OK)
        e = decide_stop(d, c, CLOCK_ANSWER, sent_ms, STOP_REPLY, rec->person);
    if (e == ERR_OK && rec->is_follow_up) {
        e = decide_stop(d, c, CLOCK_FOLLOW_UP, sent_ms, STOP_FOLLOWED_UP, rec->person);
        c->owes_follow_up = false;
        c->claimant = nobody;
    }
    if (e == ERR_OK)
        e = go_on_after(d, c, has_unseen, sent_ms);
    enum cause cause = rec->is_follow_up && is_resolved ? CAUSE_FOLLOWED_UP : CAUSE_REPLY_SENT;
    return e == ERR_OK ? decide_put(d, c, cause, false, rec->person) : e;
}

enum err decide_reply_progress(struct deciding *d)
{
    struct case_rec c;
    struct reply_rec rec;
    enum err e = load_case(d->t, d->c->u.progress.kase, &c);
    if (e == ERR_OK)
        e = load_reply(d, c.id, d->c->u.progress.reply, &rec);
    if (e == ERR_NOT_FOUND) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND, "no such reply", "check the id of the reply");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    d->v->kase = c.id;
    d->v->is_duplicate = !c.is_sending || !id_eq(c.sending, d->c->u.progress.reply);
    if (d->v->is_duplicate)
        return ERR_OK;
    return d->c->u.progress.has_failed ? decide_reply_failed(d, &c) : reply_sent(d, &c, &rec);
}
