/* conn.h - the table of connections.
 *
 * A conn's life: made when the library takes a client or the control socket accepts, freed when the
 * library destroys its wsi, and only then: whoever wants it gone asks the library to close.  Only
 * the loop's thread holds a pointer, and never across a callback; whoever answers later holds a
 * ticket (slot and generation), which is dead when the connection has gone or, over HTTP, when its
 * request was answered. */
#ifndef SERVE_CONN_H
#define SERVE_CONN_H
#include "base/buf.h"
#include "serve/limits.h"
#include "serve/serve.h"
#include <libwebsockets.h>

#define REPLIES_MAX 256

struct frame;
struct watch;

struct reply {
    struct reply *next;
    struct frame *frame;
};

/* Of a connection that speaks HTTP, while one is under way. */
struct request {
    const struct serve_route *route;
    char path[256], query[512], content_type[128], webhook_id[128], webhook_timestamp[32],
        webhook_signature[512];
    struct buf body;
    size_t length;
    bool is_dispatched;
    bool is_weighed; /* length counts in n_body_bytes */
};

/* What is spoken: HTTP until an upgrade, then live; control over the Unix socket. */
enum conn_kind { CONN_HTTP, CONN_LIVE, CONN_CONTROL };
/* The part of HTTP, and that of live and control, are empty while the other is spoken. */
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
    int64_t sent_ms;   /* monotonic, of the last frame */
    int64_t choked_ms; /* monotonic, since when something waits; 0 = nothing */
    double frame_tokens;
    int64_t frame_ms;
    int close_code;
    const char *close_reason;
    bool wants_beat, is_last;
};

/* Registered with wsi as its opaque data; NULL: no memory. */
struct conn *conn_new(struct serve *s, struct lws *wsi, enum conn_kind kind);
void conn_free(struct conn *c);
struct conn *conn_of_ticket(const struct serve *s, struct serve_ticket t); /* NULL: dead */
struct serve_ticket conn_ticket(const struct conn *c);
void conn_grown(struct conn *c); /* its handshake is over */
/* Signed in: counted as such.  false: too many of that address. */
bool conn_admit(struct conn *c, enum limit_class as);
/* One more frame behind those that wait.  false: REPLIES_MAX wait already, or no memory. */
bool conn_queue_reply(struct conn *c, struct slice text);
struct reply *conn_next_reply(struct conn *c); /* the caller's, with its frame; NULL: none waits */
void request_free(struct conn *c);             /* no request is fine */
/* The first slots of a new table; false: no memory. */
bool conn_table_grow(struct serve *s);
#endif
