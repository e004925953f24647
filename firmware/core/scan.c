/* scan.c - candidates in a text, tried against the checks. */
#include "core/scan.h"
#include "base/utf8.h"
#include "core/scan_check.h"
#include <stdlib.h>
#include <string.h>

#define GROUPS_MAX 12
#define BODY_MAX 40
#define CONTEXT_REACH 28 /* glyphs before a number in which a context word counts */
#define CARD_REACH 48    /* glyphs after a card in which its expiry and code are looked for */

/* One visible character: folded to upper-case ASCII where it has such a form, 0x7f otherwise; '&'
 * for N with tilde. */
struct glyph {
    char c;
    bool is_break; /* space or other separator that may stand inside a number */
    bool is_url;
    uint32_t at, byte, end_byte;
};

struct scanning {
    struct arena *a;
    struct glyph *g;
    size_t n;
    struct hazard *found;
    size_t n_found, max;
    bool is_out_of_memory;
};

const char *hazard_word(enum hazard_kind k)
{
    static const char *const words[HAZARD_N] = {
        "pan",    "cvv", "expiry", "iban", "cbu", "cvu",  "clabe", "cuit",  "dni_ar",
        "dni_es", "nie", "curp",   "rfc",  "cpf", "cnpj", "ssn",   "email", "phone"};
    return (unsigned)k < HAZARD_N ? words[k] : "?";
}

static char fold(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e) /* full width */
        cp -= 0xff01 - 0x21;
    if (cp >= 'a' && cp <= 'z')
        return (char)(cp - 'a' + 'A');
    if (cp >= 0x20 && cp < 0x7f)
        return (char)cp;
    if (cp == 0xa0 || cp == 0x202f || (cp >= 0x2000 && cp <= 0x200a) || cp == '\t' || cp == '\n' ||
        cp == '\r')
        return ' ';
    if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
        return '-';
    static const struct {
        uint32_t low, high;
        char c;
    } accents[] = {{0xc0, 0xc5, 'A'}, {0xe0, 0xe5, 'A'}, {0xc8, 0xcb, 'E'}, {0xe8, 0xeb, 'E'},
                   {0xcc, 0xcf, 'I'}, {0xec, 0xef, 'I'}, {0xd2, 0xd6, 'O'}, {0xf2, 0xf6, 'O'},
                   {0xd9, 0xdc, 'U'}, {0xf9, 0xfc, 'U'}, {0xd1, 0xd1, '&'}, {0xf1, 0xf1, '&'},
                   {0xc7, 0xc7, 'C'}, {0xe7, 0xe7, 'C'}};
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
        if (cp >= accents[i].low && cp <= accents[i].high)
            return accents[i].c;
    return 0x7f;
}

static bool is_invisible(uint32_t cp)
{
    return (cp >= 0x200b && cp <= 0x200f) || cp == 0x2060 || cp == 0xfeff || cp == 0xad ||
           (cp >= 0x202a && cp <= 0x202e) || (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0x20e3;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '&';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || c == 0x7f || c == '_';
}

static char at(const struct scanning *s, size_t i)
{
    return i < s->n ? s->g[i].c : ' ';
}

static char before(const struct scanning *s, size_t i)
{
    return i > 0 ? s->g[i - 1].c : ' ';
}

static enum err read_glyphs(struct scanning *s, struct slice text)
{
    s->g = arena_alloc(s->a, (text.n + 1) * sizeof *s->g);
    if (s->g == NULL)
        return ERR_NO_MEMORY;
    uint32_t cps = 0;
    for (size_t i = 0; i < text.n; cps++) {
        size_t start = i;
        uint32_t cp = utf8_next(text, &i);
        if (is_invisible(cp))
            continue;
        char c = fold(cp);
        s->g[s->n++] = (struct glyph){.c = c,
                                      .is_break = c == ' ' || c == '-' || c == '.' || c == '/',
                                      .at = cps,
                                      .byte = (uint32_t)start,
                                      .end_byte = (uint32_t)i};
    }
    return ERR_OK;
}

static bool has_prefix(const struct scanning *s, size_t i, const char *word)
{
    for (; *word != '\0'; word++, i++)
        if (at(s, i) != *word)
            return false;
    return true;
}

static void mark_urls(struct scanning *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (is_word(before(s, i)) || !(has_prefix(s, i, "HTTP://") ||
                                       has_prefix(s, i, "HTTPS://") || has_prefix(s, i, "WWW.")))
            continue;
        for (; i < s->n && s->g[i].c != ' '; i++)
            s->g[i].is_url = true;
    }
}

