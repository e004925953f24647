/* utc.c - RFC 3339 and civil dates. */
#include "base/utc.h"
#include <stdbool.h>
#include <stdio.h>

#define DAY_MS INT64_C(86400000)

int64_t utc_days_from_date(struct utc_date d)
{
    int64_t y = d.year - (d.month <= 2 ? 1 : 0);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct utc_date utc_date_from_days(int64_t days)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int64_t month = shifted + (shifted < 10 ? 3 : -9);
    return (struct utc_date){.year = (int32_t)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
                             .month = (uint8_t)month,
                             .day = (uint8_t)(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

int utc_weekday(int64_t days)
{
    int64_t w = (days + 3) % 7;
    return (int)(w < 0 ? w + 7 : w);
}

struct scan {
    struct slice s;
    size_t i;
    bool bad;
};

static int digits(struct scan *c, int n)
{
    int v = 0;
    for (int k = 0; k < n; k++, c->i++) {
        if (c->i >= c->s.n || c->s.p[c->i] < '0' || c->s.p[c->i] > '9') {
            c->bad = true;
            return 0;
        }
        v = v * 10 + (c->s.p[c->i] - '0');
    }
    return v;
}

static bool accept(struct scan *c, const char *any)
{
    for (; *any != 0; any++)
        if (c->i < c->s.n && c->s.p[c->i] == *any) {
            c->i++;
            return true;
        }
    return false;
}

static void expect(struct scan *c, const char *any)
{
    if (!accept(c, any))
        c->bad = true;
}

static bool date_exists(struct utc_date d)
{
    if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
        return false;
    struct utc_date again = utc_date_from_days(utc_days_from_date(d));
    return again.month == d.month && again.day == d.day;
}

static struct utc_date date(struct scan *c)
{
    struct utc_date d;
    d.year = digits(c, 4);
    expect(c, "-");
    d.month = (uint8_t)digits(c, 2);
    expect(c, "-");
    d.day = (uint8_t)digits(c, 2);
    return d;
}

static int64_t fraction_ms(struct scan *c)
{
    int64_t ms = 0, unit = 100;
    if (!accept(c, "."))
        return 0;
    size_t first = c->i;
    for (; c->i < c->s.n && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9'; c->i++, unit /= 10)
        ms += unit * (c->s.p[c->i] - '0');
    if (c->i == first)
        c->bad = true;
    return ms;
}

/* Minutes east of Greenwich; out of range marks the scan. */
static int64_t offset_minutes(struct scan *c, bool *is_out)
{
    if (accept(c, "Zz"))
        return 0;
    int sign = accept(c, "-") ? -1 : 1;
    if (sign == 1)
        expect(c, "+");
    int hours = digits(c, 2);
    expect(c, ":");
    int minutes = digits(c, 2);
    *is_out |= hours > 23 || minutes > 59;
    return (int64_t)sign * (hours * 60 + minutes);
}

enum err utc_parse_date(struct slice text, struct utc_date *out)
{
    struct scan c = {.s = text};
    struct utc_date d = date(&c);
    if (c.bad || c.i != text.n)
        return ERR_INVALID;
    if (!date_exists(d))
        return ERR_RANGE;
    *out = d;
    return ERR_OK;
}

enum err utc_parse(struct slice text, int64_t *out_ms)
{
    struct scan c = {.s = text};
    bool is_out = false;
    struct utc_date d = date(&c);
    expect(&c, "Tt ");
    int hour = digits(&c, 2);
    expect(&c, ":");
    int minute = digits(&c, 2);
    expect(&c, ":");
    int second = digits(&c, 2);
    int64_t ms = fraction_ms(&c);
    int64_t east = offset_minutes(&c, &is_out);
    if (c.bad || c.i != text.n)
        return ERR_INVALID;
    if (is_out || !date_exists(d) || hour > 23 || minute > 59 || second > 60)
        return ERR_RANGE;
    ms += utc_days_from_date(d) * DAY_MS + ((hour * 60 + minute - east) * 60 + second) * 1000;
    if (ms < UTC_MIN_MS || ms > UTC_MAX_MS)
        return ERR_RANGE;
    *out_ms = ms;
    return ERR_OK;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static void text_of(int64_t at_ms, char out[UTC_TEXT_MAX], bool with_ms)
{
    int64_t days = floor_div(at_ms, DAY_MS);
    int64_t rest = at_ms - days * DAY_MS;
    struct utc_date d = utc_date_from_days(days);
    int n =
        snprintf(out, UTC_TEXT_MAX, "%04d-%02u-%02uT%02d:%02d:%02d", (int)(d.year % 10000), d.month,
                 d.day, (int)(rest / 3600000), (int)(rest / 60000 % 60), (int)(rest / 1000 % 60));
    if (with_ms)
        n += snprintf(out + n, (size_t)(UTC_TEXT_MAX - n), ".%03d", (int)(rest % 1000));
    (void)snprintf(out + n, (size_t)(UTC_TEXT_MAX - n), "Z");
}

void utc_text(int64_t at_ms, char out[UTC_TEXT_MAX])
{
    text_of(at_ms, out, false);
}

void utc_text_ms(int64_t at_ms, char out[UTC_TEXT_MAX])
{
    text_of(at_ms, out, true);
}
