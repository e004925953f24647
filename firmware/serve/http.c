/* http.c - one request at a time on a connection: checked, read, handed to its route, answered. */
#include "serve/http.h"
#include "base/json.h"
#include "base/mono.h"
#include "serve/auth.h"
#include "serve/http_check.h"
#include "serve/page.h"
#include "serve/server.h"
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES 16384
#define LINGER_BYTES_MAX (16u << 20)
#define LINGER_S 5

static const struct {
    enum lws_token_indexes token;
    const char *name;
} methods[] = {
    {WSI_TOKEN_GET_URI, "GET"},         {WSI_TOKEN_POST_URI, "POST"},
    {WSI_TOKEN_HEAD_URI, "HEAD"},       {WSI_TOKEN_PUT_URI, "PUT"},
    {WSI_TOKEN_PATCH_URI, "PATCH"},     {WSI_TOKEN_DELETE_URI, "DELETE"},
    {WSI_TOKEN_OPTIONS_URI, "OPTIONS"},
};

static const char *method_of(struct lws *wsi, char *path, size_t max, bool *fits)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (lws_hdr_total_length(wsi, methods[i].token) > 0) {
            *fits = header_copy(wsi, methods[i].token, path, max);
            return methods[i].name;
        }
    *fits = false;
    return "?";
}

static int flush_answer(struct conn *c)
{
    size_t n_total = c->out.n + c->page.n, n = 0;
    while (c->n_sent < n_total && n == 0) {
        bool is_head = c->n_sent < c->out.n;
        const char *p = is_head ? c->out.p + c->n_sent : c->page.p + (c->n_sent - c->out.n);
        n = is_head ? c->out.n - c->n_sent : n_total - c->n_sent;
        n = n > CHUNK_BYTES ? CHUNK_BYTES : n;
        enum lws_write_protocol how =
            c->n_sent + n == n_total ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
        if (lws_write(c->wsi, (unsigned char *)(uintptr_t)p, n, how) < 0)
            return -1;
        c->n_sent += n;
        c->s->stats.n_bytes_out += n;
    }
    if (c->n_sent < n_total) {
        lws_callback_on_writable(c->wsi);
        return 0;
    }
    return 1;
}

/* Who is still sending a body that was refused would lose the answer to a reset: what comes is
 * dropped for a while. */
static bool lingers(const struct conn *c)
{
    return c->request != NULL && !c->request->is_dispatched && c->request->length > 0 &&
           c->request->length <= LINGER_BYTES_MAX;
}

static int finish(struct conn *c)
{
    bool closes = c->closes;
    c->lingers = closes && lingers(c);
    request_free(c);
    buf_fini(&c->out);
    buf_init(&c->out, 0);
    c->page = (struct slice){0};
    c->n_sent = 0;
    c->is_answered = false;
    c->since_ms = 0;
    if (c->lingers) {
        lws_set_timeout(c->wsi, PENDING_TIMEOUT_HTTP_CONTENT, LINGER_S);
        return 0;
    }
    if (closes)
        return -1;
    return lws_http_transaction_completed(c->wsi) != 0 ? -1 : 0;
}

static int on_writeable(struct conn *c)
{
    if (!c->is_answered)
        return 0;
    int done = flush_answer(c);
    if (done < 0)
        return -1;
    return done == 0 ? 0 : finish(c);
}

static void answered(struct conn *c)
{
    c->is_answered = true;
    c->generation = ++c->s->generations[c->slot];
    lws_set_timeout(c->wsi, PENDING_TIMEOUT_HTTP_CONTENT, 30);
    lws_callback_on_writable(c->wsi);
}

static void put_header_safe(struct buf *b, const char *name, const char *value, const char *after)
{
    if (strpbrk(value, "\r\n") == NULL)
        buf_printf(b, "%s%s%s\r\n", name, value, after);
}

