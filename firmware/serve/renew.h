/* renew.h - a new certificate while clients shake hands. */
#ifndef SERVE_RENEW_H
#define SERVE_RENEW_H
#include <stdbool.h>
#include <stdint.h>

struct serve;

void renew_step(struct serve *s, int64_t mono_ms); /* every tick */
void renew_drop(struct serve *s);                  /* when no other thread runs any more */
/* The new certificate has waited long: newcomers wait now, until no handshake is in flight. */
bool renew_is_urgent(const struct serve *s);
#endif
