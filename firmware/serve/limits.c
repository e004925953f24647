/* limits.c - how many connections and wrong credentials one address may have. */
#include "serve/limits.h"
#include "base/crc32c.h"
#include <arpa/inet.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define FAILURES_MAX 20.0
#define FAILURES_PER_S 0.5

static const uint32_t most[LIMIT_N] = {64, 1000, 1000};
static const uint8_t v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static void address_of(struct lws *wsi, uint8_t out[16], char peer[48])
{
    struct sockaddr_storage a = {.ss_family = AF_UNSPEC};
    socklen_t n = sizeof a;
    memset(out, 0, 16);
    peer[0] = '\0';
    if (getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&a, &n) != 0)
        return;
    if (a.ss_family == AF_INET) {
        const struct in_addr *v4 = &((const struct sockaddr_in *)(const void *)&a)->sin_addr;
        memcpy(out, v4_prefix, 12);
        memcpy(out + 12, v4, 4);
        inet_ntop(AF_INET, v4, peer, 48);
    } else if (a.ss_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)&a)->sin6_addr;
        memcpy(out, v6, 16);
        inet_ntop(AF_INET6, v6, peer, 48);
        if (memcmp(out, v4_prefix, 12) != 0 && !IN6_IS_ADDR_LOOPBACK(v6))
            memset(out + 8, 0, 8); /* one customer of an IPv6 network has a /64 */
    }
}

struct limit *limits_of(struct limits *l, struct lws *wsi, char peer[48])
{
    uint8_t address[16];
    address_of(wsi, address, peer);
    struct limit **bucket = &l->buckets[crc32c(0, address, 16) % LIMIT_BUCKETS];
    for (struct limit *e = *bucket; e != NULL; e = e->next)
        if (memcmp(e->address, address, 16) == 0)
            return e;
    struct limit *e = calloc(1, sizeof *e);
    if (e == NULL)
        return NULL;
    memcpy(e->address, address, 16);
    e->failure_tokens = FAILURES_MAX;
    e->next = *bucket;
    return *bucket = e;
}

bool limits_allow(const struct limit *l, enum limit_class c)
{
    return l->n[c] < most[c];
}

bool limits_is_loopback(const struct limit *l)
{
    static const uint8_t v6_loopback[16] = {[15] = 1};
    return memcmp(l->address, v6_loopback, 16) == 0 ||
           (memcmp(l->address, v4_prefix, 12) == 0 && l->address[12] == 127);
}

bool limits_may_fail(struct limit *l, int64_t mono_ms)
{
    l->failure_tokens += (double)(mono_ms - l->failure_ms) / 1000.0 * FAILURES_PER_S;
    l->failure_ms = mono_ms;
    if (l->failure_tokens > FAILURES_MAX)
        l->failure_tokens = FAILURES_MAX;
    return l->failure_tokens >= 1.0;
}

void limits_failed(struct limit *l, int64_t mono_ms)
{
    if (limits_may_fail(l, mono_ms))
        l->failure_tokens -= 1.0;
}

void limits_sweep(struct limits *l, int64_t mono_ms)
{
    for (size_t i = 0; i < LIMIT_BUCKETS; i++)
        for (struct limit **at = &l->buckets[i]; *at != NULL;) {
            struct limit *e = *at;
            bool is_idle = e->n[0] == 0 && e->n[1] == 0 && e->n[2] == 0;
            if (is_idle && mono_ms - e->failure_ms > 60000) {
                *at = e->next;
                free(e);
            } else {
                at = &e->next;
            }
        }
}

void limits_free(struct limits *l)
{
    for (size_t i = 0; i < LIMIT_BUCKETS; i++)
        while (l->buckets[i] != NULL) {
            struct limit *e = l->buckets[i];
            l->buckets[i] = e->next;
            free(e);
        }
}
