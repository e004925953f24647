/* ics_moment.c - see the header. */
#include "calendar/ics_moment.h"
#include "base/utc.h"

const char *ics_tzid(icalproperty *p)
{
    icalparameter *tz = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    return tz != NULL ? icalparameter_get_tzid(tz) : NULL;
}

bool ics_clock_open(const struct ics_question *q, icalcomponent *calendar, icalproperty *p,
                    struct icaltimetype t, struct clock_of *out)
{
    struct slice bytes;
    const char *tzid = ics_tzid(p);
    *out = (struct clock_of){.is_floating = true, .is_utc = icaltime_is_utc(t) != 0};
    if (t.is_date || out->is_utc || tzid == NULL)
        return true;
    out->is_floating = false;
    if (q->zones->zone(q->zones->ctx, tzid, &bytes) == ERR_OK &&
        zone_parse(bytes, &out->zone) == ERR_OK)
        return true;
    out->own = icalcomponent_get_timezone(calendar, tzid);
    return out->own != NULL;
}

void ics_clock_close(struct clock_of *c)
{
    zone_free(c->zone);
    c->zone = NULL;
}

int64_t ics_day(int64_t ms)
{
    return ms / DAY_MS - (ms % DAY_MS < 0 ? 1 : 0);
}

int64_t ics_own_ms(struct icaltimetype t)
{
    struct utc_date d = {t.year, (uint8_t)t.month, (uint8_t)t.day};
    int64_t seconds = t.is_date ? 0 : (t.hour * 60 + t.minute) * 60 + t.second;
    return utc_days_from_date(d) * DAY_MS + seconds * 1000;
}

struct icaltimetype ics_time_at(int64_t own_ms)
{
    struct icaltimetype t = icaltime_null_time();
    int64_t day = ics_day(own_ms);
    int rest_s = (int)((own_ms - day * DAY_MS) / 1000);
    struct utc_date d = utc_date_from_days(day);
    t.year = d.year;
    t.month = d.month;
    t.day = d.day;
    t.hour = rest_s / 3600;
    t.minute = rest_s / 60 % 60;
    t.second = rest_s % 60;
    return t;
}

struct moment ics_moment(const struct ics_question *q, const struct clock_of *c, int64_t own_ms,
                         bool is_day)
{
    struct moment m = {.own_ms = own_ms, .at_ms = own_ms, .is_day = is_day};
    if (is_day || (c->is_floating && !c->is_utc)) {
        m.our_ms = own_ms;
        m.at_ms = zone_resolve_ms(q->local, own_ms);
        return m;
    }
    if (c->zone != NULL) {
        m.at_ms = zone_resolve_ms(c->zone, own_ms);
    } else if (c->own != NULL) {
        struct icaltimetype t = ics_time_at(own_ms);
        int is_daylight;
        m.at_ms = own_ms - (int64_t)icaltimezone_get_utc_offset(c->own, &t, &is_daylight) * 1000;
    }
    m.our_ms = zone_local_ms(q->local, m.at_ms);
    return m;
}

bool ics_is_same(const struct moment *a, const struct moment *b)
{
    if (a->is_day || b->is_day)
        return ics_day(a->own_ms) == ics_day(b->own_ms);
    return a->at_ms == b->at_ms;
}
