/* writer.c - batches; the header says what one promises. */
#include "app/writer/writer.h"
#include "app/views/views.h"
#include "app/writer/writer_policy.h"
#include "app/writer/writer_state.h"
#include "app/writer/writer_texts.h"
#include "app/writer/writer_views.h"
#include "base/log.h"
#include "base/pack.h"
#include "core/record/apply.h"
#include <stdlib.h>
#include <string.h>

#define BARRIER_MS 5000
#define TELL_EVERY_MS 10000

struct writer *writer_new(struct box *b)
{
    struct writer *w = calloc(1, sizeof *w);
    if (w == NULL || (w->v = calloc(1, sizeof *w->v)) == NULL) {
        free(w);
        return NULL;
    }
    w->b = b;
    w->refusals = refusals_new();
    arena_init(&w->arena, 0);
    buf_init(&w->events, 0);
    buf_init(&w->one, 0);
    return w;
}

void writer_free(struct writer *w)
{
    if (w == NULL)
        return;
    arena_fini(&w->arena);
    buf_fini(&w->events);
    buf_fini(&w->one);
    refusals_free(w->refusals);
    free(w->v);
    free(w);
}

/* What the work thread wants besides the events. */
static enum err run_wishes(struct writer *w, const struct job *j)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < j->n_forget && e == ERR_OK; i++)
        e = writer_forget_text(w, j->forget[i]);
    w->has_puts = w->has_puts || j->n_forget > 0 || j->trim_seq > 0;
    for (unsigned n_dropped = 1; e == ERR_OK && j->trim_seq > 0 && n_dropped > 0;)
        e = store_trim(w->txn, j->trim_seq, 1000, &n_dropped);
    return e;
}

static enum err apply_events(struct writer *w)
{
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *e = &w->v->events[i];
        buf_clear(&w->one);
        event_encode(&w->one, e);
        if (w->one.err != ERR_OK)
            return w->one.err;
        enum err err = apply_event(&w->tables, w->seq + 1, e);
        if (err != ERR_OK)
            return err;
        pack_bytes(&w->events, buf_slice(&w->one));
        w->seq++;
        w->n_events++;
        w->last_ms = e->at_ms > w->last_ms ? e->at_ms : w->last_ms;
    }
    return w->events.err;
}

static void take_outcome(struct writer *w, struct job *j, struct job_item *item)
{
    const struct verdict *v = w->v;
    item->outcome = v->refusal != REFUSAL_NONE ? JOB_REFUSED
                    : v->is_duplicate          ? JOB_DUPLICATE
                                               : JOB_ACCEPTED;
    item->refusal = v->refusal;
    item->is_repeat = v->is_duplicate;
    item->seq = v->seq != 0 ? v->seq : w->seq;
    item->mention = v->mention;
    item->kase = v->kase;
    item->reply = v->reply;
    item->offer = arena_alloc(&j->arena, v->n_offer * sizeof *item->offer);
    item->n_offer = item->offer != NULL ? v->n_offer : 0;
    for (size_t i = 0; i < item->n_offer; i++)
        item->offer[i] = arena_copy(&j->arena, v->offer[i]);
    if (v->refusal != REFUSAL_NONE) {
        item->detail = job_text(j, "%s", v->message);
        item->hint = job_text(j, "%s", v->hint);
        item->gate = v->gate[0] != '\0' ? job_text(j, "%s", v->gate) : NULL;
        if (item->is_repeat)
            refusals_repeat(w->refusals, j, item);
    }
}

static enum err run_item(struct writer *w, struct job *j, struct job_item *item)
{
    enum err e = ERR_OK;
    if (item->is_bad) {
        item->outcome = JOB_REFUSED;
        return ERR_OK;
    }
    if (item->command.type == CMD_POLICY_ADOPT) {
        e = writer_adopt_policy(w, j, item);
        if (e != ERR_OK || item->outcome == JOB_REFUSED)
            return e;
    }
    int64_t now_ms = j->now_ms != 0 ? j->now_ms : box_now_ms(w->b);
    if (now_ms < w->last_ms)
        now_ms = w->last_ms;
    e = writer_load_texts(w, item, now_ms);
    if (e == ERR_OK)
        e = decide(&w->b->rules, &w->tables, &item->command, now_ms, &w->arena, w->v);
    if (e == ERR_OK)
        e = writer_forget_dropped(w);
    if (e == ERR_OK)
        e = apply_events(w);
    if (e == ERR_OK)
        e = writer_put_texts(w, item);
    if (e == ERR_OK && item->command.type == CMD_POLICY_ADOPT)
        writer_decided_policy(w);
    if (e == ERR_OK)
        take_outcome(w, j, item);
    return e;
}

