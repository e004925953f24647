/* checkpoint.c - see the header. */
#include "store/checkpoint.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/seal.h"
#include "store/env.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Version 1 did not say which apply had made the tables. */
#define MAGIC "atalaya checkpoint 2\n"
#define MAGIC_BEFORE "atalaya checkpoint 1\n"
#define MAGIC_BYTES (sizeof MAGIC - 1)
#define END_OF_TABLES 0xff
#define FLUSH_BYTES 65536
#define RECORDS_A_COMMIT 20000
#define KEY_MAX 511

struct sink {
    int fd;
    struct buf out;
    struct seal_digest *digest;
    enum err err;
};

static void flush(struct sink *s)
{
    size_t done = 0;
    seal_digest_add(s->digest, buf_slice(&s->out));
    if (s->err == ERR_OK)
        s->err = s->out.err;
    while (s->err == ERR_OK && done < s->out.n) {
        ssize_t n = write(s->fd, s->out.p + done, s->out.n - done);
        if (n < 0 && errno != EINTR)
            s->err = file_err(errno);
        done += n > 0 ? (size_t)n : 0;
    }
    buf_clear(&s->out);
}

static enum err dump_table(struct store_txn *txn, enum table t, struct sink *s)
{
    uint8_t from[KEY_MAX + 1];
    struct slice key = {(const char *)from, 0}, k, v;
    enum err e;
    while ((e = store_seek(txn, t, key, &k, &v)) == ERR_OK && s->err == ERR_OK) {
        pack_u8(&s->out, (uint8_t)t);
        pack_bytes(&s->out, k);
        pack_bytes(&s->out, v);
        memcpy(from, k.p, k.n);
        from[k.n] = 0;
        key.n = k.n + 1;
        if (s->out.n >= FLUSH_BYTES)
            flush(s);
    }
    return e == ERR_NOT_FOUND ? s->err : e != ERR_OK ? e : s->err;
}

static enum err write_all(struct store_txn *txn, uint64_t seq, struct sink *s, uint8_t digest[32])
{
    enum err e = ERR_OK;
    buf_add(&s->out, MAGIC, MAGIC_BYTES);
    pack_key_u64(&s->out, seq);
    pack_key_u32(&s->out, store_apply_version(txn->s));
    for (int t = 0; t < TABLE_N_DERIVED && e == ERR_OK; t++)
        e = dump_table(txn, (enum table)t, s);
    pack_u8(&s->out, END_OF_TABLES);
    flush(s);
    seal_digest_end(s->digest, digest);
    if (e == ERR_OK)
        e = s->err;
    if (e == ERR_OK && write(s->fd, digest, 32) != 32)
        e = file_err(errno);
    return e == ERR_OK && fsync(s->fd) != 0 ? file_err(errno) : e;
}

enum err checkpoint_write(struct store_txn *txn, uint64_t seq, const char *path, uint8_t digest[32])
{
    char temporary[4500];
    struct sink s = {.err = ERR_OK, .digest = seal_digest_new()};
    snprintf(temporary, sizeof temporary, "%s.new", path);
    if (s.digest == NULL)
        return ERR_NO_MEMORY;
    buf_init(&s.out, 0);
    s.fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (s.fd < 0) {
        seal_digest_end(s.digest, digest);
        return file_err(errno);
    }
    enum err e = write_all(txn, seq, &s, digest);
    close(s.fd);
    buf_fini(&s.out);
    if (e == ERR_OK && rename(temporary, path) != 0)
        e = file_err(errno);
    if (e != ERR_OK)
        unlink(temporary);
    return e == ERR_OK ? file_sync_folder(path) : e;
}

/* A record as it comes from the file, hashed on the way. */
struct source {
    FILE *f;
    struct seal_digest *digest;
    struct buf key, value;
};

static bool read_bytes(struct source *s, void *p, size_t n)
{
    if (fread(p, 1, n, s->f) != n)
        return false;
    seal_digest_add(s->digest, slice_make(p, n));
    return true;
}

static bool read_uint(struct source *s, uint64_t *out)
{
    uint8_t b;
    *out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (!read_bytes(s, &b, 1))
            return false;
        *out |= (uint64_t)(b & 0x7f) << shift;
        if ((b & 0x80) == 0)
            return true;
    }
    return false;
}

static bool read_packed(struct source *s, struct buf *out)
{
    char chunk[4096];
    uint64_t n;
    buf_clear(out);
    if (!read_uint(s, &n) || n > (64u << 20))
        return false;
    while (n > 0) {
        size_t k = n < sizeof chunk ? (size_t)n : sizeof chunk;
        if (!read_bytes(s, chunk, k))
            return false;
        buf_add(out, chunk, k);
        n -= k;
    }
    return out->err == ERR_OK;
}

