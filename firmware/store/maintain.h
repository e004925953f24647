/* maintain.h - backup, restore, verify, rebuild, checkpoints: what the work thread and the command
 * line do. */
#ifndef STORE_MAINTAIN_H
#define STORE_MAINTAIN_H
#include "base/buf.h"
#include "store/store.h"

/* Applies one encoded event to tables; given by the caller (core/apply.h), so that live, replay and
 * tests share it. */
typedef enum err (*maintain_apply)(const struct tables *t, uint64_t seq, struct slice event);

/* A compacting copy of the running box to `path`: under a name of its own first, for its owner
 * alone (0600), synced, then renamed.  Nothing that has the name is replaced or followed:
 * ERR_EXISTS. */
enum err maintain_backup(struct store *s, const char *path, struct store_error *e);
/* Only when stopped: reads every record of `path`, then puts a copy of it in place of dir's file,
 * which is kept as atalaya.mdb.before-restore (install.h).  Checkpoints of the old file go; a file
 * whose journal does not reach back to its beginning gets one of its own, or nothing could be
 * rebuilt from it any more.  ERR_BUSY: a box runs there.  ERR_CORRUPT: `path` is not whole, and
 * nothing has changed. */
enum err maintain_restore(const char *dir, const char *path, struct store_error *e);

struct maintain_diff {
    uint64_t n_events, n_records;
    uint64_t n_different; /* keys that are missing, extra or of another value */
    char first[200];      /* table, key (hex) and which side; "" when equal */
};
/* Replays the journal from the newest checkpoint into a scratch file and compares every derived
 * table, key by key. May run beside the writer. */
enum err maintain_verify(struct store *s, maintain_apply apply, struct maintain_diff *out,
                         struct store_error *e);
/* Only when stopped: the same into a second file that then takes the place of the first. */
enum err maintain_rebuild(const char *dir, maintain_apply apply, struct maintain_diff *out,
                          struct store_error *e);

/* Writes dir/checkpoints/<seq>.ckpt: every derived table at the snapshot's seq with a SHA-256 at
 * its end; fsync, rename. Keeps the newest two; *trim_seq: the older one's seq, up to which the
 * journal is no longer needed (0 = there is none). */
enum err maintain_checkpoint(struct store *s, uint64_t *seq, uint64_t *trim_seq, uint8_t digest[32],
                             struct store_error *e);
/* When the newest checkpoint was written, by the machine's clock; 0 = there is none. */
int64_t maintain_checkpointed_ms(const char *dir);
#endif
