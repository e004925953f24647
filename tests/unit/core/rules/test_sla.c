/* test_sla.c - one clock alone: targets, thresholds to the millisecond, standing still, the stop.
 */
#include "bench/world.h"
#include "core/rules/sla.h"

#define TARGET_MS (100 * MINUTE_MS)

struct fixture {
    struct policy *p;
    struct case_rec c;
    struct clock clock;
};

/* An answer clock of 100 minutes, started at START_MS. */
static struct fixture start(void)
{
    struct fixture f = {.p = policy_default()};
    f.c.level = LEVEL_NORMAL;
    f.c.opened_ms = START_MS;
    f.p->teams[0].targets[CLOCK_ANSWER][LEVEL_NORMAL].minutes = 100;
    assert_int_equal(sla_start(&f.clock, f.p, &f.c, CLOCK_ANSWER, START_MS, START_MS), ERR_OK);
    return f;
}

static struct event stop(struct fixture *f, int64_t at_ms, enum stop_cause cause)
{
    struct event e = {.type = EV_CLOCK_STOPPED};
    struct clock nothing = {.start_ms = 0};
    sla_stop(&f->clock, CLOCK_ANSWER, f->p, &f->c, at_ms, cause, &e);
    assert_memory_equal(&f->clock, &nothing, sizeof nothing);
    assert_int_equal(e.u.stop.clock, CLOCK_ANSWER);
    assert_int_equal(e.u.stop.stopped_ms, at_ms);
    policy_free(f->p);
    return e;
}

static void test_thresholds_and_phases(void **state)
{
    (void)state;
    struct fixture f = start();
    const struct {
        int64_t at_ms;
        enum phase phase;
    } points[] = {{-1, PHASE_CALM},
                  {TARGET_MS / 2 - 1, PHASE_CALM},
                  {TARGET_MS / 2, PHASE_SOON},
                  {TARGET_MS / 10 * 8 - 1, PHASE_SOON},
                  {TARGET_MS / 10 * 8, PHASE_RISK},
                  {TARGET_MS, PHASE_RISK},
                  {TARGET_MS + 1, PHASE_LATE}};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        assert_int_equal(sla_phase(&f.clock, START_MS + points[i].at_ms), points[i].phase);
    f.clock.is_running = false;
    assert_int_equal(sla_phase(&f.clock, START_MS + TARGET_MS + 1), PHASE_CALM);
    policy_free(f.p);
}

static void test_no_target_is_no_clock(void **state)
{
    (void)state;
    struct fixture f = start();
    f.p->teams[0].targets[CLOCK_ANSWER][LEVEL_NORMAL].minutes = 0;
    struct clock before = f.clock;
    assert_int_equal(sla_retarget(&f.clock, f.p, &f.c, CLOCK_ANSWER), ERR_OK);
    assert_memory_equal(&f.clock, &before, sizeof before); /* it keeps the old one */
    assert_int_equal(sla_start(&f.clock, f.p, &f.c, CLOCK_ANSWER, START_MS, START_MS), ERR_OK);
    assert_false(f.clock.is_running);
    policy_free(f.p);
}

static void test_a_plan_shortens_and_never_lengthens(void **state)
{
    (void)state;
    static const int32_t promised[] = {0, 30, 100, 300}, kept[] = {100, 30, 100, 100};
    for (int i = 0; i < 4; i++)
        for (int k = CLOCK_ACKNOWLEDGE; k <= CLOCK_ANSWER; k++) {
            struct fixture f = start();
            f.p->teams[0].targets[k][LEVEL_NORMAL].minutes = 100;
            f.p->n_plans = 1;
            f.p->plans[0].answer_minutes = k == CLOCK_ANSWER ? promised[i] : 1;
            f.p->plans[0].acknowledge_minutes = k == CLOCK_ACKNOWLEDGE ? promised[i] : 1;
            f.c.plan = 1;
            assert_int_equal(sla_start(&f.clock, f.p, &f.c, (enum clock_kind)k, START_MS, START_MS),
                             ERR_OK);
            assert_int_equal(f.clock.target_ms, kept[i] * MINUTE_MS);
            f.c.plan = 2; /* the policy has no such plan any more */
            assert_int_equal(sla_start(&f.clock, f.p, &f.c, (enum clock_kind)k, START_MS, START_MS),
                             ERR_OK);
            assert_int_equal(f.clock.target_ms, TARGET_MS);
            policy_free(f.p);
        }
}

