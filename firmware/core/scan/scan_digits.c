/* scan_digits.c - numbers in groups: cards, accounts, national ids, telephones. */
#include "core/scan/scan_check.h"
#include "core/scan/scanning.h"
#include <string.h>

static const char glued_words[] =
    "CPF|CNPJ|CUIT|CUIL|CBU|CVU|CLABE|DNI|SSN|TEL|CEL|TLF|PAN|CARD|TARJETA|CARTAO|VISA|"
    "MASTERCARD|AMEX|NUMERO|N|NO|NRO|NUM";

struct groups {
    size_t n;
    struct {
        size_t from, to;
        char mark_before; /* the separator; 0 for the first */
    } g[SCAN_GROUPS_MAX];
};

/* Groups a .. b - 1, whose n digits are d. */
struct stretch {
    struct scanning *s;
    const struct groups *g;
    size_t a, b, from, to;
    const char *d;
    size_t n;
};

/* How far it is from the end of a group to the next one, 0 = there is none. */
static size_t next_group(const struct scanning *s, size_t i, char *mark)
{
    size_t n;
    if (scan_at(s, i) == ')') {
        n = scan_at(s, i + 1) == ' ' ? 2 : 1;
        *mark = ')';
    } else {
        n = scan_gap(s, i, mark);
    }
    return n > 0 && i + n < s->n && scan_is_digit(scan_at(s, i + n)) ? n : 0;
}

static void read_groups(const struct scanning *s, size_t i, struct groups *out)
{
    char mark = 0;
    out->n = 0;
    while (out->n < SCAN_GROUPS_MAX) {
        size_t from = i;
        while (scan_is_digit(scan_at(s, i)))
            i++;
        out->g[out->n].from = from;
        out->g[out->n].to = i;
        out->g[out->n++].mark_before = mark;
        size_t gap = next_group(s, i, &mark);
        if (gap == 0)
            return;
        i += gap;
    }
}

static size_t size_of(const struct stretch *x, size_t k)
{
    return x->g->g[k].to - x->g->g[k].from;
}

/* sizes: digits of each group (';' eleven, '=' thirteen, '>' fourteen), '|' between the ways to
 * write it. */
static bool sizes_are(const struct stretch *x, const char *sizes)
{
    for (;;) {
        size_t n = strcspn(sizes, "|"), i = 0;
        if (n == x->b - x->a)
            while (i < n && size_of(x, x->a + i) == (size_t)(sizes[i] - '0'))
                i++;
        if (i == n && n > 0)
            return true;
        if (sizes[n] == '\0')
            return false;
        sizes += n + 1;
    }
}

static bool marks_are(const struct stretch *x, const char *marks)
{
    for (size_t i = x->a + 1; i < x->b; i++)
        if (strchr(marks, x->g->g[i].mark_before) == NULL)
            return false;
    return true;
}

/* One separator between two groups, the same everywhere. */
static bool is_one_number(const struct stretch *x)
{
    for (size_t i = x->a + 1; i < x->b; i++)
        if (x->g->g[i].from - x->g->g[i - 1].to != 1 ||
            x->g->g[i].mark_before != x->g->g[x->a + 1].mark_before)
            return false;
    return true;
}

/* As cards are written: in threes and more, or evenly in ones or twos. */
static bool is_card_form(const struct stretch *x)
{
    size_t first = size_of(x, x->a);
    for (size_t i = x->a; i + 1 < x->b; i++)
        if (size_of(x, i) != first && (size_of(x, i) < 3 || first < 3))
            return false;
    return x->b - x->a == 1 || first >= 3 || size_of(x, x->b - 1) == first;
}

static bool is_followed_by(const struct scanning *s, size_t to, const char *words)
{
    if (scan_at(s, to) == ' ')
        to++;
    for (const char *w = words; *w != '\0';) {
        size_t n = strcspn(w, "|"), m = 0;
        while (m < n && scan_at(s, to + m) == w[m])
            m++;
        if (m == n && !scan_is_letter(scan_at(s, to + n)))
            return true;
        w += n + (w[n] == '|' ? 1 : 0);
    }
    return false;
}

static const char counted_words[] =
    "EUR|EUROS|PESOS|USD|ARS|MXN|COP|CLP|BRL|DOLARES|DOLLARS|REAIS|MILLONES|MILHOES|MILLION|K|"
    "PERSONAS|PESSOAS|PEOPLE|HABITANTES|SEGUIDORES|FOLLOWERS|USUARIOS|USERS|CLIENTES|PUNTOS|"
    "PONTOS|POINTS|MILLAS|MILHAS|MILES|KM|DE PESOS|DE EUROS|BS|SOLES";

