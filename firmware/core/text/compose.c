/* compose.c - see the header. */
#include "core/text/compose.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "core/text/compose_cut.h"
#include "core/text/compose_greeting.h"
#include <string.h>

#define TOO_MANY (COMPOSE_PARTS_MAX + 1)
#define NO_CUT UINT32_MAX
#define TEXT_MAX (1u << 20) /* bytes; more fits nowhere */

struct composing {
    const struct compose *c;
    struct slice text;      /* without the signature */
    struct slice greeting;  /* to be added; may be empty */
    struct slice gap;       /* before the signature */
    struct slice signature; /* likewise */
    struct cuts cuts;
    struct buf part; /* the one that is being looked at */
    enum err err;    /* the first error; then nothing fits */
};

/* A part: bytes [from, to) of the text. */
struct piece {
    uint32_t from, to;
    uint8_t number, of; /* "number/of"; of = 0: no mark */
    bool is_first, is_last;
};

static void write_part(struct composing *x, const struct piece *p)
{
    buf_clear(&x->part);
    if (p->is_first && x->greeting.n > 0) {
        buf_add_slice(&x->part, x->greeting);
        buf_add_char(&x->part, ' ');
    }
    buf_add(&x->part, x->text.p + p->from, p->to - p->from);
    if (p->of > 0)
        buf_printf(&x->part, " %u/%u", p->number, p->of);
    if (p->is_last && x->signature.n > 0) {
        buf_add_slice(&x->part, x->gap);
        buf_add_slice(&x->part, x->signature);
    }
}

static bool fits(struct composing *x, const struct piece *p)
{
    struct length_result r = {0};
    if (x->err != ERR_OK)
        return false;
    write_part(x, p);
    x->err = x->part.err;
    if (x->err == ERR_OK)
        x->err = length_of(x->c->network, &x->c->limits, buf_slice(&x->part), &r);
    return x->err == ERR_OK && r.fits;
}

/* The mark is as wide in every part, so its numbers do not matter while cutting. */
static bool piece_fits(struct composing *x, uint32_t from, uint32_t cut, bool is_last)
{
    const struct piece p = {.from = from,
                            .to = x->cuts.p[cut].end,
                            .number = 1,
                            .of = 2,
                            .is_first = from == 0,
                            .is_last = is_last};
    return fits(x, &p);
}

