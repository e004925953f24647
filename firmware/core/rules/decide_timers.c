/* decide_timers.c - what has fallen due, each crossing stamped with its own instant. */
#include "core/rules/deciding.h"
#include <string.h>

/* Events that a case needs besides its crossings, at the most: a reply's, stops, its own. */
#define EVENTS_OF_A_CASE (2 + CLOCK_N)

static bool has_running_clock(const struct case_rec *c)
{
    return case_first_clock(c) >= 0;
}

/* Takes the next crossing of the record, so that later ones are found as well. */
static void cross_next(struct deciding *d, struct case_rec *c, struct crossing *out)
{
    int64_t at_ms = case_next_crossing(c);
    *out = (struct crossing){.kase = c->id, .clock = CROSSING_STALE, .at_ms = at_ms};
    if (c->place == PLACE_PARKED) {
        out->clock = CROSSING_QUIET;
        c->quiet_ms = 0;
        return;
    }
    for (int k = 0; k < CLOCK_N; k++) {
        struct clock *clock = &c->clocks[k];
        if (clock_next_crossing(clock) != at_ms)
            continue;
        clock->phase = (enum phase)(clock->phase + 1);
        out->clock = (uint8_t)k;
        out->phase = (uint8_t)clock->phase;
        out->is_counted = k == CLOCK_ANSWER && clock->phase == PHASE_LATE && !clock->is_network;
        out->day = sla_day(d->policy, at_ms, NULL);
        c->was_late |= clock->phase == PHASE_LATE && !clock->is_network;
        return;
    }
    c->rank_ms = c->stale_rank_ms;
    c->stale_ms = 0;
}

/* Quiet for long: it closes as answered; what went on elsewhere unsolved comes back to be asked
 * after. */
static enum err end_quiet(struct deciding *d, struct case_rec *c)
{
    const struct id nobody = {{0}};
    if (c->state == CASE_PARKED && c->left_public) {
        decide_state(d, c, CASE_OPEN);
        return decide_put(d, c, CAUSE_REMINDED, true, nobody);
    }
    enum err e = decide_stop_all(d, c, c->quiet_ms, STOP_RESOLVED, nobody);
    c->disposition = DISPOSITION_ANSWERED;
    decide_state(d, c, CASE_CLOSED);
    return e == ERR_OK ? decide_put(d, c, CAUSE_CLOSED, false, nobody) : e;
}

static bool needs_events(const struct case_rec *c, int64_t at_ms)
{
    if (c->is_sending && c->send_by_ms == at_ms)
        return true;
    return c->place == PLACE_PARKED && c->quiet_ms == at_ms &&
           (has_running_clock(c) || (c->state == CASE_PARKED && c->left_public));
}

static enum err cross_case(struct deciding *d, struct id id, struct event *crossed)
{
    struct case_rec c;
    enum err err = load_case(d->t, id, &c);
    if (err == ERR_CORRUPT)
        return ERR_OK;
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_CORRUPT : err;
    while (case_next_crossing(&c) <= d->now_ms && crossed->u.crossed.n < EVENT_CROSSINGS_MAX) {
        int64_t at_ms = case_next_crossing(&c);
        if (!needs_events(&c, at_ms)) {
            bool is_quiet = c.place == PLACE_PARKED;
            cross_next(d, &c, &crossed->u.crossed.items[crossed->u.crossed.n++]);
            if (is_quiet)
                return ERR_OK;
            continue;
        }
        if (d->v->n_events + EVENTS_OF_A_CASE > VERDICT_EVENTS_MAX)
            return ERR_OK;
        return c.is_sending && c.send_by_ms == at_ms ? decide_reply_failed(d, &c)
                                                     : end_quiet(d, &c);
    }
    return ERR_OK;
}

/* EV_CROSSED was put first; without crossings it is taken away again. */
static void drop_empty(struct verdict *v)
{
    if (v->events[0].u.crossed.n > 0)
        return;
    memmove(&v->events[0], &v->events[1], (v->n_events - 1) * sizeof v->events[0]);
    v->n_events--;
}

enum err decide_timers(struct deciding *d)
{
    struct record_key from = key_time(INT64_MIN, (struct id){{0}});
    struct slice key = record_key_slice(&from);
    struct event *e = verdict_add(d->v, EV_CROSSED, d->now_ms);
    e->u.crossed.items = arena_alloc(d->a, EVENT_CROSSINGS_MAX * sizeof *e->u.crossed.items);
    enum err err = e->u.crossed.items != NULL ? ERR_OK : ERR_NO_MEMORY;
    while (err == ERR_OK && e->u.crossed.n < EVENT_CROSSINGS_MAX &&
           d->v->n_events + EVENTS_OF_A_CASE <= VERDICT_EVENTS_MAX) {
        struct id id;
        int64_t at_ms;
        struct slice found = {0};
        err = d->t->seek(d->t->ctx, TABLE_TIMER, key, &found, NULL);
        if (err == ERR_CORRUPT && found.n > 0)
            err = ERR_OK; /* the keeper has noted it; the others fall due all the same */
        key = found;
        if (err == ERR_OK)
            err = key_first_time(key, &at_ms);
        if (err != ERR_OK || at_ms > d->now_ms)
            break;
        memcpy(from.b, key.p, key.n);
        from.n = key.n;
        from.b[from.n++] = 0;
        err = key_last_id(key, &id);
        if (err == ERR_OK)
            err = cross_case(d, id, e);
        key = record_key_slice(&from);
    }
    drop_empty(d->v);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}
