/* writer_state.h - what the writer's own files share: the batch that is open, and what waits for
 * the next one.  All of it belongs to the writer's thread; nobody else includes this.
 *
 * Within a batch `tables` and `seq` already hold what its earlier commands did, so that command k
 * is decided after 1 .. k-1 were applied.  Nothing of it is told before the commit. */
#ifndef APP_WRITER_STATE_H
#define APP_WRITER_STATE_H
#include "app/writer/refusals.h"
#include "app/writer/writer.h"

/* The views of queues and cases change at most this often. */
#define WRITER_VIEW_EVERY_MS 100

struct writer {
    struct box *b;
    struct refusals *refusals;

    /* The open batch.  txn and tables are valid from its begin to its end; the arena is emptied
     * with each batch, the verdict with each command. */
    struct store_txn *txn;
    struct tables tables;
    struct arena arena;
    struct verdict *v;
    /* The batch's events as they are kept, and the one that is being encoded. */
    struct buf events, one;
    uint64_t first_seq, seq;
    uint32_t n_events;
    /* Of its newest event: no command of it is decided before. */
    int64_t last_ms;
    /* It changes the store without an event: texts, secrets, trimming. */
    bool has_puts;
    /* The disk failed: the environment is opened anew before the next batch. */
    bool is_broken;

    /* A policy on its way: compiled for the adoption that is being decided, then adopted in this
     * batch, and its rules hold for the commands after it. */
    struct policy *compiled, *next_policy;
    /* Running clocks are, or may be, on their way under new hours; the next step is not before. */
    bool is_recomputing;
    int64_t recompute_mono_ms;

    /* For the loop: the wall as of this batch; NULL when it is sent, or could not be counted. */
    struct wall_numbers *wall;
    int64_t queue_mono_ms, refresh_mono_ms; /* when each was sent last */
    bool queue_is_dirty;
    /* Jobs that a failing disk did not keep and stderr was not told of yet; when it was told. */
    size_t n_lost;
    int64_t told_mono_ms;
};
#endif
