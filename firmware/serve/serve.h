/* serve.h - the one TLS port: identity, HTTP, live views, and the control socket; all on the loop's
 * thread.
 *
 * Refusals before a hook is asked: 400 malformed (Host, Content-Length, upgrade without
 * atalaya.v1), 401, 403 foreign Origin or role, 404, 405, 411 Transfer-Encoding or no length, 413,
 * 415, 426, 429, 505.  Live frames: 1002 protocol, 1003 binary, 1007 not UTF-8 or not JSON, 1008
 * too many frames, 1009 over 64 KiB, 4401 revoked; a JSON object that asks for nothing known is
 * answered {"refused":{...}} and the socket stays open.
 *
 * serve knows protocols, not the product: who somebody is, what a request does and what a view
 * holds are asked of the hooks.  Hooks run on the loop's thread and never wait.  What takes time is
 * answered later through a ticket.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H
#include "base/err.h"
#include "base/id.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

struct serve;
struct cJSON;
struct json_out;

enum serve_role { /* bits; a set, not an order */
                  ROLE_NONE = 0,
                  ROLE_SOURCE = 1,
                  ROLE_METRICS = 2,
                  ROLE_DISPLAY = 4,
                  ROLE_AGENT = 8,
                  ROLE_LEAD = 16,
                  ROLE_LOOPBACK =
                      32, /* added by serve when the peer is on the loopback interface */
};

struct serve_principal {
    struct id id; /* device or person; none = nobody */
    unsigned roles;
    char name[64];
};

/* Who waits for an answer.  A connection that has gone makes the ticket dead: answering it is
 * harmless. */
struct serve_ticket {
    uint32_t slot, generation;
};

struct serve_request {
    struct serve_ticket ticket;
    struct serve_principal who;
    struct slice path, query, content_type, body; /* valid during the hook */
    /* Standard Webhooks headers, empty when absent. */
    struct slice webhook_id, webhook_timestamp, webhook_signature;
    char peer[48];
};

struct serve_answer {
    int status;
    const char *content_type; /* NULL = application/json */
    struct slice body;        /* copied */
    int retry_after_s;        /* 0 = no header */
    const char
        *set_cookie; /* the credential to store in the __Host- cookie; NULL = none; "" = clear it */
    const char *disposition; /* file name of a download, or NULL */
};

struct serve_route {
    const char *method, *path; /* exact path */
    unsigned roles;            /* any of these; ROLE_NONE = no credential needed */
    uint32_t body_max_bytes;
    /* Must answer now, or keep the ticket and answer within 30 s (serve then answers 503). */
    void (*handle)(void *ctx, const struct serve_request *r);
    bool signed_body; /* serve lets it through without a role when the webhook headers are there:
                         the hook verifies */
};

struct serve_hooks {
    void *ctx;
    const struct serve_route *routes; /* ends with method == NULL */
    int64_t (*now_ms)(void *ctx);
    /* Looks `credential` (from Authorization: Bearer, or the cookie) up in memory; ERR_DENIED when
     * unknown. */
    enum err (*authenticate)(void *ctx, struct slice credential, struct serve_principal *out);
    /* May `who` watch what `frame` names, e.g. {"watch":"queue","team":"*","limit":50}?  Writes the
     * view's canonical key, whose members stand in every frame of it:
     * {"view":"queue","team":"*","limit":50}.  ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID, ERR_RANGE
     * (limit). */
    enum err (*watch)(void *ctx, const struct serve_principal *who, const struct cJSON *frame,
                      struct json_out *key);
    void (*watched)(void *ctx,
                    struct slice key); /* a first watcher has come: publish the view's state soon */
    void (*unwatched)(void *ctx, struct slice key); /* the last watcher of this key has gone */
    /* A {"do":...} frame, parsed and byte for byte; answered with serve_reply, at once or later. */
    void (*command)(void *ctx, struct serve_ticket t, const struct serve_principal *who,
                    const struct cJSON *frame, struct slice bytes);
    /* A line of the control socket (root or the box's user); answered with serve_reply; the last
     * reply closes. */
    void (*control)(void *ctx, struct serve_ticket t, const struct cJSON *line);
    /* Runs `run(arg)` on a thread that may wait for the disk.  ERR_BUSY: not now.  NULL: it is run
     * at once, on the loop. */
    enum err (*later)(void *ctx, void (*run)(void *arg), void *arg);
    void (*wake)(void *ctx); /* after serve_wake, on the loop */
    void (*tick)(void *ctx); /* four times a second, on the loop */
    /* A live socket of `who` has opened (true) or closed (false): presence. */
    void (*presence)(void *ctx, const struct serve_principal *who, bool is_open);
};

