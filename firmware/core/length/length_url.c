/* length_url.c - what one expression with look-behind does in the networks' own code, done label by
 * label. */
#include "core/length/length_url.h"
#include "core/length/length_domain.h"
#include "core/length/length_tables.h"
#include <string.h>

#define URL_MAX 4096     /* units, the scheme counted twice: X does */
#define TCO_SLUG_MAX 40  /* letters of X's own short addresses */
#define TCO_DOMAIN_MAX 4 /* "t.co" */

struct rules {
    const char *const *schemes; /* with "://"; ends with NULL */
    uint32_t path, path_end, query, query_end;
    bool finds_bare; /* domains without a scheme count */
    bool ends_in_parentheses;
};

static const char *const schemes_x[] = {"http://", "https://", NULL};
static const char *const schemes_mastodon[] = {"http://",   "https://", "dat://", "dweb://",
                                               "ipfs://",   "ipns://",  "ssb://", "gopher://",
                                               "gemini://", NULL};
static const struct rules all_rules[] = {
    [URL_RULES_X] = {schemes_x, URL_PATH, URL_PATH_END, URL_QUERY, URL_QUERY_END, true, false},
    [URL_RULES_MASTODON] = {schemes_mastodon, TOOT_PATH, TOOT_PATH_END, TOOT_QUERY, TOOT_QUERY_END,
                            false, true},
};

struct finding {
    const struct units *u;
    const struct rules *rules;
    struct arena *a;
    struct url_span *out;
    uint32_t n;
};

/* One match: [at, end), its domain [domain, domain_end), its path from `path`; 0 = no path. */
struct match {
    uint32_t at, domain, domain_end, path, end;
};

static bool has(const struct units *u, uint32_t at, uint32_t flag)
{
    return at < u->n && (unit_flags(u->p[at]) & flag) != 0;
}

static uint32_t skip(const struct units *u, uint32_t at, uint32_t flag)
{
    while (has(u, at, flag))
        at++;
    return at;
}

/* ---- after the domain */

/* Past "(...)" or "(..(..)..)" that begins at `at`, or 0. */
static uint32_t balanced(const struct units *u, uint32_t at, uint32_t path)
{
    if (at >= u->n || u->p[at] != '(')
        return 0;
    uint32_t i = skip(u, at + 1, path);
    if (i < u->n && u->p[i] == ')')
        return i > at + 1 ? i + 1 : 0;
    if (i >= u->n || u->p[i] != '(')
        return 0;
    uint32_t inner = i + 1;
    i = skip(u, inner, path);
    if (i == inner || i >= u->n || u->p[i] != ')')
        return 0;
    i = skip(u, i + 1, path);
    return i < u->n && u->p[i] == ')' ? i + 1 : 0;
}

/* `at` is past the '/'.  To Mastodon a path may end with parentheses; to X only if nothing else
 * stands between them and what the path might have ended with. */
static uint32_t path_end(const struct units *u, uint32_t at, const struct rules *r)
{
    uint32_t best = at, close;
    for (;;) {
        close = balanced(u, at, r->path);
        if (close != 0)
            at = close;
        else if (!has(u, at++, r->path))
            break;
        if (close != 0 ? r->ends_in_parentheses : has(u, at - 1, r->path_end))
            best = at;
    }
    while ((close = balanced(u, best, r->path)) != 0)
        best = close;
    return best;
}

/* Where the query ends that may begin at `at`, at most at `to`. */
static uint32_t query_end(const struct units *u, uint32_t at, uint32_t to, const struct rules *r)
{
    uint32_t best = at;
    if (at >= to || u->p[at] != '?')
        return at;
    for (uint32_t i = at + 1; i < to && has(u, i, r->query); i++)
        if (has(u, i, r->query_end))
            best = i + 1;
    return best;
}

static bool is_digit(const struct units *u, uint32_t at)
{
    return at < u->n && u->p[at] >= '0' && u->p[at] <= '9';
}

static void read_rest(const struct units *u, const struct rules *r, struct match *m)
{
    uint32_t at = m->domain_end;
    if (at < u->n && u->p[at] == ':' && is_digit(u, at + 1))
        for (at++; is_digit(u, at);)
            at++;
    m->path = 0;
    if (at < u->n && u->p[at] == '/') {
        m->path = at;
        at = path_end(u, at + 1, r);
    }
    m->end = query_end(u, at, u->n, r);
}

/* ---- before the domain */

static bool may_follow(const struct units *u, uint32_t at, uint32_t from)
{
    return at == 0 ? from == 0 : at - 1 >= from && has(u, at - 1, URL_BEFORE);
}

/* Units of the scheme that ends at `at` and may begin where it does; 0 = none. */
static uint32_t scheme_before(const struct finding *f, uint32_t at, uint32_t from)
{
    for (const char *const *s = f->rules->schemes; *s != NULL; s++) {
        uint32_t n = (uint32_t)strlen(*s), i = 0;
        if (n > at || !may_follow(f->u, at - n, from))
            continue;
        while (i < n && unit_lower(f->u->p[at - n + i]) == (uint16_t)(*s)[i])
            i++;
        if (i == n)
            return n;
    }
    return 0;
}

/* Where in the label a domain without a scheme begins; l->dot = nowhere.  At the beginning of a
 * text the unit after a letter that may stand before a URL is tried first. */
static uint32_t bare_start(const struct finding *f, const struct label *l, uint32_t from)
{
    bool is_second_first = has(f->u, 0, URL_BEFORE) && l->dot > 1;
    for (uint32_t at = l->start > from ? l->start : from; at < l->dot; at++) {
        if (!may_follow(f->u, at, from) || label_domain_end(f->u, l, at, LABELS_ANY) == 0)
            continue;
        if (at == 0 && is_second_first && label_domain_end(f->u, l, 1, LABELS_ANY) != 0)
            continue;
        return at;
    }
    return l->dot;
}

