/* due.c - deadlines and elapsed working time. */
#include "base/file.h"
#include "base/merge.h"
#include "base/utc.h"
#include "calendar/ics.h"
#include "calendar/zoneinfo.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/options.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAUSES_MAX 1000
#define MINUTES_MAX 210000000 /* 400 years, less a little */

struct due {
    struct zoneinfo *zones;
    struct hours *standing; /* of --hours, else always */
    struct hours_span paused[PAUSES_MAX];
    size_t n_paused;
    struct buf
        last; /* the hours of the line before, and what they compiled to: days come in series */
    struct hours *last_hours;
};

static enum err first_fault(const struct fault_list *faults, struct lines_error *e)
{
    if (faults->n == 0)
        return lines_refuse(e, "$.hours", "these hours are not valid", "run `atalaya check`");
    return lines_refuse(e, faults->items[0].path, faults->items[0].message, faults->items[0].hint);
}

static enum err hours_of_line(struct due *d, const struct cJSON *line, const struct hours **out,
                              struct lines_error *e)
{
    const struct cJSON *j = json_get(line, "hours");
    *out = d->standing;
    if (j == NULL)
        return ERR_OK;
    struct buf text;
    struct fault_list faults = {0};
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    merge_write(j, &o, NULL);
    if (d->last_hours != NULL && slice_eq(buf_slice(&text), buf_slice(&d->last))) {
        buf_fini(&text);
        *out = d->last_hours;
        return ERR_OK;
    }
    hours_free(d->last_hours);
    buf_fini(&d->last);
    d->last = text;
    d->last_hours = NULL;
    struct zone_source source = zoneinfo_source(d->zones);
    enum err err = hours_parse(j, "$.hours", &source, &faults, &d->last_hours);
    if (err != ERR_OK)
        err = first_fault(&faults, e);
    fault_free(&faults);
    *out = d->last_hours;
    return err;
}

static enum err read_time(struct slice text, const char *path, int64_t *out, struct lines_error *e)
{
    enum err err = utc_parse(text, out);
    if (err == ERR_RANGE)
        return lines_refuse(e, path, "no such date or time", "check the calendar");
    return err == ERR_OK
               ? ERR_OK
               : lines_refuse(e, path, "not an RFC 3339 time", "for example 2026-11-24T10:30:00Z");
}

static enum err time_member(const struct cJSON *line, const char *name, int64_t *out,
                            struct lines_error *e)
{
    char path[32];
    struct slice text = {0};
    snprintf(path, sizeof path, "$.%s", name);
    enum err err = json_get_string(line, name, &text);
    if (err == ERR_NOT_FOUND)
        return lines_refuse(e, path, "required member is missing", "write an RFC 3339 time");
    return read_time(text, path, out, e);
}

static enum err read_pauses(struct due *d, const struct cJSON *line, struct lines_error *e)
{
    const struct cJSON *list = json_get(line, "paused");
    d->n_paused = 0;
    if (list != NULL && !json_is_array(list))
        return lines_refuse(e, "$.paused", "expected a list of pauses", "write [[from,to],…]");
    for (const struct cJSON *p = json_first(list); p != NULL; p = json_next(p)) {
        char path[48];
        struct hours_span *s = &d->paused[d->n_paused];
        snprintf(path, sizeof path, "$.paused[%zu]", d->n_paused);
        if (d->n_paused == PAUSES_MAX)
            return lines_refuse(e, path, "too many pauses", "at most 1000");
        if (!json_is_array(p) || json_count(p) != 2)
            return lines_refuse(e, path, "expected two times", "write [from,to]");
        enum err err = read_time(json_string(json_first(p)), path, &s->from_ms, e);
        if (err == ERR_OK)
            err = read_time(json_string(json_next(json_first(p))), path, &s->to_ms, e);
        if (err != ERR_OK)
            return err;
        if (s->to_ms < s->from_ms)
            return lines_refuse(e, path, "this pause ends before it starts", "swap the two times");
        d->n_paused++;
    }
    return ERR_OK;
}

static enum err answer_due(struct due *d, const struct hours *h, const struct cJSON *line,
                           int64_t from_ms, struct json_out *out, struct lines_error *e)
{
    double minutes = 0;
    int64_t due_ms;
    char text[UTC_TEXT_MAX];
    if (json_get_double(line, "minutes", &minutes) != ERR_OK)
        return lines_refuse(e, "$.minutes", "expected a number of minutes",
                            "or give \"to\" to count the minutes");
    if (!(minutes >= 0 && minutes <= MINUTES_MAX))
        return lines_refuse(e, "$.minutes", "this number is out of range", "0 to 210000000");
    enum err err =
        hours_due(h, from_ms, (int64_t)(minutes * 60000 + 0.5), d->paused, d->n_paused, &due_ms);
    if (err != ERR_OK)
        return lines_refuse(e, "$.minutes", "no such time within these hours",
                            "these hours hold too little working time");
    utc_text(due_ms, text);
    json_put_z(out, "due", text);
    return ERR_OK;
}

