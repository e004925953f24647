/* adopt_world.h - a rulebook over tables in RAM, a fake time, and policies adopted as the writer
 * adopts them. */
#ifndef TESTS_ADOPT_WORLD_H
#define TESTS_ADOPT_WORLD_H
#include "base/arena.h"
#include "base/json.h"
#include "base/pack.h"
#include "core/apply.h"
#include "core/decide.h"
#include "core/policy_number.h"
#include "ram_tables.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START_MS INT64_C(1764000000000) /* 2025-11-24, a Monday, 16:00 UTC */
#define MINUTE_MS INT64_C(60000)
#define WEEK_9_TO_17                                                                               \
    "{\"hours\":{\"mon\":[[\"09:00\",\"17:00\"]],\"tue\":[[\"09:00\",\"17:00\"]],"                 \
    "\"wed\":[[\"09:00\",\"17:00\"]],\"thu\":[[\"09:00\",\"17:00\"]]}}"
#define WEEK_8_TO_20 "{\"hours\":{\"mon\":[[\"08:00\",\"20:00\"]],\"tue\":[[\"08:00\",\"20:00\"]]}}"

struct tracked { /* what a case was given, in words */
    struct id id;
    char team[POLICY_WORD_MAX], category[POLICY_WORD_MAX], tag[POLICY_WORD_MAX];
};

struct world {
    struct ram *ram;
    struct buf journal; /* length, event, … */
    struct rulebook rules;
    struct arena arena;
    struct verdict *v;
    uint64_t rng, seq;
    int64_t now_ms;
    struct tracked cases[3000];
    uint32_t n_cases, n_posts, n_adopted, n_recomputed;
};

static inline uint32_t pick(struct world *w, uint32_t n)
{
    w->rng = w->rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->rng >> 33) % n;
}

static inline struct id fresh(struct world *w)
{
    uint8_t random[10];
    for (int i = 0; i < 10; i++)
        random[i] = (uint8_t)pick(w, 256);
    return id_make(w->now_ms, random);
}

static inline struct mac128 mac_of(uint32_t kind, uint32_t n)
{
    struct mac128 m = {{0}};
    memcpy(m.b, &kind, 4);
    memcpy(m.b + 4, &n, 4);
    return m;
}

static inline struct policy *policy_of(struct world *w)
{
    return (struct policy *)(uintptr_t)w->rules.policy;
}

static inline struct world *world_new(uint64_t seed)
{
    struct world *w = calloc(1, sizeof *w);
    w->ram = ram_new();
    buf_init(&w->journal, 0);
    w->rules.policy = policy_default();
    arena_init(&w->arena, 0);
    w->v = calloc(1, sizeof *w->v);
    w->rng = seed;
    w->now_ms = START_MS;
    return w;
}

static inline void world_free(struct world *w)
{
    ram_free(w->ram);
    buf_fini(&w->journal);
    policy_free(policy_of(w));
    arena_fini(&w->arena);
    free(w->v);
    free(w);
}

static inline void put_event(struct world *w, const struct event *e)
{
    struct tables t = ram_tables(w->ram);
    struct buf one;
    buf_init(&one, 0);
    event_encode(&one, e);
    assert_int_equal(one.err, ERR_OK);
    assert_int_equal(apply_encoded(&t, ++w->seq, buf_slice(&one)), ERR_OK);
    pack_bytes(&w->journal, buf_slice(&one));
    w->n_recomputed += e->type == EV_CASE_CHANGED && e->u.kase.cause == CAUSE_RECOMPUTED;
    buf_fini(&one);
}

static inline struct case_rec run(struct world *w, struct command c)
{
    struct case_rec rec = {.seq = 0};
    struct tables t = ram_tables(w->ram);
    arena_reset(&w->arena);
    assert_int_equal(decide(&w->rules, &t, &c, w->now_ms, &w->arena, w->v), ERR_OK);
    for (size_t i = 0; i < w->v->n_events; i++)
        put_event(w, &w->v->events[i]);
    if (!id_is_none(w->v->kase))
        assert_int_equal(load_case(&t, w->v->kase, &rec), ERR_OK);
    return rec;
}

