/* hours.c - walking the local days and counting their pieces. */
#include "core/hours/hours.h"
#include "base/utc.h"
#include "core/hours/hours_internal.h"
#include <stdlib.h>
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define DAY_MS INT64_C(86400000)
#define HORIZON_DAYS (INT64_C(400) * 366)
#define LEAD_DAYS                                                                                  \
    INT64_C(3) /* a local day may end this much after its UTC namesake, gaps included */
#define WAITING_MAX (4 * PIECES_MAX)

struct hours *hours_always(void)
{
    struct hours *h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->is_always = true;
    h->zone = zone_utc();
    if (h->zone == NULL) {
        free(h);
        return NULL;
    }
    return h;
}

void hours_free(struct hours *h)
{
    if (h == NULL)
        return;
    zone_free(h->zone);
    free(h->dates);
    free(h);
}

bool hours_is_always(const struct hours *h)
{
    return h->is_always;
}

static bool same_day(const struct hours_day *a, const struct hours_day *b)
{
    return a->n == b->n && memcmp(a->pieces, b->pieces, a->n * sizeof a->pieces[0]) == 0;
}

bool hours_equal(const struct hours *a, const struct hours *b)
{
    bool is = a->is_always == b->is_always && a->n_dates == b->n_dates;
    if (!is || a->is_always)
        return is;
    for (int d = 0; d < 7; d++)
        is = is && same_day(&a->week[d], &b->week[d]);
    for (size_t i = 0; is && i < a->n_dates; i++)
        is = a->dates[i].day == b->dates[i].day && same_day(&a->dates[i].plan, &b->dates[i].plan);
    return is && zone_equal(a->zone, b->zone);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

int64_t hours_local_day(const struct hours *h, int64_t at_ms, int *hour)
{
    int64_t local_ms = zone_local_ms(h->zone, at_ms);
    int64_t day = floor_div(local_ms, DAY_MS);
    if (hour != NULL)
        *hour = (int)((local_ms - day * DAY_MS) / 3600000);
    return day;
}

static const struct hours_day *plan_of(const struct hours *h, int64_t day)
{
    size_t low = 0, high = h->n_dates;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (h->dates[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < h->n_dates && h->dates[low].day == day)
        return &h->dates[low].plan;
    return &h->week[utc_weekday(day)];
}

unsigned hours_pieces(const struct hours *h, int64_t day, struct hours_piece out[HOURS_PIECES_MAX])
{
    const struct hours_day *plan = plan_of(h, day);
    if (h->is_always) {
        out[0] = (struct hours_piece){0, 1440};
        return 1;
    }
    memcpy(out, plan->pieces, plan->n * sizeof *out);
    return plan->n;
}

const struct zone *hours_zone(const struct hours *h)
{
    return h->zone;
}

/* Yields working spans in order, none before from_ms, no instant twice.  Pieces that lie in a gap
 * move past it and may then come after later ones, so spans wait, sorted, until no day to come can
 * begin before them. */
struct walker {
    const struct hours *h;
    int64_t day, last_day, past_ms;
    struct zone_segment segment;
    unsigned first, n; /* of waiting */
    struct hours_span waiting[WAITING_MAX];
};

static void walk_from(struct walker *w, const struct hours *h, int64_t from_ms, int64_t n_days)
{
    w->h = h;
    w->past_ms = from_ms;
    w->segment = zone_at(h->zone, floor_div(from_ms, 1000));
    w->day = floor_div(from_ms + (int64_t)w->segment.offset_s * 1000, DAY_MS) - LEAD_DAYS;
    w->last_day = w->day + n_days;
    w->first = w->n = 0;
}

/* Far from any change the offset is the segment's. */
static bool is_calm(const struct walker *w, int64_t local_ms)
{
    const int64_t margin_s = 180000;
    int64_t at_s = floor_div(local_ms, 1000) - w->segment.offset_s;
    return (w->segment.start_s == INT64_MIN || at_s - margin_s > w->segment.start_s) &&
           (w->segment.end_s == INT64_MAX || at_s + margin_s < w->segment.end_s);
}

static int64_t resolve(struct walker *w, int64_t local_ms)
{
    if (is_calm(w, local_ms))
        return local_ms - (int64_t)w->segment.offset_s * 1000;
    int64_t utc_ms = zone_resolve_ms(w->h->zone, local_ms);
    w->segment = zone_at(w->h->zone, floor_div(utc_ms, 1000));
    return utc_ms;
}

static void wait_for(struct walker *w, struct hours_span s)
{
    unsigned at = w->n;
    if (s.to_ms <= s.from_ms || s.to_ms <= w->past_ms || w->n == WAITING_MAX)
        return;
    for (; at > w->first && w->waiting[at - 1].from_ms > s.from_ms; at--)
        w->waiting[at] = w->waiting[at - 1];
    w->waiting[at] = s;
    w->n++;
}

static void take_day(struct walker *w)
{
    const struct hours_day *plan = plan_of(w->h, w->day);
    if (w->first == w->n)
        w->first = w->n = 0;
    for (unsigned i = 0; i < plan->n; i++) {
        const struct hours_piece *p = &plan->pieces[i];
        int64_t from_ms = resolve(w, w->day * DAY_MS + p->from_min * MINUTE_MS);
        int64_t to_ms = resolve(w, w->day * DAY_MS + p->to_min * MINUTE_MS);
        wait_for(w, (struct hours_span){from_ms, to_ms});
    }
    w->day++;
}

/* Whether the first span that waits comes before all that the days to come can bring. */
static bool is_next(struct walker *w)
{
    if (w->first == w->n)
        return false;
    int64_t midnight_ms = w->day * DAY_MS;
    if (w->day >= w->last_day || w->n + PIECES_MAX > WAITING_MAX)
        return true;
    int64_t earliest_ms = is_calm(w, midnight_ms)
                              ? midnight_ms - (int64_t)w->segment.offset_s * 1000
                              : zone_first_ms(w->h->zone, midnight_ms);
    return w->waiting[w->first].from_ms <= earliest_ms;
}

static bool walk_next(struct walker *w, struct hours_span *out)
{
    for (;;) {
        while (!is_next(w)) {
            if (w->day >= w->last_day)
                return false;
            take_day(w);
        }
        *out = w->waiting[w->first++];
        if (out->from_ms < w->past_ms)
            out->from_ms = w->past_ms;
        if (out->to_ms > out->from_ms) {
            w->past_ms = out->to_ms;
            return true;
        }
    }
}

static int by_start(const void *a, const void *b)
{
    const struct hours_span *x = a, *y = b;
    return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

struct pauses {
    struct hours_span *items; /* sorted by start */
    size_t n, i;
    struct hours_span few[8];
};

static enum err pauses_init(struct pauses *p, const struct hours_span *spans, size_t n)
{
    *p = (struct pauses){.n = n};
    p->items = n <= sizeof p->few / sizeof p->few[0] ? p->few : malloc(n * sizeof *spans);
    if (p->items == NULL)
        return ERR_NO_MEMORY;
    if (n > 0)
        memcpy(p->items, spans, n * sizeof *spans);
    if (n > 1)
        qsort(p->items, n, sizeof *p->items, by_start);
    return ERR_OK;
}

static void pauses_fini(struct pauses *p)
{
    if (p->items != p->few)
        free(p->items);
}

/* The first stretch of *span outside the pauses; *span becomes what follows it. False: nothing is
 * left. */
static bool unpaused(struct pauses *p, struct hours_span *span, struct hours_span *out)
{
    for (; p->i < p->n && p->items[p->i].from_ms < span->to_ms; p->i++) {
        struct hours_span pause = p->items[p->i];
        if (pause.to_ms <= span->from_ms)
            continue;
        if (pause.from_ms > span->from_ms) {
            *out = (struct hours_span){span->from_ms, pause.from_ms};
            span->from_ms = pause.from_ms;
            return true;
        }
        span->from_ms = pause.to_ms < span->to_ms ? pause.to_ms : span->to_ms;
        if (pause.to_ms > span->to_ms)
            break;
    }
    *out = *span;
    span->from_ms = span->to_ms;
    return out->from_ms < out->to_ms;
}

struct counting {
    struct walker w;
    struct pauses p;
    struct hours_span span; /* what is left of the present one */
    bool is_always;
};

static enum err count_from(struct counting *c, const struct hours *h, int64_t from_ms,
                           int64_t n_days, const struct hours_span *paused, size_t n_paused)
{
    c->is_always = h->is_always;
    c->span = (struct hours_span){from_ms, h->is_always ? INT64_MAX : from_ms};
    if (!h->is_always)
        walk_from(&c->w, h, from_ms, n_days);
    return pauses_init(&c->p, paused, n_paused);
}

static bool count_next(struct counting *c, struct hours_span *out)
{
    while (!unpaused(&c->p, &c->span, out))
        if (c->is_always || !walk_next(&c->w, &c->span))
            return false;
    return true;
}

enum err hours_due(const struct hours *h, int64_t from_ms, int64_t work_ms,
                   const struct hours_span *paused, size_t n_paused, int64_t *due_ms)
{
    struct counting c;
    struct hours_span s;
    if (work_ms < 0)
        return ERR_RANGE;
    if (work_ms == 0) {
        *due_ms = from_ms;
        return ERR_OK;
    }
    enum err e = count_from(&c, h, from_ms, HORIZON_DAYS, paused, n_paused);
    if (e != ERR_OK)
        return e;
    e = ERR_RANGE;
    while (count_next(&c, &s)) {
        if (work_ms <= s.to_ms - s.from_ms) {
            *due_ms = s.from_ms + work_ms;
            e = *due_ms <= UTC_MAX_MS ? ERR_OK : ERR_RANGE;
            break;
        }
        work_ms -= s.to_ms - s.from_ms;
    }
    pauses_fini(&c.p);
    return e;
}

enum err hours_elapsed(const struct hours *h, int64_t from_ms, int64_t to_ms,
                       const struct hours_span *paused, size_t n_paused, int64_t *work_ms)
{
    struct counting c;
    struct hours_span s;
    int64_t n_days = to_ms > from_ms ? (to_ms - from_ms) / DAY_MS + 2 * LEAD_DAYS : 0;
    enum err e = count_from(&c, h, from_ms, n_days, paused, n_paused);
    if (e != ERR_OK)
        return e;
    *work_ms = 0;
    while (to_ms > from_ms && count_next(&c, &s) && s.from_ms < to_ms)
        *work_ms += (s.to_ms < to_ms ? s.to_ms : to_ms) - s.from_ms;
    pauses_fini(&c.p);
    return ERR_OK;
}

bool hours_is_at_work(const struct hours *h, int64_t at_ms)
{
    int64_t work_ms = 0;
    return hours_elapsed(h, at_ms, at_ms + 1, NULL, 0, &work_ms) == ERR_OK && work_ms == 1;
}

enum err hours_next_change(const struct hours *h, int64_t at_ms, int64_t *out_ms)
{
    struct hours_span s, next;
    struct walker w;
    if (h->is_always)
        return ERR_RANGE;
    walk_from(&w, h, at_ms, HORIZON_DAYS);
    if (!walk_next(&w, &s))
        return ERR_RANGE;
    if (s.from_ms > at_ms) {
        *out_ms = s.from_ms;
        return ERR_OK;
    }
    int64_t end_ms = s.to_ms;
    while (end_ms < at_ms + 400 * DAY_MS && walk_next(&w, &next) && next.from_ms == end_ms)
        end_ms = next.to_ms;
    if (end_ms >= at_ms + 400 * DAY_MS)
        return ERR_RANGE;
    *out_ms = end_ms;
    return ERR_OK;
}
