/* maintain.c - see the header. */
#include "store/maintain.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/seal.h"
#include "store/checkpoint.h"
#include "store/env.h"
#include "store/store_file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_MAX 511
#define BATCHES_A_TURN 200
#define RECORDS_A_COMMIT 20000

static enum err failed(struct store_error *e, enum err code, const char *what, const char *where)
{
    store_fail(e, code, "%s %.150s: %s", what, where, err_word(code));
    return code;
}

enum err maintain_backup(struct store *s, const char *path, struct store_error *e)
{
    char temporary[4200];
    int n = snprintf(temporary, sizeof temporary, "%s.new", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return failed(e, ERR_TOO_LONG, "backup to", path);
    int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return failed(e, file_err(errno), "backup to", path);
    enum err err = store_enter(s);
    if (err == ERR_OK) {
        err = store_map_code(mdb_env_copyfd2(s->env, fd, MDB_CP_COMPACT));
        store_leave(s);
    }
    if (err == ERR_OK && fsync(fd) != 0)
        err = file_err(errno);
    close(fd);
    if (err == ERR_OK && rename(temporary, path) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = file_sync_folder(path);
    if (err == ERR_OK)
        return ERR_OK;
    unlink(temporary);
    return failed(e, err, "backup to", path);
}

/* Every record of every table, for its checksum. */
static enum err read_everything(struct store *s, uint64_t *n)
{
    struct store_txn *txn;
    uint8_t from[KEY_MAX + 1];
    enum err e = store_read(s, &txn);
    *n = 0;
    for (int t = 0; t < TABLE_N && e == ERR_OK; t++) {
        struct slice key = {(const char *)from, 0}, k, v;
        while ((e = store_seek(txn, (enum table)t, key, &k, &v)) == ERR_OK) {
            memcpy(from, k.p, k.n);
            from[k.n] = 0;
            key.n = k.n + 1;
            ++*n;
        }
        e = e == ERR_NOT_FOUND ? ERR_OK : e;
    }
    if (txn != NULL)
        store_read_end(txn);
    return e;
}

static enum err copy_file(const char *from, const char *to)
{
    char chunk[65536];
    int in = open(from, O_RDONLY | O_CLOEXEC),
        out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    enum err e = in >= 0 && out >= 0 ? ERR_OK : file_err(errno);
    for (ssize_t n = 1; e == ERR_OK && n > 0;) {
        n = read(in, chunk, sizeof chunk);
        if (n < 0 || (n > 0 && write(out, chunk, (size_t)n) != n))
            e = file_err(errno);
    }
    if (e == ERR_OK && out >= 0 && fsync(out) != 0)
        e = file_err(errno);
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return e;
}

static void empty_folder(const char *dir)
{
    char path[4700];
    DIR *d = opendir(dir);
    for (const struct dirent *f = d != NULL ? readdir(d) : NULL; f != NULL; f = readdir(d)) {
        snprintf(path, sizeof path, "%s/%s", dir, f->d_name);
        if (f->d_name[0] != '.')
            unlink(path);
    }
    if (d != NULL)
        closedir(d);
    rmdir(dir);
}

static enum err open_scratch(const char *dir, struct store **out, struct store_error *e)
{
    empty_folder(dir);
    const struct store_options o = {.dir = dir};
    return store_open(&o, out, e);
}

enum err maintain_restore(const char *dir, const char *path, struct store_error *e)
{
    char scratch[4200], from[4300], to[4200], kept[4300], checkpoints[4200];
    struct store *s;
    uint64_t n;
    snprintf(scratch, sizeof scratch, "%s/restore", dir);
    snprintf(from, sizeof from, "%s/atalaya.mdb", scratch);
    snprintf(to, sizeof to, "%s/atalaya.mdb", dir);
    snprintf(kept, sizeof kept, "%s.before-restore", to);
    snprintf(checkpoints, sizeof checkpoints, "%s/checkpoints", dir);
    *e = (struct store_error){.code = ERR_OK};
    empty_folder(scratch);
    enum err err = mkdir(dir, 0700) == 0 || errno == EEXIST ? ERR_OK : file_err(errno);
    if (err == ERR_OK && mkdir(scratch, 0700) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = copy_file(path, from);
    if (err != ERR_OK) {
        empty_folder(scratch);
        return failed(e, err, "restore from", path);
    }
    const struct store_options o = {.dir = scratch};
    err = store_open(&o, &s, e);
    if (err == ERR_OK) {
        err = read_everything(s, &n);
        store_close(s);
    }
    if (err == ERR_OK && rename(to, kept) != 0 && errno != ENOENT)
        err = file_err(errno);
    if (err == ERR_OK && rename(from, to) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = file_sync_folder(to);
    empty_folder(scratch);
    if (err == ERR_OK)
        empty_folder(checkpoints);
    return err == ERR_OK
               ? ERR_OK
               : failed(e, err, "this backup is incomplete, or cannot be installed:", path);
}

/* Applies the journal of `from` after *seq to `to`, a bounded number of batches in one commit.
 * *is_done at its end. */
static enum err replay_some(struct store_txn *in, struct store *to, maintain_apply apply,
                            uint64_t *seq, bool *is_done, struct maintain_diff *out)
{
    struct store_txn *txn;
    struct store_batch batch;
    enum err e = store_begin(to, &txn);
    if (e != ERR_OK)
        return e;
    struct tables t = store_tables(txn);
    for (int i = 0; i < BATCHES_A_TURN && e == ERR_OK && !*is_done; i++) {
        e = store_batch_at(in, *seq + 1, &batch);
        if (e == ERR_NOT_FOUND) {
            *is_done = true;
            e = ERR_OK;
            break;
        }
        if (e == ERR_OK && batch.first_seq != *seq + 1)
            e = ERR_CORRUPT;
        struct unpack u = unpack_of(batch.events);
        for (uint32_t k = 0; k < batch.n_events && e == ERR_OK; k++) {
            struct slice event = unpack_bytes(&u);
            e = u.bad ? ERR_CORRUPT : apply(&t, ++*seq, event);
            out->n_events++;
        }
    }
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static enum err start_replay(const char *dir, struct store *to, uint64_t *seq)
{
    char path[4400];
    uint64_t before, newest = checkpoint_newest(dir, &before);
    *seq = 0;
    if (newest == 0)
        return ERR_OK;
    checkpoint_path(dir, newest, path);
    return checkpoint_load(path, to, seq);
}

static enum err replay_all(struct store *from, struct store *to, maintain_apply apply,
                           uint64_t *seq, struct maintain_diff *out)
{
    bool is_done = false;
    enum err e = ERR_OK;
    while (e == ERR_OK && !is_done) {
        struct store_txn *in;
        e = store_read(from, &in);
        if (e != ERR_OK)
            break;
        e = replay_some(in, to, apply, seq, &is_done, out);
        store_read_end(in);
    }
    return e;
}

static void note_difference(struct maintain_diff *d, enum table t, struct slice key,
                            const char *side)
{
    if (d->n_different++ > 0)
        return;
    char hex[2 * 48 + 1];
    seal_hex(key.p, key.n < 48 ? key.n : 48, hex);
    snprintf(d->first, sizeof d->first, "%s %s: %s", table_name(t), hex, side);
}

static void set_after(uint8_t from[KEY_MAX + 1], struct slice *key, struct slice k)
{
    memcpy(from, k.p, k.n);
    from[k.n] = 0;
    *key = slice_make(from, k.n + 1);
}

static enum err compare_table(struct store_txn *a, struct store_txn *b, enum table t,
                              struct maintain_diff *d)
{
    uint8_t from[KEY_MAX + 1];
    struct slice key = {(const char *)from, 0}, ka, va, kb, vb;
    for (;;) {
        enum err ea = store_seek(a, t, key, &ka, &va), eb = store_seek(b, t, key, &kb, &vb);
        if (ea == ERR_NOT_FOUND && eb == ERR_NOT_FOUND)
            return ERR_OK;
        if ((ea != ERR_OK && ea != ERR_NOT_FOUND) || (eb != ERR_OK && eb != ERR_NOT_FOUND))
            return ea != ERR_OK && ea != ERR_NOT_FOUND ? ea : eb;
        int order = ea == ERR_NOT_FOUND ? 1 : eb == ERR_NOT_FOUND ? -1 : slice_cmp(ka, kb);
        if (order < 0)
            note_difference(d, t, ka, "is in the tables, not in the journal");
        else if (order > 0)
            note_difference(d, t, kb, "is in the journal, not in the tables");
        else if (!slice_eq(va, vb))
            note_difference(d, t, ka, "differs from the journal");
        d->n_records++;
        set_after(from, &key, order <= 0 ? ka : kb);
    }
}

static enum err compare(struct store *s, struct store *scratch, maintain_apply apply, uint64_t *seq,
                        struct maintain_diff *out)
{
    struct store_txn *a, *b;
    bool is_done = false;
    enum err e = store_read(s, &a);
    if (e != ERR_OK)
        return e;
    while (e == ERR_OK && !is_done)
        e = replay_some(a, scratch, apply, seq, &is_done, out);
    if (e == ERR_OK)
        e = store_read(scratch, &b);
    if (e == ERR_OK) {
        for (int t = 0; t < TABLE_N_DERIVED && e == ERR_OK; t++)
            e = compare_table(a, b, (enum table)t, out);
        store_read_end(b);
    }
    store_read_end(a);
    return e;
}

enum err maintain_verify(struct store *s, maintain_apply apply, struct maintain_diff *out,
                         struct store_error *e)
{
    char dir[4200];
    struct store *scratch;
    uint64_t seq, n;
    memset(out, 0, sizeof *out);
    snprintf(dir, sizeof dir, "%s/verify", s->dir);
    enum err err = read_everything(s, &n);
    if (err != ERR_OK)
        return failed(e, err, "a record is unreadable in", s->path);
    err = open_scratch(dir, &scratch, e);
    if (err != ERR_OK)
        return err;
    err = start_replay(s->dir, scratch, &seq);
    if (err == ERR_OK)
        err = replay_all(s, scratch, apply, &seq, out);
    if (err == ERR_OK)
        err = compare(s, scratch, apply, &seq, out);
    store_close(scratch);
    empty_folder(dir);
    return err == ERR_OK ? ERR_OK : failed(e, err, "cannot replay the journal:", s->path);
}

static enum err copy_table(struct store_txn *in, struct store *to, enum table t)
{
    struct store_txn *txn;
    uint8_t from[KEY_MAX + 1];
    struct slice key = {(const char *)from, 0}, k, v;
    unsigned n = 0;
    enum err e = store_begin(to, &txn);
    if (e != ERR_OK)
        return e;
    while ((e = store_seek(in, t, key, &k, &v)) == ERR_OK) {
        e = store_put(txn, t, k, v);
        if (e != ERR_OK)
            break;
        set_after(from, &key, k);
        if (++n % RECORDS_A_COMMIT == 0) {
            e = store_commit(txn);
            if (e == ERR_OK)
                e = store_begin(to, &txn);
            if (e != ERR_OK)
                return e;
        }
    }
    if (e != ERR_NOT_FOUND) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static enum err copy_primary(struct store *from, struct store *to)
{
    struct store_txn *in;
    enum err e = store_read(from, &in);
    if (e != ERR_OK)
        return e;
    for (int t = TABLE_N_DERIVED; t < TABLE_N && e == ERR_OK; t++)
        e = copy_table(in, to, (enum table)t);
    store_read_end(in);
    return e;
}

/* The copied table of such notes says what the old file was. */
static enum err note_apply_version(struct store *s)
{
    struct store_txn *txn;
    enum err e = store_begin(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_put_apply_version(txn);
    if (e == ERR_OK)
        return store_commit(txn);
    store_abort(txn);
    return e;
}

enum err maintain_rebuild(const char *dir, maintain_apply apply, struct maintain_diff *out,
                          struct store_error *e)
{
    char scratch_dir[4200], from[4300], to[4200];
    struct store *s, *scratch = NULL;
    const struct store_options o = {.dir = dir};
    uint64_t seq;
    memset(out, 0, sizeof *out);
    snprintf(scratch_dir, sizeof scratch_dir, "%s/rebuild", dir);
    snprintf(from, sizeof from, "%s/atalaya.mdb", scratch_dir);
    snprintf(to, sizeof to, "%s/atalaya.mdb", dir);
    enum err err = store_open(&o, &s, e);
    if (err != ERR_OK)
        return err;
    err = open_scratch(scratch_dir, &scratch, e);
    if (err == ERR_OK)
        err = start_replay(dir, scratch, &seq);
    if (err == ERR_OK)
        err = replay_all(s, scratch, apply, &seq, out);
    if (err == ERR_OK)
        err = compare(s, scratch, apply, &seq, out);
    if (err == ERR_OK)
        err = copy_primary(s, scratch);
    if (err == ERR_OK)
        err = note_apply_version(scratch);
    store_close(scratch);
    if (err == ERR_OK && rename(from, to) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = file_sync_folder(to);
    empty_folder(scratch_dir);
    store_close(s);
    return err == ERR_OK ? ERR_OK : failed(e, err, "rebuild of", dir);
}

enum err maintain_checkpoint(struct store *s, uint64_t *seq, uint64_t *trim_seq, uint8_t digest[32],
                             struct store_error *e)
{
    char path[4400];
    struct store_txn *txn;
    uint64_t before;
    snprintf(path, sizeof path, "%s/checkpoints", s->dir);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return failed(e, file_err(errno), "cannot create", path);
    enum err err = store_read(s, &txn);
    if (err != ERR_OK)
        return failed(e, err, "cannot read", s->path);
    err = store_last_seq(txn, seq);
    checkpoint_path(s->dir, *seq, path);
    if (err == ERR_OK)
        err = checkpoint_write(txn, *seq, path, digest);
    store_read_end(txn);
    if (err != ERR_OK)
        return failed(e, err, "checkpoint", path);
    checkpoint_newest(s->dir, &before);
    *trim_seq = before;
    checkpoint_drop_before(s->dir, before);
    return ERR_OK;
}

int64_t maintain_checkpointed_ms(const char *dir)
{
    char path[4400];
    struct stat st;
    uint64_t before, newest = checkpoint_newest(dir, &before);
    if (newest == 0)
        return 0;
    checkpoint_path(dir, newest, path);
    return stat(path, &st) == 0 ? (int64_t)st.st_mtime * 1000 : 0;
}
