/* auth.h - who is asking, and from which page. */
#ifndef SERVE_AUTH_H
#define SERVE_AUTH_H
#include "serve/conn.h"

enum auth_way { AUTH_NONE, AUTH_BEARER, AUTH_COOKIE };
/* ERR_OK also for nobody (roles at most ROLE_LOOPBACK).  ERR_DENIED: a wrong credential.  ERR_BUSY:
 * too many of these. */
enum err auth_request(struct conn *c, struct serve_principal *out, enum auth_way *way);
enum auth_origin { ORIGIN_NONE, ORIGIN_OURS, ORIGIN_FOREIGN };
enum auth_origin auth_origin(struct conn *c);
#endif
