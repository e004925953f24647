/* event.h - facts, past tense, with results in them: all that apply ever needs.
 *
 * An encoded event is: type u16, version u8, then the fields of the type (base/pack.h).  A new
 * field raises the version and keeps the old reader; an unknown type or newer version is
 * ERR_VERSION, never skipped. */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H
#include "base/buf.h"
#include "core/record/record.h"

enum event_type {                      /* in the journal: never renumber */
                  EV_CASE_CHANGED = 1, /* a case as it stands after `cause` */
                  EV_MENTION_SEEN =
                      2, /* one inbound message, with whose it is and which case it joined */
                  EV_MENTION_CHANGED = 3, /* edited or deleted on the network */
                  EV_CLOCK_STOPPED = 4,
                  EV_CROSSED = 5,
                  EV_CUSTOMER_CHANGED = 6,
                  EV_CUSTOMER_ERASED = 7,
                  EV_CHANNEL_ADDED = 8,
                  EV_DEVICE_ADDED = 9,
                  EV_DEVICE_REVOKED = 10,
                  EV_POLICY_ADOPTED = 11,
                  EV_REPLY_SEEN =
                      12, /* the company's reply, read from the network or a replayed day */
                  EV_REPLY_CHANGED = 13, /* ours: written, sent, failed */
                  EV_COMMAND_ANSWERED = 14,
                  EV_CHECKPOINTED = 15,
                  EV_CASES_DROPPED = 16,     /* retention */
                  EV_GATE_OVERRIDDEN = 17,   /* a lead let a reply, or an end, through a gate */
                  EV_REVEALED = 18,          /* somebody looked at an original */
                  EV_CLOCKS_RECOMPUTED = 24, /* the pass after new hours came this far */
};

enum cause { /* why a case changed; in the journal: never renumber */
             CAUSE_OPENED,
             CAUSE_JOINED,
             CAUSE_BACK,
             CAUSE_REOPENED,
             CAUSE_EDITED,
             CAUSE_ANSWERED,
             CAUSE_ACKNOWLEDGED,
             CAUSE_CLAIMED,
             CAUSE_RELEASED,
             CAUSE_TAKEN_BACK,
             CAUSE_LEASE_ENDED,
             CAUSE_HANDED_OVER,
             CAUSE_NOTED,
             CAUSE_TAGGED,
             CAUSE_LEVELLED,
             CAUSE_CATEGORISED,
             CAUSE_MOVED,
             CAUSE_TICKETED,
             CAUSE_WAITED,
             CAUSE_RESOLVED,
             CAUSE_FOLLOWED_UP,
             CAUSE_CLOSED,
             CAUSE_DISMISSED,
             CAUSE_MERGED,
             CAUSE_UNMERGED,
             CAUSE_REPLY_WRITTEN,
             CAUSE_REPLY_SENT,
             CAUSE_REPLY_FAILED,
             CAUSE_RECOMPUTED,
             CAUSE_INCIDENT,
             CAUSE_TAKEN_IN,
             CAUSE_REMINDED, /* quiet for long, and a follow-up would be owed */
             CAUSE_N,
};

enum stop_cause {
    STOP_REPLY,
    STOP_AUTOMATIC,
    STOP_RESOLVED,
    STOP_FOLLOWED_UP,
    STOP_DISPOSED,
    STOP_MERGED
};

#define CROSSING_STALE CLOCK_N       /* the case takes its stale rank */
#define CROSSING_QUIET (CLOCK_N + 1) /* nobody had anything to add: it closes */

#define EVENT_CROSSINGS_MAX 1000
#define EVENT_DROPS_MAX 256
#define EVENT_MACS_MAX 8
#define EVENT_NAMES_MAX 512

