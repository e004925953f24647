/* loop_message.h - what writer, net and work send to the loop's thread.
 *
 * Sent with box_tell_loop, which takes it over.  The loop takes what it keeps out of it (a wall, a
 * trend: their member becomes NULL) and frees the rest.  Messages of one thread arrive in order. */
#ifndef APP_LOOP_MESSAGE_H
#define APP_LOOP_MESSAGE_H
#include "app/box/job.h"
#include "app/box/wall_numbers.h"
#include "base/buf.h"

enum loop_message_kind {
    LOOP_ANSWER, /* job: committed or failed; tell whoever asked */
    LOOP_WALL,   /* wall */
    LOOP_TREND,  /* trend, seq, at_ms */
    LOOP_VIEW,   /* key, state, seq, at_ms: a queue or a case */
    LOOP_CALL,   /* call(ctx, m) runs on the loop; it owns ctx */
};

struct loop_message {
    enum loop_message_kind kind;
    uint64_t seq;
    int64_t at_ms;
    struct job *job;
    struct wall_numbers *wall;
    struct trend_numbers *trend;
    struct buf key, state;
    void (*call)(void *ctx, struct loop_message *m);
    void *ctx;
};

/* Empty, all pointers NULL.  NULL: no memory. */
struct loop_message *loop_message_new(enum loop_message_kind kind);
/* With everything in it but ctx; NULL is fine. */
void loop_message_free(struct loop_message *m);
#endif
