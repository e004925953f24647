/* apply.h - the only code that changes a derived table.  It copies, moves and counts: no policy, no
 * time, no library. */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H
#include "core/record/event.h"

#define APPLY_VERSION 3

/* Applies event number `seq`.  Any error aborts the batch it belongs to: what the keeper of the
 * tables said, or ERR_CORRUPT when the event does not fit the records (a case in no place, a claim
 * without a case). */
enum err apply_event(const struct tables *t, uint64_t seq, const struct event *e);

/* Decodes first; the form in which replay, rebuild and verify call it. */
enum err apply_encoded(const struct tables *t, uint64_t seq, struct slice event);
#endif
