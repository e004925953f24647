/* buf.h - a growing byte buffer with a ceiling; errors stick until they are looked at. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/err.h"
#include "base/slice.h"
#include <stdarg.h>
#include <stdint.h>

/* Invariants: 1. n <= cap <= max.  2. once err != ERR_OK nothing is appended any more.
 * 3. p[n] == 0 whenever p != NULL. */
struct buf {
    char *p;
    size_t n;
    size_t cap;
    size_t max;   /* bytes; 0 = SIZE_MAX / 2 */
    enum err err; /* ERR_OK, ERR_TOO_LONG (max reached) or ERR_NO_MEMORY */
};

void buf_init(struct buf *b, size_t max);
void buf_fini(struct buf *b);  /* frees; safe on a zeroed struct and twice */
void buf_clear(struct buf *b); /* keeps the memory, forgets bytes and error */
void buf_add(struct buf *b, const void *p, size_t n);
void buf_add_z(struct buf *b, const char *z);
void buf_add_slice(struct buf *b, struct slice s);
void buf_add_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice buf_slice(const struct buf *b); /* valid until the next append */
#endif
