/* scan.h - personal data in a text: cards, bank accounts, national ids, addresses.  Pure.
 *
 * Numbers are found with any of the separators people use (spaces, line ends, dots, dashes,
 * no-break and zero-width characters) and in the digits of other scripts.  A check digit decides
 * where there is one; what has none needs a context word or its usual form.  Digits inside a longer
 * word, in an amount, a time or a date are none; in a URL only cards are looked for. */
#ifndef CORE_SCAN_H
#define CORE_SCAN_H
#include "base/arena.h"
#include "base/buf.h"

enum hazard_kind {
    HAZARD_PAN,
    HAZARD_CVV,
    HAZARD_EXPIRY,
    HAZARD_IBAN,
    HAZARD_CBU,
    HAZARD_CVU,
    HAZARD_CLABE,
    HAZARD_CUIT,
    HAZARD_DNI_AR,
    HAZARD_DNI_ES,
    HAZARD_NIE,
    HAZARD_CURP,
    HAZARD_RFC,
    HAZARD_CPF,
    HAZARD_CNPJ,
    HAZARD_SSN,
    HAZARD_EMAIL,
    HAZARD_PHONE,
    HAZARD_N,
};

struct hazard {
    enum hazard_kind kind;
    uint32_t start, end; /* code points, end exclusive */
    uint32_t start_byte, end_byte;
};

/* Sorted, without overlap; of two that overlap the longer wins.  The list is the arena's.
 * ERR_NO_MEMORY. */
enum err scan_text(struct slice text, struct arena *a, struct hazard **out, size_t *n);
/* Letters and digits of every hazard become U+2022, but for the last four digits of a card. */
void scan_mask(struct slice text, const struct hazard *hazards, size_t n, struct buf *out);
/* The same in one, again and again until nothing is found any more (what stood beside a masked
 * number may be one by itself).  On ERR_NO_MEMORY `out` gets nothing. */
enum err scan_masked(struct slice text, struct buf *out);
/* Is the hazard one of `allowed` (the company's own phone, say)?  Compared by letters and digits
 * alone. */
bool scan_is_allowed(struct slice text, const struct hazard *h, struct slice allowed);
const char *hazard_word(enum hazard_kind k);
#endif
