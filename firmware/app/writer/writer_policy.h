/* writer_policy.h - a policy compiled, adopted with a batch, and in force from its commit on; and
 * the pass that brings running clocks under its hours, a step at a time between other commands. */
#ifndef APP_WRITER_POLICY_H
#define APP_WRITER_POLICY_H
#include "app/writer/writer_state.h"

/* Before decide: compiles and numbers the document of a CMD_POLICY_ADOPT.  A faulty one refuses the
 * item, with its faults in the job's arena, and is no error. */
enum err writer_adopt_policy(struct writer *w, struct job *j, struct job_item *item);
/* It is decided: what follows in the batch goes by it. */
void writer_decided_policy(struct writer *w);
/* After the batch: the policy comes into force, or is dropped. */
void writer_swap_policy(struct writer *w, bool is_adopted);

/* Is a pass of CMD_RECOMPUTE to be gone on with?  Asked at the start, and after each step with what
 * came of it: a failed one is tried again after a second. */
void writer_look_for_recompute(struct writer *w, enum err last);
/* A step is due now: never while the clock is held. */
bool writer_is_recomputing(const struct writer *w);
/* Puts the next step behind the n jobs that wait, to be committed with them; `jobs` has room for
 * one more.  Returns how many there are then. */
size_t writer_add_recompute(struct writer *w, struct job **jobs, size_t n);
#endif
