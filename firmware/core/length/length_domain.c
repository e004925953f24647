/* length_domain.c - see the header.  Ends of domains are worked out from the right, so that each
 * label is looked at once. */
#include "core/length/length_domain.h"
#include "core/length/length_tables.h"
#include <string.h>

#define LABEL_MAX 63 /* of DNS, encoded */

uint32_t unit_flags(uint16_t unit)
{
    return length_char_flags[length_char_page[unit >> 8]][unit & 255];
}

uint16_t unit_lower(uint16_t unit)
{
    return unit >= 'A' && unit <= 'Z' ? (uint16_t)(unit + 32) : unit;
}

bool unit_is_ascii_alnum(uint16_t unit)
{
    uint16_t c = unit_lower(unit);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* ---- top-level domains */

static uint16_t fold(uint16_t unit)
{
    uint32_t low = 0, high = length_n_tld_folds;
    if (unit < 0x80)
        return unit_lower(unit);
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (length_tld_folds[mid][0] < unit)
            low = mid + 1;
        else
            high = mid;
    }
    return low < length_n_tld_folds && length_tld_folds[low][0] == unit ? length_tld_folds[low][1]
                                                                        : unit;
}

static uint32_t put_utf8(uint16_t unit, unsigned char out[3])
{
    if (unit < 0x80) {
        out[0] = (unsigned char)unit;
        return 1;
    }
    uint32_t n = unit < 0x800 ? 2 : 3;
    out[0] = (unsigned char)(n == 2 ? 0xc0 | unit >> 6 : 0xe0 | unit >> 12);
    out[n - 2] = n == 2 ? out[0] : (unsigned char)(0x80 | (unit >> 6 & 0x3f));
    out[n - 1] = (unsigned char)(0x80 | (unit & 0x3f));
    return n;
}

/* The domains that begin with the bytes seen so far: [low, high) of the sorted pool. */
struct candidates {
    uint32_t low, high, depth;
};

static unsigned char byte_at(uint32_t tld, uint32_t depth)
{
    return (unsigned char)length_tld_pool[length_tld_at[tld] + depth];
}

