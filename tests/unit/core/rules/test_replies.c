/* test_replies.c - what becomes of a reply and of its case: greeted and signed, sent, failed by
 * time, followed up, closed in the quiet, merged, handed over. */
#include "bench/bench.h"
#include "core/rules/gates.h"

static struct bench bench(void)
{
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    for (int r = 1; r < ROUTE_N; r++)
        b.p->routes[r].is_allowed = true;
    for (int n = 0; n < NETWORK_N; n++)
        b.p->dm_allowed[n] = true;
    return b;
}

static void test_a_reply_is_greeted_signed_and_parks_the_case(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar a mi cuenta", MENTION_PUBLIC);
    int64_t due_ms = b.c.clocks[CLOCK_ANSWER].due_ms;
    struct command k = bench_action(&b, DO_REPLY, "ya lo vemos");
    k.u.kase.customer_name = slice_of("Ana López");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_string_equal(bench_part(&b, 0), "Hola, Ana: ya lo vemos ^AB");
    assert_int_equal(b.c.state, CASE_PARKED);
    assert_true(b.c.is_sending && b.c.clocks[CLOCK_ANSWER].is_running);
    bench_sent(&b, true);
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
    bench_says(&b, DO_REPLY, "ya lo vemos de nuevo", REFUSAL_NONE);
    b.w->now_ms += 5 * MINUTE_MS;
    bench_sent(&b, false);
    assert_int_equal(b.c.state, CASE_PARKED);
    assert_false(b.c.clocks[CLOCK_ANSWER].is_running || b.c.clocks[CLOCK_ACKNOWLEDGE].is_running);
    world_free(b.w);
}

static void test_names_that_are_none_are_left_out(void **state)
{
    (void)state;
    static const char *const names[] = {"", "🌸🌸", "x", "user12345", "Ana🌸"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
        struct command k = bench_action(&b, DO_REPLY, "ya lo vemos");
        k.u.kase.customer_name = slice_of(names[i]);
        bench_run(&b, k);
        assert_string_equal(bench_part(&b, 0), "ya lo vemos ^AB");
        world_free(b.w);
    }
}

static void test_an_unconfirmed_reply_fails_by_time(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    b.w->now_ms += b.p->send_ms - 1;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_true(b.c.is_sending);
    b.w->now_ms += 1;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_false(b.c.is_sending);
    assert_int_equal(b.c.place, PLACE_QUEUE);
    assert_int_equal(ram_count(b.w->ram, TABLE_OUTBOX), 0);
    world_free(b.w);
}

static void test_a_word_while_sending_wants_its_own_answer(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    b.w->now_ms += MINUTE_MS;
    b.c = world_run(b.w, world_mention(b.w, 1, 2, "y tampoco me llega el correo"));
    int64_t spoken_ms = b.w->now_ms;
    b.w->now_ms += MINUTE_MS;
    bench_sent(&b, false);
    assert_int_equal(b.c.state, CASE_OPEN);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].start_ms, spoken_ms);
    world_free(b.w);
}

static void test_what_left_the_public_owes_a_follow_up(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    struct team_counter n;
    b.p->routes[ROUTE_PHONE].is_allowed = true;
    struct command k = bench_action(&b, DO_MOVE, "llámanos, por favor");
    k.u.kase.word = slice_of("phone");
    bench_run(&b, k);
    bench_sent(&b, false);
    k = bench_action(&b, DO_DISMISS, "");
    k.u.kase.word = slice_of("other");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_FOLLOW_UP_OWED);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_NONE);
    assert_true(b.c.owes_follow_up && b.c.clocks[CLOCK_FOLLOW_UP].is_running);
    assert_int_equal(counter_team(&t, COUNTER_TEAM_ALL, &n), ERR_OK);
    assert_int_equal(n.follow_ups, 1);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_FOLLOW_UP_OWED);
    bench_says(&b, DO_FOLLOW_UP, "resuelto por teléfono, gracias", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_false(b.c.owes_follow_up);
    assert_true(id_is_none(b.c.claimant));
    assert_int_equal(b.c.place, PLACE_PARKED);
    b.w->now_ms += b.p->close_ms;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_int_equal(b.c.state, CASE_CLOSED);
    assert_int_equal(b.c.disposition, DISPOSITION_ANSWERED);
    world_free(b.w);
}

static void test_quiet_closes_or_reminds(void **state)
{
    (void)state;
    for (int moved = 0; moved < 2; moved++) {
        struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
        struct tables t = ram_tables(b.w->ram);
        bench_says(&b, DO_REPLY, moved ? "llámanos, por favor" : "hecho", REFUSAL_NONE);
        bench_sent(&b, false);
        b.w->now_ms += b.p->quiet_ms;
        (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
        assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
        assert_int_equal(b.c.state, moved ? CASE_OPEN : CASE_CLOSED);
        world_free(b.w);
    }
}

static void test_merge_and_undo(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    struct customer_rec who;
    struct command k = bench_action(&b, DO_DISMISS, "");
    int64_t due_ms = b.c.clocks[CLOCK_ANSWER].due_ms;
    k.u.kase.word = slice_of("other");
    bench_run(&b, k);
    struct case_rec second = world_run(b.w, world_mention(b.w, 1, 2, "sigo sin poder entrar"));
    assert_false(id_eq(second.id, b.c.id));
    bench_run(&b, bench_action(&b, DO_UNDO, ""));
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
    bench_run(&b, bench_action(&b, DO_CLAIM, ""));
    k = bench_action(&b, DO_MERGE, "");
    k.u.kase.other = second.id;
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_int_equal(b.c.state, CASE_MERGED);
    assert_int_equal(load_case(&t, second.id, &second), ERR_OK);
    assert_int_equal(second.clocks[CLOCK_ANSWER].due_ms, due_ms);
    assert_int_equal(load_customer(&t, second.customer, &who), ERR_OK);
    assert_true(id_eq(who.open_case, second.id));
    bench_run(&b, bench_action(&b, DO_UNDO, ""));
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.disposition, DISPOSITION_NONE);
    world_check(b.w);
    world_free(b.w);
}

