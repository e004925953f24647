/* conn.c - see the header. */
#include "serve/conn.h"
#include "base/mono.h"
#include "serve/server.h"
#include <stdlib.h>
#include <string.h>

bool conn_table_grow(struct serve *s)
{
    uint32_t n = s->n_slots == 0 ? 256 : s->n_slots * 2;
    struct conn **slots = realloc(s->slots, n * sizeof(struct conn *));
    if (slots == NULL)
        return false;
    s->slots = slots;
    uint32_t *generations = realloc(s->generations, n * sizeof *generations);
    if (generations == NULL)
        return false;
    s->generations = generations;
    memset(slots + s->n_slots, 0, (n - s->n_slots) * sizeof(struct conn *));
    memset(generations + s->n_slots, 0, (n - s->n_slots) * sizeof *generations);
    s->n_slots = n;
    return true;
}

static bool slot_take(struct serve *s, struct conn *c)
{
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < s->n_slots; i++)
            if (s->slots[i] == NULL) {
                s->slots[i] = c;
                c->slot = i;
                c->generation = ++s->generations[i];
                return true;
            }
        if (!conn_table_grow(s))
            return false;
    }
    return false;
}

struct conn *conn_new(struct serve *s, struct lws *wsi, enum conn_kind kind)
{
    struct conn *c = calloc(1, sizeof *c);
    if (c == NULL || !slot_take(s, c)) {
        free(c);
        return NULL;
    }
    c->s = s;
    c->wsi = wsi;
    c->kind = kind;
    c->replies_end = &c->replies;
    buf_init(&c->out, 0);
    c->next = s->conns;
    c->back = &s->conns;
    if (s->conns != NULL)
        s->conns->back = &c->next;
    s->conns = c;
    s->stats.n_open++;
    s->stats.n_connections++;
    lws_set_opaque_user_data(wsi, c);
    return c;
}

static void replies_free(struct conn *c)
{
    while (c->replies != NULL) {
        struct reply *r = c->replies;
        c->replies = r->next;
        frame_drop(r->frame);
        free(r);
    }
}

void request_free(struct conn *c)
{
    struct request *r = c->request;
    if (r == NULL)
        return;
    if (r->is_weighed)
        c->s->n_body_bytes -= r->length;
    buf_fini(&r->body);
    free(r);
    c->request = NULL;
}

void conn_free(struct conn *c)
{
    struct serve *s = c->s;
    view_unwatch_all(c);
    conn_grown(c);
    if (c->limit != NULL)
        c->limit->n[c->limit_class]--;
    request_free(c);
    buf_fini(&c->out);
    buf_fini(&c->in);
    replies_free(c);
    s->slots[c->slot] = NULL;
    s->generations[c->slot]++;
    *c->back = c->next;
    if (c->next != NULL)
        c->next->back = c->back;
    s->stats.n_open--;
    free(c);
}

struct serve_ticket conn_ticket(const struct conn *c)
{
    return (struct serve_ticket){.slot = c->slot, .generation = c->generation};
}

struct conn *conn_of_ticket(const struct serve *s, struct serve_ticket t)
{
    struct conn *c = t.slot < s->n_slots ? s->slots[t.slot] : NULL;
    return c != NULL && c->generation == t.generation ? c : NULL;
}

void conn_grown(struct conn *c)
{
    if (!c->is_young)
        return;
    c->is_young = false;
    c->s->n_young--;
}

bool conn_admit(struct conn *c, enum limit_class as)
{
    if (c->limit_class == as)
        return true;
    if (!limits_allow(c->limit, as))
        return false;
    c->limit->n[c->limit_class]--;
    c->limit->n[as]++;
    c->limit_class = as;
    return true;
}

bool conn_queue_reply(struct conn *c, struct slice text)
{
    struct reply *r = c->n_replies < REPLIES_MAX ? calloc(1, sizeof *r) : NULL;
    if (r == NULL || (r->frame = frame_new(text)) == NULL) {
        free(r);
        return false;
    }
    *c->replies_end = r;
    c->replies_end = &r->next;
    c->n_replies++;
    if (c->choked_ms == 0)
        c->choked_ms = mono_now_ms();
    lws_callback_on_writable(c->wsi);
    return true;
}

struct reply *conn_next_reply(struct conn *c)
{
    struct reply *r = c->replies;
    if (r == NULL)
        return NULL;
    c->replies = r->next;
    if (c->replies == NULL)
        c->replies_end = &c->replies;
    c->n_replies--;
    return r;
}
