/* shim.c - preloaded into the real program: makes the disk fail or hang, and moves the machine's
 * clock, as a file that SHIM_CONTROL names says.  The file is mapped, so what a test writes there
 * holds from the next call on. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { FAIL_WRITE = 1, FAIL_META = 2, FAIL_SYNC = 4 };

struct control {
    uint32_t fails;                       /* bits of the above */
    int32_t error;                        /* errno of what fails */
    uint32_t sync_ms;                     /* how long a sync takes before it does or fails */
    uint32_t is_unknown;                  /* 1: the kernel says that nobody set the clock */
    int64_t clock_ms;                     /* added to the machine's clock */
    uint32_t n_failed, n_syncs, n_synced; /* what happened; written here, read by the test */
};

static volatile struct control *control(void)
{
    static volatile struct control *mapped;
    static struct control nothing;
    if (mapped != NULL)
        return mapped;
    const char *path = getenv("SHIM_CONTROL");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *p = fd >= 0 ? mmap(NULL, sizeof nothing, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                      : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    return mapped = p != MAP_FAILED ? p : &nothing;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static const char *path_of(int fd, char path[512])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, 511);
    path[n > 0 ? n : 0] = '\0';
    return path;
}

static int is_ours(int fd)
{
    static const char name[] = "/atalaya.mdb";
    char path[512];
    size_t n = strlen(path_of(fd, path)), tail = sizeof name - 1;
    return n > tail && strcmp(path + n - tail, name) == 0;
}

static int fails(int fd, uint32_t what)
{
    volatile struct control *c = control();
    if ((c->fails & what) == 0 || !is_ours(fd))
        return 0;
    c->n_failed++;
    errno = c->error;
    return 1;
}

static int write_fails(int fd, off_t at)
{
    return fails(fd, at < 8192 ? FAIL_META : FAIL_WRITE);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    ssize_t (*real)(int, const void *, size_t, off_t) = next("pwrite");
    static int n_meta;
    if (!write_fails(fd, at))
        return real(fd, p, n, at);
    if (at >= 8192)
        return -1;
    /* A meta page whose sync fails is in the page cache all the same; what LMDB writes back over it
     * gets through. */
    ssize_t written = real(fd, p, n, at);
    errno = control()->error;
    return n_meta++ % 2 == 0 ? -1 : written;
}

ssize_t pwrite64(int fd, const void *p, size_t n, off_t at)
{
    return pwrite(fd, p, n, at);
}

ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at)
{
    ssize_t (*real)(int, const struct iovec *, int, off_t) = next("pwritev");
    return write_fails(fd, at) ? -1 : real(fd, v, n, at);
}

ssize_t writev(int fd, const struct iovec *v, int n)
{
    ssize_t (*real)(int, const struct iovec *, int) = next("writev");
    return fails(fd, FAIL_WRITE) ? -1 : real(fd, v, n);
}

static int sync_as(const char *name, int fd)
{
    int (*real)(int) = next(name);
    uint32_t ms = control()->sync_ms;
    int does_fail = fails(fd, FAIL_SYNC), error = errno;
    char path[512];
    control()->n_syncs++;
    if (strstr(path_of(fd, path), "/atalaya-") != NULL) {
        const struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
        nanosleep(&t, NULL);
    }
    int status = does_fail ? -1 : real(fd);
    control()->n_synced++;
    errno = does_fail ? error : errno;
    return status;
}

int fdatasync(int fd)
{
    return sync_as("fdatasync", fd);
}

int fsync(int fd)
{
    return sync_as("fsync", fd);
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    int (*real)(clockid_t, struct timespec *) = next("clock_gettime");
    int status = real(id, t);
    int64_t ms = control()->clock_ms;
    if (status == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
        t->tv_sec += ms / 1000;
    return status;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    int status = clock_gettime(CLOCK_REALTIME, &now);
    *t = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return status;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}

int adjtimex(struct timex *t)
{
    int (*real)(struct timex *) = next("adjtimex");
    int status = real(t);
    if (control()->is_unknown == 0) {
        t->status &= ~STA_UNSYNC;
        return TIME_OK;
    }
    t->status |= STA_UNSYNC;
    return status >= 0 ? TIME_ERROR : status;
}
