/* backup.c - copies of the file: made while it runs, and put in its place when it is stopped. */
#include "base/file.h"
#include "store/env.h"
#include "store/maintain.h"
#include "store/scratch.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum err maintain_backup(struct store *s, const char *path, struct store_error *e)
{
    char temporary[4200];
    int n = snprintf(temporary, sizeof temporary, "%s.new", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return scratch_failed(e, ERR_TOO_LONG, "backup to", path);
    int fd = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return scratch_failed(e, file_err(errno), "backup to", path);
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
    return scratch_failed(e, err, "backup to", path);
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
    scratch_empty(scratch);
    enum err err = mkdir(dir, 0700) == 0 || errno == EEXIST ? ERR_OK : file_err(errno);
    if (err == ERR_OK && mkdir(scratch, 0700) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = copy_file(path, from);
    if (err != ERR_OK) {
        scratch_empty(scratch);
        return scratch_failed(e, err, "restore from", path);
    }
    const struct store_options o = {.dir = scratch};
    err = store_open(&o, &s, e);
    if (err == ERR_OK) {
        err = scratch_read_everything(s, &n);
        store_close(s);
    }
    if (err == ERR_OK && rename(to, kept) != 0 && errno != ENOENT)
        err = file_err(errno);
    if (err == ERR_OK && rename(from, to) != 0)
        err = file_err(errno);
    if (err == ERR_OK)
        err = file_sync_folder(to);
    scratch_empty(scratch);
    if (err == ERR_OK)
        scratch_empty(checkpoints);
    return err == ERR_OK
               ? ERR_OK
               : scratch_failed(e, err, "this backup is incomplete, or cannot be installed:", path);
}
