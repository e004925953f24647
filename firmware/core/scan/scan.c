/* scan.c - finders over a text, and which of their finds stay. */
#include "core/scan/scan.h"
#include "core/scan/scanning.h"
#include <stdlib.h>
#include <string.h>

const char *hazard_word(enum hazard_kind k)
{
    static const char *const words[HAZARD_N] = {
        "pan",    "cvv", "expiry", "iban", "cbu", "cvu",  "clabe", "cuit",  "dni_ar",
        "dni_es", "nie", "curp",   "rfc",  "cpf", "cnpj", "ssn",   "email", "phone"};
    return (unsigned)k < HAZARD_N ? words[k] : "?";
}

static int by_length(const void *a, const void *b)
{
    const struct hazard *x = a, *y = b;
    uint32_t nx = x->end - x->start, ny = y->end - y->start;
    if (nx != ny)
        return nx > ny ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

static int by_start(const void *a, const void *b)
{
    const struct hazard *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Of two that overlap the longer wins; of two alike the earlier kind.  Kept ones come first;
 * returns how many. */
static size_t settle(struct hazard *h, size_t n, bool *taken)
{
    size_t kept = 0;
    if (n == 0)
        return 0;
    qsort(h, n, sizeof *h, by_length);
    for (size_t i = 0; i < n; i++) {
        bool is_free = true;
        for (uint32_t k = h[i].start; k < h[i].end && is_free; k++)
            is_free = !taken[k];
        if (!is_free)
            continue;
        memset(taken + h[i].start, 1, h[i].end - h[i].start);
        h[kept++] = h[i];
    }
    qsort(h, kept, sizeof *h, by_start);
    return kept;
}

enum err scan_text(struct slice text, struct arena *a, struct hazard **out, size_t *n)
{
    struct scanning s = {.a = a};
    *out = NULL;
    *n = 0;
    enum err e = scan_read(&s, text);
    if (e != ERR_OK)
        return e;
    if (s.has_digit)
        scan_read_context(&s);
    for (size_t i = 0; i < s.n; i++)
        scan_email(&s, i);
    for (size_t i = 0; s.has_digit && i < s.n; i++) {
        scan_digits(&s, i);
        scan_words(&s, i);
    }
    for (size_t i = 0; s.has_digit && i < s.n; i++)
        scan_card_extras(&s, i);
    if (s.is_out_of_memory)
        return ERR_NO_MEMORY;
    bool *taken = arena_alloc(a, text.n + 1);
    if (taken == NULL)
        return ERR_NO_MEMORY;
    *n = settle(s.found, s.n_found, taken);
    *out = s.found;
    return ERR_OK;
}
