/* test_recompute.c - running clocks under the hours of a new policy. */
#include "bench/adopt_world.h"
#include "bench/failing_tables.h"
#include "core/rules/sla.h"

static bool is_at(struct world *w, enum table table, struct record_key k)
{
    struct tables t = ram_tables(w->ram);
    return t.get(t.ctx, table, record_key_slice(&k), NULL) == ERR_OK;
}

#define CATEGORIES                                                                                 \
    "\"categories\":[{\"name\":\"x\",\"team\":\"a\",\"words\":[\"ka\"]},"                          \
    "{\"name\":\"y\",\"team\":\"b\",\"words\":[\"kb\"]}]"
#define SHORT_DAYS                                                                                 \
    "\"hours\":{\"hours\":{\"mon\":[[\"09:00\",\"16:10\"]],\"tue\":[[\"10:00\",\"11:00\"]]}}"

static void test_clocks_follow_the_hours(void **state)
{
    (void)state;
    struct world *w = world_new(5);
    struct case_rec c = world_turn(w, world_arrival(w, 1, "no funciona")), after;
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS
                   ",\"targets\":{\"answer\":90,\"acknowledge\":120}}]}");
    assert_true(world_is_pending(w));
    after = world_case(w, c.id);
    assert_memory_equal(&after, &c, sizeof c);
    w->now_ms += 5 * MINUTE_MS;
    world_finish_pass(w);
    assert_int_equal(w->n_recomputed, 1);
    after = world_case(w, c.id);
    assert_int_equal(after.seq, c.seq);
    /* 10 minutes on Monday, 50 on Tuesday from ten; the targets are those of the start. */
    assert_int_equal(after.clocks[CLOCK_ANSWER].due_ms, START_MS + (18 * 60 + 50) * MINUTE_MS);
    assert_int_equal(after.clocks[CLOCK_ANSWER].soon_ms, START_MS + (18 * 60 + 20) * MINUTE_MS);
    assert_int_equal(after.clocks[CLOCK_ANSWER].risk_ms, START_MS + (18 * 60 + 38) * MINUTE_MS);
    assert_int_equal(after.rank_ms, sla_rank(w->rules.policy, &after, w->now_ms));
    assert_true(after.rank_ms > c.rank_ms);
    assert_true(is_at(w, TABLE_QUEUE, key_queue(0, after.rank_ms, c.id)));
    assert_true(is_at(w, TABLE_TIMER, key_time(case_next_crossing(&after), c.id)));
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS "}]}");
    assert_false(world_is_pending(w));
    for (int k = CLOCK_ACKNOWLEDGE; k <= CLOCK_ANSWER; k++) {
        struct clock expected;
        assert_int_equal(
            sla_start(&expected, w->rules.policy, &c, (enum clock_kind)k, START_MS, START_MS),
            ERR_OK);
        assert_memory_equal(&after.clocks[k], &expected, sizeof expected);
    }
    world_check_replay(w);
    world_free(w);
}

static void test_hours_that_move_nothing_leave_no_event(void **state)
{
    (void)state;
    struct world *w = world_new(14);
    /* 60 minutes from 16:00 end with the day. */
    (void)world_turn(w, world_arrival(w, 1, "no funciona"));
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":" WEEK_9_TO_17 "}]}");
    assert_true(world_is_pending(w));
    world_finish_pass(w);
    assert_int_equal(w->n_recomputed, 0);
    world_adopt(w,
                "{\"teams\":[{\"name\":\"x\"},{\"name\":\"soporte\",\"hours\":" WEEK_9_TO_17 "}]}");
    assert_false(world_is_pending(w));
    world_free(w);
}

