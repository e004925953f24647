/* compose_cut.c - see the header. */
#include "core/text/compose_cut.h"
#include "base/utf8.h"
#include "core/length/length_mention.h"
#include "core/length/length_text.h"
#include "core/length/length_url.h"
#include <string.h>
#include <utf8proc.h>

/* A grapheme cluster. */
struct cluster {
    uint32_t at;            /* byte */
    uint32_t first;         /* code point */
    bool is_white, is_held; /* held: not to be parted from the cluster before it */
};

struct text {
    struct slice s;
    struct cluster *p;
    uint32_t n;
};

bool cut_is_white(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xa0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
           cp == 0x205f || cp == 0x3000;
}

/* The code point that ends at byte `at`. */
static uint32_t cp_before(struct slice s, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
    return utf8_next(s, &at);
}

struct slice cut_trim(struct slice s)
{
    while (s.n > 0 && cut_is_white(cp_before(s, s.n)))
        do
            s.n--;
        while (((unsigned char)s.p[s.n] & 0xc0) == 0x80);
    for (size_t i = 0; s.n > 0 && cut_is_white(utf8_next(s, &i)); i = 0) {
        s.p += i;
        s.n -= i;
    }
    return s;
}

/* ---- clusters */

static enum err read_clusters(struct slice s, struct arena *a, struct text *out)
{
    struct graphemes g = {0};
    *out = (struct text){.s = s, .p = arena_alloc(a, s.n * sizeof *out->p)};
    if (out->p == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < s.n;) {
        uint32_t at = (uint32_t)i, cp = utf8_next(s, &i);
        bool is_white = cut_is_white(cp);
        if (graphemes_add(&g, cp))
            out->p[out->n++] = (struct cluster){at, cp, is_white, false};
        else if (!is_white)
            out->p[out->n - 1].is_white = false;
    }
    return ERR_OK;
}

/* Units counted along with clusters: clusters within a span hold together. */
static void hold_urls(struct text *t, const struct url_span *urls, uint32_t n_urls)
{
    uint32_t unit = 0, k = 0, cluster = 0;
    for (size_t i = 0; i < t->s.n;) {
        while (k < n_urls && urls[k].at + urls[k].n <= unit)
            k++;
        if (cluster < t->n && t->p[cluster].at == i)
            t->p[cluster++].is_held = k < n_urls && unit > urls[k].at;
        unit += utf8_next(t->s, &i) >= 0x10000 ? 2 : 1;
    }
}

static bool is_tag_letter(uint32_t cp)
{
    return unit_is_word(cp);
}

static bool is_handle_letter(uint32_t cp)
{
    return unit_is_word(cp) || cp == '.' || cp == '-' || cp == '@';
}

static void hold_tags(struct text *t)
{
    bool (*is_letter)(uint32_t) = NULL;
    for (uint32_t k = 0; k < t->n; k++) {
        uint32_t cp = t->p[k].first;
        if (is_letter != NULL && is_letter(cp))
            t->p[k].is_held = true;
        else
            is_letter = cp == '#' || cp == 0xff03   ? is_tag_letter
                        : cp == '@' || cp == 0xff20 ? is_handle_letter
                                                    : NULL;
    }
}

/* ---- sentence ends, and what holds together */

static bool is_closing(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0xbb || cp == 0x2019 ||
           cp == 0x201d || cp == 0x300d || cp == 0x300f || cp == 0xff09;
}

static bool is_wide_stop(uint32_t cp)
{
    return cp == 0x3002 || cp == 0xff01 || cp == 0xff1f || cp == 0xff61;
}

static bool is_stop(uint32_t cp)
{
    return is_wide_stop(cp) || cp == '.' || cp == '!' || cp == '?' || cp == ',' || cp == ';' ||
           cp == ':' || cp == 0x2026 || cp == 0x3001;
}

/* A stop stays with what it stops. */
static void hold_stops(struct text *t)
{
    for (uint32_t k = 1; k < t->n; k++) {
        uint32_t cp = t->p[k].first, before = t->p[k - 1].first;
        if ((is_closing(cp) || is_stop(cp)) && !is_closing(before) && !is_stop(before))
            t->p[k].is_held = true;
    }
}

