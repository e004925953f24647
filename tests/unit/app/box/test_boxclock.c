/* test_boxclock.c - when the machine's clock is believed. */
#include "app/box/boxclock.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW INT64_C(1795000000000)
#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

/* The machine's clock stands `off_ms` beside the truth from `from_ms` to `to_ms` of the monotonic
 * clock; events go on.  Returns the time of the last. */
static int64_t run(struct boxclock *c, int64_t off_ms, int64_t from_ms, int64_t to_ms,
                   int64_t last_ms)
{
    for (int64_t mono_ms = from_ms; mono_ms < to_ms; mono_ms += 250) {
        boxclock_step(c, NOW + mono_ms + off_ms, mono_ms, false, last_ms);
        int64_t now_ms = boxclock_now_ms(c, mono_ms);
        last_ms = now_ms > last_ms ? now_ms : last_ms;
    }
    return last_ms;
}

static void test_small_steps_are_followed(void **state)
{
    struct boxclock c;
    (void)state;
    boxclock_init(&c, 0, NOW, 0);
    (void)run(&c, 60000, 0, 1000, 0);
    assert_false(c.is_held);
    assert_int_equal(boxclock_now_ms(&c, 1000), NOW + 750 + 60000 + 250);
}

static void test_a_leap_ahead_is_believed_when_it_stands(void **state)
{
    struct boxclock c;
    (void)state;
    boxclock_init(&c, 0, NOW, 0);
    int64_t last_ms = run(&c, DAY, 0, BOXCLOCK_TRUST_MS, 0);
    assert_true(c.is_held);
    assert_true(last_ms < NOW + BOXCLOCK_TRUST_MS);
    (void)run(&c, DAY, BOXCLOCK_TRUST_MS, BOXCLOCK_TRUST_MS + 500, last_ms);
    assert_false(c.is_held);
}

static void test_a_leap_back_is_held_until_the_last_event(void **state)
{
    struct boxclock c;
    (void)state;
    boxclock_init(&c, 0, NOW, 0);
    int64_t last_ms = run(&c, -HOUR, 0, BOXCLOCK_TRUST_MS + 60000, 0);
    assert_true(c.is_held);
    assert_true(last_ms < NOW + BOXCLOCK_TRUST_MS + 1000);
    last_ms = run(&c, -HOUR, BOXCLOCK_TRUST_MS + 60000, HOUR, last_ms);
    assert_true(c.is_held);
    last_ms = run(&c, -HOUR, HOUR, 2 * HOUR, last_ms);
    assert_false(c.is_held);
    assert_true(last_ms >= NOW + HOUR - 1000);
}

static void test_1970_is_never_believed(void **state)
{
    struct boxclock c;
    (void)state;
    boxclock_init(&c, NOW, 1000, 0);
    assert_true(c.is_held);
    (void)run(&c, -NOW, 0, 2 * HOUR, NOW);
    assert_true(c.is_held);
    (void)run(&c, 0, 2 * HOUR, 2 * HOUR + 500, NOW);
    assert_false(c.is_held);
}

static void test_return_of_the_clock(void **state)
{
    struct boxclock c;
    (void)state;
    boxclock_init(&c, 0, NOW, 0);
    int64_t last_ms = run(&c, -HOUR, 0, 60000, 0);
    assert_true(c.is_held);
    last_ms = run(&c, 0, 60000, 61000, last_ms);
    assert_false(c.is_held);
    assert_int_equal(last_ms, NOW + 60750);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_steps_are_followed),
        cmocka_unit_test(test_a_leap_ahead_is_believed_when_it_stands),
        cmocka_unit_test(test_a_leap_back_is_held_until_the_last_event),
        cmocka_unit_test(test_1970_is_never_believed),
        cmocka_unit_test(test_return_of_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
