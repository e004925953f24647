/* store_internal.h - the environment as store's own files see it. */
#ifndef STORE_STORE_INTERNAL_H
#define STORE_STORE_INTERNAL_H
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

/* Makes s->path under a temporary name, with every table and an identity, and renames it. */
enum err store_create_file(struct store *s, struct store_error *e);
/* Fills s->box and s->apply_version.  ERR_VERSION: a newer program's; ERR_CORRUPT. */
enum err store_read_identity(struct store *s);
/* Notes that the derived tables are as our own apply makes them. */
enum err store_put_apply_version(struct store_txn *txn);

struct store_txn {
    struct store *s;
    MDB_txn *txn;
    bool is_write;
    char *scratch; /* value and checksum on their way in */
    size_t scratch_bytes;
    MDB_cursor *cursors[TABLE_N];
};

/* Maps an LMDB code; notes a disk that does not take writes, or damaged data, as the store's fault.
 */
enum err store_note(struct store *s, const char *what, int code);
enum err store_map_code(int code);
/* Opens the environment at s->path; tables are made unless read-only. */
int store_env_open(struct store *s, MDB_env **out, const char *path, bool read_only);
enum err store_env_tables(struct store *s, MDB_env *env, bool create);
/* A cond of the monotonic clock, and a deadline on it. */
void store_cond_init(pthread_cond_t *c);
struct timespec store_deadline(int64_t timeout_ms);
/* Counts as a reader, so that nobody closes the environment meanwhile.  ERR_BUSY, ERR_IO. */
enum err store_enter(struct store *s);
void store_leave(struct store *s);
void store_fail(struct store_error *e, enum err code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
