/* live.c - the live sockets: who may open one, what they ask, what they are sent. */
#include "serve/live.h"
#include "base/json.h"
#include "base/mono.h"
#include "serve/auth.h"
#include "serve/http.h"
#include "serve/http_check.h"
#include "serve/server.h"
#include <stdlib.h>
#include <string.h>

#define FRAMES_BURST 400.0
#define FRAMES_PER_S 100.0
#define ECHO_MAX 255 /* bytes of a text that a refusal repeats */

static bool is_key(struct lws *wsi)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char key[32];
    return header_copy(wsi, WSI_TOKEN_KEY, key, sizeof key) && strspn(key, digits) == 22 &&
           strcmp(key + 22, "==") == 0;
}

static bool asks_for_ours(struct lws *wsi)
{
    char list[256], *rest = list;
    if (!header_copy(wsi, WSI_TOKEN_PROTOCOL, list, sizeof list))
        return false;
    for (const char *name; (name = strtok_r(rest, ", \t", &rest)) != NULL;)
        if (strcmp(name, "atalaya.v1") == 0)
            return true;
    return false;
}

int live_confirm_upgrade(struct conn *c)
{
    char path[64], value[256];
    int status = 0;
    const char *fault = http_fault(c, &status);
    if (fault != NULL)
        return http_refuse_upgrade(c, status, "malformed", fault);
    if (lws_hdr_total_length(c->wsi, WSI_TOKEN_GET_URI) <= 0)
        return http_refuse_upgrade(c, 405, "method", "an upgrade must be a GET request");
    if (http_has_body(c))
        return http_refuse_upgrade(c, 400, "malformed", "a GET request cannot have a body");
    if (!header_copy(c->wsi, WSI_TOKEN_GET_URI, path, sizeof path) || strcmp(path, "/live") != 0)
        return http_refuse_upgrade(c, 404, "not_found", "live views are at /live");
    if (!header_copy(c->wsi, WSI_TOKEN_VERSION, value, sizeof value) || strcmp(value, "13") != 0)
        return http_refuse_upgrade(c, 426, "version", "use WebSocket version 13");
    if (!is_key(c->wsi))
        return http_refuse_upgrade(c, 400, "malformed",
                                   "Sec-WebSocket-Key must be 16 bytes in base64");
    if (!asks_for_ours(c->wsi))
        return http_refuse_upgrade(c, 400, "subprotocol", "ask for the subprotocol atalaya.v1");
    enum auth_way way;
    enum err e = auth_request(c, &c->who, &way);
    if (e == ERR_BUSY)
        return http_refuse_upgrade(c, 429, "too_many_failures",
                                   "too many wrong credentials from this address; try again later");
    if (e != ERR_OK || way == AUTH_NONE)
        return http_refuse_upgrade(c, 401, "unauthenticated",
                                   "pair this screen, or send a bearer token");
    enum auth_origin origin = auth_origin(c);
    if (origin == ORIGIN_FOREIGN || (way == AUTH_COOKIE && origin != ORIGIN_OURS))
        return http_refuse_upgrade(c, 403, "origin", "Origin is not a name of this box");
    if (!conn_admit(c, LIMIT_LIVE))
        return http_refuse_upgrade(c, 429, "too_many_connections",
                                   "this address already has 1,000 open live sockets");
    return 0;
}

void live_close(struct conn *c, int code, const char *reason)
{
    if (c->close_code != 0)
        return;
    c->close_code = code;
    c->close_reason = reason;
    lws_callback_on_writable(c->wsi);
    lws_set_timeout(c->wsi, PENDING_TIMEOUT_CLOSE_SEND, 5);
}

static int close_now(struct conn *c, int code, const char *reason)
{
    lws_close_reason(c->wsi, (enum lws_close_status)code, (unsigned char *)(uintptr_t)reason,
                     strlen(reason));
    return -1;
}

static void put_member(struct json_out *o, const struct cJSON *frame, const char *name)
{
    const struct cJSON *v = json_get(frame, name);
    char number[32];
    if (v == NULL)
        return;
    if (json_is_number(v)) {
        int n = snprintf(number, sizeof number, "%.17g", json_number(v));
        json_put_raw(o, name, slice_make(number, (size_t)n));
    } else if (json_is_string(v) && json_string(v).n <= ECHO_MAX) {
        json_put_string(o, name, json_string(v));
    } else if (json_is_bool(v)) {
        json_put_bool(o, name, json_is_true(v));
    }
}

