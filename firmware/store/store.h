/* store.h - one LMDB file: journal, derived tables, vault, secrets.  One writer; readers anywhere.
 *
 * Every value carries a CRC-32C over key and value; a mismatch is ERR_CORRUPT, reported once with
 * table and key. A file is created under a temporary name and renamed.  Default sync only: a commit
 * that returned ERR_OK is on disk.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/id.h"
#include "core/record/table.h"
#include <stdbool.h>
#include <stdint.h>

struct store;     /* an open environment; shared by threads */
struct store_txn; /* one transaction; stays on its thread */

struct store_options {
    const char
        *dir; /* made with 0700 when absent; the file is dir/atalaya.mdb, the lock dir/lock */
    uint64_t map_bytes; /* sparse reservation; 0 = 16 GiB on 64-bit, 1 GiB on 32-bit */
    bool read_only;     /* for status and verify beside a running box */
};

struct store_error { /* filled whenever open fails */
    enum err code;
    char message[240]; /* what, where, what to do */
};

/* Held until *fd is closed, by whoever opens a file in the folder to write.  ERR_BUSY: another
 * process holds it; the fault's text says what to do. */
enum err store_lock_folder(const char *dir, int *fd, struct store_error *e);
/* Makes the file when there is none, unless one was put aside there (ERR_DENIED, see install.h).
 * ERR_BUSY: another process holds the lock.  ERR_VERSION: a newer format.  *out is NULL on failure.
 */
enum err store_open(const struct store_options *o, struct store **out, struct store_error *e);
void store_close(struct store *s); /* NULL is fine; no transaction may be open */

/* Set once, when the file is made: who wrote the journal. */
struct id store_box_id(const struct store *s);
/* APPLY_VERSION of the program whose apply made the derived tables; less than ours: rebuild before
 * use.  A newer one does not open (ERR_VERSION). */
unsigned store_apply_version(const struct store *s);

/* A write transaction: the writer thread only, one at a time.  ERR_FULL, ERR_IO, ERR_READ_ONLY,
 * ERR_CORRUPT. After a failed meta write LMDB refuses everything until store_reopen. */
enum err store_begin(struct store *s, struct store_txn **out);
/* Frees txn in every case.  On failure nothing of it happened, and store_fault tells why. */
enum err store_commit(struct store_txn *txn);
void store_abort(struct store_txn *txn);

/* A snapshot for reading; short: never across a wait. */
enum err store_read(struct store *s, struct store_txn **out);
void store_read_end(struct store_txn *txn);

/* Derived tables through a transaction; put and del are NULL for a snapshot.  Refuses other tables:
 * ERR_DENIED. */
struct tables store_tables(struct store_txn *txn);

/* Any table, for vault, secrets, meta and dumps.  Same promises as struct tables.  A seek
 * that answers ERR_CORRUPT has set *key to the damaged record's, so that one can go on behind it;
 * an empty one when the page itself is damaged. */
enum err store_get(struct store_txn *txn, enum table t, struct slice key, struct slice *value);
enum err store_seek(struct store_txn *txn, enum table t, struct slice from, struct slice *key,
                    struct slice *value);
enum err store_put(struct store_txn *txn, enum table t, struct slice key, struct slice value);
enum err store_del(struct store_txn *txn, enum table t, struct slice key);
enum err store_count(struct store_txn *txn, enum table t, uint64_t *out); /* entries, O(1) */

/* The journal: one record a batch. */
struct store_batch {
    uint64_t first_seq; /* >= 1 */
    uint32_t n_events;  /* >= 1 */
    int64_t at_ms;      /* when it was decided */
    struct id box;
    struct slice
        events; /* n_events times: length (unsigned LEB128), encoded event (core/event.h) */
};
/* first_seq must be the last seq + 1: ERR_INVALID otherwise. */
enum err store_append(struct store_txn *txn, const struct store_batch *batch);
/* The batch that holds `seq`, or the next one; ERR_NOT_FOUND after the last. */
enum err store_batch_at(struct store_txn *txn, uint64_t seq, struct store_batch *out);
enum err store_last_seq(struct store_txn *txn, uint64_t *out); /* 0 = empty journal */
/* Drops batches that lie wholly before `seq`, at most max_batches in one call; *n_dropped says how
 * many. */
enum err store_trim(struct store_txn *txn, uint64_t seq, unsigned max_batches, unsigned *n_dropped);

/* The highest seq that was ever trimmed is kept, so that numbering goes on over an empty journal.
 */

/* What the writer has to tell the world when something is wrong. */
struct store_fault {
    enum err code;  /* ERR_OK: healthy */
    char what[160]; /* "commit: No space left on device" */
};
/* Any thread.  A fault of writing is gone with the next commit; ERR_CORRUPT stays as long as the
 * store is open. */
struct store_fault store_fault_now(struct store *s);

struct store_size {
    uint64_t file_bytes, used_bytes, map_bytes; /* used: pages in use */
    uint64_t disk_free_bytes;
    uint64_t n_commits, n_commit_failures;
    unsigned n_readers;
};
enum err store_size_now(struct store *s, struct store_size *out);

/* Writes and takes away again about as much as a batch: the fault is gone when this is ERR_OK.  The
 * writer's, while it has nothing else to try. */
enum err store_probe(struct store *s);

/* The reader barrier: waits until every snapshot has ended (new ones wait, at most timeout_ms, then
 * get ERR_BUSY), then closes and opens the environment again.  Called by the writer thread.
 * ERR_BUSY: a reader did not let go. */
enum err store_reopen(struct store *s, int64_t timeout_ms);
/* Compacts into a second file and swaps it in behind the barrier; what was deleted is then in no
 * file any more. */
enum err store_compact(struct store *s, int64_t timeout_ms);
#endif
