/* arena.c - chained blocks, each twice the one before up to 1 MiB. */
#include "base/arena.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BYTES 4096
#define LARGEST_BYTES (1u << 20)

struct arena_block {
    struct arena_block *next;
    size_t cap, used;
    alignas(max_align_t) unsigned char bytes[];
};

void arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){.max = max};
}

void arena_fini(struct arena *a)
{
    while (a->first != NULL) {
        struct arena_block *next = a->first->next;
        free(a->first);
        a->first = next;
    }
    a->now = NULL;
    a->used = 0;
}

void arena_reset(struct arena *a)
{
    for (struct arena_block *b = a->first; b != NULL; b = b->next)
        b->used = 0;
    a->now = a->first;
    a->used = 0;
}

static struct arena_block *block_new(const struct arena *a, size_t n)
{
    size_t cap = a->now != NULL ? a->now->cap * 2 : FIRST_BYTES;
    if (cap > LARGEST_BYTES)
        cap = LARGEST_BYTES;
    if (cap < n)
        cap = n;
    struct arena_block *b = malloc(sizeof *b + cap);
    if (b != NULL)
        *b = (struct arena_block){.cap = cap};
    return b;
}

static bool has_room(const struct arena_block *b, size_t n)
{
    return b != NULL && n <= b->cap - b->used;
}

static struct arena_block *block_for(struct arena *a, size_t n)
{
    while (a->now != NULL && !has_room(a->now, n) && a->now->next != NULL)
        a->now = a->now->next;
    if (has_room(a->now, n))
        return a->now;
    struct arena_block *b = block_new(a, n);
    if (b == NULL)
        return NULL;
    if (a->now == NULL)
        a->first = b;
    else
        a->now->next = b;
    return a->now = b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    const size_t step = alignof(max_align_t);
    if (n > SIZE_MAX / 2)
        return NULL;
    n = (n + step) / step * step;
    if (a->max != 0 && n > a->max - a->used)
        return NULL;
    struct arena_block *b = block_for(a, n);
    if (b == NULL)
        return NULL;
    void *p = b->bytes + b->used;
    b->used += n;
    a->used += n;
    return memset(p, 0, n);
}

struct slice arena_copy(struct arena *a, struct slice s)
{
    char *p = arena_copy_z(a, s);
    return slice_make(p, p != NULL ? s.n : 0);
}

char *arena_copy_z(struct arena *a, struct slice s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (p != NULL && s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}
