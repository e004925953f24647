/* test_apply.c - what events do to tables, alone: counters, housekeeping, and events that fit no
 * record. */
#include "bench/bench.h"
#include "core/record/place.h"

#define DAY_MS (24 * HOUR_MS)
#define TODAY ((uint32_t)(START_MS / DAY_MS))

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

static enum err applies(struct bench *b, const struct event *e)
{
    struct tables t = ram_tables(b->w->ram);
    ram_begin(b->w->ram);
    enum err err = apply_event(&t, b->w->seq + 1, e);
    if (err == ERR_OK)
        ram_commit(b->w->ram);
    else
        ram_abort(b->w->ram);
    return err;
}

/* ---- what does not fit */

static enum err crosses(struct bench *b, struct id kase, uint8_t clock)
{
    struct crossing x = {.kase = kase, .clock = clock, .phase = PHASE_LATE, .at_ms = b->w->now_ms};
    struct event e = {.type = EV_CROSSED, .at_ms = b->w->now_ms};
    e.u.crossed.n = 1;
    e.u.crossed.items = &x;
    return applies(b, &e);
}

static void test_crossings_that_fit_no_record(void **state)
{
    (void)state;
    struct bench b = bench();
    assert_int_equal(crosses(&b, world_id(b.w), CLOCK_ANSWER), ERR_CORRUPT);
    assert_int_equal(crosses(&b, b.c.id, CLOCK_FOLLOW_UP), ERR_CORRUPT);
    assert_int_equal(crosses(&b, b.c.id, CROSSING_QUIET), ERR_CORRUPT);
    assert_int_equal(crosses(&b, b.c.id, CLOCK_ANSWER), ERR_OK);
    assert_int_equal(crosses(&b, b.c.id, CROSSING_STALE), ERR_OK);
    assert_int_equal(crosses(&b, b.c.id, CROSSING_STALE), ERR_CORRUPT);
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    assert_int_equal(crosses(&b, b.c.id, CROSSING_QUIET), ERR_CORRUPT); /* it is not quiet yet */
    bench_sent(&b, false);
    assert_int_equal(crosses(&b, b.c.id, CROSSING_QUIET), ERR_OK);
    world_check(b.w);
    world_free(b.w);
}

static void test_events_of_what_is_gone(void **state)
{
    (void)state;
    struct bench b = bench();
    struct id gone = world_id(b.w);
    struct event e = {.type = EV_MENTION_CHANGED};
    e.u.mention_change.kase = b.c.id;
    e.u.mention_change.mention = gone;
    assert_int_equal(applies(&b, &e), ERR_CORRUPT);
    e = (struct event){.type = EV_CASES_DROPPED};
    e.u.drop.n = 1;
    e.u.drop.cases = &gone;
    assert_int_equal(applies(&b, &e), ERR_CORRUPT);
    e.u.drop.cases = &b.c.id; /* it lives */
    assert_int_equal(applies(&b, &e), ERR_INVALID);
    world_check(b.w);
    world_free(b.w);
}

