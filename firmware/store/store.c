/* store.c - opening, closing, the reader barrier, the probe and sizes. */
#include "base/file.h"
#include "base/log.h"
#include "base/pack.h"
#include "base/seal.h"
#include "store/env.h"
#include "store/install.h"
#include "store/store_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define PROBE_BYTES (256u << 10) /* about what a batch needs */

static uint64_t default_map(void)
{
    return sizeof(void *) >= 8 ? UINT64_C(16) << 30 : UINT64_C(1) << 30;
}

enum err store_lock_folder(const char *dir, int *fd, struct store_error *e)
{
    char path[4200];
    (void)snprintf(path, sizeof path, "%s/lock", dir);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0) {
        store_fail(e, file_err(errno), "cannot open %s: %s", path, strerror(errno));
        return e->code;
    }
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return ERR_OK;
    (void)close(*fd);
    *fd = -1;
    store_fail(e, ERR_BUSY, "%s is in use by a running atalaya; stop it first", dir);
    return ERR_BUSY;
}

/* What a restore left that was cut short; then a new file when there is none at all. */
static enum err prepare_folder(struct store *s, struct store_error *e)
{
    enum err err = install_settle(s->dir);
    if (err != ERR_OK) {
        store_fail(e, err, "cannot finish the restore in %s: %s", s->dir, err_word(err));
        return err;
    }
    if (install_is_aside(s->dir, e))
        return e->code;
    return access(s->path, F_OK) == 0 ? ERR_OK : store_create_file(s, e);
}

static enum err open_files(struct store *s, struct store_error *e)
{
    if (!s->read_only && prepare_folder(s, e) != ERR_OK)
        return e->code;
    int code = store_env_open(s, &s->env, s->path, s->read_only);
    if (code != MDB_SUCCESS) {
        store_fail(e, store_map_code(code), "cannot open %s: %s", s->path, mdb_strerror(code));
        return e->code;
    }
    int dead;
    (void)mdb_reader_check(s->env, &dead);
    enum err err = store_env_tables(s, s->env, !s->read_only);
    if (err == ERR_OK)
        err = store_read_identity(s);
    if (err == ERR_VERSION)
        store_fail(e, err, "%s was written by a newer atalaya; install that version", s->path);
    else if (err != ERR_OK)
        store_fail(e, err, "cannot open %s: %s; restore a backup", s->path, err_word(err));
    return err;
}

enum err store_open(const struct store_options *o, struct store **out, struct store_error *e)
{
    *out = NULL;
    *e = (struct store_error){.code = ERR_OK};
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL) {
        store_fail(e, ERR_NO_MEMORY, "out of memory");
        return ERR_NO_MEMORY;
    }
    (void)pthread_mutex_init(&s->lock, NULL);
    mono_cond_init(&s->changed);
    s->lock_fd = -1;
    s->read_only = o->read_only;
    s->map_bytes = o->map_bytes != 0 ? o->map_bytes : default_map();
    int n = snprintf(s->dir, sizeof s->dir, "%s", o->dir);
    (void)snprintf(s->path, sizeof s->path, "%s/atalaya.mdb", s->dir);
    if (n < 0 || (size_t)n >= sizeof s->dir)
        store_fail(e, ERR_TOO_LONG, "the path of the data folder is too long");
    else if (!s->read_only && mkdir(s->dir, 0700) != 0 && errno != EEXIST)
        store_fail(e, file_err(errno), "cannot create the data folder %s: %s", s->dir,
                   strerror(errno));
    else if (s->read_only || store_lock_folder(s->dir, &s->lock_fd, e) == ERR_OK)
        (void)open_files(s, e);
    if (e->code != ERR_OK) {
        store_close(s);
        return e->code;
    }
    *out = s;
    return ERR_OK;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    if (s->env != NULL)
        mdb_env_close(s->env);
    if (s->lock_fd >= 0)
        (void)close(s->lock_fd);
    (void)pthread_cond_destroy(&s->changed);
    (void)pthread_mutex_destroy(&s->lock);
    free(s);
}

struct id store_box_id(const struct store *s)
{
    return s->box;
}

