/* file.c - whole files. */
#include "base/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err file_err(int errno_value)
{
    switch (errno_value) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ERR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return ERR_READ_ONLY;
    case ENOENT:
        return ERR_NOT_FOUND;
    case ENOMEM:
        return ERR_NO_MEMORY;
    case EEXIST:
        return ERR_EXISTS;
    default:
        return ERR_IO;
    }
}

enum err file_read(const char *path, struct buf *out)
{
    char chunk[16384];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        buf_add(out, chunk, (size_t)n);
    (void)close(fd);
    return n < 0 ? ERR_IO : out->err;
}

enum err file_sync_folder(const char *path)
{
    char copy[PATH_MAX];
    if (strlen(path) >= sizeof copy)
        return ERR_TOO_LONG;
    memcpy(copy, path, strlen(path) + 1);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return file_err(errno);
    int status = fsync(fd);
    enum err e = status == 0 ? ERR_OK : file_err(errno);
    (void)close(fd);
    return e;
}

static enum err write_all(int fd, struct slice data)
{
    while (data.n > 0) {
        ssize_t n = write(fd, data.p, data.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_err(errno);
        data.p += n;
        data.n -= (size_t)n;
    }
    return fsync(fd) == 0 ? ERR_OK : file_err(errno);
}

enum err file_write(const char *path, struct slice data, unsigned mode)
{
    char temporary[PATH_MAX];
    int n = snprintf(temporary, sizeof temporary, "%s.new", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return ERR_TOO_LONG;
    (void)unlink(temporary); /* what an earlier crash left */
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (fd < 0)
        return file_err(errno);
    enum err e = write_all(fd, data);
    if (close(fd) != 0 && e == ERR_OK)
        e = file_err(errno);
    if (e == ERR_OK && rename(temporary, path) != 0)
        e = file_err(errno);
    if (e != ERR_OK)
        (void)unlink(temporary);
    return e == ERR_OK ? file_sync_folder(path) : e;
}

void file_remove_folder(const char *path)
{
    char inner[PATH_MAX];
    struct stat st;
    DIR *d = lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ? opendir(path) : NULL;
    for (const struct dirent *f = d != NULL ? readdir(d) : NULL; f != NULL; f = readdir(d)) {
        int n = snprintf(inner, sizeof inner, "%s/%s", path, f->d_name);
        if (n < 0 || (size_t)n >= sizeof inner || strcmp(f->d_name, ".") == 0 ||
            strcmp(f->d_name, "..") == 0)
            continue;
        if (unlink(inner) != 0)
            file_remove_folder(inner);
    }
    if (d != NULL)
        (void)closedir(d);
    (void)rmdir(path);
}
