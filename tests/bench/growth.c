/* growth.c - what one act costs in CPU on a small box and on a large one, through the real writer,
 * store and views; no network.
 *
 * growth FEW MANY ACT...  The acts run in the order given, on the boxes in the folders FEW and MANY
 * (made when absent): load=N,M opens so many cases; the acts print "act microseconds microseconds",
 * medians of ROUNDS.  cross moves the boxes' time past the next crossings: last, please. */
#include "app/box/box.h"
#include "app/doors/intake.h"
#include "app/views/views.h"
#include "app/writer/writer.h"
#include "base/seal.h"
#include "base/utc.h"
#include "core/rules/life.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ARRAY 64
#define DAY_MS INT64_C(86400000)
#define PACE INT64_C(33000) /* mentions a day in the past that is loaded */
#define STEPS 108           /* of a trend, all of which something comes in */
#define SPAN_MS ((int64_t)STEPS * COUNTER_BUCKET_MS)
#define ROUNDS 5
#define READS 400

struct bench {
    struct box box;
    uint64_t n_posted;
    uint64_t run;    /* tells this run's mentions from another's */
    int64_t back_ms; /* the past that is being loaded lies so far back */
};

static void check(bool is_fine, const char *what)
{
    if (is_fine)
        return;
    fprintf(stderr, "growth: %s\n", what);
    exit(1);
}

static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static uint64_t random_u64(void)
{
    uint64_t n;
    check(seal_random(&n, sizeof n) == ERR_OK, "no random bytes");
    return n;
}

static void put_mentions(struct bench *g, int n_mentions, struct buf *body)
{
    char at[UTC_TEXT_MAX];
    utc_text_ms(boxclock_real_ms() - g->back_ms, at);
    buf_clear(body);
    for (int i = 0; i < n_mentions; i++) {
        uint64_t n = g->n_posted++;
        buf_printf(body,
                   "%c{\"network\":\"x\",\"at\":\"%s\",\"id\":\"%" PRIx64 "-%" PRIu64
                   "\",\"text\":\"Llevo %" PRIu64 " horas sin servicio en casa y nadie contesta al "
                   "teléfono, ¿podéis mirarlo?\",\"author\":{\"id\":\"%" PRIx64 "-%" PRIu64
                   "\",\"handle\":\"persona%" PRIu64 "\"}}",
                   i == 0 ? '[' : ',', at, g->run, n, n % 50, g->run, n, n);
    }
    buf_add_char(body, ']');
    check(body->err == ERR_OK, "out of memory");
}

static struct job *mentions(struct bench *g, int n_mentions, struct buf *body)
{
    const struct intake_options o = {.channel = NULL};
    struct intake_fault fault;
    put_mentions(g, n_mentions, body);
    struct job *j = intake_body(&g->box, buf_slice(body), &o, &fault);
    check(j != NULL, "the array was not taken");
    return j;
}

static void run(struct bench *g, struct job **jobs, size_t n)
{
    writer_batch(g->box.direct, jobs, n);
    for (size_t i = 0; i < n; i++) {
        check(jobs[i]->error == ERR_OK, "a batch was not committed");
        for (size_t k = 0; k < jobs[i]->n; k++)
            check(jobs[i]->items[k].outcome == JOB_ACCEPTED, "a command was refused");
        job_free(jobs[i]);
    }
}

static void catch_up(struct bench *g, int64_t now_ms)
{
    while (atomic_load(&g->box.next_timer_ms) <= now_ms) {
        struct job *j = job_new(JOB_NOBODY, 1);
        check(j != NULL, "out of memory");
        j->items[0].command.type = CMD_TIMERS;
        j->now_ms = now_ms;
        run(g, &j, 1);
    }
}

/* As they would have come: PACE a day, over SPAN_MS at least, up to now; all that fell due
 * meanwhile has been seen. */
static void load(struct bench *g, uint64_t n_cases)
{
    int64_t step_ms = DAY_MS / PACE;
    if (n_cases == 0)
        return;
    if (step_ms * (int64_t)n_cases < SPAN_MS)
        step_ms = SPAN_MS / (int64_t)n_cases;
    int n_mentions = n_cases < (uint64_t)ARRAY * STEPS ? (int)(n_cases / STEPS) + 1 : ARRAY;
    struct job *jobs[16];
    struct buf body;
    buf_init(&body, 0);
    for (uint64_t n = 0; n < n_cases;) {
        size_t n_jobs = 0;
        for (; n_jobs < 16 && n < n_cases; n += (uint64_t)n_mentions) {
            g->back_ms = (int64_t)(n_cases - n) * step_ms;
            jobs[n_jobs] = mentions(g, n_mentions, &body);
            jobs[n_jobs++]->now_ms = boxclock_real_ms() - g->back_ms;
        }
        run(g, jobs, n_jobs);
        catch_up(g, boxclock_real_ms() - g->back_ms);
    }
    g->back_ms = 0;
    catch_up(g, boxclock_real_ms());
    buf_fini(&body);
}