struct serve_options {
    const char *dir;                  /* identity/ and control live here */
    const char *listen;               /* NULL = all addresses; "127.0.0.1" for --demo */
    int port;                         /* 0 = any free one: serve_port tells */
    const char *cert_path, *key_path; /* bring your own; NULL = own CA */
    const char *const *names;         /* further names of the box, NULL-terminated; may be NULL */
    int coalesce_ms;                  /* 0 = every change at once (benchmarks); 100 otherwise */
};

enum err serve_open(const struct serve_options *o, const struct serve_hooks *hooks,
                    struct serve **out, char message[240]);
void serve_close(struct serve *s);
int serve_port(const struct serve *s);
/* "https://192.168.1.20:8443", static for the life of s. */
const char *serve_address(const struct serve *s);
/* Runs until serve_stop.  The calling thread is the loop. */
enum err serve_run(struct serve *s);
void serve_stop(struct serve *s); /* any thread, and from a signal's self-pipe */
void serve_wake(struct serve *s); /* any thread: hooks.wake runs soon on the loop */

/* Loop thread only from here on. */
void serve_respond(struct serve *s, struct serve_ticket t, const struct serve_answer *a);
/* RFC 9457: type, title, status, detail, plus "code", and "pointer" when not NULL.  429 and 503
 * carry Retry-After. */
void serve_problem(struct serve *s, struct serve_ticket t, int status, const char *code,
                   const char *detail, const char *pointer);
/* One JSON text to a live socket, one line to a control connection; is_last closes a control
 * connection. */
void serve_reply(struct serve *s, struct serve_ticket t, struct slice json, bool is_last);
/* Answers of serve_reply that wait to be written, at most 256; -1: whoever asked has gone.  One
 * more is dropped: who has much to say looks first. */
int serve_backlog(const struct serve *s, struct serve_ticket t);
/* The new whole state of a view: serve diffs it against the last one, encodes each frame once, and
 * sends what each watcher lacks.  `state` is a JSON object text without the envelope.  Unwatched
 * keys are dropped. */
void serve_publish(struct serve *s, struct slice key, uint64_t seq, int64_t at_ms,
                   struct slice state);
bool serve_is_watched(const struct serve *s, struct slice key);
/* Closes every live socket of this principal with 4401. */
void serve_drop(struct serve *s, struct id principal);
/* The authority's certificate (PEM) for download; empty with brought certificates.  Valid for the
 * life of s. */
struct slice serve_ca(const struct serve *s);
/* Would serve_open take this certificate and key?  Needs no serve.  ERR_INVALID, ERR_NOT_FOUND, …:
 * the message says why not. */
enum err serve_certificate_fits(const char *cert_path, const char *key_path, char message[240]);
const char *serve_fingerprint(const struct serve *s); /* SHA-256, hexadecimal */

struct serve_stats {
    uint64_t n_connections, n_handshakes, n_handshake_failures, n_requests, n_frames_out,
        n_frames_in;
    uint64_t n_laggards_cut, n_bytes_out, n_refused;
    uint32_t n_live, n_open;
    int64_t certificate_ends_ms;
};
struct serve_stats serve_stats_now(const struct serve *s);
#endif
