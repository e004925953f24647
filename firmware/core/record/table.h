/* table.h - the tables of the box as the rules see them: ordered bytes to bytes, by whoever keeps
 * them. */
#ifndef CORE_TABLE_H
#define CORE_TABLE_H
#include "base/err.h"
#include "base/slice.h"

/* Keys and values are built and read in core/record.h only.  Numbers are on disk: never reorder. */
enum table {
    /* derived: changed by apply alone, equal after a rebuild */
    TABLE_CASE = 0,      /* case id -> struct case_rec */
    TABLE_QUEUE = 1,     /* team u16, rank_ms i64, case id -> nothing */
    TABLE_PARKED = 2,    /* since_ms i64, case id -> nothing */
    TABLE_DONE = 3,      /* closed_ms i64, case id -> nothing */
    TABLE_TIMER = 4,     /* next crossing i64, case id -> nothing */
    TABLE_WAITING = 5,   /* waiting since i64, case id -> nothing */
    TABLE_CLAIM = 6,     /* case id -> struct claim_rec */
    TABLE_MENTION = 7,   /* case id, mention id -> struct mention_rec */
    TABLE_DEDUPE = 8,    /* day u32, mac 16 -> case id (none: heard), mention id (none:
                            deleted before it came) */
    TABLE_IDENTITY = 9,  /* mac 16 of network, server, author -> customer id */
    TABLE_CUSTOMER = 10, /* customer id -> struct customer_rec */
    TABLE_CHANNEL = 11,  /* channel number u16 -> struct channel_rec */
    TABLE_COUNTER = 12,  /* see core/counter.h */
    TABLE_ROLLUP = 13,   /* day, team, hour, category, clock -> struct rollup_rec */
    TABLE_POLICY = 14,   /* version u32 -> document; after them names, and struct recompute_rec */
    TABLE_DEVICE = 15,   /* device id -> struct device_rec (displays, tokens, people's sessions) */
    TABLE_ANSWER = 16,   /* person id, ref 16 -> first answer */
    TABLE_OUTBOX = 17,   /* reply id -> case id: written, not yet confirmed by the network */
    TABLE_REPLY = 18,    /* case id, reply id -> struct reply_rec */
    TABLE_INCIDENT = 19, /* incident id -> struct incident_rec */
    TABLE_N_DERIVED = 20,
    /* the rest is not for apply */
    TABLE_JOURNAL = 20, /* first seq u64 -> batch */
    TABLE_META = 21,    /* name -> value: format, apply_version, box id */
    TABLE_VAULT = 22,   /* kind u8, id 16 -> sealed bytes */
    TABLE_SECRET = 23,  /* kind u8, name -> bytes */
    TABLE_INDEX = 24,   /* search; rebuilt from the vault, dropped with it */
    TABLE_N = 25,
};

/* "case", "queue", ...: names of the LMDB databases, and of dumps. */
const char *table_name(enum table t);

/* How decide reads and apply writes.  Slices handed out stay valid until the next put or del
 * through the same context, or its end.  Errors of the keeper (ERR_FULL, ERR_IO, ERR_CORRUPT, ...)
 * pass through. */
struct tables {
    void *ctx;
    /* ERR_NOT_FOUND when absent; *value then untouched.  value may be NULL. */
    enum err (*get)(void *ctx, enum table t, struct slice key, struct slice *value);
    /* The first entry whose key is >= from; ERR_NOT_FOUND at the end.  value may be NULL.
     * ERR_CORRUPT: *key is the damaged entry's, so that one can go on behind it, or untouched or
     * empty when not even that is known. */
    enum err (*seek)(void *ctx, enum table t, struct slice from, struct slice *key,
                     struct slice *value);
    /* NULL for whoever may only read. */
    enum err (*put)(void *ctx, enum table t, struct slice key, struct slice value);
    enum err (*del)(void *ctx, enum table t, struct slice key); /* ERR_NOT_FOUND when absent */
};
#endif
