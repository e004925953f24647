/* arrivals.c - see the header. */
#include "app/upkeep/arrivals.h"
#include "base/utc.h"
#include "core/record/record.h"
#include <stdlib.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)

struct reading {
    struct arrivals *out;
    int team;
    bool is_counting; /* else only the days are looked at */
};

static int64_t hour_of_arrival(const struct rollup_key *k, const struct rollup_rec *r)
{
    int64_t mean_ms = r->n > 0 ? r->used_ms / (int64_t)r->n : 0;
    return ((int64_t)k->day * 24 + k->hour) - (mean_ms + HOUR_MS / 2) / HOUR_MS;
}

static void look(struct reading *x, const struct rollup_key *k, const struct rollup_rec *r)
{
    struct arrivals *a = x->out;
    bool is_case = k->clock == CLOCK_ACKNOWLEDGE, is_turn = k->clock == CLOCK_ANSWER;
    int64_t hour = hour_of_arrival(k, r), day = hour / 24;
    if ((!is_case && !is_turn) || (x->team >= 0 && x->team != k->team))
        return;
    if (!x->is_counting) {
        a->first_day = k->day < a->first_day ? k->day : a->first_day;
        a->last_day = k->day > a->last_day ? k->day : a->last_day;
    } else if (hour >= 0 && day >= a->first_day && day <= a->last_day) {
        int64_t of_week = (int64_t)utc_weekday(day) * 24 + hour % 24;
        (is_case ? a->conversations : a->contacts)[of_week] += (double)r->n;
    }
}

static enum err each(const struct tables *t, struct reading *x)
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    enum err e;
    while ((e = t->seek(t->ctx, TABLE_ROLLUP, record_key_slice(&from), &key, &v)) == ERR_OK) {
        struct rollup_key k;
        struct rollup_rec r;
        e = key_rollup_read(key, &k);
        if (e == ERR_OK)
            e = record_get_rollup(v, &r);
        if (e != ERR_OK)
            return e;
        look(x, &k, &r);
        from = key_rollup(&k);
        from.b[from.n++] = 0;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err arrivals_read(const struct tables *t, int team, struct arrivals *out)
{
    struct reading x = {.out = out, .team = team};
    *out = (struct arrivals){.first_day = INT64_MAX, .last_day = -1};
    enum err e = each(t, &x);
    if (e == ERR_OK && out->last_day - out->first_day >= 2) {
        out->first_day++;
        out->last_day--;
    }
    if (out->last_day < 0)
        out->first_day = 0;
    x.is_counting = true;
    return e == ERR_OK ? each(t, &x) : e;
}

int arrivals_days(const struct arrivals *a, int weekday)
{
    int n = 0;
    int64_t day = a->first_day;
    while (day <= a->last_day && utc_weekday(day) != weekday)
        day++;
    for (; day <= a->last_day; day += 7)
        n++;
    return n;
}

static void put_hours(struct json_out *o, const char *name, const double *hours)
{
    json_open_array(o, name);
    for (int i = 0; i < ARRIVALS_HOURS; i++)
        json_put_double(o, NULL, hours[i], 0);
    json_close_array(o);
}

void arrivals_put(const struct arrivals *a, struct json_out *o)
{
    json_put_int(o, "first_day", a->first_day);
    json_put_int(o, "last_day", a->last_day);
    put_hours(o, "conversations", a->conversations);
    put_hours(o, "contacts", a->contacts);
}

static enum err get_hours(const struct cJSON *list, double *hours)
{
    if (json_count(list) != ARRIVALS_HOURS)
        return ERR_INVALID;
    for (const struct cJSON *j = json_first(list); j != NULL; j = json_next(j))
        *hours++ = json_number(j);
    return ERR_OK;
}

enum err arrivals_get(const struct cJSON *j, struct arrivals *out)
{
    bool is_good = json_get_int(j, "first_day", &out->first_day) == ERR_OK &&
                   json_get_int(j, "last_day", &out->last_day) == ERR_OK &&
                   get_hours(json_get(j, "conversations"), out->conversations) == ERR_OK &&
                   get_hours(json_get(j, "contacts"), out->contacts) == ERR_OK;
    return is_good ? ERR_OK : ERR_INVALID;
}

void work_arrivals(struct box *b, struct work_job *w)
{
    struct store_txn *txn;
    struct arrivals a;
    struct buf text;
    int team = w->argument[0] != '\0' ? atoi(w->argument) : -1;
    enum err e = store_read(b->store, &txn);
    if (e == ERR_OK) {
        struct tables t = store_tables(txn);
        e = arrivals_read(&t, team, &a);
        store_read_end(txn);
    }
    if (e != ERR_OK) {
        work_fail(b, w, "the roll-ups are unreadable; run `atalaya verify`");
        return;
    }
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    arrivals_put(&a, &o);
    json_close_object(&o);
    work_say(b, w, buf_slice(&text), true);
    buf_fini(&text);
}
