/* http.h - one request at a time on a connection: checked, read, handed to its route, answered. */
#ifndef SERVE_HTTP_H
#define SERVE_HTTP_H
#include "serve/conn.h"

/* What the library tells of a CONN_HTTP; -1 closes it. */
int http_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n);
/* The answer of an upgrade that is refused, written at once; always -1. */
int http_refuse_upgrade(struct conn *c, int status, const char *code, const char *detail);
#endif
