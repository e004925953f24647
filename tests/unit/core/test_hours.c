/* test_hours.c - working time against a count second by second that shares nothing with it but the
 * calendar: zones come from the C library, the at-work seconds from a painted strip.  Random
 * calendars at and around every kind of change of the clocks; then fixed cases, and faults. */
#include "base/file.h"
#include "base/json.h"
#include "base/utc.h"
#include "core/hours.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define DAYS 12 /* of a strip */
#define STRIP_S (DAYS * 86400)
#define STRIP_MIN (DAYS * 1440)
#define SPANS 3
#define CASES_A_ZONE 14
#define PAUSES 5

static const char *const zone_names[] = {
    "Asia/Kolkata",        "Asia/Kathmandu",    "Australia/Lord_Howe", "America/St_Johns",
    "Pacific/Apia",        "Africa/Casablanca", "Europe/Dublin",       "America/Sao_Paulo",
    "Asia/Tehran",         "Antarctica/Troll",  "America/Santiago",    "Europe/Berlin",
    "America/Los_Angeles", "Pacific/Chatham",   "Australia/Adelaide",  "Asia/Gaza",
    "Africa/Cairo",        "America/Havana",    "Asia/Beirut",         "America/Asuncion",
    "Europe/London",       "Pacific/Kwajalein", "Asia/Pyongyang",      "America/Caracas",
    "Pacific/Kiritimati",  "Asia/Tokyo"};
#define ZONES (sizeof zone_names / sizeof zone_names[0])

static uint64_t rng = 20111230;

static int pick(int n)
{
    rng = rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((rng >> 33) % (uint64_t)n);
}

/* ---- zones, for the compiler of hours and for the C library */

static struct buf zone_bytes;

static enum err read_zone(void *ctx, const char *name, struct slice *out)
{
    char path[200];
    (void)ctx;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    buf_clear(&zone_bytes);
    enum err e = file_read(path, &zone_bytes);
    *out = buf_slice(&zone_bytes);
    return e;
}

static const struct zone_source zones = {.zone = read_zone};

static bool has_zone(const char *name)
{
    struct slice s;
    return read_zone(NULL, name, &s) == ERR_OK;
}

static void use_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static int64_t offset_at(int64_t utc_s)
{
    time_t t = (time_t)utc_s;
    struct tm tm;
    assert_non_null(localtime_r(&t, &tm));
    return tm.tm_gmtoff;
}

#define CHANGES_MAX 400
/* The changes of offset from 1975 to 2100, and those of the 2390s. */
static int find_changes(int64_t changes[CHANGES_MAX])
{
    const int64_t years[2][2] = {{157766400, 4102444800}, {13253932800, 13569465600}};
    const int64_t step = 604800;
    int n = 0;
    for (int y = 0; y < 2; y++) {
        int64_t before = offset_at(years[y][0]);
        for (int64_t t = years[y][0] + step; t < years[y][1]; t += step) {
            int64_t after = offset_at(t), low = t - step, high = t;
            while (after != before && high - low > 1) {
                int64_t middle = low + (high - low) / 2;
                if (offset_at(middle) == before)
                    low = middle;
                else
                    high = middle;
            }
            if (after != before && n < CHANGES_MAX)
                changes[n++] = high;
            before = after;
        }
    }
    return n;
}

/* ---- a calendar at random, as a document and as the strip reads it */

struct span {
    int from, to; /* minutes; to > 1440: into the next day */
};

struct plan {
    int n;
    struct span spans[SPANS];
};

struct calendar {
    struct plan week[7]; /* Monday first */
    int64_t first_day;
    struct plan dates[DAYS + 4]; /* from first_day on */
    enum { AS_WEEK, HOLIDAY, SPECIAL } kinds[DAYS + 4];
};

static struct plan random_plan(int reach, bool may_cross)
{
    static const int grids[] = {1, 5, 15, 30, 60};
    struct plan p = {.n = 0};
    int grid = grids[pick(5)], at = reach, range = pick(3) == 0 ? 300 : 1440;
    int n = pick(SPANS + 1);
    for (int i = 0; i < n; i++) {
        int from = at + pick(range / (n + 1)) / grid * grid;
        int to = from + (1 + pick(range / (n + 1))) / grid * grid;
        if (to <= from || from >= 1440)
            continue;
        if (to > 1440)
            to = 1440;
        p.spans[p.n++] = (struct span){from, to};
        at = to;
    }
    if (p.n > 0 && pick(4) == 0)
        p.spans[p.n - 1].to = 1440;
    if (p.n > 0 && may_cross && pick(5) == 0 && p.spans[p.n - 1].from > 1)
        p.spans[p.n - 1].to = 1441 + pick(p.spans[p.n - 1].from - 1);
    if (pick(12) == 0)
        p = (struct plan){.n = 1, .spans = {{0, 1440}}};
    return p;
}

static int reach_of(const struct plan *p)
{
    int end = p->n > 0 ? p->spans[p->n - 1].to : 0;
    return end > 1440 ? end - 1440 : 0;
}

