/* ics.h - when an iCalendar file (RFC 5545) says that nobody is at work; and documents that name
 * such files, written out.
 *
 * Every VEVENT closes the time it covers, whole days (VALUE=DATE) or hours, once or by RRULE, RDATE
 * and EXDATE; an instance that another VEVENT moves (RECURRENCE-ID) is taken where it went, and
 * what is CANCELLED does not count.  TRANSP does not matter: published holidays are mostly
 * TRANSPARENT. Times with a TZID are converted to the zone of the hours; without one they are
 * local. */
#ifndef CALENDAR_ICS_H
#define CALENDAR_ICS_H
#include "base/buf.h"
#include "core/hours/hours.h"

#define ICS_BYTES_MAX (4u << 20)
#define ICS_CLOSINGS_MAX 100000
/* Of recurrences, in one file. */
#define ICS_STEPS_MAX 400000

/* Local days since 1970-01-01, both inclusive; recurrences are followed within. */
struct ics_window {
    int64_t first_day, last_day;
};

/* Local milliseconds, as if they were UTC; the end is exclusive. */
struct ics_closing {
    int64_t from_ms, to_ms;
};

/* Sorted; no two touch. */
struct ics_list {
    struct ics_closing *items;
    size_t n;
};

/* path: where faults stand.  local: the zone of the hours. */
struct ics_question {
    struct slice text;
    const char *path;
    const struct zone *local;
    const struct zone_source *zones;
    struct ics_window window;
};

/* ERR_INVALID with faults: no calendar, an event without a start, a rule that is unreadable or
 * steps by less than a day, an unknown zone, too many days.  ERR_NO_MEMORY.  *out is empty on
 * failure, else ics_free. */
enum err ics_read(const struct ics_question *q, struct fault_list *faults, struct ics_list *out);
void ics_free(struct ics_list *l);

/* From the first of January a year before now_ms to the end of the tenth year after it. */
struct ics_window ics_window_about(int64_t now_ms);

/* Writes `document` (a policy, or hours) to out.  In each object with "holidays_ics" (a file's name
 * or a list of them, relative to `folder`) the member gives way to what the files say: "holidays"
 * for whole days, "special" for days that are cut.  Days that the object names itself stay as they
 * are.  Hours that do not compile lose the member only; compiling lists their faults.  A document
 * without the member is copied byte by byte.  ERR_INVALID with faults. */
enum err ics_expand(struct slice document, const char *folder, struct ics_window window,
                    struct fault_list *faults, struct buf *out);
/* The same for a file; ERR_NOT_FOUND and the like, without a fault, when it cannot be read. */
enum err ics_read_document(const char *file, struct ics_window window, struct fault_list *faults,
                           struct buf *out);
#endif
