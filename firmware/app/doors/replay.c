/* replay.c - see the header. */
#include "app/doors/replay.h"
#include "app/doors/intake.h"
#include "app/writer/writer.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/utc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_BYTES_MAX (256u << 20)
#define LINES_A_STEP 64
#define RETRY_MS 1000
#define DAYS_BACK 8    /* what was played before is looked for so far back */
#define FIRST_LINES 20 /* of which one is known when a round was begun */

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
    int64_t retry_mono_ms; /* the disk did not take the lines; not before then */
    bool goes_singly;      /* one of them is at fault: which? */
    struct replay_tally *tally;
    int64_t start_mono_ms; /* of the line at play_ms = from_ms */
    int64_t from_ms;
    bool is_started;
};

static const struct json_limits line_limits = {1u << 20, 32, 20000};

static void move_to(struct replay *r, size_t next)
{
    r->next = next;
    atomic_store(&r->tally->n_waiting, r->n - next);
}

static enum err read_at(struct slice text, int64_t *at_ms, char why[160])
{
    struct cJSON *j;
    struct json_error e;
    struct slice at = {0};
    snprintf(why, 160, "expected a mention with \"at\"");
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
        fault_add(faults, path, why, "fix it or remove it; the other lines are played");
        atomic_fetch_add(&r->tally->n_refused[REFUSAL_INVALID], 1);
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
    r->tally = &b->replays[b->n_replays++];
    r->tally->channel = r->channel.name;
    buf_init(&r->bytes, DAY_BYTES_MAX);
    enum err e = ERR_OK;
    struct slice day = slice_make(demo_day, (size_t)(demo_day_end - demo_day));
    if (channel->file[0] != '\0') {
        e = file_read(channel->file, &r->bytes);
        day = buf_slice(&r->bytes);
        if (e != ERR_OK)
            fault_add(faults, channel->file, "cannot read this recorded day",
                      "check its path and permissions");
    }
    if (e == ERR_OK)
        e = read_lines(r, day, faults);
    if (e != ERR_OK) {
        replay_close(r);
        return e;
    }
    move_to(r, 0);
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

static void fill_item(struct replay *r, struct job *job, size_t i, const struct line *l,
                      int64_t shift_ms)
{
    const struct intake_options o = {
        .channel = r->channel.name, .is_replay = true, .shift_ms = shift_ms};
    struct cJSON *j;
    struct json_error e;
    if (json_parse(l->text, &line_limits, &j, &e) == ERR_OK) {
        intake_element(r->b, job, i, j, -1, &o);
        json_free(j);
    } else {
        job->items[i].is_bad = true;
    }
    renumber(r, &job->items[i]);
}

static struct job *job_of(struct replay *r, const struct line *l, int64_t shift_ms)
{
    struct job *job = job_new(JOB_NOBODY, 1);
    if (job != NULL)
        fill_item(r, job, 0, l, shift_ms);
    return job;
}

/* The demo's agents are those who sign the day's replies. */
static void note_agent(struct replay *r, const struct cmd_mention *m)
{
    struct slice text = slice_trim(m->text);
    if (text.n < 3 || text.p[text.n - 3] != '^')
        return;
    unsigned mark = (unsigned)text.p[text.n - 2] << 8 | (unsigned char)text.p[text.n - 1];
    for (size_t i = 0; i < BOX_REPLAY_AGENTS_MAX; i++) {
        unsigned known = atomic_load(&r->tally->agents[i].mark);
        if (known != 0 && known != mark)
            continue;
        atomic_store(&r->tally->agents[i].said_ms, m->at_ms);
        atomic_store(&r->tally->agents[i].mark, mark);
        return;
    }
}

static void count_outcomes(struct replay *r, const struct job *j)
{
    for (size_t i = 0; i < j->n; i++) {
        const struct job_item *item = &j->items[i];
        if (item->is_bad)
            atomic_fetch_add(&r->tally->n_refused[REFUSAL_INVALID], 1);
        else if (item->outcome == JOB_REFUSED)
            atomic_fetch_add(&r->tally->n_refused[item->refusal], 1);
        else if (item->outcome == JOB_DUPLICATE)
            atomic_fetch_add(&r->tally->n_duplicate, 1);
        else
            atomic_fetch_add(&r->tally->n_accepted, 1);
        if (!item->is_bad && item->command.type == CMD_REPLY_SEEN)
            note_agent(r, &item->command.u.mention);
    }
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
        if (e == ERR_OK)
            count_outcomes(r, j);
        job_free(j);
    }
    r->from_ms = until_ms;
    move_to(r, r->next);
    return e;
}

