/* record.h - keys and values of the derived tables, to and from bytes.
 *
 * Every value begins with the version of its layout.  To change a layout: raise the version, keep
 * the old reader, raise APPLY_VERSION (core/apply.h) so that the box rebuilds once. */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H
#include "base/buf.h"
#include "core/record/case.h"
#include "core/record/table.h"

#define RECORD_KEY_MAX 64

struct record_key {
    uint8_t b[RECORD_KEY_MAX];
    size_t n;
};
struct slice record_key_slice(const struct record_key *k);

struct mac128 {
    uint8_t b[16];
};

/* A mention's identity: the local-insert day and a keyed digest of network, server and id. */
struct dedupe_key {
    uint32_t day; /* days since 1970-01-01 of the mention's own time */
    struct mac128 mac;
};

struct mention_rec {
    int64_t at_ms; /* the network's time, clamped */
    int64_t arrived_ms;
    enum mention_kind kind;
    uint16_t channel;
    bool is_edited, is_deleted, is_thanks;
    struct id customer;
};

#define CUSTOMER_RECENT_MS INT64_C(259200000) /* three days: "the last days" */
#define CUSTOMER_RECENT_MAX 8                 /* more are as good as that many */

struct customer_rec {
    struct id open_case; /* the newest case of theirs that is not done; none = none */
    struct id last_case;
    int64_t first_ms, last_ms; /* first and newest mention */
    uint32_t n_cases, n_mentions;
    uint32_t n_late; /* cases of theirs in which we were late */
    uint8_t plan;    /* number of the policy's plan; 0 = none */
    bool is_erased;
    bool takes_direct; /* has written us a direct message: we may answer by one */
    uint8_t n_recent;
    /* When the newest of their mentions arrived that address us, oldest first; at the newest one no
     * older than CUSTOMER_RECENT_MS. */
    int64_t recent_ms[CUSTOMER_RECENT_MAX];
};

struct channel_rec {
    enum network network;
    bool is_webhook_only;
    char name[40]; /* configuration, not personal data */
};

enum device_kind { DEVICE_DISPLAY, DEVICE_TOKEN, DEVICE_PERSON };
struct device_rec {
    enum device_kind kind;
    uint8_t roles;                /* bits: source 1, metrics 2, display 4, agent 8, lead 16 */
    int64_t added_ms, revoked_ms; /* 0 = not revoked */
};

struct claim_rec {
    struct id person;
    int64_t claimed_ms;
};

struct reply_rec {
    struct id person;
    int64_t written_ms, sent_ms; /* 0 = not yet */
    enum mention_kind
        kind; /* public or direct; MENTION_REPLY: seen on the network, not written here */
    uint8_t n_parts;
    bool is_automatic, has_failed, is_follow_up;
    enum route route; /* a move: where it sends the customer */
};

struct answer_rec { /* of a command with a ref: what was said first */
    int64_t at_ms;
    bool is_ok;
    uint64_t seq;
    uint8_t refusal; /* core/verdict.h */
    /* From version 3 on: the case, and the digest of the frame that was answered; zero in older
     * ones, whose ref is bound to no frame. */
    struct id kase;
    struct mac128 frame;
};

struct rollup_rec {
    uint64_t n, n_met, n_network, n_automatic;
    int64_t used_ms, used_working_ms; /* sums */
};

struct rollup_key {
    uint32_t day; /* the box's local day, days since 1970-01-01 */
    uint16_t team, category;
    uint8_t hour, clock;
};

/* What a number in cases, roll-ups and customers stands for: given once, never to another name
 * (core/policy_number.h). */
enum name_kind { NAME_TEAM, NAME_CATEGORY, NAME_TAG, NAME_PLAN, NAME_N_KINDS }; /* on disk */
struct numbered_name {
    enum name_kind kind;
    uint16_t number;
    struct slice name; /* at most NUMBERED_NAME_MAX bytes */
};
#define NUMBERED_NAME_MAX 39

/* How far running clocks have been brought under new hours (core/decide_recompute.c); there is no
 * such record while nothing is left to do. */
struct recompute_rec {
    uint32_t teams;    /* bits, 1 << team: whose hours changed; 0 = done */
    bool is_in_parked; /* the queue has been gone through */
    uint8_t n_after;   /* bytes of: */
    uint8_t
        after[RECORD_KEY_MAX - 1]; /* the last key that was looked at; none = at the beginning */
};

struct record_key key_case(struct id id);
struct record_key key_queue(uint16_t team, int64_t rank_ms, struct id id);
struct record_key key_time(int64_t at_ms, struct id id); /* parked, done, timer, waiting */
struct record_key key_mention(struct id kase, struct id mention);
struct record_key key_dedupe(const struct dedupe_key *k);
struct record_key key_mac(const struct mac128 *m);
struct record_key key_u16(uint16_t v);
struct record_key key_u32(uint32_t v);
struct record_key key_answer(struct id person, const uint8_t ref[16]);
struct record_key key_pair(struct id a, struct id b); /* case and reply */
struct record_key key_rollup(const struct rollup_key *k);
enum err key_rollup_read(struct slice key, struct rollup_key *out); /* ERR_CORRUPT */
/* Both in TABLE_POLICY, after every version: ff ff ff ff, kind u8, number u16; and five ff. */
struct record_key key_policy_name(enum name_kind kind, uint16_t number);
struct record_key key_recompute(void);

/* The case id at the end of a queue, parked, done, timer or waiting key; ERR_CORRUPT when too
 * short. */
enum err key_last_id(struct slice key, struct id *out);
enum err key_first_time(struct slice key, int64_t *out); /* of parked, done, timer, waiting */

/* Writers append to b.  Readers: ERR_CORRUPT (malformed), ERR_VERSION (newer); *out undefined then.
 */
void record_put_case(struct buf *b, const struct case_rec *c);
enum err record_get_case(struct slice v, struct case_rec *out);
void record_put_mention(struct buf *b, const struct mention_rec *m);
enum err record_get_mention(struct slice v, struct mention_rec *out);
void record_put_claim(struct buf *b, const struct claim_rec *c);
enum err record_get_claim(struct slice v, struct claim_rec *out);
void record_put_customer(struct buf *b, const struct customer_rec *c);
enum err record_get_customer(struct slice v, struct customer_rec *out);
void record_put_channel(struct buf *b, const struct channel_rec *c);
enum err record_get_channel(struct slice v, struct channel_rec *out);
void record_put_device(struct buf *b, const struct device_rec *d);
enum err record_get_device(struct slice v, struct device_rec *out);
void record_put_reply(struct buf *b, const struct reply_rec *r);
enum err record_get_reply(struct slice v, struct reply_rec *out);
void record_put_answer(struct buf *b, const struct answer_rec *a);
enum err record_get_answer(struct slice v, struct answer_rec *out);
void record_put_rollup(struct buf *b, const struct rollup_rec *r);
enum err record_get_rollup(struct slice v, struct rollup_rec *out);
void record_put_recompute(struct buf *b, const struct recompute_rec *r);
enum err record_get_recompute(struct slice v, struct recompute_rec *out);
/* Dedupe and identity values: a pair of ids, or one. */
void record_put_ids(struct buf *b, const struct id *ids, size_t n);
enum err record_get_ids(struct slice v, struct id *out, size_t n);

/* Reads through tables: ERR_NOT_FOUND when there is no such record. */
enum err load_case(const struct tables *t, struct id id, struct case_rec *out);
enum err load_customer(const struct tables *t, struct id id, struct customer_rec *out);
enum err load_recompute(const struct tables *t, struct recompute_rec *out);
#endif
