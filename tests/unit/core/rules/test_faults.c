/* test_faults.c - a random life in which every call to the tables fails once, memory ends early,
 * and every event is cut short: the error comes out, and nothing else does. */
#include "bench/any_command.h"
#include "bench/failing_tables.h"

#define STEPS 1500

struct bench {
    struct world *w;
    struct ram *twin; /* stands where w->ram stood before what is tried */
    struct verdict *v;
    uint64_t n_reads, n_writes, n_allocations;
};

static void put_verdict(struct buf *b, const struct verdict *v)
{
    for (size_t i = 0; i < v->n_events; i++)
        event_encode(b, &v->events[i]);
    buf_printf(b, "%d %d %zu %zu", v->refusal, v->is_duplicate, v->n_parts, v->n_offer);
    assert_int_equal(b->err, ERR_OK);
}

/* Each read of a decision fails once. */
static void fail_reads(struct bench *b, const struct command *c, size_t used)
{
    struct arena a;
    arena_init(&a, used + 64);
    for (int n = 0;; n++) {
        struct failing f;
        const struct tables t = failing_tables(&f, ram_tables(b->w->ram), n);
        arena_reset(&a);
        enum err e = decide(&b->w->rules, &t, c, b->w->now_ms, &a, b->v);
        if (!failing_has(&f)) {
            assert_int_equal(e, ERR_OK);
            break;
        }
        if (e != ERR_IO)
            fail_msg("command %d, action %d, read %d: %s", c->type, c->u.kase.action, n,
                     err_word(e));
        b->n_reads++;
    }
    arena_fini(&a);
}

/* Memory ends before it is enough. */
static void fail_memory(struct bench *b, const struct command *c, size_t used)
{
    const struct tables t = ram_tables(b->w->ram);
    for (size_t max = 1; max < used; max += 1 + used / 9) {
        struct arena a;
        arena_init(&a, max);
        enum err e = decide(&b->w->rules, &t, c, b->w->now_ms, &a, b->v);
        if (e != ERR_NO_MEMORY)
            fail_msg("command %d, action %d, %zu of %zu bytes: %s", c->type, c->u.kase.action, max,
                     used, err_word(e));
        arena_fini(&a);
        b->n_allocations++;
    }
}

static void expect_same(const struct ram *a, const struct ram *b)
{
    char difference[200];
    if (ram_difference(a, b, difference) != NULL)
        fail_msg("%s", difference);
}

/* Each call of an event's application fails once; what was done before is undone as the writer
 * undoes it. */
static void fail_writes(struct bench *b, struct slice event, uint64_t seq)
{
    for (int n = 0;; n++) {
        struct failing f;
        const struct tables t = failing_tables(&f, ram_tables(b->w->ram), n);
        ram_begin(b->w->ram);
        enum err e = apply_encoded(&t, seq, event);
        ram_abort(b->w->ram);
        expect_same(b->w->ram, b->twin);
        if (!failing_has(&f)) {
            assert_int_equal(e, ERR_OK);
            return;
        }
        if (e != ERR_IO)
            fail_msg("event %d, call %d: %s", (uint8_t)event.p[0], n, err_word(e));
        b->n_writes++;
    }
}

/* Cut short or longer by a byte an event is none; a newer one is not guessed at. */
static void damage(struct slice event)
{
    struct event e;
    struct arena a;
    char copy[70000];
    arena_init(&a, 0);
    assert_true(event.n < sizeof copy);
    memcpy(copy, event.p, event.n);
    copy[event.n] = 0;
    for (size_t n = 0; n <= event.n + 1; n += n < 8 || n + 8 > event.n ? 1 : 1 + event.n / 37) {
        enum err err = event_decode(slice_make(copy, n), &a, &e);
        assert_int_equal(err, n == event.n ? ERR_OK : ERR_CORRUPT);
    }
    copy[1] = 9;
    assert_int_equal(event_decode(slice_make(copy, event.n), &a, &e), ERR_VERSION);
    arena_fini(&a);
}

