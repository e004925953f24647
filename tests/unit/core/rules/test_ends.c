/* test_ends.c - how cases come to rest and come back: parked, resolved, tagged, dismissed, merged,
 * undone. */
#include "bench/bench.h"

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

/* Another live case of the same customer; b->c is held by person 1 again. */
static struct case_rec second_case(struct bench *b, const char *text)
{
    bench_does(b, bench_word(b, DO_DISMISS, "other"), REFUSAL_NONE);
    struct case_rec second = world_run(b->w, world_mention(b->w, 1, 90, text));
    assert_false(id_eq(second.id, b->c.id));
    bench_does(b, bench_action(b, DO_UNDO, ""), REFUSAL_NONE);
    bench_does(b, bench_action(b, DO_CLAIM, ""), REFUSAL_NONE);
    return second;
}

static void merge(struct bench *b, struct case_rec *into, enum refusal wanted)
{
    struct command k = bench_action(b, DO_MERGE, "");
    k.u.kase.other = into->id;
    bench_does(b, k, wanted);
    *into = world_case(b->w, into->id);
}

/* ---- parked */

static void test_nobody_waits_for_who_waits_for_us(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 9000;
    b.c = world_run(b.w, world_mention(b.w, 2, 50, "mi pedido no llega"));
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    bench_sent(&b, false);
    b.c = world_run(b.w, world_mention(b.w, 2, 51, "no me contestan"));
    assert_int_equal(b.c.state, CASE_OPEN);
    bench_says(&b, DO_WAIT, "", REFUSAL_NOT_ALLOWED);
    bench_says(&b, DO_REPLY, "lo miramos", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_waits(&b, b.p->quiet_ms);
    assert_int_equal(b.c.state, CASE_OPEN); /* asked after: it left the public channel */
    assert_false(case_is_waiting(&b.c) || b.c.clocks[CLOCK_RESOLVE].is_paused);
    bench_does(&b, bench_action(&b, DO_WAIT, ""), REFUSAL_NONE);
    assert_int_equal(b.c.state, CASE_PARKED);
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_paused);
    assert_int_equal(b.c.quiet_ms, b.w->now_ms + b.p->quiet_ms);
    world_check(b.w);
    world_free(b.w);
}

/* ---- resolved */

static void test_nothing_is_resolved_without_a_word(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "ya", REFUSAL_NONE);
    bench_sent(&b, true);
    b.c = world_run(b.w, world_mention(b.w, 1, 2, "y?"));
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NOT_ALLOWED); /* a new case */
    bench_says(&b, DO_REPLY, "ya", REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NOT_ALLOWED); /* it is on its way */
    bench_sent(&b, true);
    bench_says(&b, DO_REPLY, "ya está", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_NOT_ALLOWED); /* nothing is owed any more */
    world_free(b.w);
}

/* Parked without our word having reached anybody: no path leads there, but records may come from
 * elsewhere. */
static void test_a_parked_case_without_a_word_is_not_resolved(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    b.c.is_sending = false;
    b.c.sending = (struct id){{0}};
    b.c.send_by_ms = 0;
    struct event e = {.type = EV_CASE_CHANGED, .at_ms = b.w->now_ms};
    struct tables t = ram_tables(b.w->ram);
    e.u.kase.cause = CAUSE_WAITED;
    e.u.kase.after = b.c;
    assert_int_equal(apply_event(&t, ++b.w->seq, &e), ERR_OK);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_NOT_ALLOWED);
    assert_non_null(strstr(b.w->v->hint, "answer"));
    world_free(b.w);
}

