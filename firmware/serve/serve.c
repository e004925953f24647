/* serve.c - the loop: context, callbacks by kind of connection, ticks. */
#include "serve/serve.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mono.h"
#include "serve/control.h"
#include "serve/http.h"
#include "serve/live.h"
#include "serve/renew.h"
#include "serve/server.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HANDSHAKES_MAX 32
#define TICK_US 250000

void serve_reply(struct serve *s, struct serve_ticket t, struct slice json, bool is_last)
{
    struct conn *c = conn_of_ticket(s, t);
    if (c == NULL || c->kind == CONN_HTTP)
        return;
    if (c->kind == CONN_LIVE) {
        if (!conn_queue_reply(c, json))
            live_close(c, 1008, "the client is not reading its answers");
        return;
    }
    struct buf line;
    buf_init(&line, 0);
    buf_add_slice(&line, json);
    buf_add_char(&line, '\n');
    c->is_last = c->is_last || is_last;
    if (line.err != ERR_OK || !conn_queue_reply(c, buf_slice(&line)))
        log_warn("control: an answer was dropped");
    buf_fini(&line);
}

int serve_backlog(const struct serve *s, struct serve_ticket t)
{
    const struct conn *c = conn_of_ticket(s, t);
    return c != NULL ? (int)c->n_replies : -1;
}

