/* failing_tables.c - see the header. */
#include "bench/failing_tables.h"

static bool fails(struct failing *f)
{
    return f->countdown-- == 0;
}

static enum err failing_get(void *ctx, enum table t, struct slice key, struct slice *value)
{
    struct failing *f = ctx;
    return fails(f) ? ERR_IO : f->real.get(f->real.ctx, t, key, value);
}

static enum err failing_seek(void *ctx, enum table t, struct slice from, struct slice *key,
                             struct slice *value)
{
    struct failing *f = ctx;
    return fails(f) ? ERR_IO : f->real.seek(f->real.ctx, t, from, key, value);
}

static enum err failing_put(void *ctx, enum table t, struct slice key, struct slice value)
{
    struct failing *f = ctx;
    return fails(f) ? ERR_IO : f->real.put(f->real.ctx, t, key, value);
}

static enum err failing_del(void *ctx, enum table t, struct slice key)
{
    struct failing *f = ctx;
    return fails(f) ? ERR_IO : f->real.del(f->real.ctx, t, key);
}

struct tables failing_tables(struct failing *f, struct tables real, int countdown)
{
    *f = (struct failing){.real = real, .countdown = countdown};
    return (struct tables){.ctx = f,
                           .get = failing_get,
                           .seek = failing_seek,
                           .put = failing_put,
                           .del = failing_del};
}

bool failing_has(const struct failing *f)
{
    return f->countdown < 0;
}
