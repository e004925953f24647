/* test_rules.c - the whole rulebook under a fake time: random commands in batches of random size,
 * commits that fail; after each step the design's invariants, and at the end the journal replayed
 * gives the same tables. */
#include "base/arena.h"
#include "base/pack.h"
#include "core/apply.h"
#include "core/counter.h"
#include "core/decide.h"
#include "core/place.h"
#include "ram_tables.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START_MS INT64_C(1764000000000)
#define PEOPLE 3
#define CUSTOMERS 400

struct world {
    struct ram *ram;
    struct buf journal; /* length, event, ... */
    struct rulebook rules;
    struct arena arena;
    struct verdict *v;
    uint64_t rng, seq, n_events, n_refused, n_duplicates;
    int64_t now_ms;
    struct id cases[4096];
    uint32_t n_cases, n_posts;
};

static uint32_t pick(struct world *w, uint32_t n)
{
    w->rng = w->rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->rng >> 33) % n;
}

static struct id fresh(struct world *w)
{
    uint8_t random[10];
    for (int i = 0; i < 10; i++)
        random[i] = (uint8_t)pick(w, 256);
    return id_make(w->now_ms, random);
}

static struct mac128 mac_of(uint32_t kind, uint32_t n)
{
    struct mac128 m = {{0}};
    memcpy(m.b, &kind, 4);
    memcpy(m.b + 4, &n, 4);
    return m;
}

static struct world *world_new(uint64_t seed)
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

static void world_free(struct world *w)
{
    ram_free(w->ram);
    buf_fini(&w->journal);
    policy_free((struct policy *)(uintptr_t)w->rules.policy);
    arena_fini(&w->arena);
    free(w->v);
    free(w);
}

static enum err step(struct world *w, const struct command *c, struct buf *pending, uint64_t *seq)
{
    struct tables t = ram_tables(w->ram);
    enum err e = decide(&w->rules, &t, c, w->now_ms, &w->arena, w->v);
    assert_int_equal(e, ERR_OK);
    w->n_refused += w->v->refusal != REFUSAL_NONE;
    w->n_duplicates += w->v->is_duplicate;
    for (size_t i = 0; i < w->v->n_events; i++) {
        struct buf one;
        buf_init(&one, 0);
        event_encode(&one, &w->v->events[i]);
        assert_int_equal(one.err, ERR_OK);
        assert_int_equal(apply_encoded(&t, ++*seq, buf_slice(&one)), ERR_OK);
        pack_bytes(pending, buf_slice(&one));
        buf_fini(&one);
        w->n_events++;
    }
    return e;
}

static struct command random_mention(struct world *w)
{
    static const char *const texts[] = {"hola, mi tarjeta no funciona, ayuda",
                                        "gracias!",
                                        "URGENTE me robaron la tarjeta",
                                        "great service, love it",
                                        "when does it open?",
                                        "no hay servicio otra vez",
                                        "ok"};
    struct command c = {.type = pick(w, 4) == 0 ? CMD_REPLY_SEEN : CMD_MENTION};
    bool is_repeat = w->n_posts > 0 && pick(w, 10) == 0;
    uint32_t post = is_repeat ? pick(w, w->n_posts) : w->n_posts++, author = pick(w, CUSTOMERS);
    c.u.mention =
        (struct cmd_mention){.mention = fresh(w),
                             .kase = fresh(w),
                             .customer = fresh(w),
                             .has_at = false,
                             .author = mac_of(1, author),
                             .at_ms = w->now_ms - (int64_t)pick(w, 3) * 40 * 60000,
                             .kind = pick(w, 12) == 0 ? MENTION_HEARD : MENTION_PUBLIC,
                             .event = (enum mention_event)(pick(w, 10) == 0 ? 1 + pick(w, 2) : 0),
                             .network = NETWORK_REPLAY,
                             .channel = slice_of(pick(w, 2) ? "uno" : "dos"),
                             .text = slice_of(texts[pick(w, 7)])};
    c.u.mention.dedupe = (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), mac_of(2, post)};
    c.u.mention.has_address = true;
    c.u.mention.address = mac_of(1, author);
    c.u.mention.has_reply_to = pick(w, 3) == 0 && w->n_posts > 1;
    c.u.mention.reply_to = mac_of(2, pick(w, w->n_posts));
    return c;
}

