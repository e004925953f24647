/* writer_internal.h - the writer as its own files see it. */
#ifndef APP_WRITER_INTERNAL_H
#define APP_WRITER_INTERNAL_H
#include "app/writer/refusals.h"
#include "app/writer/writer.h"

#define WRITER_VIEW_EVERY_MS 100

struct writer {
    struct refusals *refusals;
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
    struct policy *compiled; /* of the adoption that is being decided */
    struct policy
        *next_policy;          /* adopted in this batch; its rules hold for the commands after it */
    bool is_recomputing;       /* running clocks are, or may be, on their way under new hours */
    int64_t recompute_mono_ms; /* not before this */
    struct wall_numbers *wall;
    int64_t queue_mono_ms, refresh_mono_ms;
    bool queue_is_dirty;
    size_t n_lost; /* jobs that a failing disk did not keep and nobody was told of on stderr */
    int64_t told_mono_ms;
};

/* Fills in what the rules need from the vault: for a reply the customer's name and the open ticket,
 * for an edit whether it says anything new. */
enum err writer_load_texts(struct writer *w, struct job_item *item, int64_t now_ms);
/* After apply: texts, names and secrets into the vault, under the ids and seqs of w->v. */
enum err writer_put_texts(struct writer *w, const struct job_item *item);
enum err writer_forget_text(void *writer, struct slice key); /* absent is fine */
/* Before apply takes the cases away that point to them. */
enum err writer_forget_dropped(struct writer *w);
/* Compiles and numbers the document of a CMD_POLICY_ADOPT for decide; a faulty one refuses the
 * item. */
enum err writer_adopt_policy(struct writer *w, struct job *j, struct job_item *item);
/* It is decided: what follows in the batch goes by it. */
void writer_decided_policy(struct writer *w);
/* After the batch: the policy comes into force, or is dropped. */
void writer_swap_policy(struct writer *w, bool is_adopted);
/* Is a pass of CMD_RECOMPUTE to be gone on with?  At the start, and after each step, with what came
 * of it: a failed one is tried again after a second. */
void writer_look_for_recompute(struct writer *w, enum err last);
bool writer_is_recomputing(const struct writer *w);
/* The next step, behind the n jobs that wait, in the same commit; there is room.  Returns how many
 * there are then. */
size_t writer_add_recompute(struct writer *w, struct job **jobs, size_t n);
/* Hands w->wall over. */
void writer_send_wall(struct writer *w);
/* What changes by time alone: at work or not, the day, the trend's newest step. */
void writer_refresh(struct writer *w);
/* Queue heads at most every WRITER_VIEW_EVERY_MS, and a refresh every minute. */
void writer_push_views(struct writer *w, bool has_changed);
#endif
