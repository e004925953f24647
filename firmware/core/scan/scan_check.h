/* scan_check.h - the arithmetic of identifiers, over their digits or letters alone (upper case). */
#ifndef CORE_SCAN_CHECK_H
#define CORE_SCAN_CHECK_H
#include <stdbool.h>
#include <stddef.h>

bool check_pan(const char *d,
               size_t n); /* Luhn (ISO/IEC 7812-1), and a known issuer range of that length */
bool check_iban(const char *s, size_t n); /* ISO 13616: mod 97-10, the length of its country */
bool check_cbu(const char *d,
               size_t n); /* 22 digits; a CVU has the same shape and begins with 000 */
bool check_clabe(const char *d, size_t n);  /* 18 digits */
bool check_cuit(const char *d, size_t n);   /* 11 digits */
bool check_cpf(const char *d, size_t n);    /* 11 digits */
bool check_cnpj(const char *s, size_t n);   /* 14, since July 2026 with letters in the first 12 */
bool check_dni_es(const char *s, size_t n); /* 8 digits and a letter */
bool check_nie(const char *s, size_t n);    /* X, Y or Z, 7 digits, a letter */
bool check_curp(const char *s, size_t n);   /* 18 */
bool check_rfc(
    const char *s,
    size_t n); /* 12 or 13; its check digit is not required: some in use have a wrong one */
bool check_ssn(const char *d, size_t n); /* 9 digits */
#endif
