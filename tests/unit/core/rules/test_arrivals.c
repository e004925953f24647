/* test_arrivals.c - whose word it is and which case it belongs to: threads, repeats, returns,
 * edits, times that networks make up. */
#include "bench/bench.h"
#include "core/rules/sla.h"

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

static struct case_rec arrives(struct bench *b, uint32_t author, uint32_t post, const char *text)
{
    return world_run(b->w, world_mention(b->w, author, post, text));
}

static struct customer_rec customer_of(struct bench *b, const struct case_rec *c)
{
    struct tables t = ram_tables(b->w->ram);
    struct customer_rec who;
    assert_int_equal(load_customer(&t, c->customer, &who), ERR_OK);
    return who;
}

/* ---- level and time */

static void test_a_level_rises_and_never_sinks(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->teams[0].targets[CLOCK_ANSWER][LEVEL_URGENT].minutes = 10;
    b.c = arrives(&b, 1, 2, "URGENTE: huele a gas en mi casa, es una emergencia");
    assert_int_equal(b.c.level, LEVEL_URGENT);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, START_MS + 10 * MINUTE_MS);
    struct case_rec later = arrives(&b, 1, 3, "hola");
    assert_int_equal(later.level, LEVEL_URGENT);
    assert_memory_equal(later.reasons, b.c.reasons, sizeof later.reasons);
    assert_memory_equal(later.clocks, b.c.clocks, sizeof later.clocks);
    assert_int_equal(later.rank_ms, b.c.rank_ms);
    world_free(b.w);
}

static void test_a_start_is_within_the_day_before_arrival(void **state)
{
    (void)state;
    static const struct {
        int64_t at, start;
    } times[] = {{0, 0},
                 {-HOUR_MS, -HOUR_MS},
                 {-24 * HOUR_MS, -24 * HOUR_MS},
                 {-24 * HOUR_MS - 1, -24 * HOUR_MS},
                 {-1000 * HOUR_MS, -24 * HOUR_MS},
                 {1, 0},
                 {HOUR_MS, 0}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct world *w = world_new(1);
        struct command m = world_mention(w, 1, 1, "no funciona");
        m.u.mention.at_ms = w->now_ms + times[i].at;
        struct case_rec c = world_run(w, m);
        assert_int_equal(c.clocks[CLOCK_ANSWER].start_ms, w->now_ms + times[i].start);
        assert_int_equal(c.at_ms, w->now_ms + times[i].start);
        world_free(w);
    }
}

static void test_what_was_late_on_arrival_is_the_networks(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct day_counter day;
    struct command m = world_mention(b.w, 2, 2, "no funciona");
    m.u.mention.at_ms -= 3 * HOUR_MS;
    struct case_rec c = world_run(b.w, m);
    assert_true(c.clocks[CLOCK_ANSWER].is_network);
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    c = world_case(b.w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].phase, PHASE_LATE);
    assert_false(c.was_late);
    b.c = c;
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "lo miramos", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(counter_day(&t, (uint32_t)(START_MS / 86400000), &day), ERR_OK);
    assert_int_equal(day.of, 0);
    assert_int_equal(day.met, 0);
    assert_int_equal(day.network_late, 1);
    assert_int_equal(customer_of(&b, &b.c).n_late, 0);
    world_free(b.w);
}

static void test_lateness_reaches_the_customer_once(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_waits(&b, 2 * HOUR_MS);
    assert_true(b.c.was_late);
    assert_int_equal(customer_of(&b, &b.c).n_late, 1);
    bench_does(&b, bench_action(&b, DO_NOTE, "tarde"), REFUSAL_NONE);
    assert_int_equal(customer_of(&b, &b.c).n_late, 1);
    world_free(b.w);
}