/* The leftmost match whose domain begins in this label, at `from` or later. */
static bool match_label(const struct finding *f, const struct label *l, uint32_t from,
                        struct match *m)
{
    uint32_t end = label_domain_end(f->u, l, l->start, LABELS_ANY);
    uint32_t scheme = end != 0 ? scheme_before(f, l->start, from) : 0;
    m->domain = scheme != 0 ? l->start : bare_start(f, l, from);
    if (m->domain == l->dot)
        return false;
    m->at = m->domain - scheme;
    m->domain_end = label_domain_end(f->u, l, m->domain, LABELS_ANY);
    read_rest(f->u, f->rules, m);
    return true;
}

/* ---- what of a match counts */

static void add(struct finding *f, uint32_t at, uint32_t n)
{
    f->out[f->n++] = (struct url_span){at, n};
}

/* X links no letters after its own short addresses.  False when it is none of them after all. */
static bool cut_tco(const struct finding *f, struct match *m)
{
    const struct units *u = f->u;
    static const char name[] = "t.co";
    uint32_t at = m->domain;
    for (int i = 0; i < TCO_DOMAIN_MAX; i++, at++)
        if (at >= m->domain_end || unit_lower(u->p[at]) != (uint16_t)name[i])
            return true;
    if (m->path != at || m->domain_end != at)
        return true;
    uint32_t slug = ++at;
    while (at < m->end && unit_is_ascii_alnum(u->p[at]))
        at++;
    if (at == slug)
        return true;
    m->end = query_end(u, at, m->end, f->rules);
    return at - slug <= TCO_SLUG_MAX;
}

/* The first place at `from` or later, before `at`, where the same `n` units stand; else `at`. */
static uint32_t same_before(const struct units *u, uint32_t from, uint32_t at, uint32_t n)
{
    while (from < at && memcmp(u->p + from, u->p + at, n * sizeof *u->p) != 0)
        from++;
    return from;
}

/* Without a scheme only the parts of a domain in ASCII (and Latin letters) count, each by itself;
 * the last one takes the path.  X looks for their place by their text: so do we. */
static enum err add_bare(struct finding *f, const struct match *m)
{
    struct labels ascii;
    uint32_t from = m->domain, counted = m->domain, first = f->n;
    enum err e = labels_find(f->u, m->domain, m->domain_end, LABELS_ASCII, f->a, &ascii);
    for (uint32_t k = 0; e == ERR_OK && k < ascii.n; k++) {
        uint32_t at = ascii.p[k].start > from ? ascii.p[k].start : from;
        uint32_t end = label_domain_end(f->u, &ascii.p[k], at, LABELS_ASCII);
        if (end == 0)
            continue;
        uint32_t place = same_before(f->u, counted, at, end - at);
        add(f, place, end - at);
        counted = place + (end - at);
        from = end;
    }
    if (f->n > first && m->path != 0)
        f->out[f->n - 1].n += m->end - m->domain_end;
    return e;
}

/* A domain that begins with "xn--" must hold something in ASCII. */
static enum err is_ascii_somewhere(const struct finding *f, const struct match *m, bool *out)
{
    static const char prefix[] = "xn--";
    struct labels ascii;
    *out = false;
    for (uint32_t i = 0; i < 4 && !*out; i++)
        *out = f->u->p[m->domain + i] != (uint16_t)prefix[i];
    if (*out)
        return ERR_OK;
    enum err e = labels_find(f->u, m->domain, m->domain_end, LABELS_ASCII, f->a, &ascii);
    for (uint32_t k = 0; e == ERR_OK && k < ascii.n; k++)
        *out = *out || label_domain_end(f->u, &ascii.p[k], ascii.p[k].start, LABELS_ASCII) != 0;
    return e;
}

static enum err add_match(struct finding *f, struct match *m)
{
    uint32_t scheme = m->domain - m->at, before = m->at > 0 ? f->u->p[m->at - 1] : 0;
    bool is_good;
    if ((scheme != 0 ? scheme : 8) + (m->end - m->at) > URL_MAX ||
        !domain_is_encodable(f->u, m->domain, m->domain_end))
        return ERR_OK;
    enum err e = is_ascii_somewhere(f, m, &is_good);
    if (e != ERR_OK || !is_good)
        return e;
    if (scheme != 0) {
        if (cut_tco(f, m))
            add(f, m->at, m->end - m->at);
        return ERR_OK;
    }
    if (!f->rules->finds_bare || before == '-' || before == '_' || before == '.' || before == '/')
        return ERR_OK;
    return add_bare(f, m);
}

enum err url_find(const struct units *u, enum url_rules rules, struct arena *a,
                  struct url_span **out, uint32_t *n)
{
    struct finding f = {.u = u, .rules = &all_rules[rules], .a = a};
    struct labels labels;
    uint32_t from = 0;
    enum err e = labels_find(u, 0, u->n, LABELS_ANY, a, &labels);
    if (e == ERR_OK && (f.out = arena_alloc(a, labels.n * sizeof *f.out)) == NULL)
        e = ERR_NO_MEMORY;
    for (uint32_t k = 0; e == ERR_OK && k < labels.n; k++) {
        struct match m;
        if (labels.p[k].dot < from || !match_label(&f, &labels.p[k], from, &m))
            continue;
        uint32_t end = m.end;
        e = add_match(&f, &m);
        from = end;
    }
    *out = f.out;
    *n = f.n;
    return e;
}
