/* views.c - the wall's numbers come from counters: nobody scans the backlog. */
#include "app/views.h"
#include "app/vault.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "core/reason.h"
#include "core/scan.h"
#include "core/sla.h"
#include <string.h>

#define LINE_BYTES 280      /* of a text in the queue */
#define LINE_BYTES_MAX 4096 /* looked at, so that a number cut in two is still found */

/* A damaged record is the store's fault to tell; a view shows the rest. */
static enum err leave_out_damaged(enum err e)
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

static enum err read_busy(const struct tables *t, struct wall_numbers *out)
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    enum err e;
    while ((e = t->seek(t->ctx, TABLE_CLAIM, record_key_slice(&from), &key, &v)) == ERR_OK) {
        struct case_rec c;
        struct id id;
        e = key_last_id(key, &id);
        if (e == ERR_OK)
            e = load_case(t, id, &c);
        if (e != ERR_OK)
            return e;
        if (out->n_busy < BOX_BUSY_MAX)
            out->busy[out->n_busy++] = c.claimant;
        from = key_case(id);
        from.b[from.n++] = 0;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
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
    memcpy(out->lang, p->lang, sizeof out->lang);
    enum err e = counter_team(&t, COUNTER_TEAM_ALL, &out->all);
    if (e == ERR_OK)
        e = counter_day(&t, sla_day(p, now_ms, NULL), &out->day);
    for (uint16_t i = 0; i < p->n_teams && e == ERR_OK; i++) {
        out->at_work = out->at_work ||
                       (!p->teams[i].is_retired && hours_is_at_work(p->teams[i].hours, now_ms));
        out->teams[i].is_retired = p->teams[i].is_retired;
        slice_copy_z(slice_of(p->teams[i].name), out->teams[i].name, sizeof out->teams[i].name);
        e = counter_team(&t, i, &out->teams[i].counter);
        out->n_teams++;
    }
    if (e == ERR_OK && (e = read_oldest(&t, out)) == ERR_OK)
        e = read_busy(&t, out);
    return leave_out_damaged(e);
}

enum err views_trend(struct store_txn *txn, int64_t now_ms, struct trend_numbers *out)
{
    struct tables t = store_tables(txn);
    int64_t last_ms = now_ms - now_ms % COUNTER_BUCKET_MS, waiting = 0, found_ms;
    struct bucket_counter before;
    memset(out, 0, sizeof *out);
    out->from_ms = last_ms - (BOX_TREND_STEPS - 1) * (int64_t)COUNTER_BUCKET_MS;
    enum err e = counter_bucket_before(&t, out->from_ms - 1, &found_ms, &before);
    if (e == ERR_OK)
        waiting = before.waiting;
    else if (e != ERR_NOT_FOUND)
        return e;
    for (int i = 0; i < BOX_TREND_STEPS; i++) {
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
    json_put_bool(o, "at_work", w->at_work);
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
    for (int i = 0; i < BOX_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].arrived);
    json_close_array(&o);
    json_open_array(&o, "answered");
    for (int i = 0; i < BOX_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].answered);
    json_close_array(&o);
    json_open_array(&o, "waiting");
    for (int i = 0; i < BOX_TREND_STEPS; i++)
        json_put_int(&o, NULL, t->steps[i].waiting);
    json_close_array(&o);
    json_close_object(&o);
}

/* The next place of a queue; is_done at its end. */
struct queue_cursor {
    bool is_started, is_done;
    uint16_t team;
    int64_t rank_ms;
    struct id id;
};

static enum err advance(const struct tables *t, struct queue_cursor *q)
{
    struct record_key from = key_queue(q->team, q->is_started ? q->rank_ms : INT64_MIN,
                                       q->is_started ? q->id : (struct id){{0}});
    struct slice key;
    if (q->is_started)
        from.b[from.n++] = 0;
    q->is_started = true;
    enum err e =
        leave_out_damaged(t->seek(t->ctx, TABLE_QUEUE, record_key_slice(&from), &key, NULL));
    struct unpack u = unpack_of(e == ERR_OK ? key : (struct slice){0});
    if (e == ERR_NOT_FOUND || (e == ERR_OK && unpack_key_u16(&u) != q->team)) {
        q->is_done = true;
        return ERR_OK;
    }
    if (e == ERR_OK) {
        q->rank_ms = unpack_key_i64(&u);
        e = key_last_id(key, &q->id);
    }
    return e;
}

