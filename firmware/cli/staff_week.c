/* staff_week.c - see the header. */
#include "cli/staff_week.h"
#include "base/utc.h"
#include "cli/client.h"
#include "cli/offline.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const day_names[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static int load_from_box(const char *dir, const char *team, struct arrivals *out)
{
    struct cJSON *answer;
    int status = client_do(dir, &answer, "arrivals", "argument", team != NULL ? team : "", NULL);
    if (status != 0)
        return status;
    enum err e = arrivals_get(answer, out);
    json_free(answer);
    if (e != ERR_OK)
        fprintf(stderr, "atalaya: unexpected answer from the box; is it older than this "
                        "program?\n");
    return e == ERR_OK ? 0 : 1;
}

static int load_from_file(const char *dir, const char *team, struct arrivals *out)
{
    const struct store_options o = {.dir = dir, .read_only = true};
    struct store *store;
    struct store_error error;
    struct store_txn *txn;
    if (store_open(&o, &store, &error) != ERR_OK) {
        fprintf(stderr, "atalaya: %s\n", error.message);
        return 1;
    }
    enum err e = store_read(store, &txn);
    if (e == ERR_OK) {
        struct tables t = store_tables(txn);
        e = arrivals_read(&t, team != NULL ? atoi(team) : -1, out);
        store_read_end(txn);
    }
    store_close(store);
    if (e != ERR_OK)
        fprintf(stderr, "atalaya: the roll-ups in %s are unreadable; run `atalaya verify`\n", dir);
    return e == ERR_OK ? 0 : 1;
}

int staff_week_load(const char *dir, const char *team, struct arrivals *out)
{
    if (!client_has_box(dir))
        return 1;
    return offline_is_running(dir) ? load_from_box(dir, team, out) : load_from_file(dir, team, out);
}

static void put_agents(struct json_out *o, const struct staff_question *q, bool is_known)
{
    struct staff_answer a;
    if (!is_known || staff_needed(q, &a) != ERR_OK) {
        json_put_null(o, "agents");
        return;
    }
    json_put_int(o, "agents", a.agents);
    json_put_int(o, "scheduled", a.scheduled);
    json_put_double(o, "share", a.share, 4);
    json_put_double(o, "occupancy", a.occupancy, 4);
    if (a.agents > 1 && staff_achieved(q, a.agents - 1, &a) == ERR_OK) {
        json_open_object(o, "with_one_fewer");
        json_put_double(o, "share", a.share, 4);
        json_put_double(o, "mean_wait_min", a.mean_wait_min, 2);
        json_close_object(o);
    }
}

static void print_hour(const struct arrivals *a, const struct staff_question *q, int i,
                       double *total)
{
    struct buf line;
    struct staff_question hour = *q;
    int days = arrivals_days(a, i / 24);
    double sum = q->model == STAFF_ASYNC ? a->conversations[i] : a->contacts[i];
    hour.interval_min = 60;
    hour.arrivals = days > 0 ? sum / days : 0;
    *total += sum;
    buf_init(&line, 0);
    struct json_out o = json_out_of(&line);
    json_open_object(&o, NULL);
    json_put_z(&o, "day", day_names[i / 24]);
    json_put_int(&o, "hour", i % 24);
    json_put_int(&o, "days", days);
    json_put_double(&o, "arrivals", hour.arrivals, 2);
    put_agents(&o, &hour, days > 0);
    json_close_object(&o);
    printf("%.*s\n", (int)line.n, line.p);
    buf_fini(&line);
}

static void put_date(struct json_out *o, const char *name, int64_t day)
{
    char text[UTC_TEXT_MAX];
    utc_text(day * 86400000, text);
    json_put_string(o, name, slice_make(text, 10));
}

void staff_week_print(const struct arrivals *a, const struct staff_question *q,
                      struct json_out *out)
{
    double total = 0;
    for (int i = 0; i < ARRIVALS_HOURS; i++)
        print_hour(a, q, i, &total);
    if (a->last_day >= a->first_day) {
        put_date(out, "from", a->first_day);
        put_date(out, "to", a->last_day);
    }
    json_put_double(out, "arrivals", total, 0);
    json_open_array(out, "assumptions");
    json_put_z(out, NULL,
               q->model == STAFF_ASYNC
                   ? "arrivals are new cases, from the roll-ups of acknowledge clocks"
                   : "arrivals are customers' turns, from the roll-ups of answer clocks");
    json_put_z(out, NULL,
               "each is dated back from its answer by its hour's mean time; cases dismissed or "
               "still waiting do not count");
    json_put_z(out, NULL,
               "future weeks look like these; each hour stands alone, without the "
               "previous hour's backlog");
    json_put_z(out, NULL, "hours are local to the box");
    json_close_array(out);
}
