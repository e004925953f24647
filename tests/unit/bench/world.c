/* world.c - see the header. */
#include "bench/world.h"
#include "core/record/place.h"

uint32_t world_pick(struct world *w, uint32_t n)
{
    w->rng = w->rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->rng >> 33) % n;
}

struct id world_id(struct world *w)
{
    uint8_t random[10];
    for (int i = 0; i < 10; i++)
        random[i] = (uint8_t)world_pick(w, 256);
    return id_make(w->now_ms, random);
}

struct mac128 world_mac(uint32_t kind, uint32_t n)
{
    struct mac128 m = {{0}};
    memcpy(m.b, &kind, 4);
    memcpy(m.b + 4, &n, 4);
    return m;
}

struct id world_person(uint8_t n)
{
    struct id id = {{0}};
    id.b[15] = n;
    return id;
}

struct world *world_new(uint64_t seed)
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

void world_free(struct world *w)
{
    ram_free(w->ram);
    buf_fini(&w->journal);
    policy_free((struct policy *)(uintptr_t)w->rules.policy);
    arena_fini(&w->arena);
    free(w->v);
    free(w);
}

static void check_step(struct world *w, const struct tables *t, const struct event *e)
{
    struct case_rec old;
    const struct case_rec *now = &e->u.kase.after;
    if (e->type != EV_CASE_CHANGED)
        return;
    bool is_new = load_case(t, now->id, &old) == ERR_NOT_FOUND;
    assert_int_equal(is_new, e->u.kase.cause == CAUSE_OPENED);
    int step = life_find_step(e->u.kase.cause, is_new ? CASE_NEW : old.state, now->state);
    if (step >= 0)
        w->n_by_step[step]++;
    else
        fail_msg("%s may not lead from %s to %s", cause_word(e->u.kase.cause),
                 is_new ? "nothing" : case_state_word(old.state), case_state_word(now->state));
}

void world_step(struct world *w, const struct command *c, struct buf *pending, uint64_t *seq)
{
    struct tables t = ram_tables(w->ram);
    assert_int_equal(decide(&w->rules, &t, c, w->now_ms, &w->arena, w->v), ERR_OK);
    w->n_refused += w->v->refusal != REFUSAL_NONE;
    w->n_by_refusal[w->v->refusal]++;
    w->n_duplicates += w->v->is_duplicate;
    for (size_t i = 0; i < w->v->n_events; i++) {
        struct buf one;
        buf_init(&one, 0);
        event_encode(&one, &w->v->events[i]);
        assert_int_equal(one.err, ERR_OK);
        check_step(w, &t, &w->v->events[i]);
        assert_int_equal(apply_encoded(&t, ++*seq, buf_slice(&one)), ERR_OK);
        if (pending != NULL)
            pack_bytes(pending, buf_slice(&one));
        buf_fini(&one);
        w->n_events++;
        w->n_recomputed += w->v->events[i].type == EV_CASE_CHANGED &&
                           w->v->events[i].u.kase.cause == CAUSE_RECOMPUTED;
    }
}

struct case_rec world_run(struct world *w, struct command c)
{
    struct case_rec rec = {.seq = 0};
    struct tables t = ram_tables(w->ram);
    world_step(w, &c, &w->journal, &w->seq);
    if (!id_is_none(w->v->kase))
        assert_int_equal(load_case(&t, w->v->kase, &rec), ERR_OK);
    return rec;
}

struct case_rec world_turn(struct world *w, struct command c)
{
    arena_reset(&w->arena);
    return world_run(w, c);
}

struct case_rec world_case(struct world *w, struct id id)
{
    struct case_rec c;
    struct tables t = ram_tables(w->ram);
    assert_int_equal(load_case(&t, id, &c), ERR_OK);
    return c;
}

void world_add_people(struct world *w, uint8_t n)
{
    for (uint8_t i = 1; i <= n; i++) {
        struct command c = {.type = CMD_DEVICE_ADD};
        c.u.device.device = world_person(i);
        c.u.device.kind = DEVICE_PERSON;
        c.u.device.roles = AGENT;
        (void)world_run(w, c);
    }
}

struct command world_mention(struct world *w, uint32_t author, uint32_t post, const char *text)
{
    struct command c = {.type = CMD_MENTION};
    c.u.mention = (struct cmd_mention){.mention = world_id(w),
                                       .kase = world_id(w),
                                       .customer = world_id(w),
                                       .author = world_mac(1, author),
                                       .at_ms = w->now_ms,
                                       .network = NETWORK_WEBHOOK,
                                       .channel = slice_of("c"),
                                       .text = slice_of(text)};
    c.u.mention.dedupe = (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), world_mac(2, post)};
    return c;
}

struct command world_action(struct world *w, const struct case_rec *c, enum action action,
                            uint8_t person, unsigned roles)
{
    struct command k = {.type = CMD_CASE};
    k.u.kase = (struct cmd_case){.action = action,
                                 .kase = c->id,
                                 .seen = c->seq,
                                 .roles = roles,
                                 .person = world_person(person),
                                 .mark = slice_of("AB"),
                                 .reply = world_id(w)};
    for (int i = 0; i < 16; i++)
        k.u.kase.ref[i] = (uint8_t)world_pick(w, 256);
    return k;
}

struct command world_sent(const struct world *w, const struct case_rec *c, bool has_failed)
{
    struct command k = {.type = CMD_REPLY_PROGRESS};
    k.u.progress.kase = c->id;
    k.u.progress.reply = c->sending;
    k.u.progress.sent_ms = w->now_ms;
    k.u.progress.has_failed = has_failed;
    return k;
}

/* ---- invariants */

static bool has_key(const struct tables *t, enum table table, struct record_key k)
{
    return t->get(t->ctx, table, record_key_slice(&k), NULL) == ERR_OK;
}

struct sums {
    struct team_counter c;
    uint64_t n_timers, n_waiting, n_claims, n_sending;
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
    s->n_sending += c->is_sending;
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

void world_check(struct world *w)
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
    assert_int_equal(ram_count(w->ram, TABLE_OUTBOX), s.n_sending);
}

struct ram *world_replayed(struct world *w)
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

void world_check_replay(struct world *w)
{
    char difference[200];
    struct ram *again = world_replayed(w);
    if (ram_difference(w->ram, again, difference) != NULL)
        fail_msg("%s", difference);
    ram_free(again);
}