static void test_zones_and_dates_are_hours_as_well(void **state)
{
    (void)state;
    struct world *w = world_new(15);
    static const char *const days[] = {
        "\"tz\":\"Europe/Madrid\"", "\"tz\":\"Australia/Lord_Howe\"",
        "\"tz\":\"Europe/Madrid\",\"holidays\":[\"2025-12-25\"]",
        "\"tz\":\"Europe/Madrid\",\"special\":{\"2025-12-25\":[[\"09:00\",\"10:00\"]]}"};
    for (size_t i = 0; i < 8; i++) {
        char document[300];
        (void)snprintf(
            document, sizeof document,
            "{\"teams\":[{\"name\":\"soporte\",\"hours\":{%s,\"hours\":{\"mon\":[[\"09:00\","
            "\"17:00\"]]}}}]}",
            days[i / 2]);
        world_adopt(w, document);
        assert_int_equal(world_is_pending(w), i % 2 == 0);
        world_finish_pass(w);
    }
    world_free(w);
}

static void test_late_stays_late(void **state)
{
    (void)state;
    struct world *w = world_new(6);
    struct case_rec c = world_turn(w, world_arrival(w, 1, "no funciona"));
    w->now_ms += 30 * MINUTE_MS;
    (void)world_turn(w, (struct command){.type = CMD_TIMERS});
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ACKNOWLEDGE].phase, PHASE_LATE);
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    world_finish_pass(w);
    struct case_rec after = world_case(w, c.id);
    assert_memory_equal(&after.clocks[CLOCK_ACKNOWLEDGE], &c.clocks[CLOCK_ACKNOWLEDGE],
                        sizeof c.clocks[0]);
    assert_int_equal(after.clocks[CLOCK_ANSWER].due_ms, START_MS + 18 * 60 * MINUTE_MS);
    assert_true(after.was_late);
    world_free(w);
}

static void test_the_network_is_blamed_for_what_it_did(void **state)
{
    (void)state;
    struct world *w = world_new(20);
    struct command m = world_arrival(w, 1, "no funciona");
    m.u.mention.at_ms -= 3 * 60 * MINUTE_MS;
    struct case_rec c = world_turn(w, m), before = c;
    assert_true(c.clocks[CLOCK_ANSWER].is_network);
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    world_finish_pass(w);
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 18 * 60 * MINUTE_MS);
    assert_false(c.clocks[CLOCK_ANSWER].is_network);
    w->now_ms += MINUTE_MS;
    world_adopt(w, "{}");
    world_finish_pass(w);
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, before.clocks[CLOCK_ANSWER].due_ms);
    assert_true(c.clocks[CLOCK_ANSWER].is_network);
    (void)world_turn(w, (struct command){.type = CMD_TIMERS});
    assert_false(world_case(w, c.id).was_late);
    world_free(w);
}

static void test_past_due_is_recorded_by_its_crossing(void **state)
{
    (void)state;
    struct world *w = world_new(7);
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    struct case_rec c = world_turn(w, world_arrival(w, 1, "no funciona"));
    w->now_ms += 3 * 60 * MINUTE_MS;
    world_adopt(w, "{}");
    world_finish_pass(w);
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 60 * MINUTE_MS);
    assert_int_equal(c.clocks[CLOCK_ANSWER].phase, PHASE_RISK);
    assert_false(c.clocks[CLOCK_ANSWER].is_network || c.was_late);
    (void)world_turn(w, (struct command){.type = CMD_TIMERS});
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].phase, PHASE_LATE);
    assert_true(c.was_late);
    world_free(w);
}

static void test_retired_teams_keep_their_clocks(void **state)
{
    (void)state;
    struct world *w = world_new(8);
    struct case_rec c = world_turn(w, world_arrival(w, 1, "no funciona")), after;
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS "}]}");
    world_adopt(w, "{\"teams\":[{\"name\":\"otro\"," SHORT_DAYS "}]}");
    world_finish_pass(w);
    world_adopt(w, "{\"teams\":[{\"name\":\"otro\",\"hours\":" WEEK_8_TO_20 "}]}");
    world_finish_pass(w);
    world_adopt(w, "{\"teams\":[{\"name\":\"otro\",\"hours\":" WEEK_8_TO_20
                   "},{\"name\":\"tercero\"}]}");
    assert_false(world_is_pending(w));
    after = world_case(w, c.id);
    assert_memory_equal(&after, &c, sizeof c);
    assert_string_equal(policy_team_of(w->rules.policy, c.team)->name, "soporte");
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    world_finish_pass(w);
    after = world_case(w, c.id);
    assert_int_equal(after.clocks[CLOCK_ANSWER].due_ms, START_MS + 18 * 60 * MINUTE_MS);
    world_free(w);
}