/* One change to a sound case each; none of them may come into a table. */
static void test_a_case_that_breaks_an_invariant_is_placed_nowhere(void **state)
{
    (void)state;
    struct bench b = bench();
    struct case_rec bad[14];
    size_t n = 0;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        bad[i] = b.c;
    bad[n++].place = PLACE_PARKED;
    bad[n++].state = CASE_CLOSED;
    bad[n++].disposition = DISPOSITION_ANSWERED;
    bad[n++].owes_follow_up = true;
    bad[n++].is_sending = true;
    bad[n++].send_by_ms = 5;
    bad[n++].clocks[CLOCK_ANSWER].is_paused = true;
    bad[n++].clocks[CLOCK_ANSWER].start_ms = b.c.clocks[CLOCK_ANSWER].soon_ms + 1;
    bad[n++].clocks[CLOCK_ANSWER].soon_ms = b.c.clocks[CLOCK_ANSWER].risk_ms + 1;
    bad[n++].clocks[CLOCK_ANSWER].risk_ms = b.c.clocks[CLOCK_ANSWER].due_ms + 1;
    bad[n++].clocks[CLOCK_ANSWER].since_ms = b.c.clocks[CLOCK_ANSWER].start_ms - 1;
    bad[n++].clocks[CLOCK_FOLLOW_UP].due_ms = 5;
    bad[n++].clocks[CLOCK_FOLLOW_UP].start_ms = 5;
    bad[n++].sending = b.c.id;
    assert_int_equal(n, sizeof bad / sizeof bad[0]);
    for (size_t i = 0; i < n; i++) {
        struct event e = {.type = EV_CASE_CHANGED};
        e.u.kase.after = bad[i];
        assert_non_null(case_fault(&bad[i]));
        assert_int_equal(applies(&b, &e), ERR_CORRUPT);
    }
    struct case_rec done = b.c;
    done.state = CASE_CLOSED;
    done.place = PLACE_DONE;
    assert_non_null(strstr(case_fault(&done), "clock"));
    memset(done.clocks, 0, sizeof done.clocks);
    assert_non_null(strstr(case_fault(&done), "claimed"));
    done.claimant = (struct id){{0}};
    assert_non_null(strstr(case_fault(&done), "disposition"));
    done.disposition = DISPOSITION_ANSWERED;
    assert_null(case_fault(&done));
    done.is_sending = true;
    done.sending = b.c.id;
    done.send_by_ms = 5;
    assert_non_null(strstr(case_fault(&done), "sending"));
    world_check(b.w);
    world_free(b.w);
}

/* ---- counters */

static void test_a_stop_counts_once_and_by_its_cause(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct day_counter day;
    struct event e = {.type = EV_CLOCK_STOPPED, .at_ms = START_MS};
    e.u.stop.kase = b.c.id;
    e.u.stop.day = 5;
    e.u.stop.clock = CLOCK_ANSWER;
    e.u.stop.is_met = e.u.stop.is_network = true; /* other hours may make it so */
    assert_int_equal(applies(&b, &e), ERR_OK);
    e.u.stop.is_network = false;
    e.u.stop.cause = STOP_DISPOSED;
    assert_int_equal(applies(&b, &e), ERR_OK);
    e.u.stop.cause = STOP_AUTOMATIC;
    e.u.stop.clock = CLOCK_ACKNOWLEDGE;
    e.u.stop.is_automatic = true;
    assert_int_equal(applies(&b, &e), ERR_OK);
    assert_int_equal(counter_day(&t, 5, &day), ERR_OK);
    assert_int_equal(day.met, 0);
    assert_int_equal(day.of, 0);
    assert_int_equal(day.network_late, 1);
    assert_int_equal(day.answered, 1);
    assert_int_equal(day.acknowledged, 1);
    assert_int_equal(day.automatic, 1);
    assert_int_equal(ram_count(b.w->ram, TABLE_ROLLUP), 2);
    world_free(b.w);
}

static void test_the_trend_follows_the_line(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct bucket_counter bucket;
    assert_int_equal(counter_bucket(&t, START_MS, &bucket), ERR_OK);
    assert_true(bucket.arrived == 1 && bucket.waiting == 1);
    b.w->now_ms += 3 * COUNTER_BUCKET_MS;
    bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
    assert_int_equal(counter_bucket(&t, b.w->now_ms, &bucket), ERR_OK);
    assert_true(bucket.arrived == 0 && bucket.waiting == 0);
    b.w->now_ms += 3 * COUNTER_BUCKET_MS;
    bench_does(&b, bench_action(&b, DO_NOTE, "nada"), REFUSAL_NONE);
    assert_int_equal(counter_bucket(&t, b.w->now_ms, &bucket), ERR_NOT_FOUND);
    world_free(b.w);
}