enum err store_size_now(struct store *s, struct store_size *out)
{
    MDB_envinfo info;
    MDB_stat stat;
    struct statvfs fs;
    struct stat st;
    *out = (struct store_size){.map_bytes = s->map_bytes};
    pthread_mutex_lock(&s->lock);
    bool is_open = !s->is_barred && s->env != NULL && mdb_env_info(s->env, &info) == MDB_SUCCESS &&
                   mdb_env_stat(s->env, &stat) == MDB_SUCCESS;
    out->n_commits = s->n_commits;
    out->n_commit_failures = s->n_commit_failures;
    out->n_readers = s->n_readers;
    pthread_mutex_unlock(&s->lock);
    if (!is_open)
        return ERR_BUSY;
    out->used_bytes = (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
    if (statvfs(s->dir, &fs) == 0)
        out->disk_free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
    if (lstat(s->path, &st) == 0)
        out->file_bytes = (uint64_t)st.st_blocks * 512;
    return ERR_OK;
}

/* Waits with the lock held until no reader is left. */
static enum err bar_readers(struct store *s, int64_t timeout_ms)
{
    const struct timespec until = mono_deadline(timeout_ms);
    s->is_barred = true;
    while (s->n_readers > 0)
        if (pthread_cond_timedwait(&s->changed, &s->lock, &until) != 0)
            break;
    return s->n_readers == 0 ? ERR_OK : ERR_BUSY;
}

static void let_readers(struct store *s)
{
    s->is_barred = false;
    pthread_cond_broadcast(&s->changed);
}

static enum err open_again(struct store *s)
{
    int code = store_env_open(s, &s->env, s->path, s->read_only);
    if (code != MDB_SUCCESS) {
        s->env = NULL;
        return store_map_code(code);
    }
    return store_env_tables(s, s->env, false);
}

static enum err swap_environment(struct store *s, const char *replacement)
{
    enum err e = ERR_OK;
    if (s->env != NULL)
        mdb_env_close(s->env);
    s->env = NULL;
    if (replacement != NULL && rename(replacement, s->path) != 0)
        e = file_err(errno);
    if (e == ERR_OK && replacement != NULL)
        e = file_sync_folder(s->path);
    enum err opened = open_again(s);
    return e == ERR_OK ? opened : e;
}

/* The disk is waited for without the lock: whoever asks for faults or sizes must not wait with it.
 */
static enum err reopen_with(struct store *s, int64_t timeout_ms, const char *replacement)
{
    pthread_mutex_lock(&s->lock);
    enum err e = bar_readers(s, timeout_ms);
    pthread_mutex_unlock(&s->lock);
    if (e == ERR_OK)
        e = swap_environment(s, replacement);
    pthread_mutex_lock(&s->lock);
    let_readers(s);
    pthread_mutex_unlock(&s->lock);
    return e;
}

enum err store_reopen(struct store *s, int64_t timeout_ms)
{
    return reopen_with(s, timeout_ms, NULL);
}

enum err store_probe(struct store *s)
{
    static const struct slice name = {"probe", 5};
    struct store_txn *txn;
    char *bytes = calloc(1, PROBE_BYTES);
    if (bytes == NULL)
        return ERR_NO_MEMORY;
    enum err e = store_begin(s, &txn);
    if (e == ERR_OK &&
        (e = store_put(txn, TABLE_META, name, slice_make(bytes, PROBE_BYTES))) == ERR_OK)
        e = store_commit(txn);
    else if (txn != NULL)
        store_abort(txn);
    free(bytes);
    if (e != ERR_OK || (e = store_begin(s, &txn)) != ERR_OK)
        return e;
    if ((e = store_del(txn, TABLE_META, name)) == ERR_OK)
        return store_commit(txn);
    store_abort(txn);
    return e;
}

enum err store_compact(struct store *s, int64_t timeout_ms)
{
    char copy[4200];
    (void)snprintf(copy, sizeof copy, "%s.compact", s->path);
    (void)unlink(copy);
    int code = mdb_env_copy2(s->env, copy, MDB_CP_COMPACT);
    if (code != MDB_SUCCESS) {
        (void)unlink(copy);
        return store_note(s, "compact", code);
    }
    int fd = open(copy, O_RDWR | O_CLOEXEC);
    enum err e = fd >= 0 && fsync(fd) == 0 && fchmod(fd, 0600) == 0 ? ERR_OK : file_err(errno);
    if (fd >= 0)
        (void)close(fd);
    if (e == ERR_OK)
        e = reopen_with(s, timeout_ms, copy);
    if (e != ERR_OK)
        (void)unlink(copy);
    return e;
}