static void try_event(struct bench *b, const struct event *e)
{
    struct tables real = ram_tables(b->w->ram), twin = ram_tables(b->twin);
    uint64_t seq = ++b->w->seq;
    struct buf one;
    buf_init(&one, 0);
    event_encode(&one, e);
    damage(buf_slice(&one));
    fail_writes(b, buf_slice(&one), seq);
    assert_int_equal(apply_encoded(&real, seq, buf_slice(&one)), ERR_OK);
    assert_int_equal(apply_encoded(&twin, seq, buf_slice(&one)), ERR_OK);
    pack_bytes(&b->w->journal, buf_slice(&one));
    buf_fini(&one);
}

static void try_command(struct bench *b, const struct command *c)
{
    struct world *w = b->w;
    const struct tables t = ram_tables(w->ram);
    struct buf first, again;
    buf_init(&first, 0);
    buf_init(&again, 0);
    arena_reset(&w->arena);
    assert_int_equal(decide(&w->rules, &t, c, w->now_ms, &w->arena, w->v), ERR_OK);
    put_verdict(&first, w->v);
    size_t used = w->arena.used;
    fail_reads(b, c, used);
    fail_memory(b, c, used);
    expect_same(w->ram, b->twin);
    arena_reset(&w->arena);
    assert_int_equal(decide(&w->rules, &t, c, w->now_ms, &w->arena, w->v), ERR_OK);
    put_verdict(&again, w->v);
    assert_true(slice_eq(buf_slice(&first), buf_slice(&again)));
    for (size_t i = 0; i < w->v->n_events; i++)
        try_event(b, &w->v->events[i]);
    any_remember(w);
    buf_fini(&first);
    buf_fini(&again);
}

/* Beside what people and networks want: devices, erasure, housekeeping. */
static struct command any_other(struct world *w)
{
    struct command c = {.type = CMD_RETAIN};
    struct tables t = ram_tables(w->ram);
    struct case_rec rec = {.seq = 0};
    switch (world_pick(w, 5)) {
    case 0:
        c.type = world_pick(w, 2) ? CMD_DEVICE_ADD : CMD_DEVICE_REVOKE;
        c.u.device.device = world_person((uint8_t)(10 + world_pick(w, 4)));
        c.u.device.kind = DEVICE_PERSON;
        return c;
    case 1:
        (void)load_case(&t, w->cases[world_pick(w, w->n_cases < 48 ? w->n_cases : 48)], &rec);
        c.type = CMD_CUSTOMER_ERASE;
        c.u.erase.customer = rec.customer;
        c.u.erase.n_macs = 2;
        c.u.erase.macs[0] = world_mac(1, world_pick(w, 80));
        return c;
    case 2:
        c.type = CMD_CHECKPOINTED;
        c.u.checkpoint.seq = w->seq;
        return c;
    default:
        return c;
    }
}

static void add_people(struct bench *b)
{
    for (uint8_t i = 1; i <= ANY_PEOPLE; i++) {
        struct command c = {.type = CMD_DEVICE_ADD};
        c.u.device.device = world_person(i);
        c.u.device.kind = DEVICE_PERSON;
        try_command(b, &c);
    }
}

static void live(uint64_t seed)
{
    struct bench b = {.w = world_new(seed), .twin = ram_new(), .v = calloc(1, sizeof *b.v)};
    struct policy *p = (struct policy *)(uintptr_t)b.w->rules.policy;
    p->n_tags = 1;
    (void)snprintf(p->tags[0], sizeof p->tags[0], "averia");
    p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 480;
    p->retain_done_ms = 20 * HOUR_MS;
    add_people(&b);
    for (int i = 0; i < STEPS; i++) {
        bool is_other = b.w->n_cases > 0 && world_pick(b.w, 25) == 0;
        struct command c = is_other ? any_other(b.w) : any_command(b.w);
        try_command(&b, &c);
        b.w->now_ms += world_pick(b.w, 3) == 0 ? (int64_t)world_pick(b.w, 300000) : 500;
        b.w->now_ms += world_pick(b.w, 150) == 0 ? 30 * HOUR_MS : 0;
    }
    world_check(b.w);
    world_check_replay(b.w);
    assert_true(b.n_reads > 2 * STEPS && b.n_writes > 2 * STEPS && b.n_allocations > STEPS / 10);
    ram_free(b.twin);
    free(b.v);
    world_free(b.w);
}

static void test_lives_with_faults(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++)
        live(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lives_with_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
