/* views.c - the wall's numbers come from counters: nobody scans the backlog. */
#include "app/views/views.h"
#include "base/json.h"
#include "base/pack.h"
#include "core/rules/sla.h"
#include <string.h>

enum err views_leave_out_damaged(enum err e)
{
    return e == ERR_CORRUPT ? ERR_OK : e;
}

static enum err read_oldest(const struct tables *t, struct wall_numbers *out)
{
    struct record_key from = key_time(0, (struct id){{0}});
    struct case_rec c;
    struct slice key;
    struct id id;
    enum err e = t->seek(t->ctx, TABLE_WAITING, record_key_slice(&from), &key, NULL);
    if (e == ERR_OK)
        e = key_last_id(key, &id);
    if (e == ERR_OK)
        e = load_case(t, id, &c);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    const struct clock *k = &c.clocks[CLOCK_ANSWER];
    if (!k->is_running)
        k = &c.clocks[CLOCK_ACKNOWLEDGE];
    out->has_oldest = true;
    out->oldest.at_ms = c.at_ms;
    out->oldest.soon_ms = k->soon_ms;
    out->oldest.risk_ms = k->risk_ms;
    out->oldest.due_ms = k->due_ms;
    out->oldest.target_ms = k->target_ms;
    return ERR_OK;
}

static enum err read_claims(const struct tables *t, struct wall_numbers *out)
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    enum err e = ERR_NOT_FOUND;
    while (out->n_claims < WALL_CLAIMS_MAX &&
           (e = t->seek(t->ctx, TABLE_CLAIM, record_key_slice(&from), &key, &v)) == ERR_OK) {
        struct wall_claim *c = &out->claims[out->n_claims++];
        struct claim_rec rec;
        e = key_last_id(key, &c->kase);
        if (e == ERR_OK)
            e = record_get_claim(v, &rec);
        if (e != ERR_OK)
            return e;
        c->person = rec.person;
        from = key_case(c->kase);
        from.b[from.n++] = 0;
    }
    return out->n_claims == WALL_CLAIMS_MAX || e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err views_wall(struct box *b, struct store_txn *txn, uint64_t seq, int64_t now_ms,
                    struct wall_numbers *out)
{
    const struct policy *p = b->rules.policy; /* adopted in this very batch, may be */
    struct tables t = store_tables(txn);
    memset(out, 0, sizeof *out);
    out->seq = seq;
    out->at_ms = now_ms;
    out->goal_share = p->goal_share;
    out->lease_ms = p->lease_ms;
    memcpy(out->lang, p->lang, sizeof out->lang);
    memcpy(out->tz, p->tz, sizeof out->tz);
    enum err e = counter_team(&t, COUNTER_TEAM_ALL, &out->all);
    if (e == ERR_OK)
        e = counter_day(&t, sla_day(p, now_ms, NULL), &out->day);
    for (uint16_t i = 0; i < p->n_teams && e == ERR_OK; i++) {
        out->is_at_work = out->is_at_work ||
                          (!p->teams[i].is_retired && hours_is_at_work(p->teams[i].hours, now_ms));
        out->teams[i].is_retired = p->teams[i].is_retired;
        slice_copy_z(slice_of(p->teams[i].name), out->teams[i].name, sizeof out->teams[i].name);
        e = counter_team(&t, i, &out->teams[i].counter);
        out->n_teams++;
    }
    if (e == ERR_OK && (e = read_oldest(&t, out)) == ERR_OK)
        e = read_claims(&t, out);
    return views_leave_out_damaged(e);
}

enum err views_trend(struct store_txn *txn, int64_t now_ms, struct trend_numbers *out)
{
    struct tables t = store_tables(txn);
    int64_t last_ms = now_ms - now_ms % COUNTER_BUCKET_MS, waiting = 0, found_ms;
    struct bucket_counter before;
    memset(out, 0, sizeof *out);
    out->from_ms = last_ms - (WALL_TREND_STEPS - 1) * (int64_t)COUNTER_BUCKET_MS;
    enum err e = counter_bucket_before(&t, out->from_ms - 1, &found_ms, &before);
    if (e == ERR_OK)
        waiting = before.waiting;
    else if (e != ERR_NOT_FOUND)
        return e;
    for (int i = 0; i < WALL_TREND_STEPS; i++) {
        int64_t at_ms = out->from_ms + i * (int64_t)COUNTER_BUCKET_MS;
        e = counter_bucket(&t, at_ms, &out->steps[i]);
        if (e != ERR_OK && e != ERR_NOT_FOUND)
            return e;
        if (e == ERR_OK)
            waiting = out->steps[i].waiting;
        out->steps[i].waiting = waiting;
    }
    return ERR_OK;
}

