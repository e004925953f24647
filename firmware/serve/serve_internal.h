/* serve_internal.h - connections, views and limits as serve's own files see them. */
#ifndef SERVE_SERVE_INTERNAL_H
#define SERVE_SERVE_INTERNAL_H
#include "base/buf.h"
#include "base/json.h"
#include "serve/identity.h"
#include "serve/pages.h"
#include "serve/serve.h"
#include <libwebsockets.h>
#include <stdatomic.h>

#define LIVE_FRAME_MAX 65536
#define ANSWER_WAIT_MS 30000
#define BODIES_MAX                                                                                 \
    (32u << 20)              /* all bodies together: a disk that hangs must not fill the memory    \
                              */
#define REQUEST_MAX_MS 60000 /* from the first byte of a request to the last of its body */
#define LAGGARD_MS 30000     /* something to send and never writable: cut */
#define SILENCE_MS 2000
#define REPLIES_MAX 256

/* Encoded once, shared by all who get it; LWS_PRE bytes of headroom come first. */
struct frame {
    unsigned n_refs;
    size_t n;
    unsigned char b[];
};
struct frame *frame_new(struct slice text); /* NULL: no memory */
struct frame *frame_ref(struct frame *f);
void frame_drop(struct frame *f);

enum limit_class { LIMIT_UNKNOWN, LIMIT_SIGNED_IN, LIMIT_LIVE, LIMIT_N };
struct limit {
    struct limit *next;
    uint8_t address[16];
    uint32_t n[LIMIT_N];
    double failure_tokens; /* wrong credentials that are still allowed */
    int64_t failure_ms;
};
#define LIMIT_BUCKETS 1024
struct limits {
    struct limit *buckets[LIMIT_BUCKETS];
};

struct watch {
    struct view *view;
    struct conn *conn;
    struct watch *next_of_view, **back_of_view, *next_of_conn;
    uint64_t version; /* of the view, as last sent; 0 = nothing yet */
};

struct view {
    struct view *next;
    uint32_t hash;
    struct buf key; /* {"view":...} */
    struct watch *watches;
    struct cJSON *state;
    uint64_t version; /* 0 = no state yet */
    uint64_t seq;
    int64_t at_ms;
    struct frame *full, *patch; /* of `version`; full is made when first needed */
    struct buf pending; /* the newest state while the last one is younger than coalesce_ms */
    uint64_t pending_seq;
    int64_t pending_at_ms, changed_mono_ms;
};
#define VIEW_BUCKETS 256

struct reply {
    struct reply *next;
    struct frame *frame;
};

struct request { /* of a connection that speaks HTTP, while one is under way */
    const struct serve_route *route;
    char path[256], query[512], content_type[128], webhook_id[128], webhook_timestamp[32],
        webhook_signature[512];
    struct buf body;
    size_t length;
    bool is_dispatched, is_weighed; /* length counts in n_body_bytes */
};

enum conn_kind { CONN_HTTP, CONN_LIVE, CONN_CONTROL };
struct conn {
    struct serve *s;
    struct lws *wsi;
    struct conn *next, **back;
    enum conn_kind kind;
    uint32_t slot, generation;
    struct limit *limit;
    enum limit_class limit_class;
    struct serve_principal who;
    char peer[48];
    bool is_young; /* its TLS handshake is not known to be over */
    /* HTTP */
    struct request *request;
    struct buf out; /* head and dynamic body */
    struct slice page;
    size_t n_sent;
    bool is_head, closes, lingers, is_answered, was_counted;
    int64_t since_ms;
    /* live and control */
    struct buf in;
    struct watch *watches;
    struct reply *replies, **replies_end;
    unsigned n_replies;
    int64_t sent_ms, choked_ms; /* choked_ms 0 = nothing waits */
    double frame_tokens;
    int64_t frame_ms;
    int close_code;
    const char *close_reason;
    bool wants_beat, is_last;
};

