/* arena.h - memory that is freed all at once: one command, one request, one batch. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include "base/slice.h"

/* Blocks are chained and kept by arena_reset, so a steady load allocates nothing. */
struct arena_block;
struct arena {
    struct arena_block *first, *now;
    size_t max;  /* bytes in all; 0 = no ceiling */
    size_t used; /* bytes handed out since the last reset */
};

void arena_init(struct arena *a, size_t max);
void arena_fini(struct arena *a);
void arena_reset(struct arena *a); /* everything handed out before becomes invalid */
/* Zeroed, aligned for any type.  NULL when memory or the ceiling is reached; n = 0 gives a valid
 * pointer. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy with a trailing NUL; p is NULL when memory ran out. */
struct slice arena_copy(struct arena *a, struct slice s);
char *arena_copy_z(struct arena *a, struct slice s);
#endif
