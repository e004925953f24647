/* staff.c - Erlang C, Erlang A, and the asynchronous model. */
#include "core/staff.h"
#include <math.h>
#include <stdlib.h>

#define CONCURRENCY_MAX 50
#define TAIL 1e-13

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

/* Of those who find j others waiting (weights v), the share served within t: uniformization of the
 * pure death chain. */
static double served_within(double *v, int n, double drain, double leave, double t)
{
    double rate = drain + (n + 1) * leave, x = rate * t, served = 0, weight = exp(-x),
           below = weight;
    double absorbed = 0; /* by the k-th event */
    int k_max = (int)(x + 12 * sqrt(x + 1) + 40);
    if (x > 700) { /* the Poisson weights underflow: halves, one after the other */
        served = served_within(v, n, drain, leave, t / 2);
        return served + served_within(v, n, drain, leave, t / 2);
    }
    double *now = calloc((size_t)n * 2, sizeof *now), *mixed = now != NULL ? now + n : NULL;
    if (now == NULL)
        return 0;
    for (int j = 0; j < n; j++) {
        now[j] = v[j];
        mixed[j] = v[j] * weight;
    }
    for (int k = 1; k <= k_max; k++) {
        double from_first = now[0] * drain / rate;
        for (int j = 0; j < n; j++) {
            double stay = 1 - (drain + j * leave + leave) / rate;
            double come = j + 1 < n ? now[j + 1] * (drain + (j + 1) * leave) / rate : 0;
            now[j] = now[j] * stay + come;
        }
        absorbed += from_first;
        weight *= x / k;
        below += weight;
        served += weight * absorbed;
        for (int j = 0; j < n; j++)
            mixed[j] += weight * now[j];
    }
    served += (1 - below > 0 ? 1 - below : 0) * absorbed;
    for (int j = 0; j < n; j++)
        v[j] = mixed[j];
    free(now);
    return served;
}

static void erlang_a(const struct staff_question *q, int agents, struct staff_answer *out)
{
    double arrive = q->arrivals / q->interval_min, work = 1 / q->handle_min,
           leave = 1 / q->patience_min;
    double below = 1, term = 1, waiting = 0,
           in_queue = 0; /* relative to the state with every agent busy */
    for (int k = agents; k > 0 && term > TAIL * below; k--) {
        term *= k * work / arrive;
        below += term;
    }
    int n = 0, max = 64;
    double *v = calloc((size_t)max, sizeof *v);
    for (double p = 1; v != NULL && (p > TAIL * (below + waiting) || n < 2); n++) {
        if (n == max) {
            double *more = realloc(v, (size_t)max * 2 * sizeof *v);
            if (more == NULL)
                break;
            v = more;
            max *= 2;
        }
        v[n] = p;
        waiting += n > 0 ? p : 0;
        in_queue += n * p;
        p *= arrive / (agents * work + (n + 1) * leave);
    }
    double total = below + waiting;
    for (int j = 0; j < n; j++)
        v[j] /= total;
    out->wait_probability = (1 + waiting) / total;
    out->mean_wait_min = arrive > 0 ? in_queue / total / arrive : 0;
    out->abandon_share = leave * out->mean_wait_min;
    out->occupancy = out->load_erlang * (1 - out->abandon_share) / agents;
    out->share = 1 - out->wait_probability;
    if (v != NULL && q->target_min > 0)
        out->share += served_within(v, n, agents * work, leave, q->target_min);
    free(v);
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

static void async_model(const struct staff_question *q, int agents, struct staff_answer *out)
{
    double rate[CONCURRENCY_MAX + 1], arrive = q->arrivals / q->interval_min;
    mean_values(q, rate, &out->turn_min);
    double full = agents * rate[q->concurrency] / q->turns, spare = full - arrive;
    out->occupancy = out->load_erlang / agents;
    if (spare <= 0) {
        unstable(out);
        return;
    }
    int places = agents * q->concurrency;
    double below = 0, term = 1;
    for (int n = places; n > 0 && term > TAIL * (below + 1); n--) {
        int each = n / agents, more = n % agents; /* `more` agents hold one beyond `each` */
        double done =
            ((agents - more) * rate[each] + more * rate[each < q->concurrency ? each + 1 : each]) /
            q->turns;
        term *= arrive > 0 ? done / arrive : INFINITY;
        below += term;
    }
    double waiting =
        full / spare; /* the state with every place taken, and all beyond, relative to that state */
    out->wait_probability = waiting / (below + waiting);
    out->share = 1 - out->wait_probability * exp(-spare * q->target_min);
    out->mean_wait_min = out->wait_probability / spare;
}

enum err staff_achieved(const struct staff_question *q, int agents, struct staff_answer *out)
{
    if (!is_sane(q) || agents < 1 || agents > STAFF_AGENTS_MAX)
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