static void random_calendar(struct calendar *c, int64_t first_day)
{
    int n;
    c->first_day = first_day;
    do {
        n = 0;
        c->week[0] = random_plan(0, true);
        for (int d = 1; d < 7; d++) {
            int reach = reach_of(&c->week[d - 1]);
            c->week[d] = random_plan(reach, d < 6);
            if (reach > 0 && c->week[d].n > 0 && c->week[d].spans[0].from < reach)
                c->week[d].n = 0;
            n += c->week[d].n;
        }
    } while (n + c->week[0].n == 0);
    for (int d = 0; d < DAYS + 4; d++) {
        int r = pick(10);
        c->kinds[d] = r == 0 ? HOLIDAY : r == 1 ? SPECIAL : AS_WEEK;
        c->dates[d] = r == 1 ? random_plan(0, false) : (struct plan){.n = 0};
    }
}

static void put_plan(struct json_out *o, const struct plan *p)
{
    char text[24];
    json_open_array(o, NULL);
    for (int i = 0; i < p->n; i++) {
        int to = p->spans[i].to > 1440 ? p->spans[i].to - 1440 : p->spans[i].to;
        json_open_array(o, NULL);
        snprintf(text, sizeof text, "%02d:%02d", p->spans[i].from / 60, p->spans[i].from % 60);
        json_put_z(o, NULL, text);
        snprintf(text, sizeof text, "%02d:%02d", to / 60, to % 60);
        json_put_z(o, NULL, text);
        json_close_array(o);
    }
    json_close_array(o);
}

static struct slice date_text(int64_t day, char out[24])
{
    struct utc_date d = utc_date_from_days(day);
    snprintf(out, 24, "%04d-%02u-%02u", d.year, d.month, d.day);
    return slice_of(out);
}

static void write_calendar(const struct calendar *c, const char *zone, struct buf *out)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    char text[24];
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    json_put_z(&o, "tz", zone);
    json_open_object(&o, "hours");
    for (int d = 0; d < 7; d++) {
        json_put_name(&o, slice_of(days[d]));
        put_plan(&o, &c->week[d]);
    }
    json_close_object(&o);
    json_open_array(&o, "holidays");
    for (int d = 0; d < DAYS + 4; d++)
        if (c->kinds[d] == HOLIDAY)
            json_put_string(&o, NULL, date_text(c->first_day + d, text));
    json_close_array(&o);
    json_open_object(&o, "special");
    for (int d = 0; d < DAYS + 4; d++)
        if (c->kinds[d] == SPECIAL) {
            json_put_name(&o, date_text(c->first_day + d, text));
            put_plan(&o, &c->dates[d]);
        }
    json_close_object(&o);
    json_close_object(&o);
}

static struct hours *parse_text(struct slice text)
{
    struct cJSON *j;
    struct json_error e;
    struct fault_list faults = {0};
    struct hours *h = NULL;
    assert_int_equal(json_parse(text, &json_limits_file, &j, &e), ERR_OK);
    enum err err = hours_parse(j, "$", &zones, &faults, &h);
    if (err != ERR_OK)
        print_message("%s: %s\n%.*s\n", faults.items[0].path, faults.items[0].message, (int)text.n,
                      text.p);
    assert_int_equal(err, ERR_OK);
    json_free(j);
    return h;
}

/* ---- the strip: one byte a second */

struct strip {
    int64_t start_s;           /* UTC, whole minute */
    int64_t offset[STRIP_MIN]; /* of each minute */
    uint8_t is_at_work[STRIP_S], is_paused[STRIP_S];
};

/* By the rule alone: the first minute with that local time, else the local time at the offset that
 * ended. */
static int64_t resolve(const struct strip *s, int64_t local_s)
{
    for (int m = 0; m < STRIP_MIN; m++) {
        int64_t here = s->start_s + m * 60 + s->offset[m];
        if (here <= local_s && local_s < here + 60)
            return s->start_s + m * 60 + (local_s - here);
        if (here > local_s && m > 0 && here - s->offset[m] + s->offset[m - 1] <= local_s)
            return local_s - s->offset[m - 1];
    }
    return -1;
}

static void paint(struct strip *s, int64_t day, int from_min, int to_min)
{
    int64_t from_s = resolve(s, day * 86400 + from_min * 60);
    int64_t to_s = resolve(s, day * 86400 + to_min * 60);
    for (int64_t t = from_s; from_s >= 0 && t < (to_s < 0 ? s->start_s + STRIP_S : to_s); t++)
        if (t >= s->start_s && t < s->start_s + STRIP_S)
            s->is_at_work[t - s->start_s] = 1;
}

static const struct plan *plan_of(const struct calendar *c, int64_t day, bool *is_week)
{
    int64_t i = day - c->first_day;
    *is_week = i < 0 || i >= DAYS + 4 || c->kinds[i] == AS_WEEK;
    return *is_week ? &c->week[((day % 7) + 10) % 7] : &c->dates[i];
}