static void test_resolving_ends_the_clocks_and_closes_later(void **state)
{
    (void)state;
    struct bench b = bench_new("hola", MENTION_PUBLIC);
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 100;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "mi pedido no llega"));
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_running);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    bench_sent(&b, false);
    b.w->now_ms += 200 * MINUTE_MS;
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    const struct event *stop = &b.w->v->events[0];
    assert_int_equal(stop->type, EV_CLOCK_STOPPED);
    assert_int_equal(stop->u.stop.clock, CLOCK_RESOLVE);
    assert_true(stop->u.stop.is_met); /* it stood still from our word on */
    assert_int_equal(stop->u.stop.used_working_ms, 0);
    assert_int_equal(stop->u.stop.used_ms, 200 * MINUTE_MS);
    assert_int_equal(case_first_clock(&b.c), -1);
    assert_true(id_is_none(b.c.claimant) && !b.c.owes_follow_up);
    bench_waits(&b, b.p->close_ms - 1);
    assert_int_equal(b.c.state, CASE_RESOLVED);
    bench_waits(&b, 1);
    assert_int_equal(b.c.state, CASE_CLOSED);
    world_check(b.w);
    world_free(b.w);
}

static void test_only_a_lead_ends_what_is_owed(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    assert_true(id_eq(b.c.claimant, world_person(1))); /* whoever solved it follows up */
    bench_says(&b, DO_FOLLOW_UP, "", REFUSAL_NONE);    /* the policy's own words */
    bench_sent(&b, true);
    assert_true(b.c.owes_follow_up && b.c.clocks[CLOCK_FOLLOW_UP].is_running);
    struct command k = bench_action(&b, DO_RESOLVE, "");
    bench_override(&k, "follow_up_owed", "lo pidió en privado");
    k.u.kase.roles = AGENT;
    bench_does(&b, k, REFUSAL_FOLLOW_UP_OWED);
    k = bench_action(&b, DO_RESOLVE, "");
    bench_override(&k, "follow_up_owed", "lo pidió en privado");
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.w->v->events[0].u.stop.cause, STOP_DISPOSED);
    assert_int_equal(b.w->v->events[1].type, EV_GATE_OVERRIDDEN);
    assert_false(b.c.owes_follow_up);
    assert_int_equal(b.c.place, PLACE_PARKED);
    world_check(b.w);
    world_free(b.w);
}

static void test_a_category_names_the_tags_it_needs(void **state)
{
    (void)state;
    for (int names_its_own = 0; names_its_own < 2; names_its_own++) {
        struct bench b = bench();
        struct policy_category *category = &b.p->categories[b.c.category];
        b.p->n_tags = 2;
        (void)snprintf(b.p->tags[0], sizeof b.p->tags[0], "ajena");
        (void)snprintf(b.p->tags[1], sizeof b.p->tags[1], "propia");
        category->needs_tag = true;
        category->n_tags = (uint8_t)names_its_own;
        category->tags[0] = 1;
        bench_says(&b, DO_REPLY, "ya está", REFUSAL_NONE);
        bench_sent(&b, false);
        bench_says(&b, DO_RESOLVE, "", REFUSAL_TAG_MISSING);
        bench_does(&b, bench_word(&b, DO_TAG, "ajena"), REFUSAL_NONE);
        bench_does(&b, bench_action(&b, DO_RESOLVE, ""),
                   names_its_own ? REFUSAL_TAG_MISSING : REFUSAL_NONE);
        if (names_its_own) {
            bench_does(&b, bench_word(&b, DO_TAG, "propia"), REFUSAL_NONE);
            bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
        }
        world_free(b.w);
    }
}

static void test_silence_closes_at_its_own_time(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 9000;
    b.c = world_run(b.w, world_mention(b.w, 2, 50, "mi pedido no llega"));
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.c.n_replies, 1);
    bench_waits(&b, b.p->quiet_ms + 5 * HOUR_MS); /* noticed late: the box was off */
    assert_int_equal(b.c.state, CASE_CLOSED);
    const struct event *stop = &b.w->v->events[b.w->v->n_events - 2];
    assert_int_equal(stop->type, EV_CLOCK_STOPPED);
    assert_int_equal(stop->u.stop.stopped_ms, START_MS + b.p->quiet_ms);
    world_check(b.w);
    world_free(b.w);
}

