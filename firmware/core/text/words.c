/* words.c - folding by a table of the Latin letters that our languages use; phrases in a hash table
 * of word hashes. */
#include "core/text/words.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

#define WORD_BYTES 48
#define FNV_FIRST UINT32_C(2166136261)
#define FNV_PRIME UINT32_C(16777619)

/* The plain lower-case letter of a code point, or 0 when it is no letter or digit. */
static uint32_t fold(uint32_t c)
{
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"
                                "aaaaaaaceeeeiiiidnooooo\0ouuuuyty";
    if (c >= 'a' && c <= 'z')
        return c;
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if (c >= '0' && c <= '9')
        return c;
    if (c >= 0xC0 && c <= 0xFF)
        return (unsigned char)latin[c - 0xC0];
    if (c >= 0x100 && c < 0x2000)
        return c;
    if (c >= 0x3040 && c < 0xFE00)
        return c;
    return 0;
}

static bool is_capital(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

static bool is_emoji(uint32_t c)
{
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF);
}

static void count_emoji(struct words *w, uint32_t c)
{
    static const uint32_t glad[] = {
        0x1F600, 0x1F601, 0x1F603, 0x1F604, 0x1F606, 0x1F609, 0x1F60A, 0x1F60B, 0x1F60D, 0x1F60E,
        0x1F618, 0x1F61A, 0x1F642, 0x1F917, 0x1F929, 0x1F970, 0x1F973, 0x1F44D, 0x1F44F, 0x1F44C,
        0x1F4AA, 0x1F64C, 0x1F64F, 0x2764,  0x1F495, 0x1F496, 0x1F497, 0x1F499, 0x1F49A, 0x1F49B,
        0x1F49C, 0x1F389, 0x1F38A, 0x1F60C, 0x263A,  0x1F91D, 0x2600,  0x1F60F};
    static const uint32_t sad[] = {0x1F620, 0x1F621, 0x1F92C, 0x1F624, 0x1F622, 0x1F62D, 0x1F44E,
                                   0x1F612, 0x1F644, 0x1F61E, 0x1F614, 0x1F62B, 0x1F629, 0x1F926,
                                   0x1F494, 0x1F4A9, 0x1F615, 0x1F61F, 0x1F623, 0x1F625, 0x1F616,
                                   0x1F628, 0x1F630, 0x1F631, 0x1F633, 0x1F62A, 0x1F92E, 0x1F922,
                                   0x1F595, 0x2639,  0x1F641, 0x1F611, 0x1F4A5, 0x1F92F, 0x1F61D};
    w->n_emoji++;
    for (size_t i = 0; i < sizeof glad / sizeof glad[0]; i++)
        w->n_glad += c == glad[i] ? 1 : 0;
    for (size_t i = 0; i < sizeof sad / sizeof sad[0]; i++)
        w->n_sad += c == sad[i] ? 1 : 0;
}

struct reading {
    struct words *w;
    uint32_t one, two, before_two; /* hashes; `one` without the second letter of a run */
    uint32_t last, run, length, from;
    uint64_t tail;
    uint16_t clause;
};

static void start_word(struct reading *r)
{
    r->one = r->two = r->before_two = FNV_FIRST;
    r->last = r->run = r->length = 0;
    r->tail = 0;
}

static void end_word(struct reading *r, size_t to)
{
    struct words *w = r->w;
    if (r->length > 0 && w->n < WORDS_MAX) {
        w->hash[w->n] = r->one;
        w->other[w->n] = r->two;
        w->from[w->n] = r->from;
        w->to[w->n] = (uint32_t)to;
        w->tail[w->n] = r->tail;
        w->clause[w->n] = r->clause;
        w->length[w->n] = (uint8_t)(r->length < 255 ? r->length : 255);
        w->n++;
    }
    start_word(r);
}

/* Letters that no word of our languages doubles. */
static bool is_never_double(uint32_t c)
{
    return c < 0x80 && strchr("aiuhjqvwxykb", (int)c) != NULL;
}

static void add_letter(struct reading *r, uint32_t c)
{
    bool is_digit = c >= '0' && c <= '9';
    r->run = c == r->last && !is_digit ? r->run + 1 : 1;
    r->last = c;
    if (r->run == 3)
        r->one = r->before_two;
    if (r->run > 2 || (r->run == 2 && is_never_double(c)))
        return;
    r->before_two = r->one;
    r->one = (r->one ^ c) * FNV_PRIME;
    r->two = (r->two ^ c) * FNV_PRIME;
    r->tail = r->tail << 8 | (c < 0x80 ? c : 1);
    r->length++;
}

