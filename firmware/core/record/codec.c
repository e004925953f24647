/* codec.c - the two directions of a layout. */
#include "core/record/codec.h"
#include <string.h>

struct codec codec_writer(struct buf *b)
{
    return (struct codec){.b = b, .version = UINT8_MAX};
}

struct codec codec_reader(struct slice s, uint8_t version)
{
    return (struct codec){.u = unpack_of(s), .version = version};
}

enum err codec_end(const struct codec *c)
{
    if (c->b != NULL)
        return c->b->err;
    return c->is_bad || !unpack_done(&c->u) ? ERR_CORRUPT : ERR_OK;
}

void codec_uint(struct codec *c, uint64_t *v, uint64_t max)
{
    if (c->b != NULL) {
        pack_uint(c->b, *v);
        return;
    }
    *v = unpack_uint(&c->u);
    if (*v > max) {
        c->is_bad = true;
        *v = 0;
    }
}

void codec_int(struct codec *c, int64_t *v)
{
    if (c->b != NULL)
        pack_int(c->b, *v);
    else
        *v = unpack_int(&c->u);
}

void codec_id(struct codec *c, struct id *v)
{
    if (c->b != NULL)
        pack_id(c->b, *v);
    else
        *v = unpack_id(&c->u);
}

void codec_bool(struct codec *c, bool *v)
{
    uint64_t n = *v;
    codec_uint(c, &n, 1);
    *v = n != 0;
}

void codec_fixed(struct codec *c, void *p, size_t n)
{
    if (c->b != NULL) {
        buf_add(c->b, p, n);
    } else if (unpack_left(&c->u) < n) {
        c->is_bad = true;
        memset(p, 0, n);
    } else {
        memcpy(p, c->u.p, n);
        c->u.p += n;
    }
}

void codec_text(struct codec *c, char *z, size_t max)
{
    if (c->b != NULL) {
        pack_bytes(c->b, slice_of(z));
        return;
    }
    struct slice s = unpack_bytes(&c->u);
    if (s.n >= max)
        c->is_bad = true;
    slice_copy_z(s, z, max);
}

void codec_bytes(struct codec *c, struct slice *s)
{
    if (c->b != NULL)
        pack_bytes(c->b, *s);
    else
        *s = unpack_bytes(&c->u);
}
