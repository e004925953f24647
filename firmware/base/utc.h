/* utc.h - RFC 3339 text to and from UTC milliseconds; proleptic Gregorian civil dates.  Pure. */
#ifndef BASE_UTC_H
#define BASE_UTC_H
#include "base/err.h"
#include "base/slice.h"
#include <stdint.h>

#define UTC_TEXT_MAX 32
#define UTC_MIN_MS INT64_C(-62135596800000) /* 0001-01-01T00:00:00Z */
#define UTC_MAX_MS INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

/* A civil date: month 1-12, day 1-31. */
struct utc_date {
    int32_t year;
    uint8_t month, day;
};

/* Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
int64_t utc_days_from_date(struct utc_date d);
struct utc_date utc_date_from_days(int64_t days);
/* 0 = Monday ... 6 = Sunday. */
int utc_weekday(int64_t days);
/* "2026-11-24T10:30:00.123+01:00"; 'T' or 't' or a space; fractions cut to milliseconds; leap
 * second :60 counts as the next second.  ERR_INVALID (form), ERR_RANGE (no such date or beyond the
 * limits). */
enum err utc_parse(struct slice text, int64_t *out_ms);
/* "YYYY-MM-DD" alone. */
enum err utc_parse_date(struct slice text, struct utc_date *out);
/* "2026-11-24T09:30:00Z": seconds, cut towards the past. */
void utc_text(int64_t at_ms, char out[UTC_TEXT_MAX]);
/* The same with three digits of milliseconds. */
void utc_text_ms(int64_t at_ms, char out[UTC_TEXT_MAX]);
#endif
