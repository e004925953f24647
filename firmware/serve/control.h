/* control.h - the control socket for the command line: a JSON line in, JSON lines out. */
#ifndef SERVE_CONTROL_H
#define SERVE_CONTROL_H
#include "base/err.h"
#include <libwebsockets.h>

struct serve;

enum err control_open(struct serve *s, char message[240]);
int control_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t n);
#endif
