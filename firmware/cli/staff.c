/* staff.c - how many agents an hour needs. */
#include "core/staff.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/options.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static enum err number(const struct cJSON *line, const char *name, bool is_needed, double low,
                       double high, double *out, struct lines_error *e)
{
    char path[40], hint[80];
    double v = 0;
    enum err err = json_get_double(line, name, &v);
    snprintf(path, sizeof path, "$.%s", name);
    snprintf(hint, sizeof hint, "between %g and %g", low, high);
    if (err == ERR_NOT_FOUND)
        return is_needed ? lines_refuse(e, path, "this member is missing", hint) : ERR_OK;
    if (err != ERR_OK)
        return lines_refuse(e, path, "this is a number", hint);
    if (!(v >= low && v <= high))
        return lines_refuse(e, path, "this number is out of range", hint);
    *out = v;
    return ERR_OK;
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
    return lines_refuse(e, "$.model", "unknown model", "erlang_c, erlang_a or async");
}

static enum err read_question(const struct cJSON *line, struct staff_question *q, double *agents,
                              struct lines_error *e)
{
    double concurrency = 1;
    const struct {
        const char *name;
        bool is_needed;
        double low, high;
        double *out;
    } members[] = {
        {"arrivals", true, 0, 1e7, &q->arrivals},
        {"interval_min", true, 0.01, 1e6, &q->interval_min},
        {"handle_min", true, 0.001, 1e5, &q->handle_min},
        {"target_min", true, 0, 1e6, &q->target_min},
        {"target_share", *agents <= 0, 0, 0.99999, &q->target_share},
        {"max_occupancy", false, 0.01, 1, &q->max_occupancy},
        {"shrinkage", false, 0, 0.99, &q->shrinkage},
        {"patience_min", q->model == STAFF_ERLANG_A, 0.001, 1e6, &q->patience_min},
        {"concurrency", q->model == STAFF_ASYNC, 1, 50, &concurrency},
        {"turns", q->model == STAFF_ASYNC, 1, 1000, &q->turns},
        {"pause_min", q->model == STAFF_ASYNC, 0, 1e5, &q->pause_min},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        enum err err = number(line, members[i].name, members[i].is_needed, members[i].low,
                              members[i].high, members[i].out, e);
        if (err != ERR_OK)
            return err;
    }
    q->concurrency = (int)concurrency;
    return concurrency == floor(concurrency)
               ? ERR_OK
               : lines_refuse(e, "$.concurrency", "this is a whole number", "for example 3");
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

static void put_assumptions(struct json_out *out, const struct staff_question *q)
{
    static const char *const lines[][3] = {
        {"arrivals are Poisson, handling times exponential", "nobody gives up waiting",
         "agents are alike and take the next in order"},
        {"arrivals are Poisson, handling times exponential",
         "patience is exponential; share counts who is served in time",
         "agents are alike and take the next in order"},
        {"arrivals are Poisson, turns geometric, work and pauses exponential",
         "an agent works at one turn at a time, in order",
         "conversations are spread evenly; the wait is that for a free place"},
    };
    json_open_array(out, "assumptions");
    for (int i = 0; i < 3; i++)
        json_put_z(out, NULL, lines[q->model][i]);
    json_close_array(out);
}

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    struct staff_question q = {.target_share = 0.8, .max_occupancy = 1};
    struct staff_answer a;
    double agents = 0;
    (void)ctx;
    enum err err = read_model(line, &q, e);
    if (err == ERR_OK)
        err = number(line, "agents", false, 1, STAFF_AGENTS_MAX, &agents, e);
    if (err == ERR_OK)
        err = read_question(line, &q, &agents, e);
    if (err != ERR_OK)
        return err;
    err = agents > 0 ? staff_achieved(&q, (int)agents, &a) : staff_needed(&q, &a);
    if (err != ERR_OK)
        return lines_refuse(e, "$", "no number of agents up to 20000 meets this",
                            "lower target_share, raise target_min or max_occupancy");
    json_put_double(out, "load_erlang", a.load_erlang, 6);
    put_figures(out, &q, &a);
    if (agents <= 0 && a.agents > 1 && staff_achieved(&q, a.agents - 1, &a) == ERR_OK) {
        json_open_object(out, "with_one_fewer");
        put_figures(out, &q, &a);
        json_close_object(out);
    }
    put_assumptions(out, &q);
    return ERR_OK;
}

int cli_staff(int argc, char **argv)
{
    const struct option_spec specs[] = {{NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "staff",
        "{\"model\":\"erlang_c|erlang_a|async\",\"arrivals\",\"interval_min\",\"handle_min\","
        "\"target_min\",\"target_share\",\n"
        " \"max_occupancy\"?,\"shrinkage\"?,\"patience_min\"?,\"concurrency\"?,\"turns\"?,\"pause_"
        "min\"?,\"agents\"?}\n"
        "gives the agents that are needed, or with \"agents\" what that many achieve.",
        specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    return argc == 1 ? lines_run(on_line, NULL) : options_wrong(&o, "this takes no words");
}
