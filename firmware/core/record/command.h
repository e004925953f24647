/* command.h - what somebody wants, imperative.  Ids and digests come in with the command: decide
 * makes neither. */
#ifndef CORE_COMMAND_H
#define CORE_COMMAND_H
#include "core/record/record.h"

struct policy;

enum command_type {
    CMD_MENTION,        /* a mention arrived */
    CMD_REPLY_SEEN,     /* the company's own post, read from a network or a replayed day */
    CMD_TIMERS,         /* record what has fallen due */
    CMD_CASE,           /* a person acts on a case: struct cmd_case */
    CMD_REPLY_PROGRESS, /* the outbox: sent, failed */
    CMD_LEASE_ENDED,
    CMD_DEVICE_ADD,
    CMD_DEVICE_REVOKE,
    CMD_POLICY_ADOPT,
    CMD_CUSTOMER_ERASE,
    CMD_CHECKPOINTED,
    CMD_RETAIN,    /* drop what is past its time */
    CMD_RECOMPUTE, /* a step of bringing running clocks under new hours */
};

#define CMD_PARTS_MAX 8

enum mention_event { MENTION_NEW, MENTION_EDIT, MENTION_DELETE };

struct cmd_mention {
    struct id mention, kase, customer; /* fresh; used when something new has to be made */
    struct dedupe_key dedupe; /* by the mention's own day, or the arrival's when it has none */
    bool has_at;              /* false: at_ms is the arrival */
    struct mac128 author;
    bool has_handle;
    struct mac128 handle;
    bool has_reply_to;
    struct mac128 reply_to; /* digest of the mention or post it answers; the day is searched */
    bool has_address;
    struct mac128 address; /* REPLY_SEEN: identity of the first @handle in the text */
    int64_t at_ms;         /* the network's time */
    enum mention_kind kind;
    enum mention_event event;
    bool is_same_text; /* edit: the vault keeps this very text */
    enum network network;
    struct slice channel;    /* name; unknown: made */
    struct slice text, lang; /* lang "" = unknown */
    struct slice plan;       /* of the author, by the policy's name; "" = as it was */
};

/* "do" of a live frame. */
enum action {
    DO_CLAIM,
    DO_RELEASE,
    DO_TAKE_BACK,
    DO_REPLY,
    DO_NOTE,
    DO_TAG,
    DO_LEVEL,
    DO_CATEGORY,
    DO_MOVE,
    DO_TICKET,
    DO_WAIT,
    DO_RESOLVE,
    DO_FOLLOW_UP,
    DO_DISMISS,
    DO_HAND_OVER,
    DO_MERGE,
    DO_UNDO,
    DO_PRESENCE,
    DO_REVEAL,
    DO_TAKE_IN,
    DO_N,
};

struct cmd_case {
    enum action action;
    uint8_t ref[16];
    /* Keyed digest of the whole frame that asked: its ref answers this frame and no other. */
    struct mac128 frame;
    struct id person;
    unsigned roles; /* bits of device_rec.roles */
    struct id kase;
    uint64_t seen;     /* seq of the case on that screen */
    struct id other;   /* merge into, hand over to */
    struct slice text; /* reply, note, reason */
    struct slice word; /* tag, category, level, route, dismiss reason, ticket number, team */
    size_t n_parts;    /* reply: cut by the person; 0 = `text` is one piece */
    struct slice parts[CMD_PARTS_MAX];
    bool is_direct; /* reply: direct message, else public */
    bool has_override;
    struct slice override_gate, override_reason; /* gates apart by spaces or commas */
    struct slice mark;                           /* the person's signature, "AB" */
    struct slice customer_name; /* from the vault, for the greeting; may be empty */
    struct slice ticket;        /* from the vault: number of the open ticket; may be empty */
    struct id reply;            /* fresh */
    struct id mention;          /* reveal: which */
    uint64_t text_key;          /* keyed digest of the text; 0 = none */
};

struct command {
    enum command_type type;
    union {
        struct cmd_mention mention; /* CMD_MENTION, CMD_REPLY_SEEN */
        struct cmd_case kase;
        struct {
            struct id reply, kase;
            int64_t sent_ms; /* the network's time; 0 with has_failed */
            bool has_failed;
        } progress;
        struct {
            struct id kase, person;
        } lease;
        struct {
            struct id device;
            enum device_kind kind;
            uint8_t roles;
        } device;
        struct {
            struct slice document;
            const struct policy *compiled; /* of it, numbered; its version not yet set */
        } policy;
        struct {
            struct id customer;
            uint32_t n_macs;
            struct mac128 macs[8]; /* identities to forget: EVENT_MACS_MAX */
        } erase;
        struct {
            uint64_t seq;
            uint8_t digest[32];
        } checkpoint;
    } u;
};
#endif