static void paint_day(struct strip *s, const struct calendar *c, int64_t day)
{
    bool is_week, is_week_before;
    const struct plan *p = plan_of(c, day, &is_week);
    for (int i = 0; i < p->n; i++)
        paint(s, day, p->spans[i].from, p->spans[i].to > 1440 ? 1440 : p->spans[i].to);
    (void)plan_of(c, day - 1, &is_week_before);
    int reach = is_week ? reach_of(&c->week[(((day - 1) % 7) + 10) % 7]) : 0;
    if (reach > 0)
        paint(s, day, 0, reach);
}

static void make_strip(struct strip *s, const struct calendar *c, int64_t start_s)
{
    s->start_s = start_s;
    memset(s->is_at_work, 0, sizeof s->is_at_work);
    memset(s->is_paused, 0, sizeof s->is_paused);
    for (int m = 0; m < STRIP_MIN; m++)
        s->offset[m] = offset_at(start_s + m * 60);
    for (int64_t day = c->first_day; day < c->first_day + DAYS + 4; day++)
        paint_day(s, c, day);
}

static bool counts(const struct strip *s, int64_t t)
{
    return s->is_at_work[t - s->start_s] && !s->is_paused[t - s->start_s];
}

static int64_t slow_elapsed(const struct strip *s, int64_t from_s, int64_t to_s)
{
    int64_t n = 0;
    for (int64_t t = from_s; t < to_s; t++)
        n += counts(s, t);
    return n;
}

static int64_t slow_due(const struct strip *s, int64_t from_s, int64_t work_s)
{
    int64_t t = from_s;
    for (; work_s > 0; t++)
        work_s -= counts(s, t);
    return t;
}

/* ---- one calendar at one place in time */

struct trial {
    const struct hours *h;
    struct strip *s;
    struct hours_span paused[PAUSES];
    size_t n_paused;
};

static int64_t due(const struct trial *t, int64_t from_s, int64_t work_s)
{
    int64_t ms = 0;
    assert_int_equal(hours_due(t->h, from_s * 1000, work_s * 1000, t->paused, t->n_paused, &ms),
                     ERR_OK);
    assert_int_equal(ms % 1000, 0);
    return ms / 1000;
}

static int64_t elapsed(const struct trial *t, int64_t from_s, int64_t to_s)
{
    int64_t ms = 0;
    assert_int_equal(hours_elapsed(t->h, from_s * 1000, to_s * 1000, t->paused, t->n_paused, &ms),
                     ERR_OK);
    assert_int_equal(ms % 1000, 0);
    return ms / 1000;
}

static void random_pauses(struct trial *t)
{
    t->n_paused = (size_t)pick(PAUSES + 1);
    for (size_t i = 0; i < t->n_paused; i++) {
        int from = pick(STRIP_S - 1), n = pick(pick(2) ? 600 : 90000);
        int to = from + n < STRIP_S ? from + n : STRIP_S;
        t->paused[i] =
            (struct hours_span){(t->s->start_s + from) * 1000, (t->s->start_s + to) * 1000};
        memset(t->s->is_paused + from, 1, (size_t)(to - from));
    }
}

static void check_inverse(const struct trial *t, int64_t from_s, int64_t to_s, int64_t work_s)
{
    assert_int_equal(elapsed(t, from_s, to_s), work_s);
    int64_t first_s = due(t, from_s, work_s);
    assert_true(first_s <= to_s || work_s == 0);
    assert_int_equal(first_s, slow_due(t->s, from_s, work_s));
    assert_int_equal(elapsed(t, from_s, first_s), work_s);
    if (work_s > 0)
        assert_int_equal(elapsed(t, from_s, first_s - 1), work_s - 1);
}

static void check_sums(const struct trial *t, int64_t from_s, int64_t to_s, int64_t work_s)
{
    int64_t middle_s = from_s + pick((int)(to_s - from_s) + 1);
    int64_t first = elapsed(t, from_s, middle_s), second = elapsed(t, middle_s, to_s);
    assert_int_equal(first + second, work_s);
    assert_int_equal(elapsed(t, to_s, from_s - 1), 0);
    int64_t part = work_s > 0 ? pick((int)work_s) : 0;
    int64_t part_s = due(t, from_s, part), all_s = due(t, from_s, work_s);
    assert_true(part_s <= all_s);
    if (work_s > part)
        assert_int_equal(due(t, part_s, work_s - part), all_s);
    int64_t later = elapsed(t, middle_s, to_s);
    if (later > 0)
        assert_true(due(t, from_s, later) <= due(t, middle_s, later));
}

static void check_states(const struct trial *t)
{
    int64_t end_s = t->s->start_s + STRIP_S - 3 * 86400;
    for (int i = 0; i < 10; i++) {
        int64_t at_s = t->s->start_s + 3 * 86400 + pick(STRIP_S - 6 * 86400), change_ms = 0;
        bool is = t->s->is_at_work[at_s - t->s->start_s];
        assert_int_equal(hours_is_at_work(t->h, at_s * 1000), is);
        enum err e = hours_next_change(t->h, at_s * 1000, &change_ms);
        int64_t next_s = at_s;
        while (next_s < end_s && t->s->is_at_work[next_s - t->s->start_s] == is)
            next_s++;
        if (next_s < end_s)
            assert_true(e == ERR_OK && change_ms == next_s * 1000);
        else
            assert_true(e == ERR_RANGE || change_ms >= end_s * 1000);
    }
}