static void test_late_on_arrival_to_the_millisecond(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct fixture f = start();
        assert_int_equal(
            sla_start(&f.clock, f.p, &f.c, CLOCK_ANSWER, START_MS, START_MS + TARGET_MS + over),
            ERR_OK);
        assert_int_equal(f.clock.is_network, over);
        struct event e = stop(&f, START_MS + TARGET_MS + over, STOP_REPLY);
        assert_int_equal(e.u.stop.is_met, !over);
        assert_int_equal(e.u.stop.is_network, over);
        assert_int_equal(e.u.stop.is_counted, !over);
    }
}

static void test_met_until_the_due_itself(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct fixture f = start();
        struct event e = stop(&f, START_MS + TARGET_MS + over, STOP_REPLY);
        assert_int_equal(e.u.stop.is_met, !over);
        assert_true(e.u.stop.is_counted);
        assert_int_equal(e.u.stop.used_ms, TARGET_MS + over);
        assert_int_equal(e.u.stop.used_working_ms, TARGET_MS + over);
        assert_int_equal(e.u.stop.target_ms, TARGET_MS);
    }
}

static void test_what_is_disposed_of_is_not_judged(void **state)
{
    (void)state;
    static const enum stop_cause causes[] = {STOP_DISPOSED, STOP_MERGED, STOP_AUTOMATIC};
    for (int i = 0; i < 3; i++) {
        struct fixture f = start();
        struct event e = stop(&f, START_MS + 1, causes[i]);
        assert_int_equal(e.u.stop.is_met, causes[i] == STOP_AUTOMATIC);
        assert_int_equal(e.u.stop.is_counted, causes[i] == STOP_AUTOMATIC);
        assert_int_equal(e.u.stop.is_automatic, causes[i] == STOP_AUTOMATIC);
    }
}

static void test_late_is_counted_when_it_falls_due(void **state)
{
    (void)state;
    const int64_t to_midnight = INT64_C(86400000) - START_MS % INT64_C(86400000);
    for (int is_met = 0; is_met < 2; is_met++) {
        struct fixture f = start();
        f.p->teams[0].targets[CLOCK_ANSWER][LEVEL_NORMAL].minutes =
            (int32_t)(to_midnight / MINUTE_MS) + 1;
        assert_int_equal(sla_start(&f.clock, f.p, &f.c, CLOCK_ANSWER, START_MS, START_MS), ERR_OK);
        f.clock.phase = PHASE_LATE; /* recorded, then it is heard that it was in time after all */
        int64_t at_ms = START_MS + to_midnight + (is_met ? -1 : INT64_C(86400000));
        struct event e = stop(&f, at_ms, STOP_REPLY);
        assert_false(e.u.stop.is_counted);
        assert_int_equal(e.u.stop.is_met, is_met);
        assert_int_equal(e.u.stop.day, START_MS / INT64_C(86400000) + (is_met ? 1 : 2));
    }
}

static void test_standing_still(void **state)
{
    (void)state;
    struct fixture f = start();
    sla_pause(&f.clock, f.p, &f.c, START_MS + 60 * MINUTE_MS);
    sla_pause(&f.clock, f.p, &f.c, START_MS + 70 * MINUTE_MS); /* it stands already */
    assert_true(f.clock.is_paused);
    assert_int_equal(f.clock.counted_ms, 60 * MINUTE_MS);
    assert_int_equal(sla_go_on(&f.clock, f.p, &f.c, START_MS + 500 * MINUTE_MS), ERR_OK);
    assert_int_equal(f.clock.soon_ms, START_MS + 50 * MINUTE_MS); /* behind: it stays */
    assert_int_equal(f.clock.risk_ms, START_MS + 520 * MINUTE_MS);
    assert_int_equal(f.clock.due_ms, START_MS + 540 * MINUTE_MS);
    struct clock running = f.clock;
    assert_int_equal(sla_go_on(&f.clock, f.p, &f.c, START_MS + 600 * MINUTE_MS), ERR_OK);
    assert_memory_equal(&f.clock, &running, sizeof running);
    struct event e = stop(&f, START_MS + 530 * MINUTE_MS, STOP_RESOLVED);
    assert_true(e.u.stop.is_met);
    assert_int_equal(e.u.stop.used_working_ms, 90 * MINUTE_MS);
    assert_int_equal(e.u.stop.used_ms, 530 * MINUTE_MS);
}

static void test_what_stood_still_in_time_is_in_time(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct fixture f = start();
        sla_pause(&f.clock, f.p, &f.c, START_MS + TARGET_MS + over);
        struct event e = stop(&f, START_MS + 9 * TARGET_MS, STOP_RESOLVED);
        assert_int_equal(e.u.stop.is_met, !over);
        assert_int_equal(e.u.stop.used_working_ms, TARGET_MS + over);
    }
}

