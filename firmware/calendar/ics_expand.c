/* ics_expand.c - a document whose hours name calendars, written out as dates. */
#include "base/file.h"
#include "base/json.h"
#include "base/merge.h"
#include "base/utc.h"
#include "calendar/ics.h"
#include "calendar/zoneinfo.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
#define MINUTE_MS 60000
#define MEMBER "holidays_ics"

struct expanding {
    const char *folder;
    struct ics_window window;
    struct fault_list *faults;
    struct zone_source zones;
    enum err err;
};

struct ics_window ics_window_about(int64_t now_ms)
{
    int32_t year = utc_date_from_days(now_ms / DAY_MS).year;
    return (struct ics_window){utc_days_from_date((struct utc_date){year - 1, 1, 1}),
                               utc_days_from_date((struct utc_date){year + 10, 12, 31})};
}

/* ---- the hours of one object */

static struct hours *compile(struct expanding *x, const struct cJSON *object)
{
    struct buf text;
    struct cJSON *plain;
    struct json_error e;
    struct fault_list ignored = {0};
    struct hours *h = NULL;
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    for (const struct cJSON *j = json_first(object); j != NULL; j = json_next(j))
        if (!slice_eq_z(json_name(j), MEMBER)) {
            json_put_name(&o, json_name(j));
            merge_write(j, &o, NULL);
        }
    json_close_object(&o);
    if (json_parse(buf_slice(&text), &json_limits_file, &plain, &e) == ERR_OK) {
        (void)hours_parse(plain, "$", &x->zones, &ignored, &h);
        json_free(plain);
    }
    fault_free(&ignored);
    buf_fini(&text);
    return h;
}

static void read_file(struct expanding *x, const struct hours *h, const struct cJSON *name,
                      const char *path, struct ics_list *all)
{
    char file[PATH_MAX];
    struct buf text;
    struct ics_list more;
    struct slice s = json_string(name);
    int n = snprintf(file, sizeof file, "%s%s%.*s", s.n > 0 && s.p[0] == '/' ? "" : x->folder,
                     s.n > 0 && s.p[0] == '/' ? "" : "/", (int)s.n, s.p);
    buf_init(&text, ICS_BYTES_MAX);
    if (s.n == 0 || n < 0 || (size_t)n >= sizeof file || file_read(file, &text) != ERR_OK) {
        fault_add(x->faults, path, "cannot read this calendar",
                  "name an .ics file, relative to the document");
        x->err = ERR_INVALID;
        buf_fini(&text);
        return;
    }
    const struct ics_question q = {buf_slice(&text), path, hours_zone(h), &x->zones, x->window};
    enum err e = ics_read(&q, x->faults, &more);
    struct ics_closing *items =
        e == ERR_OK ? realloc(all->items, (all->n + more.n + 1) * sizeof *items) : NULL;
    if (items != NULL) {
        if (more.n > 0)
            memcpy(items + all->n, more.items, more.n * sizeof *items);
        all->items = items;
        all->n += more.n;
    }
    x->err = e == ERR_OK && items == NULL ? ERR_NO_MEMORY : e != ERR_OK ? e : x->err;
    ics_free(&more);
    buf_fini(&text);
}

static void read_files(struct expanding *x, const struct hours *h, const struct cJSON *names,
                       const char *path, struct ics_list *all)
{
    char at[128];
    unsigned i = 0;
    if (!json_is_array(names)) {
        read_file(x, h, names, path, all);
        return;
    }
    for (const struct cJSON *j = json_first(names); j != NULL; j = json_next(j), i++)
        read_file(x, h, j, fault_path(at, path, "[%u]", i), all);
}

/* ---- what is left of a day */

struct day {
    struct hours_piece pieces[HOURS_PIECES_MAX];
    unsigned n;
    bool is_cut, is_whole; /* is_whole: nothing of its 24 hours is left */
};

