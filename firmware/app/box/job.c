/* job.c - memory of a job. */
#include "app/box/job.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct job *job_new(enum job_answer answer, size_t n_items)
{
    struct job *j = calloc(1, sizeof *j);
    if (j == NULL)
        return NULL;
    arena_init(&j->arena, 0);
    j->answer = answer;
    j->n = n_items;
    j->items = arena_alloc(&j->arena, n_items * sizeof *j->items);
    if (j->items == NULL) {
        job_free(j);
        return NULL;
    }
    return j;
}

void job_free(struct job *j)
{
    if (j == NULL)
        return;
    arena_fini(&j->arena);
    free(j);
}

const char *job_text(struct job *j, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *z = arena_copy_z(&j->arena, slice_of(text));
    return z != NULL ? z : "out of memory";
}
