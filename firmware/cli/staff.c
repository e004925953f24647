/* staff.c - how many agents an hour needs. */
#include "core/staff/staff.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "cli/staff_week.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define EVENTS_MAX 2e9 /* of a simulation, times the places that each one looks at */
#define SEARCH_MAX 8   /* agents more or fewer than the formula says */

struct asking {
    const struct arrivals *week; /* NULL: the lines bring their arrivals */
};

struct wish {
    double agents;                /* 0 = how many are needed */
    double simulated_hours, seed; /* 0 hours = no simulation */
};

static enum err number(const struct cJSON *line, const char *name, bool is_needed, double low,
                       double high, double *out, struct lines_error *e)
{
    char path[40], hint[80];
    double v = 0;
    enum err err = json_get_double(line, name, &v);
    snprintf(path, sizeof path, "$.%s", name);
    snprintf(hint, sizeof hint, "between %g and %g", low, high);
    if (err == ERR_NOT_FOUND)
        return is_needed ? lines_refuse(e, path, "required member is missing", hint) : ERR_OK;
    if (err != ERR_OK)
        return lines_refuse(e, path, "expected a number", hint);
    if (!(v >= low && v <= high))
        return lines_refuse(e, path, "this number is out of range", hint);
    *out = v;
    return ERR_OK;
}

static enum err whole(const struct cJSON *line, const char *name, bool is_needed, double low,
                      double high, double *out, struct lines_error *e)
{
    char path[40];
    enum err err = number(line, name, is_needed, low, high, out, e);
    snprintf(path, sizeof path, "$.%s", name);
    return err != ERR_OK || *out == floor(*out)
               ? err
               : lines_refuse(e, path, "expected a whole number", "for example 3");
}

static enum err read_model(const struct cJSON *line, struct staff_question *q,
                           struct lines_error *e)
{
    static const char *const words[] = {"erlang_c", "erlang_a", "async"};
    struct slice model = {0};
    (void)json_get_string(line, "model", &model);
    for (int m = 0; m < 3; m++)
        if (slice_eq_z(model, words[m])) {
            q->model = (enum staff_model)m;
            return ERR_OK;
        }
    return lines_refuse(e, "$.model", "unknown model", "use erlang_c, erlang_a or async");
}

static enum err read_question(const struct cJSON *line, bool has_arrivals, struct staff_question *q,
                              const struct wish *w, struct lines_error *e)
{
    const struct {
        const char *name;
        bool is_needed;
        double low, high;
        double *out;
    } members[] = {
        {"arrivals", has_arrivals, 0, 1e7, &q->arrivals},
        {"interval_min", has_arrivals, 0.01, 1e6, &q->interval_min},
        {"handle_min", true, 0.001, 1e5, &q->handle_min},
        {"target_min", true, 0, 1e6, &q->target_min},
        {"target_share", w->agents <= 0, 0, 0.99999, &q->target_share},
        {"max_occupancy", false, 0.01, 1, &q->max_occupancy},
        {"shrinkage", false, 0, 0.99, &q->shrinkage},
        {"patience_min", q->model == STAFF_ERLANG_A, 0.001, 1e6, &q->patience_min},
        {"turns", q->model == STAFF_ASYNC, 1, 1000, &q->turns},
        {"pause_min", q->model == STAFF_ASYNC, 0, 1e5, &q->pause_min},
    };
    double concurrency = 1;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < sizeof members / sizeof members[0]; i++)
        err = number(line, members[i].name, members[i].is_needed, members[i].low, members[i].high,
                     members[i].out, e);
    if (err == ERR_OK)
        err = whole(line, "concurrency", q->model == STAFF_ASYNC, 1, 50, &concurrency, e);
    q->concurrency = (int)concurrency;
    return err;
}

