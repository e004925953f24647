/* test_hours_cases.c - gaps, folds, nights, holidays, edges, and every fault of the document. */
#include "bench/machine_zones.h"

static int64_t at(const char *text)
{
    int64_t ms = 0;
    assert_int_equal(utc_parse(slice_of(text), &ms), ERR_OK);
    return ms;
}

static void assert_due(const char *calendar, const char *from, int64_t minutes, const char *wanted)
{
    char got[UTC_TEXT_MAX];
    int64_t ms = 0;
    struct hours *h = parse_text(slice_of(calendar));
    assert_int_equal(hours_due(h, at(from), minutes * 60000, NULL, 0, &ms), ERR_OK);
    utc_text(ms, got);
    hours_free(h);
    assert_string_equal(got, wanted);
}

#define DAILY(spans)                                                                               \
    "{\"mon\":" spans ",\"tue\":" spans ",\"wed\":" spans ",\"thu\":" spans ",\"fri\":" spans      \
    ",\"sat\":" spans ",\"sun\":" spans "}"
#define IN(zone, spans) "{\"tz\":\"" zone "\",\"hours\":" DAILY(spans) "}"

static void test_gaps(void **state)
{
    (void)state;
    if (!has_zone("Australia/Lord_Howe"))
        skip();
    /* half an hour: 02:00 becomes 02:30; 02:15 moves to 02:45 */
    assert_due(IN("Australia/Lord_Howe", "[[\"02:15\",\"03:00\"]]"), "2026-10-03T12:00:00Z", 1,
               "2026-10-03T15:46:00Z");
    assert_due(IN("Australia/Lord_Howe", "[[\"01:00\",\"02:00\"],[\"02:30\",\"03:00\"]]"),
               "2026-10-03T14:00:00Z", 90, "2026-10-03T16:00:00Z");
    /* Samoa left 2011-12-30 out: its morning moves to the 31st, whose own is not counted twice */
    assert_due(IN("Pacific/Apia", "[[\"09:00\",\"17:00\"]]"), "2011-12-30T00:00:00Z", 180 + 1,
               "2011-12-30T19:01:00Z");
    assert_due(IN("Pacific/Apia", "[[\"09:00\",\"17:00\"]]"), "2011-12-30T00:00:00Z", 180 + 480 + 1,
               "2011-12-31T19:01:00Z");
    assert_due("{\"tz\":\"Pacific/Apia\",\"hours\":{\"fri\":[[\"09:00\",\"17:00\"]]}}",
               "2011-12-30T00:00:00Z", 60, "2011-12-30T20:00:00Z");
    /* midnight that does not exist, as a beginning and as an end */
    assert_due(IN("America/Sao_Paulo", "[[\"00:00\",\"06:00\"]]"), "2018-11-03T12:00:00Z", 1,
               "2018-11-04T03:01:00Z");
    assert_due(IN("America/Sao_Paulo", "[[\"22:00\",\"24:00\"]]"), "2015-10-17T12:00:00Z", 120,
               "2015-10-18T03:00:00Z");
    /* a span inside the gap moves behind the beginning of the next one: both count, once */
    const char *nested = IN("Europe/Berlin", "[[\"02:30\",\"02:45\"],[\"03:00\",\"04:00\"]]");
    assert_due(nested, "2026-03-29T00:00:00Z", 1, "2026-03-29T01:01:00Z");
    assert_due(nested, "2026-03-29T00:00:00Z", 60, "2026-03-29T02:00:00Z");
}

static void test_folds(void **state)
{
    (void)state;
    if (!has_zone("Europe/Berlin"))
        skip();
    /* 02:30 comes twice: the first; 03:00 comes once, after both */
    assert_due(IN("Europe/Berlin", "[[\"02:30\",\"03:00\"]]"), "2026-10-24T12:00:00Z", 90,
               "2026-10-25T02:00:00Z");
    assert_due(IN("Europe/Berlin", "[[\"01:00\",\"02:30\"]]"), "2026-10-24T12:00:00Z", 91,
               "2026-10-26T00:01:00Z");
    /* whole days have 25 hours, or 23 */
    assert_due(IN("Europe/Berlin", "[[\"00:00\",\"24:00\"]]"), "2026-10-24T22:00:00Z", 25 * 60,
               "2026-10-25T23:00:00Z");
    assert_due(IN("Europe/Berlin", "[[\"00:00\",\"24:00\"]]"), "2026-03-28T23:00:00Z", 23 * 60,
               "2026-03-29T22:00:00Z");
}

