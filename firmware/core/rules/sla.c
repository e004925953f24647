/* sla.c - clocks by policy. */
#include "core/rules/sla.h"
#include <string.h>

static int32_t target_minutes(const struct policy *p, const struct case_rec *c, enum clock_kind k,
                              bool *is_always)
{
    const struct policy_target *t = &policy_team_of(p, c->team)->targets[k][c->level];
    int32_t by_plan = 0;
    *is_always = t->is_always;
    if (c->plan > 0 && c->plan <= p->n_plans && k == CLOCK_ANSWER)
        by_plan = p->plans[c->plan - 1].answer_minutes;
    if (c->plan > 0 && c->plan <= p->n_plans && k == CLOCK_ACKNOWLEDGE)
        by_plan = p->plans[c->plan - 1].acknowledge_minutes;
    return by_plan > 0 && by_plan < t->minutes ? by_plan : t->minutes;
}

static const struct hours *hours_of(const struct policy *p, const struct case_rec *c)
{
    return policy_team_of(p, c->team)->hours;
}

/* Where `work_ms` ends: by working time, or by all time. */
static enum err after(const struct hours *h, bool is_always, int64_t from_ms, int64_t work_ms,
                      int64_t *out_ms)
{
    if (!is_always)
        return hours_due(h, from_ms, work_ms, NULL, 0, out_ms);
    *out_ms = from_ms + work_ms;
    return ERR_OK;
}

enum phase sla_phase(const struct clock *clock, int64_t at_ms)
{
    if (!clock->is_running || at_ms < clock->soon_ms)
        return PHASE_CALM;
    return at_ms < clock->risk_ms ? PHASE_SOON : at_ms <= clock->due_ms ? PHASE_RISK : PHASE_LATE;
}

/* Moves the thresholds that are still ahead to where they fall when the clock goes on at from_ms.
 */
static enum err set_thresholds(struct clock *clock, const struct hours *h, int64_t from_ms)
{
    const struct {
        int64_t *at_ms, share_ms;
    } marks[] = {{&clock->soon_ms, clock->target_ms / 2},
                 {&clock->risk_ms, clock->target_ms / 5 * 4},
                 {&clock->due_ms, clock->target_ms}};
    enum err e = ERR_OK;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && e == ERR_OK; i++) {
        if (marks[i].share_ms > clock->counted_ms)
            e = after(h, clock->is_always, from_ms, marks[i].share_ms - clock->counted_ms,
                      marks[i].at_ms);
        else if (*marks[i].at_ms > from_ms) /* other hours had it ahead */
            *marks[i].at_ms = from_ms;
    }
    return e;
}

enum err sla_start(struct clock *out, const struct policy *p, const struct case_rec *c,
                   enum clock_kind k, int64_t start_ms, int64_t now_ms)
{
    struct clock clock = {.start_ms = start_ms, .since_ms = start_ms, .is_running = true};
    int64_t target_ms = (int64_t)target_minutes(p, c, k, &clock.is_always) * 60000;
    memset(out, 0, sizeof *out);
    if (target_ms == 0)
        return ERR_OK;
    clock.target_ms = target_ms;
    enum err e = set_thresholds(&clock, hours_of(p, c), start_ms);
    if (e != ERR_OK)
        return e;
    clock.is_network = clock.due_ms < now_ms;
    *out = clock;
    return ERR_OK;
}

/* The network's fault is judged where it can be known: by the arrival of the case. */
static bool is_late_on_arrival(const struct clock *c, const struct case_rec *of, int64_t now_ms)
{
    return c->start_ms <= of->opened_ms ? c->due_ms < of->opened_ms
                                        : c->is_network && c->due_ms < now_ms;
}

bool sla_recompute(struct clock *clock, const struct policy *p, const struct case_rec *c,
                   int64_t now_ms)
{
    struct clock next = *clock;
    if (!clock->is_running || clock->phase == PHASE_LATE || clock->is_paused ||
        set_thresholds(&next, hours_of(p, c), next.since_ms) != ERR_OK)
        return false;
    if (next.soon_ms == clock->soon_ms && next.risk_ms == clock->risk_ms &&
        next.due_ms == clock->due_ms)
        return false;
    next.is_network = is_late_on_arrival(&next, c, now_ms);
    next.phase = sla_phase(&next, now_ms);
    if (next.phase == PHASE_LATE)
        next.phase = PHASE_RISK;
    *clock = next;
    return true;
}

