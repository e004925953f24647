/* http_check.h - is a request as HTTP wants it?  Looks at its line and headers only. */
#ifndef SERVE_HTTP_CHECK_H
#define SERVE_HTTP_CHECK_H
#include "serve/conn.h"

/* A header's value, ended by a zero; false, and "": absent, or longer than max - 1. */
bool header_copy(struct lws *wsi, enum lws_token_indexes token, char *out, size_t max);
/* NULL when the request line and its headers are as they must be, else what is wrong with
 * *status: 400, 411 or 505. */
const char *http_fault(struct conn *c, int *status);
bool http_has_body(struct conn *c);            /* or says so */
bool http_length(struct conn *c, size_t *out); /* false: Content-Length is not one number */
/* NULL when the body is JSON in UTF-8 that is sent as it is, else why it is 415. */
const char *http_body_fault(struct conn *c, const char *content_type);
#endif
