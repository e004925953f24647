/* decide.c - one function a type of command, and the steps that they share. */
#include "core/rules/decide.h"
#include "core/rules/decide_internal.h"
#include <string.h>

void decide_rank(struct deciding *d, struct case_rec *c)
{
    int first = case_first_clock(c);
    c->rank_ms = c->place == PLACE_QUEUE ? sla_rank(d->policy, c, d->now_ms) : 0;
    c->stale_ms = c->stale_rank_ms = 0;
    if (c->place != PLACE_QUEUE || first < 0)
        return;
    int64_t stale_ms = c->clocks[first].due_ms + d->policy->stale_ms;
    if (stale_ms <= d->now_ms)
        return;
    c->stale_ms = stale_ms;
    c->stale_rank_ms = c->rank_ms + d->policy->stale_push_ms;
}

enum err decide_stop(struct deciding *d, struct case_rec *c, enum clock_kind k, int64_t at_ms,
                     enum stop_cause cause, struct id person)
{
    if (!c->clocks[k].is_running)
        return ERR_OK;
    struct event *e = verdict_add(d->v, EV_CLOCK_STOPPED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->person = person;
    sla_stop(&c->clocks[k], k, d->policy, c, at_ms, cause, e);
    return ERR_OK;
}

enum err decide_stop_all(struct deciding *d, struct case_rec *c, int64_t at_ms,
                         enum stop_cause cause, struct id person)
{
    enum err e = ERR_OK;
    for (int k = 0; k < CLOCK_N && e == ERR_OK; k++)
        e = decide_stop(d, c, (enum clock_kind)k, at_ms, cause, person);
    return e;
}

void decide_state(struct deciding *d, struct case_rec *c, enum case_state state)
{
    enum case_place place = case_place_of(state, c->owes_follow_up);
    if (place != c->place || c->place_ms == 0)
        c->place_ms = d->now_ms;
    c->state = state;
    c->place = place;
    c->quiet_ms = 0;
    if (place == PLACE_PARKED && !c->is_sending) {
        sla_pause(&c->clocks[CLOCK_RESOLVE], d->policy, c, d->now_ms);
        c->quiet_ms =
            d->now_ms + (state == CASE_RESOLVED ? d->policy->close_ms : d->policy->quiet_ms);
    }
    if (place == PLACE_QUEUE)
        (void)sla_go_on(&c->clocks[CLOCK_RESOLVE], d->policy, c, d->now_ms);
    if (place == PLACE_DONE)
        c->claimant = (struct id){{0}};
    else
        c->disposition = DISPOSITION_NONE;
    if (!case_is_waiting(c))
        c->at_ms = 0;
    decide_rank(d, c);
}

enum err decide_put(struct deciding *d, const struct case_rec *c, enum cause cause, bool moves_seq,
                    struct id person)
{
    struct event *e = verdict_add(d->v, EV_CASE_CHANGED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->person = person;
    e->u.kase.cause = cause;
    e->u.kase.moves_seq = moves_seq;
    e->u.kase.after = *c;
    d->v->kase = c->id;
    return decide_catch_up(d, &e->u.kase.after);
}

static enum err decide_device(struct deciding *d)
{
    struct record_key k = key_case(d->c->u.device.device);
    struct device_rec rec;
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_DEVICE, record_key_slice(&k), &v);
    bool is_add = d->c->type == CMD_DEVICE_ADD;
    if (e == ERR_OK)
        e = record_get_device(v, &rec);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    bool is_live = e == ERR_OK && rec.revoked_ms == 0;
    if (is_add == is_live) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND,
                       is_add ? "this device is already there" : "there is no such device",
                       "list them with `display list` or `token list`");
        return ERR_OK;
    }
    struct event *ev = verdict_add(d->v, is_add ? EV_DEVICE_ADDED : EV_DEVICE_REVOKED, d->now_ms);
    if (is_add)
        rec = (struct device_rec){
            .kind = d->c->u.device.kind, .roles = d->c->u.device.roles, .added_ms = d->now_ms};
    else
        rec.revoked_ms = d->now_ms;
    ev->u.device.device = d->c->u.device.device;
    ev->u.device.rec = rec;
    return ERR_OK;
}