static void test_a_rollup_adds_up_and_its_key_reads_back(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct record_key from = {.n = 0};
    struct rollup_key k;
    struct rollup_rec rec;
    struct slice key, v;
    struct event e = {.type = EV_CLOCK_STOPPED, .at_ms = START_MS};
    e.u.stop.day = 20000;
    e.u.stop.team = 3;
    e.u.stop.category = 258;
    e.u.stop.hour = 23;
    e.u.stop.clock = CLOCK_RESOLVE;
    e.u.stop.used_ms = 50;
    e.u.stop.used_working_ms = 40;
    for (int i = 0; i < 3; i++) {
        e.u.stop.is_met = i < 2;
        assert_int_equal(applies(&b, &e), ERR_OK);
    }
    assert_int_equal(t.seek(t.ctx, TABLE_ROLLUP, record_key_slice(&from), &key, &v), ERR_OK);
    assert_int_equal(key_rollup_read(key, &k), ERR_OK);
    assert_true(k.day == 20000 && k.team == 3 && k.category == 258 && k.hour == 23 &&
                k.clock == CLOCK_RESOLVE);
    assert_int_equal(record_get_rollup(v, &rec), ERR_OK);
    assert_true(rec.n == 3 && rec.n_met == 2 && rec.used_ms == 150 && rec.used_working_ms == 120);
    assert_int_equal(key_rollup_read(slice_make(key.p, key.n - 1), &k), ERR_CORRUPT);
    world_free(b.w);
}

/* ---- housekeeping */

static void test_an_erased_customer_is_known_no_more(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct customer_rec who;
    struct command c = {.type = CMD_CUSTOMER_ERASE};
    c.u.erase.customer = b.c.customer;
    c.u.erase.n_macs = 2;
    c.u.erase.macs[0] = world_mac(1, 1);
    c.u.erase.macs[1] = world_mac(1, 99); /* never had it */
    (void)world_run(b.w, c);
    assert_int_equal(load_customer(&t, b.c.customer, &who), ERR_OK);
    assert_true(who.is_erased);
    assert_int_equal(ram_count(b.w->ram, TABLE_IDENTITY), 0);
    struct case_rec again = world_run(b.w, world_mention(b.w, 1, 2, "hola de nuevo"));
    assert_false(id_eq(again.customer, b.c.customer));
    (void)world_run(b.w, world_mention(b.w, 1, 1, "mi pedido no llega"));
    assert_true(b.w->v->is_duplicate); /* the old mention is still one that we have had */
    c.u.erase.customer = world_id(b.w);
    (void)world_run(b.w, c);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND);
    world_check_replay(b.w);
    world_free(b.w);
}

static size_t kept(struct bench *b, int64_t after_ms, enum table table)
{
    b->w->now_ms = START_MS + after_ms;
    (void)world_run(b->w, (struct command){.type = CMD_CHECKPOINTED});
    return ram_count(b->w->ram, table);
}

static void test_a_checkpoint_forgets_what_is_past_its_time(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct bucket_counter bucket;
    struct text_counter text;
    struct day_counter day;
    bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
    uint64_t key = 1 + strlen("sale hoy");
    size_t n = ram_count(b.w->ram, TABLE_ANSWER);
    assert_int_equal(n, 2);
    assert_int_equal(kept(&b, 2 * DAY_MS, TABLE_ANSWER), n); /* at two days they still answer */
    assert_int_equal(counter_bucket(&t, START_MS, &bucket), ERR_OK);
    assert_int_equal(counter_text(&t, key, &text), ERR_OK);
    assert_int_equal(text.n, 1);
    assert_int_equal(kept(&b, 2 * DAY_MS + 1, TABLE_ANSWER), 0);
    assert_int_equal(counter_text(&t, key, &text), ERR_OK);
    assert_int_equal(text.n, 0);
    (void)kept(&b, 2 * DAY_MS + COUNTER_BUCKET_MS, TABLE_ANSWER);
    assert_int_equal(counter_bucket(&t, START_MS, &bucket), ERR_NOT_FOUND);
    assert_int_equal(kept(&b, 90 * DAY_MS, TABLE_DEDUPE), 1);
    assert_int_equal(counter_day(&t, TODAY, &day), ERR_OK);
    assert_int_equal(day.arrived, 1);
    assert_int_equal(kept(&b, 91 * DAY_MS, TABLE_DEDUPE), 0);
    assert_int_equal(counter_day(&t, TODAY, &day), ERR_OK);
    assert_int_equal(day.arrived, 0);
    world_check_replay(b.w);
    world_free(b.w);
}

