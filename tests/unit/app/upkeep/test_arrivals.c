/* test_arrivals.c - the week out of roll-ups: which hour, which days, which clocks. */
#include "app/upkeep/arrivals.h"
#include "bench/ram_tables.h"
#include "core/record/record.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define MONDAY 20605u /* 2026-06-01 */

static void put(struct ram *ram, struct rollup_key k, uint64_t n, int64_t used_min)
{
    struct tables t = ram_tables(ram);
    struct rollup_rec r = {.n = n, .used_ms = used_min * 60000 * (int64_t)n};
    struct record_key key = key_rollup(&k);
    struct buf b;
    buf_init(&b, 0);
    record_put_rollup(&b, &r);
    assert_int_equal(t.put(t.ctx, TABLE_ROLLUP, record_key_slice(&key), buf_slice(&b)), ERR_OK);
    buf_fini(&b);
}

static struct rollup_key cell(uint32_t day, uint8_t hour, enum clock_kind clock, uint16_t team)
{
    return (struct rollup_key){
        .day = day, .team = team, .category = 3, .hour = hour, .clock = (uint8_t)clock};
}

static struct arrivals read_team(struct ram *ram, int team)
{
    struct tables t = ram_tables(ram);
    struct arrivals a;
    assert_int_equal(arrivals_read(&t, team, &a), ERR_OK);
    return a;
}

static void test_nothing(void **state)
{
    struct ram *ram = ram_new();
    struct arrivals a = read_team(ram, -1);
    (void)state;
    assert_true(a.first_day > a.last_day);
    for (int d = 0; d < 7; d++)
        assert_int_equal(arrivals_days(&a, d), 0);
    ram_free(ram);
}

static void test_hours_are_set_back(void **state)
{
    struct ram *ram = ram_new();
    (void)state;
    put(ram, cell(MONDAY, 10, CLOCK_ACKNOWLEDGE, 0), 4, 10); /* within the hour */
    put(ram, cell(MONDAY, 12, CLOCK_ACKNOWLEDGE, 0), 5, 60); /* an hour before */
    put(ram, cell(MONDAY + 1, 0, CLOCK_ANSWER, 0), 6, 180);  /* the evening before */
    put(ram, cell(MONDAY + 1, 9, CLOCK_RESOLVE, 0), 7, 10);  /* no arrival */
    struct arrivals a = read_team(ram, -1);
    assert_int_equal(a.first_day, MONDAY);
    assert_int_equal(a.last_day, MONDAY + 1);
    assert_true(a.conversations[10] == 4 && a.conversations[11] == 5);
    assert_true(a.contacts[21] == 6);
    double sum = 0;
    for (int i = 0; i < ARRIVALS_HOURS; i++)
        sum += a.conversations[i] + a.contacts[i];
    assert_true(sum == 15);
    ram_free(ram);
}

static void test_partial_days_are_left_out(void **state)
{
    struct ram *ram = ram_new();
    (void)state;
    for (uint32_t day = 0; day < 16; day++)
        put(ram, cell(MONDAY + day, 10, CLOCK_ACKNOWLEDGE, (uint16_t)(day % 2)), 2, 5);
    struct arrivals a = read_team(ram, -1);
    assert_int_equal(a.first_day, MONDAY + 1);
    assert_int_equal(a.last_day, MONDAY + 14);
    for (int d = 0; d < 7; d++) {
        assert_int_equal(arrivals_days(&a, d), 2);
        assert_true(a.conversations[d * 24 + 10] == 4);
    }
    struct arrivals one = read_team(ram, 1);
    assert_true(one.conversations[24 + 10] == 0 || one.conversations[24 + 10] == 2);
    assert_int_equal(one.first_day, MONDAY + 2);
    ram_free(ram);
}

static void test_document(void **state)
{
    struct ram *ram = ram_new();
    struct buf b;
    struct cJSON *j;
    struct json_error e;
    struct arrivals again;
    (void)state;
    put(ram, cell(MONDAY, 10, CLOCK_ANSWER, 0), 4, 10);
    struct arrivals a = read_team(ram, -1);
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    arrivals_put(&a, &o);
    json_close_object(&o);
    assert_int_equal(json_parse(buf_slice(&b), &json_limits_file, &j, &e), ERR_OK);
    assert_int_equal(arrivals_get(j, &again), ERR_OK);
    assert_true(again.first_day == a.first_day && again.contacts[10] == 4);
    json_free(j);
    assert_int_equal(json_parse(slice_of("{\"first_day\":1}"), &json_limits_file, &j, &e), ERR_OK);
    assert_int_equal(arrivals_get(j, &again), ERR_INVALID);
    json_free(j);
    buf_fini(&b);
    ram_free(ram);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_hours_are_set_back),
        cmocka_unit_test(test_partial_days_are_left_out),
        cmocka_unit_test(test_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