static void test_two_adoptions_make_one_pass(void **state)
{
    (void)state;
    static const char *const documents[] = {
        "{\"teams\":[{\"name\":\"a\"},{\"name\":\"b\"}]," CATEGORIES "}",
        "{\"teams\":[{\"name\":\"a\"," SHORT_DAYS "},{\"name\":\"b\"}]," CATEGORIES "}",
        "{\"teams\":[{\"name\":\"a\"," SHORT_DAYS "},{\"name\":\"b\"," SHORT_DAYS "}]," CATEGORIES
        "}"};
    struct world *w = world_new(17);
    world_adopt(w, documents[0]);
    struct case_rec a = world_turn(w, world_arrival(w, 1, "ka no va")),
                    b = world_turn(w, world_arrival(w, 2, "kb no va"));
    assert_int_not_equal(a.team, b.team);
    world_adopt(w, documents[1]);
    world_adopt(w, documents[2]);
    world_finish_pass(w);
    a = world_case(w, a.id);
    b = world_case(w, b.id);
    assert_int_equal(a.clocks[CLOCK_ANSWER].due_ms, START_MS + (18 * 60 + 50) * MINUTE_MS);
    assert_int_equal(b.clocks[CLOCK_ANSWER].due_ms, a.clocks[CLOCK_ANSWER].due_ms);
    world_free(w);
}

static void test_a_pass_goes_on_after_a_restart(void **state)
{
    (void)state;
    char difference[200];
    struct world *w = world_new(9);
    for (uint32_t i = 0; i < 100; i++)
        (void)world_turn(w, world_arrival(w, i, "no funciona"));
    for (uint32_t i = 0; i < 20; i++) {
        struct command c = world_arrival(w, i, "ya va");
        c.type = CMD_REPLY_SEEN;
        (void)world_turn(w, c);
    }
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":" WEEK_9_TO_17 "}]}");
    w->now_ms += 20 * MINUTE_MS;
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":" WEEK_8_TO_20 "}]}");
    (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    assert_int_equal(w->v->n_events, 17);
    assert_true(world_is_pending(w));
    struct ram *before = w->ram;
    w->ram = world_replayed(w);
    if (ram_difference(w->ram, before, difference) != NULL)
        fail_msg("%s", difference);
    w->n_recomputed = 16;
    world_finish_pass(w);
    assert_int_equal(w->n_recomputed, 80);
    (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    assert_int_equal(w->v->n_events, 0);
    world_check_replay(w);
    ram_free(before);
    world_free(w);
}

static void test_what_slips_behind_the_pass_is_caught(void **state)
{
    (void)state;
    struct world *w = world_new(10);
    struct case_rec last = {.seq = 0};
    for (uint32_t i = 0; i < 40; i++) {
        last = world_turn(w, world_arrival(w, i, "no funciona"));
        w->now_ms += 1000;
    }
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    struct case_rec c =
        world_turn(w, world_arrival(w, 39, "URGENTE: huele a gas, es una emergencia"));
    assert_true(id_eq(c.id, last.id));
    assert_true(c.level == LEVEL_URGENT);
    world_finish_pass(w);
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 18 * 60 * MINUTE_MS);
    world_free(w);
}

