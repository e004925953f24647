/* test_staff.c - published and own figures of the staffing models, and the simulation against the
 * formulas. */
#include "core/staff/staff.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void near(double got, double wanted, double tolerance)
{
    if (fabs(got - wanted) > tolerance)
        fail_msg("got %.7f, wanted %.7f", got, wanted);
}

static void test_erlang_c(void **state)
{
    static const struct {
        int agents;
        double load, p_wait;
    } rows[] = {{1, 0.5, 0.5},    {2, 1, 0.333333},   {3, 2, 0.444444},   {6, 5, 0.587516},
                {9, 8, 0.653327}, {11, 10, 0.682118}, {21, 20, 0.760642}, {49, 48, 0.836757}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct staff_question q = {STAFF_ERLANG_C, rows[i].load, 1, 1, 1, 0.8, 1, 0, 0, 0, 0, 0};
        struct staff_answer a;
        assert_int_equal(staff_achieved(&q, rows[i].agents, &a), ERR_OK);
        near(a.wait_probability, rows[i].p_wait, 1e-6);
    }
}

static void test_needed(void **state)
{
    struct staff_question q = {STAFF_ERLANG_C, 100, 30, 3, 0.33, 0.8, 0.85, 0.3, 0, 0, 0, 0};
    struct staff_answer a;
    (void)state;
    assert_int_equal(staff_needed(&q, &a), ERR_OK);
    assert_int_equal(a.agents, 14);
    assert_int_equal(a.scheduled, 20);
    near(a.share, 0.887853, 1e-6);
    near(a.occupancy, 0.714286, 1e-6);
    q.max_occupancy = 0.7;
    assert_int_equal(staff_needed(&q, &a), ERR_OK);
    assert_int_equal(a.agents, 15);
    assert_int_equal(a.scheduled, 22);
    q.max_occupancy = 2;
    assert_int_equal(staff_needed(&q, &a), ERR_RANGE);
}

static void test_erlang_a(void **state)
{
    struct staff_question q = {STAFF_ERLANG_A, 100, 30, 3, 1.0 / 3, 0.8, 1, 0, 5, 0, 0, 0};
    struct staff_answer a;
    (void)state;
    assert_int_equal(staff_achieved(&q, 13, &a), ERR_OK);
    near(a.wait_probability, 0.225797, 1e-6);
    near(a.abandon_share, 0.024963, 1e-6);
    near(a.mean_wait_min, 0.124817, 1e-6);
    near(a.occupancy, 0.750028, 1e-6);
    near(a.share, 0.858178, 1e-6);
    q.patience_min = 1e6; /* endless patience is Erlang C */
    struct staff_question c = q;
    struct staff_answer b;
    c.model = STAFF_ERLANG_C;
    assert_int_equal(staff_achieved(&q, 13, &a), ERR_OK);
    assert_int_equal(staff_achieved(&c, 13, &b), ERR_OK);
    near(a.share, b.share, 1e-4);
    near(a.wait_probability, b.wait_probability, 1e-4);
}

static void test_large_loads(void **state)
{
    struct staff_question q = {STAFF_ERLANG_C, 10000, 1, 1, 0.5, 0.9, 1, 0, 0, 0, 0, 0};
    struct staff_answer a;
    (void)state;
    assert_int_equal(staff_needed(&q, &a), ERR_OK);
    assert_in_range(a.agents, 10001, 10300);
    assert_true(a.share >= 0.9 && a.share <= 1);
    q.model = STAFF_ERLANG_A;
    q.patience_min = 2;
    assert_int_equal(staff_needed(&q, &a), ERR_OK);
    assert_in_range(a.agents, 9000, 10300);
}

static void test_async_against_simulation(void **state)
{
    (void)state;
    for (int concurrency = 1; concurrency <= 6; concurrency++) {
        struct staff_question q = {STAFF_ASYNC, 30, 60, 4, 60, 0.8, 1, 0, 0, concurrency, 2.5, 15};
        struct staff_answer a;
        struct staff_simulated s;
        int needed = 0;
        assert_int_equal(staff_needed(&q, &a), ERR_OK);
        for (int agents = a.agents - 3; agents <= a.agents + 3 && needed == 0; agents++) {
            assert_int_equal(staff_simulate(&q, agents, 4000, 7, &s), ERR_OK);
            if (s.share >= q.target_share)
                needed = agents;
        }
        assert_in_range(needed, a.agents - 1, a.agents + 1);
        if (concurrency == 2)
            assert_int_equal(a.agents, 10);
        if (concurrency == 4)
            assert_in_range(a.agents, 6, 7);
    }
}

