/* frame.h - a text frame, encoded once and shared by all who get it. */
#ifndef SERVE_FRAME_H
#define SERVE_FRAME_H
#include "base/slice.h"
#include <libwebsockets.h>

/* Counted: whoever holds one dropped it for every reference it took; the last drop frees it.  The
 * loop's thread only. */
struct frame {
    unsigned n_refs;
    size_t n;          /* bytes of text */
    unsigned char b[]; /* LWS_PRE bytes of headroom, then the text */
};
struct frame *frame_new(struct slice text); /* with one reference; NULL: no memory */
struct frame *frame_ref(struct frame *f);
void frame_drop(struct frame *f); /* NULL is fine */
#endif