static void run_trial(struct strip *s, const char *zone, int64_t about_s)
{
    struct calendar c;
    struct buf text;
    struct trial t = {.s = s};
    int64_t start_s = (about_s / 60 - STRIP_MIN / 2 + pick(2880) - 1440) * 60;
    random_calendar(&c, (start_s + offset_at(start_s)) / 86400 - 1);
    buf_init(&text, 0);
    write_calendar(&c, zone, &text);
    struct hours *h = parse_text(buf_slice(&text));
    t.h = h;
    make_strip(s, &c, start_s);
    random_pauses(&t);
    for (int i = 0; i < 6; i++) { /* the outer days of the strip may lack what lies beyond it */
        bool is_near = i % 2 == 0;
        int64_t low = start_s + 3 * 86400, range = STRIP_S - 6 * 86400;
        int64_t from_s = is_near ? about_s - pick(7200) : low + pick((int)range);
        int64_t to_s = is_near ? about_s + pick(14400) : from_s + pick((int)(low + range - from_s));
        int64_t work_s = slow_elapsed(s, from_s, to_s);
        check_inverse(&t, from_s, to_s, work_s);
        check_sums(&t, from_s, to_s, work_s);
    }
    check_states(&t);
    hours_free(h);
    buf_fini(&text);
}

static void test_random_calendars(void **state)
{
    int64_t changes[CHANGES_MAX];
    struct strip *s = malloc(sizeof *s);
    int n_zones = 0;
    (void)state;
    assert_non_null(s);
    for (size_t z = 0; z < ZONES; z++) {
        if (!has_zone(zone_names[z]))
            continue;
        use_zone(zone_names[z]);
        n_zones++;
        int n = find_changes(changes);
        for (int i = 0; i < CASES_A_ZONE; i++) {
            int64_t anywhere = 157766400 + (int64_t)pick(4000) * 1000000;
            run_trial(s, zone_names[z], n > 0 && i % 7 != 6 ? changes[pick(n)] : anywhere);
        }
    }
    free(s);
    if (n_zones == 0)
        skip();
    assert_true(n_zones >= 20);
}

/* ---- fixed cases */

static int64_t at(const char *text)
{
    int64_t ms = 0;
    assert_int_equal(utc_parse(slice_of(text), &ms), ERR_OK);
    return ms;
}

static void assert_due(const char *calendar, const char *from, int64_t minutes, const char *wanted)
{
    char got[UTC_TEXT_MAX];
    int64_t ms = 0;
    struct hours *h = parse_text(slice_of(calendar));
    assert_int_equal(hours_due(h, at(from), minutes * 60000, NULL, 0, &ms), ERR_OK);
    utc_text(ms, got);
    hours_free(h);
    assert_string_equal(got, wanted);
}

#define DAILY(spans)                                                                               \
    "{\"mon\":" spans ",\"tue\":" spans ",\"wed\":" spans ",\"thu\":" spans ",\"fri\":" spans      \
    ",\"sat\":" spans ",\"sun\":" spans "}"
#define IN(zone, spans) "{\"tz\":\"" zone "\",\"hours\":" DAILY(spans) "}"

static void test_gaps(void **state)
{
    (void)state;
    if (!has_zone("Australia/Lord_Howe"))
        skip();
    /* half an hour: 02:00 becomes 02:30; 02:15 moves to 02:45 */
    assert_due(IN("Australia/Lord_Howe", "[[\"02:15\",\"03:00\"]]"), "2026-10-03T12:00:00Z", 1,
               "2026-10-03T15:46:00Z");
    assert_due(IN("Australia/Lord_Howe", "[[\"01:00\",\"02:00\"],[\"02:30\",\"03:00\"]]"),
               "2026-10-03T14:00:00Z", 90, "2026-10-03T16:00:00Z");
    /* Samoa left 2011-12-30 out: its morning moves to the 31st, whose own is not counted twice */
    assert_due(IN("Pacific/Apia", "[[\"09:00\",\"17:00\"]]"), "2011-12-30T00:00:00Z", 180 + 1,
               "2011-12-30T19:01:00Z");
    assert_due(IN("Pacific/Apia", "[[\"09:00\",\"17:00\"]]"), "2011-12-30T00:00:00Z", 180 + 480 + 1,
               "2011-12-31T19:01:00Z");
    assert_due("{\"tz\":\"Pacific/Apia\",\"hours\":{\"fri\":[[\"09:00\",\"17:00\"]]}}",
               "2011-12-30T00:00:00Z", 60, "2011-12-30T20:00:00Z");
    /* midnight that does not exist, as a beginning and as an end */
    assert_due(IN("America/Sao_Paulo", "[[\"00:00\",\"06:00\"]]"), "2018-11-03T12:00:00Z", 1,
               "2018-11-04T03:01:00Z");
    assert_due(IN("America/Sao_Paulo", "[[\"22:00\",\"24:00\"]]"), "2015-10-17T12:00:00Z", 120,
               "2015-10-18T03:00:00Z");
    /* a span inside the gap moves behind the beginning of the next one: both count, once */
    const char *nested = IN("Europe/Berlin", "[[\"02:30\",\"02:45\"],[\"03:00\",\"04:00\"]]");
    assert_due(nested, "2026-03-29T00:00:00Z", 1, "2026-03-29T01:01:00Z");
    assert_due(nested, "2026-03-29T00:00:00Z", 60, "2026-03-29T02:00:00Z");
}