/* The first in [low, high) whose byte at this depth is at least `byte`. */
static uint32_t first_from(const struct candidates *c, unsigned byte)
{
    uint32_t low = c->low, high = c->high;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (byte_at(mid, c->depth) < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool narrow(struct candidates *c, uint16_t unit)
{
    unsigned char bytes[3];
    uint32_t n = put_utf8(unit, bytes);
    for (uint32_t i = 0; i < n && c->low < c->high; i++) {
        uint32_t low = first_from(c, bytes[i]), high = first_from(c, bytes[i] + 1u);
        *c = (struct candidates){low, high, c->depth + 1};
    }
    return c->low < c->high;
}

static bool may_end_at(const struct units *u, uint32_t at, uint32_t to)
{
    if (at >= to)
        return true;
    uint16_t c = u->p[at];
    return !unit_is_ascii_alnum(c) && c != '@' && c != '+' && c != '-';
}

static uint32_t punycode_tld(const struct units *u, uint32_t at, uint32_t to)
{
    static const char prefix[] = "xn--";
    for (int i = 0; i < 4; i++, at++)
        if (at >= to || unit_lower(u->p[at]) != (uint16_t)prefix[i])
            return 0;
    uint32_t from = at;
    while (at < to && (unit_is_ascii_alnum(u->p[at]) || u->p[at] == '-'))
        at++;
    return at > from ? at : 0;
}

/* The longest known top-level domain that begins at `at` and may end where it does, else anything
 * in Punycode. */
static uint32_t tld_end(const struct units *u, uint32_t at, uint32_t to)
{
    struct candidates c = {0, length_n_tlds, 0};
    uint32_t best = 0;
    for (uint32_t i = at; i < to && narrow(&c, fold(u->p[i])); i++)
        if (byte_at(c.low, c.depth) == 0 && may_end_at(u, i + 1, to))
            best = i + 1;
    return best != 0 ? best : punycode_tld(u, at, to);
}

/* ---- labels */

static bool is_edge(uint16_t unit, enum label_rules rules)
{
    return (unit_flags(unit) & (rules == LABELS_ANY ? URL_DOMAIN : URL_ASCII_DOMAIN)) != 0;
}

static bool is_inside(uint16_t unit, enum label_rules rules)
{
    return is_edge(unit, rules) || (rules == LABELS_ANY && (unit == '-' || unit == '_'));
}

uint32_t label_domain_end(const struct units *u, const struct label *l, uint32_t at,
                          enum label_rules rules)
{
    if (at >= l->dot || !is_edge(u->p[at], rules))
        return 0;
    return l->chain_end != 0 ? l->chain_end : at >= l->named ? l->tld_end : 0;
}

static uint32_t count_dots(const struct units *u, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++)
        n += u->p[i] == '.';
    return n;
}

static void find_ends(const struct units *u, uint32_t to, enum label_rules rules,
                      struct labels *all)
{
    for (uint32_t k = all->n; k-- > 0;) {
        struct label *l = &all->p[k];
        const struct label *next = k + 1 < all->n ? l + 1 : NULL;
        l->tld_end = tld_end(u, l->dot + 1, to);
        if (next != NULL && next->start == l->dot + 1)
            l->chain_end = label_domain_end(u, next, next->start, rules);
    }
}

enum err labels_find(const struct units *u, uint32_t from, uint32_t to, enum label_rules rules,
                     struct arena *a, struct labels *out)
{
    uint32_t start = from, named = from;
    *out = (struct labels){.p = arena_alloc(a, count_dots(u, from, to) * sizeof *out->p)};
    if (out->p == NULL)
        return ERR_NO_MEMORY;
    for (uint32_t i = from; i < to; i++) {
        uint16_t c = u->p[i];
        if (is_inside(c, rules)) {
            named = c == '_' ? i + 1 : named;
            continue;
        }
        if (c == '.' && i > start && is_edge(u->p[i - 1], rules))
            out->p[out->n++] = (struct label){.start = start, .dot = i, .named = named};
        start = named = i + 1;
    }
    find_ends(u, to, rules, out);
    return ERR_OK;
}

/* ---- Punycode (RFC 3492), of which only the length is wanted.  The bias adapts as in the punycode
 * module that twitter-text calls: by the count before the letter, not by the count so far. */

static uint32_t adapt(uint32_t delta, uint32_t n, bool is_first)
{
    uint32_t k = 0;
    delta = is_first ? delta / 700 : delta / 2;
    delta += delta / n;
    for (; delta > 455; k += 36)
        delta /= 35;
    return k + 36 * delta / (delta + 38);
}

static uint32_t digits(uint32_t delta, uint32_t bias)
{
    uint32_t n = 1;
    for (uint32_t k = 36;; k += 36, n++) {
        uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (delta < t)
            return n;
        delta = (delta - t) / (36 - t);
    }
}

static uint32_t smallest_from(const uint32_t *cps, uint32_t n, uint32_t least)
{
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (cps[i] >= least && cps[i] < found)
            found = cps[i];
    return found;
}

/* At most 2 * LABEL_MAX code points, so nothing overflows. */
static uint32_t punycode_length(const uint32_t *cps, uint32_t n)
{
    uint32_t basic = 0, delta = 0, bias = 72, next = 0x80, length = 4; /* "xn--" */
    for (uint32_t i = 0; i < n; i++)
        basic += cps[i] < 0x80;
    length += basic + (basic > 0);
    for (uint32_t done = basic; done < n && length <= LABEL_MAX; delta++, next++) {
        uint32_t m = smallest_from(cps, n, next), count = done + 1;
        delta += (m - next) * count;
        next = m;
        for (uint32_t i = 0; i < n; i++) {
            delta += cps[i] < next;
            if (cps[i] != next)
                continue;
            length += digits(delta, bias);
            bias = adapt(delta, count, done == basic);
            delta = 0;
            done++;
        }
    }
    return length;
}

/* A piece between dots, of any kind of dot. */
static uint32_t piece_length(const struct units *u, uint32_t from, uint32_t to)
{
    uint32_t cps[2 * LABEL_MAX], n = 0, units;
    bool is_plain = true;
    for (uint32_t i = from; i < to; i += units) {
        cps[n] = units_code_point(u, i, &units);
        is_plain = is_plain && cps[n] < 0x80;
        n++;
    }
    return is_plain ? n : punycode_length(cps, n);
}

static bool label_is_encodable(const struct units *u, uint32_t from, uint32_t to)
{
    uint32_t length = 0;
    if (to - from > 2 * LABEL_MAX)
        return false;
    for (uint32_t i = from; i <= to; i++)
        if (i == to || u->p[i] == 0x3002 || u->p[i] == 0xff0e || u->p[i] == 0xff61) {
            length += piece_length(u, from, i) + (i < to);
            from = i + 1;
        }
    return length >= 1 && length <= LABEL_MAX;
}

bool domain_is_encodable(const struct units *u, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i <= to; i++)
        if (i == to || u->p[i] == '.') {
            if (!label_is_encodable(u, from, i))
                return false;
            from = i + 1;
        }
    return true;
}
