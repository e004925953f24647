/* test_scan.c - identifiers that are found, traps that are not, and masks that hold nothing any
 * more. */
#include "core/scan/scan.h"
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

static void check_found(const char *const rows[][2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char kinds[200];
        found(rows[i][0], kinds);
        if (strcmp(kinds, rows[i][1]) != 0)
            fail_msg("\"%s\": found [%s], wanted [%s]", rows[i][0], kinds, rows[i][1]);
    }
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
    check_found(rows, sizeof rows / sizeof rows[0]);
}

static void test_found_however_written(void **state)
{
    static const char *const rows[][2] = {
        {"4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "pan"},
        {"42 42 42 42 42 42 42 42", "pan"},
        {"4242  4242  4242  4242", "pan"},
        {"4242\n4242\r\n4242\n4242", "pan"},
        {"4242_4242_4242_4242", "pan"},
        {"4242.4242.4242.4242", "pan"},
        {"4242/4242/4242/4242", "pan"},
        {"4242\u00b74242\u00b74242\u00b74242", "pan"},
        {"4242 - 4242 - 4242 - 4242", "pan"},
        {"\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662\u0664\u0662"
         "\u0664\u0662",
         "pan"},
        {"\u06f4\u06f2\u06f4\u06f2\u06f4\u06f2\u06f4\u06f2\u06f4\u06f2\u06f4\u06f2\u06f4\u06f2"
         "\u06f4\u06f2",
         "pan"},
        {"4\u200b2\u200b4\u200b2\u200b424242424242", "pan"},
        {"\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0"
         "\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0\U0001d7d2\U0001d7d0",
         "pan"},
        {"4\ufe0f\u20e32\ufe0f\u20e34\ufe0f\u20e32\ufe0f\u20e34\ufe0f\u20e32\ufe0f\u20e34\ufe0f"
         "\u20e32\ufe0f\u20e34242 4242",
         "pan"},
        {"tarjeta4242424242424242", "pan"},
        {"visa:4242424242424242", "pan"},
        {"#4242424242424242", "pan"},
        {"https://x.example/pay?card=4242424242424242", "pan"},
        {"6011111111111117", "pan"},
        {"3056930009020004", "pan"},
        {"36227206271667", "pan"},
        {"3566002020360505", "pan"},
        {"6200000000000005", "pan"},
        {"6759649826438453", "pan"},
        {"6011000990139424", "pan"},
        {"2200000000000004", "pan"},
        {"5105105105105100", "pan"},
        {"371449635398431", "pan"},
        {"5066991111111118", "pan"},
        {"4242 4242 4242 4242 12/29 123", "pan expiry cvv"},
        {"exp 12/29, 4242424242424242", "expiry pan"},
        {"4242424242424242 vto 1229 cod de seguridad 999", "pan expiry cvv"},
        {"cvv123", "cvv"},
        {"mi cvv es 123", "cvv"},
        {"4242424242424242 123 cvv", "pan cvv"},
        {"4242 4242 4242 4242, 12 / 2029", "pan expiry"},
        {"ES79 2100 0813 61 0123456789", "iban"},
        {"ES79-2100-0813-6101-2345-6789", "iban"},
        {"IBAN:ES7921000813610123456789", "iban"},
        {"IBANES7921000813610123456789", "iban"},
        {"es79 2100 0813 6101 2345 6789 a nombre de Ana", "iban"},
        {"GB29 NWBK 6016 1331 9268 19", "iban"},
        {"DE89 3704 0044 0532 0130 00", "iban"},
        {"PT50 0002 0123 1234 5678 9015 4", "iban"},
        {"BR15 0000 0000 0000 1093 2840 814P 2", "iban"},
        {"FR14 2004 1010 0505 0001 3M02 606", "iban"},
        {"NO93 8601 1117 947", "iban"},
        {"MT84 MALT 0110 0001 2345 MTLC AST0 01S", "iban"},
        {"NL91ABNA0417164300", "iban"},
        {"2850590 9 4009041813520 1", "cbu"},
        {"28505909-40090418135201", "cbu"},
        {"28505909 40090418135201", "cbu"},
        {"CBU: 0170536265666581205671", "cbu"},
        {"cvu 0000003169935632729513", "cvu"},
        {"CLABE 002 180 29296111242 0", "clabe"},
        {"002180292961112420", "clabe"},
        {"20-26756539-3", "cuit"},
        {"20 26756539 3", "cuit"},
        {"20.26756539.3", "cuit"},
        {"20-26.756.539-3", "cuit"},
        {"20/26756539/3", "cuit"},
        {"CUIL 20267565393", "cuit"},
        {"cuit20267565393", "cuit"},
        {"DNI 12345678", "dni_ar"},
        {"dni: 12.345.678", "dni_ar"},
        {"12.345.678", "dni_ar"},
        {"mi documento nacional de identidad es 30123456", "dni_ar"},
        {"documento 7123456", "dni_ar"},
        {"54362315K", "dni_es"},
        {"54362315-K", "dni_es"},
        {"54.362.315-K", "dni_es"},
        {"DNI 54362315 K", "dni_es"},
        {"54362315k", "dni_es"},
        {"dni54362315K", "dni_es"},
        {"X2482300W", "nie"},
        {"x-2482300-w", "nie"},
        {"NIE X 2482300 W", "nie"},
        {"Y0000000Z", "nie"},
        {"CURP BOXW310820HNERXN09", "curp"},
        {"boxw310820hnerxn09", "curp"},
        {"RFC GODE561231GR8", "rfc"},
        {"GODE-561231-GR8", "rfc"},
        {"rfc GODE 561231 GR8", "rfc"},
        {"ABC680524P76", "rfc"},
        {"ÑAÑ680524P76", "rfc"},
        {"052.327.928-06", "cpf"},
        {"052327928-06", "cpf"},
        {"052 327 928 06", "cpf"},
        {"CPF05232792806", "cpf"},
        {"cpf: 05232792806", "cpf"},
        {"pedido 05232792806", "cpf"},
        {"11.222.333/0001-81", "cnpj"},
        {"11222333000181", "cnpj"},
        {"12.ABC.345/01DE-35", "cnpj"},
        {"12ABC34501DE35", "cnpj"},
        {"12.abc.345/01de-35", "cnpj"},
        {"536-90-4399", "ssn"},
        {"SSN 536904399", "ssn"},
        {"social security number: 536 90 4399", "ssn"},
        {"ssn536904399", "ssn"},
        {"ana@example.com", "email"},
        {"ANA.LOPEZ+x@sub.example.co.uk!", "email"},
        {"escribe a <ana@example.com>", "email"},
        {"ana\uff20example\uff0ecom", "email"},
        {"mailto:ana@example.com", "email"},
        {"josé@example.com", "email"},
        {"+34 612 345 678", "phone"},
        {"0034 612 345 678", "phone"},
        {"(011) 4555-1234", "phone"},
        {"011 4555-1234", "phone"},
        {"15-5555-1234", "phone"},
        {"+54 9 11 5555 1234", "phone"},
        {"11 91234-5678", "phone"},
        {"(11) 91234-5678", "phone"},
        {"55 1234 5678", "phone"},
        {"818-555-0134", "phone"},
        {"818.555.0134", "phone"},
        {"1-818-555-0134", "phone"},
        {"020 7946 0958", "phone"},
        {"07700 900123", "phone"},
        {"91 234 56 78", "phone"},
        {"612345678", "phone"},
        {"+5491155551234", "phone"},
        {"+1(818)555-0134", "phone"},
        {"(+34) 612 345 678", "phone"},
        {"+(54) 9 11 5555-1234", "phone"},
        {"mi numero es 5512345678", "phone"},
        {"912 345 678", "phone"},
        {"llámame 6123 45678", "phone"},
    };
    (void)state;
    check_found(rows, sizeof rows / sizeof rows[0]);
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
        "2220175103860763",
        "viven 1.234.567 vecinos",
        "2721000000000004",
        "123 cvv",
        "ES7921000813610123456788",
        "tiene 1.234.567 seguidores",
        "12.345.678 pesos",
        "$ 12.345.678",
        "12345678",
        "54362315A",
        "GODE 561231 GR8",
        "111.111.111-11",
        "16727230000198",
        "536904399",
        "000-12-3456",
        "666-12-3456",
        "912-12-3456",
        "123-00-4567",
        "123-45-0000",
        "219-09-9999",
        "457-55-5462",
        "@ana@mastodon.social",
        "a@b",
        "Mi pedido 4111111111111112 no llegó",
        "Tracking 1Z999AA10123456784",
        "IMEI 356938035643809",
        "2024-01-15 10:30:00 ref 20240115103000",
        "vuelo IB3214 12/03 10:45",
        "son 1.234.567,89 euros",
        "el 2026-11-25 a las 21:30:15",
        "tracking 9400111899223197428490",
        "status 1862345678901234567",
        "pedido 123-456-7890",
        "locator ABC123",
        "Boeing 737-800, A320-214",
        "del 01/02/2026 al 03/04/2026",
        "de 10:00 a 14:00 y 16:30 a 20:00",
        "IP 192.168.100.200",
        "v1.2.3.4567",
        "2025 2026 2027 2028",
        "ref: 600 123 456",
        "la promo es valida hasta 12/29",
        "son 300 000 000 personas",
        "lat -34.603722, -58.381592",
        "24/7",
        "ISBN 978-3-16-148410-0",
        "EAN 4006381333931",
        "1234567890123",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char kinds[200];
        found(texts[i], kinds);
        if (kinds[0] != '\0')
            fail_msg("\"%s\": found [%s]", texts[i], kinds);
    }
}