static void add(struct scanning *s, enum hazard_kind kind, size_t from, size_t to)
{
    if (s->n_found == s->max) {
        size_t max = s->max == 0 ? 16 : s->max * 2;
        struct hazard *more = arena_alloc(s->a, max * sizeof *more);
        if (more == NULL) {
            s->is_out_of_memory = true;
            return;
        }
        if (s->n_found > 0)
            memcpy(more, s->found, s->n_found * sizeof *more);
        s->found = more;
        s->max = max;
    }
    s->found[s->n_found++] = (struct hazard){.kind = kind,
                                             .start = s->g[from].at,
                                             .end = s->g[to - 1].at + 1,
                                             .start_byte = s->g[from].byte,
                                             .end_byte = s->g[to - 1].end_byte};
}

/* Does one of the words ('|' between them) stand within reach before glyph i? */
static bool has_context(const struct scanning *s, size_t i, const char *words)
{
    size_t first = i > CONTEXT_REACH ? i - CONTEXT_REACH : 0;
    for (const char *w = words; *w != '\0';) {
        size_t n = strcspn(w, "|");
        for (size_t k = first; k + n <= i; k++) {
            size_t m = 0;
            while (m < n && s->g[k + m].c == w[m])
                m++;
            if (m == n && !is_letter(before(s, k)) && !is_letter(at(s, k + n)))
                return true;
        }
        w += n + (w[n] == '|' ? 1 : 0);
    }
    return false;
}

static const char order_words[] =
    "PEDIDO|ORDEN|ORDER|TICKET|CASO|CASE|REF|REFERENCIA|TRACKING|GUIA|FACTURA|INVOICE|RECLAMO|"
    "FOLIO|"
    "PROTOCOLO|VUELO|FLIGHT|RESERVA|BOOKING|LOCALIZADOR|IMEI|INCIDENCIA|ENVIO|SERIE|N SERIE";
static const char phone_words[] = "TEL|TELEFONO|TELEFONE|TLF|TFNO|PHONE|CEL|CELULAR|MOVIL|MOBILE|"
                                  "CELL|WHATSAPP|WSP|WPP|WHATS|LLAMAME|"
                                  "LLAMEN|LLAMADME|LLAMAR|CALL|CALL ME|TEXT "
                                  "ME|MARCAR|FONE|CONTACTO|LIGUE|LIGA|MI NUMERO|MY NUMBER|"
                                  "MEU NUMERO|ZAP";
static const char dni_words[] = "DNI|D.N.I|DOCUMENTO|DOC|L.E|L.C";
static const char ssn_words[] = "SSN|SOCIAL SECURITY|SOCIAL SECURITY NUMBER";
static const char cvv_words[] =
    "CVV|CVC|CVV2|CVC2|CVE|CODIGO DE SEGURIDAD|COD SEGURIDAD|CODIGO SEGURIDAD|SECURITY CODE|"
    "CODIGO DE SEGURANCA|CSC";
static const char expiry_words[] = "VENCE|VTO|VENC|VENCIMIENTO|EXP|EXPIRES|EXPIRY|CADUCA|CADUCIDAD|"
                                   "VALIDA HASTA|VALIDADE|VALID|THRU|"
                                   "VALIDEZ|EXPIRA";

/* ---- digits in groups */

struct groups {
    size_t n;
    struct {
        size_t from, to;
        char break_before; /* 0 for the first */
    } g[GROUPS_MAX];
};

/* Digit groups with one break between (or ") " and "(") that begin at glyph i. */
static void read_groups(const struct scanning *s, size_t i, struct groups *out)
{
    out->n = 0;
    char gap = 0;
    while (out->n < GROUPS_MAX) {
        size_t from = i;
        while (is_digit(at(s, i)))
            i++;
        if (i == from)
            return;
        out->g[out->n].from = from;
        out->g[out->n].to = i;
        out->g[out->n++].break_before = gap;
        if (i >= s->n)
            return;
        if (s->g[i].is_break && is_digit(at(s, i + 1))) {
            gap = at(s, i);
            i += 1;
        } else if (at(s, i) == ' ' && at(s, i + 1) == '-' && at(s, i + 2) == ' ' &&
                   is_digit(at(s, i + 3))) {
            gap = '-';
            i += 3;
        } else if (at(s, i) == ')' &&
                   (is_digit(at(s, i + 1)) || (at(s, i + 1) == ' ' && is_digit(at(s, i + 2))))) {
            gap = ')';
            i += at(s, i + 1) == ' ' ? 2 : 1;
        } else {
            return;
        }
    }
}