enum err sla_retarget(struct clock *clock, const struct policy *p, const struct case_rec *c,
                      enum clock_kind k)
{
    struct clock next = *clock;
    if (!clock->is_running || clock->phase == PHASE_LATE)
        return ERR_OK;
    int64_t target_ms = (int64_t)target_minutes(p, c, k, &next.is_always) * 60000;
    if (target_ms == 0)
        return ERR_OK;
    next.target_ms = target_ms;
    next.phase = PHASE_CALM;
    next.soon_ms = next.risk_ms = next.due_ms = next.since_ms;
    enum err e = set_thresholds(&next, hours_of(p, c), next.since_ms);
    if (e == ERR_OK)
        *clock = next;
    return e;
}

/* Counted time from when the clock last began to count. */
static int64_t counted(const struct clock *clock, const struct policy *p, const struct case_rec *c,
                       int64_t until_ms)
{
    int64_t ms = until_ms > clock->since_ms ? until_ms - clock->since_ms : 0;
    if (!clock->is_always)
        (void)hours_elapsed(hours_of(p, c), clock->since_ms, until_ms, NULL, 0, &ms);
    return ms;
}

void sla_pause(struct clock *clock, const struct policy *p, const struct case_rec *c, int64_t at_ms)
{
    if (!clock->is_running || clock->is_paused)
        return;
    clock->counted_ms += counted(clock, p, c, at_ms);
    clock->since_ms = at_ms > clock->since_ms ? at_ms : clock->since_ms;
    clock->is_paused = true;
}

enum err sla_go_on(struct clock *clock, const struct policy *p, const struct case_rec *c,
                   int64_t at_ms)
{
    if (!clock->is_running || !clock->is_paused)
        return ERR_OK;
    clock->is_paused = false;
    clock->since_ms = at_ms > clock->since_ms ? at_ms : clock->since_ms;
    return set_thresholds(clock, hours_of(p, c), clock->since_ms);
}

uint32_t sla_day(const struct policy *p, int64_t at_ms, uint8_t *hour)
{
    int h = 0;
    int64_t day = hours_local_day(p->box_hours, at_ms, &h);
    if (hour != NULL)
        *hour = (uint8_t)h;
    return day < 0 ? 0 : (uint32_t)day;
}

void sla_stop(struct clock *clock, enum clock_kind k, const struct policy *p,
              const struct case_rec *c, int64_t stopped_ms, enum stop_cause cause,
              struct event *out)
{
    int64_t used_ms = stopped_ms > clock->start_ms ? stopped_ms - clock->start_ms : 0;
    int64_t working_ms = clock->counted_ms;
    bool is_disposed = cause == STOP_DISPOSED || cause == STOP_MERGED;
    if (!clock->is_paused)
        working_ms += counted(clock, p, c, stopped_ms);
    out->u.stop.kase = c->id;
    out->u.stop.clock = (uint8_t)k;
    out->u.stop.cause = cause;
    /* A clock that stands still is as good as on the instant it was stopped at. */
    int64_t judged_ms = clock->is_paused ? clock->since_ms : stopped_ms;
    out->u.stop.is_met = judged_ms <= clock->due_ms && !is_disposed;
    out->u.stop.is_network = clock->is_network;
    out->u.stop.is_automatic = cause == STOP_AUTOMATIC;
    /* A clock that is already recorded as late was counted when it fell due. */
    out->u.stop.is_counted = !clock->is_network && !is_disposed && clock->phase != PHASE_LATE;
    out->u.stop.team = c->team;
    out->u.stop.category = c->category;
    /* Stopped in time, heard of later: it belongs to the day on which it was counted. */
    bool was_counted = clock->phase == PHASE_LATE && out->u.stop.is_met;
    out->u.stop.day = sla_day(p, was_counted ? clock->due_ms : stopped_ms, &out->u.stop.hour);
    out->u.stop.target_ms = clock->target_ms;
    out->u.stop.used_ms = used_ms;
    out->u.stop.used_working_ms = working_ms;
    out->u.stop.stopped_ms = stopped_ms;
    out->u.stop.policy_version = c->policy_version;
    out->u.stop.incident = c->incident;
    memset(clock, 0, sizeof *clock);
}

int64_t sla_rank(const struct policy *p, const struct case_rec *c, int64_t now_ms)
{
    int first = case_first_clock(c);
    int64_t due_ms = first >= 0 ? c->clocks[first].due_ms : c->place_ms;
    int64_t rank_ms = due_ms - p->head_start_ms[c->level];
    return due_ms + p->stale_ms <= now_ms ? rank_ms + p->stale_push_ms : rank_ms;
}
