/* test_claims.c - who holds a case and what people note on it: claims, leases, hand-overs, levels,
 * tags, tickets, reveals. */
#include "bench/bench.h"
#include "core/rules/sla.h"
#include "core/triage/reason.h"

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

static struct command by(struct command k, uint8_t person, unsigned roles)
{
    k.u.kase.person = world_person(person);
    k.u.kase.roles = roles;
    return k;
}

static void test_a_screen_behind_by_one_is_stale(void **state)
{
    (void)state;
    struct bench b = bench();
    struct command k = bench_action(&b, DO_NOTE, "llamó ayer");
    k.u.kase.seen = b.c.seq - 1;
    bench_does(&b, k, REFUSAL_STALE);
    k = bench_action(&b, DO_NOTE, "llamó ayer");
    k.u.kase.seen = b.c.seq;
    bench_does(&b, k, REFUSAL_NONE);
    uint64_t seq = b.c.seq;
    assert_int_equal(seq, b.w->seq - 1); /* the note moved it; the answer came after */
    bench_waits(&b, 8 * MINUTE_MS);
    assert_int_equal(b.c.seq, seq); /* a crossing does not */
    assert_int_equal(b.c.clocks[CLOCK_ACKNOWLEDGE].phase, PHASE_SOON);
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    seq = b.c.seq;
    bench_sent(&b, false);
    assert_int_equal(b.c.seq, seq); /* nor does the outbox */
    world_free(b.w);
}

static void test_another_persons_case_is_left_alone(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_does(&b, by(bench_word(&b, DO_LEVEL, "high"), 2, AGENT), REFUSAL_NOT_CLAIMANT);
    bench_does(&b, by(bench_word(&b, DO_DISMISS, "other"), 2, AGENT), REFUSAL_NOT_CLAIMANT);
    bench_does(&b, by(bench_action(&b, DO_REPLY, "ya"), 2, AGENT), REFUSAL_NOT_CLAIMANT);
    bench_does(&b, by(bench_word(&b, DO_LEVEL, "high"), 2, LEAD), REFUSAL_NONE);
    bench_does(&b, by(bench_action(&b, DO_NOTE, "vista"), 2, AGENT), REFUSAL_NONE);
    bench_does(&b, by(bench_action(&b, DO_TAKE_BACK, ""), 2, AGENT), REFUSAL_NOT_ALLOWED);
    bench_does(&b, by(bench_action(&b, DO_NOTE, "vista"), 2, 4), REFUSAL_NOT_ALLOWED);
    bench_does(&b, by(bench_action(&b, DO_TAKE_BACK, ""), 2, LEAD), REFUSAL_NONE);
    assert_true(id_is_none(b.c.claimant));
    bench_does(&b, by(bench_action(&b, DO_REPLY, "ya"), 2, AGENT), REFUSAL_NOT_CLAIMANT);
    bench_does(&b, by(bench_word(&b, DO_LEVEL, "low"), 2, AGENT), REFUSAL_NONE);
    world_free(b.w);
}

static void test_a_claim_is_stamped_once(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct record_key key = key_case(b.c.id);
    struct claim_rec claim;
    struct slice v;
    uint64_t seq = b.c.seq;
    b.w->now_ms += MINUTE_MS;
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE); /* again: nothing has changed */
    assert_int_equal(b.c.seq, seq);
    bench_does(&b, bench_action(&b, DO_NOTE, "sigo"), REFUSAL_NONE);
    assert_int_equal(t.get(t.ctx, TABLE_CLAIM, record_key_slice(&key), &v), ERR_OK);
    assert_int_equal(record_get_claim(v, &claim), ERR_OK);
    assert_int_equal(claim.claimed_ms, START_MS);
    bench_does(&b, bench_action(&b, DO_RELEASE, ""), REFUSAL_NONE);
    assert_int_equal(ram_count(b.w->ram, TABLE_CLAIM), 0);
    world_check(b.w);
    world_free(b.w);
}

static void test_an_old_lease_ends_no_newer_claim(void **state)
{
    (void)state;
    struct bench b = bench();
    struct command lease = {.type = CMD_LEASE_ENDED};
    lease.u.lease.kase = b.c.id;
    lease.u.lease.person = world_person(1);
    struct command k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(2);
    bench_does(&b, k, REFUSAL_NONE);
    bench_run(&b, lease);
    assert_int_equal(b.w->v->n_events, 0);
    assert_true(id_eq(b.c.claimant, world_person(2)));
    lease.u.lease.person = world_person(2);
    uint64_t seq = b.c.seq;
    bench_run(&b, lease);
    assert_true(id_is_none(b.c.claimant) && b.c.seq > seq);
    bench_run(&b, lease);
    assert_int_equal(b.w->v->n_events, 0);
    lease.u.lease.kase = world_id(b.w);
    bench_run(&b, lease);
    assert_int_equal(b.w->v->n_events, 0);
    world_free(b.w);
}