static size_t collect(const struct scanning *s, size_t from, size_t to, char body[BODY_MAX + 1])
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (is_word(s->g[i].c) || s->g[i].c == '&') {
            if (n == BODY_MAX)
                return BODY_MAX + 1;
            body[n++] = s->g[i].c;
        }
    body[n] = '\0';
    return n;
}

static bool sizes_are(const struct groups *g, size_t a, size_t b, const char *sizes)
{
    size_t n = strlen(sizes);
    if (b - a != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (g->g[a + i].to - g->g[a + i].from != (size_t)(sizes[i] - '0'))
            return false;
    return true;
}

static bool breaks_are(const struct groups *g, size_t a, size_t b, const char *breaks)
{
    for (size_t i = a + 1; i < b; i++)
        if (strchr(breaks, g->g[i].break_before) == NULL)
            return false;
    return true;
}

static bool groups_at_least(const struct groups *g, size_t a, size_t b, size_t least)
{
    for (size_t i = a; i + 1 < b; i++)
        if (g->g[i].to - g->g[i].from < least)
            return false;
    return true;
}

static bool is_amount(const struct scanning *s, size_t from, size_t to)
{
    char b = before(s, from), b2 = from > 1 ? s->g[from - 2].c : ' ';
    if (b == '$' || (b == ' ' && b2 == '$') || at(s, to) == '$' || at(s, to) == '%' ||
        s->g[from].c == '$')
        return true;
    if (at(s, to) == ',' && is_digit(at(s, to + 1)))
        return true;
    if (b == ',' && is_digit(b2))
        return true;
    static const char *const after[] = {" EUR",     " PESOS", " USD", " ARS", " MXN",
                                        " DOLARES", " REAIS", "EUR",  " K"};
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
        if (has_prefix(s, to, after[i]) && !is_letter(at(s, to + strlen(after[i]))))
            return true;
    return at(s, to) == 0x7f && !is_letter(at(s, to + 1)); /* the euro sign, mostly */
}

static enum hazard_kind eleven_digits(const struct scanning *s, const struct groups *g, size_t a,
                                      size_t b, const char *d)
{
    bool is_cpf = check_cpf(d, 11), is_cuit = check_cuit(d, 11);
    bool is_whole = b - a == 1;
    if (is_cpf && (sizes_are(g, a, b, "3332") || (is_whole && has_context(s, g->g[a].from, "CPF"))))
        return HAZARD_CPF;
    if (is_cuit &&
        (sizes_are(g, a, b, "281") || (is_whole && has_context(s, g->g[a].from, "CUIT|CUIL"))))
        return HAZARD_CUIT;
    if (is_whole && !has_context(s, g->g[a].from, order_words)) {
        if (is_cpf)
            return HAZARD_CPF;
        if (is_cuit)
            return HAZARD_CUIT;
    }
    return HAZARD_N;
}

static bool is_national_phone(const struct groups *g, size_t a, size_t b, const char *d, size_t n)
{
    bool is_loose = breaks_are(g, a, b, " -.)");
    if (!is_loose || b - a < 2)
        return false;
    if (n == 9 && strchr("6789", d[0]) != NULL &&
        (sizes_are(g, a, b, "333") || sizes_are(g, a, b, "3222") || sizes_are(g, a, b, "2223")))
        return true;
    if (n == 10 &&
        (sizes_are(g, a, b, "334") || sizes_are(g, a, b, "244") || sizes_are(g, a, b, "2224")) &&
        d[0] != '0')
        return true;
    if (n == 10 && sizes_are(g, a, b, "2222") == false && sizes_are(g, a, b, "22222"))
        return true;
    return n == 11 && d[0] != '0' &&
           (sizes_are(g, a, b, "254") || sizes_are(g, a, b, "2144") ||
            (sizes_are(g, a, b, "1334") && d[0] == '1'));
}

static void phones(struct scanning *s, const struct groups *g, size_t a, size_t b, const char *d,
                   size_t n)
{
    size_t from = g->g[a].from, to = g->g[b - 1].to;
    if (before(s, from) == '(' && has_prefix(s, g->g[a].to, ")"))
        from--;
    if (before(s, from) == '+' && n >= 8 && n <= 15 && d[0] != '0') {
        add(s, HAZARD_PHONE, from - 1, to);
        return;
    }
    if (is_amount(s, from, to) || has_context(s, from, order_words))
        return;
    bool is_known =
        is_national_phone(g, a, b, d, n) || (b - a == 1 && n == 9 && (d[0] == '6' || d[0] == '7'));
    bool is_named =
        n >= 7 && n <= 13 && has_context(s, from, phone_words) && breaks_are(g, a, b, " -.)");
    if (is_known || is_named)
        add(s, HAZARD_PHONE, from, to);
}

static bool is_dotted_dni(const struct scanning *s, const struct groups *g, size_t a, size_t b)
{
    size_t from = g->g[a].from, to = g->g[b - 1].to;
    bool is_form =
        (sizes_are(g, a, b, "233") || sizes_are(g, a, b, "133")) && breaks_are(g, a, b, ".");
    return is_form && !is_amount(s, from, to) && s->g[from].c != '0';
}

/* One stretch of groups a .. b - 1 whose digits are d. */
static void try_digits(struct scanning *s, const struct groups *g, size_t a, size_t b,
                       const char *d, size_t n)
{
    size_t from = g->g[a].from, to = g->g[b - 1].to;
    bool is_tight = breaks_are(g, a, b, " -.");
    if (n >= 12 && n <= 19 && is_tight && groups_at_least(g, a, b, 3) && check_pan(d, n))
        add(s, HAZARD_PAN, from, to);
    if (n == 22 && is_tight && check_cbu(d, n))
        add(s, memcmp(d, "000", 3) == 0 ? HAZARD_CVU : HAZARD_CBU, from, to);
    if (n == 18 && is_tight && check_clabe(d, n))
        add(s, HAZARD_CLABE, from, to);
    if (n == 11 && is_tight) {
        enum hazard_kind k = eleven_digits(s, g, a, b, d);
        if (k != HAZARD_N)
            add(s, k, from, to);
    }
    if (n == 14 && check_cnpj(d, n) && (b - a == 1 || sizes_are(g, a, b, "23342")))
        add(s, HAZARD_CNPJ, from, to);
    if (n == 9 && check_ssn(d, n) &&
        ((sizes_are(g, a, b, "324") && breaks_are(g, a, b, "-")) ||
         has_context(s, from, ssn_words)))
        add(s, HAZARD_SSN, from, to);
    if ((n == 7 || n == 8) &&
        (is_dotted_dni(s, g, a, b) || (is_tight && has_context(s, from, dni_words))))
        add(s, HAZARD_DNI_AR, from, to);
    phones(s, g, a, b, d, n);
}

static void scan_digits(struct scanning *s, size_t i)
{
    struct groups g;
    char d[BODY_MAX + 1];
    char b = before(s, i);
    if (!is_digit(at(s, i)) || is_word(b) || s->g[i].is_url || b == '@' || b == '#')
        return;
    read_groups(s, i, &g);
    for (size_t end = g.n; end > 0; end--) {
        size_t to = g.g[end - 1].to, n = collect(s, i, to, d);
        if (n > BODY_MAX || is_word(at(s, to)) || at(s, to) == '@')
            continue;
        try_digits(s, &g, 0, end, d, n);
    }
}

/* ---- words of letters and digits */

static bool has_space(const struct scanning *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s->g[i].c == ' ')
            return true;
    return false;
}