static void test_retention_takes_a_case_with_all_that_is_its(void **state)
{
    (void)state;
    for (int64_t over_ms = 0; over_ms <= 1; over_ms++) {
        struct bench b = bench();
        struct case_rec other = world_run(b.w, world_mention(b.w, 2, 2, "mi tarjeta no va"));
        bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
        bench_sent(&b, false);
        bench_waits(&b, b.p->quiet_ms);
        assert_int_equal(b.c.place, PLACE_DONE);
        b.w->now_ms = b.c.place_ms + b.p->retain_done_ms + over_ms;
        (void)world_run(b.w, (struct command){.type = CMD_RETAIN});
        assert_int_equal(ram_count(b.w->ram, TABLE_CASE), over_ms == 0 ? 2 : 1);
        assert_int_equal(ram_count(b.w->ram, TABLE_REPLY), over_ms == 0 ? 1 : 0);
        assert_int_equal(ram_count(b.w->ram, TABLE_MENTION), over_ms == 0 ? 2 : 1);
        (void)world_case(b.w, other.id);
        (void)world_run(b.w, (struct command){.type = CMD_RETAIN});
        assert_int_equal(b.w->v->n_events, 0);
        world_check(b.w);
        world_check_replay(b.w);
        world_free(b.w);
    }
}

static void test_a_reply_leaves_the_outbox_either_way(void **state)
{
    (void)state;
    for (int has_failed = 0; has_failed < 2; has_failed++) {
        struct bench b = bench();
        bench_says(&b, DO_REPLY, "sale hoy", REFUSAL_NONE);
        assert_int_equal(ram_count(b.w->ram, TABLE_OUTBOX), 1);
        bench_sent(&b, has_failed);
        assert_int_equal(ram_count(b.w->ram, TABLE_OUTBOX), 0);
        world_free(b.w);
    }
}

/* ---- words */

static void test_words_of_what_is_unknown(void **state)
{
    (void)state;
    enum network network;
    enum route route;
    enum level level;
    enum dismiss_reason reason;
    for (int i = 0; i < NETWORK_N; i++) {
        assert_int_equal(network_parse(slice_of(network_word((enum network)i)), &network), ERR_OK);
        assert_int_equal(network, i);
    }
    assert_int_equal(network_parse(slice_of("myspace"), &network), ERR_INVALID);
    assert_int_equal(route_parse(slice_of("none"), &route), ERR_INVALID);
    assert_int_equal(level_parse(slice_of("Urgent"), &level), ERR_INVALID);
    for (int i = 1; i < DISMISS_N; i++) {
        const char *word = dismiss_reason_word((enum dismiss_reason)i);
        assert_int_equal(dismiss_reason_parse(slice_of(word), &reason), ERR_OK);
        assert_int_equal(reason, i);
    }
    assert_int_equal(dismiss_reason_parse(slice_of("none"), &reason), ERR_INVALID);
    assert_string_equal(dismiss_reason_word(DISMISS_N), "unknown");
    assert_string_equal(refusal_word(REFUSAL_N), "unknown");
    assert_string_equal(case_state_word(CASE_N_STATES), "unknown");
    assert_string_equal(table_name(TABLE_N), "unknown");
    assert_string_equal(table_name(TABLE_QUEUE), "queue");
    assert_string_equal(cause_word(CAUSE_N), "unknown");
    for (int action = 0; action < DO_N; action++) {
        const struct life_rule *r = life_rule((enum action)action);
        if (r != NULL)
            assert_ptr_equal(life_find(slice_of(r->word)), r);
    }
    assert_null(life_find(slice_of("fire")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crossings_that_fit_no_record),
        cmocka_unit_test(test_events_of_what_is_gone),
        cmocka_unit_test(test_a_case_that_breaks_an_invariant_is_placed_nowhere),
        cmocka_unit_test(test_a_stop_counts_once_and_by_its_cause),
        cmocka_unit_test(test_the_trend_follows_the_line),
        cmocka_unit_test(test_a_rollup_adds_up_and_its_key_reads_back),
        cmocka_unit_test(test_an_erased_customer_is_known_no_more),
        cmocka_unit_test(test_a_checkpoint_forgets_what_is_past_its_time),
        cmocka_unit_test(test_retention_takes_a_case_with_all_that_is_its),
        cmocka_unit_test(test_a_reply_leaves_the_outbox_either_way),
        cmocka_unit_test(test_words_of_what_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