/* Repeats what was asked by, so that several refusals can be told apart. */
static void refuse(struct conn *c, const struct cJSON *frame, const char *code, const char *message,
                   const char *hint)
{
    static const char *const members[] = {"ref", "watch", "unwatch", "team", "limit", "id"};
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    for (size_t i = 0; frame != NULL && i < sizeof members / sizeof members[0]; i++)
        put_member(&o, frame, members[i]);
    json_open_object(&o, "refused");
    json_put_z(&o, "code", code);
    json_put_z(&o, "message", message);
    json_put_z(&o, "hint", hint);
    json_close_object(&o);
    json_close_object(&o);
    if (b.err == ERR_OK)
        conn_queue_reply(c, buf_slice(&b));
    buf_fini(&b);
}

static void on_watch(struct conn *c, const struct cJSON *frame, bool watches)
{
    struct buf key;
    buf_init(&key, 1000);
    struct json_out o = json_out_of(&key);
    enum err e = c->s->hooks.watch(c->s->hooks.ctx, &c->who, frame, &o);
    if (e == ERR_OK)
        e = key.err;
    if (e == ERR_OK && !watches)
        view_unwatch(c, buf_slice(&key));
    else if (e == ERR_OK)
        e = view_watch(c, buf_slice(&key));
    buf_fini(&key);
    if (e == ERR_DENIED)
        refuse(c, frame, "not_allowed", "your role cannot watch this view", "ask a lead");
    else if (e == ERR_NOT_FOUND)
        refuse(c, frame, "not_found", "no such view, team or case", "check its name or id");
    else if (e == ERR_BUSY || e == ERR_NO_MEMORY)
        refuse(c, frame, "busy", "this socket already watches 32 views", "unwatch one first");
    else if (e == ERR_RANGE)
        refuse(c, frame, "invalid", "limit must be a whole number from 1 to 200",
               "leave it out for 50");
    else if (e != ERR_OK)
        refuse(c, frame, "invalid", "malformed watch",
               "send \"team\" as a name, \"id\" as the id of a case");
}

static void on_json(struct conn *c, const struct cJSON *frame, struct slice bytes)
{
    struct slice verb;
    if (!json_is_object(frame))
        refuse(c, NULL, "invalid", "expected a JSON object", "send {\"watch\":…} or {\"do\":…}");
    else if (json_get_string(frame, "watch", &verb) == ERR_OK)
        on_watch(c, frame, true);
    else if (json_get_string(frame, "unwatch", &verb) == ERR_OK)
        on_watch(c, frame, false);
    else if (json_get_string(frame, "do", &verb) == ERR_OK)
        c->s->hooks.command(c->s->hooks.ctx, conn_ticket(c), &c->who, frame, bytes);
    else
        refuse(c, frame, "invalid", "unknown request", "send {\"watch\":…} or {\"do\":…}");
}

static int on_frame(struct conn *c)
{
    struct cJSON *frame;
    struct json_error e;
    struct buf bytes = c->in;
    enum err err = json_parse(buf_slice(&bytes), &json_limits_frame, &frame, &e);
    buf_init(&c->in, LIVE_FRAME_MAX);
    if (err == ERR_OK) {
        c->s->stats.n_frames_in++;
        on_json(c, frame, buf_slice(&bytes));
        json_free(frame);
    }
    buf_fini(&bytes);
    if (err == ERR_TOO_LONG)
        return close_now(c, 1009, "too many values");
    return err != ERR_OK ? close_now(c, 1007, "invalid JSON") : 0;
}

static bool frame_allowed(struct conn *c)
{
    int64_t mono_ms = mono_now_ms();
    c->frame_tokens += (double)(mono_ms - c->frame_ms) / 1000.0 * FRAMES_PER_S;
    c->frame_ms = mono_ms;
    if (c->frame_tokens > FRAMES_BURST)
        c->frame_tokens = FRAMES_BURST;
    if (c->frame_tokens < 1.0)
        return false;
    c->frame_tokens -= 1.0;
    return true;
}

