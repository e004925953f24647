/* decide_timers.c - what has fallen due, each crossing stamped with its own instant. */
#include "core/decide_internal.h"
#include <string.h>

/* Appends the next crossing of the case; the record follows, so that later ones are found as well.
 */
static void cross_next(struct deciding *d, struct case_rec *c, struct crossing *out)
{
    int64_t at_ms = case_next_crossing(c);
    *out = (struct crossing){.kase = c->id, .clock = CLOCK_N, .at_ms = at_ms};
    for (int k = 0; k < CLOCK_N; k++) {
        struct clock *clock = &c->clocks[k];
        if (clock_next_crossing(clock) != at_ms)
            continue;
        clock->phase = (enum phase)(clock->phase + 1);
        out->clock = (uint8_t)k;
        out->phase = (uint8_t)clock->phase;
        out->is_counted = k == CLOCK_ANSWER && clock->phase == PHASE_LATE && !clock->is_network;
        out->day = sla_day(d->policy, at_ms, NULL);
        return;
    }
    c->stale_ms = 0;
}

static enum err cross_case(struct deciding *d, struct id id, struct event *e)
{
    struct case_rec c;
    enum err err = load_case(d->t, id, &c);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_CORRUPT : err;
    while (case_next_crossing(&c) <= d->now_ms && e->u.crossed.n < EVENT_CROSSINGS_MAX)
        cross_next(d, &c, &e->u.crossed.items[e->u.crossed.n++]);
    return ERR_OK;
}

enum err decide_timers(struct deciding *d)
{
    struct record_key from = key_time(INT64_MIN, (struct id){{0}});
    struct slice key = record_key_slice(&from);
    struct event *e = verdict_add(d->v, EV_CROSSED, d->now_ms);
    e->u.crossed.items = arena_alloc(d->a, EVENT_CROSSINGS_MAX * sizeof *e->u.crossed.items);
    enum err err = e->u.crossed.items != NULL ? ERR_OK : ERR_NO_MEMORY;
    while (err == ERR_OK && e->u.crossed.n < EVENT_CROSSINGS_MAX) {
        struct id id;
        int64_t at_ms;
        err = d->t->seek(d->t->ctx, TABLE_TIMER, key, &key, NULL);
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
    if (e->u.crossed.n == 0)
        d->v->n_events = 0;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}
