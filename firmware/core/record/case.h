/* case.h - one matter of one customer: its states, clocks and place.  Plain data, no behaviour but
 * small reads. */
#ifndef CORE_CASE_H
#define CORE_CASE_H
#include "base/err.h"
#include "base/id.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

enum case_state { /* on disk: never reorder */
                  CASE_NEW,
                  CASE_OPEN,
                  CASE_PARKED,
                  CASE_RESOLVED,
                  CASE_CLOSED,
                  CASE_DISMISSED,
                  CASE_MERGED,
                  CASE_N_STATES,
};
enum case_place {               /* every case is in exactly one */
                  PLACE_QUEUE,  /* owes something to the customer, claimed or not */
                  PLACE_PARKED, /* the customer's turn, or our reply is on its way */
                  PLACE_DONE,
};
enum level { LEVEL_LOW, LEVEL_NORMAL, LEVEL_HIGH, LEVEL_URGENT, LEVEL_N };
enum clock_kind { CLOCK_ACKNOWLEDGE, CLOCK_ANSWER, CLOCK_RESOLVE, CLOCK_FOLLOW_UP, CLOCK_N };
enum phase { PHASE_CALM, PHASE_SOON, PHASE_RISK, PHASE_LATE, PHASE_N };
enum network {
    NETWORK_X,
    NETWORK_MASTODON,
    NETWORK_BLUESKY,
    NETWORK_WEBHOOK,
    NETWORK_REPLAY,
    NETWORK_N
};
enum mention_kind { MENTION_PUBLIC, MENTION_DIRECT, MENTION_HEARD, MENTION_REPLY, MENTION_N_KINDS };
enum request_kind {
    REQUEST_REQUEST,
    REQUEST_PRAISE,
    REQUEST_CHATTER,
    REQUEST_SPAM,
    REQUEST_NEWS,
    REQUEST_N
};
enum mood { MOOD_NEGATIVE, MOOD_NEUTRAL, MOOD_POSITIVE };
enum route { ROUTE_NONE, ROUTE_DM, ROUTE_PHONE, ROUTE_EMAIL, ROUTE_FORM, ROUTE_N };
enum disposition { /* how a case left the queue */
                   DISPOSITION_NONE,
                   DISPOSITION_ANSWERED,
                   DISPOSITION_DISMISSED,
                   DISPOSITION_MERGED,
};

/* One promise.  Thresholds are 50, 80 and 100 % of the target in working time, computed when it
 * started, and again when it goes on after standing still (the customer's turn does not count).
 * Invariants: 1. is_running: start_ms <= soon_ms <= risk_ms <= due_ms and start_ms <= since_ms.
 * 2. not running: everything else is 0. */
struct clock {
    int64_t start_ms, soon_ms, risk_ms, due_ms; /* UTC */
    int64_t target_ms;                          /* working time promised */
    int64_t since_ms;   /* UTC; from when on it counts: its start, or when it last went on */
    int64_t counted_ms; /* of the target, used before since_ms */
    enum phase phase;   /* the last crossing that was recorded */
    bool is_running;
    bool is_paused;  /* stands still: thresholds wait until it goes on */
    bool is_always;  /* counts all time, not working time */
    bool is_network; /* was late before it reached us: reported apart */
};

/* How a case stood before it was dismissed or merged: what `undo` puts back. */
struct case_before {
    bool has;
    enum case_state state;
    int64_t at_ms;
    struct clock clocks[CLOCK_N];
};

#define CASE_REASONS_MAX 8
#define CASE_TAGS_MAX 8

struct case_reason {
    uint16_t code; /* core/reason.h */
    int16_t points;
};

/* Persistent; see core/record.c before changing.
 * Invariants: 1. place follows state: NEW, OPEN in the queue; PARKED parked; CLOSED, DISMISSED,
 * MERGED done; RESOLVED in the queue exactly while a follow-up is owed, else parked.  2. no clock
 * runs in PLACE_DONE.  3. claimant is none unless in the queue or parked.  4. n_moves <= 1 unless a
 * lead said so.  5. disposition is set exactly in PLACE_DONE.  6. is_sending exactly while
 * `sending` names a reply, and never in PLACE_DONE.  7. a clock stands still only in PLACE_PARKED.
 * 8. owes_follow_up only in RESOLVED. */
