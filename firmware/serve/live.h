/* live.h - the live sockets: who may open one, what they ask, what they are sent. */
#ifndef SERVE_LIVE_H
#define SERVE_LIVE_H
#include "serve/conn.h"

int live_confirm_upgrade(struct conn *c); /* 0: may go on; -1: refused and answered */
/* What the library tells of a CONN_LIVE; -1 closes it. */
int live_callback(struct conn *c, enum lws_callback_reasons reason, void *in, size_t n);
/* Closes with this code when it can be written to; the first code stays.  `reason` is static. */
void live_close(struct conn *c, int code, const char *reason);
void live_tick(struct serve *s, int64_t mono_ms);
#endif
