/* box.h - what the threads of a running box share, and who may touch what.
 *
 * store: writer writes; loop and work read in short snapshots.  rules and policy: the writer's,
 * from the start of its thread on.  devices, pairings, presence: the loop's.  The rest is atomic,
 * under a lock, or a mailbox. */
#ifndef APP_BOX_H
#define APP_BOX_H
#include "app/box/boxclock.h"
#include "app/box/config.h"
#include "app/box/job.h"
#include "base/mailbox.h"
#include "core/record/counter.h"
#include "core/rules/decide.h"
#include "store/store.h"
#include <pthread.h>
#include <stdatomic.h>

#define BOX_TEAMS_MAX 33
#define BOX_CLAIMS_MAX 512 /* that screens and leases look at */
#define BOX_WATCHED_MAX 256
#define BOX_REPLAY_AGENTS_MAX 16
#define BOX_TREND_STEPS 96 /* of COUNTER_BUCKET_MS: eight hours */

/* The numbers of the wall, as of `seq`. */
struct wall_numbers {
    uint64_t seq;
    char lang[3], tz[64];
    int64_t at_ms;
    bool at_work;
    double goal_share;
    struct day_counter day;
    struct team_counter all;
    bool has_oldest;
    struct {
        int64_t at_ms, soon_ms, risk_ms, due_ms, target_ms;
    } oldest;
    size_t n_teams;
    struct {
        char name[POLICY_WORD_MAX];
        bool is_retired; /* shown while it has waiting cases, watched while it has any */
        struct team_counter counter;
    } teams[BOX_TEAMS_MAX];
    int64_t lease_ms;
    size_t n_claims;
    struct wall_claim {
        struct id kase, person;
    } claims[BOX_CLAIMS_MAX];
};

struct trend_numbers {
    int64_t from_ms;
    struct bucket_counter steps[BOX_TREND_STEPS];
};

/* What came of the lines of a replayed day: written by net, read by the loop. */
struct replay_tally {
    const char *channel;
    atomic_ullong n_waiting, n_accepted, n_duplicate, n_refused[REFUSAL_N];
    struct { /* whose marks (^AB) signed its replies, and when last; 0 = a free place */
        atomic_uint mark;
        atomic_llong said_ms;
    } agents[BOX_REPLAY_AGENTS_MAX];
};

enum post_kind { POST_ANSWER, POST_WALL, POST_TREND, POST_VIEW, POST_CALL };
/* From writer, net and work to the loop. */
struct post {
    enum post_kind kind;
    uint64_t seq;
    int64_t at_ms;
    struct job *job;
    struct wall_numbers *wall;
    struct trend_numbers *trend;
    struct buf key, state;                   /* POST_VIEW */
    void (*call)(void *ctx, struct post *p); /* POST_CALL: runs on the loop */
    void *ctx;
};

struct box {
    struct config config;
    struct store *store;
    uint8_t key[32], vault_key[32], identity_key[32];
    struct rulebook rules; /* the writer's */
    struct policy *policy;
    struct boxclock clock; /* under clock_lock */
    pthread_mutex_t clock_lock;
    atomic_llong last_event_ms, next_timer_ms;
    atomic_ullong last_seq, n_batches, n_commands, n_mentions, n_refused;
    atomic_bool timers_asked, is_held, is_stopping, writer_has_ended;
    struct mailbox *to_writer, *to_loop, *to_work;
    /* A box that the command line opened has no threads: what is asked is decided here and now.
     * NULL: the writer's thread decides. */
    void (*decide_here)(void *decider, struct job **jobs, size_t n);
    void *decider;
    struct serve *serve;
    char lang[3], tz[64];         /* of the company; the loop's */
    pthread_mutex_t watched_lock; /* of watched */
    size_t n_watched;
    struct watched_view {
        struct id kase;             /* a case; none: a queue */
        char team[POLICY_WORD_MAX]; /* of a queue; "*" = all */
        int limit;
        bool is_new;
    } watched[BOX_WATCHED_MAX];
    atomic_int work_backlog; /* answers of the slow job that are not written yet; see work.c */
    size_t n_replays;        /* before any thread runs */
    struct replay_tally replays[CONFIG_CHANNELS_MAX];
    struct fault_list faults;
};

/* Opens the store, makes or loads the keys, loads the policy in force.  Nothing runs yet. */
enum err box_open(struct box *b, const struct config *c, char message[240]);
void box_close(struct box *b);

/* The box's time; never before the last event. */
int64_t box_now_ms(struct box *b);
/* Looks at the machine's clock; the loop calls it four times a second. */
void box_clock_step(struct box *b);

struct id box_new_id(struct box *b);
/* Hands a job to the writer.  ERR_BUSY: the queue is full; the job stays the caller's. */
enum err box_ask(struct box *b, struct job *j);
/* The same from the work thread or the command line, until it is committed; the job stays the
 * caller's.  Without a writer's thread (`decide_here` set) it is decided here and now.  Returns
 * j->error. */
enum err box_ask_and_wait(struct box *b, struct job *j);
/* Hands something to the loop; drops and frees it when the loop has gone. */
void box_post(struct box *b, struct post *p);
struct post *post_new(enum post_kind kind);
void post_free(struct post *p);

/* TABLE_SECRET: "box" and what else is kept by name. */
enum err box_secret_get(struct box *b, struct slice name, uint8_t out[32]);
#endif
