/* slice.h - a view of bytes that somebody else owns. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H
#include <stdbool.h>
#include <stddef.h>

/* Invariant: p may be NULL only when n == 0.  Never NUL-terminated by promise. */
struct slice {
    const char *p;
    size_t n; /* bytes */
};

struct slice slice_of(const char *z); /* NUL-terminated; NULL gives the empty slice */
struct slice slice_make(const void *p, size_t n);
bool slice_eq(struct slice a, struct slice b);
bool slice_eq_z(struct slice a, const char *z);
/* memcmp order, the shorter first when one is a prefix of the other: < 0, 0, > 0. */
int slice_cmp(struct slice a, struct slice b);
bool slice_has_prefix(struct slice s, struct slice prefix);
/* ASCII letters fold; other bytes compare as they are. */
bool slice_ieq_z(struct slice a, const char *z);
struct slice slice_trim(struct slice s); /* ASCII white space at both ends */
/* At most max - 1 bytes are copied; always NUL-terminated when max > 0.  Returns bytes copied. */
size_t slice_copy_z(struct slice s, char *out, size_t max);
#endif
