/* staff_sim.c - the asynchronous model by discrete events, to check the formulas.  An agent who is
 * done takes whoever has waited longest: a customer in hand, or with a place free a new one. */
#include "core/staff/staff.h"
#include <math.h>
#include <stdlib.h>

#define PLACES_MAX 4096
#define WAITING_MAX 65536

enum { EMPTY, PAUSED, QUEUED, WORKED };

struct place { /* of a conversation with an agent */
    int state;
    double until_min; /* PAUSED: the customer's next turn; QUEUED: since when; WORKED: the end */
};

struct world {
    const struct staff_question *q;
    int agents;
    uint64_t rng;
    struct place *places; /* agents x concurrency */
    double *waiting;      /* a ring of arrivals */
    size_t first, n_waiting;
    double busy_min;
    uint64_t n_started, n_in_time;
    double waited_min;
};

static double uniform(struct world *w)
{
    w->rng ^= w->rng << 13;
    w->rng ^= w->rng >> 7;
    w->rng ^= w->rng << 17;
    return ((double)(w->rng >> 11) + 0.5) / 9007199254740992.0;
}

static double exponential(struct world *w, double mean)
{
    return -mean * log(uniform(w));
}

static struct place *place_of(struct world *w, int agent, int i)
{
    return &w->places[agent * w->q->concurrency + i];
}

static void work_on(struct world *w, struct place *p, double now_min)
{
    double work_min = exponential(w, w->q->handle_min);
    p->state = WORKED;
    p->until_min = now_min + work_min;
    w->busy_min += work_min;
}

static void take_new(struct world *w, struct place *p, double now_min)
{
    double waited_min = now_min - w->waiting[w->first];
    w->first = (w->first + 1) % WAITING_MAX;
    w->n_waiting--;
    w->n_started++;
    w->n_in_time += waited_min <= w->q->target_min;
    w->waited_min += waited_min;
    work_on(w, p, now_min);
}

/* Unless at work already. */
static void serve_next(struct world *w, int agent, double now_min)
{
    struct place *next = NULL, *empty = NULL;
    for (int i = 0; i < w->q->concurrency; i++) {
        struct place *p = place_of(w, agent, i);
        if (p->state == WORKED)
            return;
        if (p->state == EMPTY)
            empty = p;
        if (p->state == QUEUED && (next == NULL || p->until_min < next->until_min))
            next = p;
    }
    bool is_new = empty != NULL && w->n_waiting > 0 &&
                  (next == NULL || w->waiting[w->first] < next->until_min);
    if (is_new)
        take_new(w, empty, now_min);
    else if (next != NULL)
        work_on(w, next, now_min);
}

/* Of the agents who are idle and have a place, the one with the fewest in hand; -1: nobody. */
static int idle_agent(struct world *w)
{
    int best = -1, least = w->q->concurrency;
    for (int a = 0; a < w->agents; a++) {
        int n = 0;
        bool is_idle = true;
        for (int i = 0; i < w->q->concurrency; i++) {
            int state = place_of(w, a, i)->state;
            n += state != EMPTY;
            is_idle &= state == EMPTY || state == PAUSED;
        }
        if (is_idle && n < least) {
            least = n;
            best = a;
        }
    }
    return best;
}

static void arrive(struct world *w, double now_min)
{
    w->waiting[(w->first + w->n_waiting++) % WAITING_MAX] = now_min;
    int agent = idle_agent(w);
    if (agent >= 0)
        serve_next(w, agent, now_min);
}

static int next_event(struct world *w, double *at_min)
{
    int found = -1;
    for (int i = 0; i < w->agents * w->q->concurrency; i++) {
        const struct place *p = &w->places[i];
        if ((p->state == PAUSED || p->state == WORKED) && p->until_min < *at_min) {
            *at_min = p->until_min;
            found = i;
        }
    }
    return found;
}

static void happen(struct world *w, int i, double now_min)
{
    struct place *p = &w->places[i];
    int agent = i / w->q->concurrency;
    if (p->state == PAUSED) {
        p->state = QUEUED;
        p->until_min = now_min;
    } else if (uniform(w) < 1 / w->q->turns) {
        p->state = EMPTY;
    } else {
        p->state = PAUSED;
        p->until_min = now_min + exponential(w, w->q->pause_min);
    }
    serve_next(w, agent, now_min);
}

enum err staff_simulate(const struct staff_question *q, int agents, double hours, uint64_t seed,
                        struct staff_simulated *out)
{
    struct world w = {.q = q, .agents = agents, .rng = seed * 2654435761u + 88172645463325252u};
    double mean_gap_min = q->interval_min / q->arrivals, end_min = hours * 60;
    if (q->model != STAFF_ASYNC || agents < 1 || agents * q->concurrency > PLACES_MAX ||
        !(q->arrivals > 0))
        return ERR_RANGE;
    w.places = calloc((size_t)agents * (size_t)q->concurrency, sizeof *w.places);
    w.waiting = calloc(WAITING_MAX, sizeof *w.waiting);
    double arrival_min = exponential(&w, mean_gap_min);
    enum err e = w.places != NULL && w.waiting != NULL ? ERR_OK : ERR_NO_MEMORY;
    for (double now_min = 0; e == ERR_OK && now_min < end_min;) {
        now_min = arrival_min;
        int i = next_event(&w, &now_min);
        if (i >= 0) {
            happen(&w, i, now_min);
        } else if (w.n_waiting == WAITING_MAX) {
            e = ERR_FULL;
        } else {
            arrive(&w, now_min);
            arrival_min += exponential(&w, mean_gap_min);
        }
    }
    *out =
        (struct staff_simulated){.n_conversations = w.n_started, .n_waiting_at_end = w.n_waiting};
    if (w.n_started > 0) {
        out->share = (double)w.n_in_time / (double)w.n_started;
        out->mean_wait_min = w.waited_min / (double)w.n_started;
        out->occupancy = w.busy_min / (agents * end_min);
    }
    free(w.places);
    free(w.waiting);
    return e;
}
