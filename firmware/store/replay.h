/* replay.h - the journal through apply, into another store.
 *
 * Invariant 2 of firmware/README.md: the tables are what apply makes of the journal.  Verify and
 * rebuild both start where replay_start says, so that they agree about what the tables should be.
 *
 * Where it starts, the first that holds:
 *  1. the newest whole checkpoint that tables of our own APPLY_VERSION were written to;
 *  2. nothing at all, when the journal reaches back to its first event;
 *  3. the newest whole checkpoint of another version: what the journal no longer holds can only be
 *     taken as it stands.  The log says up to which event that is.
 * A checkpoint is whole when its digest is right; one that is not is passed over, and told.  One
 * from after the journal's end belongs to another file and is passed over, too. */
#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H
#include "store/maintain.h"

/* Fills the empty `to` from a checkpoint, or leaves it empty; *seq: the last event that is in it (0
 * = none).  ERR_CORRUPT: neither a checkpoint nor the beginning of the journal is there. */
enum err replay_start(struct store *from, struct store *to, uint64_t *seq);
/* The journal reaches back to its first event, so that the tables can be made of it alone. */
bool replay_has_beginning(struct store *s);
/* Applies the batches after *seq, a bounded number of them in one commit, and moves *seq on;
 * *is_done at the journal's end.  out->n_events counts.  ERR_CORRUPT: a batch is damaged or
 * missing. */
enum err replay_some(struct store_txn *in, struct store *to, maintain_apply apply, uint64_t *seq,
                     bool *is_done, struct maintain_diff *out);
/* The same to the journal's end, in snapshots of their own, so that the writer's pages come free
 * meanwhile. */
enum err replay_all(struct store *from, struct store *to, maintain_apply apply, uint64_t *seq,
                    struct maintain_diff *out);
#endif