static void test_the_resolve_clock_stands_still_in_the_customers_turn(void **state)
{
    (void)state;
    struct bench b = bench_new("hola", MENTION_PUBLIC);
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 100;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "mi pedido no llega"));
    struct case_rec first = b.c;
    assert_int_equal(first.clocks[CLOCK_RESOLVE].due_ms, START_MS + 100 * MINUTE_MS);
    bench_run(&b, bench_action(&b, DO_CLAIM, ""));
    b.w->now_ms += 20 * MINUTE_MS;
    bench_says(&b, DO_REPLY, "¿qué número tiene?", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_paused);
    b.w->now_ms += 30 * MINUTE_MS;
    b.c = world_run(b.w, world_mention(b.w, 2, 3, "el 123"));
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].due_ms, START_MS + 130 * MINUTE_MS);
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].soon_ms, START_MS + 80 * MINUTE_MS);
    world_free(b.w);
}

static void test_claims_have_a_limit_and_are_handed_over(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    struct case_rec mine = b.c;
    b.p->claims_max = 2;
    for (uint32_t i = 2; i < 4; i++) {
        b.c = world_run(b.w, world_mention(b.w, i, i, "otro"));
        bench_run(&b, bench_action(&b, DO_CLAIM, ""));
        assert_int_equal(b.w->v->refusal, i == 2 ? REFUSAL_NONE : REFUSAL_CLAIM_LIMIT);
    }
    b.c = mine;
    struct command k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(99);
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND);
    k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(2);
    bench_run(&b, k);
    assert_true(id_eq(b.c.claimant, world_person(2)));
    bench_run(&b, bench_action(&b, DO_RELEASE, ""));
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_CLAIMANT);
    world_free(b.w);
}

static void test_a_plan_shortens_the_answer(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    b.p->n_plans = 1;
    (void)snprintf(b.p->plans[0].name, sizeof b.p->plans[0].name, "oro");
    b.p->plans[0].level_min = LEVEL_HIGH;
    b.p->plans[0].answer_minutes = 10;
    struct command m = world_mention(b.w, 7, 7, "mi pedido no llega");
    m.u.mention.plan = slice_of("oro");
    b.c = world_run(b.w, m);
    assert_int_equal(b.c.level, LEVEL_HIGH);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, START_MS + 10 * MINUTE_MS);
    world_free(b.w);
}

static void test_the_team_speaks_the_language(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    b.p->n_teams = 2;
    b.p->teams[1] = b.p->teams[0];
    b.p->teams[1].hours = hours_always();
    (void)snprintf(b.p->teams[0].langs[0], 3, "es");
    (void)snprintf(b.p->teams[1].langs[0], 3, "en");
    b.c = world_run(b.w, world_mention(b.w, 5, 5, "my card does not work, please help me"));
    assert_int_equal(b.c.team, 1);
    b.c = world_run(b.w, world_mention(b.w, 6, 6, "mi tarjeta no funciona, ayuda por favor"));
    assert_int_equal(b.c.team, 0);
    b.c = world_run(b.w, world_mention(b.w, 7, 7, "meu cartão não funciona, me ajudem por favor"));
    assert_int_equal(b.c.team, 0);
    world_free(b.w);
}

static void test_greetings_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *greeting, *signature, *name, *text;
    } cases[] = {
        {"Hola, {name}:", "^{mark}", "Jean-Luc", "Hola, Jean-Luc: ya ^AB"},
        {"Hola, {name}:", "^{mark}", "O'Neill", "Hola, O'Neill: ya ^AB"},
        {"Hola, {name}:", "^{mark}", " Íñigo Montoya", "Hola, Íñigo: ya ^AB"},
        {"Hola, {name}:", "^{mark}", "Ana_99", "ya ^AB"},
        {"Hola, {name}:", "^{mark}", "Abcdefghijklmnopqrstuvwxyzabcde", "ya ^AB"},
        {"Hola:", "^{mark}", "", "Hola: ya ^AB"},
        {"", "el equipo", "Ana", "ya el equipo"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench b = bench();
        for (int l = 0; l < 2; l++)
            (void)snprintf(b.p->greeting[l], sizeof b.p->greeting[l], "%s", cases[i].greeting);
        (void)snprintf(b.p->signature, sizeof b.p->signature, "%s", cases[i].signature);
        struct command k = bench_action(&b, DO_REPLY, "ya");
        k.u.kase.customer_name = slice_of(cases[i].name);
        bench_does(&b, k, REFUSAL_NONE);
        assert_string_equal(bench_part(&b, 0), cases[i].text);
        world_free(b.w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_reply_is_greeted_signed_and_parks_the_case),
        cmocka_unit_test(test_names_that_are_none_are_left_out),
        cmocka_unit_test(test_an_unconfirmed_reply_fails_by_time),
        cmocka_unit_test(test_a_word_while_sending_wants_its_own_answer),
        cmocka_unit_test(test_what_left_the_public_owes_a_follow_up),
        cmocka_unit_test(test_quiet_closes_or_reminds),
        cmocka_unit_test(test_merge_and_undo),
        cmocka_unit_test(test_the_resolve_clock_stands_still_in_the_customers_turn),
        cmocka_unit_test(test_claims_have_a_limit_and_are_handed_over),
        cmocka_unit_test(test_a_plan_shortens_the_answer),
        cmocka_unit_test(test_the_team_speaks_the_language),
        cmocka_unit_test(test_greetings_and_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