static void test_folds(void **state)
{
    (void)state;
    if (!has_zone("Europe/Berlin"))
        skip();
    /* 02:30 comes twice: the first; 03:00 comes once, after both */
    assert_due(IN("Europe/Berlin", "[[\"02:30\",\"03:00\"]]"), "2026-10-24T12:00:00Z", 90,
               "2026-10-25T02:00:00Z");
    assert_due(IN("Europe/Berlin", "[[\"01:00\",\"02:30\"]]"), "2026-10-24T12:00:00Z", 91,
               "2026-10-26T00:01:00Z");
    /* whole days have 25 hours, or 23 */
    assert_due(IN("Europe/Berlin", "[[\"00:00\",\"24:00\"]]"), "2026-10-24T22:00:00Z", 25 * 60,
               "2026-10-25T23:00:00Z");
    assert_due(IN("Europe/Berlin", "[[\"00:00\",\"24:00\"]]"), "2026-03-28T23:00:00Z", 23 * 60,
               "2026-03-29T22:00:00Z");
}

static void test_far_future(void **state)
{
    static const char *const names[] = {"Europe/Madrid", "Australia/Lord_Howe", "America/Santiago",
                                        "Europe/Dublin", "Africa/Casablanca"};
    (void)state;
    if (!has_zone("Europe/Madrid"))
        skip();
    assert_due(IN("Europe/Madrid", "[[\"09:00\",\"17:00\"]]"), "2400-07-01T00:00:00Z", 60,
               "2400-07-01T08:00:00Z");
    assert_due(IN("Europe/Madrid", "[[\"09:00\",\"17:00\"]]"), "2400-12-01T00:00:00Z", 60,
               "2400-12-01T09:00:00Z");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct slice bytes;
        struct zone *z;
        assert_int_equal(read_zone(NULL, names[i], &bytes), ERR_OK);
        assert_int_equal(zone_parse(bytes, &z), ERR_OK);
        use_zone(names[i]);
        for (int64_t t = -2208988800; t < 13600000000; t += 1234567)
            assert_int_equal(zone_at(z, t).offset_s, offset_at(t));
        zone_free(z);
    }
}

/* A zone file of version 2 with one type and a rule at its end. */
static enum err zone_of_rule(const char *rule, int32_t first_offset_s, struct zone **out)
{
    struct buf b;
    buf_init(&b, 0);
    for (int header = 0; header < 2; header++) {
        static const uint8_t counts[24] = {[19] = 1, [23] = 4};
        uint32_t o = (uint32_t)first_offset_s;
        const uint8_t type[6] = {(uint8_t)(o >> 24), (uint8_t)(o >> 16), (uint8_t)(o >> 8),
                                 (uint8_t)o};
        buf_add_z(&b, "TZif2");
        buf_add(&b, (const char[15]){0}, 15);
        buf_add(&b, counts, sizeof counts);
        buf_add(&b, type, sizeof type);
        buf_add(&b, "LMT", 4);
    }
    buf_printf(&b, "\n%s\n", rule);
    enum err e = zone_parse(buf_slice(&b), out);
    buf_fini(&b);
    return e;
}

static void random_date(char out[32])
{
    int kind = pick(3);
    if (kind == 0)
        snprintf(out, 32, "M%d.%d.%d/%d", 1 + pick(12), 1 + pick(5), pick(7), pick(25));
    else
        snprintf(out, 32, "%s%d/%d:%02d", kind == 1 ? "J" : "", 20 + pick(320), pick(24), pick(60));
}

/* The C library reads the same rules. */
static void test_rules_of_zones(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++) {
        char rule[160], summer[32], winter[32];
        struct zone *z;
        random_date(summer);
        random_date(winter);
        snprintf(rule, sizeof rule, "%s%d:%02d%s%s,%s,%s", pick(2) ? "AAA" : "<+07>", pick(14),
                 pick(4) * 15, pick(2) ? "BBB" : "<x-1>", pick(2) ? "" : "-1", summer, winter);
        use_zone(rule);
        assert_int_equal(zone_of_rule(rule, 0, &z), ERR_OK);
        for (int k = 0; k < 300; k++) {
            int64_t t = (int64_t)pick(13000000) * 1000;
            struct zone_segment s = zone_at(z, t);
            if (s.offset_s != offset_at(t))
                fail_msg("%s at %lld: %d, wanted %d", rule, (long long)t, (int)s.offset_s,
                         (int)offset_at(t));
            assert_true(s.start_s <= t && t < s.end_s);
        }
        zone_free(z);
    }
}