static struct command random_deed(struct world *w)
{
    static const char *const words[] = {"urgent", "low", "chatter", "spam", "cuenta", "nope"};
    struct command c = {.type = CMD_CASE};
    struct case_rec rec = {.seq = 0};
    struct tables t = ram_tables(w->ram);
    c.u.kase.kase = w->cases[pick(w, w->n_cases)];
    (void)load_case(&t, c.u.kase.kase, &rec);
    c.u.kase.deed = (enum deed)pick(w, DO_N);
    c.u.kase.person.b[15] = (uint8_t)(1 + pick(w, PEOPLE));
    c.u.kase.other.b[15] = (uint8_t)(1 + pick(w, PEOPLE));
    c.u.kase.roles = pick(w, 8) == 0 ? 4 : pick(w, 6) == 0 ? 16 : 8;
    c.u.kase.seen = rec.seq - (pick(w, 10) == 0 && rec.seq > 0 ? 1 : 0);
    c.u.kase.text = slice_of("nota");
    c.u.kase.word = slice_of(words[pick(w, 6)]);
    for (int i = 0; i < 16; i++)
        c.u.kase.ref[i] = (uint8_t)pick(w, 256);
    return c;
}

static struct command random_command(struct world *w)
{
    uint32_t what = pick(w, 10);
    if (what < 4 || w->n_cases == 0)
        return random_mention(w);
    if (what < 7)
        return random_deed(w);
    return (struct command){.type = what == 9 ? CMD_RETAIN : CMD_TIMERS};
}

static void remember_case(struct world *w)
{
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *e = &w->v->events[i];
        if (e->type == EV_CASE_CHANGED && e->u.kase.cause == CAUSE_OPENED)
            w->cases[w->n_cases < 4096 ? w->n_cases++ : pick(w, 4096)] = e->u.kase.after.id;
    }
}

static bool has_key(const struct tables *t, enum table table, struct record_key k)
{
    return t->get(t->ctx, table, record_key_slice(&k), NULL) == ERR_OK;
}

struct sums {
    struct team_counter c;
    uint64_t n_timers, n_waiting, n_claims;
};

static void check_case(const struct tables *t, const struct case_rec *c, struct sums *s)
{
    assert_null(case_fault(c));
    bool places[3] = {has_key(t, TABLE_QUEUE, key_queue(c->team, c->rank_ms, c->id)),
                      has_key(t, TABLE_PARKED, key_time(c->place_ms, c->id)),
                      has_key(t, TABLE_DONE, key_time(c->place_ms, c->id))};
    for (int p = 0; p < 3; p++)
        assert_int_equal(places[p], p == (int)c->place);
    int64_t next_ms = case_next_crossing(c);
    s->n_timers += next_ms != INT64_MAX;
    if (next_ms != INT64_MAX)
        assert_true(has_key(t, TABLE_TIMER, key_time(next_ms, c->id)));
    s->n_waiting += case_is_waiting(c);
    if (case_is_waiting(c))
        assert_true(has_key(t, TABLE_WAITING, key_time(c->at_ms, c->id)));
    s->n_claims += !id_is_none(c->claimant);
    assert_true(c->n_moves <= 1);
    enum phase phase = c->place == PLACE_QUEUE ? case_phase(c) : PHASE_CALM;
    s->c.waiting += case_is_waiting(c);
    s->c.soon += phase == PHASE_SOON;
    s->c.at_risk += phase == PHASE_RISK;
    s->c.late += phase == PHASE_LATE;
    s->c.follow_ups += c->owes_follow_up && c->place != PLACE_DONE;
    s->c.queued += c->place == PLACE_QUEUE;
    s->c.parked += c->place == PLACE_PARKED;
    s->c.done += c->place == PLACE_DONE;
    s->c.claimed += !id_is_none(c->claimant);
}

/* Every case in exactly one place; indices and counters say what the records say, no more and no
 * less. */
static void check_world(struct world *w)
{
    struct tables t = ram_tables(w->ram);
    struct sums s = {.n_timers = 0};
    struct team_counter all;
    struct record_key from = {.n = 0};
    struct slice key, v;
    while (t.seek(t.ctx, TABLE_CASE, record_key_slice(&from), &key, &v) == ERR_OK) {
        struct case_rec c;
        assert_int_equal(record_get_case(v, &c), ERR_OK);
        check_case(&t, &c, &s);
        from = key_case(c.id);
        from.b[from.n++] = 0;
    }
    assert_int_equal(counter_team(&t, COUNTER_TEAM_ALL, &all), ERR_OK);
    assert_memory_equal(&all, &s.c, sizeof all);
    size_t n = ram_count(w->ram, TABLE_QUEUE) + ram_count(w->ram, TABLE_PARKED) +
               ram_count(w->ram, TABLE_DONE);
    assert_int_equal(n, ram_count(w->ram, TABLE_CASE));
    assert_int_equal(ram_count(w->ram, TABLE_TIMER), s.n_timers);
    assert_int_equal(ram_count(w->ram, TABLE_WAITING), s.n_waiting);
    assert_int_equal(ram_count(w->ram, TABLE_CLAIM), s.n_claims);
}

