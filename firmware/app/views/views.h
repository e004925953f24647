/* views.h - what screens show, read from the derived tables: numbers for the wall and the trend,
 * the head of a queue, one case.
 *
 * All but the two encoders of numbers read through a transaction of the caller's, and those that
 * take the box read the policy: on the writer's thread.  A damaged record is left out; the store
 * has told of it.  Texts are masked. */
#ifndef APP_VIEWS_H
#define APP_VIEWS_H
#include "app/box/box.h"

struct json_out;

/* From counters alone, however long the backlog is.  Inside a batch: as of its last event. */
enum err views_wall(struct box *b, struct store_txn *txn, uint64_t seq, int64_t now_ms,
                    struct wall_numbers *out);
enum err views_trend(struct store_txn *txn, int64_t now_ms, struct trend_numbers *out);
/* {"cases":{…},"order":[…],"more":…} of one team or of all ("*").  ERR_NOT_FOUND: no such team. */
enum err views_queue(struct box *b, struct store_txn *txn, const char *team, int limit,
                     struct buf *out);
/* One case with its lines (mentions, replies and notes, by id) and their "order".  ERR_NOT_FOUND:
 * no such case. */
enum err views_case(struct box *b, struct store_txn *txn, struct id id, struct buf *out);
/* The members that a queue shows of a case, into an open object. */
void views_encode_case(struct box *b, struct store_txn *txn, const struct case_rec *c,
                       struct json_out *o);
/* "sent", "failed" or "on_its_way". */
const char *views_sent_word(const struct reply_rec *r);
/* ERR_OK instead of ERR_CORRUPT: a view shows the rest. */
enum err views_leave_out_damaged(enum err e);

/* When the first clock of any case crosses next; INT64_MAX: none does. */
int64_t views_next_timer(const struct tables *t);

/* What the loop knows of a channel.  It is silent when nothing was heard for silent_after_min; 0 =
 * it may be silent for ever.  since_ms: when its state last changed. */
struct wall_channel {
    char name[40];
    int64_t heard_ms, since_ms;
    int silent_after_min;
    bool is_down;
};

/* What the wall shows beside the writer's numbers: agents, channels, and a fault by its word (NULL
 * = healthy). */
struct wall_extra {
    int available, busy, away;
    const struct wall_channel *channels;
    size_t n_channels;
    bool is_demo;
    const char *fault;
};

/* The states of the views "wall" and "trend", as JSON objects. */
void views_encode_wall(const struct wall_numbers *w, const struct wall_extra *x, int64_t now_ms,
                       struct buf *out);
void views_encode_trend(const struct trend_numbers *t, struct buf *out);
#endif
