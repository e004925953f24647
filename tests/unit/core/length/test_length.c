/* test_length.c - numbers known beforehand; the drawn texts are in tests/box/length.test.mjs. */
#include "core/length/length.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int32_t length(enum network n, const char *text)
{
    struct length_limits limits = length_limits_of(n);
    struct length_result r;
    assert_int_equal(length_of(n, &limits, slice_of(text), &r), ERR_OK);
    assert_int_equal(r.bytes, strlen(text));
    return r.length;
}

struct row {
    const char *text;
    int32_t length;
};

static void check(enum network n, const struct row *rows, size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++) {
        int32_t got = length(n, rows[i].text);
        if (got != rows[i].length)
            fail_msg("\"%s\": %d, wanted %d", rows[i].text, got, rows[i].length);
    }
}
#define CHECK(network, rows) check(network, rows, sizeof(rows) / sizeof(rows)[0])

static void test_x_weights(void **state)
{
    static const struct row rows[] = {
        {"", 0},
        {"Hola", 4},
        {"\u10ff\u1100", 3},
        {"\u1fff\u2000\u200d\u200e\u200f\u2010\u201f\u2020", 2 + 1 + 1 + 2 + 2 + 1 + 1 + 2},
        {"\u2031\u2032\u2037\u2038", 6},
        {"日本語", 6},
        {"\xf0\xa0\x80\x80", 2},
        {"e\u0301", 1},
        {"\u1100\u1161\u11a8", 2},
        {"\uac00\u11a7", 4},
        {"\u212b", 1},
        {"\u0958", 2},
        {"q\u0307\u0323", 3},
    };
    (void)state;
    CHECK(NETWORK_X, rows);
}

