/* hours_parse.c - the document form of hours, every fault named. */
#include "base/json.h"
#include "base/utc.h"
#include "core/hours/hours_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATES_MAX 20000
#define DAY_MIN 1440

static const char *const day_names[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

struct parse {
    struct hours *h;
    const char *path;
    struct fault_list *faults;
    struct hours_day early[7]; /* what reaches into a day from the one before */
};

/* "HH:MM" up to 24:00, or -1. */
static int minutes_of(const struct cJSON *j)
{
    struct slice s = json_string(j);
    if (s.n != 5 || s.p[2] != ':')
        return -1;
    for (size_t i = 0; i < 5; i++)
        if (i != 2 && (s.p[i] < '0' || s.p[i] > '9'))
            return -1;
    int hour = (s.p[0] - '0') * 10 + (s.p[1] - '0'), minute = (s.p[3] - '0') * 10 + (s.p[4] - '0');
    int total = hour * 60 + minute;
    return minute > 59 || total > DAY_MIN ? -1 : total;
}

/* Keeps pieces sorted; false when it overlaps one that is there, or there is no room. */
static bool add_piece(struct hours_day *d, int from, int to)
{
    unsigned at = 0;
    if (from >= to)
        return true;
    while (at < d->n && d->pieces[at].from_min < from)
        at++;
    bool hits_before = at > 0 && d->pieces[at - 1].to_min > from;
    bool hits_after = at < d->n && d->pieces[at].from_min < to;
    if (hits_before || hits_after || d->n == PIECES_MAX)
        return false;
    memmove(&d->pieces[at + 1], &d->pieces[at], (d->n - at) * sizeof d->pieces[0]);
    d->pieces[at] = (struct hours_piece){(int16_t)from, (int16_t)to};
    d->n++;
    return true;
}

/* One ["08:00","12:00"]; what crosses midnight goes into `next`. */
static void parse_span(struct parse *p, const struct cJSON *j, const char *path,
                       struct hours_day *day, struct hours_day *next)
{
    const struct cJSON *first = json_is_array(j) && json_count(j) == 2 ? json_first(j) : NULL;
    int from = first != NULL ? minutes_of(first) : -1;
    int to = first != NULL ? minutes_of(json_next(first)) : -1;
    if (from < 0 || to < 0 || from == DAY_MIN) {
        fault_add(p->faults, path, "not a span of the day",
                  "write two times, e.g. [\"08:00\",\"17:30\"]; \"24:00\" is midnight at its end");
        return;
    }
    if (from == to) {
        fault_add(p->faults, path, "this span is empty",
                  "write [\"00:00\",\"24:00\"] for a whole day");
        return;
    }
    if (day->n == PIECES_MAX || next->n == PIECES_MAX) {
        fault_add(p->faults, path, "too many spans in a day", "keep at most %d", PIECES_MAX);
        return;
    }
    bool is_fit = to > from ? add_piece(day, from, to)
                            : add_piece(day, from, DAY_MIN) && add_piece(next, 0, to);
    if (!is_fit)
        fault_add(p->faults, path, "this span overlaps another of the same day",
                  "join them into one");
}

static void parse_spans(struct parse *p, const struct cJSON *list, const char *path,
                        struct hours_day *day, struct hours_day *next)
{
    char at[128];
    unsigned i = 0;
    if (!json_is_array(list)) {
        fault_add(p->faults, path, "expected a list of spans",
                  "e.g. [[\"08:00\",\"17:30\"]]; [] = closed");
        return;
    }
    for (const struct cJSON *j = json_first(list); j != NULL; j = json_next(j), i++)
        parse_span(p, j, fault_path(at, path, "[%u]", i), day, next);
}

static int day_number(struct slice name)
{
    for (int d = 0; d < 7; d++)
        if (slice_eq_z(name, day_names[d]))
            return d;
    return -1;
}

static void parse_week(struct parse *p, const struct cJSON *week)
{
    char at[128];
    fault_path(at, p->path, ".hours");
    if (!json_is_object(week)) {
        fault_add(p->faults, at, "expected an object with the days of the week",
                  "e.g. {\"mon\":[[\"08:00\",\"17:30\"]]}");
        return;
    }
    for (const struct cJSON *j = json_first(week); j != NULL; j = json_next(j)) {
        int d = day_number(json_name(j));
        fault_path(at, p->path, ".hours.%.40s", json_name(j).p);
        if (d < 0)
            fault_add(p->faults, at, "unknown day", "use mon tue wed thu fri sat sun");
        else
            parse_spans(p, j, at, &p->h->week[d], &p->early[(d + 1) % 7]);
    }
    for (int d = 0; d < 7; d++)
        for (unsigned i = 0; i < p->early[d].n; i++)
            if (!add_piece(&p->h->week[d], p->early[d].pieces[i].from_min,
                           p->early[d].pieces[i].to_min))
                fault_add(p->faults, fault_path(at, p->path, ".hours.%s", day_names[d]),
                          "the previous day's last span overlaps a span of this day",
                          "shorten one of them");
}

static struct hours_date *add_date(struct parse *p, int64_t day, const char *path)
{
    struct hours *h = p->h;
    size_t at = h->n_dates; /* they mostly come in order */
    while (at > 0 && h->dates[at - 1].day >= day)
        at--;
    if (at < h->n_dates && h->dates[at].day == day) {
        fault_add(p->faults, path, "duplicate date", "remove one");
        return NULL;
    }
    struct hours_date *dates =
        h->n_dates < DATES_MAX ? realloc(h->dates, (h->n_dates + 1) * sizeof *dates) : NULL;
    if (dates == NULL) {
        fault_add(p->faults, path, "too many dates", "keep at most %d", DATES_MAX);
        return NULL;
    }
    h->dates = dates;
    memmove(&dates[at + 1], &dates[at], (h->n_dates - at) * sizeof *dates);
    h->n_dates++;
    dates[at] = (struct hours_date){.day = day};
    return &dates[at];
}

static bool parse_date(struct parse *p, struct slice text, const char *path, int64_t *day)
{
    struct utc_date d;
    if (utc_parse_date(text, &d) != ERR_OK) {
        fault_add(p->faults, path, "not a date", "write YYYY-MM-DD, e.g. 2026-12-25");
        return false;
    }
    *day = utc_days_from_date(d);
    return true;
}

static void parse_holidays(struct parse *p, const struct cJSON *list)
{
    char at[128];
    unsigned i = 0;
    int64_t day;
    if (list == NULL)
        return;
    if (!json_is_array(list))
        fault_add(p->faults, fault_path(at, p->path, ".holidays"), "expected a list of dates",
                  "e.g. [\"2026-12-25\"]");
    for (const struct cJSON *j = json_first(list); j != NULL; j = json_next(j), i++)
        if (parse_date(p, json_string(j), fault_path(at, p->path, ".holidays[%u]", i), &day))
            (void)add_date(p, day, at);
}

static void parse_special(struct parse *p, const struct cJSON *object)
{
    char at[128];
    int64_t day;
    if (object == NULL)
        return;
    if (!json_is_object(object))
        fault_add(p->faults, fault_path(at, p->path, ".special"), "expected an object by date",
                  "e.g. {\"2026-12-24\":[[\"09:00\",\"13:00\"]]}");
    for (const struct cJSON *j = json_first(object); j != NULL; j = json_next(j)) {
        struct hours_day beyond = {0};
        fault_path(at, p->path, ".special.%.40s", json_name(j).p);
        struct hours_date *d = parse_date(p, json_name(j), at, &day) ? add_date(p, day, at) : NULL;
        if (d == NULL)
            continue;
        parse_spans(p, j, at, &d->plan, &beyond);
        if (beyond.n > 0)
            fault_add(p->faults, at, "a special day must end by midnight",
                      "write its end as \"24:00\" at the latest");
    }
}

static void parse_zone(struct parse *p, const struct cJSON *j, const struct zone_source *zones)
{
    char at[128], name[80];
    struct slice tz = slice_of("UTC"), bytes;
    fault_path(at, p->path, ".tz");
    if (json_get_string(j, "tz", &tz) == ERR_INVALID || tz.n == 0 || tz.n >= sizeof name) {
        fault_add(p->faults, at, "expected the name of a time zone",
                  "e.g. \"America/Mexico_City\"");
        return;
    }
    (void)slice_copy_z(tz, name, sizeof name);
    if (slice_eq_z(tz, "UTC"))
        p->h->zone = zone_utc();
    else if (zones->zone(zones->ctx, name, &bytes) != ERR_OK)
        fault_add(p->faults, at, "unknown time zone", "use an IANA name, e.g. \"Europe/Madrid\"");
    else if (zone_parse(bytes, &p->h->zone) != ERR_OK)
        fault_add(p->faults, at, "the file of this time zone is damaged", "reinstall tzdata");
}

static void check_members(struct parse *p, const struct cJSON *j)
{
    char at[128];
    for (const struct cJSON *k = json_first(j); k != NULL; k = json_next(k)) {
        struct slice name = json_name(k);
        if (slice_eq_z(name, "holidays_ics"))
            fault_add(p->faults, fault_path(at, p->path, ".holidays_ics"),
                      "calendar files are not supported here",
                      "they work in files: due --hours, check --policy, policy adopt; "
                      "list holidays instead");
        else if (!slice_eq_z(name, "tz") && !slice_eq_z(name, "hours") &&
                 !slice_eq_z(name, "holidays") && !slice_eq_z(name, "special"))
            fault_add(p->faults, fault_path(at, p->path, ".%.40s", name.p), "unknown member",
                      "use tz, hours, holidays or special");
    }
}

/* Special days end some day; a clock that starts after the last one would never run. */
static bool is_ever_at_work(const struct hours *h)
{
    bool is = false;
    for (int d = 0; d < 7; d++)
        is |= h->week[d].n > 0;
    return is;
}

enum err hours_parse(const struct cJSON *j, const char *path, const struct zone_source *zones,
                     struct fault_list *faults, struct hours **out)
{
    size_t before = faults->n + faults->n_dropped;
    struct parse p = {.h = calloc(1, sizeof *p.h), .path = path, .faults = faults};
    *out = NULL;
    if (p.h == NULL)
        return ERR_NO_MEMORY;
    if (!json_is_object(j)) {
        fault_add(faults, path, "expected an object", "{\"tz\":…,\"hours\":{…},\"holidays\":[…]}");
    } else {
        check_members(&p, j);
        parse_zone(&p, j, zones);
        parse_week(&p, json_get(j, "hours"));
        parse_holidays(&p, json_get(j, "holidays"));
        parse_special(&p, json_get(j, "special"));
    }
    if (faults->n + faults->n_dropped == before && !is_ever_at_work(p.h))
        fault_add(faults, path, "never at work",
                  "give at least one span in hours; special days run out");
    if (faults->n + faults->n_dropped != before || p.h->zone == NULL) {
        hours_free(p.h);
        return ERR_INVALID;
    }
    *out = p.h;
    return ERR_OK;
}