static void run_batch(struct world *w)
{
    struct buf pending;
    uint64_t seq = w->seq;
    uint32_t n = 1 + pick(w, 12);
    buf_init(&pending, 0);
    ram_begin(w->ram);
    arena_reset(&w->arena);
    for (uint32_t i = 0; i < n; i++) {
        struct command c = random_command(w);
        (void)step(w, &c, &pending, &seq);
        remember_case(w);
        w->now_ms += pick(w, 3) == 0 ? (int64_t)pick(w, 600000) : (int64_t)pick(w, 2000);
    }
    if (pick(w, 15) == 0) {
        ram_abort(w->ram);
    } else {
        ram_commit(w->ram);
        buf_add_slice(&w->journal, buf_slice(&pending));
        w->seq = seq;
    }
    buf_fini(&pending);
}

static void check_replay(struct world *w)
{
    char difference[200];
    struct ram *again = ram_new();
    struct tables t = ram_tables(again);
    struct unpack u = unpack_of(buf_slice(&w->journal));
    uint64_t seq = 0;
    while (unpack_left(&u) > 0)
        assert_int_equal(apply_encoded(&t, ++seq, unpack_bytes(&u)), ERR_OK);
    assert_int_equal(seq, w->seq);
    const char *found = ram_difference(w->ram, again, difference);
    if (found != NULL)
        fail_msg("%s", found);
    ram_free(again);
}

static void test_random_life(void **state)
{
    (void)state;
    const char *steps = getenv("ATALAYA_SIM_STEPS");
    uint64_t wanted = steps != NULL ? strtoull(steps, NULL, 10) : 100000;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct world *w = world_new(seed);
        for (uint32_t batch = 0; w->n_events < wanted / 5; batch++) {
            run_batch(w);
            if (batch % 97 == 0)
                check_world(w);
        }
        check_world(w);
        check_replay(w);
        assert_true(w->n_refused > 100 && w->n_duplicates > 100 && w->n_cases > 100);
        world_free(w);
    }
}

static struct command mention(struct world *w, uint32_t author, uint32_t post, const char *text)
{
    struct command c = {.type = CMD_MENTION};
    c.u.mention = (struct cmd_mention){.mention = fresh(w),
                                       .kase = fresh(w),
                                       .customer = fresh(w),
                                       .author = mac_of(1, author),
                                       .at_ms = w->now_ms,
                                       .network = NETWORK_WEBHOOK,
                                       .channel = slice_of("c"),
                                       .text = slice_of(text)};
    c.u.mention.dedupe = (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), mac_of(2, post)};
    return c;
}

static struct case_rec run(struct world *w, struct command c)
{
    struct case_rec rec = {.seq = 0};
    struct buf ignored;
    struct tables t = ram_tables(w->ram);
    buf_init(&ignored, 0);
    (void)step(w, &c, &ignored, &w->seq);
    buf_fini(&ignored);
    if (!id_is_none(w->v->kase))
        assert_int_equal(load_case(&t, w->v->kase, &rec), ERR_OK);
    return rec;
}

static struct command claim(struct world *w, const struct case_rec *c, uint8_t person)
{
    struct command k = {.type = CMD_CASE};
    k.u.kase = (struct cmd_case){.deed = DO_CLAIM, .kase = c->id, .seen = c->seq, .roles = 8};
    k.u.kase.person.b[15] = person;
    k.u.kase.ref[0] = (uint8_t)pick(w, 256);
    k.u.kase.ref[1] = (uint8_t)pick(w, 256);
    return k;
}

static void test_mention_opens_and_joins(void **state)
{
    (void)state;
    struct world *w = world_new(7);
    struct tables t = ram_tables(w->ram);
    struct case_rec c = run(w, mention(w, 1, 1, "mi tarjeta no funciona")), d;
    assert_int_equal(c.state, CASE_NEW);
    assert_int_equal(c.clocks[CLOCK_ACKNOWLEDGE].due_ms, START_MS + 15 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 60 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].soon_ms, START_MS + 30 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].risk_ms, START_MS + 48 * 60000);
    (void)run(w, mention(w, 1, 1, "mi tarjeta no funciona"));
    assert_true(w->v->is_duplicate);
    w->now_ms += 60000;
    d = run(w, mention(w, 1, 2, "hola?"));
    assert_true(id_eq(c.id, d.id));
    assert_int_equal(d.n_mentions, 2);
    assert_int_equal(d.clocks[CLOCK_ANSWER].due_ms, c.clocks[CLOCK_ANSWER].due_ms);
    struct team_counter n;
    assert_int_equal(counter_team(&t, 0, &n), ERR_OK);
    assert_int_equal(n.waiting, 1);
    world_free(w);
}

