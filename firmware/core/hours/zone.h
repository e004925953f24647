/* zone.h - a time zone from TZif bytes (RFC 9636, versions 1 to 4): offsets, for ever.  Pure. */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

struct zone;

/* A stretch of time with one offset. */
struct zone_segment {
    int64_t start_s,
        end_s;        /* UTC seconds, end exclusive; INT64_MIN / INT64_MAX where it has no bound */
    int32_t offset_s; /* local less UTC */
};

/* ERR_INVALID: not a TZif file or a broken one.  ERR_NO_MEMORY.  *out: zone_free. */
enum err zone_parse(struct slice tzif, struct zone **out);
struct zone *zone_utc(void); /* NULL when memory ran out */
void zone_free(struct zone *z);
bool zone_equal(const struct zone *a, const struct zone *b); /* the same offsets, for ever */

struct zone_segment zone_at(const struct zone *z, int64_t utc_s);

/* The instant of a local time, both in milliseconds (local: as if it were UTC).  A time that does
 * not exist moves on by the length of the gap; one that exists twice is the first. */
int64_t zone_resolve_ms(const struct zone *z, int64_t local_ms);
/* The first instant at which the local time is local_ms or later: no time from there on resolves to
 * an earlier one. */
int64_t zone_first_ms(const struct zone *z, int64_t local_ms);
/* The local time of an instant, as if it were UTC. */
int64_t zone_local_ms(const struct zone *z, int64_t utc_ms);
#endif