/* Commits of so many arrays, each parsed, decided and made durable. */
static double open_arrays(struct bench *g, int n_commits, size_t n_arrays, int n_mentions)
{
    struct job *jobs[8];
    struct buf body;
    buf_init(&body, 0);
    double from = cpu_us();
    for (int i = 0; i < n_commits; i++) {
        for (size_t k = 0; k < n_arrays; k++)
            jobs[k] = mentions(g, n_mentions, &body);
        run(g, jobs, n_arrays);
    }
    double spent = cpu_us() - from;
    buf_fini(&body);
    return spent / ((double)n_commits * (double)n_arrays * n_mentions);
}

/* As eight connections under load have it. */
static double act_open(struct bench *g)
{
    return open_arrays(g, 2, 8, ARRAY);
}

static double act_open_array(struct bench *g)
{
    return open_arrays(g, 10, 1, ARRAY);
}

static double act_open_one(struct bench *g)
{
    return open_arrays(g, 100, 1, 1);
}

static void dismiss(const struct case_rec *c, struct job_item *item)
{
    struct cmd_case *d = &item->command.u.kase;
    item->command.type = CMD_CASE;
    *d = (struct cmd_case){.action = DO_DISMISS,
                           .person = id_make(1, (const uint8_t[10]){1}),
                           .roles = ROLE_AGENT | ROLE_LEAD,
                           .kase = c->id,
                           .seen = c->seq,
                           .word = slice_of(dismiss_reason_word(DISMISS_NOT_OURS))};
    check(seal_random(d->ref, sizeof d->ref) == ERR_OK, "no random bytes");
}

static bool next_case(struct store_txn *txn, enum table table, struct record_key *from,
                      struct case_rec *c)
{
    struct tables t = store_tables(txn);
    struct slice key;
    struct id id;
    if (t.seek(t.ctx, table, record_key_slice(from), &key, NULL) != ERR_OK ||
        key_last_id(key, &id) != ERR_OK || load_case(&t, id, c) != ERR_OK)
        return false;
    memcpy(from->b, key.p, key.n);
    from->n = key.n;
    from->b[from->n++] = 0;
    return true;
}

/* The first of the queue: what people work at. */
static struct job *dismissals_of_head(struct bench *g, size_t n)
{
    struct job *j = job_new(JOB_NOBODY, n);
    struct record_key from = {.n = 0};
    struct store_txn *txn;
    struct case_rec c;
    check(j != NULL && store_read(g->box.store, &txn) == ERR_OK, "no snapshot");
    for (size_t i = 0; i < n; i++) {
        check(next_case(txn, TABLE_QUEUE, &from, &c), "the queue is too short");
        dismiss(&c, &j->items[i]);
    }
    store_read_end(txn);
    return j;
}

/* 64 from anywhere: the dearest way to close. */
static struct job *dismissals_apart(struct bench *g)
{
    struct job *j = job_new(JOB_NOBODY, ARRAY);
    struct record_key from = {.n = 0};
    struct store_txn *txn;
    struct case_rec c;
    check(j != NULL && store_read(g->box.store, &txn) == ERR_OK, "no snapshot");
    check(next_case(txn, TABLE_CASE, &from, &c), "there are no cases");
    uint64_t first_ms = (uint64_t)id_time_ms(c.id);
    uint64_t span_ms = (uint64_t)atomic_load(&g->box.last_event_ms) - first_ms + 1;
    for (size_t i = 0; i < ARRAY;) {
        uint8_t random[10] = {(uint8_t)random_u64()};
        from = key_case(id_make((int64_t)(first_ms + random_u64() % span_ms), random));
        bool is_new = next_case(txn, TABLE_CASE, &from, &c) && c.state == CASE_NEW;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = !id_eq(j->items[k].command.u.kase.kase, c.id);
        if (is_new)
            dismiss(&c, &j->items[i++]);
    }
    store_read_end(txn);
    return j;
}

static double act_close(struct bench *g)
{
    struct job *j = dismissals_of_head(g, ARRAY);
    double from = cpu_us();
    run(g, &j, 1);
    return (cpu_us() - from) / ARRAY;
}

static double act_close_one(struct bench *g)
{
    double spent = 0;
    for (int i = 0; i < 100; i++) {
        struct job *j = dismissals_of_head(g, 1);
        double from = cpu_us();
        run(g, &j, 1);
        spent += cpu_us() - from;
    }
    return spent / 100;
}

static double act_close_apart(struct bench *g)
{
    struct job *j = dismissals_apart(g);
    double from = cpu_us();
    run(g, &j, 1);
    return (cpu_us() - from) / ARRAY;
}