static void cut(struct day *d, int from_min, int to_min)
{
    struct day next = {.n = 0, .is_cut = d->is_cut, .is_whole = d->is_whole};
    for (unsigned i = 0; i < d->n; i++) {
        struct hours_piece p = d->pieces[i];
        bool is_hit = p.from_min < to_min && from_min < p.to_min;
        next.is_cut |= is_hit;
        if (!is_hit) {
            next.pieces[next.n++] = p;
            continue;
        }
        if (p.from_min < from_min)
            next.pieces[next.n++] = (struct hours_piece){p.from_min, (int16_t)from_min};
        if (to_min < p.to_min && next.n < HOURS_PIECES_MAX)
            next.pieces[next.n++] = (struct hours_piece){(int16_t)to_min, p.to_min};
    }
    *d = next;
}

static struct day day_left(const struct hours *h, const struct ics_list *l, int64_t day)
{
    struct day d = {.is_cut = false};
    int64_t start_ms = day * DAY_MS;
    d.n = hours_pieces(h, day, d.pieces);
    for (size_t i = 0; i < l->n; i++) {
        int64_t from_ms = l->items[i].from_ms - start_ms, to_ms = l->items[i].to_ms - start_ms;
        if (to_ms <= 0 || from_ms >= DAY_MS)
            continue;
        int from = from_ms <= 0 ? 0 : (int)(from_ms / MINUTE_MS);
        int to = to_ms >= DAY_MS ? 1440 : (int)((to_ms + MINUTE_MS - 1) / MINUTE_MS);
        d.is_whole |= from == 0 && to == 1440;
        cut(&d, from, to);
    }
    return d;
}

/* ---- writing */

static void date_text(int64_t day, char out[16])
{
    struct utc_date d = utc_date_from_days(day);
    snprintf(out, 16, "%04d-%02u-%02u", (int)d.year % 10000, d.month % 100u, d.day % 100u);
}

static void put_minutes(struct json_out *o, int minutes)
{
    char text[16];
    snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    json_put_z(o, NULL, text);
}

static bool is_named(const struct cJSON *object, const char *date)
{
    const struct cJSON *j = json_first(json_get(object, "holidays"));
    while (j != NULL && !slice_eq_z(json_string(j), date))
        j = json_next(j);
    return j != NULL || json_get(json_get(object, "special"), date) != NULL;
}

static void put_pieces(struct json_out *o, const struct day *d)
{
    json_open_array(o, NULL);
    for (unsigned i = 0; i < d->n; i++) {
        json_open_array(o, NULL);
        put_minutes(o, d->pieces[i].from_min);
        put_minutes(o, d->pieces[i].to_min);
        json_close_array(o);
    }
    json_close_array(o);
}

/* Holidays or special days that the calendars add, one pass each. */
static void put_days(const struct cJSON *object, const struct hours *h, const struct ics_list *l,
                     bool is_holidays, struct json_out *o)
{
    char date[16];
    int64_t done = INT64_MIN;
    for (size_t i = 0; i < l->n; i++) {
        int64_t day = l->items[i].from_ms / DAY_MS;
        for (day = day > done ? day : done + 1; day * DAY_MS < l->items[i].to_ms; day++) {
            const struct day d = day_left(h, l, day);
            bool is_holiday = d.is_whole || (d.is_cut && d.n == 0);
            done = day;
            date_text(day, date);
            if (is_named(object, date) || is_holiday != is_holidays || (!is_holiday && !d.is_cut))
                continue;
            if (is_holidays) {
                json_put_z(o, NULL, date);
            } else {
                json_put_name(o, slice_of(date));
                put_pieces(o, &d);
            }
        }
    }
}

