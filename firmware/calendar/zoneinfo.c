/* zoneinfo.c - see the header. */
#include "calendar/zoneinfo.h"
#include "base/buf.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZONE_BYTES_MAX 262144

struct zoneinfo {
    struct buf bytes;
};

struct zoneinfo *zoneinfo_new(void)
{
    struct zoneinfo *z = calloc(1, sizeof *z);
    if (z != NULL)
        buf_init(&z->bytes, ZONE_BYTES_MAX);
    return z;
}

void zoneinfo_free(struct zoneinfo *z)
{
    if (z == NULL)
        return;
    buf_fini(&z->bytes);
    free(z);
}

static bool is_zone_name(const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t n = strlen(name);
    return n > 0 && n < 64 && name[0] != '/' && strspn(name, letters) == n;
}

static enum err read_zone(void *ctx, const char *name, struct slice *out)
{
    struct zoneinfo *z = ctx;
    char path[512];
    const char *dir = getenv("TZDIR");
    if (!is_zone_name(name))
        return ERR_NOT_FOUND;
    int n = snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : "/usr/share/zoneinfo", name);
    if (n < 0 || (size_t)n >= sizeof path)
        return ERR_NOT_FOUND;
    buf_clear(&z->bytes);
    if (file_read(path, &z->bytes) != ERR_OK)
        return ERR_NOT_FOUND;
    *out = buf_slice(&z->bytes);
    return ERR_OK;
}

struct zone_source zoneinfo_source(struct zoneinfo *z)
{
    return (struct zone_source){.ctx = z, .zone = read_zone};
}
