/* zone_rule.c - reading the rule, and the changes of a year by it. */
#include "core/hours/zone_rule.h"
#include "base/utc.h"

#define DAY_S 86400

struct scan {
    struct slice s;
    size_t i;
    bool bad;
};

static char peek(const struct scan *c)
{
    return c->i < c->s.n ? c->s.p[c->i] : 0;
}

static bool accept(struct scan *c, char ch)
{
    if (peek(c) != ch || ch == 0)
        return false;
    c->i++;
    return true;
}

static int number(struct scan *c, int max)
{
    int v = 0;
    size_t first = c->i;
    for (; peek(c) >= '0' && peek(c) <= '9' && v <= max; c->i++)
        v = v * 10 + (peek(c) - '0');
    c->bad |= c->i == first || v > max;
    return v;
}

static void name(struct scan *c)
{
    size_t first = c->i;
    if (accept(c, '<')) {
        while (peek(c) != '>' && peek(c) != 0)
            c->i++;
        c->bad |= !accept(c, '>');
        return;
    }
    while ((peek(c) >= 'A' && peek(c) <= 'Z') || (peek(c) >= 'a' && peek(c) <= 'z'))
        c->i++;
    c->bad |= c->i - first < 3;
}

static int32_t hms(struct scan *c)
{
    int sign = accept(c, '-') ? -1 : 1;
    if (sign == 1)
        (void)accept(c, '+');
    int32_t s = number(c, 167) * 3600;
    if (accept(c, ':'))
        s += number(c, 59) * 60;
    if (accept(c, ':'))
        s += number(c, 59);
    return sign * s;
}

static struct zone_date date(struct scan *c)
{
    struct zone_date d = {.kind = 'N', .time_s = 7200};
    if (accept(c, 'M')) {
        d.kind = 'M';
        d.month = number(c, 12);
        c->bad |= !accept(c, '.') || d.month < 1;
        d.week = number(c, 5);
        c->bad |= !accept(c, '.') || d.week < 1;
        d.day = number(c, 6);
    } else {
        d.kind = accept(c, 'J') ? 'J' : 'N';
        d.day = number(c, 365);
    }
    if (accept(c, '/'))
        d.time_s = hms(c);
    return d;
}

enum err zone_rule_parse(struct slice text, struct zone_rule *out)
{
    struct scan c = {.s = text};
    *out = (struct zone_rule){.has_daylight = false};
    name(&c);
    out->standard_s = -hms(&c);
    out->daylight_s = out->standard_s + 3600;
    if (c.i < text.n && !c.bad) {
        out->has_daylight = true;
        name(&c);
        if (peek(&c) != ',')
            out->daylight_s = -hms(&c);
        c.bad |= !accept(&c, ',');
        out->to_daylight = date(&c);
        c.bad |= !accept(&c, ',');
        out->to_standard = date(&c);
    }
    return c.bad || c.i != text.n ? ERR_INVALID : ERR_OK;
}

static bool is_leap(int64_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int64_t days_of(const struct zone_date *d, int32_t year)
{
    int64_t first = utc_days_from_date((struct utc_date){year, 1, 1});
    if (d->kind == 'N')
        return first + d->day;
    if (d->kind == 'J')
        return first + d->day - 1 + (is_leap(year) && d->day >= 60 ? 1 : 0);
    int64_t month = utc_days_from_date((struct utc_date){year, (uint8_t)d->month, 1});
    int64_t after = d->month == 12
                        ? utc_days_from_date((struct utc_date){year + 1, 1, 1})
                        : utc_days_from_date((struct utc_date){year, (uint8_t)(d->month + 1), 1});
    int first_weekday = (utc_weekday(month) + 1) % 7; /* 0 = Sunday */
    int64_t day = month + (d->day - first_weekday + 7) % 7 + (int64_t)(d->week - 1) * 7;
    while (day >= after)
        day -= 7;
    return day;
}

static int64_t change_s(const struct zone_date *d, int32_t year, int32_t offset_before_s)
{
    return days_of(d, year) * DAY_S + d->time_s - offset_before_s;
}

struct zone_segment zone_rule_at(const struct zone_rule *r, int64_t utc_s)
{
    struct zone_segment s = {INT64_MIN, INT64_MAX, r->standard_s};
    if (!r->has_daylight)
        return s;
    int64_t days = utc_s / DAY_S - (utc_s % DAY_S < 0 ? 1 : 0);
    int32_t year = utc_date_from_days(days).year;
    for (int32_t y = year - 1; y <= year + 1; y++) {
        int64_t summer = change_s(&r->to_daylight, y, r->standard_s);
        int64_t winter = change_s(&r->to_standard, y, r->daylight_s);
        const struct {
            int64_t at_s;
            int32_t offset_s;
        } changes[2] = {
            {summer < winter ? summer : winter, summer < winter ? r->daylight_s : r->standard_s},
            {summer < winter ? winter : summer, summer < winter ? r->standard_s : r->daylight_s}};
        for (int k = 0; k < 2; k++) {
            if (changes[k].at_s <= utc_s && changes[k].at_s >= s.start_s) {
                s.start_s = changes[k].at_s;
                s.offset_s = changes[k].offset_s;
            } else if (changes[k].at_s > utc_s && changes[k].at_s < s.end_s) {
                s.end_s = changes[k].at_s;
            }
        }
    }
    return s;
}
