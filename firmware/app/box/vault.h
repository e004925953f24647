/* vault.h - texts, names and addresses of people outside: sealed under the box's key, each in its
 * own record. */
#ifndef APP_VAULT_H
#define APP_VAULT_H
#include "app/box/box.h"

#define VAULT_PART_END 0x1e /* between the parts of a reply of ours */

enum vault_kind {                      /* on disk */
                  VAULT_MENTION = 'm', /* by mention id, or by the id of a reply that was seen */
                  VAULT_CUSTOMER = 'c',
                  VAULT_TICKET = 't', /* number of the open ticket; by case */
                  VAULT_NOTE =
                      'n', /* free text of people: note, reason, ticket number; by case and seq */
};

enum err vault_put(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   const struct vault_text *v);
/* Slices point into `out`.  ERR_NOT_FOUND: erased, or never there.  ERR_CRYPTO: sealed under
 * another key. */
enum err vault_get(struct box *b, struct store_txn *txn, enum vault_kind kind, struct id id,
                   struct buf *out, struct vault_text *v);
/* Free text of a person about a case. */
struct vault_note {
    struct slice text;
    struct slice word;   /* what came with it: the gates of an override; may be empty */
    struct slice action; /* "note", "dismiss", "reveal", ..., or "override"; empty: not kept then */
    struct id person;    /* none: not kept then */
    int64_t at_ms;       /* 0: not kept then, and its batch is in the journal no more */
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
struct slice vault_key(enum vault_kind kind, struct id id, char out[17]);
enum err vault_del(struct store_txn *txn, enum vault_kind kind, struct id id); /* absent is fine */
#endif