static void test_far_future(void **state)
{
    (void)state;
    if (!has_zone("Europe/Madrid"))
        skip();
    assert_due(IN("Europe/Madrid", "[[\"09:00\",\"17:00\"]]"), "2400-07-01T00:00:00Z", 60,
               "2400-07-01T08:00:00Z");
    assert_due(IN("Europe/Madrid", "[[\"09:00\",\"17:00\"]]"), "2400-12-01T00:00:00Z", 60,
               "2400-12-01T09:00:00Z");
}

static void test_always(void **state)
{
    struct hours *h = hours_always();
    struct hours_piece pieces[HOURS_PIECES_MAX];
    int64_t ms = 0;
    int hour = 0;
    (void)state;
    assert_true(hours_is_always(h) && hours_is_at_work(h, -1));
    assert_int_equal(hours_next_change(h, 0, &ms), ERR_RANGE);
    assert_int_equal(hours_local_day(h, -1, &hour), -1);
    assert_int_equal(hour, 23);
    assert_int_equal(hours_local_day(h, 86400000, NULL), 1);
    assert_int_equal(hours_pieces(h, 0, pieces), 1);
    assert_true(pieces[0].from_min == 0 && pieces[0].to_min == 1440);
    assert_int_equal(hours_due(h, UTC_MAX_MS - 10, 11, NULL, 0, &ms), ERR_RANGE);
    assert_int_equal(hours_due(h, UTC_MAX_MS - 10, 10, NULL, 0, &ms), ERR_OK);
    assert_int_equal(zone_local_ms(hours_zone(h), 5), 5);
    hours_free(h);
    hours_free(NULL);
}

