/* scan_glyphs.c - a text as glyphs, and how they hang together. */
#include "base/utf8.h"
#include "core/scan/scanning.h"
#include <string.h>

#define GAP_MAX 4 /* separators between two groups of a number */

bool scan_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool scan_is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '&';
}

bool scan_is_word(char c)
{
    return scan_is_digit(c) || (c >= 'A' && c <= 'Z') || c == 0x7f || c == '_';
}

char scan_at(const struct scanning *s, size_t i)
{
    return i < s->n ? s->g[i].c : ' ';
}

char scan_before(const struct scanning *s, size_t i)
{
    return i > 0 ? s->g[i - 1].c : ' ';
}

/* Digits of other scripts, ten in a row from each of these. */
static char fold_digit(uint32_t cp)
{
    static const uint32_t zeros[] = {0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,  0xa66,
                                     0xae6,   0xb66,   0xbe6,   0xc66,   0xce6,  0xd66,
                                     0xe50,   0xed0,   0xf20,   0x1040,  0xff10, 0x1d7ce,
                                     0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0};
    for (size_t i = 0; cp >= zeros[0] && i < sizeof zeros / sizeof zeros[0]; i++)
        if (cp >= zeros[i] && cp <= zeros[i] + 9)
            return (char)('0' + (cp - zeros[i]));
    return 0;
}

static char fold_space_or_dash(uint32_t cp)
{
    if (cp == 0xa0 || cp == 0x202f || cp == 0x205f || cp == 0x3000 || cp == 0x1680 ||
        (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 || cp == 0x85 ||
        (cp >= 9 && cp <= 13))
        return ' ';
    if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0x2043 || cp == 0xfe58 ||
        cp == 0xfe63)
        return '-';
    if (cp == 0xb7 || cp == 0x2027 || cp == 0x30fb || cp == 0x2024)
        return '.';
    return cp == 0x2044 || cp == 0x2215 ? '/' : 0;
}

static char fold_accent(uint32_t cp)
{
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
    return 0;
}

static char fold(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e) /* full width */
        cp -= 0xff01 - 0x21;
    if (cp >= 'a' && cp <= 'z')
        return (char)(cp - 'a' + 'A');
    if (cp >= 0x20 && cp < 0x7f)
        return (char)cp;
    char c = fold_digit(cp);
    if (c == 0)
        c = fold_space_or_dash(cp);
    if (c == 0)
        c = fold_accent(cp);
    return c != 0 ? c : 0x7f;
}

static bool is_invisible(uint32_t cp)
{
    static const struct {
        uint32_t low, high;
    } ranges[] = {{0xad, 0xad},     {0x300, 0x36f},   {0x61c, 0x61c},    {0x180b, 0x180f},
                  {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},  {0x20d0, 0x20f0},
                  {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; cp >= ranges[0].low && i < sizeof ranges / sizeof ranges[0]; i++)
        if (cp >= ranges[i].low && cp <= ranges[i].high)
            return true;
    return false;
}

bool scan_has_prefix(const struct scanning *s, size_t i, const char *word)
{
    for (; *word != '\0'; word++, i++)
        if (scan_at(s, i) != *word)
            return false;
    return true;
}

static void mark_urls(struct scanning *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (scan_is_word(scan_before(s, i)) ||
            !(scan_has_prefix(s, i, "HTTP://") || scan_has_prefix(s, i, "HTTPS://") ||
              scan_has_prefix(s, i, "WWW.")))
            continue;
        for (; i < s->n && s->g[i].c != ' '; i++)
            s->g[i].is_url = true;
    }
}

enum err scan_read(struct scanning *s, struct slice text)
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
        s->has_digit = s->has_digit || scan_is_digit(c);
        s->g[s->n++] = (struct scan_glyph){.c = c,
                                           .is_break = strchr(" -./_", c) != NULL,
                                           .at = cps,
                                           .byte = (uint32_t)start,
                                           .end_byte = (uint32_t)i};
    }
    mark_urls(s);
    return ERR_OK;
}

static bool is_word_at(const struct scanning *s, size_t k, const char *word, size_t n)
{
    for (size_t m = 0; m < n; m++)
        if (scan_at(s, k + m) != word[m])
            return false;
    return !scan_is_letter(scan_before(s, k));
}

bool scan_has_context(const struct scanning *s, size_t i, enum scan_context c)
{
    return (s->g[i].context & c) != 0;
}

bool scan_is_glued(const struct scanning *s, size_t i, const char *words)
{
    for (const char *w = words; *w != '\0';) {
        size_t n = strcspn(w, "|");
        if (n <= i && is_word_at(s, i - n, w, n) && !scan_is_word(scan_before(s, i - n)))
            return true;
        w += n + (w[n] == '|' ? 1 : 0);
    }
    return false;
}

size_t scan_gap(const struct scanning *s, size_t i, char *mark)
{
    size_t n = 0;
    char m = ' ';
    while (n <= GAP_MAX && i + n < s->n && s->g[i + n].is_break) {
        if (s->g[i + n].c != ' ') {
            if (m != ' ')
                return 0;
            m = s->g[i + n].c;
        }
        n++;
    }
    *mark = m;
    return n <= GAP_MAX ? n : 0;
}

size_t scan_collect(const struct scanning *s, size_t from, size_t to, char body[SCAN_BODY_MAX + 1])
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (scan_is_digit(s->g[i].c) || scan_is_letter(s->g[i].c)) {
            if (n == SCAN_BODY_MAX)
                return SCAN_BODY_MAX + 1;
            body[n++] = s->g[i].c;
        }
    body[n] = '\0';
    return n;
}

void scan_add(struct scanning *s, enum hazard_kind kind, size_t from, size_t to)
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
