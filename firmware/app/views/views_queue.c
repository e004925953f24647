/* views_queue.c - the head of a queue: keys of several teams merged by rank. */
#include "app/views/views.h"
#include "base/json.h"
#include "base/pack.h"
#include <string.h>

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
    struct slice key = {0};
    if (q->is_started)
        from.b[from.n++] = 0;
    q->is_started = true;
    enum err e = t->seek(t->ctx, TABLE_QUEUE, record_key_slice(&from), &key, NULL);
    if (e == ERR_CORRUPT && key.n > 0)
        e = ERR_OK;
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
            id_text(c.id, text);
            json_put_name(&o, slice_of(text));
            json_open_object(&o, NULL);
            views_encode_case(b, txn, &c, &o);
            json_close_object(&o);
            json_put_z(&names, NULL, text);
        }
        e = views_leave_out_damaged(e);
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
