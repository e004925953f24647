/* ics.c - events of a calendar as closings, by libical.  UNTIL and EXDATE are compared here, as
 * instants or as days: libical takes a local time for UTC. */
#include "calendar/ics.h"
#include "calendar/ics_moment.h"
#include <stdlib.h>
#include <string.h>

#define RULE_STEPS 200 /* what a rule counts for by itself: libical may search long in vain */

struct moved { /* an instance that another event replaces */
    const char *uid;
    struct moment was;
};

struct reading {
    const struct ics_question *q;
    struct fault_list *faults;
    struct ics_list *out;
    size_t max;
    enum err err;
    char path[128];
    icalcomponent *calendar;
    struct moved *moved;
    size_t n_moved;
    unsigned n_steps;
};

struct event {
    icalcomponent *component;
    const char *uid; /* "" = none */
    struct clock_of clock;
    struct moment start;
    int64_t length_ms; /* by its own clock */
    struct moment *left_out;
    size_t n_left_out;
};

static void refuse_calendar(struct reading *r, const char *message, const char *hint)
{
    fault_add(r->faults, r->path, message, "%s", hint);
    r->err = ERR_INVALID;
}

static bool is_usable(struct icaltimetype t)
{
    return !icaltime_is_null_time(t) && t.year >= 1 && t.year <= 9999 && t.month >= 1 &&
           t.month <= 12 && t.day >= 1 && t.day <= 31;
}

static struct clock_of open_clock(struct reading *r, icalproperty *p, struct icaltimetype t)
{
    struct clock_of c;
    if (!ics_clock_open(r->q, r->calendar, p, t, &c))
        refuse_calendar(r, "unknown time zone",
                        "use an IANA name as TZID, or include its VTIMEZONE");
    return c;
}

/* A date or a time of a property in its own zone. */
static bool read_moment(struct reading *r, icalproperty *p, struct icaltimetype t,
                        struct moment *out)
{
    struct clock_of c = open_clock(r, p, t);
    if (r->err == ERR_OK)
        *out = ics_moment(r->q, &c, ics_own_ms(t), t.is_date != 0);
    ics_clock_close(&c);
    return r->err == ERR_OK;
}

/* ---- what comes out */

static void add_closing(struct reading *r, int64_t from_ms, int64_t to_ms)
{
    int64_t first_ms = r->q->window.first_day * DAY_MS;
    int64_t end_ms = (r->q->window.last_day + 1) * DAY_MS;
    from_ms = from_ms < first_ms ? first_ms : from_ms;
    to_ms = to_ms > end_ms ? end_ms : to_ms;
    if (from_ms >= to_ms || r->err != ERR_OK)
        return;
    if (r->out->n == ICS_CLOSINGS_MAX) {
        refuse_calendar(r, "this calendar yields too many days", "remove what recurs so often");
        return;
    }
    if (r->out->n == r->max) {
        size_t max = r->max == 0 ? 64 : r->max * 2;
        struct ics_closing *items = realloc(r->out->items, max * sizeof *items);
        if (items == NULL) {
            r->err = ERR_NO_MEMORY;
            return;
        }
        r->out->items = items;
        r->max = max;
    }
    r->out->items[r->out->n++] = (struct ics_closing){from_ms, to_ms};
}

