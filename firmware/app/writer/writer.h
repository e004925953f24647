/* writer.h - the only writer: takes what waits, up to WRITER_ITEMS_MAX commands, decides it through
 * one open transaction, commits once, then tells.
 *
 * The batch.  Command k is decided after 1 .. k-1 were applied, at a time that never goes back.
 * Events, derived tables, texts and secrets go into one transaction; a refusal is told after the
 * commit, too, since it may rest on a fact of the same batch.  A batch whose commit fails leaves
 * nothing; all its jobs get job->error.  A batch that fails before its commit because of one job (a
 * corrupt record, for one) is tried again job by job, so that the others go through.
 *
 * After a failed commit LMDB refuses everything: the environment is opened anew, behind the reader
 * barrier (store_reopen), before the next batch. */
#ifndef APP_WRITER_H
#define APP_WRITER_H
#include "app/box/box.h"

/* Jobs of a batch. */
#define WRITER_BATCH_MAX 256
/* Commands of a batch, unless one job has more. */
#define WRITER_ITEMS_MAX 4000

struct writer;

/* NULL: no memory. */
struct writer *writer_new(struct box *b);
void writer_free(struct writer *w);
/* Decides and commits; fills outcomes and errors; hands nothing to anybody.  The jobs stay the
 * caller's.  On the writer's thread, or before it runs. */
void writer_batch(struct writer *w, struct job **jobs, size_t n);
/* The thread's body: until the box is stopping and nothing waits any more.  Answers each job as its
 * `answer` says. */
void *writer_main(void *writer);
/* A box without threads, as the command line opens it: what asks the box from now on is decided
 * here and now, by `w`, which must outlive it. */
void writer_decides_here(struct writer *w);
#endif
