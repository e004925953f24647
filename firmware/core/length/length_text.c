/* length_text.c - NFC by utf8proc, but with an ordering of marks that stays linear. */
#include "core/length/length_text.h"
#include "base/utf8.h"
#include <string.h>
#include <utf8proc.h>

#define NO_TRAIL                                                                                   \
    0x11a7             /* before the trailing consonants of Hangul: utf8proc drops it as one...    \
                        */
#define LIKE_IT 0x11a6 /* ...but leaves this, which is the same to every rule */
#define SHORT_RUN 32   /* marks up to which sorting by insertion is the faster */

static uint32_t put_unit(uint16_t *p, uint32_t cp)
{
    if (cp < 0x10000) {
        p[0] = (uint16_t)cp;
        return 1;
    }
    p[0] = (uint16_t)(0xd800 + ((cp - 0x10000) >> 10));
    p[1] = (uint16_t)(0xdc00 + ((cp - 0x10000) & 0x3ff));
    return 2;
}

uint32_t units_code_point(const struct units *u, uint32_t at, uint32_t *n)
{
    uint32_t high = u->p[at];
    *n = 1;
    if ((high & 0xfc00) != 0xd800 || at + 1 >= u->n || (u->p[at + 1] & 0xfc00) != 0xdc00)
        return high;
    *n = 2;
    return 0x10000 + ((high - 0xd800) << 10) + (u->p[at + 1] - 0xdc00u);
}

enum err units_of(struct slice text, struct arena *a, struct units *out)
{
    uint16_t *p = arena_alloc(a, (text.n + 1) * sizeof *p);
    if (p == NULL)
        return ERR_NO_MEMORY;
    *out = (struct units){.p = p};
    for (size_t i = 0; i < text.n;)
        out->n += put_unit(p + out->n, utf8_next(text, &i));
    return ERR_OK;
}

/* Surely the same in NFC, whatever stands around it. */
static bool is_inert(uint32_t cp)
{
    static const struct {
        uint32_t low, high;
    } ranges[] = {{0, 0x2ff},        {0x400, 0x482},   {0x1e00, 0x1eff}, {0x2002, 0x20cf},
                  {0x2190, 0x2328},  {0x232b, 0x2adb}, {0x3041, 0x3096}, {0x30a1, 0x30fa},
                  {0x4e00, 0x9fff},  {0xac00, 0xd7a3}, {0xfe00, 0xfe0f}, {0xff01, 0xffef},
                  {0x1f000, 0x1faff}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && cp >= ranges[i].low; i++)
        if (cp <= ranges[i].high)
            return true;
    return false;
}

static bool is_nfc(struct slice text)
{
    for (size_t i = 0; i < text.n;)
        if ((unsigned char)text.p[i] < 0x80)
            i++;
        else if (!is_inert(utf8_next(text, &i)))
            return false;
    return true;
}

static int class_of(int32_t cp)
{
    return cp < 0x300 ? 0 : utf8proc_get_property(cp)->combining_class;
}

static void sort_short(int32_t *p, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t cp = p[i];
        size_t k = i;
        for (; k > 0 && class_of(p[k - 1]) > class_of(cp); k--)
            p[k] = p[k - 1];
        p[k] = cp;
    }
}

static enum err sort_long(int32_t *p, size_t n, struct arena *a)
{
    size_t at[257] = {0};
    int32_t *copy = arena_alloc(a, n * sizeof *copy);
    if (copy == NULL)
        return ERR_NO_MEMORY;
    memcpy(copy, p, n * sizeof *copy);
    for (size_t i = 0; i < n; i++)
        at[(class_of(copy[i]) & 255) + 1]++;
    for (int c = 0; c < 256; c++)
        at[c + 1] += at[c];
    for (size_t i = 0; i < n; i++)
        p[at[class_of(copy[i]) & 255]++] = copy[i];
    return ERR_OK;
}

/* Canonical order: runs of marks by class, stable. */
static enum err order_marks(int32_t *p, size_t n, struct arena *a)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < n && e == ERR_OK;) {
        size_t from = i;
        while (i < n && class_of(p[i]) != 0)
            i++;
        if (i - from > SHORT_RUN)
            e = sort_long(p + from, i - from, a);
        else
            sort_short(p + from, i - from);
        i += i == from;
    }
    return e;
}

/* Canonical decomposition makes at most 3 code points of 2 bytes. */
static enum err decompose(struct slice text, struct arena *a, int32_t **out, size_t *n)
{
    size_t max = text.n + text.n / 2 + 4;
    int32_t *p = arena_alloc(a, max * sizeof *p);
    if (p == NULL)
        return ERR_NO_MEMORY;
    *n = 0;
    for (size_t i = 0; i < text.n;) {
        int bound = 0;
        int32_t cp = (int32_t)utf8_next(text, &i);
        utf8proc_ssize_t got = 1;
        if (cp < 0xc0 || cp == NO_TRAIL)
            p[*n] = cp == NO_TRAIL ? LIKE_IT : cp;
        else
            got = utf8proc_decompose_char(cp, p + *n, (utf8proc_ssize_t)(max - *n),
                                          UTF8PROC_DECOMPOSE, &bound);
        if (got < 0 || (size_t)got > max - *n)
            return ERR_INVALID;
        *n += (size_t)got;
    }
    *out = p;
    return order_marks(p, *n, a);
}

enum err units_of_nfc(struct slice text, struct arena *a, struct units *out)
{
    int32_t *p;
    size_t n;
    utf8proc_ssize_t kept;
    if (is_nfc(text))
        return units_of(text, a, out);
    enum err e = decompose(text, a, &p, &n);
    if (e != ERR_OK)
        return e;
    /* The options are flags in an enum.
     * NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange) */
    kept = utf8proc_normalize_utf32(p, (utf8proc_ssize_t)n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    uint16_t *u = arena_alloc(a, (2 * n + 1) * sizeof *u);
    if (u == NULL || kept < 0)
        return u == NULL ? ERR_NO_MEMORY : ERR_INVALID;
    *out = (struct units){.p = u};
    for (utf8proc_ssize_t i = 0; i < kept; i++)
        out->n += put_unit(u + out->n, (uint32_t)p[i]);
    return ERR_OK;
}

/* Nothing below U+0300 joins its neighbours but CR and LF. */
static bool is_break(struct graphemes *g, int32_t cp)
{
    if (g->last < 0x300 && cp < 0x300) {
        g->state = 0;
        return g->last != '\r' || cp != '\n';
    }
    return utf8proc_grapheme_break_stateful(g->last, cp, &g->state);
}

bool graphemes_add(struct graphemes *g, uint32_t cp)
{
    bool begins = g->n == 0 || is_break(g, (int32_t)cp);
    g->last = (int32_t)cp;
    g->n += begins;
    return begins;
}
