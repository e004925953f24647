/* staff.c - Erlang C, Erlang A, and the asynchronous model. */
#include "core/staff/staff.h"
#include <math.h>
#include <stdlib.h>

#define CONCURRENCY_MAX 50
#define TAIL 1e-13
#define SIMPSON_STEPS 2000

static bool in_range(double v, double low, double high)
{
    return v >= low && v <= high;
}

static bool is_sane(const struct staff_question *q)
{
    bool is_common = in_range(q->arrivals, 0, 1e7) && in_range(q->interval_min, 0.01, 1e6) &&
                     in_range(q->handle_min, 1e-3, 1e5) && in_range(q->target_min, 0, 1e6) &&
                     in_range(q->target_share, 0, 0.99999) && in_range(q->max_occupancy, 0.01, 1) &&
                     in_range(q->shrinkage, 0, 0.99);
    if (q->model == STAFF_ERLANG_A)
        return is_common && in_range(q->patience_min, 1e-3, 1e6);
    if (q->model == STAFF_ASYNC)
        return is_common && q->concurrency >= 1 && q->concurrency <= CONCURRENCY_MAX &&
               in_range(q->turns, 1, 1000) && in_range(q->pause_min, 0, 1e5);
    return is_common;
}

static double erlang_b(double load, int agents)
{
    double b = 1;
    for (int k = 1; k <= agents; k++)
        b = load * b / (k + load * b);
    return b;
}

static void unstable(struct staff_answer *out)
{
    out->is_stable = false;
    out->wait_probability = 1;
    out->share = 0;
    out->mean_wait_min = INFINITY;
    out->occupancy = 1;
}

static void erlang_c(const struct staff_question *q, int agents, struct staff_answer *out)
{
    double a = out->load_erlang, spare = agents - a;
    out->occupancy = a / agents;
    if (spare <= 0) {
        unstable(out);
        return;
    }
    double b = erlang_b(a, agents);
    out->wait_probability = agents * b / (agents - a * (1 - b));
    out->share = 1 - out->wait_probability * exp(-spare * q->target_min / q->handle_min);
    out->mean_wait_min = out->wait_probability * q->handle_min / spare;
}

/* ---- Erlang A: the wait of somebody with endless patience has, above zero, a density proportional
 * to exp(rise(x)) (Zeltyn and Mandelbaum, 2005). */

struct offered { /* all a minute */
    double arrive, drain, leave;
};

static double rise(const struct offered *o, double x)
{
    return -o->arrive / o->leave * expm1(-o->leave * x) - o->drain * x;
}

