/* slice.c - comparing and copying views of bytes. */
#include "base/slice.h"
#include <string.h>

struct slice slice_of(const char *z)
{
    return (struct slice){z, z != NULL ? strlen(z) : 0};
}

struct slice slice_make(const void *p, size_t n)
{
    return (struct slice){p, n};
}

bool slice_eq(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool slice_eq_z(struct slice a, const char *z)
{
    return slice_eq(a, slice_of(z));
}

int slice_cmp(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? memcmp(a.p, b.p, n) : 0;
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool slice_has_prefix(struct slice s, struct slice prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool slice_ieq_z(struct slice a, const char *z)
{
    size_t i = 0;
    for (; i < a.n && z[i] != 0; i++)
        if (fold(a.p[i]) != fold(z[i]))
            return false;
    return i == a.n && z[i] == 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

size_t slice_copy_z(struct slice s, char *out, size_t max)
{
    if (max == 0)
        return 0;
    size_t n = s.n < max - 1 ? s.n : max - 1;
    if (n > 0)
        memcpy(out, s.p, n);
    out[n] = 0;
    return n;
}
