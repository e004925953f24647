/* view.h - the state of each watched view, its frames, and what each watcher still lacks.
 *
 * Invariants:
 *  1. a view exists while somebody watches it: the last unwatch frees it and tells the hook;
 *  2. `version` counts changes, `seq` is the newest event in the state; a watcher that has version
 *     - 1 gets `patch`, everybody else `full`: full + patches = a fresh full at that seq;
 *  3. at most one change a view and coalesce_ms: what comes sooner waits in `pending`, the newest
 *     state only. */
#ifndef SERVE_VIEW_H
#define SERVE_VIEW_H
#include "base/buf.h"
#include "base/err.h"
#include "serve/frame.h"

struct cJSON;
struct conn;
struct serve;

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
    /* The newest state while the last one is younger than coalesce_ms. */
    struct buf pending;
    uint64_t pending_seq;
    int64_t pending_at_ms, changed_mono_ms;
};

enum err view_watch(struct conn *c, struct slice key); /* ERR_BUSY: 32 already; ERR_NO_MEMORY */
void view_unwatch(struct conn *c, struct slice key);   /* not watched is fine */
void view_unwatch_all(struct conn *c);
/* The next frame that c lacks, with a reference; NULL when it has everything. */
struct frame *view_next_frame(struct conn *c);
void view_free_all(struct serve *s);
#endif