static bool is_known(struct replay *r, struct store_txn *txn, size_t i)
{
    int64_t now_ms = box_now_ms(r->b);
    struct job *j = job_of(r, &r->lines[i], now_ms - r->lines[i].at_ms);
    bool is_stored = false;
    if (j == NULL)
        return false;
    struct dedupe_key k = j->items[0].command.u.mention.dedupe;
    for (uint32_t back = 0; !j->items[0].is_bad && !is_stored && back <= DAYS_BACK;
         back++, k.day--) {
        struct record_key key = key_dedupe(&k);
        struct slice v;
        is_stored = store_get(txn, TABLE_DEDUPE, record_key_slice(&key), &v) == ERR_OK;
    }
    job_free(j);
    return is_stored;
}

static bool round_is_begun(struct replay *r, struct store_txn *txn)
{
    for (size_t i = 0; i < r->n && i < FIRST_LINES; i++)
        if (is_known(r, txn, i))
            return true;
    return false;
}

enum err replay_resume(struct replay *r)
{
    struct store_txn *txn;
    size_t next = r->n;
    enum err e = store_read(r->b->store, &txn);
    if (e != ERR_OK)
        return e;
    while (r->channel.repeats && round_is_begun(r, txn))
        r->round++;
    r->round -= r->round > 0 ? 1 : 0;
    while (next > 0 && !is_known(r, txn, next - 1))
        next--;
    store_read_end(txn);
    move_to(r, next);
    r->from_ms = next < r->n ? r->lines[next].play_ms : 0;
    if (next > 0)
        log_info("channel %s: resumes at line %zu of %zu", r->channel.name, next + 1, r->n);
    return ERR_OK;
}

static void start_clock(struct replay *r, int64_t mono_ms)
{
    if (r->is_started)
        return;
    r->is_started = true;
    r->start_mono_ms = mono_ms;
}

int64_t replay_wait_ms(struct replay *r, int64_t mono_ms)
{
    start_clock(r, mono_ms);
    if (r->next == r->n)
        return INT64_MAX;
    int64_t due_ms = r->start_mono_ms +
                     (int64_t)((double)(r->lines[r->next].play_ms - r->from_ms) / r->channel.speed);
    if (due_ms < r->retry_mono_ms)
        due_ms = r->retry_mono_ms;
    return due_ms > mono_ms ? due_ms - mono_ms : 0;
}

static void begin_again(struct replay *r, int64_t mono_ms)
{
    if (r->next < r->n || !r->channel.repeats)
        return;
    move_to(r, 0);
    r->round++;
    r->from_ms = 0;
    r->start_mono_ms = mono_ms + 60000;
}

/* How many lines are due, at most LINES_A_STEP. */
static size_t count_due(struct replay *r, int64_t mono_ms)
{
    size_t next = r->next, n = 0;
    while (n < LINES_A_STEP && replay_wait_ms(r, mono_ms) == 0) {
        n++;
        r->next++;
    }
    r->next = next;
    return n > 1 && r->goes_singly ? 1 : n;
}

/* What is damaged in the store may refuse a line for ever: it is passed over, and counted. */
static void take_failure(struct replay *r, struct job *j, int64_t mono_ms)
{
    if (j->error == ERR_CORRUPT && j->n == 1) {
        atomic_fetch_add(&r->tally->n_refused[REFUSAL_NOT_DURABLE], 1);
        move_to(r, r->next + 1);
        return;
    }
    r->goes_singly = j->error == ERR_CORRUPT;
    r->retry_mono_ms = mono_ms + RETRY_MS;
}

enum err replay_step(struct replay *r, int64_t mono_ms)
{
    size_t n = count_due(r, mono_ms);
    if (n == 0)
        return begin_again(r, mono_ms), ERR_OK;
    struct job *j = job_new(JOB_WAITED, n);
    if (j == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const struct line *l = &r->lines[r->next + i];
        fill_item(r, j, i, l, box_now_ms(r->b) - l->at_ms);
    }
    enum err e = box_ask_and_wait(r->b, j);
    if (e == ERR_OK) {
        count_outcomes(r, j);
        move_to(r, r->next + n);
        r->goes_singly = false;
        begin_again(r, mono_ms);
    } else {
        take_failure(r, j, mono_now_ms());
    }
    job_free(j);
    return e;
}