/* "J" days leave the 29th of February out, plain ones count it. */
static void test_leap_days(void **state)
{
    static const char *const rules[] = {"AAA0BBB,J59/0,J300/0", "AAA0BBB,J60/0,J300/0",
                                        "AAA0BBB,58/0,300/0", "AAA0BBB,59/0,300/0",
                                        "AAA0BBB,60/0,300/0"};
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct zone *z;
        use_zone(rules[i]);
        assert_int_equal(zone_of_rule(rules[i], 0, &z), ERR_OK);
        for (int year = 2023; year <= 2024; year++) {
            int64_t day = utc_days_from_date((struct utc_date){year, 2, 26});
            for (int64_t t = day * 86400; t < (day + 6) * 86400; t += 1800)
                assert_int_equal(zone_at(z, t).offset_s, offset_at(t));
        }
        zone_free(z);
    }
}

static void test_broken_zones(void **state)
{
    static const char *const rules[] = {"",
                                        "UTC0",
                                        "AB0",
                                        "CET",
                                        "CET-168",
                                        "CET-1CEST",
                                        "CET-1CEST,M3",
                                        "CET-1CEST,,",
                                        "CET-1CEST,M13.1.0,M10.5.0",
                                        "<CET-1",
                                        "CET-1:60",
                                        "CET-1x",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-1CEST,M3.5.7,M10.5.0",
                                        "CET-1CEST,J366,M10.5.0",
                                        "CET-1CEST,M3.5.0,M10.5.0,"};
    struct slice bytes;
    struct zone *z;
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        assert_int_equal(zone_of_rule(rules[i], 3600, &z), i < 2 ? ERR_OK : ERR_INVALID);
        if (i < 2)
            assert_int_equal(zone_at(z, 0).offset_s, i == 0 ? 3600 : 0);
        zone_free(z);
    }
    if (!has_zone("Europe/Madrid"))
        skip();
    assert_int_equal(read_zone(NULL, "Europe/Madrid", &bytes), ERR_OK);
    for (size_t n = 0; n < bytes.n; n += 7) /* cut anywhere */
        assert_int_equal(zone_parse(slice_make(bytes.p, n), &z), ERR_INVALID);
    for (int i = 0; i < 3000; i++) { /* or with a byte changed: refused, or usable */
        size_t at_byte = (size_t)pick((int)bytes.n);
        char was = zone_bytes.p[at_byte];
        zone_bytes.p[at_byte] = (char)pick(256);
        if (zone_parse(bytes, &z) == ERR_OK) {
            struct zone_segment s = zone_at(z, 1700000000);
            assert_true(s.start_s <= 1700000000 && 1700000000 < s.end_s);
            zone_free(z);
        }
        zone_bytes.p[at_byte] = was;
    }
}

static void test_always(void **state)
{
    struct hours *h = hours_always();
    struct hours_piece pieces[HOURS_PIECES_MAX];
    int64_t ms = 0;
    int hour = 0;
    (void)state;
    assert_true(hours_is_always(h) && hours_is_at_work(h, -1));
    assert_int_equal(hours_next_change(h, 0, &ms), ERR_RANGE);
    assert_int_equal(hours_local_day(h, -1, &hour), -1);
    assert_int_equal(hour, 23);
    assert_int_equal(hours_local_day(h, 86400000, NULL), 1);
    assert_int_equal(hours_pieces(h, 0, pieces), 1);
    assert_true(pieces[0].from_min == 0 && pieces[0].to_min == 1440);
    assert_int_equal(hours_due(h, UTC_MAX_MS - 10, 11, NULL, 0, &ms), ERR_RANGE);
    assert_int_equal(hours_due(h, UTC_MAX_MS - 10, 10, NULL, 0, &ms), ERR_OK);
    assert_int_equal(zone_local_ms(hours_zone(h), 5), 5);
    hours_free(h);
    hours_free(NULL);
}