static enum err read_wish(const struct cJSON *line, const struct staff_question *q, struct wish *w,
                          struct lines_error *e)
{
    enum err err = whole(line, "agents", false, 1, STAFF_AGENTS_MAX, &w->agents, e);
    if (err == ERR_OK)
        err = number(line, "simulated_hours", false, 1, 1e6, &w->simulated_hours, e);
    if (err == ERR_OK)
        err = whole(line, "seed", false, 0, 4294967295.0, &w->seed, e);
    if (err == ERR_OK && w->simulated_hours > 0 && q->model != STAFF_ASYNC)
        return lines_refuse(e, "$.simulated_hours", "only the async model can be simulated",
                            "leave it out, or use \"model\":\"async\"");
    return err;
}

static void put_figures(struct json_out *out, const struct staff_question *q,
                        const struct staff_answer *a)
{
    json_put_int(out, "agents", a->agents);
    json_put_int(out, "scheduled", a->scheduled);
    json_put_double(out, "share", a->share, 6);
    json_put_double(out, "occupancy", a->occupancy, 6);
    json_put_double(out, "wait_probability", a->wait_probability, 6);
    json_put_double(out, "mean_wait_min", a->mean_wait_min, 6);
    if (q->model == STAFF_ERLANG_A)
        json_put_double(out, "abandon_share", a->abandon_share, 6);
    if (q->model == STAFF_ASYNC)
        json_put_double(out, "turn_min", a->turn_min, 4);
    json_put_bool(out, "stable", a->is_stable);
}

/* ---- the simulation, beside the formula */

static bool is_small(const struct staff_question *q, int agents, double hours)
{
    double places = (double)(agents + SEARCH_MAX) * q->concurrency;
    double events = q->arrivals / q->interval_min * 60 * hours * (2 * q->turns + 1);
    return places <= 4096 && events * places <= EVENTS_MAX;
}

/* With a number of agents asked for, what that many achieve; else the least that meets the target,
 * near what the formula says. */
static enum err simulate(const struct staff_question *q, int agents, const struct wish *w,
                         struct staff_simulated *s, int *found)
{
    uint64_t seed = (uint64_t)w->seed;
    enum err e = staff_simulate(q, agents, w->simulated_hours, seed, s);
    *found = agents;
    if (w->agents > 0 || (e != ERR_OK && e != ERR_FULL))
        return e == ERR_FULL ? ERR_OK : e;
    bool is_enough = e == ERR_OK && s->share >= q->target_share;
    for (int i = 0; i < SEARCH_MAX && agents > 0; i++) {
        struct staff_simulated next;
        agents += is_enough ? -1 : 1;
        e = agents > 0 ? staff_simulate(q, agents, w->simulated_hours, seed, &next) : ERR_RANGE;
        bool is_next_enough = e == ERR_OK && next.share >= q->target_share;
        if (is_enough && !is_next_enough)
            return ERR_OK;
        *s = next;
        *found = agents;
        if (!is_enough && is_next_enough)
            return ERR_OK;
    }
    return ERR_RANGE;
}

static enum err put_simulated(struct json_out *out, const struct staff_question *q, int agents,
                              const struct wish *w, struct lines_error *e)
{
    struct staff_simulated s;
    int found;
    if (!(q->arrivals > 0) || !is_small(q, agents, w->simulated_hours))
        return lines_refuse(e, "$.simulated_hours", "this simulation is too large, or empty",
                            "lower the hours or the arrivals");
    enum err err = simulate(q, agents, w, &s, &found);
    if (err != ERR_OK)
        return lines_refuse(e, "$.simulated_hours", "the simulation does not settle",
                            "simulate more hours");
    json_open_object(out, "simulated");
    json_put_int(out, "agents", found);
    json_put_double(out, "share", s.share, 4);
    json_put_double(out, "occupancy", s.occupancy, 4);
    json_put_double(out, "mean_wait_min", s.mean_wait_min, 4);
    json_put_int(out, "conversations", (int64_t)s.n_conversations);
    json_put_int(out, "waiting_at_end", (int64_t)s.n_waiting_at_end);
    json_put_double(out, "hours", w->simulated_hours, 0);
    json_put_int(out, "seed", (int64_t)w->seed);
    json_close_object(out);
    return ERR_OK;
}