static enum err hold(enum network n, struct text *t, struct arena *a)
{
    struct units u;
    struct url_span *urls;
    uint32_t n_urls;
    enum err e = units_of(t->s, a, &u);
    if (e == ERR_OK)
        e = url_find(&u, n == NETWORK_MASTODON ? URL_RULES_MASTODON : URL_RULES_X, a, &urls,
                     &n_urls);
    if (e != ERR_OK)
        return e;
    hold_urls(t, urls, n_urls);
    hold_tags(t);
    hold_stops(t);
    return ERR_OK;
}

static bool is_lower(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LL;
}

static bool slice_has_no(struct slice word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (slice_ieq_z(word, *words))
            return false;
    return true;
}

/* Does the point after clusters [.., k) end more than an abbreviation or a number in a list? */
static bool is_full_stop(const struct text *t, uint32_t k)
{
    static const char *const short_words[] = {"sr",  "sra", "srta", "dr", "dra", "ud",  "uds", "av",
                                              "núm", "nº",  "art",  "mr", "mrs", "ms",  "st",  "vs",
                                              "p",   "ej",  "ee",   "uu", "tel", "ref", NULL};
    uint32_t from = k;
    bool is_number = true;
    while (from > 0 && unit_is_word(t->p[from - 1].first)) {
        from--;
        is_number = is_number && t->p[from].first >= '0' && t->p[from].first <= '9';
    }
    size_t at = from < t->n ? t->p[from].at : t->s.n;
    return !(is_number && k - from >= 1 && k - from <= 2) &&
           slice_has_no(slice_make(t->s.p + at, t->p[k].at - at), short_words);
}

/* Do clusters [.., k) end a sentence, if something that begins with `next` follows? */
static bool ends_sentence(const struct text *t, uint32_t k, uint32_t next)
{
    while (k > 0 && is_closing(t->p[k - 1].first))
        k--;
    if (k == 0)
        return false;
    uint32_t cp = t->p[k - 1].first;
    if (cp == '!' || cp == '?' || is_wide_stop(cp))
        return true;
    if (cp == 0x2026)
        return !is_lower(next);
    return cp == '.' && !is_lower(next) && is_full_stop(t, k - 1);
}

static bool has_new_line(const struct text *t, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++)
        if (t->p[k].first == '\n' || t->p[k].first == '\r' || t->p[k].first == 0x2029)
            return true;
    return false;
}

/* The cut before cluster k, which is not white; false when there is none. */
static bool cut_before(const struct text *t, uint32_t k, struct cut *out)
{
    uint32_t from = k;
    while (from > 0 && t->p[from - 1].is_white)
        from--;
    if (from == k && t->p[k].is_held)
        return false;
    *out = (struct cut){t->p[from].at, t->p[k].at, from < k ? CUT_WORD : CUT_LETTER};
    uint32_t next = t->p[k].first;
    if (from == k && (!is_wide_stop(t->p[k - 1].first) || is_wide_stop(next) || is_closing(next)))
        return true;
    if (has_new_line(t, from, k) || ends_sentence(t, from, next))
        out->kind = CUT_SENTENCE;
    return true;
}

enum err cuts_find(enum network n, struct slice text, struct arena *a, struct cuts *out)
{
    struct text t;
    enum err e = read_clusters(text, a, &t);
    if (e == ERR_OK)
        e = hold(n, &t, a);
    if (e != ERR_OK)
        return e;
    *out = (struct cuts){.p = arena_alloc(a, (t.n + 1) * sizeof *out->p)};
    if (out->p == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t k = 1; k < t.n; k++)
        if (!t.p[k].is_white && cut_before(&t, k, &out->p[out->n]))
            out->n++;
    out->p[out->n++] = (struct cut){(uint32_t)text.n, (uint32_t)text.n, CUT_SENTENCE};
    return ERR_OK;
}