struct case_rec {
    struct id id, customer;
    struct id claimant; /* person; none = nobody */
    struct id incident; /* none = no incident */
    struct id merged_into;
    struct id sending; /* the reply that is on its way; none = none */
    uint64_t seq;      /* of the event that last changed what a person would decide on */
    enum case_state state;
    enum case_place place;
    enum level level;
    enum network network;
    enum mention_kind kind; /* of the newest mention: public or direct */
    enum request_kind request;
    enum mood mood;
    enum disposition disposition;
    uint8_t dismiss_reason; /* core/life.h */
    char lang[3];           /* "es", "en", "pt", "xx" = other */
    uint16_t team, channel, category;
    uint16_t n_mentions, n_replies;
    uint16_t n_moves;
    enum route route; /* of the move, when there was one */
    bool has_spoken;  /* our first word is out */
    bool is_sending;  /* a reply is on its way */
    bool has_unseen;  /* and the customer spoke meanwhile: that word still wants its answer */
    bool has_public;  /* somebody wrote it in public */
    bool left_public; /* and it went on elsewhere: a move, or our direct message */
    bool owes_follow_up;
    bool has_ticket; /* an open ticket; its number is in the vault */
    bool was_late;   /* some clock of it was missed */
    uint8_t plan;    /* of the customer when it was opened: number of the policy's plan; 0 = none */
    uint32_t policy_version;
    int64_t opened_ms;
    int64_t at_ms;         /* the mention that is waiting for our word; 0 = none is */
    int64_t place_ms;      /* since when it is where it is */
    int64_t rank_ms;       /* orders the queue; 0 outside it */
    int64_t stale_ms;      /* when it will be pushed back in the queue; 0 = never, or done */
    int64_t stale_rank_ms; /* and to where */
    int64_t spoken_ms;     /* the customer's last word that wants an answer */
    int64_t send_by_ms;    /* an unconfirmed reply fails then; 0 = none is on its way */
    int64_t quiet_ms; /* by silence it closes then, or comes back when it left the public channel
                         unsolved; 0 = never */
    struct case_before before;
    struct clock clocks[CLOCK_N];
    uint8_t n_reasons, n_tags;
    struct case_reason reasons[CASE_REASONS_MAX];
    uint16_t tags[CASE_TAGS_MAX]; /* numbers of the policy's tags */
};

/* The running clock that is due first, or -1: what a watch shows as "the time". */
int case_first_clock(const struct case_rec *c);
/* The worst phase of the running clocks; calm when none runs. */
enum phase case_phase(const struct case_rec *c);
/* When the next thing by time alone falls due: a crossing of a running clock, its turning stale, a
 * reply that nobody confirmed, the end of its quiet; INT64_MAX when there is none. */
int64_t case_next_crossing(const struct case_rec *c);
/* When `c` enters the phase after the one it is in (late: the first millisecond after its due);
 * INT64_MAX when it is late or does not run. */
int64_t clock_next_crossing(const struct clock *c);
/* Owes an acknowledge or an answer. */
bool case_is_waiting(const struct case_rec *c);
enum case_place case_place_of(enum case_state state, bool owes_follow_up);
/* NULL when every invariant holds, else which one does not. */
const char *case_fault(const struct case_rec *c);

const char *case_state_word(enum case_state s);
const char *level_word(enum level l);
const char *clock_word(enum clock_kind c);
const char *network_word(enum network n);
const char *mention_kind_word(enum mention_kind k);
const char *request_word(enum request_kind k);
const char *mood_word(enum mood m);
const char *route_word(enum route r);
const char *disposition_word(enum disposition d);
const char *phase_word(enum phase p);
enum err network_parse(struct slice word, enum network *out);
enum err route_parse(struct slice word, enum route *out);
enum err level_parse(struct slice word, enum level *out);
#endif
