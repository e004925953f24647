/* leases.h - a claim returns by itself when its holder gives no sign of work.
 *
 * Leases live in memory only: renewing one writes nothing.  After a restart each claim that is
 * there has one fresh lease.  All of this belongs to the loop's thread; mono_ms is the monotonic
 * clock, so that a leap of the machine's clock ends no lease. */
#ifndef APP_LEASES_H
#define APP_LEASES_H
#include "app/box/box.h"

struct lease {
    struct id kase, person;
    int64_t ends_ms; /* monotonic */
};

/* Zero = there is none yet. */
struct leases {
    size_t n;
    struct lease items[WALL_CLAIMS_MAX];
};

/* The claims as they stand: new ones begin, those that are gone end. */
void leases_take(struct leases *l, const struct wall_numbers *w, int64_t mono_ms);
/* A sign of work: every claim of this person runs lease_ms from now. */
void leases_renew(struct leases *l, struct id person, int64_t lease_ms, int64_t mono_ms);
/* Asks the writer to give back what has run out; what it could not keep is asked again. */
void leases_tick(struct leases *l, struct box *b, int64_t mono_ms);
#endif