static int by_start(const void *a, const void *b)
{
    const struct ics_closing *x = a, *y = b;
    return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

static void join(struct ics_list *l)
{
    size_t n = 0;
    if (l->n > 1)
        qsort(l->items, l->n, sizeof *l->items, by_start);
    for (size_t i = 0; i < l->n; i++) {
        struct ics_closing c = l->items[i];
        if (n > 0 && c.from_ms <= l->items[n - 1].to_ms) {
            if (c.to_ms > l->items[n - 1].to_ms)
                l->items[n - 1].to_ms = c.to_ms;
        } else {
            l->items[n++] = c;
        }
    }
    l->n = n;
}

/* ---- one event */

/* Read before anything else: a component of libical has one cursor for its properties. */
static void read_left_out(struct reading *r, struct event *e)
{
    int n = icalcomponent_count_properties(e->component, ICAL_EXDATE_PROPERTY);
    icalproperty *p = icalcomponent_get_first_property(e->component, ICAL_EXDATE_PROPERTY);
    if (p == NULL || n <= 0)
        return;
    e->left_out = calloc((size_t)n, sizeof *e->left_out);
    if (e->left_out == NULL) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    for (; p != NULL && r->err == ERR_OK;
         p = icalcomponent_get_next_property(e->component, ICAL_EXDATE_PROPERTY)) {
        struct icaltimetype t = icalproperty_get_exdate(p);
        if (is_usable(t) && read_moment(r, p, t, &e->left_out[e->n_left_out]))
            e->n_left_out++;
    }
}

static bool is_left_out(const struct reading *r, const struct event *e, const struct moment *m)
{
    for (size_t i = 0; i < e->n_left_out; i++)
        if (ics_is_same(&e->left_out[i], m))
            return true;
    for (size_t i = 0; i < r->n_moved; i++)
        if (ics_is_same(&r->moved[i].was, m) && strcmp(r->moved[i].uid, e->uid) == 0)
            return true;
    return false;
}

static void occur(struct reading *r, const struct event *e, int64_t own_ms)
{
    struct moment from = ics_moment(r->q, &e->clock, own_ms, e->start.is_day);
    struct moment to = ics_moment(r->q, &e->clock, own_ms + e->length_ms, e->start.is_day);
    int64_t margin_ms = 2 * DAY_MS;
    if (to.our_ms < r->q->window.first_day * DAY_MS - margin_ms)
        return;
    if (!is_left_out(r, e, &from))
        add_closing(r, from.our_ms, to.our_ms);
}

static bool is_past(struct reading *r, const struct event *e, struct icaltimetype until,
                    int64_t own_ms)
{
    if (own_ms > (r->q->window.last_day + 2) * DAY_MS)
        return true;
    if (icaltime_is_null_time(until))
        return false;
    int64_t until_ms = ics_own_ms(until);
    if (until.is_date || e->start.is_day)
        return ics_day(own_ms) > ics_day(until_ms);
    if (icaltime_is_utc(until))
        return ics_moment(r->q, &e->clock, own_ms, false).at_ms > until_ms;
    return own_ms > until_ms;
}

static void follow(struct reading *r, const struct event *e, icalproperty *p)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(p);
    struct icaltimetype until = rule.until;
    if (rule.freq < ICAL_DAILY_RECURRENCE || rule.freq > ICAL_YEARLY_RECURRENCE) {
        refuse_calendar(r, "this rule recurs within a day", "use FREQ=DAILY or longer");
        return;
    }
    r->n_steps += RULE_STEPS;
    rule.until = icaltime_null_time();
    struct icaltimetype start = ics_time_at(e->start.own_ms);
    start.is_date = e->start.is_day;
    icalrecur_iterator *it = icalrecur_iterator_new(rule, start);
    if (it == NULL) {
        refuse_calendar(r, "unsupported rule", "see RFC 5545, 3.3.10");
        return;
    }
    while (r->err == ERR_OK) {
        struct icaltimetype t = icalrecur_iterator_next(it);
        if (icaltime_is_null_time(t) || !is_usable(t) || is_past(r, e, until, ics_own_ms(t)))
            break;
        if (++r->n_steps > ICS_STEPS_MAX)
            refuse_calendar(r, "the rules of this calendar take too long to compute",
                            "let them start later, or recur less often");
        else
            occur(r, e, ics_own_ms(t));
    }
    icalrecur_iterator_free(it);
}

static int64_t length_of(struct icaldurationtype d)
{
    int64_t s = (((int64_t)d.weeks * 7 + d.days) * 24 + d.hours) * 3600 + (int64_t)d.minutes * 60 +
                d.seconds;
    return d.is_neg ? -1 : s * 1000;
}