/* ---- policies */

/* Two zones, from the seeds of the fuzzing tests. */
static inline enum err zone_of(void *ctx, const char *name, struct slice *out)
{
    static char bytes[8192];
    (void)ctx;
    FILE *f = fopen(strcmp(name, "Europe/Madrid") == 0 ? "tests/fuzz/seeds/zone/madrid"
                                                       : "tests/fuzz/seeds/zone/lord_howe",
                    "rb");
    assert_non_null(f);
    *out = slice_make(bytes, fread(bytes, 1, sizeof bytes, f));
    (void)fclose(f);
    return ERR_OK;
}

static inline struct policy *compiled(const char *document)
{
    const struct zone_source zones = {.zone = zone_of};
    struct fault_list faults = {0};
    struct json_error e;
    struct cJSON *j;
    struct policy *p;
    assert_int_equal(json_parse(slice_of(document), &json_limits_file, &j, &e), ERR_OK);
    if (policy_compile(j, &zones, &faults, &p) != ERR_OK)
        fail_msg("%s: %s: %s", document, faults.items[0].path, faults.items[0].message);
    fault_free(&faults);
    json_free(j);
    return p;
}

static inline void adopt(struct world *w, const char *document)
{
    struct command c = {.type = CMD_POLICY_ADOPT};
    struct fault_list faults = {0};
    struct policy_names known;
    struct policy *next = compiled(document);
    policy_number_list(w->rules.policy, &known);
    assert_int_equal(policy_number_set(next, &known, &faults), ERR_OK);
    next->version = w->rules.policy->version + 1;
    c.u.policy.document = slice_of(document);
    c.u.policy.compiled = next;
    (void)run(w, c);
    policy_free(policy_of(w));
    w->rules.policy = next;
    w->n_adopted++;
}

static inline bool is_pending(struct world *w)
{
    struct recompute_rec at;
    struct tables t = ram_tables(w->ram);
    return load_recompute(&t, &at) == ERR_OK;
}

static inline void finish_pass(struct world *w)
{
    while (is_pending(w))
        (void)run(w, (struct command){.type = CMD_RECOMPUTE});
}

/* The policy as a box would have it that starts on these tables. */
static inline struct policy *started(struct world *w, const char *document)
{
    struct tables t = ram_tables(w->ram);
    struct fault_list faults = {0};
    struct policy_names known;
    struct policy *p = compiled(document);
    assert_int_equal(policy_number_load(&t, &known), ERR_OK);
    assert_int_equal(policy_number_set(p, &known, &faults), ERR_OK);
    return p;
}

static inline struct ram *replayed(struct world *w)
{
    struct ram *again = ram_new();
    struct tables t = ram_tables(again);
    struct unpack u = unpack_of(buf_slice(&w->journal));
    uint64_t seq = 0;
    while (unpack_left(&u) > 0)
        assert_int_equal(apply_encoded(&t, ++seq, unpack_bytes(&u)), ERR_OK);
    assert_int_equal(seq, w->seq);
    return again;
}

static inline void check_replay(struct world *w)
{
    char difference[200];
    struct ram *again = replayed(w);
    if (ram_difference(w->ram, again, difference) != NULL)
        fail_msg("%s", difference);
    ram_free(again);
}

static inline struct command mention(struct world *w, uint32_t author, const char *text)
{
    struct command c = {.type = CMD_MENTION};
    c.u.mention = (struct cmd_mention){.mention = fresh(w),
                                       .kase = fresh(w),
                                       .customer = fresh(w),
                                       .author = mac_of(1, author),
                                       .has_address = true,
                                       .address = mac_of(1, author),
                                       .at_ms = w->now_ms,
                                       .network = NETWORK_WEBHOOK,
                                       .channel = slice_of("c"),
                                       .text = slice_of(text)};
    c.u.mention.dedupe =
        (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), mac_of(2, w->n_posts++)};
    return c;
}

static inline struct case_rec now_of(struct world *w, struct id id)
{
    struct case_rec c;
    struct tables t = ram_tables(w->ram);
    assert_int_equal(load_case(&t, id, &c), ERR_OK);
    return c;
}
#endif
