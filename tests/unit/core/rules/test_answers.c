/* test_answers.c - what becomes of our words: judged by the network's time, failed and tried again,
 * moves, and the clocks that stand still meanwhile. */
#include "bench/bench.h"

#define DAY_OF_START ((uint32_t)(START_MS / 86400000))

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

/* Everything is allowed that the policy may allow. */
static void allow_all(struct bench *b)
{
    for (int r = 1; r < ROUTE_N; r++)
        b->p->routes[r].is_allowed = true;
    for (int n = 0; n < NETWORK_N; n++)
        b->p->dm_allowed[n] = true;
}

static struct command sent_at(struct bench *b, int64_t minute)
{
    struct command k = world_sent(b->w, &b->c, false);
    k.u.progress.sent_ms = START_MS + minute * MINUTE_MS;
    return k;
}

static const struct event *stop_of(const struct bench *b, enum clock_kind k)
{
    for (size_t i = 0; i < b->w->v->n_events; i++)
        if (b->w->v->events[i].type == EV_CLOCK_STOPPED && b->w->v->events[i].u.stop.clock == k)
            return &b->w->v->events[i];
    fail_msg("the %s clock did not stop", clock_word(k));
    return NULL;
}

/* Written in minute 55, due in 60, confirmed in 64. */
static void expect_judged(int64_t sent_minute, int64_t used_minutes, bool is_met)
{
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct day_counter day;
    bench_waits(&b, 55 * MINUTE_MS);
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    bench_waits(&b, 9 * MINUTE_MS);
    bench_run(&b, sent_at(&b, sent_minute));
    const struct event *stop = stop_of(&b, CLOCK_ANSWER);
    assert_int_equal(stop->u.stop.is_met, is_met);
    assert_true(stop->u.stop.is_counted);
    assert_int_equal(stop->u.stop.used_ms, used_minutes * MINUTE_MS);
    assert_int_equal(stop->u.stop.stopped_ms, START_MS + used_minutes * MINUTE_MS);
    assert_int_equal(counter_day(&t, DAY_OF_START, &day), ERR_OK);
    assert_int_equal(day.of, 1);
    assert_int_equal(day.met, is_met);
    world_check(b.w);
    world_free(b.w);
}

static void test_the_networks_time_judges(void **state)
{
    (void)state;
    expect_judged(59, 59, true);
    expect_judged(60, 60, true);
    expect_judged(61, 61, false);
    expect_judged(30, 55, true);  /* not before it was written */
    expect_judged(90, 64, false); /* nor after now */
}

static void test_the_resolve_clock_stands_from_the_post_to_the_word(void **state)
{
    (void)state;
    struct bench b = bench_new("hola", MENTION_PUBLIC);
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 200;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "mi pedido no llega"));
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "¿qué número tiene?", REFUSAL_NONE);
    assert_false(b.c.clocks[CLOCK_RESOLVE].is_paused); /* nobody has read it yet */
    b.w->now_ms += 8 * MINUTE_MS;
    bench_run(&b, sent_at(&b, 3));
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_paused);
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].counted_ms, 3 * MINUTE_MS);
    b.w->now_ms += 32 * MINUTE_MS;
    struct command m = world_mention(b.w, 2, 3, "el 123");
    m.u.mention.at_ms = START_MS + 33 * MINUTE_MS;
    b.c = world_run(b.w, m);
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].due_ms, START_MS + 230 * MINUTE_MS);
    world_check(b.w);
    world_free(b.w);
}

/* The same for what was posted elsewhere and only seen here. */
static void test_a_post_that_was_seen_stops_and_pauses_at_its_time(void **state)
{
    (void)state;
    struct bench b = bench_new("hola", MENTION_PUBLIC);
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 200;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "mi pedido no llega"));
    b.w->now_ms += 8 * MINUTE_MS;
    struct command m = world_mention(b.w, 0, 3, "@u ¿qué número tiene?");
    m.type = CMD_REPLY_SEEN;
    m.u.mention.at_ms = START_MS + 5 * MINUTE_MS;
    m.u.mention.has_address = true;
    m.u.mention.address = world_mac(1, 2);
    bench_run(&b, m);
    assert_int_equal(stop_of(&b, CLOCK_ANSWER)->u.stop.used_ms, 5 * MINUTE_MS);
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_paused);
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].counted_ms, 5 * MINUTE_MS);
    bench_run(&b, m);
    assert_true(b.w->v->is_duplicate);
    m.u.mention.dedupe.mac = world_mac(2, 4);
    m.u.mention.address = world_mac(1, 99);
    (void)world_run(b.w, m);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND); /* it answers nobody we know */
    world_free(b.w);
}

static void test_a_failure_puts_back_what_was(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec before = b.c;
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    assert_int_equal(b.c.at_ms, 0);
    b.w->now_ms += 9 * MINUTE_MS;
    bench_sent(&b, true);
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.at_ms, before.at_ms);
    assert_memory_equal(b.c.clocks, before.clocks, sizeof before.clocks);
    assert_int_equal(b.c.n_replies, 0);
    world_check(b.w);
    world_free(b.w);
}

static void test_words_while_sending_move_no_running_promise(void **state)
{
    (void)state;
    for (int is_thanks = 0; is_thanks < 2; is_thanks++) {
        struct bench b = bench();
        int64_t due_ms = b.c.clocks[CLOCK_ANSWER].due_ms;
        bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
        b.w->now_ms += 5 * MINUTE_MS;
        b.c = world_run(b.w, world_mention(b.w, 1, 2, is_thanks ? "gracias!" : "¿hola?"));
        /* Thanks for what nobody has read is a word like any other. */
        assert_true(b.c.has_unseen && b.c.place == PLACE_QUEUE);
        assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
        b.w->now_ms += MINUTE_MS;
        bench_sent(&b, true);
        assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
        assert_false(b.c.has_unseen);
        world_check(b.w);
        world_free(b.w);
    }
}

