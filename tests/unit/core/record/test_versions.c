/* test_versions.c - what older programs wrote is read as it was meant, byte by byte; what a newer
 * one wrote is refused. */
#include "bench/world.h"

#define AT INT64_C(1763990000000)

static struct id id_of(uint8_t n)
{
    return world_person(n);
}

static void put_optional(struct buf *b, uint8_t n)
{
    pack_uint(b, n != 0);
    if (n != 0)
        pack_id(b, id_of(n));
}

static void put_numbers(struct buf *b, const uint64_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pack_uint(b, numbers[i]);
}

static void put_times(struct buf *b, const int64_t *times, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pack_int(b, times[i]);
}

#define NUMBERS(b, ...)                                                                            \
    put_numbers(b, (const uint64_t[]){__VA_ARGS__},                                                \
                sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))
#define TIMES(b, ...)                                                                              \
    put_times(b, (const int64_t[]){__VA_ARGS__},                                                   \
              sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

/* An event's first bytes: type, version, when, whose. */
static struct buf begin(enum event_type type, uint8_t version)
{
    struct buf b;
    buf_init(&b, 0);
    pack_uint(&b, type);
    pack_u8(&b, version);
    pack_int(&b, AT);
    put_optional(&b, 9);
    return b;
}

static void read_back(struct buf *b, enum event_type type, struct event *e)
{
    struct arena a;
    arena_init(&a, 0);
    assert_int_equal(event_decode(buf_slice(b), &a, e), ERR_OK);
    assert_int_equal(e->type, type);
    assert_int_equal(e->at_ms, AT);
    assert_true(id_eq(e->person, id_of(9)));
    arena_fini(&a);
    buf_fini(b);
}

/* ---- records of version 1 */

/* A parked case with a ticket, two reasons, one tag, and its resolve clock running. */
static void put_case_1(struct buf *b)
{
    pack_id(b, id_of(1));
    pack_id(b, id_of(2));
    put_optional(b, 3); /* claimant */
    put_optional(b, 0);
    put_optional(b, 0);
    pack_uint(b, 41);
    NUMBERS(b, CASE_PARKED, PLACE_PARKED, LEVEL_HIGH, NETWORK_X, MENTION_DIRECT, REQUEST_NEWS,
            MOOD_POSITIVE, DISPOSITION_NONE, 0);
    pack_bytes(b, slice_of("pt"));
    NUMBERS(b, 1, 2, 3, 4, 5, 1, ROUTE_PHONE, 7); /* team .. route, policy version */
    TIMES(b, AT - 5, 0, AT - 3, 0, 0, 0);         /* opened, waits, placed, rank, stale, to */
    NUMBERS(b, 1, 0, 0, 1, 1);                    /* spoken, sending, owes, ticket, late */
    NUMBERS(b, 0, 0, 1, PHASE_SOON, 1, 0);        /* no acknowledge, no answer; resolve */
    TIMES(b, AT - 5, AT + 1, AT + 2, AT + 3, 8);
    NUMBERS(b, 0, 2, 17); /* no follow-up; two reasons */
    pack_int(b, -12);
    pack_uint(b, 18);
    pack_int(b, 30);
    NUMBERS(b, 1, 6); /* one tag */
}

static void expect_case_1(const struct case_rec *c)
{
    const struct clock *resolve = &c->clocks[CLOCK_RESOLVE];
    assert_true(id_eq(c->id, id_of(1)) && id_eq(c->customer, id_of(2)));
    assert_true(id_eq(c->claimant, id_of(3)) && id_is_none(c->sending));
    assert_int_equal(c->state, CASE_PARKED);
    assert_int_equal(c->level, LEVEL_HIGH);
    assert_string_equal(c->lang, "pt");
    assert_int_equal(c->category, 3);
    assert_int_equal(c->route, ROUTE_PHONE);
    assert_int_equal(c->place_ms, AT - 3);
    assert_true(c->has_spoken && c->has_ticket && c->was_late && !c->is_sending);
    assert_true(resolve->is_running && resolve->is_always && !resolve->is_paused);
    assert_int_equal(resolve->since_ms, AT - 5);
    assert_int_equal(resolve->due_ms, AT + 3);
    assert_int_equal(resolve->counted_ms, 0);
    assert_int_equal(c->n_reasons, 2);
    assert_int_equal(c->reasons[0].points, -12);
    assert_int_equal(c->tags[0], 6);
    assert_int_equal(c->quiet_ms, 0);
    assert_false(c->before.has || c->has_public || c->left_public);
    assert_null(case_fault(c));
}

static void put_customer_1(struct buf *b)
{
    put_optional(b, 1);
    put_optional(b, 4);
    TIMES(b, AT - 9, AT - 1);
    NUMBERS(b, 2, 6, 1, 3, 0); /* cases, mentions, late, plan, erased */
}

static void expect_customer_1(const struct customer_rec *c)
{
    assert_true(id_eq(c->open_case, id_of(1)) && id_eq(c->last_case, id_of(4)));
    assert_int_equal(c->last_ms, AT - 1);
    assert_int_equal(c->n_mentions, 6);
    assert_int_equal(c->n_late, 1);
    assert_int_equal(c->plan, 3);
    assert_int_equal(c->n_recent, 0);
    assert_false(c->takes_direct || c->is_erased);
}

static void put_reply_1(struct buf *b)
{
    put_optional(b, 3);
    TIMES(b, AT - 2, AT - 1);
    NUMBERS(b, MENTION_REPLY, 2, 0, 0, 1); /* kind, parts, automatic, failed, follow-up */
}

static void expect_reply_1(const struct reply_rec *r)
{
    assert_true(id_eq(r->person, id_of(3)));
    assert_int_equal(r->sent_ms, AT - 1);
    assert_int_equal(r->n_parts, 2);
    assert_true(r->is_follow_up && !r->has_failed);
    assert_int_equal(r->route, ROUTE_NONE);
}

static struct buf record_1(void (*put)(struct buf *b))
{
    struct buf b;
    buf_init(&b, 0);
    pack_u8(&b, 1);
    put(&b);
    return b;
}

static void test_records_of_version_1(void **state)
{
    (void)state;
    struct case_rec c;
    struct customer_rec who;
    struct reply_rec reply;
    struct buf b = record_1(put_case_1);
    assert_int_equal(record_get_case(buf_slice(&b), &c), ERR_OK);
    expect_case_1(&c);
    buf_fini(&b);
    b = record_1(put_customer_1);
    assert_int_equal(record_get_customer(buf_slice(&b), &who), ERR_OK);
    expect_customer_1(&who);
    buf_fini(&b);
    b = record_1(put_reply_1);
    assert_int_equal(record_get_reply(buf_slice(&b), &reply), ERR_OK);
    expect_reply_1(&reply);
    buf_fini(&b);
}

/* ---- events of version 1 */

static void test_case_and_customer_events_of_version_1(void **state)
{
    (void)state;
    struct event e;
    struct buf b = begin(EV_CASE_CHANGED, 1);
    NUMBERS(&b, CAUSE_ANSWERED, 1);
    put_case_1(&b);
    read_back(&b, EV_CASE_CHANGED, &e);
    assert_int_equal(e.u.kase.cause, CAUSE_ANSWERED);
    assert_true(e.u.kase.moves_seq);
    expect_case_1(&e.u.kase.after);
    b = begin(EV_CUSTOMER_CHANGED, 1);
    pack_id(&b, id_of(2));
    put_customer_1(&b);
    read_back(&b, EV_CUSTOMER_CHANGED, &e);
    assert_true(id_eq(e.u.customer.customer, id_of(2)));
    expect_customer_1(&e.u.customer.rec);
}

static void test_a_mention_event_of_version_1(void **state)
{
    (void)state;
    const struct mac128 mac = world_mac(5, 6), author = world_mac(7, 8);
    struct event e;
    struct buf b = begin(EV_MENTION_SEEN, 1);
    pack_id(&b, id_of(11));
    pack_id(&b, id_of(1));
    pack_uint(&b, 20416);
    buf_add(&b, mac.b, sizeof mac.b);
    pack_uint(&b, 1); /* a new customer */
    buf_add(&b, author.b, sizeof author.b);
    pack_uint(&b, 0); /* no handle */
    TIMES(&b, AT - 1, AT);
    NUMBERS(&b, MENTION_PUBLIC, 4, 0, 0, 1); /* kind, channel, edited, deleted, thanks */
    pack_id(&b, id_of(2));
    put_customer_1(&b);
    pack_uint(&b, 20417);
    read_back(&b, EV_MENTION_SEEN, &e);
    assert_int_equal(e.u.mention.dedupe.day, 20416);
    assert_memory_equal(&e.u.mention.author, &author, sizeof author);
    assert_true(e.u.mention.is_new_customer && !e.u.mention.has_handle);
    assert_int_equal(e.u.mention.rec.channel, 4);
    assert_true(e.u.mention.rec.is_thanks);
    assert_int_equal(e.u.mention.day, 20417);
    expect_customer_1(&e.u.mention.customer);
}

static void test_changes_of_mentions_of_both_versions(void **state)
{
    (void)state;
    const struct mac128 mac = world_mac(5, 6);
    for (uint8_t version = 1; version <= 2; version++) {
        struct event e;
        struct buf b = begin(EV_MENTION_CHANGED, version);
        pack_id(&b, id_of(11));
        pack_id(&b, id_of(1));
        pack_uint(&b, 1);
        if (version == 2) {
            NUMBERS(&b, 1, 20416);
            buf_add(&b, mac.b, sizeof mac.b);
        }
        read_back(&b, EV_MENTION_CHANGED, &e);
        assert_true(id_eq(e.u.mention_change.mention, id_of(11)));
        assert_true(id_eq(e.u.mention_change.kase, id_of(1)));
        assert_true(e.u.mention_change.is_deleted);
        assert_int_equal(e.u.mention_change.has_dedupe, version == 2);
        assert_int_equal(e.u.mention_change.dedupe.day, version == 2 ? 20416 : 0);
    }
}

static void test_reply_events_of_version_1(void **state)
{
    (void)state;
    const struct mac128 mac = world_mac(5, 6);
    for (int seen = 0; seen < 2; seen++) {
        enum event_type type = seen ? EV_REPLY_SEEN : EV_REPLY_CHANGED;
        struct event e;
        struct buf b = begin(type, 1);
        pack_id(&b, id_of(12));
        pack_id(&b, id_of(1));
        pack_uint(&b, (unsigned)seen);
        if (seen) {
            pack_uint(&b, 20416);
            buf_add(&b, mac.b, sizeof mac.b);
        }
        put_reply_1(&b);
        read_back(&b, type, &e);
        assert_int_equal(e.u.reply.has_dedupe, seen);
        assert_int_equal(e.u.reply.dedupe.day, seen ? 20416 : 0);
        assert_int_equal(e.u.reply.text_key, 0);
        expect_reply_1(&e.u.reply.rec);
    }
}

static void test_a_crossing_of_version_1(void **state)
{
    (void)state;
    struct arena a;
    struct event e;
    struct buf b = begin(EV_CROSSED, 1);
    pack_uint(&b, 1);
    pack_id(&b, id_of(1));
    NUMBERS(&b, CLOCK_ANSWER, PHASE_LATE, 1, 20416);
    pack_int(&b, AT - 7);
    arena_init(&a, 0);
    assert_int_equal(event_decode(buf_slice(&b), &a, &e), ERR_OK);
    assert_int_equal(e.u.crossed.n, 1);
    assert_int_equal(e.u.crossed.items[0].phase, PHASE_LATE);
    assert_int_equal(e.u.crossed.items[0].at_ms, AT - 7);
    arena_fini(&a);
    arena_init(&a, 1);
    assert_int_equal(event_decode(buf_slice(&b), &a, &e), ERR_NO_MEMORY);
    arena_fini(&a);
    buf_fini(&b);
}

/* What version 1 journalled still makes sound tables. */
static void test_an_old_journal_lives_on(void **state)
{
    (void)state;
    struct world *w = world_new(1);
    struct tables t = ram_tables(w->ram);
    struct buf b = begin(EV_CASE_CHANGED, 1);
    NUMBERS(&b, CAUSE_OPENED, 1);
    put_case_1(&b);
    assert_int_equal(apply_encoded(&t, ++w->seq, buf_slice(&b)), ERR_OK);
    pack_bytes(&w->journal, buf_slice(&b));
    buf_fini(&b);
    world_check(w);
    world_check_replay(w);
    world_free(w);
}

/* An answer of version 1: bound to no frame, so that a frame sent again after the upgrade hears it.
 */
static void test_answer_1(void **state)
{
    (void)state;
    static const struct mac128 none;
    struct answer_rec rec;
    struct event e;
    struct buf b = begin(EV_COMMAND_ANSWERED, 1), r;
    buf_add(&b, "0123456789abcdef", 16);
    pack_int(&b, AT - 7);
    NUMBERS(&b, 0, 0, REFUSAL_STALE);
    read_back(&b, EV_COMMAND_ANSWERED, &e);
    assert_memory_equal(e.u.answer.ref, "0123456789abcdef", 16);
    assert_int_equal(e.u.answer.rec.refusal, REFUSAL_STALE);
    assert_memory_equal(e.u.answer.rec.frame.b, none.b, 16);
    buf_init(&r, 0);
    pack_u8(&r, 2);
    pack_int(&r, AT - 7);
    NUMBERS(&r, 1, 44, REFUSAL_NONE);
    assert_int_equal(record_get_answer(buf_slice(&r), &rec), ERR_OK);
    assert_true(rec.is_ok && id_is_none(rec.kase));
    assert_int_equal(rec.seq, 44);
    assert_memory_equal(rec.frame.b, none.b, 16);
    buf_fini(&r);
}

/* ---- newer ones */

static void test_newer_and_unknown_events_are_refused(void **state)
{
    (void)state;
    struct arena a;
    struct event e;
    arena_init(&a, 0);
    for (unsigned type = 0; type < 300; type++) {
        bool is_known = strcmp(event_word((enum event_type)type), "unknown") != 0;
        struct buf b = begin((enum event_type)type, is_known ? 9 : 1);
        assert_int_equal(event_decode(buf_slice(&b), &a, &e), ERR_VERSION);
        buf_fini(&b);
        e = (struct event){.type = (enum event_type)type};
        if (!is_known)
            assert_int_equal(apply_event(&(struct tables){.ctx = NULL}, 1, &e), ERR_VERSION);
    }
    assert_int_equal(event_decode(slice_of(""), &a, &e), ERR_CORRUPT);
    assert_int_equal(event_decode(slice_of("\1"), &a, &e), ERR_CORRUPT);
    arena_fini(&a);
}

#define EXPECT(noun, type, bytes, wanted)                                                          \
    assert_int_equal(record_get_##noun(bytes, &(struct type){0}), wanted)

static void expect_all(struct slice bytes, enum err wanted)
{
    EXPECT(case, case_rec, bytes, wanted);
    EXPECT(mention, mention_rec, bytes, wanted);
    EXPECT(claim, claim_rec, bytes, wanted);
    EXPECT(customer, customer_rec, bytes, wanted);
    EXPECT(channel, channel_rec, bytes, wanted);
    EXPECT(device, device_rec, bytes, wanted);
    EXPECT(reply, reply_rec, bytes, wanted);
    EXPECT(answer, answer_rec, bytes, wanted);
    EXPECT(rollup, rollup_rec, bytes, wanted);
    EXPECT(recompute, recompute_rec, bytes, wanted);
}

static void test_damaged_and_newer_records_are_refused(void **state)
{
    (void)state;
    struct id ids[2];
    expect_all(slice_of("\11........................"), ERR_VERSION);
    expect_all(slice_of(""), ERR_CORRUPT);
    expect_all(slice_of("\2"), ERR_CORRUPT);
    expect_all(slice_of("\2\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377"),
               ERR_CORRUPT);
    assert_int_equal(record_get_ids(slice_of("\11"), ids, 2), ERR_VERSION);
    assert_int_equal(record_get_ids(slice_of("\2abc"), ids, 2), ERR_CORRUPT);
}

/* Numbers beyond their lists and enumerations are damage, however well they are packed. */
static void test_numbers_out_of_range_are_damage(void **state)
{
    (void)state;
    struct case_rec c = {.id = id_of(1), .n_tags = CASE_TAGS_MAX}, out;
    struct buf b;
    buf_init(&b, 0);
    c.state = (enum case_state)CASE_N_STATES;
    record_put_case(&b, &c);
    assert_int_equal(record_get_case(buf_slice(&b), &out), ERR_CORRUPT);
    buf_fini(&b);
    b = begin(EV_CROSSED, 2);
    pack_uint(&b, EVENT_CROSSINGS_MAX + 1);
    struct arena a;
    struct event e;
    arena_init(&a, 0);
    assert_int_equal(event_decode(buf_slice(&b), &a, &e), ERR_CORRUPT);
    arena_fini(&a);
    buf_fini(&b);
    b = record_1(put_customer_1);
    pack_u8(&b, 0);
    assert_int_equal(record_get_customer(buf_slice(&b), &(struct customer_rec){0}), ERR_CORRUPT);
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_of_version_1),
        cmocka_unit_test(test_case_and_customer_events_of_version_1),
        cmocka_unit_test(test_a_mention_event_of_version_1),
        cmocka_unit_test(test_reply_events_of_version_1),
        cmocka_unit_test(test_changes_of_mentions_of_both_versions),
        cmocka_unit_test(test_a_crossing_of_version_1),
        cmocka_unit_test(test_an_old_journal_lives_on),
        cmocka_unit_test(test_answer_1),
        cmocka_unit_test(test_newer_and_unknown_events_are_refused),
        cmocka_unit_test(test_damaged_and_newer_records_are_refused),
        cmocka_unit_test(test_numbers_out_of_range_are_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