/* The queue has been gone through when a reply fails and its case is put there. */
static void test_what_is_put_back_behind_the_pass_is_caught(void **state)
{
    (void)state;
    struct world *w = world_new(21);
    struct case_rec c = {.seq = 0};
    for (uint32_t i = 0; i < 20; i++) {
        c = world_turn(w, world_arrival(w, i, "no funciona"));
        struct command k = world_action(w, &c, DO_REPLY, 1, LEAD);
        k.u.kase.text = slice_of("lo miramos");
        c = world_turn(w, k);
        assert_true(c.is_sending);
        w->now_ms += 1000;
    }
    int64_t start_ms = c.clocks[CLOCK_ANSWER].start_ms;
    assert_int_equal(start_ms, START_MS + 19 * 1000);
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\",\"hours\":{\"hours\":{\"tue\":[[\"09:00\","
                   "\"17:00\"]]}}}]}");
    (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    assert_true(world_is_pending(w));
    c = world_turn(w, world_sent(w, &c, true));
    assert_int_equal(c.place, PLACE_QUEUE);
    world_finish_pass(w);
    c = world_case(w, c.id);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 18 * 60 * MINUTE_MS);
    world_free(w);
}

/* ---- tables that fail */

/* How many reads a command takes; each of them, when it fails, is what the command says. */
static int check_each_read(struct world *w, struct command c)
{
    for (int n = 0;; n++) {
        struct failing f;
        const struct tables t = failing_tables(&f, ram_tables(w->ram), n);
        arena_reset(&w->arena);
        enum err e = decide(&w->rules, &t, &c, w->now_ms, &w->arena, w->v);
        if (!failing_has(&f)) {
            assert_int_equal(e, ERR_OK);
            return n;
        }
        assert_int_equal(e, ERR_IO);
    }
}

static void test_a_failing_table_ends_the_step(void **state)
{
    (void)state;
    struct world *w = world_new(18);
    for (uint32_t i = 0; i < 3; i++)
        (void)world_turn(w, world_arrival(w, i, "no funciona"));
    struct policy *next = world_started(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS "}]}");
    struct command c = {.type = CMD_POLICY_ADOPT};
    c.u.policy.compiled = next;
    assert_int_equal(check_each_read(w, c), NAME_N_KINDS);
    policy_free(next);
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS "}]}");
    assert_true(check_each_read(w, (struct command){.type = CMD_RECOMPUTE}) > 6);
    assert_true(check_each_read(w, world_arrival(w, 1, "sigo esperando")) > 2);
    world_free(w);
}

static void test_damaged_records_are_found(void **state)
{
    (void)state;
    struct world *w = world_new(19);
    struct tables t = ram_tables(w->ram);
    struct case_rec c = world_turn(w, world_arrival(w, 1, "no funciona"));
    struct record_key k = key_case(c.id), name = key_policy_name(NAME_TEAM, 1);
    struct policy_names names;
    world_adopt(w, "{\"teams\":[{\"name\":\"soporte\"," SHORT_DAYS "}]}");
    assert_int_equal(t.del(t.ctx, TABLE_CASE, record_key_slice(&k)), ERR_OK);
    struct command step = {.type = CMD_RECOMPUTE};
    assert_int_equal(decide(&w->rules, &t, &step, w->now_ms, &w->arena, w->v), ERR_CORRUPT);
    assert_int_equal(t.put(t.ctx, TABLE_POLICY, record_key_slice(&name), slice_of("")), ERR_OK);
    assert_int_equal(policy_number_load(&t, &names), ERR_CORRUPT);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clocks_follow_the_hours),
        cmocka_unit_test(test_hours_that_move_nothing_leave_no_event),
        cmocka_unit_test(test_zones_and_dates_are_hours_as_well),
        cmocka_unit_test(test_late_stays_late),
        cmocka_unit_test(test_the_network_is_blamed_for_what_it_did),
        cmocka_unit_test(test_past_due_is_recorded_by_its_crossing),
        cmocka_unit_test(test_retired_teams_keep_their_clocks),
        cmocka_unit_test(test_two_adoptions_make_one_pass),
        cmocka_unit_test(test_a_pass_goes_on_after_a_restart),
        cmocka_unit_test(test_what_slips_behind_the_pass_is_caught),
        cmocka_unit_test(test_what_is_put_back_behind_the_pass_is_caught),
        cmocka_unit_test(test_a_failing_table_ends_the_step),
        cmocka_unit_test(test_damaged_records_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