static enum err run_jobs(struct writer *w, struct job **jobs, size_t n)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < n && e == ERR_OK; i++) {
        for (size_t k = 0; k < jobs[i]->n && e == ERR_OK; k++)
            e = run_item(w, jobs[i], &jobs[i]->items[k]);
        if (e == ERR_OK)
            e = run_wishes(w, jobs[i]);
    }
    return e;
}

static void reopen(struct writer *w)
{
    if (w->is_broken && store_reopen(w->b->store, BARRIER_MS) == ERR_OK)
        w->is_broken = false;
}

static enum err begin_batch(struct writer *w)
{
    reopen(w);
    buf_clear(&w->events);
    arena_reset(&w->arena);
    w->n_events = 0;
    w->has_puts = false;
    w->last_ms = atomic_load(&w->b->last_event_ms);
    enum err e = store_begin(w->b->store, &w->txn);
    if (e != ERR_OK)
        return e;
    w->tables = store_tables(w->txn);
    e = store_last_seq(w->txn, &w->seq);
    w->first_seq = w->seq + 1;
    if (e != ERR_OK)
        store_abort(w->txn);
    return e;
}

static enum err commit_batch(struct writer *w)
{
    int64_t next_ms;
    struct store_batch batch = {.first_seq = w->first_seq,
                                .n_events = w->n_events,
                                .at_ms = w->last_ms,
                                .box = store_box_id(w->b->store),
                                .events = buf_slice(&w->events)};
    if (w->n_events == 0 && !w->has_puts) {
        store_abort(w->txn);
        return ERR_OK;
    }
    enum err e = w->n_events > 0 ? store_append(w->txn, &batch) : ERR_OK;
    if (w->wall != NULL && e == ERR_OK &&
        views_wall(w->b, w->txn, w->seq, w->last_ms, w->wall) != ERR_OK) {
        free(w->wall);
        w->wall = NULL;
    }
    next_ms = views_next_timer(&w->tables);
    if (e != ERR_OK) {
        store_abort(w->txn);
        return e;
    }
    e = store_commit(w->txn);
    if (e != ERR_OK)
        return e;
    atomic_store(&w->b->last_event_ms, w->last_ms);
    atomic_store(&w->b->last_seq, w->seq);
    atomic_store(&w->b->next_timer_ms, next_ms);
    atomic_fetch_add(&w->b->n_batches, 1);
    return ERR_OK;
}

static enum err try_batch(struct writer *w, struct job **jobs, size_t n, bool *has_failed_early)
{
    *has_failed_early = false;
    enum err e = begin_batch(w);
    if (e == ERR_OK) {
        e = run_jobs(w, jobs, n);
        if (e != ERR_OK) {
            store_abort(w->txn);
            *has_failed_early = true;
        } else {
            e = commit_batch(w);
        }
    }
    writer_swap_policy(w, e == ERR_OK);
    if (e == ERR_IO || e == ERR_FULL || e == ERR_READ_ONLY)
        w->is_broken = true;
    for (size_t i = 0; i < n; i++) {
        jobs[i]->error = e;
        jobs[i]->seq = w->seq;
    }
    return e;
}

static void compact(struct writer *w, struct job **jobs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (jobs[i]->compacts && jobs[i]->error == ERR_OK)
            jobs[i]->error = store_compact(w->b->store, BARRIER_MS);
}

static void log_not_kept(struct writer *w, size_t n)
{
    int64_t mono_ms = mono_now_ms();
    w->n_lost += n;
    if (w->told_mono_ms != 0 && mono_ms - w->told_mono_ms < TELL_EVERY_MS)
        return;
    log_error("store: %zu jobs were lost: %s", w->n_lost, store_fault_now(w->b->store).what);
    w->told_mono_ms = mono_ms;
    w->n_lost = 0;
}

void writer_batch(struct writer *w, struct job **jobs, size_t n)
{
    bool has_failed_early;
    enum err e = try_batch(w, jobs, n, &has_failed_early);
    compact(w, jobs, n);
    if (e == ERR_OK)
        return;
    log_not_kept(w, n);
    if (!has_failed_early || n == 1 || w->is_broken)
        return;
    for (size_t i = 0; i < n; i++)
        (void)try_batch(w, &jobs[i], 1, &has_failed_early);
}