static void add_date(struct reading *r, const struct event *e, icalproperty *p)
{
    struct icaldatetimeperiodtype d = icalproperty_get_rdate(p);
    bool is_period = !icaltime_is_null_time(d.period.start);
    struct icaltimetype t = is_period ? d.period.start : d.time;
    struct moment m;
    if (!is_usable(t) || !read_moment(r, p, t, &m) || is_left_out(r, e, &m))
        return;
    int64_t length_ms = e->length_ms;
    if (is_period && is_usable(d.period.end))
        length_ms = ics_own_ms(d.period.end) - ics_own_ms(d.period.start);
    else if (is_period)
        length_ms = length_of(d.period.duration);
    else if (m.is_day && !e->start.is_day)
        length_ms = DAY_MS;
    add_closing(r, m.our_ms, m.our_ms + length_ms);
}

static bool read_length(struct reading *r, struct event *e)
{
    icalproperty *end = icalcomponent_get_first_property(e->component, ICAL_DTEND_PROPERTY);
    icalproperty *duration = icalcomponent_get_first_property(e->component, ICAL_DURATION_PROPERTY);
    struct moment m;
    e->length_ms = e->start.is_day ? DAY_MS : 0;
    if (end != NULL) {
        struct icaltimetype t = icalproperty_get_dtend(end);
        icalproperty *start = icalcomponent_get_first_property(e->component, ICAL_DTSTART_PROPERTY);
        const char *a = ics_tzid(start), *b = ics_tzid(end);
        if (!is_usable(t) || !read_moment(r, end, t, &m))
            return false;
        bool is_one_clock = a != NULL && b != NULL ? strcmp(a, b) == 0 : a == b;
        e->length_ms = is_one_clock ? m.own_ms - e->start.own_ms : m.at_ms - e->start.at_ms;
    } else if (duration != NULL) {
        e->length_ms = length_of(icalproperty_get_duration(duration));
    }
    if (e->start.is_day && e->length_ms == 0)
        e->length_ms = DAY_MS;
    if (e->length_ms >= 0)
        return true;
    refuse_calendar(r, "this event ends before it starts", "fix DTEND or DURATION");
    return false;
}

static bool open_event(struct reading *r, icalcomponent *component, struct event *e)
{
    icalproperty *p = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    struct icaltimetype t = p != NULL ? icalproperty_get_dtstart(p) : icaltime_null_time();
    const char *uid = icalcomponent_get_uid(component);
    *e = (struct event){.component = component, .uid = uid != NULL ? uid : ""};
    if (!is_usable(t)) {
        refuse_calendar(r, "this event has no start", "add DTSTART");
        return false;
    }
    e->clock = open_clock(r, p, t);
    if (r->err != ERR_OK)
        return false;
    e->start = ics_moment(r->q, &e->clock, ics_own_ms(t), t.is_date != 0);
    return read_length(r, e);
}

static void each_date(struct reading *r, const struct event *e, icalproperty_kind kind,
                      void (*visit)(struct reading *, const struct event *, icalproperty *))
{
    icalproperty *p = icalcomponent_get_first_property(e->component, kind);
    for (; p != NULL && r->err == ERR_OK; p = icalcomponent_get_next_property(e->component, kind))
        visit(r, e, p);
}

static void read_event(struct reading *r, icalcomponent *component)
{
    struct event e;
    bool is_instance =
        icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY) != NULL;
    if (icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED)
        return;
    bool is_open = open_event(r, component, &e);
    if (is_open && is_instance) {
        struct moment to = ics_moment(r->q, &e.clock, e.start.own_ms + e.length_ms, e.start.is_day);
        add_closing(r, e.start.our_ms, to.our_ms);
    } else if (is_open) {
        read_left_out(r, &e);
        occur(r, &e, e.start.own_ms);
        each_date(r, &e, ICAL_RRULE_PROPERTY, follow);
        each_date(r, &e, ICAL_RDATE_PROPERTY, add_date);
    }
    ics_clock_close(&e.clock);
    free(e.left_out);
}

/* ---- the file */

