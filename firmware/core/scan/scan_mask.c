/* scan_mask.c - hazards made unreadable. */
#include "base/utf8.h"
#include "core/scan/scan.h"
#include <string.h>

#define BULLET "\xe2\x80\xa2"
#define CARD_SHOWN 4

static bool is_kept(uint32_t cp)
{
    return cp == ' ' || cp == '-' || cp == '.' || cp == '/' || cp == '@' || cp == '(' ||
           cp == ')' || cp == '+';
}

static size_t count_hidden(struct slice part)
{
    size_t n = 0;
    for (size_t i = 0; i < part.n;)
        n += !is_kept(utf8_next(part, &i));
    return n;
}

static void mask_part(struct slice part, size_t n_hidden, struct buf *out)
{
    for (size_t i = 0; i < part.n;) {
        size_t from = i;
        uint32_t cp = utf8_next(part, &i);
        if (is_kept(cp) || n_hidden == 0) {
            buf_add(out, part.p + from, i - from);
        } else {
            buf_add_z(out, BULLET);
            n_hidden--;
        }
    }
}

void scan_mask(struct slice text, const struct hazard *hazards, size_t n, struct buf *out)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hazard *h = &hazards[i];
        struct slice part = slice_make(text.p + h->start_byte, h->end_byte - h->start_byte);
        size_t n_hidden = count_hidden(part);
        if (h->kind == HAZARD_PAN && n_hidden > CARD_SHOWN)
            n_hidden -= CARD_SHOWN;
        buf_add(out, text.p + done, h->start_byte - done);
        mask_part(part, n_hidden, out);
        done = h->end_byte;
    }
    buf_add(out, text.p + done, text.n - done);
}

enum err scan_masked(struct slice text, struct buf *out)
{
    struct arena a;
    struct hazard *hazards;
    struct buf parts[2];
    size_t n, turn = 0;
    arena_init(&a, 0);
    buf_init(&parts[0], 0);
    buf_init(&parts[1], 0);
    enum err e = scan_text(text, &a, &hazards, &n);
    while (e == ERR_OK && n > 0) {
        struct buf *part = &parts[turn];
        buf_clear(part);
        scan_mask(text, hazards, n, part);
        text = buf_slice(part);
        turn = 1 - turn;
        arena_reset(&a);
        e = part->err != ERR_OK ? part->err : scan_text(text, &a, &hazards, &n);
    }
    if (e == ERR_OK)
        buf_add_slice(out, text);
    arena_fini(&a);
    buf_fini(&parts[0]);
    buf_fini(&parts[1]);
    return e;
}

/* The next letter or digit of s from *i, folded; 0 at the end. */
static uint32_t next_sign(struct slice s, size_t *i)
{
    while (*i < s.n) {
        uint32_t cp = utf8_next(s, i);
        if (cp >= 'a' && cp <= 'z')
            return cp - 'a' + 'A';
        if ((cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || cp == '@')
            return cp;
    }
    return 0;
}

bool scan_is_allowed(struct slice text, const struct hazard *h, struct slice allowed)
{
    struct slice part = slice_make(text.p + h->start_byte, h->end_byte - h->start_byte);
    size_t i = 0, k = 0;
    for (;;) {
        uint32_t a = next_sign(part, &i), b = next_sign(allowed, &k);
        if (a != b)
            return false;
        if (a == 0)
            return true;
    }
}
