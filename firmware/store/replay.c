/* replay.c - see the header. */
#include "store/replay.h"
#include "base/log.h"
#include "base/pack.h"
#include "core/record/apply.h"
#include "store/checkpoint.h"
#include "store/env.h"

#define BATCHES_A_TURN 200

/* Checkpoints are passed from newest to oldest; retention keeps two. */
#define CHECKPOINTS_KEPT 2

struct start {
    struct checkpoint_head found[CHECKPOINTS_KEPT];
    size_t n;
    bool has_beginning; /* the journal was never trimmed */
};

static enum err look_at_journal(struct store *from, struct start *s, uint64_t *last)
{
    struct store_txn *txn;
    struct store_batch batch;
    enum err e = store_read(from, &txn);
    if (e != ERR_OK)
        return e;
    e = store_last_seq(txn, last);
    enum err found = e == ERR_OK ? store_batch_at(txn, 1, &batch) : e;
    s->has_beginning = found == ERR_OK ? batch.first_seq == 1 : *last == 0;
    store_read_end(txn);
    return e != ERR_OK || found == ERR_NOT_FOUND ? e : found;
}

bool replay_has_beginning(struct store *s)
{
    struct start at = {.n = 0};
    uint64_t last = 0;
    return look_at_journal(s, &at, &last) == ERR_OK && at.has_beginning;
}

static void look_at_checkpoints(const char *dir, uint64_t last, struct start *s)
{
    char path[4400];
    uint64_t seqs[CHECKPOINTS_KEPT];
    seqs[0] = checkpoint_newest(dir, &seqs[1]);
    for (size_t i = 0; i < CHECKPOINTS_KEPT; i++) {
        struct checkpoint_head head;
        if (seqs[i] == 0)
            continue;
        checkpoint_path(dir, seqs[i], path);
        enum err e = checkpoint_check(path, &head);
        if (e == ERR_OK && head.seq <= last)
            s->found[s->n++] = head;
        else
            log_warn("store: %s is not used: %s", path,
                     e == ERR_OK ? "the journal does not reach it" : err_word(e));
    }
}

static enum err load(const char *dir, uint64_t chosen, struct store *to, uint64_t *seq)
{
    char path[4400];
    checkpoint_path(dir, chosen, path);
    return checkpoint_load(path, to, seq);
}

enum err replay_start(struct store *from, struct store *to, uint64_t *seq)
{
    struct start s = {.n = 0};
    uint64_t last = 0;
    *seq = 0;
    enum err e = look_at_journal(from, &s, &last);
    if (e != ERR_OK)
        return e;
    look_at_checkpoints(from->dir, last, &s);
    for (size_t i = 0; i < s.n; i++)
        if (s.found[i].apply_version == APPLY_VERSION)
            return load(from->dir, s.found[i].seq, to, seq);
    if (s.has_beginning)
        return ERR_OK;
    if (s.n == 0)
        return ERR_CORRUPT;
    log_info("store: up to event %llu the tables stay as an older version made them: the journal "
             "no longer holds what lies before",
             (unsigned long long)s.found[0].seq);
    return load(from->dir, s.found[0].seq, to, seq);
}

enum err replay_some(struct store_txn *in, struct store *to, maintain_apply apply, uint64_t *seq,
                     bool *is_done, struct maintain_diff *out)
{
    struct store_txn *txn;
    struct store_batch batch;
    enum err e = store_begin(to, &txn);
    if (e != ERR_OK)
        return e;
    struct tables t = store_tables(txn);
    for (int i = 0; i < BATCHES_A_TURN && e == ERR_OK && !*is_done; i++) {
        e = store_batch_at(in, *seq + 1, &batch);
        if (e == ERR_NOT_FOUND) {
            *is_done = true;
            e = ERR_OK;
            break;
        }
        if (e == ERR_OK && batch.first_seq != *seq + 1)
            e = ERR_CORRUPT;
        struct unpack u = unpack_of(batch.events);
        for (uint32_t k = 0; k < batch.n_events && e == ERR_OK; k++) {
            struct slice event = unpack_bytes(&u);
            e = u.bad ? ERR_CORRUPT : apply(&t, ++*seq, event);
            out->n_events++;
        }
    }
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

enum err replay_all(struct store *from, struct store *to, maintain_apply apply, uint64_t *seq,
                    struct maintain_diff *out)
{
    bool is_done = false;
    enum err e = ERR_OK;
    while (e == ERR_OK && !is_done) {
        struct store_txn *in;
        e = store_read(from, &in);
        if (e != ERR_OK)
            break;
        e = replay_some(in, to, apply, seq, &is_done, out);
        store_read_end(in);
    }
    return e;
}
