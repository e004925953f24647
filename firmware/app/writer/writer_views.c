/* writer_views.c - what the writer hands to the loop after a commit, and every minute. */
#include "app/writer/writer_views.h"
#include "app/views/views.h"
#include "base/json.h"
#include <stdlib.h>

#define REFRESH_MS 60000

void writer_send_wall(struct writer *w)
{
    struct loop_message *m = loop_message_new(LOOP_WALL);
    if (m == NULL)
        return;
    m->wall = w->wall;
    w->wall = NULL;
    box_tell_loop(w->b, m);
}

static void put_key(const struct watched_view *q, struct buf *key)
{
    struct json_out o = json_out_of(key);
    char id[ID_TEXT_LEN + 1];
    json_open_object(&o, NULL);
    if (id_is_none(q->kase)) {
        json_put_z(&o, "view", "queue");
        json_put_z(&o, "team", q->team);
        json_put_int(&o, "limit", q->limit);
    } else {
        id_text(q->kase, id);
        json_put_z(&o, "view", "case");
        json_put_z(&o, "id", id);
    }
    json_close_object(&o);
}

static void send_view(struct writer *w, struct store_txn *txn, const struct watched_view *q)
{
    struct loop_message *m = loop_message_new(LOOP_VIEW);
    if (m == NULL)
        return;
    buf_init(&m->key, 256);
    buf_init(&m->state, 0);
    put_key(q, &m->key);
    m->seq = atomic_load(&w->b->last_seq);
    m->at_ms = box_now_ms(w->b);
    enum err e = id_is_none(q->kase) ? views_queue(w->b, txn, q->team, q->limit, &m->state)
                                     : views_case(w->b, txn, q->kase, &m->state);
    if (e == ERR_OK)
        box_tell_loop(w->b, m);
    else
        loop_message_free(m);
}

static void send_views(struct writer *w, bool only_new)
{
    struct watched_view list[BOX_WATCHED_MAX];
    struct store_txn *txn;
    size_t n = 0;
    pthread_mutex_lock(&w->b->watched_lock);
    for (size_t i = 0; i < w->b->n_watched; i++)
        if (!only_new || w->b->watched[i].is_new) {
            list[n++] = w->b->watched[i];
            w->b->watched[i].is_new = false;
        }
    pthread_mutex_unlock(&w->b->watched_lock);
    if (n == 0 || store_read(w->b->store, &txn) != ERR_OK)
        return;
    for (size_t i = 0; i < n; i++)
        send_view(w, txn, &list[i]);
    store_read_end(txn);
}

void writer_refresh(struct writer *w)
{
    struct store_txn *txn;
    struct loop_message *m = loop_message_new(LOOP_TREND);
    int64_t now_ms = box_now_ms(w->b);
    w->refresh_mono_ms = mono_now_ms();
    if (m == NULL || (m->trend = calloc(1, sizeof *m->trend)) == NULL ||
        store_read(w->b->store, &txn) != ERR_OK) {
        loop_message_free(m);
        return;
    }
    m->seq = atomic_load(&w->b->last_seq);
    m->at_ms = now_ms;
    enum err e = views_trend(txn, now_ms, m->trend);
    w->wall = calloc(1, sizeof *w->wall);
    if (e == ERR_OK && w->wall != NULL)
        e = views_wall(w->b, txn, m->seq, now_ms, w->wall);
    if (atomic_load(&w->b->next_timer_ms) == INT64_MAX) {
        struct tables t = store_tables(txn);
        atomic_store(&w->b->next_timer_ms, views_next_timer(&t));
    }
    store_read_end(txn);
    if (e != ERR_OK) {
        loop_message_free(m);
        free(w->wall);
        w->wall = NULL;
        return;
    }
    box_tell_loop(w->b, m);
    if (w->wall != NULL)
        writer_send_wall(w);
}

void writer_push_views(struct writer *w, bool has_changed)
{
    int64_t mono_ms = mono_now_ms();
    if (has_changed)
        w->queue_is_dirty = true;
    if (w->queue_is_dirty && mono_ms - w->queue_mono_ms >= WRITER_VIEW_EVERY_MS) {
        w->queue_mono_ms = mono_ms;
        w->queue_is_dirty = false;
        send_views(w, false);
    } else {
        send_views(w, true);
    }
    if (mono_ms - w->refresh_mono_ms >= REFRESH_MS)
        writer_refresh(w);
}