static void test_lateness_while_sending_is_remembered(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->send_ms = 2 * HOUR_MS;
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    b.w->now_ms += MINUTE_MS;
    b.c = world_run(b.w, world_mention(b.w, 1, 2, "¿hola?"));
    assert_true(b.c.is_sending && b.c.place == PLACE_QUEUE);
    bench_waits(&b, 3 * HOUR_MS); /* one turn: it turns late, then its reply fails */
    assert_false(b.c.is_sending);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].phase, PHASE_LATE);
    assert_true(b.c.was_late);
    world_check(b.w);
    world_free(b.w);
}

static void test_an_older_replys_fate_is_no_news(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    struct command old = world_sent(b.w, &b.c, false);
    bench_sent(&b, true);
    bench_says(&b, DO_REPLY, "sale mañana", REFUSAL_NONE);
    bench_run(&b, old);
    assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0 && b.c.is_sending);
    bench_sent(&b, false);
    bench_run(&b, old);
    assert_true(b.w->v->is_duplicate);
    old.u.progress.reply = world_id(b.w);
    bench_run(&b, old);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND);
    world_free(b.w);
}

/* ---- moves */

static void test_routes_are_the_policys(void **state)
{
    (void)state;
    struct bench b = bench();
    allow_all(&b);
    b.p->routes[ROUTE_FORM].is_allowed = false;
    bench_does(&b, bench_word(&b, DO_MOVE, "paloma"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_MOVE, "none"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_MOVE, "form"), REFUSAL_NOT_ALLOWED);
    (void)snprintf(b.p->routes[ROUTE_EMAIL].text[0], POLICY_SENTENCE_MAX, "Escríbanos un correo.");
    bench_does(&b, bench_word(&b, DO_MOVE, "email"), REFUSAL_NONE);
    assert_non_null(strstr(bench_part(&b, 0), "Escríbanos un correo."));
    assert_int_equal(b.c.route, ROUTE_EMAIL);
    bench_sent(&b, true);
    assert_int_equal(b.c.route, ROUTE_NONE);
    assert_int_equal(b.c.n_moves, 0); /* what did not leave moved nobody */
    world_free(b.w);
}

static void test_a_second_move_that_fails_leaves_the_first(void **state)
{
    (void)state;
    struct bench b = bench();
    allow_all(&b);
    bench_does(&b, bench_word(&b, DO_MOVE, "email"), REFUSAL_NONE);
    bench_sent(&b, false);
    struct command k = bench_word(&b, DO_MOVE, "phone");
    bench_override(&k, "second_move", "el correo no le llega");
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.c.n_moves, 2);
    bench_sent(&b, true);
    assert_int_equal(b.c.n_moves, 1);
    assert_true(b.c.left_public);
    bench_does(&b, bench_word(&b, DO_MOVE, "phone"), REFUSAL_SECOND_MOVE);
    world_free(b.w);
}

static void test_nobody_is_moved_out_of_a_resolved_case(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_REPLY, "mejor mándanos un correo"), REFUSAL_NOT_ALLOWED);
    bench_says(&b, DO_REPLY, "nos alegra", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.c.state, CASE_RESOLVED);
    assert_true(b.c.owes_follow_up);
    /* Our public post, wherever it was written, is the follow-up. */
    struct command m = world_mention(b.w, 0, 3, "@u todo resuelto");
    m.type = CMD_REPLY_SEEN;
    m.u.mention.has_address = true;
    m.u.mention.address = world_mac(1, 1);
    bench_run(&b, m);
    assert_false(b.c.owes_follow_up);
    assert_int_equal(stop_of(&b, CLOCK_FOLLOW_UP)->u.stop.cause, STOP_FOLLOWED_UP);
    bench_says(&b, DO_FOLLOW_UP, "y otra vez", REFUSAL_NOT_ALLOWED);
    world_check(b.w);
    world_free(b.w);
}

static void test_in_private_nothing_leaves_the_public(void **state)
{
    (void)state;
    struct bench b = bench_new("mi pedido no llega", MENTION_DIRECT);
    allow_all(&b);
    struct command k = bench_action(&b, DO_REPLY, "mándanos otro mensaje directo con el número");
    k.u.kase.is_direct = true;
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.c.n_moves, 0); /* they are there already */
    bench_sent(&b, false);
    assert_false(b.c.left_public || b.c.has_public);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    assert_false(b.c.owes_follow_up);
    world_free(b.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_networks_time_judges),
        cmocka_unit_test(test_the_resolve_clock_stands_from_the_post_to_the_word),
        cmocka_unit_test(test_a_post_that_was_seen_stops_and_pauses_at_its_time),
        cmocka_unit_test(test_a_failure_puts_back_what_was),
        cmocka_unit_test(test_words_while_sending_move_no_running_promise),
        cmocka_unit_test(test_lateness_while_sending_is_remembered),
        cmocka_unit_test(test_an_older_replys_fate_is_no_news),
        cmocka_unit_test(test_routes_are_the_policys),
        cmocka_unit_test(test_a_second_move_that_fails_leaves_the_first),
        cmocka_unit_test(test_nobody_is_moved_out_of_a_resolved_case),
        cmocka_unit_test(test_in_private_nothing_leaves_the_public),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