static void encode_lines(struct box *b, struct store_txn *txn, const struct case_rec *c,
                         struct json_out *o)
{
    struct tables t = store_tables(txn);
    struct record_key from = key_mention(c->id, (struct id){{0}});
    struct slice key;
    struct id newest = {{0}};
    while (t.seek(t.ctx, TABLE_MENTION, record_key_slice(&from), &key, NULL) == ERR_OK &&
           key.n == 32 && memcmp(key.p, c->id.b, 16) == 0) {
        memcpy(newest.b, key.p + 16, 16);
        from = key_mention(c->id, newest);
        from.b[from.n++] = 0;
    }
    struct buf plain;
    struct vault_text v;
    struct buf masked;
    buf_init(&plain, 0);
    buf_init(&masked, 0);
    json_open_array(o, "lines");
    if (!id_is_none(newest) && vault_get(b, txn, VAULT_MENTION, newest, &plain, &v) == ERR_OK &&
        scan_masked(utf8_cut(v.text, LINE_BYTES_MAX), &masked) == ERR_OK)
        json_put_string(o, NULL, utf8_cut(buf_slice(&masked), LINE_BYTES));
    json_close_array(o);
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
    buf_fini(&masked);
}

static void encode_case(struct box *b, struct store_txn *txn, const struct case_rec *c,
                        struct json_out *o)
{
    char text[ID_TEXT_LEN + 1];
    int first = case_first_clock(c);
    id_text(c->id, text);
    json_put_name(o, slice_of(text));
    json_open_object(o, NULL);
    json_put_int(o, "seq", (int64_t)c->seq);
    json_put_z(o, "state", case_state_word(c->state));
    json_put_z(o, "team", c->team < b->policy->n_teams ? b->policy->teams[c->team].name : "?");
    json_put_z(o, "level", level_word(c->level));
    json_put_int(o, "rank_ms", c->rank_ms);
    if (first >= 0) {
        json_put_z(o, "clock", clock_word((enum clock_kind)first));
        json_put_int(o, "soon_ms", c->clocks[first].soon_ms);
        json_put_int(o, "risk_ms", c->clocks[first].risk_ms);
        json_put_int(o, "due_ms", c->clocks[first].due_ms);
    }
    json_open_array(o, "reasons");
    for (int i = 0; i < c->n_reasons; i++) {
        json_open_object(o, NULL);
        json_put_z(o, "code", reason_word(c->reasons[i].code));
        json_put_int(o, "points", c->reasons[i].points);
        json_close_object(o);
    }
    json_close_array(o);
    id_text(c->customer, text);
    json_put_z(o, "customer", text);
    encode_lines(b, txn, c, o);
    json_put_z(o, "network", network_word(c->network));
    json_put_z(o, "kind", mention_kind_word(c->kind));
    json_put_int(o, "at_ms", c->at_ms != 0 ? c->at_ms : c->opened_ms);
    if (!id_is_none(c->claimant)) {
        id_text(c->claimant, text);
        json_put_z(o, "agent", text);
    }
    json_close_object(o);
}

static enum err first_of(const struct tables *t, struct queue_cursor *q, size_t n,
                         struct queue_cursor **best)
{
    *best = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!q[i].is_started) {
            enum err e = advance(t, &q[i]);
            if (e != ERR_OK)
                return e;
        }
        if (q[i].is_done)
            continue;
        if (*best == NULL || q[i].rank_ms < (*best)->rank_ms ||
            (q[i].rank_ms == (*best)->rank_ms && id_cmp(q[i].id, (*best)->id) < 0))
            *best = &q[i];
    }
    return ERR_OK;
}

enum err views_queue(struct box *b, struct store_txn *txn, const char *team, int limit,
                     struct buf *out)
{
    struct queue_cursor cursors[POLICY_TEAMS_MAX] = {{0}}, *best;
    struct tables t = store_tables(txn);
    struct buf order;
    size_t n = 0;
    for (uint16_t i = 0; i < b->policy->n_teams; i++)
        if (strcmp(team, "*") == 0 || strcmp(team, b->policy->teams[i].name) == 0)
            cursors[n++].team = i;
    if (n == 0)
        return ERR_NOT_FOUND;
    buf_init(&order, 0);
    struct json_out o = json_out_of(out), names = json_out_of(&order);
    json_open_object(&o, NULL);
    json_open_object(&o, "cases");
    json_open_array(&names, NULL);
    enum err e = first_of(&t, cursors, n, &best);
    for (int i = 0; i < limit && e == ERR_OK && best != NULL; i++) {
        struct case_rec c;
        char text[ID_TEXT_LEN + 1];
        e = load_case(&t, best->id, &c);
        if (e == ERR_OK) {
            encode_case(b, txn, &c, &o);
            id_text(c.id, text);
            json_put_z(&names, NULL, text);
        }
        e = leave_out_damaged(e);
        if (e == ERR_OK)
            e = advance(&t, best);
        if (e == ERR_OK)
            e = first_of(&t, cursors, n, &best);
    }
    json_close_object(&o);
    json_close_array(&names);
    json_put_raw(&o, "order", buf_slice(&order));
    json_put_bool(&o, "more", best != NULL);
    json_close_object(&o);
    buf_fini(&order);
    return e == ERR_OK ? out->err : e;
}