static void test_a_follow_up_is_told_as_one(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.w->v->events[b.w->v->n_events - 1].u.kase.cause, CAUSE_REPLY_SENT);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    bench_says(&b, DO_FOLLOW_UP, "resuelto por teléfono", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.w->v->events[b.w->v->n_events - 1].u.kase.cause, CAUSE_FOLLOWED_UP);
    assert_int_equal(b.c.n_replies, 2);
    world_free(b.w);
}

/* ---- dismissed */

static void test_a_dismissal_is_neither_met_nor_missed(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct day_counter day;
    uint32_t today = (uint32_t)(START_MS / 86400000);
    bench_says(&b, DO_DISMISS, "", REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_DISMISS, "none"), REFUSAL_INVALID);
    bench_does(&b, bench_word(&b, DO_DISMISS, "spam"), REFUSAL_NONE);
    assert_int_equal(b.c.dismiss_reason, DISMISS_SPAM);
    assert_int_equal(b.c.disposition, DISPOSITION_DISMISSED);
    assert_true(id_is_none(b.c.claimant));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(b.w->v->events[i].type, EV_CLOCK_STOPPED);
        assert_false(b.w->v->events[i].u.stop.is_met || b.w->v->events[i].u.stop.is_counted);
    }
    assert_int_equal(counter_day(&t, today, &day), ERR_OK);
    assert_int_equal(day.of + day.met + day.answered + day.acknowledged, 0);
    assert_int_equal(ram_count(b.w->ram, TABLE_ROLLUP), 0);
    world_free(b.w);
}

static void test_undo_until_it_is_too_late(void **state)
{
    (void)state;
    for (int64_t over_ms = -1; over_ms <= 0; over_ms++) {
        struct bench b = bench();
        struct case_rec before = b.c;
        bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
        b.w->now_ms += b.p->reopen_ms + over_ms;
        bench_does(&b, bench_action(&b, DO_UNDO, ""),
                   over_ms < 0 ? REFUSAL_NONE : REFUSAL_NOT_ALLOWED);
        if (over_ms < 0) {
            assert_memory_equal(b.c.clocks, before.clocks, sizeof before.clocks);
            assert_int_equal(b.c.at_ms, before.at_ms);
            assert_int_equal(b.c.dismiss_reason, DISMISS_NONE);
            assert_false(b.c.before.has);
            assert_int_equal(b.c.disposition, DISPOSITION_NONE);
        }
        world_free(b.w);
    }
}

/* ---- merged */

static void test_of_two_promises_the_earlier_is_kept(void **state)
{
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        struct bench b = bench();
        b.w->now_ms += 5 * MINUTE_MS;
        struct case_rec second = second_case(&b, "mi pedido sigue sin llegar"), first = b.c;
        int64_t due_ms = first.clocks[CLOCK_ANSWER].due_ms;
        assert_true(due_ms < second.clocks[CLOCK_ANSWER].due_ms);
        if (reversed) {
            b.c = second;
            bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
            second = first;
        }
        merge(&b, &second, REFUSAL_NONE);
        assert_int_equal(b.c.state, CASE_MERGED);
        assert_true(id_eq(b.c.merged_into, second.id));
        assert_int_equal(second.clocks[CLOCK_ANSWER].due_ms, due_ms);
        assert_int_equal(second.at_ms, START_MS);
        assert_int_equal(second.n_mentions, 2);
        world_check(b.w);
        world_check_replay(b.w);
        world_free(b.w);
    }
}

static void test_a_merge_carries_what_counts(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct case_rec second = second_case(&b, "mi pedido sigue sin llegar");
    struct customer_rec who;
    bench_does(&b, bench_word(&b, DO_LEVEL, "high"), REFUSAL_NONE);
    bench_does(&b, bench_word(&b, DO_TICKET, "T-3"), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.c.n_moves, 1);
    b.w->now_ms += MINUTE_MS;
    assert_int_equal(load_customer(&t, b.c.customer, &who), ERR_OK);
    who.open_case = b.c.id; /* as if they had written to the first one last */
    struct event e = {.type = EV_CUSTOMER_CHANGED, .at_ms = b.w->now_ms};
    e.u.customer.customer = b.c.customer;
    e.u.customer.rec = who;
    assert_int_equal(apply_event(&t, ++b.w->seq, &e), ERR_OK);
    merge(&b, &second, REFUSAL_NONE);
    assert_int_equal(second.level, LEVEL_HIGH);
    assert_true(second.left_public && second.has_ticket && second.has_public);
    assert_int_equal(second.n_moves, 1);
    assert_int_equal(second.route, ROUTE_PHONE);
    assert_int_equal(load_customer(&t, b.c.customer, &who), ERR_OK);
    assert_true(id_eq(who.open_case, second.id));
    struct case_rec joined = world_run(b.w, world_mention(b.w, 1, 91, "hola?"));
    assert_true(id_eq(joined.id, second.id));
    world_check(b.w);
    world_free(b.w);
}