/* The queue's first 50, read and encoded. */
static double act_list(struct bench *g)
{
    struct store_txn *txn;
    struct buf out;
    buf_init(&out, 0);
    double from = cpu_us();
    for (int i = 0; i < READS; i++) {
        buf_clear(&out);
        check(store_read(g->box.store, &txn) == ERR_OK, "no snapshot");
        check(views_queue(&g->box, txn, "*", 50, &out) == ERR_OK, "the queue was not listed");
        store_read_end(txn);
    }
    double spent = cpu_us() - from;
    buf_fini(&out);
    return spent / READS;
}

/* Numbers and trend of the wall, read and encoded. */
static double act_wall(struct bench *g)
{
    static struct wall_numbers numbers;
    static struct trend_numbers trend;
    const struct wall_extra extra = {.available = 3};
    struct store_txn *txn;
    struct buf out;
    buf_init(&out, 0);
    double from = cpu_us();
    for (int i = 0; i < READS; i++) {
        int64_t now_ms = box_now_ms(&g->box);
        buf_clear(&out);
        check(store_read(g->box.store, &txn) == ERR_OK, "no snapshot");
        check(views_wall(&g->box, txn, 1, now_ms, &numbers) == ERR_OK &&
                  views_trend(txn, now_ms, &trend) == ERR_OK,
              "the wall was not read");
        store_read_end(txn);
        views_encode_wall(&numbers, &extra, now_ms, &out);
        views_encode_trend(&trend, &out);
    }
    double spent = cpu_us() - from;
    buf_fini(&out);
    return spent / READS;
}

/* How many fall due by the time the 64th does, and when that is. */
static unsigned next_crossings(struct bench *g, int64_t *at_ms)
{
    struct record_key from = {.n = 0};
    struct store_txn *txn;
    struct case_rec c;
    unsigned n = 0;
    check(store_read(g->box.store, &txn) == ERR_OK, "no snapshot");
    while (next_case(txn, TABLE_TIMER, &from, &c) &&
           (n < ARRAY || case_next_crossing(&c) == *at_ms)) {
        *at_ms = case_next_crossing(&c);
        n++;
    }
    check(n >= ARRAY, "too few crossings are left");
    store_read_end(txn);
    return n;
}

static double act_cross(struct bench *g)
{
    int64_t at_ms = 0;
    unsigned n = next_crossings(g, &at_ms);
    struct job *j = job_new(JOB_NOBODY, 1);
    check(j != NULL, "out of memory");
    j->items[0].command.type = CMD_TIMERS;
    j->now_ms = at_ms;
    double from = cpu_us();
    run(g, &j, 1);
    return (cpu_us() - from) / n;
}

static const struct act {
    const char *word;
    double (*run)(struct bench *g);
} acts[] = {{"open", act_open},         {"open_array", act_open_array},
            {"open_one", act_open_one}, {"close_one", act_close_one},
            {"close", act_close},       {"close_apart", act_close_apart},
            {"list", act_list},         {"wall", act_wall},
            {"cross", act_cross}};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Turn by turn, so that whatever else the machine does weighs on both. */
static void measure(struct bench *few, struct bench *many, const char *word)
{
    double a[ROUNDS], z[ROUNDS];
    const struct act *act = NULL;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (strcmp(acts[i].word, word) == 0)
            act = &acts[i];
    check(act != NULL, "no such act");
    for (int i = 0; i < ROUNDS; i++) {
        a[i] = act->run(few);
        z[i] = act->run(many);
    }
    qsort(a, ROUNDS, sizeof a[0], by_size);
    qsort(z, ROUNDS, sizeof z[0], by_size);
    printf("%s %.2f %.2f\n", word, a[ROUNDS / 2], z[ROUNDS / 2]);
    fflush(stdout);
}

static void open_bench(struct bench *g, const char *dir)
{
    static struct config c;
    char message[240] = "";
    config_default(&c);
    slice_copy_z(slice_of(dir), c.data, sizeof c.data);
    check(box_open(&g->box, &c, message) == ERR_OK, message);
    g->box.direct = writer_new(&g->box);
    check(g->box.direct != NULL, "out of memory");
    g->run = random_u64();
}

static void close_bench(struct bench *g)
{
    writer_free(g->box.direct);
    box_close(&g->box);
}

int main(int argc, char **argv)
{
    static struct bench few, many;
    check(argc > 3, "growth FEW MANY ACT...");
    open_bench(&few, argv[1]);
    open_bench(&many, argv[2]);
    for (int i = 3; i < argc; i++) {
        char *at = argv[i] + 5;
        if (strncmp(argv[i], "load=", 5) == 0) {
            load(&few, strtoull(at, &at, 10));
            load(&many, *at == ',' ? strtoull(at + 1, NULL, 10) : 0);
        } else {
            measure(&few, &many, argv[i]);
        }
    }
    close_bench(&few);
    close_bench(&many);
    return 0;
}