static void test_a_clock_that_counts_all_time(void **state)
{
    (void)state;
    struct fixture f = start();
    f.p->teams[0].targets[CLOCK_ANSWER][LEVEL_NORMAL].is_always = true;
    assert_int_equal(sla_start(&f.clock, f.p, &f.c, CLOCK_ANSWER, START_MS, START_MS), ERR_OK);
    assert_true(f.clock.is_always);
    assert_int_equal(f.clock.due_ms, START_MS + TARGET_MS);
    sla_pause(&f.clock, f.p, &f.c, START_MS - MINUTE_MS); /* before it began: nothing counts */
    assert_int_equal(f.clock.counted_ms, 0);
    assert_int_equal(f.clock.since_ms, START_MS);
    assert_int_equal(sla_go_on(&f.clock, f.p, &f.c, START_MS + 10 * MINUTE_MS), ERR_OK);
    sla_pause(&f.clock, f.p, &f.c, START_MS + 35 * MINUTE_MS);
    assert_int_equal(f.clock.counted_ms, 25 * MINUTE_MS);
    struct event e = stop(&f, START_MS - 5, STOP_REPLY); /* a time before the start uses none */
    assert_int_equal(e.u.stop.used_ms, 0);
}

static void test_retarget_counts_from_the_start(void **state)
{
    (void)state;
    struct fixture f = start();
    f.clock.phase = PHASE_RISK;
    f.p->teams[0].targets[CLOCK_ANSWER][LEVEL_HIGH].minutes = 20;
    f.c.level = LEVEL_HIGH;
    assert_int_equal(sla_retarget(&f.clock, f.p, &f.c, CLOCK_ANSWER), ERR_OK);
    assert_int_equal(f.clock.due_ms, START_MS + 20 * MINUTE_MS);
    assert_int_equal(f.clock.phase, PHASE_CALM); /* its crossings are found anew */
    f.clock.phase = PHASE_LATE;
    struct clock late = f.clock;
    f.c.level = LEVEL_NORMAL;
    assert_int_equal(sla_retarget(&f.clock, f.p, &f.c, CLOCK_ANSWER), ERR_OK);
    assert_memory_equal(&f.clock, &late, sizeof late);
    policy_free(f.p);
}

static void test_rank(void **state)
{
    (void)state;
    struct fixture f = start();
    f.c.clocks[CLOCK_ANSWER] = f.clock;
    int64_t due_ms = f.clock.due_ms;
    static const int64_t head_start_h[LEVEL_N] = {-2, 0, 2, 24};
    for (int l = 0; l < LEVEL_N; l++) {
        f.c.level = (enum level)l;
        assert_int_equal(sla_rank(f.p, &f.c, START_MS), due_ms - head_start_h[l] * HOUR_MS);
    }
    f.c.level = LEVEL_NORMAL;
    assert_int_equal(sla_rank(f.p, &f.c, due_ms + f.p->stale_ms - 1), due_ms);
    assert_int_equal(sla_rank(f.p, &f.c, due_ms + f.p->stale_ms), due_ms + f.p->stale_push_ms);
    memset(f.c.clocks, 0, sizeof f.c.clocks);
    f.c.place_ms = START_MS + 7; /* without a promise: since when it waits */
    assert_int_equal(sla_rank(f.p, &f.c, START_MS), START_MS + 7);
    policy_free(f.p);
}

static void test_days_and_hours(void **state)
{
    (void)state;
    struct fixture f = start();
    uint8_t hour;
    assert_int_equal(sla_day(f.p, START_MS, &hour), START_MS / 86400000);
    assert_int_equal(hour, START_MS / 3600000 % 24);
    assert_int_equal(sla_day(f.p, -86400000, NULL), 0);
    policy_free(f.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thresholds_and_phases),
        cmocka_unit_test(test_no_target_is_no_clock),
        cmocka_unit_test(test_a_plan_shortens_and_never_lengthens),
        cmocka_unit_test(test_late_on_arrival_to_the_millisecond),
        cmocka_unit_test(test_met_until_the_due_itself),
        cmocka_unit_test(test_what_is_disposed_of_is_not_judged),
        cmocka_unit_test(test_late_is_counted_when_it_falls_due),
        cmocka_unit_test(test_standing_still),
        cmocka_unit_test(test_what_stood_still_in_time_is_in_time),
        cmocka_unit_test(test_a_clock_that_counts_all_time),
        cmocka_unit_test(test_retarget_counts_from_the_start),
        cmocka_unit_test(test_rank),
        cmocka_unit_test(test_days_and_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