static void note_moved(struct reading *r, icalcomponent *component)
{
    icalproperty *p = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
    const char *uid = icalcomponent_get_uid(component);
    if (p == NULL || uid == NULL)
        return;
    struct icaltimetype t = icalproperty_get_recurrenceid(p);
    struct moved *moved = realloc(r->moved, (r->n_moved + 1) * sizeof *moved);
    if (moved == NULL) {
        r->err = ERR_NO_MEMORY;
        return;
    }
    r->moved = moved;
    if (is_usable(t) && read_moment(r, p, t, &moved[r->n_moved].was))
        moved[r->n_moved++].uid = uid;
}

/* libical drops a line that it cannot read and leaves a note of it. */
static void look_for_errors(struct reading *r, icalcomponent *event)
{
    static const char *const names[] = {"DTSTART", "DTEND",  "DURATION",     "RRULE",
                                        "RDATE",   "EXDATE", "RECURRENCE-ID"};
    icalproperty *p = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY);
    for (; p != NULL; p = icalcomponent_get_next_property(event, ICAL_XLICERROR_PROPERTY)) {
        const char *text = icalproperty_get_xlicerror(p);
        for (size_t i = 0; text != NULL && i < sizeof names / sizeof names[0]; i++)
            if (strstr(text, names[i]) != NULL) {
                refuse_calendar(r, "a line of this event is unreadable", names[i]);
                return;
            }
    }
}

/* Faults of one event do not keep the others from being read. */
static void each_event(struct reading *r, void (*visit)(struct reading *, icalcomponent *))
{
    enum err all = ERR_OK;
    unsigned i = 0;
    icalcomponent *e = icalcomponent_get_first_component(r->calendar, ICAL_VEVENT_COMPONENT);
    for (; e != NULL && all != ERR_NO_MEMORY; i++) {
        fault_path(r->path, r->q->path, ".VEVENT[%u]", i);
        r->err = ERR_OK;
        visit(r, e);
        all = r->err != ERR_OK ? r->err : all;
        e = icalcomponent_get_next_component(r->calendar, ICAL_VEVENT_COMPONENT);
    }
    r->err = all;
}

static void read_calendar(struct reading *r, icalcomponent *calendar)
{
    r->calendar = calendar;
    each_event(r, look_for_errors);
    if (r->err == ERR_OK)
        each_event(r, note_moved);
    if (r->err == ERR_OK)
        each_event(r, read_event);
    free(r->moved);
    r->moved = NULL;
    r->n_moved = 0;
}

static void read_root(struct reading *r, icalcomponent *root)
{
    int n = 0;
    if (root != NULL && icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
        read_calendar(r, root);
        return;
    }
    icalcomponent *c =
        root != NULL ? icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT) : NULL;
    for (; c != NULL && r->err == ERR_OK; n++) {
        read_calendar(r, c);
        c = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT);
    }
    if (n == 0)
        refuse_calendar(r, "not an iCalendar file", "it must begin with BEGIN:VCALENDAR");
}

enum err ics_read(const struct ics_question *q, struct fault_list *faults, struct ics_list *out)
{
    struct reading r = {.q = q, .faults = faults, .out = out};
    struct buf text;
    *out = (struct ics_list){.n = 0};
    fault_path(r.path, q->path, "%s", "");
    if (q->text.n > ICS_BYTES_MAX || memchr(q->text.p, 0, q->text.n) != NULL) {
        refuse_calendar(&r, "not a text file, or larger than 4 MiB", "export only the holidays");
        return r.err;
    }
    buf_init(&text, 0);
    buf_add_slice(&text, q->text);
    buf_add_char(&text, '\n');
    icalerror_set_errors_are_fatal(0);
    icalcomponent *root = text.err == ERR_OK ? icalparser_parse_string(text.p) : NULL;
    r.err = text.err;
    if (r.err == ERR_OK)
        read_root(&r, root);
    if (root != NULL)
        icalcomponent_free(root);
    buf_fini(&text);
    if (r.err != ERR_OK)
        ics_free(out);
    join(out);
    return r.err;
}

void ics_free(struct ics_list *l)
{
    free(l->items);
    *l = (struct ics_list){.n = 0};
}
