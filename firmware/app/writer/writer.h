/* writer.h - the only writer: takes what waits, up to WRITER_ITEMS_MAX commands, decides it through
 * one open transaction, commits once, then tells.
 *
 * A batch whose commit fails leaves nothing; all its jobs get job->error.  A batch that fails
 * before its commit because of one job (a corrupt record, for one) is tried again job by job, so
 * that the others go through. */
#ifndef APP_WRITER_H
#define APP_WRITER_H
#include "app/box/box.h"

#define WRITER_BATCH_MAX 256  /* jobs */
#define WRITER_ITEMS_MAX 4000 /* commands of a batch, unless one job has more */

struct writer;
struct writer *writer_new(struct box *b); /* NULL: no memory */
void writer_free(struct writer *w);
/* Decides and commits; fills outcomes and errors; hands nothing to anybody. */
void writer_batch(struct writer *w, struct job **jobs, size_t n);
/* The thread's body: until to_writer is closed. */
void *writer_main(void *writer);
/* A box without threads, as the command line opens it: what asks the box from now on is decided
 * here and now, by `w`, which must outlive it. */
void writer_decides_here(struct writer *w);
#endif