static bool is_amount(const struct stretch *x)
{
    const struct scanning *s = x->s;
    char b = scan_before(s, x->from), b2 = x->from > 1 ? s->g[x->from - 2].c : ' ';
    if (b == '$' || (b == ' ' && b2 == '$') || scan_at(s, x->to) == '$' || scan_at(s, x->to) == '%')
        return true;
    if (scan_at(s, x->to) == ',' && scan_is_digit(scan_at(s, x->to + 1)))
        return true;
    if (b == ',' && scan_is_digit(b2))
        return true;
    bool is_symbol = scan_at(s, x->to) == 0x7f && !scan_is_letter(scan_at(s, x->to + 1));
    return is_symbol || is_followed_by(s, x->to, counted_words); /* the euro sign, mostly */
}

static enum hazard_kind eleven_digits(const struct stretch *x)
{
    bool is_cpf = check_cpf(x->d, 11), is_cuit = check_cuit(x->d, 11), is_whole = x->b - x->a == 1;
    bool says_cpf = scan_has_context(x->s, x->from, CONTEXT_CPF),
         says_cuit = scan_has_context(x->s, x->from, CONTEXT_CUIT);
    if (is_cpf && (sizes_are(x, "3332|92") || says_cpf) && !(is_cuit && says_cuit))
        return HAZARD_CPF;
    if (is_cuit && (sizes_are(x, "281|22331|2333") || says_cuit))
        return HAZARD_CUIT;
    if (is_whole && is_cpf)
        return HAZARD_CPF;
    return is_whole && is_cuit ? HAZARD_CUIT : HAZARD_N;
}

static const struct {
    const char *sizes, *first; /* digits it may begin with */
} national[] = {
    {"333|3222|2223|36", "6789"},           /* Spain, Portugal */
    {"2322|2232|234", "289"},               /* Spain, Portugal: landlines */
    {"334|244|2224|22222|343", "23456789"}, /* North America, Mexico */
    {"254|2144|344", "123456789"},          /* Brazil */
    {"1334", "1"},                          /* North America with its 1 */
    {"344|56|434|3344|2434|47|533", "0"},   /* with the trunk 0 */
    {"1244|13324|3244|2354", "0123456789"}, /* Argentina, mobiles */
};

static bool is_national_phone(const struct stretch *x)
{
    if (x->b - x->a < 2 || x->n < 9 || x->n > 12 || !marks_are(x, " -.)"))
        return false;
    for (size_t i = 0; i < sizeof national / sizeof national[0]; i++)
        if (sizes_are(x, national[i].sizes) && strchr(national[i].first, x->d[0]) != NULL)
            return true;
    bool is_buenos_aires = x->n == 10 && (memcmp(x->d, "11", 2) == 0 || memcmp(x->d, "15", 2) == 0);
    return is_buenos_aires && sizes_are(x, "244");
}

/* Of a longer chain of numbers: 310.907.718.235. */
static bool is_part_of_more(const struct stretch *x)
{
    char b = scan_before(x->s, x->from), after = scan_at(x->s, x->to);
    bool has_before =
        strchr(".-/", b) != NULL && x->from > 1 && scan_is_digit(x->s->g[x->from - 2].c);
    return has_before || (strchr(".-/", after) != NULL && scan_is_digit(scan_at(x->s, x->to + 1)));
}

static void try_phone(struct stretch *x)
{
    size_t from = x->from;
    bool is_open = scan_before(x->s, from) == '(' && scan_has_prefix(x->s, x->g->g[x->a].to, ")");
    if (is_open)
        from--;
    if (scan_before(x->s, from) == '+' && x->n >= 8 && x->n <= 15 && x->d[0] != '0') {
        scan_add(x->s, HAZARD_PHONE, from - 1, x->to);
        return;
    }
    if (is_amount(x))
        return;
    bool is_named = x->n >= 7 && x->n <= 14 && scan_has_context(x->s, x->from, CONTEXT_PHONE) &&
                    marks_are(x, " -.)");
    size_t n_abroad = x->b - x->a == 1 ? 17 : 15;
    bool is_abroad = x->n >= 11 && x->n <= n_abroad && memcmp(x->d, "00", 2) == 0 &&
                     x->d[2] != '0' && marks_are(x, " -.)");
    bool is_mobile = x->b - x->a == 1 && x->n == 9 && (x->d[0] == '6' || x->d[0] == '7');
    bool is_known = (is_national_phone(x) || is_mobile || is_abroad) && !is_part_of_more(x);
    if (is_named || (is_known && !scan_has_context(x->s, x->from, CONTEXT_ORDER)))
        scan_add(x->s, HAZARD_PHONE, from, x->to);
}