/* As it is printed: in fours, the last piece shorter. */
static bool is_in_fours(const struct scanning *s, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        n = s->g[i].is_break ? 0 : n + 1;
        if (n > 4 || (s->g[i].is_break && (i < from + 4 || (i - from) % 5 != 4)))
            return false;
    }
    return true;
}

static void try_word(struct scanning *s, size_t from, size_t to, const char *w, size_t n)
{
    if (check_dni_es(w, n))
        add(s, HAZARD_DNI_ES, from, to);
    else if (check_nie(w, n))
        add(s, HAZARD_NIE, from, to);
    else if (to - from == n && check_curp(w, n))
        add(s, HAZARD_CURP, from, to);
    else if (check_rfc(w, n))
        add(s, HAZARD_RFC, from, to);
    else if (!has_space(s, from, to) && strpbrk(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL &&
             check_cnpj(w, n))
        add(s, HAZARD_CNPJ, from, to);
}

/* Pieces of letters and digits with single breaks between, from glyph i; longest first. */
static void scan_words(struct scanning *s, size_t i)
{
    size_t ends[GROUPS_MAX], n_ends = 0, k = i;
    char w[BODY_MAX + 1], b = before(s, i);
    if (!(is_digit(at(s, i)) || is_letter(at(s, i))) || is_word(b) || b == '&' || b == '@' ||
        s->g[i].is_url)
        return;
    while (n_ends < GROUPS_MAX && k < s->n && k - i < BODY_MAX + GROUPS_MAX) {
        while (is_digit(at(s, k)) || is_letter(at(s, k)))
            k++;
        ends[n_ends++] = k;
        if (k >= s->n || !s->g[k].is_break || !(is_digit(at(s, k + 1)) || is_letter(at(s, k + 1))))
            break;
        k++;
    }
    for (size_t e = n_ends; e > 0; e--) {
        size_t n = collect(s, i, ends[e - 1], w);
        if (n > BODY_MAX || n < 9 || is_word(at(s, ends[e - 1])))
            continue;
        bool is_form = ends[e - 1] - i == n || is_in_fours(s, i, ends[e - 1]);
        if (n >= 15 && is_letter(w[0]) && is_form && check_iban(w, n))
            add(s, HAZARD_IBAN, i, ends[e - 1]);
        try_word(s, i, ends[e - 1], w, n);
    }
}

/* ---- e-mail addresses, and what goes with a card */

static bool is_local(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || strchr("._%+-", c) != NULL;
}

static void scan_email(struct scanning *s, size_t i)
{
    size_t from = i, to = i + 1, last_dot = 0;
    if (at(s, i) != '@')
        return;
    while (from > 0 && s->g[from - 1].c != '\0' && is_local(s->g[from - 1].c))
        from--;
    while (from < i && s->g[from].c == '.')
        from++;
    while (to < s->n && (is_digit(s->g[to].c) || (s->g[to].c >= 'A' && s->g[to].c <= 'Z') ||
                         s->g[to].c == '-' || s->g[to].c == '.')) {
        if (s->g[to].c == '.')
            last_dot = to;
        to++;
    }
    while (to > i + 1 && (s->g[to - 1].c == '.' || s->g[to - 1].c == '-')) {
        to--;
        if (last_dot == to)
            for (last_dot = to - 1; last_dot > i && s->g[last_dot].c != '.'; last_dot--)
                ;
    }
    bool has_domain = last_dot > i + 1 && to - last_dot >= 3 && is_letter(at(s, last_dot + 1));
    if (from < i && has_domain && before(s, from) != '@')
        add(s, HAZARD_EMAIL, from, to);
}

static bool near_card(const struct scanning *s, size_t i)
{
    for (size_t k = 0; k < s->n_found; k++)
        if (s->found[k].kind == HAZARD_PAN && s->g[i].at >= s->found[k].end &&
            s->g[i].at - s->found[k].end <= CARD_REACH)
            return true;
    return false;
}

static void scan_card_extras(struct scanning *s, size_t i)
{
    size_t k = i;
    char b = before(s, i);
    if (!is_digit(at(s, i)) || is_word(b) || b == '/' || b == '.' || b == ',' || s->g[i].is_url)
        return;
    while (is_digit(at(s, k)))
        k++;
    bool is_month = k - i == 2 && (at(s, i) == '0' || (at(s, i) == '1' && at(s, i + 1) <= '2')) &&
                    !(at(s, i) == '0' && at(s, i + 1) == '0');
    if (is_month && (at(s, k) == '/' || at(s, k) == '-')) {
        size_t y = k + 1;
        while (is_digit(at(s, y)))
            y++;
        bool is_year = y - k == 3 || (y - k == 5 && at(s, k + 1) == '2' && at(s, k + 2) == '0');
        if (is_year && !is_word(at(s, y)) && at(s, y) != '/' && at(s, y) != '-' &&
            (near_card(s, i) || has_context(s, i, expiry_words)))
            add(s, HAZARD_EXPIRY, i, y);
        return;
    }
    bool is_code = (k - i == 3 || k - i == 4) && !is_word(at(s, k));
    if (is_code && at(s, k) != '/' && !(at(s, k) == ',' && is_digit(at(s, k + 1))) &&
        has_context(s, i, cvv_words))
        add(s, HAZARD_CVV, i, k);
}

/* ---- all together */

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
    enum err e = read_glyphs(&s, text);
    if (e != ERR_OK)
        return e;
    mark_urls(&s);
    for (size_t i = 0; i < s.n; i++) {
        scan_digits(&s, i);
        scan_words(&s, i);
        scan_email(&s, i);
    }
    for (size_t i = 0; i < s.n; i++)
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