static void put_assumptions(struct json_out *out, const struct staff_question *q)
{
    static const char *const lines[][3] = {
        {"arrivals are Poisson, handling times exponential", "nobody gives up waiting",
         "agents are alike and take the next in order"},
        {"arrivals are Poisson, handling times exponential",
         "patience is exponential; share counts customers served in time",
         "agents are alike and take the next in order"},
        {"arrivals are Poisson, turns geometric, work and pauses exponential",
         "an agent answers one turn at a time and takes the longest wait next",
         "the wait ends when an agent starts the first turn; conversations spread evenly"},
    };
    json_open_array(out, "assumptions");
    for (int i = 0; i < 3; i++)
        json_put_z(out, NULL, lines[q->model][i]);
    if (q->shrinkage > 0)
        json_put_z(out, NULL, "scheduled is agents / (1 - shrinkage), rounded up");
    json_close_array(out);
}

/* ---- a line */

static enum err answer(const struct staff_question *q, const struct wish *w, struct json_out *out,
                       struct lines_error *e)
{
    struct staff_answer a, fewer;
    enum err err = w->agents > 0 ? staff_achieved(q, (int)w->agents, &a) : staff_needed(q, &a);
    if (err != ERR_OK)
        return lines_refuse(e, "$", "not reachable with 20000 agents or fewer",
                            "lower target_share, raise target_min or max_occupancy");
    json_put_double(out, "load_erlang", a.load_erlang, 6);
    put_figures(out, q, &a);
    if (a.agents > 1 && staff_achieved(q, a.agents - 1, &fewer) == ERR_OK) {
        json_open_object(out, "with_one_fewer");
        put_figures(out, q, &fewer);
        json_close_object(out);
    }
    if (w->simulated_hours > 0)
        err = put_simulated(out, q, a.agents, w, e);
    put_assumptions(out, q);
    return err;
}

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    const struct asking *a = ctx;
    struct staff_question q = {.target_share = 0.8, .max_occupancy = 1, .interval_min = 60};
    struct wish w = {.seed = 1};
    enum err err = read_model(line, &q, e);
    if (err == ERR_OK)
        err = read_wish(line, &q, &w, e);
    if (err == ERR_OK)
        err = read_question(line, a->week == NULL, &q, &w, e);
    if (err != ERR_OK)
        return err;
    if (a->week == NULL)
        return answer(&q, &w, out, e);
    if (w.agents > 0 || w.simulated_hours > 0)
        return lines_refuse(e, "$", "--week takes neither agents nor simulated_hours",
                            "leave them out");
    staff_week_print(a->week, &q, out);
    return ERR_OK;
}

static bool is_number(const char *text)
{
    return text == NULL ||
           (text[0] != '\0' && strspn(text, "0123456789") == strlen(text) && strlen(text) < 5);
}

int cli_staff(int argc, char **argv)
{
    const char *data = NULL, *team = NULL;
    bool is_week = false;
    struct arrivals week;
    struct asking a = {.week = NULL};
    const struct option_spec specs[] = {
        {"--week", NULL, "for each hour of the week, from the box's arrivals", NULL, &is_week},
        {"--data", "DIR", "with --week: the box's data folder", &data, NULL},
        {"--team", "NUMBER", "with --week: one team, by its position from 0", &team, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "staff [--week [--data DIR] [--team NUMBER]]",
        "{\"model\":\"erlang_c|erlang_a|async\",\"arrivals\",\"interval_min\",\"handle_min\",\n"
        " \"target_min\",\"target_share\",\"max_occupancy\"?,\"shrinkage\"?,\"patience_min\"?,\n"
        " \"concurrency\"?,\"turns\"?,\"pause_min\"?,\"agents\"?,\"simulated_hours\"?,\"seed\"?}\n"
        "gives the agents needed, or with \"agents\" what that many achieve.  In async,\n"
        "arrivals are conversations, handle_min is per turn, and a simulation can check\n"
        "it.  With --week, leave out arrivals; the answer is 168 lines and a summary.",
        specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    if (!is_number(team))
        return options_wrong(&o, "expected --team with a number");
    if (is_week && (status = staff_week_load(client_dir(data), team, &week)) != 0)
        return status;
    a.week = is_week ? &week : NULL;
    return lines_run(on_line, &a);
}
