/* test_counter.c - the trend's buckets over long quiets. */
#include "bench/ram_tables.h"
#include "core/record/counter.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define AT(n) ((int64_t)(n) * COUNTER_BUCKET_MS)

/* Counts the reads that go through it. */
struct counted {
    struct tables t;
    unsigned n_reads;
};

static enum err counted_get(void *ctx, enum table table, struct slice key, struct slice *v)
{
    struct counted *c = ctx;
    c->n_reads++;
    return c->t.get(c->t.ctx, table, key, v);
}

static enum err counted_seek(void *ctx, enum table table, struct slice from, struct slice *key,
                             struct slice *v)
{
    struct counted *c = ctx;
    c->n_reads++;
    return c->t.seek(c->t.ctx, table, from, key, v);
}

static void set(struct counted *c, int64_t bucket, int64_t waiting)
{
    const struct bucket_counter b = {.arrived = 1, .waiting = waiting};
    assert_int_equal(counter_set_bucket(&c->t, AT(bucket), &b), ERR_OK);
}

static void expect_before(struct counted *c, int64_t bucket, int64_t found, int64_t waiting)
{
    const struct tables t = {.ctx = c, .get = counted_get, .seek = counted_seek};
    struct bucket_counter out;
    int64_t at_ms;
    c->n_reads = 0;
    assert_int_equal(counter_bucket_before(&t, AT(bucket) + 1, &at_ms, &out), ERR_OK);
    assert_int_equal(at_ms, AT(found));
    assert_int_equal(out.waiting, waiting);
    assert_true(c->n_reads < 64);
}

static void test_newest_bucket_before(void **state)
{
    struct ram *r = ram_new();
    struct counted c = {.t = ram_tables(r)};
    struct bucket_counter out;
    int64_t at_ms;
    (void)state;
    assert_int_equal(counter_bucket_before(&c.t, AT(7), &at_ms, &out), ERR_NOT_FOUND);
    set(&c, 1000, 10);
    set(&c, 1001, 11);
    set(&c, 1005, 15);
    set(&c, 900000, 9);
    assert_int_equal(counter_bucket_before(&c.t, AT(999), &at_ms, &out), ERR_NOT_FOUND);
    expect_before(&c, 1000, 1000, 10);
    expect_before(&c, 1001, 1001, 11);
    expect_before(&c, 1004, 1001, 11);
    expect_before(&c, 1005, 1005, 15);
    expect_before(&c, 1006, 1005, 15);
    expect_before(&c, 899999, 1005, 15);
    expect_before(&c, 900000, 900000, 9);
    expect_before(&c, 9000000, 900000, 9);
    ram_free(r);
}

static void test_bucket_that_is_not_there(void **state)
{
    struct ram *r = ram_new();
    struct counted c = {.t = ram_tables(r)};
    struct bucket_counter out;
    (void)state;
    set(&c, 5, 0);
    assert_int_equal(counter_bucket(&c.t, AT(5) + 1, &out), ERR_OK);
    assert_int_equal(out.arrived, 1);
    set(&c, 5, 3);
    set(&c, 5, 4);
    assert_int_equal(counter_bucket(&c.t, AT(5), &out), ERR_OK);
    assert_int_equal(out.arrived, 3); /* adds up */
    assert_int_equal(out.waiting, 4); /* stands where it stands */
    assert_int_equal(counter_bucket(&c.t, AT(4), &out), ERR_NOT_FOUND);
    assert_int_equal(counter_bucket(&c.t, AT(6), &out), ERR_NOT_FOUND);
    ram_free(r);
}

/* One counter of each kind damaged, or of a newer version: whoever reads it hears of it. */
static void test_damaged_counters(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum err wanted;
    } values[] = {{"\1\2", ERR_CORRUPT}, {"", ERR_CORRUPT}, {"\2.................", ERR_VERSION}};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct ram *r = ram_new();
        struct counted c = {.t = ram_tables(r)};
        const struct text_counter text = {1, 5};
        const struct day_counter day = {.of = 1};
        const struct bucket_counter bucket = {.arrived = 1};
        struct record_key from = {.n = 0};
        struct slice key;
        struct bucket_counter out;
        int64_t at_ms;
        assert_int_equal(counter_set_text(&c.t, 9, &text), ERR_OK);
        assert_int_equal(counter_add_day(&c.t, 3, &day), ERR_OK);
        set(&c, 5, 0);
        while (c.t.seek(c.t.ctx, TABLE_COUNTER, record_key_slice(&from), &key, NULL) == ERR_OK) {
            memcpy(from.b, key.p, key.n);
            from.n = key.n;
            assert_int_equal(
                c.t.put(c.t.ctx, TABLE_COUNTER, record_key_slice(&from), slice_of(values[i].bytes)),
                ERR_OK);
            from.b[from.n++] = 0;
        }
        assert_int_equal(counter_add_day(&c.t, 3, &day), values[i].wanted);
        assert_int_equal(counter_set_bucket(&c.t, AT(5), &bucket), values[i].wanted);
        assert_int_equal(counter_bucket_before(&c.t, AT(5), &at_ms, &out), values[i].wanted);
        assert_int_equal(counter_text(&c.t, 9, &(struct text_counter){0}), values[i].wanted);
        assert_int_equal(counter_drop_before(&c.t, 0, 0), values[i].wanted); /* of the text */
        ram_free(r);
    }
}

static void test_days_and_texts_are_dropped_by_their_age(void **state)
{
    (void)state;
    struct ram *r = ram_new();
    struct counted c = {.t = ram_tables(r)};
    struct day_counter day;
    struct text_counter text;
    for (uint32_t i = 0; i < 4; i++) {
        const struct day_counter one = {.arrived = 1};
        const struct text_counter t = {.n = 1, .since_ms = AT(i)};
        assert_int_equal(counter_add_day(&c.t, 10 + i, &one), ERR_OK);
        assert_int_equal(counter_set_text(&c.t, UINT64_C(0xfedcba9876543210) * (i + 1), &t),
                         ERR_OK);
        set(&c, i, 1);
    }
    assert_int_equal(counter_drop_before(&c.t, AT(2), 12), ERR_OK);
    assert_int_equal(ram_count(r, TABLE_COUNTER), 6);
    for (uint32_t i = 0; i < 4; i++) {
        struct bucket_counter b;
        assert_int_equal(counter_day(&c.t, 10 + i, &day), ERR_OK);
        assert_int_equal(day.arrived, i >= 2);
        assert_int_equal(counter_text(&c.t, UINT64_C(0xfedcba9876543210) * (i + 1), &text), ERR_OK);
        assert_int_equal(text.n, i >= 2);
        assert_int_equal(counter_bucket(&c.t, AT(i), &b), i >= 2 ? ERR_OK : ERR_NOT_FOUND);
    }
    assert_int_equal(counter_set_bucket(&c.t, -5, &(struct bucket_counter){.arrived = 1}), ERR_OK);
    ram_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newest_bucket_before),
        cmocka_unit_test(test_bucket_that_is_not_there),
        cmocka_unit_test(test_damaged_counters),
        cmocka_unit_test(test_days_and_texts_are_dropped_by_their_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
