/* test_rules.c - what arrives: cases opened and joined, crossings at their instants, order, thanks.
 */
#include "bench/world.h"
#include "core/triage/reason.h"

static void test_mention_opens_and_joins(void **state)
{
    (void)state;
    struct world *w = world_new(7);
    struct tables t = ram_tables(w->ram);
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "mi tarjeta no funciona")), d;
    assert_int_equal(c.state, CASE_NEW);
    assert_int_equal(c.clocks[CLOCK_ACKNOWLEDGE].due_ms, START_MS + 15 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].due_ms, START_MS + 60 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].soon_ms, START_MS + 30 * 60000);
    assert_int_equal(c.clocks[CLOCK_ANSWER].risk_ms, START_MS + 48 * 60000);
    (void)world_run(w, world_mention(w, 1, 1, "mi tarjeta no funciona"));
    assert_true(w->v->is_duplicate);
    w->now_ms += 60000;
    d = world_run(w, world_mention(w, 1, 2, "hola?"));
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
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "no funciona"));
    struct day_counter day;
    w->now_ms += 3 * 3600000;
    (void)world_run(w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(w->v->events[0].u.crossed.n, 6);
    assert_int_equal(w->v->events[0].u.crossed.items[0].at_ms, START_MS + 7 * 60000 + 30000);
    assert_int_equal(load_case(&t, c.id, &c), ERR_OK);
    assert_int_equal(case_phase(&c), PHASE_LATE);
    assert_true(c.was_late);
    assert_int_equal(counter_day(&t, (uint32_t)(START_MS / 86400000), &day), ERR_OK);
    assert_int_equal(day.of, 1);
    (void)world_run(w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(w->v->n_events, 0);
    world_free(w);
}

static void test_two_claims_in_one_batch(void **state)
{
    (void)state;
    struct world *w = world_new(9);
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "ayuda"));
    ram_begin(w->ram);
    (void)world_run(w, world_action(w, &c, DO_CLAIM, 1, AGENT));
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    (void)world_run(w, world_action(w, &c, DO_CLAIM, 2, AGENT));
    assert_int_equal(w->v->refusal, REFUSAL_TAKEN);
    ram_commit(w->ram);
    world_free(w);
}

static void test_stale_screen_is_refused(void **state)
{
    (void)state;
    struct world *w = world_new(10);
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "ayuda"));
    (void)world_run(w, world_mention(w, 1, 2, "sigo esperando"));
    (void)world_run(w, world_action(w, &c, DO_CLAIM, 1, AGENT));
    assert_int_equal(w->v->refusal, REFUSAL_STALE);
    world_free(w);
}

static void test_repeated_ref_hears_the_same(void **state)
{
    (void)state;
    struct world *w = world_new(11);
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "ayuda"));
    struct command k = world_action(w, &c, DO_CLAIM, 1, AGENT);
    (void)world_run(w, k);
    size_t before = ram_count(w->ram, TABLE_ANSWER);
    (void)world_run(w, k);
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    assert_true(w->v->is_duplicate);
    assert_int_equal(w->v->n_events, 0);
    assert_int_equal(ram_count(w->ram, TABLE_ANSWER), before);
    assert_int_equal(w->v->seq, w->seq);
    assert_true(id_eq(w->v->kase, c.id));
    world_free(w);
}

/* A ref belongs to the frame that it came with: whatever else comes with it, an accepted one or one
 * that was refused, hears nothing of that answer and changes nothing, the answer included. */