static void test_pieces(void **state)
{
    struct hours *h =
        parse_text(slice_of("{\"hours\":{\"mon\":[[\"20:00\",\"02:00\"],[\"08:00\",\"09:00\"]]},"
                            "\"holidays\":[\"2026-01-06\"],\"special\":{\"2026-01-07\":[[\"10:00\","
                            "\"24:00\"]]}}"));
    struct hours_piece p[HOURS_PIECES_MAX];
    int64_t monday = utc_days_from_date((struct utc_date){2026, 1, 5}), ms = 0;
    (void)state;
    assert_false(hours_is_always(h));
    assert_int_equal(hours_pieces(h, monday, p), 2);
    assert_true(p[0].from_min == 480 && p[1].from_min == 1200 && p[1].to_min == 1440);
    assert_int_equal(hours_pieces(h, monday + 1, p), 0);
    assert_int_equal(hours_pieces(h, monday + 2, p), 1);
    assert_int_equal(hours_pieces(h, monday + 8, p), 1);
    assert_true(p[0].from_min == 0 && p[0].to_min == 120);
    /* from Monday the twelfth on, the night is one stretch */
    assert_int_equal(hours_next_change(h, at("2026-01-12T21:00:00Z"), &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-13T02:00:00Z"));
    assert_int_equal(hours_next_change(h, at("2026-01-13T02:00:00Z"), &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-19T08:00:00Z"));
    hours_free(h);
    h = parse_text(slice_of("{\"hours\":" DAILY("[[\"00:00\",\"24:00\"]]") "}"));
    assert_int_equal(hours_next_change(h, 0, &ms), ERR_RANGE);
    hours_free(h);
}

static void test_many_pauses(void **state)
{
    struct hours_span paused[50];
    struct hours *h = hours_always();
    int64_t ms = 0;
    (void)state;
    for (int i = 0; i < 50; i++) /* the second half of each minute, last first */
        paused[i] = (struct hours_span){(49 - i) * 60000 + 30000, (50 - i) * 60000};
    assert_int_equal(hours_elapsed(h, 0, 3600000, paused, 50, &ms), ERR_OK);
    assert_int_equal(ms, 3600000 - 50 * 30000);
    assert_int_equal(hours_due(h, 0, 30000 * 40 + 1, paused, 50, &ms), ERR_OK);
    assert_int_equal(ms, 40 * 60000 + 1);
    hours_free(h);
}

static void test_long_spans_of_time(void **state)
{
    struct hours *h = parse_text(slice_of("{\"hours\":{\"mon\":[[\"08:00\",\"08:01\"]]}}"));
    int64_t ms = 0;
    (void)state;
    assert_int_equal(
        hours_elapsed(h, at("0001-01-01T00:00:00Z"), at("9999-12-31T00:00:00Z"), NULL, 0, &ms),
        ERR_OK);
    assert_int_equal(ms / 60000, 521723);
    assert_int_equal(
        hours_due(h, at("2026-01-01T00:00:00Z"), 400 * 53 * INT64_C(60000), NULL, 0, &ms),
        ERR_RANGE);
    assert_int_equal(hours_due(h, at("2026-01-01T00:00:00Z"), 20000 * INT64_C(60000), NULL, 0, &ms),
                     ERR_OK);
    assert_int_equal(hours_due(h, 0, -1, NULL, 0, &ms), ERR_RANGE);
    hours_free(h);
}

static void test_edges(void **state)
{
    const char *office = "{\"hours\":" DAILY("[[\"09:00\",\"17:00\"]]") "}";
    struct hours *h = parse_text(slice_of(office));
    int64_t ms = 0;
    struct hours_span whole = {at("2026-01-05T09:30:00Z"), at("2026-01-06T10:00:00Z")};
    (void)state;
    assert_due(office, "2026-01-05T16:00:00Z", 60, "2026-01-05T17:00:00Z");
    assert_due(office, "2026-01-05T16:00:00Z", 61, "2026-01-06T09:01:00Z");
    assert_due(office, "2026-01-05T20:00:00Z", 0, "2026-01-05T20:00:00Z");
    assert_due(office, "2026-01-05T17:00:00Z", 1, "2026-01-06T09:01:00Z");
    /* a pause over closing time; one that begins where the time is up does not move it */
    assert_int_equal(hours_due(h, at("2026-01-05T09:00:00Z"), 3600000, &whole, 1, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-06T10:30:00Z"));
    assert_int_equal(hours_due(h, at("2026-01-05T09:00:00Z"), 1800000, &whole, 1, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-05T09:30:00Z"));
    assert_int_equal(hours_due(h, at("2026-01-05T16:59:59.999Z"), 2, NULL, 0, &ms), ERR_OK);
    assert_int_equal(ms, at("2026-01-06T09:00:00.001Z"));
    hours_free(h);
}

static void test_nights_and_holidays(void **state)
{
    const char *night =
        "{\"hours\":{\"sun\":[[\"22:00\",\"06:00\"]],\"mon\":[[\"06:00\",\"08:00\"]]},"
        "\"holidays\":[\"2026-01-11\"],\"special\":{\"2026-01-19\":[[\"01:00\","
        "\"02:00\"]]}}";
    (void)state;
    assert_due(night, "2026-01-04T12:00:00Z", 600, "2026-01-05T08:00:00Z");
    /* the eleventh is a holiday, but the night's part on Monday is Monday's */
    assert_due(night, "2026-01-06T00:00:00Z", 60, "2026-01-12T01:00:00Z");
    /* a special day stands for all of its day, the night's part too */
    assert_due(night, "2026-01-18T22:00:00Z", 121, "2026-01-19T01:01:00Z");
    assert_due(night, "2026-01-18T22:00:00Z", 181, "2026-01-25T22:01:00Z");
}

static void test_faults(void **state)
{
    static const struct {
        const char *text, *path;
    } rows[] = {
        {"[]", "$"},
        {"{}", "$.hours"},
        {"{\"hours\":{}}", "$"},
        {"{\"hours\":{\"mon\":[]}}", "$"},
        {"{\"hours\":{\"mo\":[]}}", "$.hours.mo"},
        {"{\"hours\":{\"mon\":[[\"8:00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:60\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"24:01\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"24:00\",\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[8,12]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"],[\"11:00\",\"13:00\"]]}}", "$.hours.mon[1]"},
        {"{\"hours\":{\"mon\":[[\"22:00\",\"06:00\"]],\"tue\":[[\"05:00\",\"07:00\"]]}}",
         "$.hours.tue"},
        {"{\"tz\":\"Mars/Olympus\",\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]}}", "$.tz"},
        {"{\"tz\":7,\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]}}", "$.tz"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":[\"2026-02-29\"]}",
         "$.holidays[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":\"2026-02-28\"}", "$.holidays"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays\":[\"2026-01-01\",\"2026-01-01\"]"
         "}",
         "$.holidays[1]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"2026-01-01\":[[\"22:00\","
         "\"02:00\"]]}}",
         "$.special.2026-01-01"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holiday\":[]}", "$.holiday"},
        {"{\"hours\":{\"mon\":\"08:00\"}}", "$.hours.mon"},
        {"{\"hours\":{\"mon\":[[\"08-00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"0a:00\",\"12:00\"]]}}", "$.hours.mon[0]"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":[]}", "$.special"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"Monday\":[]}}",
         "$.special.Monday"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"special\":{\"2026-01-01\":[]},"
         "\"holidays\":[\"2026-01-01\"]}",
         "$.special.2026-01-01"},
        {"{\"hours\":{\"mon\":[[\"08:00\",\"12:00\"]]},\"holidays_ics\":\"a.ics\"}",
         "$.holidays_ics"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cJSON *j;
        struct json_error e;
        struct fault_list faults = {0};
        struct hours *h;
        assert_int_equal(json_parse(slice_of(rows[i].text), &json_limits_file, &j, &e), ERR_OK);
        assert_int_equal(hours_parse(j, "$", &zones, &faults, &h), ERR_INVALID);
        assert_null(h);
        assert_true(faults.n >= 1);
        assert_string_equal(faults.items[0].path, rows[i].path);
        assert_true(faults.items[0].message[0] != '\0' && faults.items[0].hint[0] != '\0');
        fault_free(&faults);
        json_free(j);
    }
}

static enum err broken_zone(void *ctx, const char *name, struct slice *out)
{
    (void)ctx;
    (void)name;
    *out = slice_of("TZif2 and no more");
    return ERR_OK;
}

static enum err parse_with(struct slice text, const struct zone_source *source,
                           struct fault_list *faults)
{
    struct cJSON *j;
    struct json_error e;
    struct hours *h;
    assert_int_equal(json_parse(text, &json_limits_file, &j, &e), ERR_OK);
    enum err err = hours_parse(j, "$", source, faults, &h);
    hours_free(h);
    json_free(j);
    return err;
}

static void test_too_much(void **state)
{
    const struct zone_source broken = {.zone = broken_zone};
    struct fault_list faults = {0};
    struct buf b;
    (void)state;
    buf_init(&b, 0);
    buf_add_z(&b, "{\"hours\":{\"mon\":[");
    for (int i = 0; i <= HOURS_PIECES_MAX; i++)
        buf_printf(&b, "%s[\"%02d:%02d\",\"%02d:%02d\"]", i > 0 ? "," : "", i / 3, i % 3 * 20,
                   i / 3, i % 3 * 20 + 10);
    buf_add_z(&b, "]}}");
    assert_int_equal(parse_with(buf_slice(&b), &zones, &faults), ERR_INVALID);
    assert_string_equal(faults.items[0].path, "$.hours.mon[48]");
    fault_free(&faults);
    buf_clear(&b);
    buf_add_z(&b, "{\"hours\":{\"mon\":[[\"08:00\",\"09:00\"]]},\"holidays\":[");
    for (int i = 0; i <= 20000; i++) {
        char text[24];
        buf_printf(&b, "%s\"%s\"", i > 0 ? "," : "", date_text(i, text).p);
    }
    buf_add_z(&b, "]}");
    assert_int_equal(parse_with(buf_slice(&b), &zones, &faults), ERR_INVALID);
    assert_int_equal(faults.n, 1);
    assert_string_equal(faults.items[0].path, "$.holidays[20000]");
    fault_free(&faults);
    assert_int_equal(
        parse_with(slice_of("{\"tz\":\"A/B\",\"hours\":{\"mon\":[[\"08:00\",\"09:00\"]]}}"),
                   &broken, &faults),
        ERR_INVALID);
    assert_string_equal(faults.items[0].path, "$.tz");
    fault_free(&faults);
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_far_future),  cmocka_unit_test(test_long_spans_of_time),
        cmocka_unit_test(test_edges),       cmocka_unit_test(test_nights_and_holidays),
        cmocka_unit_test(test_always),      cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_many_pauses), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_too_much),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
