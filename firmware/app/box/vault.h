/* vault.h - texts, names and addresses of people outside: sealed under the box's key, each in its
 * own record. */
#ifndef APP_VAULT_H
#define APP_VAULT_H
#include "app/box/box.h"

/* Between the parts of a reply of ours. */
#define VAULT_PART_END 0x1e

/* What a record is of, and what it is kept by.  These are on disk, as the first byte of the key. */
enum vault_kind {
    VAULT_MENTION = 'm',  /* by its id, or by the id of a reply of ours */
    VAULT_CUSTOMER = 'c', /* by the customer's id */
    VAULT_TICKET = 't',   /* number of the open ticket; by case */
    VAULT_NOTE = 'n',     /* free text of a person: note, reason; by case and seq */
};

/* In the caller's transaction, which must be a write; replaces what is there. */
enum err vault_put(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   const struct vault_text *v);
/* Slices of *v point into `out`, which the caller wipes when it held more than is shown.
 * ERR_NOT_FOUND: erased, or never there; legal everywhere.  ERR_CRYPTO: sealed under another key.
 */
enum err vault_get(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   struct buf *out, struct vault_text *v);

/* Free text of a person about a case.  word: what came with it, such as the gates of an override;
 * may be empty.  action: "note", "dismiss", "reveal", ..., or "override".  Notes of an older format
 * have no action and no person, and at_ms 0 when their batch was trimmed off the journal. */
struct vault_note {
    struct slice text;
    struct slice word;
    struct slice action;
    struct id person;
    int64_t at_ms;
};
/* Under the seq of the event that it came with. */
enum err vault_put_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t seq,
                        const struct vault_note *n);
/* The first note of the case at or after *seq, which becomes its own.  Slices point into `out`.
 * ERR_NOT_FOUND: there is none; others as vault_get. */
enum err vault_next_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t *seq,
                         struct buf *out, struct vault_note *n);

/* Everything that the vault may hold of a case: texts of its mentions and replies, notes, the
 * ticket.  Calls fn with each key; not all of them are there. */
enum err vault_each_of_case(struct store_txn *txn, struct id kase,
                            enum err (*fn)(void *ctx, struct slice key), void *ctx);
/* The key of one record but a note; points into out. */
struct slice vault_key(enum vault_kind kind, struct id id, char out[17]);
/* Absent is fine. */
enum err vault_del(struct store_txn *txn, enum vault_kind kind, struct id id);
#endif
