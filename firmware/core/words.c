/* words.c - folding by a table of the Latin letters that our languages use; phrases in a hash table
 * of word hashes. */
#include "core/words.h"
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
    static const uint32_t glad[] = {0x1F600, 0x1F603, 0x1F604, 0x1F60A, 0x1F60D, 0x1F618,
                                    0x1F44D, 0x1F44F, 0x1F64C, 0x1F64F, 0x2764,  0x1F970,
                                    0x1F973, 0x1F917, 0x1F601, 0x1F495};
    static const uint32_t sad[] = {0x1F620, 0x1F621, 0x1F92C, 0x1F624, 0x1F622, 0x1F62D,
                                   0x1F44E, 0x1F612, 0x1F644, 0x1F61E, 0x1F614, 0x1F62B,
                                   0x1F629, 0x1F926, 0x1F494, 0x1F4A9};
    w->n_emoji++;
    for (size_t i = 0; i < sizeof glad / sizeof glad[0]; i++) {
        w->n_glad += c == glad[i] ? 1 : 0;
        w->n_sad += c == sad[i] ? 1 : 0;
    }
}

struct reading {
    struct words *w;
    uint32_t hash, last, run, length;
};

static void end_word(struct reading *r)
{
    if (r->length > 0 && r->w->n < WORDS_MAX) {
        r->w->hash[r->w->n] = r->hash;
        r->w->length[r->w->n] = (uint8_t)(r->length < 255 ? r->length : 255);
        r->w->n++;
    }
    r->hash = FNV_FIRST;
    r->last = r->run = r->length = 0;
}

/* A letter that comes three times or more counts once: "holaaaa" is "hola". */
static void add_letter(struct reading *r, uint32_t c)
{
    r->run = c == r->last ? r->run + 1 : 1;
    r->last = c;
    if (r->run == 2 && c != 'l' && c != 'r' && c != 'o' && c != 'e' && c != 's' && c != 't' &&
        c != 'n' && c != 'c' && c != 'f' && c != 'p' && c != 'm' && c != 'g' && c != 'd' &&
        c != 'z' && (c < '0' || c > '9'))
        return;
    if (r->run > 2 && (c < '0' || c > '9'))
        return;
    r->hash = (r->hash ^ c) * FNV_PRIME;
    r->length++;
}

static bool at_url(struct slice s, size_t i)
{
    struct slice rest = slice_make(s.p + i, s.n - i);
    return slice_has_prefix(rest, slice_of("http://")) ||
           slice_has_prefix(rest, slice_of("https://")) || slice_has_prefix(rest, slice_of("www."));
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
    if (is_emoji(c))
        count_emoji(w, c);
}

void words_of(struct slice text, struct words *out)
{
    struct reading r = {.w = out, .hash = FNV_FIRST};
    memset(out, 0, offsetof(struct words, hash));
    memset(&out->n_letters, 0, sizeof *out - offsetof(struct words, n_letters));
    out->starts_with_rt = slice_has_prefix(text, slice_of("RT @"));
    for (size_t i = 0; i < text.n;) {
        bool is_start = r.length == 0;
        if (is_start && (text.p[i] == 'h' || text.p[i] == 'w') && at_url(text, i)) {
            out->n_urls++;
            i = skip_token(text, i);
            continue;
        }
        if (is_start && text.p[i] == '@') {
            out->n_handles++;
            i = skip_handle(text, i);
            continue;
        }
        uint32_t c = utf8_next(text, &i), plain = fold(c);
        if (plain != 0) {
            out->n_letters++;
            out->n_capitals += is_capital(c) ? 1 : 0;
            add_letter(&r, plain);
        } else if (c != '\'' && c != 0x2019 && (c < 0x300 || c > 0x36F)) {
            end_word(&r);
            count_mark(out, c);
        }
    }
    end_word(&r);
}

uint32_t words_hash(struct slice word)
{
    struct words w;
    words_of(word, &w);
    return w.n > 0 ? w.hash[0] : 0;
}

bool words_hold(const struct words *w, const char *phrase, uint32_t *at)
{
    uint32_t hashes[WORDS_PHRASE_MAX], n = 0;
    struct slice rest = slice_of(phrase);
    while (rest.n > 0 && n < WORDS_PHRASE_MAX) {
        const char *space = memchr(rest.p, ' ', rest.n);
        size_t len = space != NULL ? (size_t)(space - rest.p) : rest.n;
        hashes[n++] = words_hash(slice_make(rest.p, len));
        size_t skip = space != NULL ? len + 1 : len;
        rest = slice_make(rest.p + skip, rest.n - skip);
    }
    for (uint32_t i = at != NULL ? *at : 0; n > 0 && i + n <= w->n; i++)
        if (memcmp(w->hash + i, hashes, n * sizeof *hashes) == 0) {
            if (at != NULL)
                *at = i;
            return true;
        }
    return false;
}

struct entry {
    uint32_t words[WORDS_PHRASE_MAX];
    uint32_t n, list;
    const struct phrase *phrase;
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
    return (x->n < y->n) - (x->n > y->n);
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

static bool add_entry(struct phrases *p, const struct phrase *phrase, uint32_t list)
{
    struct words w;
    words_of(slice_of(phrase->text), &w);
    if (w.n == 0 || w.n > WORDS_PHRASE_MAX)
        return false;
    struct entry *e = &p->entries[p->n++];
    *e = (struct entry){.n = w.n, .list = list, .phrase = phrase};
    memcpy(e->words, w.hash, w.n * sizeof w.hash[0]);
    return true;
}

enum err phrases_new(const struct phrase *const *lists, const uint32_t *counts, uint32_t n_lists,
                     struct phrases **out)
{
    uint32_t total = 0, size = 16;
    for (uint32_t l = 0; l < n_lists; l++)
        total += counts[l];
    while (size < total * 2 + 2)
        size *= 2;
    struct phrases *p = calloc(1, sizeof *p);
    *out = NULL;
    if (p == NULL)
        return ERR_NO_MEMORY;
    p->mask = size - 1;
    p->slots = calloc(size, sizeof *p->slots);
    p->entries = calloc(total + 1, sizeof *p->entries);
    bool is_good = p->slots != NULL && p->entries != NULL;
    for (uint32_t l = 0; is_good && l < n_lists; l++)
        for (uint32_t i = 0; is_good && i < counts[l]; i++)
            is_good = add_entry(p, &lists[l][i], l);
    if (!is_good) {
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
    return at + e->n <= w->n && memcmp(e->words, &w->hash[at], e->n * sizeof e->words[0]) == 0;
}

void phrases_find(const struct phrases *p, const struct words *w, phrases_fn found, void *ctx)
{
    const struct entry *end = p->entries + p->n;
    for (uint32_t at = 0; at < w->n;) {
        uint32_t longest = 0;
        const struct entry *e = first_with(p, w->hash[at]);
        for (; e != NULL && e < end && e->words[0] == w->hash[at] && e->n >= longest; e++)
            if (matches(e, w, at)) {
                found(ctx, e->phrase, e->list, at, e->n);
                longest = e->n;
            }
        at += longest > 0 ? longest : 1;
    }
}
