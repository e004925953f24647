/* export.h - every case as a line of JSON, with what was said about it: {"case","customer","state",
 * "team","category","tags","mentions":[…],"replies":[…],"notes":[…],…}.  Texts are masked; what was
 * erased is left out.
 *
 * It goes through the cases in turns, so that no snapshot is held for long: a case that arrives
 * meanwhile may be in it or not, and each line is as of its own turn. */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H
#include "app/box/box.h"

#define EXPORT_CASES_A_TURN 100

/* policy: a copy of that in force, for the names of teams, categories and tags. */
struct export
{
    struct box *b;
    struct policy *policy;
    struct record_key from;
};

/* Any thread.  On failure there is nothing to end. */
enum err export_begin(struct export *x, struct box *b);
/* Says the next cases out of one short snapshot; `say` must not wait.  ERR_NOT_FOUND: that was the
 * last one. */
enum err export_some(struct export *x, void (*say)(void *ctx, struct slice line), void *ctx);
void export_end(struct export *x);
#endif