static bool at_url(struct slice s, size_t i)
{
    static const char *const starts[] = {"http://", "https://", "www."};
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++) {
        size_t n = strlen(starts[k]);
        if (s.n - i >= n && slice_ieq_z(slice_make(s.p + i, n), starts[k]))
            return true;
    }
    return false;
}

static size_t skip_token(struct slice s, size_t i)
{
    while (i < s.n && (unsigned char)s.p[i] > 0x20)
        i++;
    return i;
}

static size_t skip_handle(struct slice s, size_t i)
{
    for (i++; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
              (c >= 'A' && c <= 'Z')))
            break;
    }
    return i;
}

static void count_mark(struct words *w, uint32_t c)
{
    w->n_exclaims += c == '!' ? 1 : 0;
    w->n_questions += c == '?' ? 1 : 0;
    w->n_tags += c == '#' ? 1 : 0;
    w->n_spanish += c == 0xBF || c == 0xA1 ? 1 : 0;
    if (is_emoji(c))
        count_emoji(w, c);
}

static void count_letter(struct words *w, uint32_t c)
{
    w->n_letters++;
    w->n_capitals += is_capital(c) ? 1 : 0;
    w->n_spanish += c == 0xF1 || c == 0xD1 ? 1 : 0;
    w->n_portuguese +=
        c == 0xE3 || c == 0xF5 || c == 0xE7 || c == 0xC3 || c == 0xD5 || c == 0xC7 ? 1 : 0;
    w->n_foreign += c >= 0x100 ? 1 : 0;
}

/* ":)", ":-(", "=D" and their like at byte i; how many bytes, 0 = none. */
static size_t count_face(struct words *w, struct slice s, size_t i)
{
    size_t k = i + 1;
    if (strchr(":;=", s.p[i]) == NULL || s.p[i] == '\0')
        return 0;
    if (k < s.n && (s.p[k] == '-' || s.p[k] == '\''))
        k++;
    if (k >= s.n)
        return 0;
    bool is_glad = s.p[k] == ')' || s.p[k] == 'D', is_sad = s.p[k] == '(' || s.p[k] == '@';
    if (!is_glad && !is_sad)
        return 0;
    w->n_emoji++;
    w->n_glad += is_glad ? 1 : 0;
    w->n_sad += is_sad ? 1 : 0;
    return k + 1 - i;
}

/* What is read whole where a word might begin: a URL, a handle, a face.  Bytes, 0 = a letter or a
 * mark. */
static size_t skip_whole(struct reading *r, struct slice text, size_t i)
{
    char c = text.p[i];
    if ((c == 'h' || c == 'w' || c == 'H' || c == 'W') && at_url(text, i)) {
        r->w->n_urls++;
        return skip_token(text, i) - i;
    }
    if (c == '@') {
        r->w->n_handles++;
        return skip_handle(text, i) - i;
    }
    return count_face(r->w, text, i);
}

static bool is_inside_word(uint32_t c)
{
    return c == '\'' || c == 0x2019 || (c >= 0x300 && c <= 0x36F) || c == 0xAD || c == 0x200B ||
           c == 0x200D;
}

static bool ends_clause(uint32_t c)
{
    return c == '\n' || c > 0x7F || strchr(" -/&+#%$*_'\t\r", (int)c) == NULL;
}

void words_of(struct slice text, struct words *out)
{
    struct reading r = {.w = out};
    out->n = 0;
    memset(&out->n_letters, 0, sizeof *out - offsetof(struct words, n_letters));
    out->starts_with_rt = slice_has_prefix(text, slice_of("RT @"));
    start_word(&r);
    for (size_t i = 0; i < text.n;) {
        size_t whole = r.length == 0 ? skip_whole(&r, text, i) : 0, from = i;
        if (whole > 0) {
            i += whole;
            continue;
        }
        uint32_t c = utf8_next(text, &i), plain = fold(c);
        if (plain != 0) {
            r.from = r.length == 0 ? (uint32_t)from : r.from;
            count_letter(out, c);
            add_letter(&r, plain);
        } else if (!is_inside_word(c)) {
            end_word(&r, from);
            count_mark(out, c);
            r.clause = (uint16_t)(r.clause + (ends_clause(c) ? 1 : 0));
        }
    }
    end_word(&r, text.n);
}

struct entry {
    uint32_t words[WORDS_PHRASE_MAX];
    uint32_t n, order;
    int32_t group, points;
};

struct phrases {
    uint32_t mask;
    uint32_t *slots; /* by hash of the first word: index + 1 of the first entry with it, 0 = none */
    uint32_t n;
    struct entry *entries; /* sorted by first word, longest first */
};

