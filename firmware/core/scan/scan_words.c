/* scan_words.c - identifiers with letters in them, and e-mail addresses. */
#include "core/scan/scan_check.h"
#include "core/scan/scanning.h"
#include <string.h>

static bool has_mark(const struct scanning *s, size_t from, size_t to, char mark)
{
    for (size_t i = from; i < to; i++)
        if (s->g[i].c == mark)
            return true;
    return false;
}

/* The country and its check stand first, and no later piece is a word of the sentence. */
static bool is_iban_form(const struct scanning *s, size_t from, size_t to)
{
    size_t i = from;
    if (!scan_is_letter(scan_at(s, i)) || !scan_is_letter(scan_at(s, i + 1)) ||
        !scan_is_digit(scan_at(s, i + 2)) || !scan_is_digit(scan_at(s, i + 3)))
        return false;
    while (i < to) {
        size_t start = i;
        bool has_digit = false;
        for (; i < to && !s->g[i].is_break; i++)
            has_digit = has_digit || scan_is_digit(s->g[i].c);
        if (!has_digit && i - start != 4)
            return false;
        while (i < to && s->g[i].is_break)
            i++;
    }
    return true;
}

/* Apart from its letter by a space, a number needs the word. */
static bool is_apart(const struct scanning *s, size_t from, size_t to, enum scan_context c)
{
    return has_mark(s, from, to, ' ') && !scan_has_context(s, from, c);
}

/* Name, date and rest may stand apart, but none of them in pieces: "us on 900 123 456". */
static bool is_rfc_form(const struct scanning *s, size_t from, size_t to, size_t n)
{
    const size_t ends[] = {n - 9, n - 3, n};
    size_t done = 0, k = 0;
    for (size_t i = from; i < to; i++) {
        if (!s->g[i].is_break) {
            done++;
            k += done > ends[k] ? 1 : 0;
        } else if (done != ends[k]) {
            return false;
        }
    }
    return true;
}

static void try_word(struct scanning *s, size_t from, size_t to, const char *w, size_t n)
{
    if (check_dni_es(w, n) && !is_apart(s, from, to, CONTEXT_DNI_ES))
        scan_add(s, HAZARD_DNI_ES, from, to);
    else if (check_nie(w, n) && !is_apart(s, from, to, CONTEXT_NIE))
        scan_add(s, HAZARD_NIE, from, to);
    else if (check_curp(w, n) && !is_apart(s, from, to, CONTEXT_CURP))
        scan_add(s, HAZARD_CURP, from, to);
    else if (check_rfc(w, n) && is_rfc_form(s, from, to, n) && !is_apart(s, from, to, CONTEXT_RFC))
        scan_add(s, HAZARD_RFC, from, to);
    else if (check_cnpj(w, n) && strpbrk(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL &&
             !is_apart(s, from, to, CONTEXT_CNPJ))
        scan_add(s, HAZARD_CNPJ, from, to);
}

/* Where each of the pieces from glyph i ends, one gap between two; how many. */
static size_t read_pieces(const struct scanning *s, size_t i, size_t ends[SCAN_GROUPS_MAX])
{
    size_t n = 0, k = i;
    while (n < SCAN_GROUPS_MAX && k < s->n && k - i < (size_t)SCAN_BODY_MAX + SCAN_GROUPS_MAX) {
        char mark;
        while (scan_is_digit(scan_at(s, k)) || scan_is_letter(scan_at(s, k)))
            k++;
        ends[n++] = k;
        size_t gap = scan_gap(s, k, &mark);
        if (gap == 0 ||
            !(scan_is_digit(scan_at(s, k + gap)) || scan_is_letter(scan_at(s, k + gap))))
            break;
        k += gap;
    }
    return n;
}

void scan_words(struct scanning *s, size_t i)
{
    static const char glued[] = "IBAN|DNI|NIF|NIE|CURP|RFC|CNPJ";
    size_t ends[SCAN_GROUPS_MAX];
    char w[SCAN_BODY_MAX + 1], b = scan_before(s, i);
    if (!(scan_is_digit(scan_at(s, i)) || scan_is_letter(scan_at(s, i))) || b == '@' ||
        s->g[i].is_url || ((scan_is_word(b) || b == '&') && !scan_is_glued(s, i, glued)))
        return;
    for (size_t e = read_pieces(s, i, ends); e > 0; e--) {
        size_t to = ends[e - 1], n = scan_collect(s, i, to, w);
        if (n > SCAN_BODY_MAX || n < 9 || scan_is_word(scan_at(s, to)))
            continue;
        if (n >= 15 && is_iban_form(s, i, to) && check_iban(w, n))
            scan_add(s, HAZARD_IBAN, i, to);
        try_word(s, i, to, w, n);
    }
}

static bool is_local(char c)
{
    return scan_is_digit(c) || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("._%+-", c) != NULL);
}

static bool is_domain(char c)
{
    return scan_is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == 0x7f;
}

/* The end of a domain that begins at glyph i: dots and dashes behind it are not its own.  Its last
 * label goes to *last. */
static size_t end_of_domain(const struct scanning *s, size_t i, size_t *last)
{
    size_t to = i;
    while (to < s->n && is_domain(s->g[to].c))
        to++;
    while (to > i && (s->g[to - 1].c == '.' || s->g[to - 1].c == '-'))
        to--;
    for (*last = to; *last > i && s->g[*last - 1].c != '.'; (*last)--)
        ;
    return to;
}

void scan_email(struct scanning *s, size_t i)
{
    size_t from = i, last, to;
    if (scan_at(s, i) != '@')
        return;
    while (from > 0 && is_local(s->g[from - 1].c))
        from--;
    while (from < i && (s->g[from].c == '.' || s->g[from].c == '-'))
        from++;
    to = end_of_domain(s, i + 1, &last);
    bool has_domain = last > i + 2 && to - last >= 2 && scan_is_letter(scan_at(s, last));
    if (from < i && has_domain && scan_before(s, from) != '@')
        scan_add(s, HAZARD_EMAIL, from, to);
}