static void test_pieces(void **state)
{
    struct hours *h =
        parse_text(slice_of("{\"hours\":{\"mon\":[[\"20:00\",\"02:00\"],[\"08:00\",\"09:00\"]]},"
                            "\"holidays\":[\"2026-01-06\"],\"special\":{\"2026-01-07\":[[\"10:00\","
                            "\"24:00\"]]}}"));
    struct hours_piece p[HOURS_PIECES_MAX];
    int64_t monday = utc_days_from_date((struct utc_date){2026, 1, 5}), ms = 0;
    (void)state;
    assert_false(hours_is_always(h));
    assert_int_equal(hours_pieces(h, monday, p), 2);
    assert_true(p[0].from_min == 480 && p[1].from_min == 1200 && p[1].to_min == 1440);
    assert_int_equal(hours_pieces(h, monday + 1, p), 0);
    assert_int_equal(hours_pieces(h, monday + 2, p), 1);
    assert_int_equal(hours_pieces(h, monday + 8, p), 1);
    assert_true(p[0].from_min == 0 && p[0].to_min == 120);
    /* from Monday the twelfth on, the night is one stretch */
    assert_int_equal(hours_next_change(h, at("2026-01-12T21:00:00Z"), &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-13T02:00:00Z"));
    assert_int_equal(hours_next_change(h, at("2026-01-13T02:00:00Z"), &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-19T08:00:00Z"));
    hours_free(h);
    h = parse_text(slice_of("{\"hours\":" DAILY("[[\"00:00\",\"24:00\"]]") "}"));
    assert_int_equal(hours_next_change(h, 0, &ms), ERR_RANGE);
    hours_free(h);
}

static void test_many_pauses(void **state)
{
    struct hours_span paused[50];
    struct hours *h = hours_always();
    int64_t ms = 0;
    (void)state;
    for (int i = 0; i < 50; i++) /* the second half of each minute, last first */
        paused[i] = (struct hours_span){(49 - i) * 60000 + 30000, (50 - i) * 60000};
    assert_int_equal(hours_elapsed(h, 0, 3600000, paused, 50, &ms), ERR_OK);
    assert_int_equal(ms, 3600000 - 50 * 30000);
    assert_int_equal(hours_due(h, 0, 30000 * 40 + 1, paused, 50, &ms), ERR_OK);
    assert_int_equal(ms, 40 * 60000 + 1);
    hours_free(h);
}

static void test_long_spans_of_time(void **state)
{
    struct hours *h = parse_text(slice_of("{\"hours\":{\"mon\":[[\"08:00\",\"08:01\"]]}}"));
    int64_t ms = 0;
    (void)state;
    assert_int_equal(
        hours_elapsed(h, at("0001-01-01T00:00:00Z"), at("9999-12-31T00:00:00Z"), NULL, 0, &ms),
        ERR_OK);
    assert_int_equal(ms / 60000, 521723);
    assert_int_equal(
        hours_due(h, at("2026-01-01T00:00:00Z"), 400 * 53 * INT64_C(60000), NULL, 0, &ms),
        ERR_RANGE);
    assert_int_equal(hours_due(h, at("2026-01-01T00:00:00Z"), 20000 * INT64_C(60000), NULL, 0, &ms),
                     ERR_OK);
    assert_int_equal(hours_due(h, 0, -1, NULL, 0, &ms), ERR_RANGE);
    hours_free(h);
}

static void test_edges(void **state)
{
    const char *office = "{\"hours\":" DAILY("[[\"09:00\",\"17:00\"]]") "}";
    struct hours *h = parse_text(slice_of(office));
    int64_t ms = 0;
    struct hours_span whole = {at("2026-01-05T09:30:00Z"), at("2026-01-06T10:00:00Z")};
    (void)state;
    assert_due(office, "2026-01-05T16:00:00Z", 60, "2026-01-05T17:00:00Z");
    assert_due(office, "2026-01-05T16:00:00Z", 61, "2026-01-06T09:01:00Z");
    assert_due(office, "2026-01-05T20:00:00Z", 0, "2026-01-05T20:00:00Z");
    assert_due(office, "2026-01-05T17:00:00Z", 1, "2026-01-06T09:01:00Z");
    /* a pause over closing time; one that begins where the time is up does not move it */
    assert_int_equal(hours_due(h, at("2026-01-05T09:00:00Z"), 3600000, &whole, 1, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-06T10:30:00Z"));
    assert_int_equal(hours_due(h, at("2026-01-05T09:00:00Z"), 1800000, &whole, 1, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-05T09:30:00Z"));
    assert_int_equal(hours_due(h, at("2026-01-05T16:59:59.999Z"), 2, NULL, 0, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-06T09:00:00.001Z"));
    hours_free(h);
}

static void test_nights_and_holidays(void **state)
{
    const char *night =
        "{\"hours\":{\"sun\":[[\"22:00\",\"06:00\"]],\"mon\":[[\"06:00\",\"08:00\"]]},"
        "\"holidays\":[\"2026-01-11\"],\"special\":{\"2026-01-19\":[[\"01:00\","
        "\"02:00\"]]}}";
    (void)state;
    assert_due(night, "2026-01-04T12:00:00Z", 600, "2026-01-05T08:00:00Z");
    /* the eleventh is a holiday, but the night's part on Monday is Monday's */
    assert_due(night, "2026-01-06T00:00:00Z", 60, "2026-01-12T01:00:00Z");
    /* a special day stands for all of its day, the night's part too */
    assert_due(night, "2026-01-18T22:00:00Z", 121, "2026-01-19T01:01:00Z");
    assert_due(night, "2026-01-18T22:00:00Z", 181, "2026-01-25T22:01:00Z");
}

static void test_faults(void **state)
{
    static const struct {
        const char *text, *path;
    } rows[] = {
        {"[]", "$"},
        {"{}", "$.hours"},
        {"{\"hours\":{}}", "$"},
        {"{\"hours\":{\"mon\":[]}}", "$"},
        {"{\"hours\":{\"mo\":[]}}", "$.hours.mo"},
        {"{\"hours\":{\"mon\":[[\"8:00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:60\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"24:01\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"24:00\",\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[8,12]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"],[\"11:00\",\"13:00\"]]}}", "$.hours.mon[1]"},
        {"{\"hours\":{\"mon\":[[\"22:00\",\"06:00\"]],\"tue\":[[\"05:00\",\"07:00\"]]}}",
         "$.hours.tue"},
        {"{\"tz\":\"Mars/Olympus\",\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]}}", "$.tz"},
        {"{\"tz\":7,\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]}}", "$.tz"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":[\"2026-02-29\"]}",
         "$.holidays[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":\"2026-02-28\"}", "$.holidays"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":[\"2026-01-01\",\"2026-01-01\"]"
         "}",
         "$.holidays[1]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"2026-01-01\":[[\"22:00\","
         "\"02:00\"]]}}",
         "$.special.2026-01-01"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holiday\":[]}", "$.holiday"},
        {"{\"hours\":{\"mon\":\"08:00\"}}", "$.hours.mon"},
        {"{\"hours\":{\"mon\":[[\"08-00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"0a:00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":[]}", "$.special"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"Monday\":[]}}",
         "$.special.Monday"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"2026-01-01\":[]},"
         "\"holidays\":[\"2026-01-01\"]}",
         "$.special.2026-01-01"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays_ics\":\"a.ics\"}",
         "$.holidays_ics"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cJSON *j;
        struct json_error e;
        struct fault_list faults = {0};
        struct hours *h;
        assert_int_equal(json_parse(slice_of(rows[i].text), &json_limits_file, &j, &e), ERR_OK);
        assert_int_equal(hours_parse(j, "$", &zones, &faults, &h), ERR_INVALID);
        assert_null(h);
        assert_true(faults.n >= 1);
        assert_string_equal(faults.items[0].path, rows[i].path);
        assert_true(faults.items[0].message[0] != '\0' && faults.items[0].hint[0] != '\0');
        fault_free(&faults);
        json_free(j);
    }
}

static enum err broken_zone(void *ctx, const char *name, struct slice *out)
{
    (void)ctx;
    (void)name;
    *out = slice_of("TZif2 and no more");
    return ERR_OK;
}

static enum err parse_with(struct slice text, const struct zone_source *source,
                           struct fault_list *faults)
{
    struct cJSON *j;
    struct json_error e;
    struct hours *h;
    assert_int_equal(json_parse(text, &json_limits_file, &j, &e), ERR_OK);
    enum err err = hours_parse(j, "$", source, faults, &h);
    hours_free(h);
    json_free(j);
    return err;
}

static void test_too_much(void **state)
{
    const struct zone_source broken = {.zone = broken_zone};
    struct fault_list faults = {0};
    struct buf b;
    (void)state;
    buf_init(&b, 0);
    buf_add_z(&b, "{\"hours\":{\"mon\":[");
    for (int i = 0; i <= HOURS_PIECES_MAX; i++)
        buf_printf(&b, "%s[\"%02d:%02d\",\"%02d:%02d\"]", i > 0 ? "," : "", i / 3, i % 3 * 20,
                   i / 3, i % 3 * 20 + 10);
    buf_add_z(&b, "]}}");
    assert_int_equal(parse_with(buf_slice(&b), &zones, &faults), ERR_INVALID);
    assert_string_equal(faults.items[0].path, "$.hours.mon[48]");
    fault_free(&faults);
    buf_clear(&b);
    buf_add_z(&b, "{\"hours\":{\"mon\":[[\"08:00\",\"09:00\"]]},\"holidays\":[");
    for (int i = 0; i <= 20000; i++) {
        char text[24];
        buf_printf(&b, "%s\"%s\"", i > 0 ? "," : "", date_text(i, text).p);
    }
    buf_add_z(&b, "]}");
    assert_int_equal(parse_with(buf_slice(&b), &zones, &faults), ERR_INVALID);
    assert_int_equal(faults.n, 1);
    assert_string_equal(faults.items[0].path, "$.holidays[20000]");
    fault_free(&faults);
    assert_int_equal(
        parse_with(slice_of("{\"tz\":\"A/B\",\"hours\":{\"mon\":[[\"08:00\",\"09:00\"]]}}"),
                   &broken, &faults),
        ERR_INVALID);
    assert_string_equal(faults.items[0].path, "$.tz");
    fault_free(&faults);
    buf_fini(&b);
}

static int set_up(void **state)
{
    (void)state;
    buf_init(&zone_bytes, 1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_fini(&zone_bytes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_calendars),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_far_future),
        cmocka_unit_test(test_long_spans_of_time),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_nights_and_holidays),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_rules_of_zones),
        cmocka_unit_test(test_broken_zones),
        cmocka_unit_test(test_leap_days),
        cmocka_unit_test(test_always),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_many_pauses),
        cmocka_unit_test(test_too_much),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
