/* page.h - the pages that are built in, and the head of every answer. */
#ifndef SERVE_PAGE_H
#define SERVE_PAGE_H
#include "serve/conn.h"

/* Fills in the answer of c; false: there is no such page. */
bool page_answer(struct conn *c, const char *path, bool is_get);
/* The head of an answer of n_body bytes; `more` are whole header lines, each ended by CRLF. */
void http_head(struct buf *b, int status, const char *content_type, size_t n_body, const char *more,
               bool closes);
#endif
