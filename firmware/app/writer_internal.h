/* writer_internal.h - the writer as its own files see it. */
#ifndef APP_WRITER_INTERNAL_H
#define APP_WRITER_INTERNAL_H
#include "app/writer.h"

#define WRITER_VIEW_EVERY_MS 100

struct writer {
    struct box *b;
    struct store_txn *txn;
    struct tables tables;
    struct arena arena;
    struct verdict *v;
    struct buf events, one;
    uint64_t first_seq, seq;
    uint32_t n_events;
    int64_t last_ms; /* of the newest event of this batch */
    bool has_puts, is_broken;
    struct policy *next_policy; /* adopted in this batch */
    struct wall_numbers *wall;
    int64_t queue_mono_ms, refresh_mono_ms;
    bool queue_is_dirty;
};

/* The next crossing of any case, INT64_MAX when there is none; through w->tables. */
void writer_next_timer(struct writer *w, int64_t *next_ms);
/* Compiles the document of a CMD_POLICY_ADOPT into w->next_policy; a faulty one refuses the item.
 */
enum err writer_adopt_policy(struct writer *w, struct job *j, struct job_item *item);
/* After the batch: w->next_policy comes into force, or is dropped. */
void writer_swap_policy(struct writer *w, bool is_adopted);
/* Hands w->wall over. */
void writer_post_wall(struct writer *w);
/* What changes by time alone: at work or not, the day, the trend's newest step. */
void writer_refresh(struct writer *w);
/* Queue heads at most every WRITER_VIEW_EVERY_MS, and a refresh every minute. */
void writer_push_views(struct writer *w, bool has_changed);
#endif