/* What the address takes that was asked for; pages and /live are only read. */
static void put_allow(const struct conn *c, struct buf *b)
{
    const char *path = c->request != NULL ? c->request->path : "";
    bool has_any = false;
    for (const struct serve_route *r = c->s->hooks.routes; r->method != NULL; r++) {
        if (strcmp(r->path, path) != 0)
            continue;
        bool is_get = strcmp(r->method, "GET") == 0;
        buf_printf(b, "%s%s", has_any ? ", " : "Allow: ", is_get ? "GET, HEAD" : r->method);
        has_any = true;
    }
    buf_add_z(b, has_any ? "\r\n" : "Allow: GET, HEAD\r\n");
}

static void respond(struct conn *c, const struct serve_answer *a)
{
    struct buf more;
    buf_init(&more, 4096);
    buf_add_z(&more, "Cache-Control: no-store\r\n");
    if (a->retry_after_s > 0)
        buf_printf(&more, "Retry-After: %d\r\n", a->retry_after_s);
    if (a->set_cookie != NULL)
        put_header_safe(&more, "Set-Cookie: __Host-atalaya=", a->set_cookie,
                        a->set_cookie[0] == '\0'
                            ? "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
                            : "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=34560000");
    if (a->disposition != NULL)
        put_header_safe(&more, "Content-Disposition: attachment; filename=\"", a->disposition,
                        "\"");
    if (a->status == 401)
        buf_add_z(&more, "WWW-Authenticate: Bearer\r\n");
    if (a->status == 405)
        put_allow(c, &more);
    if (a->status == 426)
        buf_add_z(&more,
                  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    if (a->status >= 400)
        c->s->stats.n_refused++;
    const char *type = a->content_type != NULL ? a->content_type : "application/json";
    buf_clear(&c->out);
    http_head(&c->out, a->status, type, a->body.n, more.p, c->closes);
    if (!c->is_head)
        buf_add_slice(&c->out, a->body);
    buf_fini(&more);
    answered(c);
}

static void problem_text(struct buf *b, int status, const char *code, const char *detail,
                         const char *pointer)
{
    struct json_out o = json_out_of(b);
    json_open_object(&o, NULL);
    json_put_z(&o, "type", "about:blank");
    json_put_z(&o, "title", code);
    json_put_int(&o, "status", status);
    json_put_z(&o, "detail", detail);
    json_put_z(&o, "code", code);
    if (pointer != NULL)
        json_put_z(&o, "pointer", pointer);
    json_close_object(&o);
}

static void problem(struct conn *c, int status, const char *code, const char *detail,
                    const char *pointer)
{
    struct buf b;
    buf_init(&b, 0);
    problem_text(&b, status, code, detail, pointer);
    struct serve_answer a = {
        .status = status, .content_type = "application/problem+json", .body = buf_slice(&b)};
    a.retry_after_s = status == 429 ? 1 : status == 503 ? 5 : 0;
    respond(c, &a);
    buf_fini(&b);
}

/* Before the body was read: what comes after it on this connection cannot be trusted. */
static int refuse(struct conn *c, int status, const char *code, const char *detail)
{
    c->closes = true;
    problem(c, status, code, detail, NULL);
    return 0;
}

int http_refuse_upgrade(struct conn *c, int status, const char *code, const char *detail)
{
    struct buf b;
    c->closes = true;
    c->is_head = false;
    problem(c, status, code, detail, NULL);
    buf_init(&b, 0);
    int n = lws_write(c->wsi, (unsigned char *)c->out.p, c->out.n, LWS_WRITE_HTTP_FINAL);
    buf_fini(&c->out);
    buf_init(&c->out, 0);
    c->is_answered = false;
    buf_fini(&b);
    (void)n;
    return -1;
}

static const struct serve_route *route_of(const struct serve *s, const char *method,
                                          const char *path, bool *has_path)
{
    *has_path = false;
    for (const struct serve_route *r = s->hooks.routes; r->method != NULL; r++) {
        if (strcmp(r->path, path) != 0)
            continue;
        *has_path = true;
        if (strcmp(r->method, method) == 0 ||
            (strcmp(method, "HEAD") == 0 && strcmp(r->method, "GET") == 0))
            return r;
    }
    return NULL;
}

static void custom(struct lws *wsi, const char *name, char *out, size_t max)
{
    int n = (int)strlen(name);
    out[0] = '\0';
    if (lws_hdr_custom_length(wsi, name, n) > 0 &&
        lws_hdr_custom_copy(wsi, out, (int)max, name, n) < 0)
        out[0] = '\0';
}

static void read_headers(struct conn *c, struct request *r)
{
    header_copy(c->wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, r->content_type, sizeof r->content_type);
    header_copy(c->wsi, WSI_TOKEN_HTTP_URI_ARGS, r->query, sizeof r->query);
    if (!r->route->signed_body)
        return;
    custom(c->wsi, "webhook-id:", r->webhook_id, sizeof r->webhook_id);
    custom(c->wsi, "webhook-timestamp:", r->webhook_timestamp, sizeof r->webhook_timestamp);
    custom(c->wsi, "webhook-signature:", r->webhook_signature, sizeof r->webhook_signature);
}

/* 0: may go on; else answered. */
static int check_access(struct conn *c, const struct request *r, bool is_safe)
{
    enum auth_way way;
    enum err e = auth_request(c, &c->who, &way);
    if (e == ERR_BUSY)
        return refuse(c, 429, "too_many_failures",
                      "too many wrong credentials from this address; try again later"),
               1;
    if (r->route->roles == ROLE_NONE)
        return 0;
    if (r->route->signed_body && way == AUTH_NONE && r->webhook_signature[0] != '\0')
        return 0;
    if (e != ERR_OK)
        return refuse(c, 401, "unauthenticated", "this credential is unknown or revoked"), 1;
    enum auth_origin origin = auth_origin(c);
    if (origin == ORIGIN_FOREIGN || (way == AUTH_COOKIE && !is_safe && origin != ORIGIN_OURS))
        return refuse(c, 403, "origin", "Origin is not a name of this box"), 1;
    if ((c->who.roles & r->route->roles) == 0)
        return way == AUTH_NONE
                   ? (refuse(c, 401, "unauthenticated", "send a bearer token, or pair this screen"),
                      1)
                   : (refuse(c, 403, "role", "the role of this credential does not allow this"), 1);
    if (way != AUTH_NONE && !conn_admit(c, LIMIT_SIGNED_IN))
        return refuse(c, 429, "too_many_connections",
                      "this address already has 1,000 open connections"),
               1;
    return 0;
}

static void dispatch(struct conn *c)
{
    struct request *r = c->request;
    if (r->is_dispatched)
        return;
    r->is_dispatched = true;
    c->s->stats.n_requests++;
    c->since_ms = mono_now_ms();
    lws_set_timeout(c->wsi, PENDING_TIMEOUT_HTTP_CONTENT, ANSWER_WAIT_MS / 1000 + 10);
    struct serve_request request = {
        .ticket = conn_ticket(c),
        .who = c->who,
        .path = slice_of(r->path),
        .query = slice_of(r->query),
        .content_type = slice_of(r->content_type),
        .body = buf_slice(&r->body),
        .webhook_id = slice_of(r->webhook_id),
        .webhook_timestamp = slice_of(r->webhook_timestamp),
        .webhook_signature = slice_of(r->webhook_signature),
    };
    slice_copy_z(slice_of(c->peer), request.peer, sizeof request.peer);
    r->route->handle(c->s->hooks.ctx, &request);
}

static int on_route(struct conn *c, const struct serve_route *route, const char *method)
{
    struct request *r = c->request;
    bool is_safe = strcmp(method, "POST") != 0;
    r->route = route;
    read_headers(c, r);
    if (check_access(c, r, is_safe) != 0)
        return 0;
    if (is_safe) {
        if (r->length > 0)
            return refuse(c, 400, "malformed", "a GET request cannot have a body");
        dispatch(c);
        return 0;
    }
    if (lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) <= 0)
        return refuse(c, 411, "length_required", "send a Content-Length");
    if (r->length > route->body_max_bytes)
        return refuse(c, 413, "too_large", "the body exceeds the limit of this address");
    const char *fault = r->length > 0 ? http_body_fault(c, r->content_type) : NULL;
    if (fault != NULL)
        return refuse(c, 415, "content_type", fault);
    if (c->s->n_body_bytes + r->length > BODIES_MAX)
        return refuse(c, 429, "busy", "too many requests are waiting for the disk; try again");
    r->is_weighed = true;
    c->s->n_body_bytes += r->length;
    buf_init(&r->body, route->body_max_bytes);
    if (r->length == 0)
        dispatch(c);
    return 0;
}

