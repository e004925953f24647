/* limits.h - how many connections and wrong credentials one address may have.
 *
 * An address is an IPv4 address or an IPv6 /64: what one customer of a network has. */
#ifndef SERVE_LIMITS_H
#define SERVE_LIMITS_H
#include <stdbool.h>
#include <stdint.h>

struct lws;

/* What a connection counts as: each has a most of its own per address (limits.c). */
enum limit_class { LIMIT_UNKNOWN, LIMIT_SIGNED_IN, LIMIT_LIVE, LIMIT_N };
struct limit {
    struct limit *next;
    uint8_t address[16];
    uint32_t n[LIMIT_N];
    double failure_tokens; /* wrong credentials that are still allowed */
    int64_t failure_ms;
};
#define LIMIT_BUCKETS 1024
struct limits {
    struct limit *buckets[LIMIT_BUCKETS];
};

/* The address of the peer, made when it is new; `peer` is its text, "" when the kernel does not
 * tell.  Lives until it is idle and limits_sweep runs.  NULL: no memory. */
struct limit *limits_of(struct limits *l, struct lws *wsi, char peer[48]);
/* Is there room for one more connection of class c? */
bool limits_allow(const struct limit *l, enum limit_class c);
/* false: too many wrong credentials lately; 20 at once, one more every two seconds. */
bool limits_may_fail(struct limit *l, int64_t mono_ms);
void limits_failed(struct limit *l, int64_t mono_ms);
/* Frees what has no connection and no recent failure. */
void limits_sweep(struct limits *l, int64_t mono_ms);
void limits_free(struct limits *l);
bool limits_is_loopback(const struct limit *l);
#endif
