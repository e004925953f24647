/* webhook.h - POST /api/mentions: many networks in, one answer after the commit.
 *
 * 202 with a result an element, 400 when all are refused, 401 unsigned, 413 too many, 429 too much
 * waits, 503 nothing was kept. */
#ifndef APP_WEBHOOK_H
#define APP_WEBHOOK_H
#include "app/box/box.h"

/* On the loop: from a token of role source, or signed by the configured secret. */
void webhook_handle(struct box *b, const struct serve_request *r);
/* After the commit, on the loop.  The job stays the caller's. */
void webhook_answer(struct box *b, struct job *j);
/* Standard Webhooks 1.0.0: HMAC-SHA256 over "id.timestamp.body", base64, any of the space-separated
 * "v1,..." signatures; the timestamp within five minutes of now.  false: not signed by this secret
 * ("whsec_" + base64). */
bool webhook_verify(const char *secret, const struct serve_request *r, int64_t now_ms);
#endif