static void encode_counter(struct json_out *o, const struct team_counter *c)
{
    json_put_int(o, "waiting", c->waiting);
    json_put_int(o, "at_risk", c->at_risk);
    json_put_int(o, "late", c->late);
}

static void encode_channels(struct json_out *o, const struct wall_extra *x, int64_t now_ms)
{
    json_open_object(o, "channels");
    for (size_t i = 0; i < x->n_channels; i++) {
        const struct wall_channel *c = &x->channels[i];
        bool is_silent =
            c->silent_after_min > 0 && now_ms - c->heard_ms > c->silent_after_min * INT64_C(60000);
        json_put_name(o, slice_of(c->name));
        json_open_object(o, NULL);
        json_put_z(o, "state", c->is_down ? "down" : is_silent ? "silent" : "ok");
        json_put_int(o, "since_ms", is_silent && !c->is_down ? c->heard_ms : c->since_ms);
        json_close_object(o);
    }
    json_close_object(o);
}

static void encode_head(struct json_out *o, const struct wall_numbers *w)
{
    json_put_bool(o, "at_work", w->is_at_work);
    json_open_object(o, "in_time");
    if (w->day.of > 0)
        json_put_double(o, "share", (double)w->day.met / (double)w->day.of, 4);
    json_put_double(o, "target", w->goal_share, 4);
    json_put_int(o, "met", w->day.met);
    json_put_int(o, "of", w->day.of);
    json_close_object(o);
    json_put_int(o, "waiting", w->all.waiting);
    if (w->has_oldest) {
        json_open_object(o, "oldest");
        json_put_int(o, "at_ms", w->oldest.at_ms);
        json_put_int(o, "soon_ms", w->oldest.soon_ms);
        json_put_int(o, "risk_ms", w->oldest.risk_ms);
        json_put_int(o, "due_ms", w->oldest.due_ms);
        json_put_int(o, "target_ms", w->oldest.target_ms);
        json_close_object(o);
    }
    json_put_int(o, "soon", w->all.soon);
    json_put_int(o, "at_risk", w->all.at_risk);
    json_put_int(o, "late", w->all.late);
    json_put_int(o, "follow_ups", w->all.follow_ups);
}

void views_encode_wall(const struct wall_numbers *w, const struct wall_extra *x, int64_t now_ms,
                       struct buf *out)
{
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    encode_head(&o, w);
    json_open_object(&o, "agents");
    json_put_int(&o, "available", x->available);
    json_put_int(&o, "busy", x->busy);
    json_put_int(&o, "away", x->away);
    json_close_object(&o);
    encode_channels(&o, x, now_ms);
    json_open_object(&o, "teams");
    for (size_t i = 0; i < w->n_teams; i++) {
        if (w->teams[i].is_retired && w->teams[i].counter.waiting <= 0)
            continue;
        json_put_name(&o, slice_of(w->teams[i].name));
        json_open_object(&o, NULL);
        encode_counter(&o, &w->teams[i].counter);
        json_close_object(&o);
    }
    json_close_object(&o);
    json_put_bool(&o, "demo", x->is_demo);
    if (x->fault != NULL) {
        json_open_object(&o, "fault");
        json_put_z(&o, "reason", x->fault);
        json_close_object(&o);
    }
    json_close_object(&o);
}

void views_encode_trend(const struct trend_numbers *t, struct buf *out)
{
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    json_put_int(&o, "from_ms", t->from_ms);
    json_put_int(&o, "step_ms", COUNTER_BUCKET_MS);
    json_open_array(&o, "arrived");
    for (int i = 0; i < WALL_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].arrived);
    json_close_array(&o);
    json_open_array(&o, "answered");
    for (int i = 0; i < WALL_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].answered);
    json_close_array(&o);
    json_open_array(&o, "waiting");
    for (int i = 0; i < WALL_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].waiting);
    json_close_array(&o);
    json_close_object(&o);
}

int64_t views_next_timer(const struct tables *t)
{
    struct record_key from = key_time(INT64_MIN, (struct id){{0}});
    struct slice key = {0};
    int64_t next_ms = INT64_MAX;
    enum err e = t->seek(t->ctx, TABLE_TIMER, record_key_slice(&from), &key, NULL);
    if (e == ERR_OK || (e == ERR_CORRUPT && key.n > 0))
        (void)key_first_time(key, &next_ms);
    return next_ms;
}