/* A number ends where the next one begins. */
static void test_side_by_side(void **state)
{
    static const char *const rows[][2] = {
        {"20-26756539-3 390.533.447-05", "cuit cpf"},
        {"390.533.447-05 20-26756539-3", "cpf cuit"},
        {"20 26756539 3 390 533 447 05", "cuit cpf"},
        {"20-26756539-3, 20-26756539-3", "cuit cuit"},
        {"20267565393 39053344705", "cuit cpf"},
        {"clabe 002-180-29296111242-0", "clabe"},
        {"002 180 29296111242 0", "clabe"},
        {"clabe 0021 8029 2961 1124 20", "clabe"},
        {"clabe: 002180292961112420", "clabe"},
        {"002-180.29296111242 0", ""},
        {"002180 292961112420", ""},
        {"002-180 29296111242-0", ""},
        {"clabe 0021 80292961112420", "clabe"},
        {"2850590-9-4009041813520-1", "cbu"},
        {"2850590-9 4009041813520-1", "cbu"},
        {"2850 5909 4009 0418 1352 01", "cbu"},
    };
    (void)state;
    check_found(rows, sizeof rows / sizeof rows[0]);
}

static void test_abroad(void **state)
{
    static const char *const rows[][2] = {
        {"0034612345678", "phone"},
        {"llamadme al 0034612345678 por favor", "phone"},
        {"005491155551234", "phone"},
        {"00 34 612345678", "phone"},
        {"0055 11 91234-5678", "phone"},
        {"00447911123456", "phone"},
        {"pedido 0034612345678", ""},
        {"0000346123456", ""},
        {"son 0034612345678 euros", ""},
        {"Call us on 900 123 456", "phone"},
        {"my rfc is GODE561231GR8. Call us on 900 123 456", "rfc phone"},
        {"us.on.900.123.456", "phone"},
        {"rfc GO DE 561231 GR8", ""},
    };
    (void)state;
    check_found(rows, sizeof rows / sizeof rows[0]);
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

/* Where a find begins and ends, in code points. */
static void test_spans(void **state)
{
    static const struct {
        const char *text;
        uint32_t start, end;
    } rows[] = {
        {"4242424242424242", 0, 16},
        {"ñandú 4242 4242 4242 4242.", 6, 25},
        {"\U0001f600\U0001f600 CUIT 20-26756539-3", 8, 21},
        {"4\u200b2\u200b4\u200b2\u200b424242424242", 0, 20},
        {"(+34) 612 345 678", 1, 17},
        {"tel (011) 4555-1234", 4, 19},
        {"es79 2100 0813 6101 2345 6789 a nombre de Ana", 0, 29},
        {"<ana@example.com>", 1, 16},
        {"a 4242\n4242\n4242\n4242 b", 2, 21},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct hazard *h;
        size_t n;
        arena_init(&a, 0);
        assert_int_equal(scan_text(slice_of(rows[i].text), &a, &h, &n), ERR_OK);
        assert_int_equal(n, 1);
        assert_int_equal(h[0].start, rows[i].start);
        assert_int_equal(h[0].end, rows[i].end);
        arena_fini(&a);
    }
}

static void test_masks(void **state)
{
    static const char *const rows[][2] = {
        {"nada", "nada"},
        {"378282246310005", "•••••••••••0005"},
        {"4242424242424242 12/29 123", "••••••••••••4242 ••/•• •••"},
        {"IBAN GB29 NWBK 6016 1331 9268 19", "IBAN •••• •••• •••• •••• •••• ••"},
        {"+34 612 345 678", "+•• ••• ••• •••"},
        {"54362315-K", "••••••••-•"},
        {"ana@example.com y 052.327.928-06", "•••@•••••••.••• y •••.•••.•••-••"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out;
        buf_init(&out, 0);
        assert_int_equal(scan_masked(slice_of(rows[i][0]), &out), ERR_OK);
        buf_add_char(&out, '\0');
        assert_string_equal(out.p, rows[i][1]);
        buf_fini(&out);
    }
}

static void test_allowed_by_letters_and_digits(void **state)
{
    static const struct {
        const char *text, *allowed;
        bool is_allowed;
    } rows[] = {
        {"ayuda@example.com", "AYUDA@Example.COM", true},
        {"ayuda@example.com", "ayuda@example.co", false},
        {"ayuda@example.com", "ayuda@example.com.ar", false},
        {"+54 9 11 5555-1234", "(54) 9 11-5555-1234", true},
        {"+54 9 11 5555-1234", "", false},
        {"CUIT 20-26756539-3", "20267565393", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct hazard *h;
        size_t n;
        struct slice text = slice_of(rows[i].text);
        arena_init(&a, 0);
        assert_int_equal(scan_text(text, &a, &h, &n), ERR_OK);
        assert_int_equal(n, 1);
        assert_int_equal(scan_is_allowed(text, &h[0], slice_of(rows[i].allowed)),
                         rows[i].is_allowed);
        arena_fini(&a);
    }
}

static void test_many(void **state)
{
    char text[40 * 24] = "";
    struct arena a;
    struct hazard *h;
    size_t n;
    (void)state;
    for (int i = 0; i < 40; i++)
        strcat(text, i % 2 == 0 ? "4242424242424242; " : "ana@example.com ");
    arena_init(&a, 0);
    assert_int_equal(scan_text(slice_of(text), &a, &h, &n), ERR_OK);
    assert_int_equal(n, 40);
    for (size_t i = 1; i < n; i++)
        assert_true(h[i].start >= h[i - 1].end);
    arena_fini(&a);
}

static void test_empty_and_broken_texts(void **state)
{
    char kinds[200];
    (void)state;
    found("", kinds);
    assert_string_equal(kinds, "");
    found("\xff\xfe 4242424242424242", kinds);
    assert_string_equal(kinds, "pan");
    assert_string_equal(hazard_word(HAZARD_N), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),  cmocka_unit_test(test_found_however_written),
        cmocka_unit_test(test_traps),  cmocka_unit_test(test_side_by_side),
        cmocka_unit_test(test_abroad), cmocka_unit_test(test_spans),
        cmocka_unit_test(test_masks),  cmocka_unit_test(test_allowed_by_letters_and_digits),
        cmocka_unit_test(test_many),   cmocka_unit_test(test_empty_and_broken_texts),
        cmocka_unit_test(test_mask),   cmocka_unit_test(test_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
