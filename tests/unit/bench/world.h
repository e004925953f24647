/* world.h - the rulebook alone with tables in memory and a time of its own: what tests of core
 * drive, and the design's invariants checked. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H
#include "base/arena.h"
#include "base/pack.h"
#include "bench/ram_tables.h"
#include "core/record/apply.h"
#include "core/record/counter.h"
#include "core/rules/decide.h"
#include "core/rules/life.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START_MS INT64_C(1764000000000)
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define AGENT 8
#define LEAD 16

struct world {
    struct ram *ram;
    struct buf journal; /* length, event, ... */
    struct rulebook rules;
    struct arena arena;
    struct verdict *v;
    uint64_t rng, seq, n_events, n_refused, n_duplicates, n_recomputed;
    uint64_t n_by_refusal[REFUSAL_N], n_by_step[64]; /* of life_steps */
    int64_t now_ms;
    struct id cases[64];
    uint32_t n_cases, n_posts;
};

struct world *world_new(uint64_t seed);
void world_free(struct world *w);
uint32_t world_pick(struct world *w, uint32_t n); /* 0 .. n - 1, by the seed */
struct id world_id(struct world *w);
struct mac128 world_mac(uint32_t kind, uint32_t n);
struct id world_person(uint8_t n); /* 1 .. 255 */

/* Decides, encodes and applies; asserts that every change of a case is a step of the life table.
 * What was journalled goes to `pending` (may be NULL). */
void world_step(struct world *w, const struct command *c, struct buf *pending, uint64_t *seq);
/* The same at once; returns the case concerned as it then stands (zeroed: none). */
struct case_rec world_run(struct world *w, struct command c);

/* The same for long lives: what the turn before left in the arena goes first. */
struct case_rec world_turn(struct world *w, struct command c);
struct case_rec world_case(struct world *w, struct id id); /* as it stands; it has to be there */

/* Makes persons 1 .. n known, as agents. */
void world_add_people(struct world *w, uint8_t n);
struct command world_mention(struct world *w, uint32_t author, uint32_t post, const char *text);
struct command world_action(struct world *w, const struct case_rec *c, enum action action,
                            uint8_t person, unsigned roles);
struct command world_sent(const struct world *w, const struct case_rec *c, bool has_failed);

/* Every case in exactly one place; indices and counters say what the records say, no more and no
 * less. */
void world_check(struct world *w);
struct ram *world_replayed(struct world *w); /* what the journal says; the caller frees it */
/* The journal replayed gives the same tables. */
void world_check_replay(struct world *w);
#endif
