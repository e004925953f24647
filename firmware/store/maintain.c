/* maintain.c - see the header. */
#include "store/maintain.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/seal.h"
#include "store/checkpoint.h"
#include "store/env.h"
#include "store/replay.h"
#include "store/scratch.h"
#include "store/store_file.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_MAX 511
#define RECORDS_A_COMMIT 20000

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
    enum err err = scratch_read_everything(s, &n);
    if (err != ERR_OK)
        return scratch_failed(e, err, "a record is unreadable in", s->path);
    err = scratch_open(dir, &scratch, e);
    if (err != ERR_OK)
        return err;
    err = replay_start(s, scratch, &seq);
    if (err == ERR_OK)
        err = replay_all(s, scratch, apply, &seq, out);
    if (err == ERR_OK)
        err = compare(s, scratch, apply, &seq, out);
    store_close(scratch);
    file_remove_folder(dir);
    return err == ERR_OK ? ERR_OK : scratch_failed(e, err, "cannot replay the journal:", s->path);
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
    err = scratch_open(scratch_dir, &scratch, e);
    if (err == ERR_OK)
        err = replay_start(s, scratch, &seq);
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
    file_remove_folder(scratch_dir);
    store_close(s);
    return err == ERR_OK ? ERR_OK : scratch_failed(e, err, "rebuild of", dir);
}

enum err maintain_checkpoint(struct store *s, uint64_t *seq, uint64_t *trim_seq, uint8_t digest[32],
                             struct store_error *e)
{
    char path[4400];
    struct store_txn *txn;
    uint64_t before;
    snprintf(path, sizeof path, "%s/checkpoints", s->dir);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return scratch_failed(e, file_err(errno), "cannot create", path);
    enum err err = store_read(s, &txn);
    if (err != ERR_OK)
        return scratch_failed(e, err, "cannot read", s->path);
    err = store_last_seq(txn, seq);
    checkpoint_path(s->dir, *seq, path);
    if (err == ERR_OK)
        err = checkpoint_write(txn, *seq, path, digest);
    store_read_end(txn);
    if (err != ERR_OK)
        return scratch_failed(e, err, "checkpoint", path);
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
