/* test_scan_check.c - check digits and forms that make a number no identifier. */
#include "core/scan/scan_check.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_arithmetic_refuses(void **state)
{
    static const struct {
        bool (*check)(const char *s, size_t n);
        const char *bad[6];
    } rows[] = {
        {check_pan,
         {"42424242424", "4242424242424243", "4242x24242424242", "0000000000000000",
          "9999999999999995", "42424242424242424242"}},
        {check_iban,
         {"ES79", "ES0021000813610123456789", "ES792100081361012345678!",
          "ZZ7921000813610123456789", "ESX921000813610123456789", "ES992100081361012345678"}},
        {check_cbu,
         {"285059094009041813520", "2850590940090418135202", "2850590840090418135201",
          "0000000000000000000000", "285059094009041813520x", "1"}},
        {check_clabe,
         {"00218029296111242", "002180292961112421", "000000000000000000", "00218029296111242x",
          "1", "2"}},
        {check_cuit, {"2026756539", "99267565393", "20267565394", "2026756539x", "1", "2"}},
        {check_cpf,
         {"0523279280", "05232792807", "05232792816", "55555555555", "0523279280x", "1"}},
        {check_cnpj,
         {"1122233300018", "11222333000182", "11222333000191", "11111111111111", "112223330001AB",
          "1122233300!181"}},
        {check_dni_es, {"5436231K", "54362315A", "5436231XK", "1", "2", "3"}},
        {check_nie, {"W2482300W", "X2482300A", "X248230W", "XX482300W", "1", "2"}},
        {check_curp,
         {"BOXW310820HNERXN08", "BOXW311320HNERXN09", "BOXW310820ZNERXN09", "BOXW310820HZZRXN09",
          "BOXW310820HNE1XN09", "B0XW310820HNERXN09"}},
        {check_rfc,
         {"GODE561331GR8", "GODE561232GR8", "GODE561231GRB", "G0DE561231GR8", "GODE56X231GR8",
          "GODE561231GR"}},
        {check_ssn, {"53690439", "000904399", "666904399", "900904399", "536004399", "536900000"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t k = 0; k < 6; k++)
            if (rows[i].check(rows[i].bad[k], strlen(rows[i].bad[k])))
                fail_msg("row %zu: %s passes", i, rows[i].bad[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_arithmetic_refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
