/* views.h - what screens show, read from the derived tables: numbers for the wall and the trend,
 * the head of a queue. */
#ifndef APP_VIEWS_H
#define APP_VIEWS_H
#include "app/box/box.h"

struct json_out;

enum err views_wall(struct box *b, struct store_txn *txn, uint64_t seq, int64_t now_ms,
                    struct wall_numbers *out);
enum err views_trend(struct store_txn *txn, int64_t now_ms, struct trend_numbers *out);
/* {"cases":{…},"order":[…],"more":…} of one team or of all ("*").  ERR_NOT_FOUND: no such team. */
enum err views_queue(struct box *b, struct store_txn *txn, const char *team, int limit,
                     struct buf *out);

/* One case with its lines (mentions, replies and notes, masked, by id) and their "order".
 * ERR_NOT_FOUND: no such case. */
enum err views_case(struct box *b, struct store_txn *txn, struct id id, struct buf *out);
/* The members that a queue shows of a case, into an open object. */
void views_encode_case(struct box *b, struct store_txn *txn, const struct case_rec *c,
                       struct json_out *o);
const char *views_sent_word(const struct reply_rec *r); /* "sent", "failed", "on_its_way" */
/* A damaged record is the store's fault to tell; a view shows the rest. */
enum err views_leave_out_damaged(enum err e);

/* When the first clock of any case crosses next; INT64_MAX: none does. */
int64_t views_next_timer(const struct tables *t);

struct wall_channel { /* what the loop knows of a channel */
    char name[40];
    int64_t heard_ms, since_ms;
    int silent_after_min;
    bool is_down;
};
struct wall_extra {
    int available, busy, away;
    const struct wall_channel *channels;
    size_t n_channels;
    bool is_demo;
    const char *fault; /* NULL = healthy */
};
void views_encode_wall(const struct wall_numbers *w, const struct wall_extra *x, int64_t now_ms,
                       struct buf *out);
void views_encode_trend(const struct trend_numbers *t, struct buf *out);
#endif
