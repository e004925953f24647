/* view.c - the state of each watched view, its frames, and what each watcher still lacks. */
#include "base/crc32c.h"
#include "base/log.h"
#include "base/merge.h"
#include "base/mono.h"
#include "serve/server.h"
#include <stdlib.h>
#include <string.h>

static const struct json_limits view_limits = {4u << 20, 16, 200000};

static uint32_t key_hash(struct slice key)
{
    return crc32c(0, key.p, key.n);
}

static struct view *view_find(const struct serve *s, struct slice key)
{
    uint32_t hash = key_hash(key);
    for (struct view *v = s->views[hash % VIEW_BUCKETS]; v != NULL; v = v->next)
        if (v->hash == hash && slice_eq(buf_slice(&v->key), key))
            return v;
    return NULL;
}

static struct view *view_new(struct serve *s, struct slice key)
{
    struct view *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->hash = key_hash(key);
    buf_init(&v->key, 1024);
    buf_init(&v->pending, 0);
    buf_add_slice(&v->key, key);
    if (v->key.err != ERR_OK) {
        buf_fini(&v->key);
        free(v);
        return NULL;
    }
    struct view **bucket = &s->views[v->hash % VIEW_BUCKETS];
    v->next = *bucket;
    return *bucket = v;
}

static void view_free(struct view *v)
{
    frame_drop(v->full);
    frame_drop(v->patch);
    json_free(v->state);
    buf_fini(&v->key);
    buf_fini(&v->pending);
    free(v);
}

static void view_remove(struct serve *s, struct view *v)
{
    struct view **at = &s->views[v->hash % VIEW_BUCKETS];
    while (*at != v)
        at = &(*at)->next;
    *at = v->next;
    s->hooks.unwatched(s->hooks.ctx, buf_slice(&v->key));
    view_free(v);
}

void view_free_all(struct serve *s)
{
    for (size_t i = 0; i < VIEW_BUCKETS; i++)
        while (s->views[i] != NULL) {
            struct view *v = s->views[i];
            s->views[i] = v->next;
            view_free(v);
        }
}

/* Opens {"view":…,"from":…,"seq":…,"at":… in b. */
static struct json_out envelope(struct buf *b, const struct view *v, const uint64_t *from)
{
    struct slice key = buf_slice(&v->key);
    buf_add(b, key.p, key.n - 1);
    struct json_out o = json_out_of(b);
    o.need_comma = true;
    if (from != NULL)
        json_put_int(&o, "from", (int64_t)*from);
    json_put_int(&o, "seq", (int64_t)v->seq);
    json_put_int(&o, "at", v->at_ms);
    return o;
}

static struct frame *frame_of_buf(struct buf *b)
{
    struct frame *f = b->err == ERR_OK ? frame_new(buf_slice(b)) : NULL;
    buf_fini(b);
    return f;
}

static struct frame *full_frame(struct view *v)
{
    if (v->full != NULL)
        return v->full;
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = envelope(&b, v, NULL);
    merge_write(v->state, &o, "full");
    json_close_object(&o);
    return v->full = frame_of_buf(&b);
}

static void mark(struct view *v, int64_t mono_ms)
{
    for (struct watch *w = v->watches; w != NULL; w = w->next_of_view)
        if (w->version != v->version) {
            if (w->conn->choked_ms == 0)
                w->conn->choked_ms = mono_ms;
            lws_callback_on_writable(w->conn->wsi);
        }
}

/* Takes `next` over. */
static void view_set(struct view *v, struct cJSON *next, uint64_t seq, int64_t at_ms,
                     int64_t mono_ms)
{
    uint64_t from = v->seq;
    struct buf b;
    if (v->state != NULL) {
        struct buf patch;
        buf_init(&patch, 0);
        struct json_out set = json_out_of(&patch);
        if (!merge_diff(v->state, next, &set, NULL)) {
            buf_fini(&patch);
            json_free(next);
            return;
        }
        v->seq = seq;
        v->at_ms = at_ms;
        buf_init(&b, 0);
        struct json_out o = envelope(&b, v, &from);
        json_put_raw(&o, "set", buf_slice(&patch));
        json_close_object(&o);
        frame_drop(v->patch);
        v->patch = patch.err == ERR_OK ? frame_of_buf(&b) : NULL;
        buf_fini(&patch);
    }
    v->seq = seq;
    v->at_ms = at_ms;
    frame_drop(v->full);
    v->full = NULL;
    json_free(v->state);
    v->state = next;
    v->version++;
    v->changed_mono_ms = mono_ms;
    mark(v, mono_ms);
}

static void view_take(struct view *v, struct slice state, uint64_t seq, int64_t at_ms,
                      int64_t mono_ms)
{
    struct cJSON *next;
    struct json_error e;
    if (json_parse(state, &view_limits, &next, &e) == ERR_OK)
        view_set(v, next, seq, at_ms, mono_ms);
    else
        log_error("view %.*s: cannot show its state: %s", (int)v->key.n, v->key.p, e.message);
}