struct serve {
    struct serve_options options;
    struct serve_hooks hooks;
    struct identity identity;
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct conn *conns;
    struct conn **slots;
    uint32_t *generations;
    uint32_t n_slots;
    struct limits limits;
    struct view *views[VIEW_BUCKETS];
    struct frame *beat;
    int64_t beat_mono_ms;
    uint64_t seq;
    struct serve_stats stats;
    lws_sorted_usec_list_t tick, coalesce;
    struct buf ca;
    char address[160], control_path[4200];
    size_t n_body_bytes; /* of the requests under way, answered or not */
    unsigned n_young;
    struct renewal *renewal; /* under way on another thread; NULL = none */
    int64_t swap_since_ms;   /* a new certificate waits since; 0 = none */
    atomic_bool is_stopping;
};

int64_t serve_mono_ms(void);

/* serve.c */
struct conn *conn_new(struct serve *s, struct lws *wsi, enum conn_kind kind);
void conn_free(struct conn *c);
struct conn *conn_of_ticket(const struct serve *s, struct serve_ticket t);
struct serve_ticket conn_ticket(const struct conn *c);
void conn_grown(struct conn *c); /* its handshake is over */
/* Signed in: counted as such.  false: too many of that address. */
bool conn_admit(struct conn *c, enum limit_class as);

/* renew.c */
void renew_step(struct serve *s, int64_t mono_ms);
void renew_drop(struct serve *s); /* when no other thread runs any more */
/* The new certificate has waited long: newcomers wait now, until no handshake is in flight. */
bool renew_is_urgent(const struct serve *s);

/* limits.c */
struct limit *limits_of(struct limits *l, struct lws *wsi, char peer[48]);
bool limits_allow(const struct limit *l, enum limit_class c);
bool limits_may_fail(struct limit *l,
                     int64_t mono_ms); /* false: too many wrong credentials lately */
void limits_failed(struct limit *l, int64_t mono_ms);
void limits_sweep(struct limits *l, int64_t mono_ms);
void limits_free(struct limits *l);
bool limits_is_loopback(const struct limit *l);

/* auth.c */
enum auth_way { AUTH_NONE, AUTH_BEARER, AUTH_COOKIE };
/* ERR_OK also for nobody (roles at most ROLE_LOOPBACK).  ERR_DENIED: a wrong credential.  ERR_BUSY:
 * too many of these. */
enum err auth_request(struct conn *c, struct serve_principal *out, enum auth_way *way);
enum auth_origin { ORIGIN_NONE, ORIGIN_OURS, ORIGIN_FOREIGN };
enum auth_origin auth_origin(struct conn *c);
bool header_copy(struct lws *wsi, enum lws_token_indexes token, char *out,
                 size_t max); /* false: absent or too long */

/* http.c */
int http_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n);
void request_free(struct conn *c);
/* The answer of an upgrade that is refused, written at once. */
int http_refuse_upgrade(struct conn *c, int status, const char *code, const char *detail);

/* http_check.c */
/* NULL when the request line and its headers are as they must be, else what is wrong with *status.
 */
const char *http_fault(struct conn *c, int *status);
bool http_has_body(struct conn *c);            /* or says so */
bool http_length(struct conn *c, size_t *out); /* false: Content-Length is not one number */
/* NULL when the body is JSON in UTF-8 that is sent as it is, else why it is 415. */
const char *http_body_fault(struct conn *c, const char *content_type);

/* page.c */
bool page_answer(struct conn *c, const char *path, bool is_get);
void http_head(struct buf *b, int status, const char *content_type, size_t n_body, const char *more,
               bool closes);

/* live.c */
int live_confirm_upgrade(struct conn *c);
int live_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n);
void live_close(struct conn *c, int code, const char *reason);
void live_tick(struct serve *s, int64_t mono_ms);
bool conn_queue_reply(struct conn *c, struct slice text);

/* view.c */
struct view *view_find(const struct serve *s, struct slice key);
enum err view_watch(struct conn *c, struct slice key);
void view_unwatch(struct conn *c, struct slice key);
void view_unwatch_all(struct conn *c);
/* The next frame that c lacks, with a reference; NULL when it has everything. */
struct frame *view_next_frame(struct conn *c);
void view_coalesced(struct serve *s);
void view_free_all(struct serve *s);

/* control.c */
enum err control_open(struct serve *s, char message[240]);
int control_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t n);
#endif
