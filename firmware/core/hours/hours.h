/* hours.h - when a team is at work, and time counted in it.  Pure; exact to the millisecond. */
#ifndef CORE_HOURS_H
#define CORE_HOURS_H
#include "base/fault.h"
#include "core/hours/zone.h"
#include <stdbool.h>
#include <stddef.h>

struct cJSON;
struct hours;

struct hours_span { /* UTC milliseconds, end exclusive */
    int64_t from_ms, to_ms;
};

#define HOURS_PIECES_MAX 48 /* a day */

/* A piece of one local day, in minutes from its midnight: 0 <= from < to <= 1440. */
struct hours_piece {
    int16_t from_min, to_min;
};

/* Gives the TZif bytes of a zone; they need to live during the call only.  ERR_NOT_FOUND: no such
 * zone. */
struct zone_source {
    void *ctx;
    enum err (*zone)(void *ctx, const char *name, struct slice *out);
};

/* Compiles
 * {"tz","hours":{"mon":[["08:00","12:00"],…],…},"holidays":["2026-12-25",…],"special":{"2026-12-24":[[…]]}}.
 * "24:00" ends a day; a span whose end is not after its start goes on into the next day; pieces on
 * a holiday do not count, whichever day they began on.  Faults go under `path`.  ERR_INVALID when
 * there was any. */
enum err hours_parse(const struct cJSON *j, const char *path, const struct zone_source *zones,
                     struct fault_list *faults, struct hours **out);
struct hours *hours_always(void); /* always at work, UTC; NULL when memory ran out */
void hours_free(struct hours *h);
bool hours_is_always(const struct hours *h);
bool hours_equal(const struct hours *a, const struct hours *b); /* at work at the same instants */

/* The first instant at which work_ms of working time outside the pauses have passed since from_ms.
 * work_ms = 0 gives from_ms; a due at closing time is closing time.  Pauses in any order,
 * overlapping or not. ERR_RANGE: not within 400 years, or work_ms < 0.  ERR_NO_MEMORY. */
enum err hours_due(const struct hours *h, int64_t from_ms, int64_t work_ms,
                   const struct hours_span *paused, size_t n_paused, int64_t *due_ms);
/* Working time between two instants outside the pauses; 0 when to_ms <= from_ms. */
enum err hours_elapsed(const struct hours *h, int64_t from_ms, int64_t to_ms,
                       const struct hours_span *paused, size_t n_paused, int64_t *work_ms);
bool hours_is_at_work(const struct hours *h, int64_t at_ms);
/* When at-work next turns to not, or back; ERR_RANGE when never. */
enum err hours_next_change(const struct hours *h, int64_t at_ms, int64_t *out_ms);
/* Local day (days since 1970-01-01) and hour of an instant. */
int64_t hours_local_day(const struct hours *h, int64_t at_ms, int *hour);
/* The pieces of a local day, sorted, apart, by week, holidays and special days; returns how many.
 */
unsigned hours_pieces(const struct hours *h, int64_t day, struct hours_piece out[HOURS_PIECES_MAX]);
const struct zone *hours_zone(const struct hours *h); /* lives as long as h */
#endif