static int on_instantiated(struct serve *s, struct lws *wsi)
{
    char peer[48];
    struct limit *l = limits_of(&s->limits, wsi, peer);
    if (l == NULL || renew_is_urgent(s) || !limits_allow(l, LIMIT_UNKNOWN)) {
        s->stats.n_refused++;
        return -1;
    }
    struct conn *c = conn_new(s, wsi, CONN_HTTP);
    if (c == NULL)
        return -1;
    c->limit = l;
    l->n[LIMIT_UNKNOWN]++;
    memcpy(c->peer, peer, sizeof peer);
    c->is_young = true;
    s->n_young++;
    s->stats.n_handshakes++;
    int buffer = 131072;
    setsockopt(lws_get_socket_fd(wsi), SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    return 0;
}

static void on_destroyed(struct serve *s, struct lws *wsi)
{
    struct conn *c = lws_get_opaque_user_data(wsi);
    if (c == NULL)
        return;
    if (c->is_young)
        s->stats.n_handshake_failures++;
    lws_set_opaque_user_data(wsi, NULL);
    conn_free(c);
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t n)
{
    struct serve *s = lws_context_user(lws_get_context(wsi));
    (void)user;
    if (s == NULL)
        return 0;
    if (reason == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED)
        return on_instantiated(s, wsi);
    if (reason == LWS_CALLBACK_WSI_DESTROY) {
        on_destroyed(s, wsi);
        return 0;
    }
    if (reason == LWS_CALLBACK_RAW_ADOPT || reason == LWS_CALLBACK_RAW_RX) {
        /* CONNECT: the library stops to speak HTTP */
        lws_set_timeout(wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
        return -1;
    }
    struct conn *c = lws_get_opaque_user_data(wsi);
    if (c == NULL)
        return reason == LWS_CALLBACK_HTTP ? -1 : 0;
    if (reason == LWS_CALLBACK_HTTP_CONFIRM_UPGRADE) {
        conn_grown(c);
        return live_confirm_upgrade(c);
    }
    return c->kind == CONN_LIVE || reason == LWS_CALLBACK_ESTABLISHED
               ? live_callback(c, reason, in, n)
               : http_callback(c, reason, in, n);
}

static int on_http(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                   size_t n)
{
    if (reason == LWS_CALLBACK_EVENT_WAIT_CANCELLED) {
        struct serve *s = lws_context_user(lws_get_context(wsi));
        if (s->context != NULL)
            s->hooks.wake(s->hooks.ctx);
        return 0;
    }
    return on_event(wsi, reason, user, in, n);
}

static const struct lws_protocols protocols[] = {
    {.name = "http", .callback = on_http},
    {.name = "atalaya.v1", .callback = on_event, .rx_buffer_size = 1024},
    {.name = "atalaya.control", .callback = control_callback, .rx_buffer_size = 4096},
    LWS_PROTOCOL_LIST_TERM,
};

static void check_waits(struct serve *s, int64_t mono_ms)
{
    for (struct conn *c = s->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (c->kind != CONN_HTTP || c->request == NULL || c->is_answered)
            continue;
        int64_t age_ms = mono_ms - c->since_ms;
        if (c->request->is_dispatched && age_ms > ANSWER_WAIT_MS)
            serve_problem(s, conn_ticket(c), 503, "busy",
                          "no answer within 30 s; it may still complete: check before retrying",
                          NULL);
        else if (!c->request->is_dispatched && age_ms > REQUEST_MAX_MS)
            lws_set_timeout(c->wsi, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
    }
}

static void on_tick(lws_sorted_usec_list_t *sul)
{
    struct serve *s = lws_container_of(sul, struct serve, tick);
    int64_t mono_ms = mono_now_ms();
    live_tick(s, mono_ms);
    check_waits(s, mono_ms);
    limits_sweep(&s->limits, mono_ms);
    renew_step(s, mono_ms);
    s->hooks.tick(s->hooks.ctx);
    lws_sul_schedule(s->context, 0, &s->tick, on_tick, TICK_US);
}

static void on_log(int level, const char *line)
{
    size_t n = strcspn(line, "\n");
    if ((level & LLL_ERR) != 0)
        log_warn("net: %.*s", (int)n, line);
    else
        log_debug("net: %.*s", (int)n, line);
}

static enum err open_identity(struct serve *s, char message[240])
{
    const struct serve_options *o = &s->options;
    if (o->cert_path != NULL)
        return identity_bring(&s->identity, o->cert_path, o->key_path, o->names, message);
    enum err e =
        identity_open(&s->identity, o->dir, o->names, s->hooks.now_ms(s->hooks.ctx), message);
    if (e == ERR_OK && file_read(s->identity.ca_path, &s->ca) != ERR_OK)
        buf_clear(&s->ca);
    return e;
}

static void raise_file_limit(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < 8192) {
        r.rlim_cur = r.rlim_max < 8192 ? r.rlim_max : 8192;
        setrlimit(RLIMIT_NOFILE, &r);
    }
}

static const lws_retry_bo_t liveness = {.secs_since_valid_ping = 25, .secs_since_valid_hangup = 55};

static struct lws_context *make_context(struct serve *s)
{
    struct lws_context_creation_info info;
    memset(&info, 0, sizeof info);
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.user = s;
    info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
                   LWS_SERVER_OPTION_VALIDATE_UTF8;
    info.pt_serv_buf_size = 16384;
    info.max_http_header_data = 8192;
    info.max_http_header_pool = 256;
    info.timeout_secs = 10;
    info.keepalive_timeout = 30;
    info.simultaneous_ssl_handshake_restriction = HANDSHAKES_MAX;
    info.retry_and_idle_policy = &liveness;
    return lws_create_context(&info);
}

static struct lws_vhost *make_vhost(struct serve *s)
{
    struct lws_context_creation_info info;
    memset(&info, 0, sizeof info);
    info.port = s->options.port;
    info.iface = s->options.listen;
    info.protocols = protocols;
    info.user = s;
    info.vhost_name = "box";
    info.alpn = "http/1.1";
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_VALIDATE_UTF8 |
                   LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
    info.ssl_cert_filepath = s->identity.cert_path;
    info.ssl_private_key_filepath = s->identity.key_path;
    info.timeout_secs = 10;
    info.keepalive_timeout = 30;
    info.retry_and_idle_policy = &liveness;
    info.ka_time = 30;
    info.ka_probes = 3;
    info.ka_interval = 10;
    return lws_create_vhost(s->context, &info);
}

static void set_address(struct serve *s)
{
    const char *host = "localhost";
    if (s->options.listen != NULL)
        host = s->options.listen;
    else
        for (size_t i = 0; i < s->identity.n_names; i++)
            if (strspn(s->identity.names[i], "0123456789.") == strlen(s->identity.names[i]) &&
                strncmp(s->identity.names[i], "127.", 4) != 0) {
                host = s->identity.names[i];
                break;
            }
    snprintf(s->address, sizeof s->address, "https://%s:%d", host, s->port);
}

static enum err start(struct serve *s, char message[240])
{
    enum err e = open_identity(s, message);
    if (e != ERR_OK)
        return e;
    lws_set_log_level(LLL_ERR | LLL_WARN, on_log);
    struct lws_context *context = make_context(s);
    if (context == NULL) {
        snprintf(message, 240, "the network loop cannot start: out of memory or file descriptors");
        return ERR_NO_MEMORY;
    }
    s->context = context;
    s->vhost = make_vhost(s);
    if (s->vhost == NULL) {
        snprintf(message, 240,
                 "cannot open port %d (is it in use? choose another with --port), or %.120s is "
                 "unusable",
                 s->options.port, s->identity.cert_path);
        return ERR_IO;
    }
    s->port = lws_get_vhost_listen_port(s->vhost);
    if ((e = control_open(s, message)) != ERR_OK)
        return e;
    set_address(s);
    lws_sul_schedule(s->context, 0, &s->tick, on_tick, TICK_US);
    return ERR_OK;
}

enum err serve_open(const struct serve_options *o, const struct serve_hooks *hooks,
                    struct serve **out, char message[240])
{
    *out = NULL;
    struct serve *s = calloc(1, sizeof *s);
    if (s == NULL || !conn_table_grow(s)) {
        free(s);
        snprintf(message, 240, "out of memory");
        return ERR_NO_MEMORY;
    }
    s->options = *o;
    s->hooks = *hooks;
    buf_init(&s->ca, 65536);
    signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    enum err e = start(s, message);
    if (e != ERR_OK)
        serve_close(s);
    else
        *out = s;
    return e;
}

void serve_close(struct serve *s)
{
    if (s == NULL)
        return;
    if (s->context != NULL)
        lws_context_destroy(s->context);
    if (s->control_path[0] != '\0')
        unlink(s->control_path);
    view_free_all(s);
    limits_free(&s->limits);
    renew_drop(s);
    frame_drop(s->beat);
    buf_fini(&s->ca);
    free(s->slots);
    free(s->generations);
    free(s);
}

int serve_port(const struct serve *s)
{
    return s->port;
}

const char *serve_address(const struct serve *s)
{
    return s->address;
}

struct slice serve_ca(const struct serve *s)
{
    return buf_slice(&s->ca);
}

const char *serve_fingerprint(const struct serve *s)
{
    return s->identity.fingerprint;
}

enum err serve_run(struct serve *s)
{
    while (!atomic_load(&s->is_stopping))
        if (lws_service(s->context, 0) < 0)
            return ERR_IO;
    return ERR_OK;
}

void serve_stop(struct serve *s)
{
    atomic_store(&s->is_stopping, true);
    lws_cancel_service(s->context);
}

void serve_wake(struct serve *s)
{
    lws_cancel_service(s->context);
}

struct serve_stats serve_stats_now(const struct serve *s)
{
    struct serve_stats out = s->stats;
    out.certificate_ends_ms = s->identity.ends_ms;
    return out;
}

enum err serve_certificate_fits(const char *cert_path, const char *key_path, char message[240])
{
    static const char *const no_names[] = {NULL};
    struct identity i;
    return identity_bring(&i, cert_path, key_path, no_names, message);
}