static void test_reused_ref_is_refused(void **state)
{
    (void)state;
    struct world *w = world_new(11);
    struct case_rec c = world_run(w, world_mention(w, 1, 1, "ayuda"));
    struct command k = world_action(w, &c, DO_CLAIM, 1, AGENT);
    k.u.kase.frame = world_mac(7, 1);
    c = world_run(w, k);
    uint64_t seq = w->seq;
    for (int round = 0; round < 2; round++) {
        struct command other = world_action(w, &c, DO_REVEAL, 1, AGENT);
        memcpy(other.u.kase.ref, k.u.kase.ref, sizeof k.u.kase.ref);
        other.u.kase.frame = world_mac(7, 2);
        (void)world_run(w, other);
        assert_int_equal(w->v->refusal, REFUSAL_REF_REUSED);
        assert_false(w->v->is_duplicate);
        assert_int_equal(w->v->n_events, 0);
    }
    (void)world_run(w, k);
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    assert_true(w->v->is_duplicate);
    assert_int_equal(w->v->seq, seq);
    struct command anothers = world_action(w, &c, DO_NOTE, 2, AGENT);
    memcpy(anothers.u.kase.ref, k.u.kase.ref, sizeof k.u.kase.ref);
    anothers.u.kase.frame = world_mac(7, 3);
    anothers.u.kase.text = slice_of("otra persona");
    (void)world_run(w, anothers);
    assert_int_equal(w->v->refusal, REFUSAL_NONE); /* a ref is its person's */
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
        (void)world_run(w, world_mention(w, i, i, "mi pedido no llega"));
    w->now_ms += 5 * 3600000;
    struct case_rec c = world_run(
        w, world_mention(w, 50, 50, "URGENTE: huele a gas en mi casa, es una emergencia"));
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
    (void)world_run(w, world_mention(w, 1, 1, "no puedo entrar a mi cuenta"));
    struct command r = world_mention(w, 0, 2, "@u listo ^AB");
    r.type = CMD_REPLY_SEEN;
    r.u.mention.has_address = true;
    r.u.mention.address = world_mac(1, 1);
    struct case_rec c = world_run(w, r);
    assert_int_equal(c.state, CASE_PARKED);
    c = world_run(w, world_mention(w, 1, 3, "Muchas gracias!"));
    assert_int_equal(c.state, CASE_PARKED);
    c = world_run(w, world_mention(w, 1, 4, "sigue sin funcionar"));
    assert_int_equal(c.state, CASE_OPEN);
    assert_true(c.clocks[CLOCK_ANSWER].is_running);
    assert_false(c.clocks[CLOCK_ACKNOWLEDGE].is_running);
    world_free(w);
}

/* Points for contacts of the case that a mention opens; it is dismissed at once. */
static int contact_points(struct world *w, enum mention_kind kind)
{
    int points = 0;
    struct command m = world_mention(w, 1, w->n_posts++, "mi pedido no llega");
    m.u.mention.kind = kind;
    struct case_rec c = world_run(w, m);
    if (kind == MENTION_HEARD)
        return 0;
    assert_int_equal(c.n_mentions, 1);
    for (unsigned i = 0; i < c.n_reasons; i++)
        points += c.reasons[i].code == REASON_CONTACTS ? c.reasons[i].points : 0;
    struct command k = world_action(w, &c, DO_DISMISS, 1, LEAD);
    k.u.kase.word = slice_of("other");
    (void)world_run(w, k);
    assert_int_equal(w->v->refusal, REFUSAL_NONE);
    return points;
}

static void expect_points(struct world *w, int64_t after_ms, int wanted)
{
    w->now_ms += after_ms;
    assert_int_equal(contact_points(w, MENTION_PUBLIC), wanted);
}

static void test_contacts_are_those_of_the_last_three_days(void **state)
{
    (void)state;
    struct world *w = world_new(14);
    ((struct policy *)(uintptr_t)w->rules.policy)->reopen_ms = 0;
    expect_points(w, 0, 0);
    expect_points(w, 24 * HOUR_MS, 0);
    expect_points(w, 24 * HOUR_MS, 8);
    expect_points(w, 24 * HOUR_MS - 1, 8); /* the first is 72 h old less a millisecond */
    expect_points(w, 48 * HOUR_MS + 1, 0); /* the third is 72 h old: one is left */
    for (int i = 0; i < 3; i++)
        expect_points(w, 1, 8);
    expect_points(w, 1, 15);
    expect_points(w, 72 * HOUR_MS, 0); /* a long acquaintance is not a repeated contact */
    expect_points(w, 72 * HOUR_MS, 0);
    for (int i = 0; i < 5; i++)
        (void)contact_points(w, MENTION_HEARD);
    expect_points(w, 1, 0); /* what they said to others is none either */
    world_check(w);
    world_check_replay(w);
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
        cmocka_unit_test(test_reused_ref_is_refused),
        cmocka_unit_test(test_urgent_goes_first),
        cmocka_unit_test(test_thanks_restarts_nothing),
        cmocka_unit_test(test_contacts_are_those_of_the_last_three_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
