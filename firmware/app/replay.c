/* replay.c - see the header. */
#include "app/replay.h"
#include "app/intake.h"
#include "app/writer.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/utc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_BYTES_MAX (256u << 20)
#define LINES_A_STEP 64

extern const char demo_day[], demo_day_end[];

struct line {
    struct slice text;
    int64_t at_ms;   /* as recorded */
    int64_t play_ms; /* since the day's first line, pauses cut */
};

struct replay {
    struct box *b;
    struct config_channel channel;
    struct buf bytes;
    struct line *lines;
    size_t n, next;
    unsigned round;
    int64_t start_mono_ms; /* of the line at play_ms = from_ms */
    int64_t from_ms;
    bool is_started;
};

static const struct json_limits line_limits = {1u << 20, 32, 20000};

static enum err read_at(struct slice text, int64_t *at_ms, char why[160])
{
    struct cJSON *j;
    struct json_error e;
    struct slice at = {0};
    snprintf(why, 160, "a line is a mention with \"at\"");
    if (json_parse(text, &line_limits, &j, &e) != ERR_OK) {
        snprintf(why, 160, "%.120s", e.message);
        return ERR_INVALID;
    }
    enum err err = json_get_string(j, "at", &at);
    if (err == ERR_OK)
        err = utc_parse(at, at_ms);
    json_free(j);
    return err == ERR_OK ? ERR_OK : ERR_INVALID;
}

static enum err add_line(struct replay *r, struct slice text, size_t number,
                         struct fault_list *faults, size_t *max)
{
    char why[160], path[32];
    int64_t at_ms;
    if (read_at(text, &at_ms, why) != ERR_OK) {
        snprintf(path, sizeof path, "line %zu", number);
        fault_add(faults, path, why, "mend it or take it out; the other lines are played");
        return ERR_OK;
    }
    if (r->n == *max) {
        *max = *max == 0 ? 1024 : *max * 2;
        struct line *lines = realloc(r->lines, *max * sizeof *lines);
        if (lines == NULL)
            return ERR_NO_MEMORY;
        r->lines = lines;
    }
    r->lines[r->n++] = (struct line){.text = text, .at_ms = at_ms};
    return ERR_OK;
}

static int by_time(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    if (x->at_ms != y->at_ms)
        return x->at_ms < y->at_ms ? -1 : 1;
    return x->text.p < y->text.p ? -1 : 1;
}

static enum err read_lines(struct replay *r, struct slice day, struct fault_list *faults)
{
    size_t max = 0, number = 0;
    while (day.n > 0) {
        const char *end = memchr(day.p, '\n', day.n);
        size_t n = end != NULL ? (size_t)(end - day.p) : day.n;
        struct slice text = slice_trim(slice_make(day.p, n));
        enum err e = ++number > 0 && text.n > 0 ? add_line(r, text, number, faults, &max) : ERR_OK;
        if (e != ERR_OK)
            return e;
        day = slice_make(day.p + n + (end != NULL ? 1 : 0), day.n - n - (end != NULL ? 1 : 0));
    }
    if (r->n == 0)
        return ERR_INVALID;
    qsort(r->lines, r->n, sizeof *r->lines, by_time);
    for (size_t i = 1; i < r->n; i++) {
        int64_t gap_ms = r->lines[i].at_ms - r->lines[i - 1].at_ms;
        r->lines[i].play_ms =
            r->lines[i - 1].play_ms + (gap_ms > REPLAY_PAUSE_MAX_MS ? REPLAY_PAUSE_MAX_MS : gap_ms);
    }
    return ERR_OK;
}

enum err replay_open(struct box *b, const struct config_channel *channel, struct fault_list *faults,
                     struct replay **out)
{
    struct replay *r = calloc(1, sizeof *r);
    *out = NULL;
    if (r == NULL)
        return ERR_NO_MEMORY;
    r->b = b;
    r->channel = *channel;
    buf_init(&r->bytes, DAY_BYTES_MAX);
    enum err e = ERR_OK;
    struct slice day = slice_make(demo_day, (size_t)(demo_day_end - demo_day));
    if (channel->file[0] != '\0') {
        e = file_read(channel->file, &r->bytes);
        day = buf_slice(&r->bytes);
        if (e != ERR_OK)
            fault_add(faults, channel->file, "this day cannot be read",
                      "check the path and its permissions");
    }
    if (e == ERR_OK)
        e = read_lines(r, day, faults);
    if (e != ERR_OK) {
        replay_close(r);
        return e;
    }
    *out = r;
    return ERR_OK;
}

