/* install.c - see the header. */
#include "store/install.h"
#include "base/file.h"
#include "store/env.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define PATH_BYTES 4400

static const char *path_of(const char *dir, const char *name, char out[PATH_BYTES])
{
    (void)snprintf(out, PATH_BYTES, "%s/%s", dir, name);
    return out;
}

static bool is_there(const char *dir, const char *name)
{
    char path[PATH_BYTES];
    return access(path_of(dir, name, path), F_OK) == 0;
}

static enum err move(const char *dir, const char *from, const char *to)
{
    char a[PATH_BYTES], b[PATH_BYTES];
    return rename(path_of(dir, from, a), path_of(dir, to, b)) == 0 ? ERR_OK : file_err(errno);
}

static enum err keep_old(const char *dir)
{
    char old[PATH_BYTES], second[PATH_BYTES];
    if (!is_there(dir, "atalaya.mdb"))
        return ERR_OK;
    (void)unlink(path_of(dir, "atalaya.mdb.second-name", second));
    if (link(path_of(dir, "atalaya.mdb", old), second) == 0)
        return move(dir, "atalaya.mdb.second-name", "atalaya.mdb.before-restore");
    return move(dir, "atalaya.mdb", "atalaya.mdb.before-restore");
}

static enum err swap_checkpoints(const char *dir)
{
    char path[PATH_BYTES];
    file_remove_folder(path_of(dir, "checkpoints", path));
    return is_there(dir, "restore/checkpoints") ? move(dir, "restore/checkpoints", "checkpoints")
                                                : ERR_OK;
}

enum err install_settle(const char *dir)
{
    char path[PATH_BYTES];
    enum err e = ERR_OK;
    if (is_there(dir, "restore/ready") && !is_there(dir, "restore/atalaya.mdb"))
        e = swap_checkpoints(dir);
    if (e != ERR_OK)
        return e;
    /* First: a folder that says ready must have all it says. */
    (void)unlink(path_of(dir, "restore/ready", path));
    file_remove_folder(path_of(dir, "restore", path));
    return ERR_OK;
}

enum err install_prepared(const char *dir)
{
    char path[PATH_BYTES];
    enum err e = file_write(path_of(dir, "restore/ready", path), slice_of("ready\n"), 0600);
    if (e == ERR_OK)
        e = keep_old(dir);
    if (e == ERR_OK)
        e = move(dir, "restore/atalaya.mdb", "atalaya.mdb");
    if (e == ERR_OK)
        e = file_sync_folder(path_of(dir, "atalaya.mdb", path));
    return e == ERR_OK ? install_settle(dir) : e;
}

bool install_is_aside(const char *dir, struct store_error *e)
{
    if (is_there(dir, "atalaya.mdb") || !is_there(dir, "atalaya.mdb.before-restore"))
        return false;
    store_fail(e, ERR_DENIED,
               "a restore in %.90s was cut short; run `atalaya restore FILE` again, or rename "
               "atalaya.mdb.before-restore to atalaya.mdb",
               dir);
    return true;
}