/* The first cut after byte `from`. */
static uint32_t first_cut(const struct composing *x, uint32_t from)
{
    uint32_t low = 0, high = x->cuts.n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (x->cuts.p[mid].end <= from)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The last cut before the end of the text with which a part from `from` still fits. */
static uint32_t farthest(struct composing *x, uint32_t from)
{
    uint32_t low = first_cut(x, from), high = low, step = 64, end = x->cuts.n - 1;
    if (low >= end || !piece_fits(x, from, low, false))
        return NO_CUT;
    for (; high < end && piece_fits(x, from, high, false); step *= 2) {
        low = high;
        high = end - high > step ? high + step : end;
    }
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (piece_fits(x, from, mid, false))
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* The last cut of at least this kind up to `to` with which a part from `from` fits. */
static uint32_t last_of(struct composing *x, uint32_t from, uint32_t to, enum cut_kind kind)
{
    for (uint32_t k = to; k != NO_CUT && x->cuts.p[k].end > from; k--)
        if (x->cuts.p[k].kind >= kind && piece_fits(x, from, k, false))
            return k;
    return NO_CUT;
}

/* Where a part from `from` ends when parts are to be few: at a word, else within one. */
static uint32_t word_cut(struct composing *x, uint32_t from, uint32_t to)
{
    uint32_t k = last_of(x, from, to, CUT_WORD);
    return k != NO_CUT ? k : to;
}

/* Parts that the text from `from` takes; TOO_MANY at most, also when it cannot be cut. */
static uint8_t count(struct composing *x, uint32_t from)
{
    for (uint8_t n = 1; n < TOO_MANY; n++) {
        if (piece_fits(x, from, x->cuts.n - 1, true))
            return n;
        uint32_t to = farthest(x, from);
        if (to == NO_CUT)
            break;
        from = x->cuts.p[word_cut(x, from, to)].next;
    }
    return TOO_MANY;
}

static uint32_t choose(struct composing *x, uint32_t from)
{
    uint32_t to = farthest(x, from);
    if (to == NO_CUT)
        return NO_CUT;
    uint32_t word = word_cut(x, from, to), sentence = last_of(x, from, to, CUT_SENTENCE);
    if (sentence == NO_CUT || sentence == word ||
        count(x, x->cuts.p[sentence].next) > count(x, x->cuts.p[word].next))
        return word;
    return sentence;
}

static enum err keep(struct composing *x, const struct piece *p, struct arena *a,
                     struct composed *out)
{
    write_part(x, p);
    out->parts[out->n] = arena_copy(a, buf_slice(&x->part));
    if (x->part.err != ERR_OK || out->parts[out->n].p == NULL)
        return ERR_NO_MEMORY;
    out->n++;
    return ERR_OK;
}

static enum err cut_up(struct composing *x, struct arena *a, struct composed *out)
{
    struct piece p = {.of = out->n_needed, .is_first = true};
    enum err e = ERR_OK;
    for (p.number = 1; e == ERR_OK && p.number <= p.of; p.number++) {
        p.is_last = p.number == p.of;
        uint32_t cut = p.is_last ? x->cuts.n - 1 : choose(x, p.from);
        if (cut == NO_CUT)
            return x->err != ERR_OK ? x->err : ERR_TOO_LONG;
        p.to = x->cuts.p[cut].end;
        e = keep(x, &p, a, out);
        p.from = x->cuts.p[cut].next;
        p.is_first = false;
    }
    return e;
}

static enum err split(struct composing *x, struct arena *a, struct composed *out)
{
    const struct piece whole = {.to = (uint32_t)x->text.n, .is_first = true, .is_last = true};
    enum err e = cuts_find(x->c->network, x->text, a, &x->cuts);
    if (e != ERR_OK)
        return e;
    bool is_one = fits(x, &whole);
    out->n_needed = is_one ? 1 : count(x, 0);
    if (x->err != ERR_OK)
        return x->err;
    if (out->n_needed > x->c->parts_max || out->n_needed > COMPOSE_PARTS_MAX)
        return ERR_TOO_LONG;
    return is_one ? keep(x, &whole, a, out) : cut_up(x, a, out);
}

/* The signature is taken off and put on again, with the white space that stood before it. */
static enum err begin(struct composing *x, const struct compose *c, struct slice text,
                      bool is_first, bool is_last)
{
    struct slice trimmed = cut_trim(text);
    *x = (struct composing){.c = c, .text = trimmed, .gap = slice_of(" ")};
    buf_init(&x->part, 0);
    if (!utf8_valid(text) || !utf8_valid(c->greeting) || !utf8_valid(c->signature))
        return ERR_INVALID;
    if (text.n > TEXT_MAX)
        return ERR_TOO_LONG;
    if (is_first && !greeting_is_there(trimmed, c->greeting))
        x->greeting = c->greeting;
    if (is_last) {
        x->signature = c->signature;
        x->text = signature_cut(trimmed, c->signature);
    }
    if (x->text.n < trimmed.n)
        x->gap = slice_make(x->text.p + x->text.n, trimmed.n - x->text.n - c->signature.n);
    return x->text.n == 0 ? ERR_INVALID : ERR_OK;
}

static enum err finish(enum err e, struct composed *out)
{
    uint8_t n_needed = out->n_needed;
    if (e == ERR_OK)
        return ERR_OK;
    memset(out, 0, sizeof *out);
    if (e == ERR_TOO_LONG)
        out->n_needed = n_needed;
    return e;
}

enum err compose_reply(const struct compose *c, struct arena *a, struct composed *out)
{
    struct composing x;
    *out = (struct composed){.n_needed = TOO_MANY};
    enum err e = begin(&x, c, c->text, true, true);
    if (e == ERR_OK)
        e = split(&x, a, out);
    buf_fini(&x.part);
    return finish(e, out);
}

enum err compose_parts(const struct compose *c, const struct slice *parts, size_t n_parts,
                       struct arena *a, struct composed *out)
{
    enum err e = n_parts == 0 ? ERR_INVALID : ERR_OK;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; e == ERR_OK && i < n_parts; i++) {
        struct composing x;
        out->n_needed = (uint8_t)(i + 1);
        if (i >= c->parts_max || i >= COMPOSE_PARTS_MAX)
            return finish(ERR_TOO_LONG, out);
        e = begin(&x, c, parts[i], i == 0, i + 1 == n_parts);
        const struct piece whole = {
            .to = (uint32_t)x.text.n, .is_first = i == 0, .is_last = i + 1 == n_parts};
        if (e == ERR_OK && !fits(&x, &whole))
            e = x.err != ERR_OK ? x.err : ERR_TOO_LONG;
        if (e == ERR_OK)
            e = keep(&x, &whole, a, out);
        buf_fini(&x.part);
    }
    return finish(e, out);
}