static enum err answer_elapsed(struct due *d, const struct hours *h, const struct cJSON *line,
                               int64_t from_ms, struct json_out *out, struct lines_error *e)
{
    int64_t to_ms = 0, work_ms = 0;
    enum err err = time_member(line, "to", &to_ms, e);
    if (err != ERR_OK)
        return err;
    if (hours_elapsed(h, from_ms, to_ms, d->paused, d->n_paused, &work_ms) != ERR_OK)
        return lines_refuse(e, "$", "out of memory", "");
    json_put_int(out, "minutes", work_ms / 60000);
    json_put_int(out, "seconds", work_ms / 1000);
    return ERR_OK;
}

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    struct due *d = ctx;
    const struct hours *h;
    int64_t from_ms = 0;
    enum err err = hours_of_line(d, line, &h, e);
    if (err == ERR_OK)
        err = time_member(line, "from", &from_ms, e);
    if (err == ERR_OK)
        err = read_pauses(d, line, e);
    if (err != ERR_OK)
        return err;
    return json_get(line, "to") != NULL ? answer_elapsed(d, h, line, from_ms, out, e)
                                        : answer_due(d, h, line, from_ms, out, e);
}

/* Recurrences of calendars are followed through the years that a question may be about. */
static struct ics_window years(void)
{
    return (struct ics_window){utc_days_from_date((struct utc_date){1970, 1, 1}),
                               utc_days_from_date((struct utc_date){2099, 12, 31})};
}

static enum err compile_standing(struct due *d, struct slice text, struct fault_list *faults)
{
    struct cJSON *j;
    struct json_error e;
    enum err err = json_parse(text, &json_limits_file, &j, &e);
    if (err != ERR_OK) {
        fault_add(faults, e.path[0] != '\0' ? e.path : "$", e.message, "at byte %zu", e.offset);
        return err;
    }
    struct zone_source source = zoneinfo_source(d->zones);
    hours_free(d->standing);
    d->standing = NULL;
    err = hours_parse(j, "$", &source, faults, &d->standing);
    json_free(j);
    return err;
}

static int load_standing(struct due *d, const char *file)
{
    struct buf text;
    struct fault_list faults = {0};
    buf_init(&text, json_limits_file.bytes_max);
    enum err err = ics_read_document(file, years(), &faults, &text);
    if (err == ERR_OK)
        err = compile_standing(d, buf_slice(&text), &faults);
    fault_print(&faults, file, stderr);
    if (err != ERR_OK && faults.n == 0)
        fprintf(stderr, "%s: cannot read the file; check its path and permissions\n", file);
    fault_free(&faults);
    buf_fini(&text);
    return err == ERR_OK ? 0 : 1;
}

int cli_due(int argc, char **argv)
{
    static struct due d;
    const char *file = NULL;
    const struct option_spec specs[] = {
        {"--hours", "FILE", "hours for the lines without their own", &file, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "due [--hours FILE]",
        "{\"hours\"?,\"from\",\"minutes\",\"paused\"?} gives {\"due\"};\n"
        "{\"hours\"?,\"from\",\"to\",\"paused\"?} gives "
        "{\"minutes\",\"seconds\"} of working time.\n"
        "Times are RFC 3339.  Without hours: always at work, UTC.  Hours are\n"
        "{\"tz\",\"hours\":{\"mon\":[[\"08:00\",\"17:30\"],…],…},"
        "\"holidays\":[…],\"special\":{…}};\n"
        "in FILE, \"holidays_ics\":\"holidays.ics\" adds the events of a calendar, with its\n"
        "rules from 1970 to 2099.",
        specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    d.zones = zoneinfo_new();
    d.standing = hours_always();
    if (d.zones == NULL || d.standing == NULL)
        return 1;
    status = file != NULL ? load_standing(&d, file) : 0;
    if (status == 0)
        status = lines_run(on_line, &d);
    hours_free(d.standing);
    hours_free(d.last_hours);
    buf_fini(&d.last);
    zoneinfo_free(d.zones);
    return status;
}
