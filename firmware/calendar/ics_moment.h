/* ics_moment.h - the times of a calendar: by their own clock, as instants, and by the clock of the
 * hours. */
#ifndef CALENDAR_ICS_MOMENT_H
#define CALENDAR_ICS_MOMENT_H
#include "calendar/ics.h"
#include <libical/ical.h>

#define DAY_MS INT64_C(86400000)

struct moment {
    int64_t own_ms; /* by the event's own clock, as if it were UTC */
    int64_t at_ms;  /* the instant; of a day or a time without zone: by the zone of the hours */
    int64_t our_ms; /* by the clock of the hours */
    bool is_day;
};

struct clock_of { /* what a time is written in */
    bool is_floating, is_utc;
    struct zone *zone; /* NULL: the calendar's own */
    icaltimezone *own;
};

/* The clock of property p with value t: a day, UTC, local, an IANA name, or a VTIMEZONE of the
 * calendar.  False: a zone that nobody knows.  In each case ics_clock_close. */
bool ics_clock_open(const struct ics_question *q, icalcomponent *calendar, icalproperty *p,
                    struct icaltimetype t, struct clock_of *out);
void ics_clock_close(struct clock_of *c);
const char *ics_tzid(icalproperty *p); /* NULL: none */

struct moment ics_moment(const struct ics_question *q, const struct clock_of *c, int64_t own_ms,
                         bool is_day);
/* The same start: days are compared where one of the two is only a day. */
bool ics_is_same(const struct moment *a, const struct moment *b);

int64_t ics_day(int64_t ms); /* days since 1970-01-01 */
int64_t ics_own_ms(struct icaltimetype t);
struct icaltimetype ics_time_at(int64_t own_ms);
#endif
