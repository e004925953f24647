/* decide_steps.c - the steps that every decision on a case is made of: rank, stop, state, targets,
 * and the event that tells how the case stands after them. */
#include "core/rules/deciding.h"

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

/* Targets follow the level: running clocks keep their start. */
enum err decide_retarget(struct deciding *d, struct case_rec *c)
{
    enum err e = ERR_OK;
    for (int k = 0; k < CLOCK_N && e == ERR_OK; k++)
        e = sla_retarget(&c->clocks[k], d->policy, c, (enum clock_kind)k);
    return e;
}

bool decide_under_new_hours(struct deciding *d, uint32_t teams, struct case_rec *c)
{
    bool has_changed = false;
    if (c->team >= d->policy->n_teams || c->team >= 32 || (teams & UINT32_C(1) << c->team) == 0 ||
        d->policy->teams[c->team].is_retired)
        return false;
    for (int k = 0; k < CLOCK_N; k++)
        has_changed |= sla_recompute(&c->clocks[k], d->policy, c, d->now_ms);
    if (has_changed)
        decide_rank(d, c);
    return has_changed;
}

static enum err catch_up(struct deciding *d, struct case_rec *c)
{
    struct recompute_rec at;
    enum err e = load_recompute(d->t, &at);
    if (e == ERR_OK)
        (void)decide_under_new_hours(d, at.teams, c);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
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
    return catch_up(d, &e->u.kase.after);
}