static void test_a_merge_owes_no_second_acknowledge(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec second = second_case(&b, "mi pedido sigue sin llegar"), first = b.c;
    b.c = second;
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "lo miramos", REFUSAL_NONE);
    bench_sent(&b, false);
    second = b.c;
    b.c = first;
    assert_true(b.c.clocks[CLOCK_ACKNOWLEDGE].is_running);
    merge(&b, &second, REFUSAL_NONE);
    assert_int_equal(second.state, CASE_OPEN); /* it was parked: an answer is owed again */
    assert_true(second.clocks[CLOCK_ANSWER].is_running);
    assert_false(second.clocks[CLOCK_ACKNOWLEDGE].is_running);
    world_check(b.w);
    world_free(b.w);
}

static void test_what_cannot_be_merged(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec other = world_run(b.w, world_mention(b.w, 2, 80, "mi tarjeta no va"));
    struct case_rec second = second_case(&b, "mi pedido sigue sin llegar"), first = b.c;
    merge(&b, &first, REFUSAL_INVALID);
    merge(&b, &other, REFUSAL_INVALID);
    struct command k = bench_action(&b, DO_MERGE, "");
    bench_does(&b, k, REFUSAL_INVALID);
    b.c = second;
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
    second = b.c;
    b.c = first;
    merge(&b, &second, REFUSAL_NOT_ALLOWED); /* a reply leaves it */
    b.c = second;
    bench_sent(&b, false);
    bench_does(&b, bench_action(&b, DO_RESOLVE, ""), REFUSAL_NONE);
    second = b.c;
    assert_int_equal(second.place, PLACE_QUEUE);
    b.c = first;
    merge(&b, &second, REFUSAL_NOT_ALLOWED); /* it is resolved */
    world_free(b.w);
}

static void test_a_merge_is_taken_back(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec second = second_case(&b, "mi pedido sigue sin llegar"), first = b.c;
    merge(&b, &second, REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_UNDO, ""), REFUSAL_NONE);
    assert_int_equal(b.c.state, CASE_NEW);
    assert_true(id_is_none(b.c.merged_into));
    assert_memory_equal(b.c.clocks, first.clocks, sizeof first.clocks);
    world_check(b.w);
    world_free(b.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_waits_for_who_waits_for_us),
        cmocka_unit_test(test_nothing_is_resolved_without_a_word),
        cmocka_unit_test(test_a_parked_case_without_a_word_is_not_resolved),
        cmocka_unit_test(test_resolving_ends_the_clocks_and_closes_later),
        cmocka_unit_test(test_only_a_lead_ends_what_is_owed),
        cmocka_unit_test(test_a_category_names_the_tags_it_needs),
        cmocka_unit_test(test_silence_closes_at_its_own_time),
        cmocka_unit_test(test_a_follow_up_is_told_as_one),
        cmocka_unit_test(test_a_dismissal_is_neither_met_nor_missed),
        cmocka_unit_test(test_undo_until_it_is_too_late),
        cmocka_unit_test(test_of_two_promises_the_earlier_is_kept),
        cmocka_unit_test(test_a_merge_carries_what_counts),
        cmocka_unit_test(test_a_merge_owes_no_second_acknowledge),
        cmocka_unit_test(test_what_cannot_be_merged),
        cmocka_unit_test(test_a_merge_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
