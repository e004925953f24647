/* zone_rule.h - the POSIX TZ rule at the end of a TZif file ("CET-1CEST,M3.5.0,M10.5.0/3"), with
 * RFC 9636's wider hours. */
#ifndef CORE_ZONE_RULE_H
#define CORE_ZONE_RULE_H
#include "core/hours/zone.h"
#include <stdbool.h>

struct zone_date {
    char kind;            /* 'M' month.week.day, 'J' 1-365 without leap day, 'N' 0-365 */
    int month, week, day; /* day: 0 = Sunday for 'M', else of the year */
    int32_t time_s;       /* local wall time of the change, -167 h to 167 h */
};

struct zone_rule {
    int32_t standard_s, daylight_s; /* local less UTC */
    bool has_daylight;
    struct zone_date to_daylight, to_standard;
};

enum err zone_rule_parse(struct slice text, struct zone_rule *out); /* ERR_INVALID */
struct zone_segment zone_rule_at(const struct zone_rule *r, int64_t utc_s);
#endif
