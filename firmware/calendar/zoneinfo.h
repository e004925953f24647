/* zoneinfo.h - the machine's time zone files (TZDIR, else /usr/share/zoneinfo) as a source for
 * core/hours/hours.h. */
#ifndef CALENDAR_ZONEINFO_H
#define CALENDAR_ZONEINFO_H
#include "core/hours/hours.h"

/* One thread at a time. */
struct zoneinfo;

/* NULL: no memory. */
struct zoneinfo *zoneinfo_new(void);
void zoneinfo_free(struct zoneinfo *z);
/* Bytes stay valid until the next call or zoneinfo_free.  Names with "..", a leading "/" or odd
 * bytes: ERR_NOT_FOUND. */
struct zone_source zoneinfo_source(struct zoneinfo *z);
#endif
