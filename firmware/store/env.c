/* env.c - see the header. */
#include "store/env.h"
#include "base/file.h"
#include "base/log.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define READERS_MAX 126

void store_fail(struct store_error *e, enum err code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    e->code = code;
    (void)vsnprintf(e->message, sizeof e->message, format, args);
    va_end(args);
}

enum err store_map_code(int code)
{
    switch (code) {
    case MDB_SUCCESS:
        return ERR_OK;
    case MDB_NOTFOUND:
        return ERR_NOT_FOUND;
    case MDB_KEYEXIST:
        return ERR_EXISTS;
    case MDB_MAP_FULL:
        return ERR_FULL;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
        return ERR_CORRUPT;
    case MDB_VERSION_MISMATCH:
        return ERR_VERSION;
    case MDB_READERS_FULL:
        return ERR_BUSY;
    case MDB_BAD_VALSIZE:
        return ERR_TOO_LONG;
    default:
        return code > 0 ? file_err(code) : ERR_IO;
    }
}

static const char *reason_of(enum err e)
{
    return e == ERR_FULL        ? "the disk or the map is full"
           : e == ERR_READ_ONLY ? "the file system is read-only"
           : e == ERR_CORRUPT   ? "stored data is damaged"
                                : "the disk is refusing writes";
}

enum err store_note(struct store *s, const char *what, int code)
{
    enum err e = store_map_code(code);
    if (e != ERR_FULL && e != ERR_IO && e != ERR_READ_ONLY && e != ERR_CORRUPT)
        return e;
    pthread_mutex_lock(&s->lock);
    struct store_fault *f = e == ERR_CORRUPT ? &s->damage : &s->fault;
    /* MDB_PANIC only repeats that an earlier write failed. */
    bool is_news = f->code != e && (code != MDB_PANIC || f->code == ERR_OK);
    if (is_news) {
        f->code = e;
        (void)snprintf(f->what, sizeof f->what, "%s: %s (%s)", what, reason_of(e),
                       mdb_strerror(code));
    }
    pthread_mutex_unlock(&s->lock);
    if (is_news)
        log_error("store: %s: %s (%s)", what, reason_of(e), mdb_strerror(code));
    return e;
}

struct store_fault store_fault_now(struct store *s)
{
    pthread_mutex_lock(&s->lock);
    struct store_fault fault = s->fault.code != ERR_OK ? s->fault : s->damage;
    pthread_mutex_unlock(&s->lock);
    return fault;
}

/* A file that was cut short would end the program with SIGBUS.  Zeros in place of what is missing
 * are found to be damaged when they are read.  (Pages at the very end may be missing rightly.) */
static int make_long_enough(MDB_env *env, const char *path)
{
    MDB_envinfo info;
    MDB_stat stat;
    struct stat st;
    int code = mdb_env_info(env, &info);
    if (code == MDB_SUCCESS)
        code = mdb_env_stat(env, &stat);
    if (code != MDB_SUCCESS)
        return code;
    off_t n = ((off_t)info.me_last_pgno + 1) * (off_t)stat.ms_psize;
    if (lstat(path, &st) != 0 || (st.st_size < n && truncate(path, n) != 0))
        return errno;
    return MDB_SUCCESS;
}

int store_env_open(struct store *s, MDB_env **out, const char *path, bool read_only)
{
    MDB_env *env;
    int code = mdb_env_create(&env);
    if (code != MDB_SUCCESS)
        return code;
    code = mdb_env_set_maxdbs(env, TABLE_N);
    if (code == MDB_SUCCESS)
        code = mdb_env_set_mapsize(env, s->map_bytes);
    if (code == MDB_SUCCESS)
        code = mdb_env_set_maxreaders(env, READERS_MAX);
    if (code == MDB_SUCCESS)
        code = mdb_env_open(env, path,
                            MDB_NOSUBDIR | MDB_NOTLS | MDB_NOMEMINIT | MDB_NORDAHEAD |
                                (read_only ? MDB_RDONLY : 0),
                            0600);
    if (code == MDB_SUCCESS && !read_only)
        code = make_long_enough(env, path);
    if (code != MDB_SUCCESS) {
        mdb_env_close(env);
        return code;
    }
    *out = env;
    return MDB_SUCCESS;
}

enum err store_env_tables(struct store *s, MDB_env *env, bool create)
{
    MDB_txn *txn;
    int code = mdb_txn_begin(env, NULL, create ? 0 : MDB_RDONLY, &txn);
    if (code != MDB_SUCCESS)
        return store_map_code(code);
    for (int t = 0; t < TABLE_N && code == MDB_SUCCESS; t++)
        code = mdb_dbi_open(txn, table_name((enum table)t), create ? MDB_CREATE : 0, &s->dbi[t]);
    if (code == MDB_SUCCESS)
        code = mdb_txn_commit(txn);
    else
        mdb_txn_abort(txn);
    return store_map_code(code);
}
