/* length_emoji.c - the alternatives of the emoji expression, one function each, in its order. */
#include "core/length/length_emoji.h"
#include "core/length/length_tables.h"

#define VS15 0xfe0e
#define VS16 0xfe0f
#define ZWJ 0x200d
#define KEYCAP 0x20e3
#define MAN 0x1f468
#define WOMAN 0x1f469
#define LETTER_A 0x1f1e6 /* regional indicator */

static uint32_t flags_of(uint32_t cp)
{
    uint32_t low = 0, high = length_n_emoji;
    if (cp < length_emoji[0].low || (cp > 0x3300 && cp < 0xe000))
        return 0;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (length_emoji[mid].high < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return low < length_n_emoji && cp >= length_emoji[low].low ? length_emoji[low].flags : 0;
}

static uint32_t unit(const struct units *u, uint32_t at)
{
    return at < u->n ? u->p[at] : 0;
}

/* The code point at `at`, 0 past the end. */
static uint32_t code_point(const struct units *u, uint32_t at, uint32_t *n)
{
    *n = 0;
    return at < u->n ? units_code_point(u, at, n) : 0;
}

/* `at` moved past a skin tone, if there is one. */
static uint32_t skip_skin(const struct units *u, uint32_t at)
{
    uint32_t n, cp = code_point(u, at, &n);
    return cp >= 0x1f3fb && cp <= 0x1f3ff ? at + n : at;
}

/* Past joiner, gender and U+FE0F; 0 when they are not there. */
static uint32_t skip_gender(const struct units *u, uint32_t at)
{
    uint32_t sign = unit(u, at + 1);
    bool is_gender =
        unit(u, at) == ZWJ && (sign == 0x2640 || sign == 0x2642) && unit(u, at + 2) == VS16;
    return is_gender ? at + 3 : 0;
}

/* Each of these: the end of a match whose first code point ends at `at`, or 0. */
static uint32_t profession(const struct units *u, uint32_t at)
{
    uint32_t n, end = skip_skin(u, at);
    if (unit(u, end) != ZWJ)
        return 0;
    uint32_t cp = code_point(u, end + 1, &n);
    if ((flags_of(cp) & EMOJI_PROFESSION) == 0)
        return 0;
    end += 1 + n;
    if (n == 2)
        return end;
    return unit(u, end) == VS16 ? end + 1 : 0;
}

static uint32_t posed(const struct units *u, uint32_t at)
{
    uint32_t end = unit(u, at) == VS16 ? at + 1 : skip_skin(u, at);
    return end > at ? skip_gender(u, end) : 0;
}

static uint32_t fixed(const struct units *u, uint32_t from)
{
    for (uint32_t i = 0; i < length_n_emoji_fixed; i++) {
        const uint32_t *want = length_emoji_fixed[i];
        uint32_t n, at = from;
        while (*want != 0 && code_point(u, at, &n) == *want) {
            at += n;
            want++;
        }
        if (*want == 0)
            return at;
    }
    return 0;
}

static uint32_t hand(const struct units *u, uint32_t at, uint32_t flags)
{
    if ((flags & EMOJI_HAND_SIGN) != 0 && unit(u, at) == VS16)
        return skip_skin(u, at + 1);
    if ((flags & EMOJI_HAND_SIGN) != 0 && unit(u, at) == VS15)
        return 0;
    return (flags & (EMOJI_HAND_SIGN | EMOJI_HAND)) != 0 ? skip_skin(u, at) : 0;
}

static uint32_t flag(const struct units *u, uint32_t at, uint32_t cp)
{
    uint32_t n, second = code_point(u, at, &n);
    if (cp < LETTER_A || cp >= LETTER_A + 26 || second < LETTER_A || second >= LETTER_A + 26)
        return 0;
    return (length_emoji_flags[cp - LETTER_A] >> (second - LETTER_A) & 1) != 0 ? at + n : 0;
}

static uint32_t keycap(const struct units *u, uint32_t at)
{
    at += unit(u, at) == VS16;
    return unit(u, at) == KEYCAP ? at + 1 : 0;
}

/* Of a code point between `from` and `at`; a fixed sequence comes before what its first code point
 * may be alone, and no tag or family is the beginning of a flag. */
static uint32_t sequence(const struct units *u, uint32_t from, uint32_t at, uint32_t cp)
{
    uint32_t flags = flags_of(cp), end = 0;
    if (flags == 0)
        return 0;
    if (cp == MAN || cp == WOMAN)
        end = profession(u, at);
    if (end == 0 && (flags & EMOJI_POSED) != 0)
        end = posed(u, at);
    if (end == 0 && (flags & EMOJI_PERSON) != 0)
        end = skip_gender(u, skip_skin(u, at));
    if (end == 0 && (flags & EMOJI_FIXED) != 0)
        end = fixed(u, from);
    if (end == 0 && (flags & EMOJI_SIGN) != 0 && unit(u, at) == VS16)
        end = at + 1;
    if (end == 0 && (flags & EMOJI_TEXTUAL) != 0 && unit(u, at) != VS15)
        end = at + (unit(u, at) == VS16);
    if (end == 0)
        end = hand(u, at, flags);
    if (end == 0)
        end = flag(u, at, cp);
    return end == 0 && (flags & EMOJI_PLAIN) != 0 ? at : end;
}

static uint32_t match(const struct units *u, uint32_t from)
{
    uint32_t n, c = u->p[from];
    if (c == '#' || c == '*' || (c >= '0' && c <= '9'))
        return keycap(u, from + 1);
    if (c == VS16)
        return from + 1;
    uint32_t cp = units_code_point(u, from, &n);
    return sequence(u, from, from + n, cp);
}

uint32_t emoji_find(const struct units *u, uint32_t from, uint32_t *at)
{
    for (; from < u->n; from++) {
        if (u->p[from] < 0xa9 && (u->p[from] < '#' || u->p[from] > '9'))
            continue;
        uint32_t end = match(u, from);
        if (end != 0) {
            *at = from;
            return end - from;
        }
    }
    *at = u->n;
    return 0;
}