static void test_what_is_stale_was_pushed_back_already(void **state)
{
    (void)state;
    struct bench b = bench();
    int64_t due_ms = b.c.clocks[CLOCK_ACKNOWLEDGE].due_ms, rank_ms = b.c.rank_ms;
    assert_int_equal(b.c.stale_ms, due_ms + b.p->stale_ms);
    bench_waits(&b, b.p->stale_ms + 15 * MINUTE_MS);
    assert_int_equal(b.w->now_ms, due_ms + b.p->stale_ms);
    assert_int_equal(b.c.rank_ms, rank_ms + b.p->stale_push_ms);
    assert_int_equal(b.c.stale_ms, 0);
    bench_does(&b, bench_action(&b, DO_RELEASE, ""), REFUSAL_NONE);
    bench_does(&b, bench_word(&b, DO_LEVEL, "normal"), REFUSAL_NONE);
    assert_int_equal(b.c.stale_ms, 0);
    assert_int_equal(b.c.rank_ms, due_ms + b.p->stale_push_ms);
    world_check(b.w);
    world_free(b.w);
}

/* More than one turn can hold: what is left over falls due in the next. */
static void test_a_backlog_of_crossings(void **state)
{
    (void)state;
    struct world *w = world_new(4);
    struct tables t = ram_tables(w->ram);
    struct day_counter day;
    unsigned n_turns = 0, n_crossings = 0;
    for (uint32_t i = 0; i < 350; i++)
        (void)world_run(w, world_mention(w, i, i, "no funciona"));
    w->now_ms += 2 * HOUR_MS;
    for (;; n_turns++) {
        (void)world_turn(w, (struct command){.type = CMD_TIMERS});
        if (w->v->n_events == 0)
            break;
        assert_true(w->v->events[0].u.crossed.n <= EVENT_CROSSINGS_MAX);
        n_crossings += w->v->events[0].u.crossed.n;
    }
    assert_int_equal(n_turns, 3);
    assert_int_equal(n_crossings, 350 * 6); /* two clocks, three crossings each */
    assert_int_equal(counter_day(&t, (uint32_t)(START_MS / 86400000), &day), ERR_OK);
    assert_int_equal(day.of, 350);
    world_check(w);
    world_check_replay(w);
    world_free(w);
}

/* The same of endings that need events of their own. */
static void test_a_backlog_of_endings(void **state)
{
    (void)state;
    struct world *w = world_new(5);
    struct policy *p = (struct policy *)(uintptr_t)w->rules.policy;
    unsigned n_turns = 0;
    p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 90000;
    for (uint32_t i = 0; i < 60; i++) {
        (void)world_run(w, world_mention(w, i, i, "mi pedido no llega"));
        struct command m = world_mention(w, 0, 1000 + i, "@u sale hoy");
        m.type = CMD_REPLY_SEEN;
        m.u.mention.has_address = true;
        m.u.mention.address = world_mac(1, i);
        assert_int_equal(world_run(w, m).state, CASE_PARKED);
    }
    w->now_ms += p->quiet_ms;
    for (;; n_turns++) {
        (void)world_turn(w, (struct command){.type = CMD_TIMERS});
        if (w->v->n_events == 0)
            break;
        assert_true(w->v->n_events < VERDICT_EVENTS_MAX);
    }
    assert_true(n_turns > 1 && n_turns < 10);
    assert_int_equal(ram_count(w->ram, TABLE_DONE), 60);
    world_check(w);
    world_check_replay(w);
    world_free(w);
}

static void test_late_from_the_millisecond_after(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_waits(&b, 60 * MINUTE_MS);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].phase, PHASE_RISK); /* due now: still in time */
    bench_waits(&b, 1);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].phase, PHASE_LATE);
    assert_int_equal(b.w->v->events[0].u.crossed.items[0].at_ms, START_MS + 60 * MINUTE_MS + 1);
    world_free(b.w);
}

static void test_a_case_keeps_the_version_that_judges_it(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->version = 7;
    b.c = arrives(&b, 2, 2, "no funciona");
    assert_int_equal(b.c.policy_version, 7);
    b.p->version = 8;
    struct command k = world_action(b.w, &b.c, DO_DISMISS, 1, LEAD);
    k.u.kase.word = slice_of("other");
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.w->v->events[0].u.stop.policy_version, 7);
    world_free(b.w);
}

/* ---- which case */

