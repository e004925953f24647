/* env.h - LMDB's environment under an open store: its one struct, opening, codes and faults.
 *
 * Stands below everything else of store: txn.c on it, then store_file.c, then store.c.
 *
 * The reader barrier.  LMDB forbids closing an environment while anybody reads it, so:
 *  1. whoever reads is counted (store_enter ... store_leave), also for a single get;
 *  2. whoever wants to close sets is_barred, and waits until n_readers is 0: meanwhile newcomers
 *     wait in store_enter, for at most READER_WAIT_MS, and then get ERR_BUSY;
 *  3. only then is env closed, replaced and opened again, by the writer's thread alone;
 *  4. no read transaction is held across a wait, or 2. never ends.
 * env is NULL when it could not be opened again: every store_begin and store_read then says
 * ERR_IO. */
#ifndef STORE_ENV_H
#define STORE_ENV_H
#include "base/mono.h"
#include "store/store.h"
#include <lmdb.h>
#include <pthread.h>

#define STORE_FORMAT 1

struct store {
    char dir[4000], path[4096];
    MDB_env *env;
    MDB_dbi dbi[TABLE_N];
    int lock_fd;
    bool read_only;
    uint64_t map_bytes;
    struct id box;
    unsigned apply_version; /* of the derived tables in the file */
    pthread_mutex_t lock;   /* of everything below */
    pthread_cond_t changed;
    unsigned n_readers;
    bool is_barred; /* readers wait: the environment is the writer's alone, to open it again */
    struct store_fault fault;  /* of writing; a commit clears it */
    struct store_fault damage; /* of what was read; stays */
    uint64_t n_commits, n_commit_failures;
};

struct store_txn {
    struct store *s;
    MDB_txn *txn;
    bool is_write;
    char *scratch; /* value and checksum on their way in */
    size_t scratch_bytes;
    MDB_cursor *cursors[TABLE_N];
};

/* Maps an LMDB code; notes a disk that is refusing writes, or damaged data, as the store's fault.
 */
enum err store_note(struct store *s, const char *what, int code);
enum err store_map_code(int code);
/* Opens the environment at s->path; tables are made unless read-only. */
int store_env_open(struct store *s, MDB_env **out, const char *path, bool read_only);
enum err store_env_tables(struct store *s, MDB_env *env, bool create);
/* In txn.c, which alone reads.  Counts as a reader, so that nobody closes the environment
 * meanwhile.  ERR_BUSY, ERR_IO. */
enum err store_enter(struct store *s);
void store_leave(struct store *s);
void store_fail(struct store_error *e, enum err code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