static int on_request(struct conn *c, const char *in)
{
    char raw[300];
    bool fits, has_path;
    int status;
    (void)in;
    conn_grown(c);
    request_free(c);
    c->closes = false;
    c->is_answered = false;
    c->since_ms = mono_now_ms();
    const char *method = method_of(c->wsi, raw, sizeof raw, &fits);
    c->is_head = strcmp(method, "HEAD") == 0;
    const char *fault = http_fault(c, &status);
    if (fault != NULL)
        return refuse(c, status, status == 411 ? "length_required" : "malformed", fault);
    if ((c->request = calloc(1, sizeof *c->request)) == NULL)
        return -1;
    if (!fits || strlen(raw) >= sizeof c->request->path)
        return refuse(c, 404, "not_found", "no such page");
    slice_copy_z(slice_of(raw), c->request->path, sizeof c->request->path);
    (void)http_length(c, &c->request->length);
    const struct serve_route *route = route_of(c->s, method, raw, &has_path);
    if (route != NULL)
        return on_route(c, route, method);
    if (has_path)
        return refuse(c, 405, "method", "method not allowed here");
    bool is_get = strcmp(method, "GET") == 0;
    if (strncmp(raw, "/api/", 5) == 0)
        return refuse(c, 404, "not_found", "no such address");
    if ((!is_get && !c->is_head) || c->request->length > 0)
        return refuse(c, 405, "method", "method not allowed here");
    c->s->stats.n_requests++;
    if (strcmp(raw, "/live") == 0)
        return problem(c, 426, "upgrade", "live views use WebSocket; send an Upgrade header", NULL),
               0;
    if (!page_answer(c, raw, is_get))
        return problem(c, 404, "not_found", "no such page", NULL), 0;
    answered(c);
    return 0;
}