void replay_close(struct replay *r)
{
    if (r == NULL)
        return;
    buf_fini(&r->bytes);
    free(r->lines);
    free(r);
}

size_t replay_count(const struct replay *r)
{
    return r->n;
}

/* A repeated day is other mentions by other people: ids get the round's number. */
static void renumber(struct replay *r, struct job_item *item)
{
    if (r->round == 0 || item->is_bad)
        return;
    struct mac128 *macs[] = {&item->command.u.mention.dedupe.mac, &item->command.u.mention.author,
                             &item->command.u.mention.handle, &item->command.u.mention.reply_to,
                             &item->command.u.mention.address};
    for (size_t i = 0; i < sizeof macs / sizeof macs[0]; i++)
        for (size_t k = 0; k < 4; k++)
            macs[i]->b[k] ^= (uint8_t)(r->round >> (8 * k));
}

static struct job *job_of(struct replay *r, const struct line *l, int64_t shift_ms)
{
    const struct intake_options o = {
        .channel = r->channel.name, .is_replay = true, .shift_ms = shift_ms};
    struct cJSON *j;
    struct json_error e;
    struct job *job = job_new(JOB_NOBODY, 1);
    if (job == NULL)
        return NULL;
    if (json_parse(l->text, &line_limits, &j, &e) == ERR_OK) {
        intake_element(r->b, job, 0, j, -1, &o);
        json_free(j);
    } else {
        job->items[0].is_bad = true;
    }
    renumber(r, &job->items[0]);
    return job;
}

static enum err run_timers(struct box *b, struct writer *w, int64_t now_ms)
{
    struct job *t = job_new(JOB_NOBODY, 1);
    (void)b;
    if (t == NULL)
        return ERR_NO_MEMORY;
    t->items[0].command.type = CMD_TIMERS;
    t->now_ms = now_ms;
    writer_batch(w, &t, 1);
    enum err e = t->error;
    job_free(t);
    return e;
}

enum err replay_backfill(struct replay *r, struct writer *w, int64_t minutes)
{
    int64_t until_ms = minutes * 60000, now_ms = box_now_ms(r->b), timers_ms = 0;
    enum err e = ERR_OK;
    while (e == ERR_OK && r->next < r->n && r->lines[r->next].play_ms < until_ms) {
        const struct line *l = &r->lines[r->next++];
        int64_t at_ms = now_ms - until_ms + l->play_ms;
        for (; e == ERR_OK && timers_ms < l->play_ms; timers_ms += 60000)
            e = run_timers(r->b, w, now_ms - until_ms + timers_ms);
        struct job *j = e == ERR_OK ? job_of(r, l, at_ms - l->at_ms) : NULL;
        if (j == NULL)
            return e != ERR_OK ? e : ERR_NO_MEMORY;
        j->now_ms = at_ms;
        writer_batch(w, &j, 1);
        e = j->error;
        job_free(j);
    }
    r->from_ms = until_ms;
    return e;
}

static void start(struct replay *r, int64_t mono_ms)
{
    if (r->is_started)
        return;
    r->is_started = true;
    r->start_mono_ms = mono_ms;
}

int64_t replay_wait_ms(struct replay *r, int64_t mono_ms)
{
    start(r, mono_ms);
    if (r->next == r->n)
        return INT64_MAX;
    int64_t due_ms = r->start_mono_ms +
                     (int64_t)((double)(r->lines[r->next].play_ms - r->from_ms) / r->channel.speed);
    return due_ms > mono_ms ? due_ms - mono_ms : 0;
}

static void begin_again(struct replay *r, int64_t mono_ms)
{
    if (r->next < r->n || !r->channel.repeats)
        return;
    r->next = 0;
    r->round++;
    r->from_ms = 0;
    r->start_mono_ms = mono_ms + 60000;
}

enum err replay_step(struct replay *r, int64_t mono_ms)
{
    int n = 0;
    while (n++ < LINES_A_STEP && replay_wait_ms(r, mono_ms) == 0) {
        const struct line *l = &r->lines[r->next];
        struct job *j = job_of(r, l, box_now_ms(r->b) - l->at_ms);
        if (j == NULL)
            return ERR_NO_MEMORY;
        enum err e = box_ask(r->b, j);
        if (e != ERR_OK) {
            job_free(j);
            return e;
        }
        r->next++;
    }
    begin_again(r, mono_ms);
    return ERR_OK;
}