/* Beyond the top, where the density is exp(-45) of it. */
static double far_end(const struct offered *o, double top_at)
{
    double low = top_at, high = top_at + 1, top = rise(o, top_at);
    while (top - rise(o, high) < 45)
        high = top_at + 2 * (high - top_at);
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (top - rise(o, middle) < 45)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static double near_end(const struct offered *o, double top_at)
{
    double low = 0, high = top_at, top = rise(o, top_at);
    for (int i = 0; i < 60 && top - rise(o, 0) > 45; i++) {
        double middle = (low + high) / 2;
        if (top - rise(o, middle) < 45)
            high = middle;
        else
            low = middle;
    }
    return low;
}

struct sums { /* over the density less its top */
    double all, left, served;
};

/* Simpson's rule; `served` counts whose patience lasts. */
static void integrate(const struct offered *o, double top, double from, double to, struct sums *s)
{
    double h = (to - from) / SIMPSON_STEPS;
    for (int i = 0; i <= SIMPSON_STEPS && h > 0; i++) {
        double x = from + h * i, weight = i == 0 || i == SIMPSON_STEPS ? 1 : i % 2 == 1 ? 4 : 2;
        double density = exp(rise(o, x) - top) * weight * h / 3;
        s->all += density;
        s->left -= density * expm1(-o->leave * x);
        s->served += density * exp(-o->leave * x);
    }
}

static void erlang_a(const struct staff_question *q, int agents, struct staff_answer *out)
{
    const struct offered o = {q->arrivals / q->interval_min, agents / q->handle_min,
                              1 / q->patience_min};
    double top_at = o.arrive > o.drain ? log(o.arrive / o.drain) * q->patience_min : 0;
    double top = rise(&o, top_at), low = near_end(&o, top_at), high = far_end(&o, top_at);
    double within = q->target_min < high ? q->target_min : high;
    struct sums all = {0}, in_time = {0};
    integrate(&o, top, low, top_at, &all);
    integrate(&o, top, top_at, high, &all);
    integrate(&o, top, low, top_at < within ? top_at : within, &in_time);
    integrate(&o, top, top_at, within, &in_time);
    double free_share = exp(-top) / (erlang_b(out->load_erlang, agents - 1) * o.arrive);
    double scale = 1 / (free_share + all.all);
    out->wait_probability = all.all * scale;
    out->abandon_share = all.left * scale;
    out->mean_wait_min = out->abandon_share * q->patience_min;
    out->occupancy = fmin(1, out->load_erlang * (1 - out->abandon_share) / agents);
    out->share = fmin(1, 1 - out->wait_probability + in_time.served * scale);
}

/* Turns a minute that an agent with n conversations completes, for n = 0 .. c; *turn_min: response
 * time at c. */
static void mean_values(const struct staff_question *q, double rate[CONCURRENCY_MAX + 1],
                        double *turn_min)
{
    double pause = q->pause_min * (q->turns - 1) / q->turns, queue = 0;
    rate[0] = 0;
    for (int n = 1; n <= q->concurrency; n++) {
        *turn_min = q->handle_min * (1 + queue);
        rate[n] = n / (*turn_min + pause);
        queue = rate[n] * *turn_min;
    }
}

/* P(X > t), X the sum of two exponential waits with these rates. */
static double sum_exceeds(double a, double b, double t)
{
    if (fabs(a - b) < 1e-9 * (a + b))
        return (1 + a * t) * exp(-a * t);
    return (b * exp(-a * t) - a * exp(-b * t)) / (b - a);
}

/* Every place taken, by the birth-death chain. */
static double no_place(const struct staff_question *q, int agents, const double *rate, double spare)
{
    double arrive = q->arrivals / q->interval_min, full = arrive + spare, below = 0, term = 1;
    for (int n = agents * q->concurrency; n > 0 && term > TAIL * (below + 1); n--) {
        int each = n / agents, more = n % agents; /* `more` agents hold one beyond `each` */
        double done = (agents - more) * rate[each];
        if (more > 0)
            done += more * rate[each + 1];
        term *= done / q->turns / arrive;
        below += term;
    }
    double waiting = full / spare; /* that state and all beyond, relative to that state */
    return waiting / (below + waiting);
}

static void async_model(const struct staff_question *q, int agents, struct staff_answer *out)
{
    double rate[CONCURRENCY_MAX + 1], arrive = q->arrivals / q->interval_min, t = q->target_min;
    mean_values(q, rate, &out->turn_min);
    double spare = agents * rate[q->concurrency] / q->turns - arrive;
    double load = out->load_erlang, spare_turns = (agents - load) / q->handle_min;
    out->occupancy = load / agents;
    if (spare <= 0 || spare_turns <= 0) {
        unstable(out);
        return;
    }
    double place = no_place(q, agents, rate, spare), busy = 0;
    if (q->concurrency > 1) { /* with one conversation each, a free place is an idle agent */
        double b = erlang_b(load, agents);
        busy = agents * b / (agents - load * (1 - b));
    }
    out->wait_probability = 1 - (1 - place) * (1 - busy);
    out->share = 1 - place * (1 - busy) * exp(-spare * t) -
                 (1 - place) * busy * exp(-spare_turns * t) -
                 place * busy * sum_exceeds(spare, spare_turns, t);
    out->share = fmin(1, fmax(0, out->share));
    out->mean_wait_min = place / spare + busy / spare_turns;
}

enum err staff_achieved(const struct staff_question *q, int agents, struct staff_answer *out)
{
    bool is_nobody = agents == 0 && q->arrivals <= 0;
    if (!is_sane(q) || (agents < 1 && !is_nobody) || agents > STAFF_AGENTS_MAX)
        return ERR_RANGE;
    double work = q->model == STAFF_ASYNC ? q->handle_min * q->turns : q->handle_min;
    *out = (struct staff_answer){
        .agents = agents, .load_erlang = q->arrivals * work / q->interval_min, .is_stable = true};
    out->scheduled = (int)ceil(agents / (1 - q->shrinkage) - 1e-9);
    if (q->arrivals <= 0)
        out->share = 1;
    else if (q->model == STAFF_ERLANG_C)
        erlang_c(q, agents, out);
    else if (q->model == STAFF_ERLANG_A)
        erlang_a(q, agents, out);
    else
        async_model(q, agents, out);
    return ERR_OK;
}

enum err staff_needed(const struct staff_question *q, struct staff_answer *out)
{
    int low = 0, high = 1; /* low does not do, high may */
    if (q->arrivals <= 0)
        return staff_achieved(q, 0, out);
    for (;; high *= 2) {
        if (high > STAFF_AGENTS_MAX)
            high = STAFF_AGENTS_MAX;
        enum err e = staff_achieved(q, high, out);
        if (e != ERR_OK)
            return e;
        if (out->is_stable && out->share >= q->target_share && out->occupancy <= q->max_occupancy)
            break;
        if (high == STAFF_AGENTS_MAX)
            return ERR_RANGE;
        low = high;
    }
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        (void)staff_achieved(q, middle, out);
        if (out->is_stable && out->share >= q->target_share && out->occupancy <= q->max_occupancy)
            high = middle;
        else
            low = middle;
    }
    return staff_achieved(q, high, out);
}