static int on_receive(struct conn *c, const void *p, size_t n)
{
    if (lws_frame_is_binary(c->wsi))
        return close_now(c, 1003, "text frames only");
    if (!frame_allowed(c))
        return close_now(c, 1008, "too many frames");
    buf_add(&c->in, p, n);
    if (c->in.err != ERR_OK || lws_remaining_packet_payload(c->wsi) > LIVE_FRAME_MAX)
        return close_now(c, 1009, "a frame may hold at most 64 KiB");
    if (!lws_is_final_fragment(c->wsi) || lws_remaining_packet_payload(c->wsi) > 0)
        return 0;
    return on_frame(c);
}

static struct frame *next_frame(struct conn *c)
{
    struct reply *r = conn_next_reply(c);
    if (r != NULL) {
        struct frame *f = r->frame;
        free(r);
        return f;
    }
    struct frame *f = view_next_frame(c);
    if (f == NULL && c->wants_beat && c->s->beat != NULL)
        f = frame_ref(c->s->beat);
    return f;
}

static bool has_more(const struct conn *c)
{
    if (c->replies != NULL)
        return true;
    for (const struct watch *w = c->watches; w != NULL; w = w->next_of_conn)
        if (w->view->version != 0 && w->version != w->view->version)
            return true;
    return false;
}

static int on_writeable(struct conn *c)
{
    if (c->close_code != 0)
        return close_now(c, c->close_code, c->close_reason);
    struct frame *f = next_frame(c);
    c->wants_beat = false;
    if (f == NULL) {
        c->choked_ms = 0;
        return 0;
    }
    int n = lws_write(c->wsi, f->b + LWS_PRE, f->n, LWS_WRITE_TEXT);
    c->s->stats.n_frames_out++;
    c->s->stats.n_bytes_out += f->n;
    frame_drop(f);
    if (n < 0)
        return -1;
    c->sent_ms = mono_now_ms();
    c->choked_ms = 0;
    if (has_more(c)) {
        c->choked_ms = c->sent_ms;
        lws_callback_on_writable(c->wsi);
    }
    return 0;
}

static void make_beat(struct serve *s, int64_t mono_ms)
{
    char text[80];
    int n = snprintf(text, sizeof text, "{\"at\":%lld,\"seq\":%llu}",
                     (long long)s->hooks.now_ms(s->hooks.ctx), (unsigned long long)s->seq);
    frame_drop(s->beat);
    s->beat = frame_new(slice_make(text, (size_t)n));
    s->beat_mono_ms = mono_ms;
}

void live_tick(struct serve *s, int64_t mono_ms)
{
    make_beat(s, mono_ms);
    for (struct conn *c = s->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (c->kind != CONN_LIVE)
            continue;
        if (c->choked_ms != 0 && mono_ms - c->choked_ms > LAGGARD_MS) {
            s->stats.n_laggards_cut++;
            c->choked_ms = 0;
            lws_set_timeout(c->wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
        } else if (c->choked_ms == 0 && mono_ms - c->sent_ms >= SILENCE_MS - 250) {
            c->wants_beat = true;
            c->choked_ms = mono_ms;
            lws_callback_on_writable(c->wsi);
        }
    }
}

static int on_open(struct conn *c)
{
    request_free(c);
    c->kind = CONN_LIVE;
    c->sent_ms = mono_now_ms();
    c->frame_ms = c->sent_ms;
    c->frame_tokens = FRAMES_BURST;
    buf_fini(&c->out);
    buf_init(&c->in, LIVE_FRAME_MAX);
    c->s->stats.n_live++;
    c->s->hooks.presence(c->s->hooks.ctx, &c->who, true);
    return 0;
}

static void on_closed(struct conn *c)
{
    if (c->kind != CONN_LIVE)
        return;
    view_unwatch_all(c);
    c->s->stats.n_live--;
    c->kind = CONN_HTTP;
    c->s->hooks.presence(c->s->hooks.ctx, &c->who, false);
}

int live_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n)
{
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        return on_open(c);
    case LWS_CALLBACK_RECEIVE:
        return on_receive(c, in, n);
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return on_writeable(c);
    case LWS_CALLBACK_CLOSED:
        on_closed(c);
        return 0;
    default:
        return 0;
    }
}

void serve_drop(struct serve *s, struct id principal)
{
    for (struct conn *c = s->conns; c != NULL; c = c->next)
        if (c->kind == CONN_LIVE && id_eq(c->who.id, principal))
            live_close(c, 4401, "revoked");
}
