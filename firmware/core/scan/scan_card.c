/* scan_card.c - what goes with a card: its expiry and its security code. */
#include "core/scan/scanning.h"

#define CARD_REACH 48 /* glyphs around a card in which its expiry and code are looked for */

static const char glued_words[] = "CVV|CVC|CVV2|CVC2|CSC";
static bool is_near(uint32_t a, uint32_t b)
{
    return a >= b && a - b <= CARD_REACH;
}

static bool is_near_card(const struct scanning *s, size_t from, size_t to)
{
    uint32_t start = s->g[from].at, end = s->g[to - 1].at + 1;
    for (size_t k = 0; k < s->n_found; k++)
        if (s->found[k].kind == HAZARD_PAN &&
            (is_near(start, s->found[k].end) || is_near(s->found[k].start, end)))
            return true;
    return false;
}

static size_t digits_at(const struct scanning *s, size_t i)
{
    size_t n = 0;
    while (scan_is_digit(scan_at(s, i + n)))
        n++;
    return n;
}

static bool is_month(const struct scanning *s, size_t i)
{
    char tens = scan_at(s, i), ones = scan_at(s, i + 1);
    return (tens == '0' && ones != '0') || (tens == '1' && ones >= '0' && ones <= '2');
}

/* Where the year of a "12/29", "12-2029" or "12 / 29" ends; 0 = it is none. */
static size_t end_of_expiry(const struct scanning *s, size_t i)
{
    char mark;
    if (digits_at(s, i) != 2 || !is_month(s, i))
        return 0;
    size_t gap = scan_gap(s, i + 2, &mark), y = i + 2 + gap, n = digits_at(s, y);
    bool is_year = n == 2 || (n == 4 && scan_has_prefix(s, y, "20"));
    if (gap == 0 || (mark != '/' && mark != '-') || !is_year)
        return 0;
    char after = scan_at(s, y + n);
    return scan_is_word(after) || after == '/' || after == '-' ? 0 : y + n;
}

/* "12/29 123" beside a card: three digits that nothing names but their place. */
static void try_code_behind(struct scanning *s, size_t i)
{
    size_t gap = 0;
    while (gap < 3 && i + gap < s->n &&
           (scan_at(s, i + gap) == ' ' || scan_at(s, i + gap) == ',' ||
            scan_at(s, i + gap) == '-' || scan_at(s, i + gap) == '/'))
        gap++;
    size_t n = digits_at(s, i + gap);
    if (gap > 0 && (n == 3 || n == 4) && !scan_is_word(scan_at(s, i + gap + n)))
        scan_add(s, HAZARD_CVV, i + gap, i + gap + n);
}

/* "1229" after a word of expiry, beside a card. */
static bool is_short_expiry(const struct scanning *s, size_t i)
{
    return digits_at(s, i) == 4 && is_month(s, i) && !scan_is_word(scan_at(s, i + 4)) &&
           scan_has_context(s, i, CONTEXT_EXPIRY) && !scan_has_context(s, i, CONTEXT_CODE) &&
           is_near_card(s, i, i + 4);
}

static bool is_code(const struct scanning *s, size_t i, size_t n)
{
    char after = scan_at(s, i + n);
    if ((n != 3 && n != 4) || scan_is_word(after) || after == '/' ||
        (after == ',' && scan_is_digit(scan_at(s, i + n + 1))))
        return false;
    return scan_has_context(s, i, CONTEXT_CODE) ||
           (after == ' ' &&
            (scan_has_prefix(s, i + n, " CVV") || scan_has_prefix(s, i + n, " CVC")) &&
            is_near_card(s, i, i + n));
}

void scan_card_extras(struct scanning *s, size_t i)
{
    char b = scan_before(s, i);
    if (!scan_is_digit(scan_at(s, i)) || b == '/' || b == '.' || b == ',' || s->g[i].is_url ||
        (scan_is_word(b) && !scan_is_glued(s, i, glued_words)))
        return;
    size_t to = end_of_expiry(s, i), n = digits_at(s, i);
    bool is_card = to != 0 && is_near_card(s, i, to);
    if (is_card || (to != 0 && scan_has_context(s, i, CONTEXT_EXPIRY) &&
                    scan_has_context(s, i, CONTEXT_CARD))) {
        scan_add(s, HAZARD_EXPIRY, i, to);
        if (is_card)
            try_code_behind(s, to);
    } else if (is_short_expiry(s, i)) {
        scan_add(s, HAZARD_EXPIRY, i, i + 4);
    } else if (is_code(s, i, n)) {
        scan_add(s, HAZARD_CVV, i, i + n);
    }
}
