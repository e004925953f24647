/* json_scan.c - one pass without recursion: an explicit stack of open containers, names checked by
 * hash. */
#include "base/json_scan.h"
#include "base/utf8.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
#define FEW_NAMES 16
#define SAFE_INTEGER 9007199254740991.0

struct level {
    bool is_object;
    uint32_t n;          /* elements or members so far */
    uint32_t first_name; /* of this object in the list of names */
    struct slice name;   /* of the member being read, quotes excluded */
};

struct scan {
    struct slice s;
    size_t i;
    const struct json_limits *limits;
    struct json_error *e;
    unsigned depth, n_nodes;
    struct level levels[DEPTH_MAX];
    struct slice *names; /* of all open objects, innermost last */
    uint32_t n_names, cap_names;
};

/* Is something known of this level: the member or element at which the scan stands? */
static bool has_step(const struct level *l)
{
    return l->is_object ? l->name.p != NULL : l->n > 0;
}

static void path_of(const struct scan *c, char *out, size_t max)
{
    size_t n = (size_t)snprintf(out, max, "%s", c->depth > 0 ? "$" : "");
    for (unsigned d = 0; d < c->depth && has_step(&c->levels[d]) && n < max - 1; d++) {
        const struct level *l = &c->levels[d];
        int more = l->is_object ? snprintf(out + n, max - n, ".%.*s",
                                           (int)(l->name.n < 60 ? l->name.n : 60), l->name.p)
                                : snprintf(out + n, max - n, "[%u]", l->n - 1);
        n += more > 0 ? (size_t)more : 0;
    }
}

static size_t put_token(struct slice name, char *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n + 2 < max; i++) {
        bool is_special = name.p[i] == '~' || name.p[i] == '/';
        out[n++] = is_special ? '~' : name.p[i];
        if (is_special)
            out[n++] = name.p[i] == '~' ? '0' : '1';
    }
    return n;
}

/* Ends at the last step that fits whole. */
static void pointer_of(const struct scan *c, char *out, size_t max)
{
    char token[128];
    size_t n = 0;
    for (unsigned d = 0; d < c->depth && has_step(&c->levels[d]); d++) {
        const struct level *l = &c->levels[d];
        if (l->name.n > 60)
            break;
        size_t k = l->is_object ? put_token(l->name, token, sizeof token)
                                : (size_t)snprintf(token, sizeof token, "%u", l->n - 1);
        if (n + k + 2 > max)
            break;
        out[n++] = '/';
        memcpy(out + n, token, k);
        n += k;
    }
    out[n] = 0;
}

static enum err refuse(struct scan *c, enum err code, const char *message)
{
    c->e->code = code;
    c->e->offset = c->i;
    path_of(c, c->e->path, sizeof c->e->path);
    struct slice cut = utf8_cut(slice_of(c->e->path), sizeof c->e->path - 1);
    c->e->path[cut.n] = 0;
    pointer_of(c, c->e->pointer, sizeof c->e->pointer);
    (void)snprintf(c->e->message, sizeof c->e->message, "%s", message);
    return code;
}

static void skip_space(struct scan *c)
{
    while (c->i < c->s.n) {
        char ch = c->s.p[c->i];
        if (ch != ' ' && ch != '\t' && ch != '\n' && ch != '\r')
            return;
        c->i++;
    }
}

static char peek(const struct scan *c)
{
    return c->i < c->s.n ? c->s.p[c->i] : 0;
}

