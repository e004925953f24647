/* box.h - what the threads of a running box share, and who may touch what.
 *
 * Threads.  loop: sockets, screens, devices, pairings, presence; it never waits.  writer: the only
 * one that decides and writes.  work: one slow job at a time.  net: what comes from outside, and
 * goes there.  They meet in the three mailboxes, in atomics, and under the two locks; whatever goes
 * through a mailbox belongs to whoever took it.
 *
 * The store.  Only the writer begins a write (before the threads start, and in a box that the
 * command line opened, the one thread there is).  Any thread may take a snapshot with store_read,
 * and ends it before it waits for anything: for a mailbox, a socket or another thread.  The
 * writer reopens and compacts the file behind the reader barrier, which waits for every snapshot;
 * one that is held across a wait for the writer would stop both.
 *
 * rules and policy are the writer's from the start of its thread on.  Another thread that needs
 * names or rules compiles its own copy (rulebook_text, rulebook_compile). */
#ifndef APP_BOX_H
#define APP_BOX_H
#include "app/box/boxclock.h"
#include "app/box/config.h"
#include "app/box/job.h"
#include "app/box/loop_message.h"
#include "base/mailbox.h"
#include "core/rules/decide.h"
#include "store/store.h"
#include <pthread.h>
#include <stdatomic.h>

/* Queues and cases that screens look at, all screens together. */
#define BOX_WATCHED_MAX 256
#define BOX_REPLAY_AGENTS_MAX 16

/* What came of the lines of a replayed day: written by net, read by the loop. */
struct replay_tally {
    const char *channel;
    atomic_ullong n_waiting, n_accepted, n_duplicate, n_refused[REFUSAL_N];
    /* Whose marks (^AB) signed its replies, and when last; mark 0 is a free place. */
    struct {
        atomic_uint mark;
        atomic_llong said_ms;
    } agents[BOX_REPLAY_AGENTS_MAX];
};

/* A view that the writer sends anew after a change: a queue (kase is none), or a case. */
struct watched_view {
    struct id kase;
    char team[POLICY_WORD_MAX]; /* "*" = all */
    int limit;
    bool is_new; /* nothing of it was sent yet */
};

struct box {
    /* Set by box_open and then only read: any thread. */
    struct config config;
    struct store *store;
    uint8_t key[32], vault_key[32], identity_key[32], ref_key[32];

    /* The writer's.  policy is in force; rules.policy is the same, or, within the batch that
     * adopts it, the next one. */
    struct rulebook rules;
    struct policy *policy;

    struct boxclock clock;
    pthread_mutex_t clock_lock; /* of clock */

    /* Of the newest commit: set by the writer, read by any thread.  next_timer_ms is INT64_MAX when
     * no clock runs. */
    atomic_llong last_event_ms, next_timer_ms;
    atomic_ullong last_seq, n_batches, n_commands, n_mentions, n_refused;
    /* The loop sets it when it asks for CMD_TIMERS, the writer clears it when that is decided. */
    atomic_bool timers_asked;
    /* The clock is not believed: nothing falls due, no day is played.  Set by the loop. */
    atomic_bool is_held;
    atomic_bool is_stopping, writer_has_ended;

    /* struct job, struct loop_message, struct work_job. */
    struct mailbox *to_writer, *to_loop, *to_work;
    /* A box that the command line opened has no threads: what is asked is decided here and now.
     * NULL: the writer's thread decides. */
    void (*decide_here)(void *decider, struct job **jobs, size_t n);
    void *decider;

    /* The loop's, but for serve_wake.  lang and tz are the company's, as last shown. */
    struct serve *serve;
    char lang[3], tz[64];

    /* The loop adds and removes, the writer sends. */
    pthread_mutex_t watched_lock; /* of watched and n_watched */
    size_t n_watched;
    struct watched_view watched[BOX_WATCHED_MAX];

    /* Answers of the slow job that are not written yet: work asks, the loop sets it. */
    atomic_int work_backlog;
    /* Their number is fixed before any thread runs. */
    size_t n_replays;
    struct replay_tally replays[CONFIG_CHANNELS_MAX];
    /* Of the policy in force, when box_open compiled it. */
    struct fault_list faults;
};

/* Opens the store (rebuilding its tables when an older version made them), makes or loads the keys,
 * loads the policy in force.  Nothing runs yet.  On failure `message` says why, and box_close is
 * still owed. */
enum err box_open(struct box *b, const struct config *c, char message[240]);
/* When no thread runs any more.  What waits in the mailboxes is dropped. */
void box_close(struct box *b);

/* Any thread: the box's time; never before the last event. */
int64_t box_now_ms(struct box *b);
/* Looks at the machine's clock; the loop calls it four times a second. */
void box_clock_step(struct box *b);
/* Any thread: an id of now. */
struct id box_new_id(struct box *b);

/* Hands a job to the writer.  ERR_BUSY: the queue is full; the job stays the caller's. */
enum err box_ask(struct box *b, struct job *j);
/* The same from net, work or the command line, until it is committed; the job stays the caller's.
 * Without a writer's thread (`decide_here` set) it is decided here and now.  Returns j->error.
 * Never on the loop, and never with a snapshot open. */
enum err box_ask_and_wait(struct box *b, struct job *j);
/* Hands a message to the loop and wakes it; frees it when the loop has gone.  NULL is fine. */
void box_tell_loop(struct box *b, struct loop_message *m);
#endif
