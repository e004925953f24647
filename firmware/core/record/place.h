/* place.h - a case put down with everything that hangs on it: place, timer, waiting line, claim,
 * counters. */
#ifndef CORE_PLACE_H
#define CORE_PLACE_H
#include "core/record/record.h"

/* Writes `now` where `old` stood (NULL: it is new).  at_ms: the event's, for the trend's bucket.
 * ERR_CORRUPT when `now` breaks an invariant of core/case.h. */
enum err place_case(const struct tables *t, const struct case_rec *old, const struct case_rec *now,
                    int64_t at_ms);
/* Takes a done case away with its mentions and replies.  ERR_INVALID unless it is done. */
enum err place_drop(const struct tables *t, const struct case_rec *old);
/* Adds to the trend's bucket of at_ms, with the waiting line as it stands. */
enum err place_trend(const struct tables *t, int64_t at_ms, int64_t arrived, int64_t answered);
#endif