static int hex4(const struct scan *c, size_t at)
{
    int v = 0;
    if (at + 4 > c->s.n)
        return -1;
    for (size_t k = at; k < at + 4; k++) {
        char ch = c->s.p[k];
        int digit = ch >= '0' && ch <= '9'   ? ch - '0'
                    : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10
                    : ch >= 'A' && ch <= 'F' ? ch - 'A' + 10
                                             : -1;
        if (digit < 0)
            return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* At the 'u' of a \u escape; leaves c->i after it. */
static enum err unicode_escape(struct scan *c)
{
    int v = hex4(c, c->i + 1);
    if (v < 0)
        return refuse(c, ERR_INVALID, "expected four hexadecimal digits after \\u");
    if (v == 0)
        return refuse(c, ERR_INVALID, "\\u0000 is not allowed in a string; remove it");
    c->i += 5;
    if (v < 0xD800 || v > 0xDFFF)
        return ERR_OK;
    bool is_pair =
        v < 0xDC00 && c->i + 1 < c->s.n && c->s.p[c->i] == '\\' && c->s.p[c->i + 1] == 'u';
    int low = is_pair ? hex4(c, c->i + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return refuse(c, ERR_INVALID, "half of a surrogate pair is missing");
    c->i += 6;
    return ERR_OK;
}

static enum err escape(struct scan *c)
{
    char ch = ++c->i < c->s.n ? c->s.p[c->i] : 0;
    if (ch == 'u')
        return unicode_escape(c);
    if (ch == 0 || strchr("\"\\/bfnrt", ch) == NULL)
        return refuse(c, ERR_INVALID, "unknown escape in a string");
    c->i++;
    return ERR_OK;
}

/* At the opening quote; *out: what stands between the quotes, escapes unresolved. */
static enum err string(struct scan *c, struct slice *out)
{
    size_t first = ++c->i;
    for (;;) {
        while (c->i < c->s.n && (unsigned char)c->s.p[c->i] >= 0x20 && c->s.p[c->i] != '"' &&
               c->s.p[c->i] != '\\')
            c->i++;
        if (c->i >= c->s.n)
            return refuse(c, ERR_INVALID, "unterminated string");
        if (c->s.p[c->i] == '"')
            break;
        if (c->s.p[c->i] != '\\')
            return refuse(c, ERR_INVALID, "unescaped control character in a string");
        enum err e = escape(c);
        if (e != ERR_OK)
            return e;
    }
    *out = slice_make(c->s.p + first, c->i - first);
    c->i++;
    return ERR_OK;
}

static size_t digits(struct scan *c)
{
    size_t first = c->i;
    while (c->i < c->s.n && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9')
        c->i++;
    return c->i - first;
}

static bool number_form(struct scan *c, bool *is_integer)
{
    if (peek(c) == '-')
        c->i++;
    bool is_zero = peek(c) == '0';
    size_t n = digits(c);
    *is_integer = true;
    if (n == 0 || (is_zero && n > 1))
        return false;
    if (peek(c) == '.') {
        c->i++;
        *is_integer = false;
        if (digits(c) == 0)
            return false;
    }
    if (peek(c) == 'e' || peek(c) == 'E') {
        c->i++;
        *is_integer = false;
        if (peek(c) == '+' || peek(c) == '-')
            c->i++;
        return digits(c) > 0;
    }
    return true;
}

static enum err number(struct scan *c)
{
    char copy[64];
    bool is_integer;
    size_t first = c->i;
    if (!number_form(c, &is_integer))
        return refuse(c, ERR_INVALID, "not a JSON number");
    size_t n = c->i - first;
    if (is_integer && n <= 15)
        return ERR_OK;
    if (n >= sizeof copy)
        return refuse(c, ERR_RANGE, "this number has too many digits; write it as a string");
    memcpy(copy, c->s.p + first, n);
    copy[n] = 0;
    double v = strtod(copy, NULL);
    c->i = first;
    if (!isfinite(v))
        return refuse(c, ERR_RANGE, "this number is too large");
    if (fabs(v) > SAFE_INTEGER && v == floor(v))
        return refuse(c, ERR_RANGE,
                      "a whole number beyond 2^53 loses digits; write it as a string");
    c->i = first + n;
    return ERR_OK;
}

static enum err literal(struct scan *c, const char *word)
{
    size_t n = strlen(word);
    if (c->s.n - c->i < n || memcmp(c->s.p + c->i, word, n) != 0)
        return refuse(c, ERR_INVALID, "not a JSON value");
    c->i += n;
    return ERR_OK;
}

static enum err open_container(struct scan *c, bool is_object)
{
    if (c->depth >= c->limits->depth_max || c->depth >= DEPTH_MAX)
        return refuse(c, ERR_TOO_DEEP, "nested too deep");
    c->levels[c->depth++] = (struct level){.is_object = is_object, .first_name = c->n_names};
    c->i++;
    return ERR_OK;
}

static enum err value(struct scan *c)
{
    struct slice ignored;
    if (++c->n_nodes > c->limits->nodes_max)
        return refuse(c, ERR_TOO_LONG, "too many values in one document");
    switch (peek(c)) {
    case '{':
        return open_container(c, true);
    case '[':
        return open_container(c, false);
    case '"':
        return string(c, &ignored);
    case 't':
        return literal(c, "true");
    case 'f':
        return literal(c, "false");
    case 'n':
        return literal(c, "null");
    default:
        return number(c);
    }
}

static int by_bytes(const void *a, const void *b)
{
    return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

static enum err add_name(struct scan *c, struct slice name)
{
    if (c->n_names == c->cap_names) {
        uint32_t cap = c->cap_names != 0 ? c->cap_names * 2 : 64;
        struct slice *names = realloc(c->names, cap * sizeof *names);
        if (names == NULL)
            return refuse(c, ERR_NO_MEMORY, "out of memory");
        c->names = names;
        c->cap_names = cap;
    }
    c->names[c->n_names++] = name;
    return ERR_OK;
}

/* Two spellings of one name could differ by escapes alone, so a name may hold none. */
static enum err member_name(struct scan *c)
{
    struct level *l = &c->levels[c->depth - 1];
    struct slice name;
    if (peek(c) != '"')
        return refuse(c, ERR_INVALID, "expected a member name in quotes");
    enum err e = string(c, &name);
    if (e != ERR_OK)
        return e;
    if (memchr(name.p, '\\', name.n) != NULL)
        return refuse(c, ERR_INVALID, "a member name must not contain escapes");
    l->name = name;
    if (l->n < FEW_NAMES)
        for (uint32_t k = l->first_name; k < c->n_names; k++)
            if (slice_eq(c->names[k], name))
                return refuse(c, ERR_INVALID, "duplicate member");
    skip_space(c);
    if (peek(c) != ':')
        return refuse(c, ERR_INVALID, "expected a colon after the member name");
    c->i++;
    return add_name(c, name);
}

/* Large objects are sorted once, when they close. */
static enum err close_object(struct scan *c, struct level *l)
{
    uint32_t n = c->n_names - l->first_name;
    if (n > FEW_NAMES) {
        struct slice *names = c->names + l->first_name;
        qsort(names, n, sizeof *names, by_bytes);
        for (uint32_t k = 1; k < n; k++)
            if (slice_eq(names[k - 1], names[k])) {
                l->name = names[k];
                return refuse(c, ERR_INVALID, "duplicate member");
            }
    }
    c->n_names = l->first_name;
    return ERR_OK;
}

/* Inside a container, before its next element or its end.  *is_value: a value follows. */
static enum err between(struct scan *c, bool *is_value)
{
    struct level *l = &c->levels[c->depth - 1];
    enum err e = ERR_OK;
    *is_value = false;
    if (peek(c) == (l->is_object ? '}' : ']')) {
        if (l->is_object)
            e = close_object(c, l);
        c->i++;
        c->depth--;
        return e;
    }
    if (l->n > 0) {
        if (peek(c) != ',')
            return refuse(c, ERR_INVALID, "expected a comma or the end of the list");
        c->i++;
        skip_space(c);
    }
    l->n++;
    l->name = (struct slice){0};
    *is_value = true;
    if (l->is_object)
        e = member_name(c);
    skip_space(c);
    return e;
}

static enum err document(struct scan *c)
{
    bool is_value = true;
    skip_space(c);
    if (c->i >= c->s.n)
        return refuse(c, ERR_INVALID, "the document is empty");
    for (;;) {
        enum err e = is_value ? value(c) : ERR_OK;
        skip_space(c);
        if (e == ERR_OK && c->depth > 0)
            e = between(c, &is_value);
        else
            is_value = false;
        if (e != ERR_OK)
            return e;
        if (c->depth == 0 && !is_value)
            break;
    }
    skip_space(c);
    return c->i == c->s.n ? ERR_OK : refuse(c, ERR_INVALID, "unexpected text after the document");
}

enum err json_scan(struct slice text, const struct json_limits *limits, struct json_error *e)
{
    struct scan c = {.s = text, .limits = limits, .e = e};
    memset(e, 0, sizeof *e);
    if (text.n > limits->bytes_max)
        return refuse(&c, ERR_TOO_LONG, "the document is too long");
    if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
        return refuse(&c, ERR_INVALID, "a byte-order mark is not allowed");
    if (!utf8_valid(text))
        return refuse(&c, ERR_INVALID, "the document is not UTF-8");
    enum err code = document(&c);
    free(c.names);
    return code;
}
