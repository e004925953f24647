/* box.c - opening a box: store, keys, time; and what its threads hand each other. */
#include "app/box/box.h"
#include "app/box/rulebook.h"
#include "base/log.h"
#include "base/seal.h"
#include "core/record/apply.h"
#include "store/maintain.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_MAX 65536

static const struct slice key_name = {"\x01"
                                      "box",
                                      4};

static enum err load_key(struct box *b)
{
    struct store_txn *txn;
    struct slice v;
    enum err e = store_begin(b->store, &txn);
    if (e != ERR_OK)
        return e;
    e = store_get(txn, TABLE_SECRET, key_name, &v);
    if (e == ERR_OK && v.n == sizeof b->key) {
        memcpy(b->key, v.p, sizeof b->key);
        store_abort(txn);
        return ERR_OK;
    }
    if (e == ERR_NOT_FOUND)
        e = seal_random(b->key, sizeof b->key);
    if (e == ERR_OK)
        e = store_put(txn, TABLE_SECRET, key_name, slice_make(b->key, sizeof b->key));
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static enum err load_keys(struct box *b)
{
    enum err e = load_key(b);
    if (e == ERR_OK)
        e = seal_derive(b->key, "vault", b->vault_key);
    if (e == ERR_OK)
        e = seal_derive(b->key, "identity", b->identity_key);
    if (e == ERR_OK)
        e = seal_derive(b->key, "ref", b->ref_key);
    return e;
}

static enum err load_last(struct box *b)
{
    struct store_txn *txn;
    struct store_batch batch;
    uint64_t seq = 0;
    enum err e = store_read(b->store, &txn);
    if (e != ERR_OK)
        return e;
    e = store_last_seq(txn, &seq);
    if (e == ERR_OK && seq > 0 && store_batch_at(txn, seq, &batch) == ERR_OK)
        atomic_store(&b->last_event_ms, batch.at_ms);
    store_read_end(txn);
    atomic_store(&b->last_seq, seq);
    return e;
}

/* Tables that an older apply made are made anew first, into a second file that is renamed. */
static enum err open_store(struct box *b, struct store_error *e)
{
    const struct store_options o = {.dir = b->config.data};
    struct maintain_diff d;
    enum err err = store_open(&o, &b->store, e);
    if (err != ERR_OK || store_apply_version(b->store) == APPLY_VERSION)
        return err;
    log_info("store: rebuilding tables from version %u to version %d",
             store_apply_version(b->store), APPLY_VERSION);
    store_close(b->store);
    b->store = NULL;
    err = maintain_rebuild(b->config.data, apply_encoded, &d, e);
    return err == ERR_OK ? store_open(&o, &b->store, e) : err;
}

enum err box_open(struct box *b, const struct config *c, char message[240])
{
    struct store_error se;
    memset(b, 0, sizeof *b);
    b->config = *c;
    pthread_mutex_init(&b->watched_lock, NULL);
    pthread_mutex_init(&b->clock_lock, NULL);
    atomic_store(&b->next_timer_ms, INT64_MAX);
    for (size_t i = 0; i < b->config.n_names; i++)
        b->config.name_list[i] = b->config.names[i];
    b->to_writer = mailbox_new(QUEUE_MAX);
    b->to_loop = mailbox_new(QUEUE_MAX);
    b->to_work = mailbox_new(4);
    enum err e = open_store(b, &se);
    if (e != ERR_OK) {
        snprintf(message, 240, "%s", se.message);
        return e;
    }
    e = load_keys(b);
    if (e == ERR_OK)
        e = load_last(b);
    if (e != ERR_OK) {
        snprintf(message, 240, "%.180s: cannot read the keys or the journal: %s", b->config.data,
                 err_word(e));
        return e;
    }
    boxclock_init(&b->clock, atomic_load(&b->last_event_ms), boxclock_real_ms(), mono_now_ms());
    atomic_store(&b->is_held, b->clock.is_held);
    return rulebook_load(b, message);
}

static void drain(struct mailbox *m, void (*drop)(void *))
{
    void *item;
    while (m != NULL && mailbox_take(m, &item, 1, 0) == 1)
        drop(item);
    if (m != NULL)
        mailbox_free(m);
}

static void drop_job(void *j)
{
    job_free(j);
}

static void drop_message(void *m)
{
    loop_message_free(m);
}

void box_close(struct box *b)
{
    drain(b->to_writer, drop_job);
    drain(b->to_loop, drop_message);
    drain(b->to_work, free);
    policy_free(b->policy);
    store_close(b->store);
    fault_free(&b->faults);
    seal_wipe(b->key, sizeof b->key);
    seal_wipe(b->vault_key, sizeof b->vault_key);
    seal_wipe(b->identity_key, sizeof b->identity_key);
    seal_wipe(b->ref_key, sizeof b->ref_key);
    pthread_mutex_destroy(&b->watched_lock);
    pthread_mutex_destroy(&b->clock_lock);
}

int64_t box_now_ms(struct box *b)
{
    pthread_mutex_lock(&b->clock_lock);
    int64_t now_ms = boxclock_now_ms(&b->clock, mono_now_ms());
    pthread_mutex_unlock(&b->clock_lock);
    int64_t last_ms = atomic_load(&b->last_event_ms);
    return now_ms > last_ms ? now_ms : last_ms;
}

void box_clock_step(struct box *b)
{
    pthread_mutex_lock(&b->clock_lock);
    bool was_held = b->clock.is_held;
    boxclock_step(&b->clock, boxclock_real_ms(), mono_now_ms(), boxclock_synchronised(),
                  atomic_load(&b->last_event_ms));
    bool is_held = b->clock.is_held;
    pthread_mutex_unlock(&b->clock_lock);
    atomic_store(&b->is_held, is_held);
    if (is_held != was_held)
        log_warn(is_held
                     ? "clock: the system clock jumped; nothing falls due until it is trusted again"
                     : "clock: the system clock is trusted again");
}

struct id box_new_id(struct box *b)
{
    uint8_t random[10] = {0};
    if (seal_random(random, sizeof random) != ERR_OK)
        log_error("random: no random numbers available from the kernel");
    return id_make(box_now_ms(b), random);
}

enum err box_ask(struct box *b, struct job *j)
{
    j->asked_mono_ms = mono_now_ms();
    return mailbox_put(b->to_writer, j);
}

enum err box_ask_and_wait(struct box *b, struct job *j)
{
    void *back;
    if (b->decide_here != NULL) {
        b->decide_here(b->decider, &j, 1);
        return j->error;
    }
    j->answer = JOB_WAITED;
    j->waits = mailbox_new(1);
    if (j->waits == NULL)
        return ERR_NO_MEMORY;
    enum err e = box_ask(b, j);
    while (e == ERR_OK && mailbox_take(j->waits, &back, 1, 1000) == 0)
        if (atomic_load(&b->writer_has_ended))
            e = ERR_CLOSED;
    mailbox_free(j->waits);
    j->waits = NULL;
    return e == ERR_OK ? j->error : e;
}

void box_tell_loop(struct box *b, struct loop_message *m)
{
    if (m == NULL)
        return;
    if (mailbox_put(b->to_loop, m) != ERR_OK) {
        loop_message_free(m);
        return;
    }
    if (b->serve != NULL)
        serve_wake(b->serve);
}