static void test_a_handle_is_an_identity(void **state)
{
    (void)state;
    struct world *w = world_new(1);
    struct command m = world_mention(w, 1, 1, "no funciona");
    m.u.mention.has_handle = true;
    m.u.mention.handle = world_mac(9, 1);
    struct case_rec c = world_run(w, m);
    struct command r = world_mention(w, 0, 2, "@u lo miramos");
    r.type = CMD_REPLY_SEEN;
    r.u.mention.has_address = true;
    r.u.mention.address = world_mac(9, 1);
    assert_true(id_eq(world_run(w, r).id, c.id));
    world_check_replay(w);
    world_free(w);
}

static struct command in_thread(struct bench *b, uint32_t author, uint32_t post, uint32_t of)
{
    struct command m = world_mention(b->w, author, post, "sigue sin llegar");
    m.u.mention.has_reply_to = true;
    m.u.mention.reply_to = world_mac(2, of);
    return m;
}

static void test_a_thread_is_its_customers(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec theirs = world_run(b.w, in_thread(&b, 2, 2, 1));
    assert_false(id_eq(theirs.id, b.c.id));
    bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
    struct case_rec newer = arrives(&b, 1, 3, "y mi factura?");
    assert_false(id_eq(newer.id, b.c.id));
    struct case_rec back = world_run(b.w, in_thread(&b, 1, 4, 1));
    assert_true(id_eq(back.id, b.c.id));
    assert_int_equal(back.state, CASE_NEW);
    assert_int_equal(back.disposition, DISPOSITION_NONE);
    assert_true(id_eq(customer_of(&b, &back).open_case, back.id));
    world_check(b.w);
    world_free(b.w);
}

static void test_an_ended_case_takes_words_for_a_while(void **state)
{
    (void)state;
    for (int64_t over_ms = -1; over_ms <= 0; over_ms++) {
        struct bench b = bench();
        b.p->reopen_ms = 48 * HOUR_MS;
        bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
        b.w->now_ms += b.p->reopen_ms + over_ms;
        struct case_rec c = world_run(b.w, in_thread(&b, 1, 2, 1));
        assert_int_equal(id_eq(c.id, b.c.id), over_ms < 0);
        assert_true(id_eq(customer_of(&b, &c).open_case, c.id));
        world_check(b.w);
        world_free(b.w);
    }
}