/* 12.345.678 by itself; 1.234.567 is as well a count of something, so nothing may follow. */
static bool is_dotted_dni(const struct stretch *x)
{
    bool is_form = sizes_are(x, "233|133") && marks_are(x, ".") && x->d[0] != '0';
    bool has_noun =
        scan_at(x->s, x->to) == ' ' && scan_is_letter(scan_at(x->s, x->to + 1)) && x->n == 7;
    return is_form && !has_noun && !is_amount(x);
}

static void try_national(struct stretch *x)
{
    bool is_tight = marks_are(x, " -.");
    if (x->n == 11 && marks_are(x, " -./")) {
        enum hazard_kind k = eleven_digits(x);
        if (k != HAZARD_N)
            scan_add(x->s, k, x->from, x->to);
    }
    if (x->n == 14 && check_cnpj(x->d, 14) && (x->b - x->a == 1 || sizes_are(x, "23342|842|8411")))
        scan_add(x->s, HAZARD_CNPJ, x->from, x->to);
    if (x->n == 9 && check_ssn(x->d, 9) &&
        ((sizes_are(x, "324") && marks_are(x, "-")) ||
         (is_tight && scan_has_context(x->s, x->from, CONTEXT_SSN))))
        scan_add(x->s, HAZARD_SSN, x->from, x->to);
    if ((x->n == 7 || x->n == 8) &&
        (is_dotted_dni(x) || (is_tight && scan_has_context(x->s, x->from, CONTEXT_DNI_AR))))
        scan_add(x->s, HAZARD_DNI_AR, x->from, x->to);
}

static void try_card(struct stretch *x)
{
    if (x->n >= 12 && x->n <= 19 && marks_are(x, " -._/") && is_card_form(x) &&
        check_pan(x->d, x->n))
        scan_add(x->s, HAZARD_PAN, x->from, x->to);
}

/* Bank, place, account and check digit; in fours, or as it comes where the word says so. */
static bool is_clabe_form(const struct stretch *x)
{
    bool is_named = scan_has_context(x->s, x->from, CONTEXT_CLABE);
    if (!is_one_number(x) || !marks_are(x, " -"))
        return false;
    return x->b - x->a == 1 || is_named || sizes_are(x, "33;1|44442");
}

/* Bank and account, each with its check digit, or one number but not two of eleven digits. */
static bool is_cbu_form(const struct stretch *x)
{
    if (!marks_are(x, " -./"))
        return false;
    return sizes_are(x, "71=1|8>") || (is_one_number(x) && !sizes_are(x, ";;"));
}

static void try_account(struct stretch *x)
{
    if (x->n == 22 && is_cbu_form(x) && check_cbu(x->d, 22))
        scan_add(x->s, memcmp(x->d, "000", 3) == 0 ? HAZARD_CVU : HAZARD_CBU, x->from, x->to);
    if (x->n == 18 && is_clabe_form(x) && check_clabe(x->d, 18))
        scan_add(x->s, HAZARD_CLABE, x->from, x->to);
}

static void try_stretch(struct stretch *x)
{
    char b = scan_before(x->s, x->from);
    bool is_inside = x->s->g[x->from].is_url || b == '#';
    try_card(x);
    if (is_inside)
        return;
    try_account(x);
    try_national(x);
    try_phone(x);
}

void scan_digits(struct scanning *s, size_t i)
{
    struct groups g;
    char d[SCAN_BODY_MAX + 1], b = scan_before(s, i);
    if (!scan_is_digit(scan_at(s, i)) || b == '@' ||
        (scan_is_word(b) && b != '_' && !scan_is_glued(s, i, glued_words)))
        return;
    read_groups(s, i, &g);
    for (size_t end = g.n; end > 0; end--) {
        struct stretch x = {s, &g, 0, end, i, g.g[end - 1].to, d, 0};
        x.n = scan_collect(s, i, x.to, d);
        char after = scan_at(s, x.to);
        if (x.n <= SCAN_BODY_MAX && (!scan_is_word(after) || after == '_') && after != '@')
            try_stretch(&x);
    }
}