static void on_coalesced(lws_sorted_usec_list_t *sul);

static void schedule(struct serve *s, int64_t wait_ms)
{
    if (s->coalesce.list.owner == NULL)
        lws_sul_schedule(s->context, 0, &s->coalesce, on_coalesced,
                         (lws_usec_t)(wait_ms < 1 ? 1 : wait_ms) * 1000);
}

void serve_publish(struct serve *s, struct slice key, uint64_t seq, int64_t at_ms,
                   struct slice state)
{
    if (seq > s->seq)
        s->seq = seq;
    struct view *v = view_find(s, key);
    if (v == NULL)
        return;
    int64_t mono_ms = mono_now_ms(), age_ms = mono_ms - v->changed_mono_ms;
    if (v->version == 0 || age_ms >= s->options.coalesce_ms) {
        buf_clear(&v->pending);
        view_take(v, state, seq, at_ms, mono_ms);
        return;
    }
    buf_clear(&v->pending);
    buf_add_slice(&v->pending, state);
    v->pending_seq = seq;
    v->pending_at_ms = at_ms;
    schedule(s, s->options.coalesce_ms - age_ms);
}

static void on_coalesced(lws_sorted_usec_list_t *sul)
{
    struct serve *s = lws_container_of(sul, struct serve, coalesce);
    int64_t mono_ms = mono_now_ms(), next_ms = INT64_MAX;
    for (size_t i = 0; i < VIEW_BUCKETS; i++)
        for (struct view *v = s->views[i]; v != NULL; v = v->next) {
            if (v->pending.n == 0)
                continue;
            int64_t wait_ms = s->options.coalesce_ms - (mono_ms - v->changed_mono_ms);
            if (wait_ms > 0) {
                next_ms = wait_ms < next_ms ? wait_ms : next_ms;
                continue;
            }
            view_take(v, buf_slice(&v->pending), v->pending_seq, v->pending_at_ms, mono_ms);
            buf_clear(&v->pending);
        }
    if (next_ms != INT64_MAX)
        schedule(s, next_ms);
}

bool serve_is_watched(const struct serve *s, struct slice key)
{
    return view_find(s, key) != NULL;
}

static struct watch *watch_of(const struct conn *c, const struct view *v)
{
    for (struct watch *w = c->watches; w != NULL; w = w->next_of_conn)
        if (w->view == v)
            return w;
    return NULL;
}

enum err view_watch(struct conn *c, struct slice key)
{
    struct view *v = view_find(c->s, key);
    bool is_first = v == NULL;
    if (is_first && (v = view_new(c->s, key)) == NULL)
        return ERR_NO_MEMORY;
    struct watch *w = watch_of(c, v);
    if (w == NULL) {
        size_t n = 0;
        for (const struct watch *o = c->watches; o != NULL; o = o->next_of_conn)
            n++;
        w = n < 32 ? calloc(1, sizeof *w) : NULL;
        if (w == NULL) {
            if (is_first)
                view_remove(c->s, v);
            return n < 32 ? ERR_NO_MEMORY : ERR_BUSY;
        }
        w->view = v;
        w->conn = c;
        w->next_of_conn = c->watches;
        c->watches = w;
        w->next_of_view = v->watches;
        w->back_of_view = &v->watches;
        if (v->watches != NULL)
            v->watches->back_of_view = &w->next_of_view;
        v->watches = w;
    }
    w->version = 0;
    if (is_first)
        c->s->hooks.watched(c->s->hooks.ctx, buf_slice(&v->key));
    else if (v->version != 0)
        lws_callback_on_writable(c->wsi);
    return ERR_OK;
}

static void watch_free(struct serve *s, struct watch *w)
{
    struct view *v = w->view;
    *w->back_of_view = w->next_of_view;
    if (w->next_of_view != NULL)
        w->next_of_view->back_of_view = w->back_of_view;
    free(w);
    if (v->watches == NULL)
        view_remove(s, v);
}

void view_unwatch(struct conn *c, struct slice key)
{
    struct view *v = view_find(c->s, key);
    if (v == NULL)
        return;
    for (struct watch **at = &c->watches; *at != NULL; at = &(*at)->next_of_conn)
        if ((*at)->view == v) {
            struct watch *w = *at;
            *at = w->next_of_conn;
            watch_free(c->s, w);
            return;
        }
}

void view_unwatch_all(struct conn *c)
{
    while (c->watches != NULL) {
        struct watch *w = c->watches;
        c->watches = w->next_of_conn;
        watch_free(c->s, w);
    }
}

struct frame *view_next_frame(struct conn *c)
{
    for (struct watch *w = c->watches; w != NULL; w = w->next_of_conn) {
        struct view *v = w->view;
        if (v->version == 0 || w->version == v->version)
            continue;
        bool is_next = w->version != 0 && w->version + 1 == v->version && v->patch != NULL;
        struct frame *f = is_next ? v->patch : full_frame(v);
        if (f == NULL)
            continue;
        w->version = v->version;
        return frame_ref(f);
    }
    return NULL;
}