struct crossing {
    struct id kase;
    uint8_t clock;   /* enum clock_kind, or one of the two below */
    uint8_t phase;   /* the one it entered */
    bool is_counted; /* an answer clock that became late within our hands: counts in `of` of the day
                      */
    uint32_t day;    /* local day of the instant */
    int64_t at_ms;   /* the instant itself */
};

struct event {
    enum event_type type;
    int64_t at_ms;    /* never less than that of the event before */
    struct id person; /* who did it; none = the box or the network */
    union {
        struct {
            enum cause cause;
            bool moves_seq; /* apply stamps the case with this event's seq */
            struct case_rec after;
        } kase;
        struct {
            struct id mention, kase; /* kase none: heard, kept aside */
            struct dedupe_key dedupe;
            struct mac128 author; /* identity of the customer */
            bool has_handle;
            struct mac128 handle; /* a second identity, by handle; replayed days only */
            struct mention_rec rec;
            struct customer_rec customer; /* as it stands after; id is in rec */
            bool is_new_customer;
            uint32_t day; /* the box's local day of the arrival */
        } mention;
        struct {
            struct id mention, kase;
            bool is_deleted; /* else edited */
            /* from version 2 on: */
            bool has_dedupe; /* deleted before it came: mention and kase are none */
            struct dedupe_key dedupe;
        } mention_change;
        struct {
            struct id kase;
            uint8_t clock, hour; /* local hour of the stop */
            enum stop_cause cause;
            bool is_met, is_network, is_automatic, is_counted; /* is_counted: adds to `of` now */
            uint16_t team, category;
            uint32_t day;
            int64_t target_ms, used_working_ms, used_ms, stopped_ms;
            uint32_t policy_version;
            struct id incident;
        } stop;
        struct {
            uint32_t n;
            struct crossing *items; /* arena or caller */
        } crossed;
        struct {
            struct id customer;
            struct customer_rec rec;
        } customer;
        struct {
            struct id customer;
            uint32_t n_macs;
            struct mac128 macs[EVENT_MACS_MAX]; /* identities to forget */
        } erased;
        struct {
            uint16_t number;
            struct channel_rec rec;
        } channel;
        struct {
            struct id device;
            struct device_rec rec;
        } device;
        struct {
            uint32_t version;
            struct slice document; /* JSON */
            /* from version 2 on: */
            uint32_t moved_teams; /* bits, 1 << team: their running clocks are to be recomputed */
            uint32_t n_names;
            struct numbered_name *names; /* that have a number since this adoption */
        } policy;
        struct recompute_rec recomputed;
        struct {
            struct id reply, kase;
            bool has_dedupe; /* seen on a network: a thread may hang on it */
            struct dedupe_key dedupe;
            struct reply_rec rec;
            uint64_t text_key;  /* keyed digest of what was written; 0 = not counted */
            uint32_t n_repeats; /* how often it was written since repeats_ms, this one included */
            int64_t repeats_ms;
        } reply;
        struct {
            uint8_t ref[16];
            struct answer_rec rec;
        } answer;
        struct {
            uint64_t seq;
            uint8_t digest[32];
            int64_t drop_before_ms;   /* of trend buckets and answers to commands; 0 = nothing */
            uint32_t drop_before_day; /* of day counters and dedupe keys; 0 = nothing */
        } checkpoint;
        struct {
            uint32_t n;
            struct id *cases;
        } drop;
        struct {
            struct id kase, reply; /* reply none: an end without its follow-up */
            uint8_t refusal;       /* enum refusal that was passed; the reason is in the vault */
        } override;
        struct {
            struct id kase, mention;
        } reveal;
    } u;
};

/* Appends; errors stick in b. */
void event_encode(struct buf *b, const struct event *e);
/* Lists inside point into the arena, slices into v.  ERR_CORRUPT, ERR_VERSION, ERR_NO_MEMORY. */
struct arena;
enum err event_decode(struct slice v, struct arena *a, struct event *out);
const char *event_word(enum event_type t);
const char *cause_word(enum cause c);
#endif