static void count_items(struct writer *w, const struct job *j)
{
    for (size_t i = 0; i < j->n; i++) {
        const struct job_item *item = &j->items[i];
        atomic_fetch_add(&w->b->n_commands, 1);
        if (j->error == ERR_OK && item->outcome == JOB_REFUSED)
            atomic_fetch_add(&w->b->n_refused, 1);
        if (j->error == ERR_OK && item->outcome == JOB_ACCEPTED && !item->is_bad &&
            item->command.type == CMD_MENTION)
            atomic_fetch_add(&w->b->n_mentions, 1);
    }
}

static void answer_jobs(struct writer *w, struct job **jobs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        count_items(w, jobs[i]);
        refusals_keep(w->refusals, jobs[i]);
        for (size_t k = 0; k < jobs[i]->n; k++)
            if (!jobs[i]->items[k].is_bad && jobs[i]->items[k].command.type == CMD_TIMERS)
                atomic_store(&w->b->timers_asked, false);
        if (jobs[i]->answer == JOB_WAITED) {
            (void)mailbox_put(jobs[i]->waits, jobs[i]);
            continue;
        }
        struct loop_message *m =
            jobs[i]->answer != JOB_NOBODY ? loop_message_new(LOOP_ANSWER) : NULL;
        if (m == NULL) {
            job_free(jobs[i]);
            continue;
        }
        m->job = jobs[i];
        box_tell_loop(w->b, m);
    }
}

/* While nobody asks for anything: is the cause gone?  Readers get their environment back in any
 * case. */
static void mend(struct writer *w)
{
    enum err code = store_fault_now(w->b->store).code;
    reopen(w);
    if (w->is_broken || code == ERR_OK || code == ERR_CORRUPT)
        return;
    w->is_broken = store_probe(w->b->store) != ERR_OK;
    reopen(w);
}

/* How many of the jobs make one batch: memory and the wait of whoever comes next stay bounded. */
static size_t count_for_batch(struct job *const *jobs, size_t n)
{
    size_t n_items = jobs[0]->n, m = 1;
    while (m < n && n_items + jobs[m]->n <= WRITER_ITEMS_MAX)
        n_items += jobs[m++]->n;
    return m;
}

static void run_batch(struct writer *w, struct job **jobs, size_t n)
{
    uint64_t before = atomic_load(&w->b->last_seq);
    w->wall = calloc(1, sizeof *w->wall);
    writer_batch(w, jobs, n);
    if (w->is_recomputing)
        writer_look_for_recompute(w, jobs[n - 1]->error);
    bool has_changed = atomic_load(&w->b->last_seq) != before;
    if (has_changed && w->wall != NULL)
        writer_send_wall(w);
    free(w->wall);
    w->wall = NULL;
    answer_jobs(w, jobs, n);
    reopen(w);
    writer_push_views(w, has_changed);
}

void *writer_main(void *writer)
{
    struct writer *w = writer;
    struct job *jobs[WRITER_BATCH_MAX + 1];
    void *items[WRITER_BATCH_MAX];
    writer_refresh(w);
    writer_look_for_recompute(w, ERR_OK);
    for (;;) {
        size_t n = mailbox_take(w->b->to_writer, items, WRITER_BATCH_MAX,
                                writer_is_recomputing(w) ? 0
                                : w->queue_is_dirty      ? WRITER_VIEW_EVERY_MS
                                                         : 1000);
        if (n == 0)
            mend(w);
        for (size_t i = 0; i < n; i++)
            jobs[i] = items[i];
        n = writer_add_recompute(w, jobs, n);
        if (n == 0)
            writer_push_views(w, false);
        for (size_t at = 0, m; at < n; at += m) {
            m = count_for_batch(jobs + at, n - at);
            run_batch(w, jobs + at, m);
        }
        if (atomic_load(&w->b->is_stopping) && mailbox_count(w->b->to_writer) == 0)
            break;
    }
    atomic_store(&w->b->writer_has_ended, true);
    return NULL;
}

static void decide_here(void *writer, struct job **jobs, size_t n)
{
    writer_batch(writer, jobs, n);
}

void writer_decides_here(struct writer *w)
{
    w->b->decide_here = decide_here;
    w->b->decider = w;
}
