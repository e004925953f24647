/* checkpoint.h - the derived tables as a file, dir/checkpoints/<seq, 20 digits>.ckpt.
 *
 * "atalaya checkpoint 2\n", seq (u64) and APPLY_VERSION of the apply that made the tables (u32),
 * both big-endian; then for every record its table (u8), key and value, each with its length before
 * it, in order of table and key; 0xff; and a SHA-256 of all of it.  Files of version 1 ("checkpoint
 * 1") have no APPLY_VERSION and are still read. */
#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H
#include "store/store.h"

struct checkpoint_head {
    uint64_t seq;           /* the last event that is in the tables */
    unsigned apply_version; /* 0 = the file is of version 1 and does not say */
};

/* ERR_FULL, ERR_IO, ERR_READ_ONLY; nothing is left behind then. */
enum err checkpoint_write(struct store_txn *txn, uint64_t seq, const char *path,
                          uint8_t digest[32]);
/* Reads the whole file, and says what it is.  ERR_CORRUPT: it is not whole; ERR_NOT_FOUND. */
enum err checkpoint_check(const char *path, struct checkpoint_head *out);
/* Puts every record into `to`, committing now and then.  ERR_CORRUPT: the file is not whole; `to`
 * is then to be thrown away. */
enum err checkpoint_load(const char *path, struct store *to, uint64_t *seq);
/* The newest in dir/checkpoints, 0 = none; and the one before it. */
uint64_t checkpoint_newest(const char *dir, uint64_t *before);
/* Unlinks those of a lower seq. */
void checkpoint_drop_before(const char *dir, uint64_t seq);
void checkpoint_path(const char *dir, uint64_t seq, char out[4400]);
#endif