static void test_a_hand_over_needs_somebody_with_room(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec mine = b.c;
    struct command gone = {.type = CMD_DEVICE_REVOKE};
    b.p->claims_max = 1;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "otro"));
    bench_does(&b, by(bench_action(&b, DO_CLAIM, ""), 2, AGENT), REFUSAL_NONE);
    b.c = mine;
    struct command k = bench_action(&b, DO_HAND_OVER, "");
    bench_does(&b, k, REFUSAL_INVALID);
    k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(2);
    bench_does(&b, k, REFUSAL_CLAIM_LIMIT);
    k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(1); /* to oneself: no room is needed */
    bench_does(&b, k, REFUSAL_NONE);
    gone.u.device.device = world_person(3);
    (void)world_run(b.w, gone);
    k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(3);
    bench_does(&b, k, REFUSAL_NOT_FOUND);
    world_free(b.w);
}

static void test_a_team_takes_over_by_its_own_targets(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct team_counter n[2];
    struct policy_team *second = &b.p->teams[1];
    *second = b.p->teams[0];
    (void)snprintf(second->name, sizeof second->name, "averias");
    second->targets[CLOCK_ANSWER][LEVEL_NORMAL].minutes = 20;
    b.p->n_teams = 2;
    bench_does(&b, bench_word(&b, DO_HAND_OVER, "nadie"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_HAND_OVER, "averias"), REFUSAL_NONE);
    assert_int_equal(b.c.team, 1);
    assert_true(id_is_none(b.c.claimant));
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, START_MS + 20 * MINUTE_MS);
    for (uint16_t i = 0; i < 2; i++)
        assert_int_equal(counter_team(&t, i, &n[i]), ERR_OK);
    assert_int_equal(n[0].queued, 0);
    assert_int_equal(n[0].waiting, 0);
    assert_int_equal(n[1].queued, 1);
    assert_int_equal(n[1].waiting, 1);
    world_check(b.w);
    b.p->n_teams = 1;
    world_free(b.w);
}

static void test_a_level_by_hand_moves_the_promise(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->teams[0].targets[CLOCK_ANSWER][LEVEL_URGENT].minutes = 10;
    bench_does(&b, bench_word(&b, DO_LEVEL, "muy alto"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_LEVEL, "urgent"), REFUSAL_NONE);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, START_MS + 10 * MINUTE_MS);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].soon_ms, START_MS + 5 * MINUTE_MS);
    assert_int_equal(b.c.rank_ms, b.c.clocks[CLOCK_ANSWER].due_ms - 24 * HOUR_MS);
    assert_int_equal(b.c.n_reasons, 1);
    assert_int_equal(b.c.reasons[0].code, REASON_BY_HAND);
    bench_waits(&b, 11 * MINUTE_MS);
    struct clock late = b.c.clocks[CLOCK_ANSWER];
    assert_int_equal(late.phase, PHASE_LATE);
    bench_does(&b, bench_word(&b, DO_LEVEL, "low"), REFUSAL_NONE);
    assert_memory_equal(&b.c.clocks[CLOCK_ANSWER], &late, sizeof late); /* late stays late */
    assert_int_equal(b.c.rank_ms, sla_rank(b.p, &b.c, b.w->now_ms));
    world_free(b.w);
}

static void test_tags_once_and_eight_at_the_most(void **state)
{
    (void)state;
    struct bench b = bench();
    char tag[24];
    b.p->n_tags = CASE_TAGS_MAX + 1;
    for (int i = 0; i <= CASE_TAGS_MAX; i++) {
        (void)snprintf(b.p->tags[i], sizeof b.p->tags[i], "t%d", i);
        (void)snprintf(tag, sizeof tag, "t%d", i);
        bench_does(&b, bench_word(&b, DO_TAG, tag),
                   i < CASE_TAGS_MAX ? REFUSAL_NONE : REFUSAL_INVALID);
    }
    uint64_t seq = b.c.seq;
    bench_does(&b, bench_word(&b, DO_TAG, "t3"), REFUSAL_NONE);
    assert_int_equal(b.c.n_tags, CASE_TAGS_MAX);
    assert_int_equal(b.c.seq, seq);
    bench_does(&b, bench_word(&b, DO_TAG, "nunca"), REFUSAL_INVALID);
    world_free(b.w);
}

