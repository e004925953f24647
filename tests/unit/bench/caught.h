/* caught.h - what a function prints to stdout or stderr, or reads from stdin. */
#ifndef BENCH_CAUGHT_H
#define BENCH_CAUGHT_H
#include <stdio.h>

struct caught {
    FILE *stream, *file;
    int saved;
};

/* From here on what is written to the stream is kept. */
void caught_start(struct caught *c, FILE *stream);
/* The stream is as before; returns what was kept, ended by a NUL (free). */
char *caught_end(struct caught *c);

/* stdin reads `text` until fed_end. */
void fed_start(struct caught *c, const char *text);
void fed_end(struct caught *c);
#endif
