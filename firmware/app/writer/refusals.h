/* refusals.h - the words of the newest refusals, so that a repeated command hears the same ones.
 *
 * The journal keeps the code alone: the words may name a ticket.  What was offered is told once and
 * kept nowhere: it holds texts.  After a restart, and beyond REFUSALS_MAX, a repeat hears the code
 * with a general sentence.  The writer's. */
#ifndef APP_REFUSALS_H
#define APP_REFUSALS_H
#include "app/box/job.h"

#define REFUSALS_MAX 256

/* NULL in every call below: nothing is kept. */
struct refusals;

/* NULL: no memory. */
struct refusals *refusals_new(void);
void refusals_free(struct refusals *r);
/* After the commit of j: keeps what its refused commands were told. */
void refusals_keep(struct refusals *r, const struct job *j);
/* Gives a refused repeat the words of the first time, as texts of j. */
void refusals_repeat(const struct refusals *r, struct job *j, struct job_item *item);
#endif
