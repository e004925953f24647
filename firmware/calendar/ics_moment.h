/* ics_moment.h - the times of a calendar: by their own clock, as instants, and by the clock of the
 * hours.
 *
 * Only the calendar's own files include this: libical shows in it. */
#ifndef CALENDAR_ICS_MOMENT_H
#define CALENDAR_ICS_MOMENT_H
#include "calendar/ics.h"
#include <libical/ical.h>

#define DAY_MS INT64_C(86400000)

/* own_ms: by the event's own clock, as if it were UTC.  at_ms: the instant; of a day or of a time
 * without zone by the zone of the hours.  our_ms: by the clock of the hours, as if it were UTC. */
struct moment {
    int64_t own_ms;
    int64_t at_ms;
    int64_t our_ms;
    bool is_day;
};

/* What a time is written in.  zone NULL: a VTIMEZONE of the calendar itself, in own. */
struct clock_of {
    bool is_floating, is_utc;
    struct zone *zone;
    icaltimezone *own;
};

/* The clock of property p with value t: a day, UTC, local, an IANA name, or a VTIMEZONE of the
 * calendar.  False: a zone that nobody knows.  In each case ics_clock_close. */
bool ics_clock_open(const struct ics_question *q, icalcomponent *calendar, icalproperty *p,
                    struct icaltimetype t, struct clock_of *out);
void ics_clock_close(struct clock_of *c);
/* NULL: none. */
const char *ics_tzid(icalproperty *p);

/* own_ms by that clock, on all three. */
struct moment ics_moment(const struct ics_question *q, const struct clock_of *c, int64_t own_ms,
                         bool is_day);
/* The same start: days are compared where one of the two is only a day. */
bool ics_is_same(const struct moment *a, const struct moment *b);

/* Days since 1970-01-01, rounded down. */
int64_t ics_day(int64_t ms);
/* A time of libical by its own clock, as if it were UTC; and back. */
int64_t ics_own_ms(struct icaltimetype t);
struct icaltimetype ics_time_at(int64_t own_ms);
#endif
