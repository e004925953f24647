/* cut.c - preloaded into the real program: ends it right after the CUT_AFTER-th call that changes a
 * folder or makes a file durable. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int done(int status)
{
    static int n;
    const char *after = getenv("CUT_AFTER");
    if (after != NULL && ++n == atoi(after))
        _exit(137);
    return status;
}

#define NEXT(name) dlsym(RTLD_NEXT, name)

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = NEXT("rename");
    return done(real(from, to));
}

int link(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = NEXT("link");
    return done(real(from, to));
}

int unlink(const char *path)
{
    int (*real)(const char *) = NEXT("unlink");
    return done(real(path));
}

int rmdir(const char *path)
{
    int (*real)(const char *) = NEXT("rmdir");
    return done(real(path));
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = NEXT("mkdir");
    return done(real(path, mode));
}

int fsync(int fd)
{
    int (*real)(int) = NEXT("fsync");
    return done(real(fd));
}

int fdatasync(int fd)
{
    int (*real)(int) = NEXT("fdatasync");
    return done(real(fd));
}