static void test_crossings_carry_their_instants(void **state)
{
    (void)state;
    struct world *w = world_new(8);
    struct tables t = ram_tables(w->ram);
    struct case_rec c = run(w, mention(w, 1, 1, "no funciona"));
    struct day_counter day;
    w->now_ms += 3 * 3600000;
    (void)run(w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(w->v->events[0].u.crossed.n, 6);
    assert_int_equal(w->v->events[0].u.crossed.items[0].at_ms, START_MS + 7 * 60000 + 30000);
    assert_int_equal(load_case(&t, c.id, &c), ERR_OK);
    assert_int_equal(case_phase(&c), PHASE_LATE);
    assert_true(c.was_late);
    assert_int_equal(counter_day(&t, (uint32_t)(START_MS / 86400000), &day), ERR_OK);
    assert_int_equal(day.of, 1);
    (void)run(w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(w->v->n_events, 0);
    world_free(w);
}

static void test_two_claims_in_one_batch(void **state)
{
    (void)state;
    struct world *w = world_new(9);
    struct case_rec c = run(w, mention(w, 1, 1, "ayuda"));
    ram_begin(w->ram);
    (void)run(w, claim(w, &c, 1));
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    (void)run(w, claim(w, &c, 2));
    assert_int_equal(w->v->refusal, REFUSAL_TAKEN);
    ram_commit(w->ram);
    world_free(w);
}

static void test_stale_screen_is_refused(void **state)
{
    (void)state;
    struct world *w = world_new(10);
    struct case_rec c = run(w, mention(w, 1, 1, "ayuda"));
    (void)run(w, mention(w, 1, 2, "sigo esperando"));
    (void)run(w, claim(w, &c, 1));
    assert_int_equal(w->v->refusal, REFUSAL_STALE);
    world_free(w);
}

static void test_repeated_ref_hears_the_same(void **state)
{
    (void)state;
    struct world *w = world_new(11);
    struct case_rec c = run(w, mention(w, 1, 1, "ayuda"));
    struct command k = claim(w, &c, 1);
    (void)run(w, k);
    size_t before = ram_count(w->ram, TABLE_ANSWER);
    (void)run(w, k);
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    assert_true(w->v->is_duplicate);
    assert_int_equal(w->v->n_events, 0);
    assert_int_equal(ram_count(w->ram, TABLE_ANSWER), before);
    world_free(w);
}

static void test_urgent_goes_first(void **state)
{
    (void)state;
    struct world *w = world_new(12);
    struct tables t = ram_tables(w->ram);
    struct record_key from = {.n = 0};
    struct slice key;
    struct id first;
    for (uint32_t i = 0; i < 20; i++)
        (void)run(w, mention(w, i, i, "mi pedido no llega"));
    w->now_ms += 5 * 3600000;
    struct case_rec c =
        run(w, mention(w, 50, 50, "URGENTE: huele a gas en mi casa, es una emergencia"));
    assert_int_equal(c.level, LEVEL_URGENT);
    assert_int_equal(t.seek(t.ctx, TABLE_QUEUE, record_key_slice(&from), &key, NULL), ERR_OK);
    assert_int_equal(key_last_id(key, &first), ERR_OK);
    assert_true(id_eq(first, c.id));
    world_free(w);
}

static void test_thanks_restarts_nothing(void **state)
{
    (void)state;
    struct world *w = world_new(13);
    (void)run(w, mention(w, 1, 1, "no puedo entrar a mi cuenta"));
    struct command r = mention(w, 0, 2, "@u listo ^AB");
    r.type = CMD_REPLY_SEEN;
    r.u.mention.has_address = true;
    r.u.mention.address = mac_of(1, 1);
    struct case_rec c = run(w, r);
    assert_int_equal(c.state, CASE_PARKED);
    c = run(w, mention(w, 1, 3, "Muchas gracias!"));
    assert_int_equal(c.state, CASE_PARKED);
    c = run(w, mention(w, 1, 4, "sigue sin funcionar"));
    assert_int_equal(c.state, CASE_OPEN);
    assert_true(c.clocks[CLOCK_ANSWER].is_running);
    assert_false(c.clocks[CLOCK_ACKNOWLEDGE].is_running);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mention_opens_and_joins),
        cmocka_unit_test(test_crossings_carry_their_instants),
        cmocka_unit_test(test_two_claims_in_one_batch),
        cmocka_unit_test(test_stale_screen_is_refused),
        cmocka_unit_test(test_repeated_ref_hears_the_same),
        cmocka_unit_test(test_urgent_goes_first),
        cmocka_unit_test(test_thanks_restarts_nothing),
        cmocka_unit_test(test_random_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
