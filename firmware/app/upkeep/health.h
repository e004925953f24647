/* health.h - GET /healthz and GET /metrics (OpenMetrics text); how the box is, in a word. */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H
#include "app/loop/screens.h"

/* 200, or 503 when the state is "failed": {"status","reasons":[…],"seq"}. */
void health_handle(struct screens *s, const struct serve_request *r);
void health_metrics(struct screens *s, const struct serve_request *r);
/* "ok", "degraded" or "failed"; the n reasons as words: disk_full io read_only corrupt clock map_80
 * disk_low certificate.  On the loop. */
const char *health_state(struct box *b, const char *reasons[8], size_t *n);
#endif