static double pick(uint64_t *rng, double low, double high)
{
    *rng = *rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (high - low) * (double)(*rng >> 33) / 2147483648.0;
}

static struct staff_question random_question(uint64_t *rng)
{
    struct staff_question q = {.interval_min = 60, .max_occupancy = 1};
    q.model = (enum staff_model)(int)pick(rng, 0, 3);
    q.arrivals = pick(rng, 0.5, 200);
    q.handle_min = pick(rng, 0.5, 8);
    q.target_min = pick(rng, 0, 30);
    q.target_share = pick(rng, 0.3, 0.98);
    q.max_occupancy = pick(rng, 0.6, 1);
    q.patience_min = pick(rng, 0.5, 30);
    q.concurrency = (int)pick(rng, 1, 9);
    q.turns = pick(rng, 1, 5);
    q.pause_min = pick(rng, 0, 60);
    return q;
}

static bool does(const struct staff_question *q, const struct staff_answer *a)
{
    return a->is_stable && a->share >= q->target_share && a->occupancy <= q->max_occupancy;
}

/* More agents never do worse, and the answer is the first that does. */
static void test_least_number(void **state)
{
    uint64_t rng = 3;
    (void)state;
    for (int i = 0; i < 600; i++) {
        struct staff_question q = random_question(&rng);
        struct staff_answer needed, a;
        double before = -1;
        assert_int_equal(staff_needed(&q, &needed), ERR_OK);
        assert_true(does(&q, &needed));
        for (int m = 1; m <= needed.agents + 3; m++) {
            assert_int_equal(staff_achieved(&q, m, &a), ERR_OK);
            assert_true(a.share >= before - 1e-9 && a.share <= 1);
            assert_int_equal(does(&q, &a), m >= needed.agents);
            before = a.share;
        }
    }
}

static void test_ranges(void **state)
{
    struct staff_question q = {STAFF_ASYNC, 30, 60, 4, 60, 0.8, 1, 0, 0, 4, 2.5, 15};
    struct staff_answer a;
    struct staff_simulated s;
    (void)state;
    assert_int_equal(staff_achieved(&q, 0, &a), ERR_RANGE);
    assert_int_equal(staff_achieved(&q, STAFF_AGENTS_MAX + 1, &a), ERR_RANGE);
    assert_int_equal(staff_simulate(&q, 0, 10, 1, &s), ERR_RANGE);
    assert_int_equal(staff_simulate(&q, 5000, 10, 1, &s), ERR_RANGE);
    assert_int_equal(staff_simulate(&q, 1, 40000, 1, &s), ERR_FULL);
    assert_int_equal(s.n_waiting_at_end, 65536);
    q.arrivals = 0;
    assert_int_equal(staff_needed(&q, &a), ERR_OK);
    assert_int_equal(a.agents, 0);
    assert_int_equal(staff_simulate(&q, 1, 10, 1, &s), ERR_RANGE);
    q.arrivals = NAN;
    assert_int_equal(staff_needed(&q, &a), ERR_RANGE);
    q.arrivals = 30;
    q.concurrency = 51;
    assert_int_equal(staff_needed(&q, &a), ERR_RANGE);
}

static void test_simulation_repeats(void **state)
{
    struct staff_question q = {STAFF_ASYNC, 30, 60, 4, 60, 0.8, 1, 0, 0, 4, 2.5, 15};
    struct staff_simulated a, b, c;
    (void)state;
    assert_int_equal(staff_simulate(&q, 7, 1000, 1, &a), ERR_OK);
    assert_int_equal(staff_simulate(&q, 7, 1000, 1, &b), ERR_OK);
    assert_int_equal(staff_simulate(&q, 7, 1000, 2, &c), ERR_OK);
    assert_true(a.mean_wait_min == b.mean_wait_min && a.n_conversations == b.n_conversations);
    assert_true(a.mean_wait_min != c.mean_wait_min);
    near(a.occupancy, 5.0 / 7, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_erlang_c),
        cmocka_unit_test(test_needed),
        cmocka_unit_test(test_erlang_a),
        cmocka_unit_test(test_large_loads),
        cmocka_unit_test(test_async_against_simulation),
        cmocka_unit_test(test_least_number),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_simulation_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