static void test_a_thread_follows_merges(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
    struct case_rec second = arrives(&b, 1, 2, "sigo sin pedido");
    bench_does(&b, bench_action(&b, DO_UNDO, ""), REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    struct command k = bench_action(&b, DO_MERGE, "");
    k.u.kase.other = second.id;
    bench_does(&b, k, REFUSAL_NONE);
    struct case_rec c = world_run(b.w, in_thread(&b, 1, 3, 1));
    assert_true(id_eq(c.id, second.id));
    world_free(b.w);
}

static void test_the_open_case_follows_ends_and_returns(void **state)
{
    (void)state;
    struct bench b = bench();
    assert_true(id_eq(customer_of(&b, &b.c).open_case, b.c.id));
    bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
    assert_true(id_is_none(customer_of(&b, &b.c).open_case));
    bench_does(&b, bench_action(&b, DO_UNDO, ""), REFUSAL_NONE);
    assert_true(id_eq(customer_of(&b, &b.c).open_case, b.c.id));
    world_free(b.w);
}

static void test_thanks_wake_nothing_that_has_ended(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_waits(&b, b.p->quiet_ms);
    assert_int_equal(b.c.state, CASE_CLOSED);
    struct command m = in_thread(&b, 1, 2, 1);
    m.u.mention.text = slice_of("Muchas gracias!");
    struct case_rec c = world_run(b.w, m);
    assert_true(id_eq(c.id, b.c.id));
    assert_int_equal(c.state, CASE_CLOSED);
    c = world_run(b.w, in_thread(&b, 1, 3, 1));
    assert_int_equal(c.state, CASE_OPEN);
    assert_false(c.clocks[CLOCK_ACKNOWLEDGE].is_running); /* our first word is long out */
    assert_true(c.clocks[CLOCK_ANSWER].is_running);
    world_check(b.w);
    world_free(b.w);
}

static void test_a_plan_that_the_policy_dropped(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->n_plans = 1;
    (void)snprintf(b.p->plans[0].name, sizeof b.p->plans[0].name, "oro");
    b.p->plans[0].level_min = LEVEL_HIGH;
    struct command m = world_mention(b.w, 7, 7, "mi pedido no llega");
    m.u.mention.plan = slice_of("oro");
    b.c = world_run(b.w, m);
    assert_int_equal(b.c.plan, 1);
    m = world_mention(b.w, 8, 8, "mi pedido no llega");
    m.u.mention.plan = slice_of("plata");
    assert_int_equal(world_run(b.w, m).plan, 0);
    b.p->n_plans = 0;
    bench_does(&b, world_action(b.w, &b.c, DO_DISMISS, 1, LEAD), REFUSAL_INVALID);
    struct command k = world_action(b.w, &b.c, DO_DISMISS, 1, LEAD);
    k.u.kase.word = slice_of("other");
    bench_does(&b, k, REFUSAL_NONE);
    struct case_rec c = arrives(&b, 7, 9, "mi pedido no llega");
    assert_int_equal(c.plan, 0);
    world_free(b.w);
}

/* ---- repeats, edits, channels */

static void test_a_repeat_without_a_time_is_looked_for(void **state)
{
    (void)state;
    for (int days = 8; days <= 9; days++) {
        struct world *w = world_new(1);
        struct command m = world_mention(w, 1, 1, "no funciona");
        (void)world_run(w, m);
        w->now_ms += days * 24 * HOUR_MS;
        m.u.mention.dedupe.day = (uint32_t)(w->now_ms / 86400000);
        (void)world_run(w, m);
        assert_int_equal(w->v->is_duplicate, days <= 8);
        m.u.mention.dedupe.day -= 1;
        m.u.mention.has_at = true; /* it has a day of its own: another mention */
        (void)world_run(w, m);
        assert_false(w->v->is_duplicate);
        world_free(w);
    }
}

static void test_channels_are_numbered_as_they_come(void **state)
{
    (void)state;
    struct world *w = world_new(1);
    static const struct {
        enum network network;
        const char *name;
        uint16_t number;
    } channels[] = {{NETWORK_X, "a", 0},       {NETWORK_X, "b", 1}, {NETWORK_MASTODON, "a", 2},
                    {NETWORK_X, "a", 0},       {NETWORK_X, "b", 1}, {NETWORK_BLUESKY, "b", 3},
                    {NETWORK_MASTODON, "a", 2}};
    for (uint32_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
        struct command m = world_mention(w, i, i, "no funciona");
        m.u.mention.network = channels[i].network;
        m.u.mention.channel = slice_of(channels[i].name);
        assert_int_equal(world_run(w, m).channel, channels[i].number);
    }
    assert_int_equal(ram_count(w->ram, TABLE_CHANNEL), 4);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_level_rises_and_never_sinks),
        cmocka_unit_test(test_a_start_is_within_the_day_before_arrival),
        cmocka_unit_test(test_what_was_late_on_arrival_is_the_networks),
        cmocka_unit_test(test_lateness_reaches_the_customer_once),
        cmocka_unit_test(test_what_is_stale_was_pushed_back_already),
        cmocka_unit_test(test_a_backlog_of_crossings),
        cmocka_unit_test(test_a_backlog_of_endings),
        cmocka_unit_test(test_late_from_the_millisecond_after),
        cmocka_unit_test(test_a_case_keeps_the_version_that_judges_it),
        cmocka_unit_test(test_a_handle_is_an_identity),
        cmocka_unit_test(test_a_thread_is_its_customers),
        cmocka_unit_test(test_an_ended_case_takes_words_for_a_while),
        cmocka_unit_test(test_a_thread_follows_merges),
        cmocka_unit_test(test_the_open_case_follows_ends_and_returns),
        cmocka_unit_test(test_thanks_wake_nothing_that_has_ended),
        cmocka_unit_test(test_a_plan_that_the_policy_dropped),
        cmocka_unit_test(test_a_repeat_without_a_time_is_looked_for),
        cmocka_unit_test(test_channels_are_numbered_as_they_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
