/* checkpoint.h - the derived tables as a file: seq, then (table, key, value) in order, then a
 * SHA-256 of all of it. */
#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H
#include "store/store.h"

/* ERR_FULL, ERR_IO, ERR_READ_ONLY; nothing is left behind then. */
enum err checkpoint_write(struct store_txn *txn, uint64_t seq, const char *path,
                          uint8_t digest[32]);
/* Puts every record into `to`, committing now and then.  ERR_CORRUPT: the file is not whole; `to`
 * is then to be thrown away. */
enum err checkpoint_load(const char *path, struct store *to, uint64_t *seq);
/* The newest in dir/checkpoints, 0 = none; and the one before it. */
uint64_t checkpoint_newest(const char *dir, uint64_t *before);
/* Unlinks those of a lower seq. */
void checkpoint_drop_before(const char *dir, uint64_t seq);
void checkpoint_path(const char *dir, uint64_t seq, char out[4400]);
#endif
