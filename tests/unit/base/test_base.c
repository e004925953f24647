/* test_base.c - digests, seals, packs, times and texts against published values. */
#include "base/arena.h"
#include "base/crc32c.h"
#include "base/id.h"
#include "base/mailbox.h"
#include "base/pack.h"
#include "base/seal.h"
#include "base/utc.h"
#include "base/utf8.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_crc(void **state)
{
    uint8_t zeros[32] = {0}, rising[32];
    (void)state;
    for (int i = 0; i < 32; i++)
        rising[i] = (uint8_t)i;
    assert_int_equal(crc32c(0, "123456789", 9),
                     0xE3069283); /* RFC 3720 B.4 and the customary check */
    assert_int_equal(crc32c(0, zeros, 32), 0x8A9136AA);
    assert_int_equal(crc32c(0, rising, 32), 0x46DD794E);
    assert_int_equal(crc32c(crc32c(0, "1234", 4), "56789", 5), 0xE3069283);
}

static void hex_is(const uint8_t *b, size_t n, const char *wanted)
{
    char hex[200];
    seal_hex(b, n, hex);
    assert_string_equal(hex, wanted);
}

static void test_digests(void **state)
{
    uint8_t out[32], key[20];
    (void)state;
    seal_sha256(slice_of("abc"), out);
    hex_is(out, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct seal_digest *d = seal_digest_new();
    seal_digest_add(d, slice_of("a"));
    seal_digest_add(d, slice_of("bc"));
    seal_digest_end(d, out);
    hex_is(out, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    memset(key, 0x0b, sizeof key); /* RFC 4231, case 1 */
    seal_hmac(key, sizeof key, slice_of("Hi There"), out);
    hex_is(out, 32, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

static void test_mac_parts(void **state)
{
    uint8_t key[32] = {1}, a[16], b[16];
    const struct slice one[] = {slice_of("a"), slice_of("bc")},
                       two[] = {slice_of("ab"), slice_of("c")};
    (void)state;
    seal_mac128(key, one, 2, a);
    seal_mac128(key, two, 2, b);
    assert_memory_not_equal(a, b, 16);
}

static void test_seal(void **state)
{
    uint8_t key[32] = {7};
    struct buf sealed, opened;
    (void)state;
    buf_init(&sealed, 0);
    buf_init(&opened, 0);
    assert_int_equal(seal_close(key, slice_of("ctx"), slice_of("secreto"), &sealed), ERR_OK);
    assert_int_equal(sealed.n, 7 + SEAL_OVERHEAD_BYTES);
    assert_int_equal(seal_open(key, slice_of("ctx"), buf_slice(&sealed), &opened), ERR_OK);
    assert_string_equal(opened.p, "secreto");
    for (size_t i = 0; i < sealed.n; i++) {
        buf_clear(&opened);
        sealed.p[i] = (char)(sealed.p[i] ^ 1);
        assert_int_not_equal(seal_open(key, slice_of("ctx"), buf_slice(&sealed), &opened), ERR_OK);
        assert_int_equal(opened.n, 0);
        sealed.p[i] = (char)(sealed.p[i] ^ 1);
    }
    assert_int_equal(seal_open(key, slice_of("cty"), buf_slice(&sealed), &opened), ERR_CRYPTO);
    buf_fini(&sealed);
    buf_fini(&opened);
}

static void test_pack(void **state)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};
    static const int64_t signs[] = {0, -1, 1, INT64_MIN, INT64_MAX};
    struct buf b;
    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < 8; i++)
        pack_uint(&b, numbers[i]);
    for (size_t i = 0; i < 5; i++)
        pack_int(&b, signs[i]);
    pack_bytes(&b, slice_of("hola"));
    struct unpack u = unpack_of(buf_slice(&b));
    for (size_t i = 0; i < 8; i++)
        assert_true(unpack_uint(&u) == numbers[i]);
    for (size_t i = 0; i < 5; i++)
        assert_true(unpack_int(&u) == signs[i]);
    assert_true(slice_eq_z(unpack_bytes(&u), "hola"));
    assert_true(unpack_done(&u));
    for (size_t n = 0; n < b.n; n++) { /* every cut is noticed */
        u = unpack_of(slice_make(b.p, n));
        for (size_t i = 0; i < 8; i++)
            (void)unpack_uint(&u);
        for (size_t i = 0; i < 5; i++)
            (void)unpack_int(&u);
        (void)unpack_bytes(&u);
        assert_false(unpack_done(&u));
    }
    buf_fini(&b);
}

static void test_key_order(void **state)
{
    static const int64_t rising[] = {INT64_MIN, -1000, -1, 0, 1, 1000, INT64_MAX};
    struct buf a, b;
    (void)state;
    buf_init(&a, 0);
    buf_init(&b, 0);
    for (size_t i = 1; i < 7; i++) {
        buf_clear(&a);
        buf_clear(&b);
        pack_key_i64(&a, rising[i - 1]);
        pack_key_i64(&b, rising[i]);
        assert_true(slice_cmp(buf_slice(&a), buf_slice(&b)) < 0);
    }
    buf_fini(&a);
    buf_fini(&b);
}

static void test_utc(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {{"1970-01-01T00:00:00Z", 0},
                {"2026-11-24T10:30:00.123+01:00", 1795512600123},
                {"2000-02-29t23:59:59.9999z", 951868799999},
                {"2016-12-31T23:59:60Z", 1483228800000},
                {"0001-01-01T00:00:00Z", UTC_MIN_MS},
                {"9999-12-31T23:59:59.999Z", UTC_MAX_MS}};
    static const char *const bad[] = {"",
                                      "2026-11-24",
                                      "2026-11-24T10:30Z",
                                      "2026-13-01T00:00:00Z",
                                      "2026-02-29T00:00:00Z",
                                      "2026-11-24T24:00:00Z",
                                      "2026-11-24T10:30:00",
                                      "2026-11-24T10:30:00+24:00",
                                      "2026-11-24T10:30:00Zx",
                                      "0000-01-01T00:00:00Z"};
    int64_t ms;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(utc_parse(slice_of(rows[i].text), &ms), ERR_OK);
        assert_true(ms == rows[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (utc_parse(slice_of(bad[i]), &ms) == ERR_OK)
            fail_msg("%s was taken", bad[i]);
    for (int64_t day = -800000; day < 800000; day += 997)
        assert_true(utc_days_from_date(utc_date_from_days(day)) == day);
}

static void test_id(void **state)
{
    static const uint8_t low[10] = {0},
                         high[10] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    struct id a = id_make(1764000000000, high), b = id_make(1764000000001, low), back;
    char text[ID_TEXT_LEN + 1];
    (void)state;
    assert_true(id_cmp(a, b) < 0);
    assert_true(id_time_ms(a) == 1764000000000);
    id_text(a, text);
    assert_int_equal(id_parse(slice_of(text), &back), ERR_OK);
    assert_true(id_eq(a, back));
    assert_int_equal(id_parse(slice_of("zzzzzzzzzzzzzzzzzzzzzzzzzz"), &back), ERR_INVALID);
    assert_int_equal(id_parse(slice_make(text, 25), &back), ERR_INVALID);
}

static void test_utf8(void **state)
{
    static const char *const good[] = {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {
        "\x80",         "\xc0\xaf",         "\xc1\xbf",         "\xe0\x80\xaf",
        "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xc3",         "\xe2\x82",         "\xf0\x9f\x98"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(utf8_valid(slice_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(utf8_valid(slice_of(bad[i])));
    assert_int_equal(utf8_cut(slice_of("a€b"), 3).n, 1);
    assert_int_equal(utf8_cut(slice_of("a€b"), 4).n, 4);
}

static void *put_many(void *m)
{
    for (intptr_t i = 1; i <= 10000; i++)
        while (mailbox_put(m, (void *)i) == ERR_BUSY)
            ;
    return NULL;
}

static void test_mailbox(void **state)
{
    struct mailbox *m = mailbox_new(8);
    pthread_t threads[2];
    intptr_t sum = 0, n = 0;
    void *items[4];
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_many, m), 0);
    while (n < 20000) {
        size_t k = mailbox_take(m, items, 4, 1000);
        for (size_t i = 0; i < k; i++)
            sum += (intptr_t)items[i];
        n += (intptr_t)k;
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(sum, 2 * 50005000);
    mailbox_close(m);
    assert_int_equal(mailbox_put(m, items), ERR_CLOSED);
    assert_int_equal(mailbox_take(m, items, 4, -1), 0);
    mailbox_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crc),       cmocka_unit_test(test_digests),
        cmocka_unit_test(test_mac_parts), cmocka_unit_test(test_seal),
        cmocka_unit_test(test_pack),      cmocka_unit_test(test_key_order),
        cmocka_unit_test(test_utc),       cmocka_unit_test(test_id),
        cmocka_unit_test(test_utf8),      cmocka_unit_test(test_mailbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
