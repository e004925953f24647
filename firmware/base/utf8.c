/* utf8.c - a small decoder by lead byte and allowed range of the second byte (Unicode table 3-7).
 */
#include "base/utf8.h"
#include <string.h>

/* Bytes of a well-formed sequence at p, or 0. */
static size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char c = p[0], low = 0x80, high = 0xBF;
    size_t more;
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4)
        return 0;
    more = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : low;
    high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : high;
    if (more >= n || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i <= more; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return more + 1;
}

static const unsigned char *bytes_of(struct slice s)
{
    return (const unsigned char *)s.p;
}

bool utf8_valid(struct slice s)
{
    for (size_t i = 0; i < s.n;) {
        uint64_t eight;
        if (s.n - i >= 8 &&
            (memcpy(&eight, s.p + i, 8), (eight & UINT64_C(0x8080808080808080)) == 0)) {
            i += 8;
            continue;
        }
        size_t step = sequence(bytes_of(s) + i, s.n - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

uint32_t utf8_next(struct slice s, size_t *i)
{
    const unsigned char *p = bytes_of(s) + *i;
    size_t n = sequence(p, s.n - *i);
    *i += n != 0 ? n : 1;
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3Fu);
    default:
        return 0xFFFD;
    }
}

size_t utf8_count(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++)
        (void)utf8_next(s, &i);
    return n;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(lead[n] | cp);
    return n;
}

struct slice utf8_cut(struct slice s, size_t max_bytes)
{
    if (s.n <= max_bytes)
        return s;
    size_t n = max_bytes;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return slice_make(s.p, n);
}