static int by_first_word(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->words[0] != y->words[0])
        return x->words[0] < y->words[0] ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void index_entries(struct phrases *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        if (i > 0 && p->entries[i].words[0] == p->entries[i - 1].words[0])
            continue;
        uint32_t slot = p->entries[i].words[0] & p->mask;
        while (p->slots[slot] != 0)
            slot = (slot + 1) & p->mask;
        p->slots[slot] = i + 1;
    }
}

static bool add_entry(struct phrases *p, struct slice text, const struct phrase_group *g)
{
    struct words w;
    words_of(text, &w);
    if (w.n == 0 || w.n > WORDS_PHRASE_MAX)
        return false;
    struct entry *e = &p->entries[p->n];
    *e = (struct entry){.n = w.n, .order = p->n, .group = g->group, .points = g->points};
    memcpy(e->words, w.hash, w.n * sizeof w.hash[0]);
    p->n++;
    return true;
}

static uint32_t count_phrases(const struct phrase_group *g)
{
    uint32_t n = 0;
    for (; g->phrases != NULL; g++) {
        n++;
        for (const char *c = g->phrases; *c != '\0'; c++)
            n += *c == '|' ? 1 : 0;
    }
    return n;
}

static bool add_entries(struct phrases *p, const struct phrase_group *g)
{
    for (; g->phrases != NULL; g++) {
        const char *at = g->phrases;
        for (;;) {
            size_t n = strcspn(at, "|");
            if (!add_entry(p, slice_make(at, n), g))
                return false;
            if (at[n] == '\0')
                break;
            at += n + 1;
        }
    }
    return true;
}

enum err phrases_new(const struct phrase_group *groups, struct phrases **out)
{
    uint32_t total = count_phrases(groups), size = 16;
    while (size < total * 2 + 2)
        size *= 2;
    struct phrases *p = calloc(1, sizeof *p);
    *out = NULL;
    if (p == NULL)
        return ERR_NO_MEMORY;
    p->mask = size - 1;
    p->slots = calloc(size, sizeof *p->slots);
    p->entries = calloc(total + 1, sizeof *p->entries);
    if (p->slots == NULL || p->entries == NULL || !add_entries(p, groups)) {
        enum err e = p->slots == NULL || p->entries == NULL ? ERR_NO_MEMORY : ERR_INVALID;
        phrases_free(p);
        return e;
    }
    qsort(p->entries, p->n, sizeof *p->entries, by_first_word);
    index_entries(p);
    *out = p;
    return ERR_OK;
}

void phrases_free(struct phrases *p)
{
    if (p == NULL)
        return;
    free(p->slots);
    free(p->entries);
    free(p);
}

static const struct entry *first_with(const struct phrases *p, uint32_t word)
{
    for (uint32_t slot = word & p->mask; p->slots[slot] != 0; slot = (slot + 1) & p->mask) {
        const struct entry *e = &p->entries[p->slots[slot] - 1];
        if (e->words[0] == word)
            return e;
    }
    return NULL;
}

static bool matches(const struct entry *e, const struct words *w, uint32_t at)
{
    if (at + e->n > w->n)
        return false;
    for (uint32_t i = 1; i < e->n; i++)
        if (w->clause[at + i] != w->clause[at] ||
            (e->words[i] != w->hash[at + i] && e->words[i] != w->other[at + i]))
            return false;
    return true;
}

static const struct entry *longest(const struct phrases *p, const struct words *w, uint32_t at,
                                   uint32_t first)
{
    const struct entry *end = p->entries + p->n, *e = first_with(p, first);
    for (; e != NULL && e < end && e->words[0] == first; e++)
        if (matches(e, w, at))
            return e;
    return NULL;
}

void phrases_find(const struct phrases *p, const struct words *w, phrases_fn found, void *ctx)
{
    uint32_t told_to = 0;
    for (uint32_t at = 0; at < w->n; at++) {
        const struct entry *e = longest(p, w, at, w->hash[at]);
        if (e == NULL && w->other[at] != w->hash[at])
            e = longest(p, w, at, w->other[at]);
        if (e == NULL || at + e->n <= told_to)
            continue;
        const struct phrase f = {e->group, e->points, at, e->n};
        found(ctx, &f);
        told_to = at + e->n;
    }
}

static bool is_word(const struct words *w, uint32_t i, const struct words *of, uint32_t k)
{
    return w->hash[i] == of->hash[k] || w->other[i] == of->hash[k];
}

bool words_hold(const struct words *w, const char *phrase, uint32_t *at)
{
    struct words of;
    words_of(slice_of(phrase), &of);
    for (uint32_t i = at != NULL ? *at : 0; of.n > 0 && i + of.n <= w->n; i++) {
        uint32_t k = 0;
        while (k < of.n && is_word(w, i + k, &of, k))
            k++;
        if (k < of.n)
            continue;
        if (at != NULL)
            *at = i;
        return true;
    }
    return false;
}
