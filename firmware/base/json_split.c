/* json_split.c - an array told apart into its elements by strings, brackets and commas alone. */
#include "base/json.h"
#include <string.h>

struct split {
    struct slice s;
    size_t i, first; /* where the element under way begins */
    size_t depth;    /* open brackets, the outer one included */
    size_t n_nodes;
    bool is_fresh; /* nothing yet after an opening bracket */
    struct slice *out;
    size_t max, n;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct slice trim(struct slice s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static void end_element(struct split *c)
{
    if (c->n < c->max)
        c->out[c->n] = trim(slice_make(c->s.p + c->first, c->i - c->first));
    c->n++;
    c->first = c->i + 1;
}

/* From the opening quote to the closing one, or to the end of the text. */
static void skip_string(struct split *c)
{
    for (c->i++; c->i < c->s.n && c->s.p[c->i] != '"'; c->i++)
        c->i += c->s.p[c->i] == '\\' ? 1 : 0;
}

static void opened(struct split *c)
{
    c->depth++;
    c->n_nodes++;
    c->is_fresh = true;
}

static void closed(struct split *c)
{
    c->n_nodes -= c->is_fresh ? 1 : 0;
    if (c->depth == 1 && !(c->n == 0 && c->is_fresh))
        end_element(c);
    c->is_fresh = false;
    c->depth--;
}

static void comma(struct split *c)
{
    c->n_nodes++;
    c->is_fresh = false;
    if (c->depth == 1)
        end_element(c);
}

static void step(struct split *c)
{
    char ch = c->s.p[c->i];
    if (ch == '[' || ch == '{')
        opened(c);
    else if (ch == ']' || ch == '}')
        closed(c);
    else if (ch == ',')
        comma(c);
    else if (!is_space(ch))
        c->is_fresh = false;
    if (ch == '"')
        skip_string(c);
    c->i++;
}

enum err json_split(struct slice text, const struct json_limits *limits, struct slice *out,
                    size_t max, size_t *n)
{
    struct split c = {.s = trim(text), .n_nodes = 1, .out = out, .max = max};
    *n = 0;
    if (text.n > limits->bytes_max)
        return ERR_TOO_LONG;
    if (c.s.n == 0 || c.s.p[0] != '[')
        return ERR_INVALID;
    c.first = 1;
    do
        step(&c);
    while (c.depth > 0 && c.i < c.s.n);
    *n = c.n;
    if (c.depth > 0 || c.i != c.s.n || c.s.p[c.i - 1] != ']')
        return ERR_INVALID;
    return c.n_nodes > limits->nodes_max ? ERR_TOO_LONG : ERR_OK;
}
