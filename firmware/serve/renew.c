/* renew.c - a new certificate while clients shake hands: made on another thread, for it waits for
 * the disk; the old one is freed when no handshake that may hold it is in flight. */
#include "serve/renew.h"
#include "base/log.h"
#include "base/mono.h"
#include "serve/server.h"
#include <stdlib.h>

#define SWAP_PATIENCE_MS 3000
#define RETRY_MS 3600000

struct renewal {
    const char *dir;
    const char *const *names;
    int64_t now_ms;
    struct identity fresh;
    enum err error;
    char message[240];
    atomic_bool is_done;
};

bool renew_is_urgent(const struct serve *s)
{
    return s->swap_since_ms != 0 && mono_now_ms() - s->swap_since_ms > SWAP_PATIENCE_MS;
}

void renew_drop(struct serve *s)
{
    free(s->renewal);
    s->renewal = NULL;
}

static void make(void *renewal)
{
    struct renewal *r = renewal;
    r->error = identity_open(&r->fresh, r->dir, r->names, r->now_ms, r->message);
    atomic_store(&r->is_done, true);
}

static void begin(struct serve *s, int64_t now_ms)
{
    struct renewal *r = calloc(1, sizeof *r);
    if (r == NULL)
        return;
    r->dir = s->options.dir;
    r->names = s->options.names;
    r->now_ms = now_ms;
    s->renewal = r;
    if (s->hooks.later == NULL)
        make(r);
    else if (s->hooks.later(s->hooks.ctx, make, r) != ERR_OK)
        renew_drop(s);
}

static void take(struct serve *s, int64_t now_ms, int64_t mono_ms)
{
    struct renewal *r = s->renewal;
    if (r->error != ERR_OK) {
        log_error("certificate: not renewed: %s", r->message);
        s->identity.renew_ms = now_ms + RETRY_MS;
    } else {
        s->identity = r->fresh;
        s->swap_since_ms = mono_ms;
    }
    renew_drop(s);
}

void renew_step(struct serve *s, int64_t mono_ms)
{
    int64_t now_ms = s->hooks.now_ms(s->hooks.ctx);
    if (s->renewal == NULL && s->swap_since_ms == 0 && s->identity.renew_ms != 0 &&
        now_ms >= s->identity.renew_ms)
        begin(s, now_ms);
    if (s->renewal != NULL && atomic_load(&s->renewal->is_done))
        take(s, now_ms, mono_ms);
    if (s->swap_since_ms == 0 || s->n_young > 0)
        return;
    s->swap_since_ms = 0;
    lws_tls_cert_updated(s->context, s->identity.cert_path, s->identity.key_path, NULL, 0, NULL, 0);
    log_info("certificate: renewed and in use");
}
