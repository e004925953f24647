/* test_scan.c - identifiers that are found, traps that are not, and masks that hold nothing any
 * more. */
#include "core/scan.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The kinds found, joined by spaces. */
static void found(const char *text, char out[200])
{
    struct arena a;
    struct hazard *h;
    size_t n;
    arena_init(&a, 0);
    out[0] = '\0';
    assert_int_equal(scan_text(slice_of(text), &a, &h, &n), ERR_OK);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            strcat(out, " ");
            assert_true(h[i].start >= h[i - 1].end);
        }
        strcat(out, hazard_word(h[i].kind));
    }
    arena_fini(&a);
}

static void test_found(void **state)
{
    static const char *const rows[][2] = {
        {"mi tarjeta es 4242424242424242", "pan"},
        {"4242 4242 4242 4242 vence 12/29 cvv 123", "pan expiry cvv"},
        {"4242\u00a04242\u00a04242\u00a04242", "pan"},
        {"42\u200b42424242424242", "pan"},
        {"\uff14\uff12\uff14\uff12\uff14\uff12\uff14\uff12\uff14\uff12\uff14\uff12\uff14\uff12"
         "\uff14\uff12",
         "pan"},
        {"amex 3782 822463 10005", "pan"},
        {"IBAN ES79 2100 0813 6101 2345 6789 gracias", "iban"},
        {"gb98midl07009312345678", "iban"},
        {"cbu 2850590940090418135201", "cbu"},
        {"0000003169935632729513", "cvu"},
        {"clabe 002180292961112420", "clabe"},
        {"CUIT 20-26756539-3", "cuit"},
        {"DNI 12.345.678", "dni_ar"},
        {"mi documento es 30123456", "dni_ar"},
        {"dni 54362315K", "dni_es"},
        {"54.362.315-K", "dni_es"},
        {"X-2482300-W", "nie"},
        {"RFC GODE561231GR8", "rfc"},
        {"cpf 052.327.928-06", "cpf"},
        {"05232792806", "cpf"},
        {"cnpj 11.222.333/0001-81", "cnpj"},
        {"12.ABC.345/01DE-35", "cnpj"},
        {"ssn 536-90-4399", "ssn"},
        {"escribe a ana.perez+x@mail.example.com.", "email"},
        {"llámame al 612 34 56 78", "phone"},
        {"+54 9 11 5555-1234", "phone"},
        {"call me at (818) 555-0134", "phone"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char kinds[200];
        found(rows[i][0], kinds);
        if (strcmp(kinds, rows[i][1]) != 0)
            fail_msg("\"%s\": found [%s], wanted [%s]", rows[i][0], kinds, rows[i][1]);
    }
}

static void test_traps(void **state)
{
    static const char *const texts[] = {
        "Mi pedido 4111111111111112 no llegó",
        "Tracking 1Z999AA10123456784",
        "IMEI 356938035643809",
        "2024-01-15 10:30:00 ref 20240115103000",
        "https://x.com/ana/status/1862345678901234567",
        "vuelo IB3214 del 12/03 a las 10:45",
        "me cobraron $1.234.567,89 de más",
        "son 1.234.567 pesos",
        "@ana@mastodon.social gracias",
        "12345678A",
        "111.111.111-11",
        "078-05-1120",
        "llegamos en 20 minutos, 40+ personas",
        "Cuenta de débito de 24 h hasta 9 días hábiles",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char kinds[200];
        found(texts[i], kinds);
        if (kinds[0] != '\0')
            fail_msg("\"%s\": found [%s]", texts[i], kinds);
    }
}

static void test_mask(void **state)
{
    struct buf once, twice;
    (void)state;
    buf_init(&once, 0);
    buf_init(&twice, 0);
    assert_int_equal(
        scan_masked(slice_of("4242 4242 4242 4242, ana@example.com, DNI 12.345.678"), &once),
        ERR_OK);
    assert_string_equal(once.p, "•••• •••• •••• 4242, •••@•••••••.•••, DNI ••.•••.•••");
    assert_int_equal(scan_masked(buf_slice(&once), &twice), ERR_OK);
    assert_string_equal(once.p, twice.p);
    buf_fini(&once);
    buf_fini(&twice);
}

static void test_allowed(void **state)
{
    struct arena a;
    struct hazard *h;
    size_t n;
    struct slice text = slice_of("llame al 900 123 456");
    (void)state;
    arena_init(&a, 0);
    assert_int_equal(scan_text(text, &a, &h, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_true(scan_is_allowed(text, &h[0], slice_of("900-123-456")));
    assert_false(scan_is_allowed(text, &h[0], slice_of("900-123-457")));
    arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_traps),
        cmocka_unit_test(test_mask),
        cmocka_unit_test(test_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
