/* test_hours.c - working time against a count second by second that shares nothing with it but the
 * calendar: zones come from the C library, the at-work seconds from a painted strip.  Random
 * calendars at and around every kind of change of the clocks; then fixed cases, and faults. */
#include "bench/machine_zones.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_calendars),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