static void put_merged(const struct cJSON *object, const struct hours *h, const struct ics_list *l,
                       struct json_out *o)
{
    json_open_array(o, "holidays");
    const struct cJSON *j = json_first(json_get(object, "holidays"));
    for (; j != NULL; j = json_next(j))
        merge_write(j, o, NULL);
    put_days(object, h, l, true, o);
    json_close_array(o);
    json_open_object(o, "special");
    for (j = json_first(json_get(object, "special")); j != NULL; j = json_next(j)) {
        json_put_name(o, json_name(j));
        merge_write(j, o, NULL);
    }
    put_days(object, h, l, false, o);
    json_close_object(o);
}

static void expand_hours(struct expanding *x, const struct cJSON *object, const char *path,
                         struct json_out *o)
{
    char at[128];
    struct ics_list l = {.n = 0};
    struct hours *h = compile(x, object);
    if (h != NULL)
        read_files(x, h, json_get(object, MEMBER), fault_path(at, path, "." MEMBER), &l);
    json_open_object(o, NULL);
    for (const struct cJSON *j = json_first(object); j != NULL; j = json_next(j)) {
        struct slice name = json_name(j);
        bool is_merged = h != NULL && (slice_eq_z(name, "holidays") || slice_eq_z(name, "special"));
        if (is_merged || slice_eq_z(name, MEMBER))
            continue;
        json_put_name(o, name);
        merge_write(j, o, NULL);
    }
    if (h != NULL)
        put_merged(object, h, &l, o);
    json_close_object(o);
    hours_free(h);
    ics_free(&l);
}

static void copy(struct expanding *x, const struct cJSON *j, const char *path, struct json_out *o)
{
    char at[128];
    unsigned i = 0;
    const struct cJSON *child = json_first(j);
    if (json_is_array(j)) {
        json_open_array(o, NULL);
        for (; child != NULL; child = json_next(child), i++)
            copy(x, child, fault_path(at, path, "[%u]", i), o);
        json_close_array(o);
    } else if (!json_is_object(j)) {
        merge_write(j, o, NULL);
    } else if (json_get(j, MEMBER) != NULL) {
        expand_hours(x, j, path, o);
    } else {
        json_open_object(o, NULL);
        for (; child != NULL; child = json_next(child)) {
            struct slice name = json_name(child);
            json_put_name(o, name);
            copy(x, child, fault_path(at, path, ".%.*s", (int)name.n, name.p), o);
        }
        json_close_object(o);
    }
}

static bool names_calendars(struct slice document)
{
    return memmem(document.p, document.n, "\"" MEMBER "\"", sizeof MEMBER + 1) != NULL;
}

enum err ics_expand(struct slice document, const char *folder, struct ics_window window,
                    struct fault_list *faults, struct buf *out)
{
    struct expanding x = {.folder = folder, .window = window, .faults = faults};
    struct cJSON *j;
    struct json_error e;
    if (document.n == 0 || !names_calendars(document) ||
        json_parse(document, &json_limits_file, &j, &e) != ERR_OK) {
        buf_add_slice(out, document);
        return out->err;
    }
    struct zoneinfo *z = zoneinfo_new();
    if (z != NULL) {
        x.zones = zoneinfo_source(z);
        struct json_out o = json_out_of(out);
        copy(&x, j, "$", &o);
    }
    json_free(j);
    zoneinfo_free(z);
    return z == NULL ? ERR_NO_MEMORY : x.err != ERR_OK ? x.err : out->err;
}

enum err ics_read_document(const char *file, struct ics_window window, struct fault_list *faults,
                           struct buf *out)
{
    char folder[PATH_MAX];
    struct buf text;
    const char *slash = strrchr(file, '/');
    struct slice head = slash != NULL ? slice_make(file, (size_t)(slash - file)) : slice_of(".");
    (void)slice_copy_z(slash == file ? slice_of("/") : head, folder, sizeof folder);
    buf_init(&text, out->max);
    enum err e = file_read(file, &text);
    if (e == ERR_OK)
        e = ics_expand(buf_slice(&text), folder, window, faults, out);
    buf_fini(&text);
    return e;
}