static void test_categories_notes_and_tickets(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_does(&b, bench_word(&b, DO_CATEGORY, "cobros"), REFUSAL_NONE);
    assert_int_equal(b.c.category, policy_find_category(b.p, slice_of("cobros")));
    bench_does(&b, bench_word(&b, DO_CATEGORY, "nada"), REFUSAL_INVALID);
    b.p->n_teams = 2;
    b.p->teams[1] = b.p->teams[0];
    b.p->teams[1].hours = hours_always();
    b.p->teams[1].targets[CLOCK_ANSWER][b.c.level].minutes = 30;
    b.p->categories[policy_find_category(b.p, slice_of("fraude"))].team = 1;
    bench_does(&b, bench_word(&b, DO_CATEGORY, "fraude"), REFUSAL_NONE);
    assert_int_equal(b.c.team, 1);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms,
                     b.c.clocks[CLOCK_ANSWER].start_ms + 30 * MINUTE_MS);
    bench_does(&b, bench_action(&b, DO_NOTE, " \n"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_TICKET, "T-1"), REFUSAL_NONE);
    assert_true(b.c.has_ticket);
    bench_does(&b, bench_word(&b, DO_TICKET, ""), REFUSAL_NONE);
    assert_false(b.c.has_ticket);
    world_free(b.w);
}

static void test_an_original_is_shown_for_a_reason(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec c = world_run(b.w, world_mention(b.w, 1, 9, "sigo igual"));
    struct id mention = b.w->v->mention;
    b.c = c;
    struct command k = bench_action(&b, DO_REVEAL, "  ");
    k.u.kase.mention = mention;
    bench_does(&b, k, REFUSAL_INVALID);
    k = bench_action(&b, DO_REVEAL, "para llamarle");
    bench_does(&b, k, REFUSAL_NOT_FOUND);
    k = bench_action(&b, DO_REVEAL, "para llamarle");
    k.u.kase.mention = mention;
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.w->v->events[0].type, EV_REVEALED);
    assert_true(id_eq(b.w->v->events[0].person, world_person(1)));
    assert_true(id_eq(b.w->v->events[0].u.reveal.mention, mention));
    assert_int_equal(b.c.seq, c.seq);
    world_free(b.w);
}

static void test_what_is_not_there_and_not_known(void **state)
{
    (void)state;
    struct bench b = bench();
    struct command k = bench_action(&b, DO_NOTE, "hola");
    k.u.kase.kase = world_id(b.w);
    (void)world_run(b.w, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND);
    assert_int_equal(b.w->v->n_events, 0); /* what concerns no case is not journalled */
    k = bench_word(&b, DO_TAG, "nunca");
    bench_does(&b, k, REFUSAL_INVALID);
    struct tables t = ram_tables(b.w->ram);
    struct record_key key = key_answer(world_person(1), k.u.kase.ref);
    struct answer_rec answer;
    struct slice v;
    assert_int_equal(t.get(t.ctx, TABLE_ANSWER, record_key_slice(&key), &v), ERR_OK);
    assert_int_equal(record_get_answer(v, &answer), ERR_OK);
    assert_int_equal(answer.seq, b.w->seq);
    assert_int_equal(answer.refusal, REFUSAL_INVALID);
    b.p->n_tags = 1;
    (void)snprintf(b.p->tags[0], sizeof b.p->tags[0], "nunca");
    bench_does(&b, k, REFUSAL_INVALID); /* the same ref hears the same, though now it could */
    assert_true(b.w->v->is_duplicate);
    assert_int_equal(b.w->v->n_events, 0);
    k = bench_action(&b, DO_PRESENCE, "");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_INVALID);
    assert_int_equal(b.w->v->n_events, 0);
    world_free(b.w);
}

static void test_devices_come_and_go_once(void **state)
{
    (void)state;
    struct world *w = world_new(3);
    struct command add = {.type = CMD_DEVICE_ADD}, revoke = {.type = CMD_DEVICE_REVOKE};
    add.u.device.device = revoke.u.device.device = world_person(1);
    const struct {
        struct command c;
        enum refusal wanted;
    } steps[] = {{revoke, REFUSAL_NOT_FOUND}, {add, REFUSAL_NONE},         {add, REFUSAL_NOT_FOUND},
                 {revoke, REFUSAL_NONE},      {revoke, REFUSAL_NOT_FOUND}, {add, REFUSAL_NONE}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        (void)world_run(w, steps[i].c);
        assert_int_equal(w->v->refusal, steps[i].wanted);
    }
    assert_int_equal(w->v->events[0].u.device.rec.revoked_ms, 0);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_screen_behind_by_one_is_stale),
        cmocka_unit_test(test_another_persons_case_is_left_alone),
        cmocka_unit_test(test_a_claim_is_stamped_once),
        cmocka_unit_test(test_an_old_lease_ends_no_newer_claim),
        cmocka_unit_test(test_a_hand_over_needs_somebody_with_room),
        cmocka_unit_test(test_a_team_takes_over_by_its_own_targets),
        cmocka_unit_test(test_a_level_by_hand_moves_the_promise),
        cmocka_unit_test(test_tags_once_and_eight_at_the_most),
        cmocka_unit_test(test_categories_notes_and_tickets),
        cmocka_unit_test(test_an_original_is_shown_for_a_reason),
        cmocka_unit_test(test_what_is_not_there_and_not_known),
        cmocka_unit_test(test_devices_come_and_go_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
