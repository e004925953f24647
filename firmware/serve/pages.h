/* pages.h - the pages that are part of the program; made by tools/embed. */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H
#include <stddef.h>

struct page {
    const char *path; /* "/wall/index.html" */
    const char *content_type, *etag;
    const unsigned char *bytes;
    size_t n;
    const unsigned char *gz; /* NULL when not worth it */
    size_t n_gz;
};

extern const struct page pages[];
extern const size_t n_pages;
#endif
