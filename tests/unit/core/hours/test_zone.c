/* test_zone.c - zone files against the C library: changes in the table, rules behind it, leap days,
 * broken files. */
#include "bench/machine_zones.h"

static void test_far_future(void **state)
{
    static const char *const names[] = {"Europe/Madrid", "Australia/Lord_Howe", "America/Santiago",
                                        "Europe/Dublin", "Africa/Casablanca"};
    (void)state;
    if (!has_zone("Europe/Madrid"))
        skip();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct slice bytes;
        struct zone *z;
        assert_int_equal(read_zone(NULL, names[i], &bytes), ERR_OK);
        assert_int_equal(zone_parse(bytes, &z), ERR_OK);
        use_zone(names[i]);
        for (int64_t t = -2208988800; t < 13600000000; t += 1234567)
            assert_int_equal(zone_at(z, t).offset_s, offset_at(t));
        zone_free(z);
    }
}

/* A zone file of version 2 with one type and a rule at its end. */
static enum err zone_of_rule(const char *rule, int32_t first_offset_s, struct zone **out)
{
    struct buf b;
    buf_init(&b, 0);
    for (int header = 0; header < 2; header++) {
        static const uint8_t counts[24] = {[19] = 1, [23] = 4};
        uint32_t o = (uint32_t)first_offset_s;
        const uint8_t type[6] = {(uint8_t)(o >> 24), (uint8_t)(o >> 16), (uint8_t)(o >> 8),
                                 (uint8_t)o};
        buf_add_z(&b, "TZif2");
        buf_add(&b, (const char[15]){0}, 15);
        buf_add(&b, counts, sizeof counts);
        buf_add(&b, type, sizeof type);
        buf_add(&b, "LMT", 4);
    }
    buf_printf(&b, "\n%s\n", rule);
    enum err e = zone_parse(buf_slice(&b), out);
    buf_fini(&b);
    return e;
}

/* In the months from `month` to three later: changes that pass each other mean nothing. */
static void random_date(char out[32], int month)
{
    int kind = pick(3);
    if (kind == 0)
        snprintf(out, 32, "M%d.%d.%d/%d", month + pick(4), 1 + pick(5), pick(7), pick(25));
    else
        snprintf(out, 32, "%s%d/%d:%02d", kind == 1 ? "J" : "", month * 30 + pick(100), pick(24),
                 pick(60));
}

/* The C library reads the same rules. */
static void test_rules_of_zones(void **state)
{
    (void)state;
    for (int i = 0; i < 400; i++) {
        char rule[160], summer[32], winter[32];
        struct zone *z;
        bool is_north = pick(2) == 0;
        random_date(summer, is_north ? 2 : 8);
        random_date(winter, is_north ? 8 : 2);
        snprintf(rule, sizeof rule, "%s%d:%02d%s%s,%s,%s", pick(2) ? "AAA" : "<+07>", pick(14),
                 pick(4) * 15, pick(2) ? "BBB" : "<x-1>", pick(2) ? "" : "-1", summer, winter);
        use_zone(rule);
        assert_int_equal(zone_of_rule(rule, 0, &z), ERR_OK);
        for (int k = 0; k < 300; k++) {
            int64_t t = (int64_t)pick(13000000) * 1000;
            struct zone_segment s = zone_at(z, t);
            if (s.offset_s != offset_at(t))
                fail_msg("%s at %lld: %d, wanted %d", rule, (long long)t, (int)s.offset_s,
                         (int)offset_at(t));
            assert_true(s.start_s <= t && t < s.end_s);
        }
        zone_free(z);
    }
}

/* "J" days leave the 29th of February out, plain ones count it. */
static void test_leap_days(void **state)
{
    static const char *const rules[] = {"AAA0BBB,J59/0,J300/0", "AAA0BBB,J60/0,J300/0",
                                        "AAA0BBB,58/0,300/0", "AAA0BBB,59/0,300/0",
                                        "AAA0BBB,60/0,300/0"};
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct zone *z;
        use_zone(rules[i]);
        assert_int_equal(zone_of_rule(rules[i], 0, &z), ERR_OK);
        for (int year = 2023; year <= 2024; year++) {
            int64_t day = utc_days_from_date((struct utc_date){year, 2, 26});
            for (int64_t t = day * 86400; t < (day + 6) * 86400; t += 1800)
                assert_int_equal(zone_at(z, t).offset_s, offset_at(t));
        }
        zone_free(z);
    }
}

static void test_broken_zones(void **state)
{
    static const char *const rules[] = {"",
                                        "UTC0",
                                        "AB0",
                                        "CET",
                                        "CET-168",
                                        "CET-1CEST",
                                        "CET-1CEST,M3",
                                        "CET-1CEST,,",
                                        "CET-1CEST,M13.1.0,M10.5.0",
                                        "<CET-1",
                                        "CET-1:60",
                                        "CET-1x",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-1CEST,M3.5.7,M10.5.0",
                                        "CET-1CEST,J366,M10.5.0",
                                        "CET-1CEST,M3.5.0,M10.5.0,"};
    struct slice bytes;
    struct zone *z;
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        assert_int_equal(zone_of_rule(rules[i], 3600, &z), i < 2 ? ERR_OK : ERR_INVALID);
        if (i < 2)
            assert_int_equal(zone_at(z, 0).offset_s, i == 0 ? 3600 : 0);
        zone_free(z);
    }
    if (!has_zone("Europe/Madrid"))
        skip();
    assert_int_equal(read_zone(NULL, "Europe/Madrid", &bytes), ERR_OK);
    for (size_t n = 0; n < bytes.n; n += 7) /* cut anywhere */
        assert_int_equal(zone_parse(slice_make(bytes.p, n), &z), ERR_INVALID);
    for (int i = 0; i < 3000; i++) { /* or with a byte changed: refused, or usable */
        size_t at_byte = (size_t)pick((int)bytes.n);
        char was = zone_bytes.p[at_byte];
        zone_bytes.p[at_byte] = (char)pick(256);
        if (zone_parse(bytes, &z) == ERR_OK) {
            struct zone_segment s = zone_at(z, 1700000000);
            assert_true(s.start_s <= 1700000000 && 1700000000 < s.end_s);
            zone_free(z);
        }
        zone_bytes.p[at_byte] = was;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_far_future),
        cmocka_unit_test(test_rules_of_zones),
        cmocka_unit_test(test_broken_zones),
        cmocka_unit_test(test_leap_days),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