static enum err decide_erase(struct deciding *d)
{
    struct customer_rec rec;
    enum err e = load_customer(d->t, d->c->u.erase.customer, &rec);
    if (e == ERR_NOT_FOUND) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND, "there is no such customer",
                       "look the id up on a case of theirs");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    struct event *ev = verdict_add(d->v, EV_CUSTOMER_ERASED, d->now_ms);
    ev->u.erased.customer = d->c->u.erase.customer;
    ev->u.erased.n_macs = d->c->u.erase.n_macs;
    memcpy(ev->u.erased.macs, d->c->u.erase.macs, sizeof ev->u.erased.macs);
    d->v->customer = d->c->u.erase.customer;
    return ERR_OK;
}

static enum err decide_checkpointed(struct deciding *d)
{
    const int64_t day_ms = INT64_C(86400000);
    struct event *e = verdict_add(d->v, EV_CHECKPOINTED, d->now_ms);
    e->u.checkpoint.seq = d->c->u.checkpoint.seq;
    memcpy(e->u.checkpoint.digest, d->c->u.checkpoint.digest, sizeof e->u.checkpoint.digest);
    e->u.checkpoint.drop_before_ms = d->now_ms - 2 * day_ms;
    uint32_t today = sla_day(d->policy, d->now_ms, NULL);
    e->u.checkpoint.drop_before_day = today > 90 ? today - 90 : 0;
    return ERR_OK;
}

/* Cases that ended before the retention, oldest first, up to one event's worth. */
static enum err decide_retain(struct deciding *d)
{
    struct record_key from = key_time(0, (struct id){{0}});
    struct id *ids = arena_alloc(d->a, EVENT_DROPS_MAX * sizeof *ids);
    struct slice key = record_key_slice(&from);
    uint32_t n = 0;
    enum err e = ids != NULL ? ERR_OK : ERR_NO_MEMORY;
    while (e == ERR_OK && n < EVENT_DROPS_MAX) {
        int64_t ended_ms;
        e = d->t->seek(d->t->ctx, TABLE_DONE, key, &key, NULL);
        if (e == ERR_OK)
            e = key_first_time(key, &ended_ms);
        if (e != ERR_OK || ended_ms >= d->now_ms - d->policy->retain_done_ms)
            break;
        e = key_last_id(key, &ids[n++]);
        memcpy(from.b, key.p, key.n < sizeof from.b ? key.n : sizeof from.b);
        from.n = key.n + 1;
        from.b[key.n] = 0;
        key = record_key_slice(&from);
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (n > 0) {
        struct event *ev = verdict_add(d->v, EV_CASES_DROPPED, d->now_ms);
        ev->u.drop.n = n;
        ev->u.drop.cases = ids;
    }
    return ERR_OK;
}

static enum err (*const deciders[])(struct deciding *) = {
    [CMD_MENTION] = decide_mention,
    [CMD_REPLY_SEEN] = decide_reply_seen,
    [CMD_TIMERS] = decide_timers,
    [CMD_CASE] = decide_case,
    [CMD_REPLY_PROGRESS] = decide_reply_progress,
    [CMD_LEASE_ENDED] = decide_lease_ended,
    [CMD_DEVICE_ADD] = decide_device,
    [CMD_DEVICE_REVOKE] = decide_device,
    [CMD_POLICY_ADOPT] = decide_policy,
    [CMD_CUSTOMER_ERASE] = decide_erase,
    [CMD_CHECKPOINTED] = decide_checkpointed,
    [CMD_RETAIN] = decide_retain,
    [CMD_RECOMPUTE] = decide_recompute,
};

enum err decide(const struct rulebook *rb, const struct tables *t, const struct command *c,
                int64_t now_ms, struct arena *a, struct verdict *v)
{
    struct deciding d = {.policy = rb->policy, .t = t, .c = c, .now_ms = now_ms, .a = a, .v = v};
    verdict_init(v);
    return deciders[c->type](&d);
}