static void test_x_emoji(void **state)
{
    static const struct row rows[] = {
        {"😀", 2},
        {"👨‍👩‍👧‍👦", 2},
        {"👩🏽‍🚀", 2},
        {"🏳️‍🌈", 2},
        {"🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2},
        {"🇪🇸🇲🇽", 4},
        {"🇪🇸🇲", 4},
        {"1️⃣", 2},
        {"1⃣", 2},
        {"1\ufe0f", 3},
        {"❤", 2},
        {"❤️", 2},
        {"⌚\ufe0e", 4},
        {"©", 1},
        {"©️", 2},
        {"☝🏽", 2},
        {"👍🏿👍", 4},
        {"⛹🏿‍♀️", 2},
        {"👨‍🌈", 5},
        {"\ufe0f", 2},
        {"👨\u200d", 2 + 1},
        {"👨\u200d⚕", 2 + 1 + 2},
        {"👨\u200d⚕\ufe0f", 2},
        {"👨\u200dx", 2 + 1 + 1},
        {"🕵\u200d♂\ufe0f", 2 + 1 + 2},
        {"🕵\ufe0f\u200d♂", 2 + 1 + 2},
        {"🕵\ufe0f\u200d♂\ufe0f", 2},
        {"🏃\u200d♀\ufe0f", 2},
        {"🏃\u200dx", 2 + 1 + 1},
        {"🏳\ufe0f\u200d🌉", 2 + 1 + 2},
        {"☝\ufe0f🏽", 2},
        {"☝\ufe0e", 4},
        {"👍\ufe0e", 4},
        {"🇪", 2},
        {"🇪x", 3},
        {"🇪🇦", 2},
        {"🇪🇫", 4},
        {"#\ufe0f\u20e3*\u20e3#x", 2 + 2 + 2},
        {"♟", 2},
        {"♟\ufe0f", 2},
        {"®x", 2},
        {"㈀", 2},
        {"\ue50a", 2},
        {"❤\ufe0f\u200d", 3},
    };
    (void)state;
    CHECK(NETWORK_X, rows);
}

static void test_x_urls(void **state)
{
    static const struct row rows[] = {
        {"https://www.example.com/a/very/long/path/that/goes/on?and=on#and-on", 23},
        {"http://t.co", 23},
        {"mira example.com.", 5 + 23 + 1},
        {"example.com_x", 23 + 2},
        {"example.comida", 14},
        {"ana@example.com", 15},
        {"@example.com", 12},
        {"#example.com", 12},
        {"-example.com", 12},
        {"EXAMPLE.COM", 23},
        {"日本example.com日本", 4 + 23 + 4},
        {"(https://es.wikipedia.org/wiki/Madrid_(Chile))", 1 + 23 + 1},
        {"https://example.com/a(b", 23 + 2},
        {"https://example.com/&(b)", 23 + 4},
        {"https://example.com/?q=a.", 23 + 1},
        {"http://example.com:80/x", 23},
        {"example.com:80?x=1", 23 + 7},
        {"http://пример.рф/й", 23},
        {"пример.рф", 9},
        {"http://みんな.みんな", 23},
        {"éxample.com", 1 + 23},
        {"aé.com", 23},
        {"http://a_b.example.com", 23},
        {"http://a_b.com", 14},
        {"http://xn--80ak6aa92e.com", 23},
        {"https://t.co/abc123é", 23 + 1},
        {"https://t.co/01234567890123456789012345678901234567890", 54},
        {"http://-a.com", 13},
        {"http://a..com", 13},
        {"a.com/b.com", 23},
        {"a.com b.es", 23 + 1 + 23},
        {"a.comみb.com/x", 23 + 2 + 23},
        {"3.14 y 10.30 h", 14},
        {"http://example.com/a(b)", 23},
        {"http://example.com/(a(b)c)d", 23},
        {"http://example.com/x((a)", 23 + 4},
        {"http://example.com/x(a(b)", 23 + 5},
        {"http://example.com/x(a())", 23 + 5},
        {"http://example.com/x()", 23 + 2},
        {"http://example.com/x(a(b", 23 + 4},
        {"http://example.com/x(", 23 + 1},
        {"http://example.com:/", 23 + 2},
        {"http://example.com:x", 23 + 2},
        {"http://example.com/?", 23 + 1},
        {"http://example.com?.", 23 + 2},
        {"http://t.co/", 23},
        {"http://t.co/-a", 23},
        {"http://t.co/a-b", 23 + 2},
        {"http://t.co/ab?c=d.", 23 + 1},
        {"http://t.com/ab-c", 23},
        {"http://tXco.com/ab-c", 23},
        {"xhttp://example.com", 19},
        {"\nhttp://example.com", 24},
        {"xn--\u3042.com", 8 + 2},
        {"a.xn--\u3042", 8},
        {"a.xn--p1ai", 23},
        {"a.xn-", 5},
        {"http://xn--\u3042.みんな", 7 + 6 + 1 + 6},
        {"http://xn--a.b.com", 23},
        {"http://\u3042\u3002\u3042.com", 23},
        {"http://üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.com", 23},
        {"http://üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.com", 23},
        {"a.com-み.a.com", 23 + 8 + 1},
        {"b_.com", 6},
        {"_b.com", 1 + 5},
        {"é_b.com", 7},
        {"é_b.c.com", 2 + 23},
        {"😀http://example.com😀", 2 + 23 + 2},
        {"http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", 23},
        {"http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", 75},
    };
    (void)state;
    CHECK(NETWORK_X, rows);
}

static void test_mastodon(void **state)
{
    static const struct row rows[] = {
        {"Hola", 4},
        {"👨‍👩‍👧‍👦e\u0301\r\n", 3},
        {"https://example.com/abcdefghijklmnopqrstuvwxyz", 23},
        {"gemini://example.com/abcdefghijklmnop", 23},
        {"example.com", 11},
        {"ftp://example.com", 17},
        {"https://example.com/日本語?語=語", 23},
        {"(https://example.com/a(b))", 1 + 23 + 1},
        {"@ana@social.example hola", 4 + 5},
        {"@ana hola", 9},
        {"(@ana.b@social.example.)", 1 + 6 + 1 + 1},
        {"x@ana@social.example", 20},
        {"ñ@ana@social.example", 20},
        {"/@ana@social.example", 20},
        {"@ana@social.example@b", 21},
        {"https://example.com/@ana@social.example", 23},
        {"@ana@social.example @bo@b.example", 4 + 1 + 3},
        {"@ana@-social", 12},
        {"@", 1},
        {"@ana@", 5},
        {"@ana.@social.example", 20},
        {"@ana@social.example:", 5},
        {"@ana@social.example:/x", 7},
        {"@ana@social://", 14},
        {"@ana@social.example＠", 20},
        {"=@ana@social.example", 20},
        {"😀@ana@social.example", 5},
        {"𝐀@ana@social.example", 20},
        {"@ana@sociál.example", 4},
        {"@ana@𝐀.example", 4},
        {"@ana@a--b..c", 4},
        {"https://example.com\u0301", 23},
    };
    (void)state;
    CHECK(NETWORK_MASTODON, rows);
}

static void test_bluesky(void **state)
{
    static const struct row rows[] = {
        {"Hola", 4},          {"👨‍👩‍👧‍👦", 1},
        {"🇪🇸🇲🇽", 2},          {"🇪🇸🇲", 2},
        {"👍🏿", 1},          {"1️⃣", 1},
        {"e\u0301\u0301", 1}, {"\r\n\n\r", 3},
        {"한국", 2},          {"\u1112\u1161\u11ab", 1},
        {"a\u200db", 2},      {"https://example.com/abc", 23},
    };
    (void)state;
    CHECK(NETWORK_BLUESKY, rows);
}

static struct length_result repeated(enum network n, const char *piece, size_t times)
{
    struct length_limits limits = length_limits_of(n);
    struct length_result r;
    size_t each = strlen(piece);
    char *text = malloc(each * times + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * each, piece, each);
    assert_int_equal(length_of(n, &limits, slice_make(text, each * times), &r), ERR_OK);
    free(text);
    return r;
}

static void test_fits(void **state)
{
    (void)state;
    assert_true(repeated(NETWORK_X, "a", 280).fits);
    assert_false(repeated(NETWORK_X, "a", 281).fits);
    assert_true(repeated(NETWORK_WEBHOOK, "語", 140).fits);
    assert_false(repeated(NETWORK_REPLAY, "語", 141).fits);
    assert_true(repeated(NETWORK_MASTODON, "語", 500).fits);
    assert_false(repeated(NETWORK_MASTODON, "語", 501).fits);
    assert_true(repeated(NETWORK_BLUESKY, "語", 300).fits);
    assert_false(repeated(NETWORK_BLUESKY, "語", 301).fits);
    assert_true(repeated(NETWORK_BLUESKY, "👨‍👩‍👧‍👦", 120).fits);
    assert_false(
        repeated(NETWORK_BLUESKY, "👨‍👩‍👧‍👦", 121).fits); /* 3,025 bytes */
}

static void test_own_limits(void **state)
{
    struct length_limits limits = {.max = 30, .url = 10};
    struct length_result r;
    (void)state;
    assert_int_equal(length_of(NETWORK_X, &limits, slice_of("http://example.com y"), &r), ERR_OK);
    assert_int_equal(r.length, 12);
    limits.url = 0;
    assert_int_equal(length_of(NETWORK_X, &limits, slice_of("http://example.com y"), &r), ERR_OK);
    assert_int_equal(r.length, 20);
    assert_int_equal(length_of(NETWORK_MASTODON, &limits, slice_of("http://example.com"), &r),
                     ERR_OK);
    assert_int_equal(r.length, 18);
    limits.bytes_max = 20;
    assert_int_equal(length_of(NETWORK_X, &limits, slice_of("aaaaaaaaaaaaaaaaaaaaa"), &r), ERR_OK);
    assert_false(r.fits);
}

static void test_not_utf8(void **state)
{
    static const char *const texts[] = {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80",
                                        "\xf4\x90\x80\x80"};
    struct length_result r = {.length = 7};
    (void)state;
    for (int n = 0; n < NETWORK_N; n++)
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            struct length_limits limits = length_limits_of((enum network)n);
            assert_int_equal(length_of((enum network)n, &limits, slice_of(texts[i]), &r),
                             ERR_INVALID);
        }
    assert_int_equal(r.length, 7);
}

/* What would take minutes if anything were more than linear. */
static void test_long_runs(void **state)
{
    static const char *const pieces[] = {"a.",         "あ.",
                                         "あ",         "\u0301\u0323",
                                         "a.com/(",    "http://",
                                         "a_",         "xn--",
                                         "@a@b",       "((a)(",
                                         "👨‍",    "#️⃣",
                                         "a.com/(a)(", "\uac00\u11a7\u0323",
                                         "@a.",        "\u0327\u0301a"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        for (int n = 0; n <= NETWORK_BLUESKY; n++)
            assert_true(repeated((enum network)n, pieces[i], 200000).length > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_x_weights),  cmocka_unit_test(test_x_emoji),
        cmocka_unit_test(test_x_urls),     cmocka_unit_test(test_mastodon),
        cmocka_unit_test(test_bluesky),    cmocka_unit_test(test_fits),
        cmocka_unit_test(test_own_limits), cmocka_unit_test(test_not_utf8),
        cmocka_unit_test(test_long_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