static int on_body(struct conn *c, const void *p, size_t n)
{
    if (c->request == NULL || c->is_answered)
        return 0;
    buf_add(&c->request->body, p, n);
    if (c->request->body.err != ERR_OK)
        return refuse(c, 413, "too_large", "the body is longer than its Content-Length");
    if (c->request->body.n == c->request->length)
        lws_set_timeout(c->wsi, PENDING_TIMEOUT_HTTP_CONTENT, ANSWER_WAIT_MS / 1000 + 10);
    return 0;
}

int http_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n)
{
    switch (reason) {
    case LWS_CALLBACK_HTTP:
        return on_request(c, in);
    case LWS_CALLBACK_HTTP_BODY:
        return on_body(c, in, n);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        if (c->lingers)
            return -1;
        if (c->request != NULL && c->request->route != NULL && !c->is_answered)
            dispatch(c);
        return 0;
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return on_writeable(c);
    case LWS_CALLBACK_CLOSED_HTTP:
        request_free(c);
        return 0;
    default:
        return 0;
    }
}

void serve_respond(struct serve *s, struct serve_ticket t, const struct serve_answer *a)
{
    struct conn *c = conn_of_ticket(s, t);
    if (c != NULL && c->kind == CONN_HTTP && c->request != NULL && !c->is_answered)
        respond(c, a);
}

void serve_problem(struct serve *s, struct serve_ticket t, int status, const char *code,
                   const char *detail, const char *pointer)
{
    struct conn *c = conn_of_ticket(s, t);
    if (c != NULL && c->kind == CONN_HTTP && c->request != NULL && !c->is_answered)
        problem(c, status, code, detail, pointer);
}
