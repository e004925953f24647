/* server.h - the one struct of a running serve; the loop's thread only, but for is_stopping.
 *
 * Serve's files stand on each other in this order, and call only downwards: frame, limits,
 * identity; view; conn; renew; http_check; auth, page; http; live; control; serve. */
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H
#include "base/buf.h"
#include "serve/conn.h"
#include "serve/identity.h"
#include "serve/limits.h"
#include "serve/serve.h"
#include "serve/view.h"
#include <libwebsockets.h>
#include <stdatomic.h>

#define VIEW_BUCKETS 256
#define LIVE_FRAME_MAX 65536 /* bytes of a frame from a client */
#define ANSWER_WAIT_MS 30000 /* then 503, though what was asked may still be done */
#define SILENCE_MS 2000      /* then a beat, so that pages can tell a dead box */
/* From the first byte of a request to the last of its body. */
#define REQUEST_MAX_MS 60000
/* Something to send and never writable: cut. */
#define LAGGARD_MS 30000
/* All bodies together: a disk that hangs must not fill the memory. */
#define BODIES_MAX (32u << 20)

struct frame;
struct renewal;

struct serve {
    struct serve_options options;
    struct serve_hooks hooks;
    struct identity identity;
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct conn *conns;
    int port; /* that is listened on */
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
#endif
