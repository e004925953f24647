/* frame.c - see the header. */
#include "serve/frame.h"
#include <stdlib.h>
#include <string.h>

struct frame *frame_new(struct slice text)
{
    struct frame *f = malloc(sizeof *f + LWS_PRE + text.n);
    if (f == NULL)
        return NULL;
    f->n_refs = 1;
    f->n = text.n;
    memcpy(f->b + LWS_PRE, text.p, text.n);
    return f;
}

struct frame *frame_ref(struct frame *f)
{
    f->n_refs++;
    return f;
}

void frame_drop(struct frame *f)
{
    if (f != NULL && --f->n_refs == 0)
        free(f);
}
