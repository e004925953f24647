/* buf.c - growth by doubling, up to the ceiling. */
#include "base/buf.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_FIRST_BYTES 256

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max != 0 ? max : SIZE_MAX / 2};
}

void buf_fini(struct buf *b)
{
    free(b->p);
    b->p = NULL;
    b->n = b->cap = 0;
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->err = ERR_OK;
    if (b->p != NULL)
        b->p[0] = 0;
}

static bool grow(struct buf *b, size_t n)
{
    size_t max = b->max != 0 ? b->max : SIZE_MAX / 2;
    if (b->err != ERR_OK)
        return false;
    if (n > max - b->n) {
        b->err = ERR_TOO_LONG;
        return false;
    }
    if (b->p != NULL && n <= b->cap - b->n)
        return true;
    size_t cap = b->cap != 0 ? b->cap : BUF_FIRST_BYTES;
    while (cap < b->n + n)
        cap = cap > max / 2 ? max : cap * 2;
    char *p = realloc(b->p, cap + 1);
    if (p == NULL) {
        b->err = ERR_NO_MEMORY;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
    if (!grow(b, n))
        return;
    if (n > 0)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = 0;
}

void buf_add_z(struct buf *b, const char *z)
{
    buf_add(b, z, strlen(z));
}

void buf_add_slice(struct buf *b, struct slice s)
{
    buf_add(b, s.p, s.n);
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n >= 0 && grow(b, (size_t)n)) {
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

struct slice buf_slice(const struct buf *b)
{
    return slice_make(b->p, b->n);
}
