/* backup.c - copies of the file: made while it runs, and put in its place when it is stopped. */
#include "base/file.h"
#include "store/env.h"
#include "store/install.h"
#include "store/maintain.h"
#include "store/replay.h"
#include "store/scratch.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the file system cannot refuse, it is looked first. */
static enum err rename_to_new(const char *from, const char *to)
{
    struct stat st;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return ERR_OK;
    if (errno != EINVAL && errno != ENOSYS)
        return file_err(errno);
    if (lstat(to, &st) == 0)
        return ERR_EXISTS;
    return rename(from, to) == 0 ? ERR_OK : file_err(errno);
}

enum err maintain_backup(struct store *s, const char *path, struct store_error *e)
{
    char temporary[4200];
    int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return scratch_failed(e, ERR_TOO_LONG, "backup to", path);
    int fd = mkostemp(temporary, O_CLOEXEC);
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
    if (err == ERR_OK)
        err = rename_to_new(temporary, path);
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

/* dir/restore with the new file in it, read whole; checkpoints, too, when its journal alone does
 * not make its tables. */
static enum err prepare(const char *scratch, const char *path, struct store_error *e)
{
    char file[4300];
    struct store *s;
    uint64_t n, seq, trim_seq;
    uint8_t digest[32];
    const struct store_options o = {.dir = scratch};
    snprintf(file, sizeof file, "%s/atalaya.mdb", scratch);
    enum err err = mkdir(scratch, 0700) == 0 ? copy_file(path, file) : file_err(errno);
    if (err != ERR_OK)
        return scratch_failed(e, err, "restore from", path);
    err = store_open(&o, &s, e);
    if (err != ERR_OK)
        return err == ERR_VERSION ? err : scratch_failed(e, err, "not a whole backup:", path);
    err = scratch_read_everything(s, &n);
    if (err == ERR_OK && !replay_has_beginning(s))
        err = maintain_checkpoint(s, &seq, &trim_seq, digest, e);
    store_close(s);
    return err == ERR_OK ? ERR_OK : scratch_failed(e, err, "not a whole backup:", path);
}

enum err maintain_restore(const char *dir, const char *path, struct store_error *e)
{
    char scratch[4200];
    int lock_fd;
    *e = (struct store_error){.code = ERR_OK};
    snprintf(scratch, sizeof scratch, "%s/restore", dir);
    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return scratch_failed(e, file_err(errno), "restore to", dir);
    enum err err = store_lock_folder(dir, &lock_fd, e);
    if (err != ERR_OK)
        return err;
    err = install_settle(dir);
    if (err == ERR_OK)
        err = prepare(scratch, path, e);
    if (err == ERR_OK && (err = install_prepared(dir)) != ERR_OK)
        scratch_failed(e, err, "cannot install", path);
    if (err != ERR_OK)
        (void)install_settle(dir);
    close(lock_fd);
    return err;
}
