/* health.h - GET /healthz and GET /metrics (OpenMetrics text). */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H
#include "app/loop/screens.h"

void health_handle(struct screens *s, const struct serve_request *r);
void health_metrics(struct screens *s, const struct serve_request *r);
/* The reasons, as words: disk_full io read_only corrupt clock map_80 certificate.  Returns "ok",
 * "degraded" or "failed". */
const char *health_state(struct box *b, const char *reasons[8], size_t *n);
#endif
