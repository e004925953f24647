/* renew.c - a new certificate while clients shake hands: the old one is freed when no handshake
 * that may hold it is in flight. */
#include "base/log.h"
#include "serve/serve_internal.h"

#define SWAP_PATIENCE_MS 3000
#define RETRY_MS 3600000

bool renew_is_urgent(const struct serve *s)
{
    return s->swap_since_ms != 0 && serve_mono_ms() - s->swap_since_ms > SWAP_PATIENCE_MS;
}

void renew_step(struct serve *s, int64_t mono_ms)
{
    char message[240];
    int64_t now_ms = s->hooks.now_ms(s->hooks.ctx);
    if (s->swap_since_ms == 0 && s->identity.renew_ms != 0 && now_ms >= s->identity.renew_ms) {
        struct identity fresh;
        if (identity_open(&fresh, s->options.dir, s->options.names, now_ms, message) != ERR_OK) {
            log_error("certificate: not renewed: %s", message);
            s->identity.renew_ms = now_ms + RETRY_MS;
            return;
        }
        s->identity = fresh;
        s->swap_since_ms = mono_ms;
    }
    if (s->swap_since_ms == 0 || s->n_young > 0)
        return;
    s->swap_since_ms = 0;
    lws_tls_cert_updated(s->context, s->identity.cert_path, s->identity.key_path, NULL, 0, NULL, 0);
    log_info("certificate: renewed, and in use from now on");
}