static enum err load_records(struct source *s, struct store *to)
{
    struct store_txn *txn;
    unsigned n = 0;
    uint8_t table;
    enum err e = store_begin(to, &txn);
    if (e != ERR_OK)
        return e;
    while (read_bytes(s, &table, 1)) {
        if (table == END_OF_TABLES)
            return store_commit(txn);
        if (table >= TABLE_N_DERIVED || !read_packed(s, &s->key) || !read_packed(s, &s->value))
            break;
        e = store_put(txn, (enum table)table, buf_slice(&s->key), buf_slice(&s->value));
        if (e != ERR_OK)
            break;
        if (++n % RECORDS_A_COMMIT == 0) {
            e = store_commit(txn);
            if (e == ERR_OK)
                e = store_begin(to, &txn);
            if (e != ERR_OK)
                return e;
        }
    }
    store_abort(txn);
    return e != ERR_OK ? e : ERR_CORRUPT;
}

static bool read_head(struct source *s, struct checkpoint_head *out)
{
    uint8_t magic[MAGIC_BYTES], seq[8], version[4] = {0};
    if (!read_bytes(s, magic, sizeof magic) || !read_bytes(s, seq, sizeof seq))
        return false;
    if (memcmp(magic, MAGIC, MAGIC_BYTES) == 0) {
        if (!read_bytes(s, version, sizeof version))
            return false;
    } else if (memcmp(magic, MAGIC_BEFORE, MAGIC_BYTES) != 0) {
        return false;
    }
    struct unpack u = unpack_of(slice_make(seq, sizeof seq)),
                  v = unpack_of(slice_make(version, sizeof version));
    out->seq = unpack_key_u64(&u);
    out->apply_version = unpack_key_u32(&v);
    return true;
}

/* Reads the whole file; `records` takes what lies between head and digest. */
static enum err read_file(const char *path, struct checkpoint_head *head,
                          enum err (*records)(struct source *s, struct store *to), struct store *to)
{
    uint8_t digest[32], said[32];
    struct source s = {.f = fopen(path, "rbe"), .digest = seal_digest_new()};
    if (s.f == NULL || s.digest == NULL) {
        if (s.f != NULL)
            fclose(s.f);
        if (s.digest != NULL)
            seal_digest_end(s.digest, digest);
        return s.f == NULL ? ERR_NOT_FOUND : ERR_NO_MEMORY;
    }
    buf_init(&s.key, 0);
    buf_init(&s.value, 0);
    enum err e = read_head(&s, head) ? records(&s, to) : ERR_CORRUPT;
    seal_digest_end(s.digest, digest);
    if (e == ERR_OK && (fread(said, 1, 32, s.f) != 32 || memcmp(said, digest, 32) != 0))
        e = ERR_CORRUPT;
    buf_fini(&s.key);
    buf_fini(&s.value);
    fclose(s.f);
    return e;
}

enum err checkpoint_load(const char *path, struct store *to, uint64_t *seq)
{
    struct checkpoint_head head = {.seq = 0};
    enum err e = read_file(path, &head, load_records, to);
    *seq = head.seq;
    return e;
}

static enum err pass_records(struct source *s, struct store *to)
{
    uint8_t table;
    (void)to;
    while (read_bytes(s, &table, 1)) {
        if (table == END_OF_TABLES)
            return ERR_OK;
        if (table >= TABLE_N_DERIVED || !read_packed(s, &s->key) || !read_packed(s, &s->value))
            break;
    }
    return ERR_CORRUPT;
}

enum err checkpoint_check(const char *path, struct checkpoint_head *out)
{
    *out = (struct checkpoint_head){.seq = 0};
    return read_file(path, out, pass_records, NULL);
}

void checkpoint_path(const char *dir, uint64_t seq, char out[4400])
{
    snprintf(out, 4400, "%s/checkpoints/%020llu.ckpt", dir, (unsigned long long)seq);
}

/* Calls fn with each checkpoint's seq. */
static void each(const char *dir, void (*fn)(void *, uint64_t), void *ctx)
{
    char path[4400];
    snprintf(path, sizeof path, "%s/checkpoints", dir);
    DIR *d = opendir(path);
    for (const struct dirent *f = d != NULL ? readdir(d) : NULL; f != NULL; f = readdir(d)) {
        char *end;
        unsigned long long seq = strtoull(f->d_name, &end, 10);
        if (end != f->d_name && strcmp(end, ".ckpt") == 0)
            fn(ctx, seq);
    }
    if (d != NULL)
        closedir(d);
}

static void keep_two(void *ctx, uint64_t seq)
{
    uint64_t *two = ctx; /* newest, and the one before */
    if (seq > two[0]) {
        two[1] = two[0];
        two[0] = seq;
    } else if (seq > two[1]) {
        two[1] = seq;
    }
}

uint64_t checkpoint_newest(const char *dir, uint64_t *before)
{
    uint64_t two[2] = {0, 0};
    each(dir, keep_two, two);
    *before = two[1];
    return two[0];
}

struct dropping {
    const char *dir;
    uint64_t seq;
};

static void drop_one(void *ctx, uint64_t seq)
{
    const struct dropping *d = ctx;
    char path[4400];
    checkpoint_path(d->dir, seq, path);
    if (seq < d->seq)
        unlink(path);
}

void checkpoint_drop_before(const char *dir, uint64_t seq)
{
    struct dropping d = {dir, seq};
    each(dir, drop_one, &d);
}
