/* adopt_world.h - policies adopted in a world as the writer adopts them. */
#ifndef TESTS_ADOPT_WORLD_H
#define TESTS_ADOPT_WORLD_H
#include "bench/world.h"
#include "core/policy/policy_number.h"

/* START_MS is 2025-11-24, a Monday, 16:00 UTC. */
#define WEEK_9_TO_17                                                                               \
    "{\"hours\":{\"mon\":[[\"09:00\",\"17:00\"]],\"tue\":[[\"09:00\",\"17:00\"]],"                 \
    "\"wed\":[[\"09:00\",\"17:00\"]],\"thu\":[[\"09:00\",\"17:00\"]]}}"
#define WEEK_8_TO_20 "{\"hours\":{\"mon\":[[\"08:00\",\"20:00\"]],\"tue\":[[\"08:00\",\"20:00\"]]}}"

struct policy *world_policy(struct world *w);       /* the one in force, to change it */
struct policy *world_compile(const char *document); /* fails the test when it has a fault */
void world_adopt(struct world *w, const char *document);
/* The policy as a box would have it that starts on these tables; the caller frees it. */
struct policy *world_started(struct world *w, const char *document);
/* Whether clocks are being brought under new hours; and to the end with it. */
bool world_is_pending(struct world *w);
void world_finish_pass(struct world *w);
/* A mention, which may as well be our reply to its author. */
struct command world_arrival(struct world *w, uint32_t author, const char *text);
#endif
