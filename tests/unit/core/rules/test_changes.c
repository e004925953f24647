/* test_changes.c - edits and deletions of what arrived: read again, remembered when they come
 * first, told apart when they repeat. */
#include "bench/bench.h"
#include "core/rules/sla.h"

static struct bench bench(void)
{
    return bench_new("mi pedido no llega", MENTION_PUBLIC);
}

static struct case_rec arrives(struct bench *b, uint32_t author, uint32_t post, const char *text)
{
    return world_run(b->w, world_mention(b->w, author, post, text));
}

static struct command changed(struct bench *b, uint32_t post, enum mention_event event)
{
    struct command m = world_mention(b->w, 1, post, "mi pedido no llega, era el 12");
    m.u.mention.event = event;
    return m;
}

static void test_edits_and_deletions(void **state)
{
    (void)state;
    struct bench b = bench();
    struct tables t = ram_tables(b.w->ram);
    struct mention_rec rec;
    struct slice v;
    uint64_t seq = b.c.seq;
    bench_run(&b, changed(&b, 1, MENTION_EDIT));
    assert_true(b.c.seq > seq && b.c.n_mentions == 1);
    bench_run(&b, changed(&b, 1, MENTION_DELETE));
    struct record_key k = key_mention(b.c.id, b.w->v->mention);
    assert_int_equal(t.get(t.ctx, TABLE_MENTION, record_key_slice(&k), &v), ERR_OK);
    assert_int_equal(record_get_mention(v, &rec), ERR_OK);
    assert_true(rec.is_edited && rec.is_deleted);
    bench_run(&b, changed(&b, 77, MENTION_DELETE));
    assert_false(b.w->v->is_duplicate); /* never heard of it: remembered */
    assert_int_equal(b.w->v->n_events, 1);
    bench_run(&b, changed(&b, 78, MENTION_EDIT)); /* nor of this one: it is new to us */
    assert_int_equal(b.c.n_mentions, 2);
    struct command m = world_mention(b.w, 1, 79, "dicen que su servicio va mal");
    m.u.mention.kind = MENTION_HEARD;
    (void)world_run(b.w, m);
    (void)world_run(b.w, changed(&b, 79, MENTION_EDIT)); /* of no case */
    assert_int_equal(b.w->v->n_events, 1);
    assert_int_equal(t.del(t.ctx, TABLE_MENTION, record_key_slice(&k)), ERR_OK);
    (void)world_run(b.w, changed(&b, 1, MENTION_EDIT)); /* dropped by retention */
    assert_true(b.w->v->is_duplicate);
    world_free(b.w);
}

static struct command edited(struct bench *b, uint32_t post, const char *text)
{
    struct command m = changed(b, post, MENTION_EDIT);
    m.u.mention.text = slice_of(text);
    return m;
}

static void test_an_edit_is_read_again(void **state)
{
    (void)state;
    struct bench b = bench_new("la factura está mal", MENTION_PUBLIC);
    struct case_rec before = b.c;
    assert_true(before.level < LEVEL_URGENT);
    bench_run(&b, edited(&b, 1, "hay fuego en casa, es una emergencia"));
    assert_int_equal(b.c.level, LEVEL_URGENT);
    assert_true(b.c.seq > before.seq && b.c.rank_ms < before.rank_ms);
    assert_true(memcmp(b.c.reasons, before.reasons, sizeof before.reasons) != 0);
    assert_int_equal(b.w->v->events[1].u.kase.cause, CAUSE_EDITED);
    before = b.c;
    bench_run(&b, edited(&b, 1, "ya está, gracias"));
    assert_int_equal(b.c.level, LEVEL_URGENT);
    assert_memory_equal(b.c.reasons, before.reasons, sizeof before.reasons);
    assert_int_equal(b.c.rank_ms, before.rank_ms);
    world_check(b.w);
    world_check_replay(b.w);
    world_free(b.w);
}

static void test_an_edit_of_a_parked_or_ended_case(void **state)
{
    (void)state;
    struct bench b = bench_new("la factura está mal", MENTION_PUBLIC);
    bench_says(&b, DO_REPLY, "lo miramos", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_int_equal(b.c.place, PLACE_PARKED);
    bench_run(&b, edited(&b, 1, "hay fuego en casa, es una emergencia"));
    assert_int_equal(b.c.level, LEVEL_URGENT);
    assert_int_equal(b.c.place, PLACE_PARKED);
    world_check(b.w);
    world_free(b.w);
    b = bench_new("la factura está mal", MENTION_PUBLIC);
    bench_does(&b, bench_word(&b, DO_DISMISS, "spam"), REFUSAL_NONE);
    enum level level = b.c.level;
    uint64_t seq = b.c.seq;
    bench_run(&b, edited(&b, 1, "hay fuego en casa, es una emergencia"));
    assert_int_equal(b.c.place, PLACE_DONE);
    assert_int_equal(b.c.level, level);
    assert_true(b.c.seq > seq);
    world_free(b.w);
}

/* Edited to what it was, a text weighs what it weighed: it is no further contact.
 */
static void test_an_edit_is_no_further_contact(void **state)
{
    static const char *const texts[] = {
        "no funciona",           "la factura está mal",           "mi pedido no llega",
        "llevo dos horas así",   "no funciona y estoy harto",     "me habéis cobrado dos veces",
        "sigo sin respuesta",    "sin servicio desde ayer",       "quiero darme de baja ya",
        "es una vergüenza",      "necesito ayuda urgente",        "pésimo servicio, una estafa",
        "voy a denunciarlos",    "nadie contesta el teléfono",    "tercera vez que lo pido",
        "¿cuándo abrís mañana?", "no puedo pagar con mi tarjeta", "ayuda, por favor",
    };
    (void)state;
    struct world *w = world_new(1);
    unsigned n_tipped = 0;
    for (uint32_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct command m = world_mention(w, 100 + i, 1000 * i + 1, texts[i]);
        (void)world_run(w, m);
        m = world_mention(w, 100 + i, 1000 * i + 2, texts[i]);
        struct case_rec second = world_run(w, m);
        m.u.mention.event = MENTION_EDIT;
        assert_int_equal(world_run(w, m).level, second.level);
        m = world_mention(w, 100 + i, 1000 * i + 3, texts[i]);
        n_tipped += world_run(w, m).level > second.level ? 1 : 0;
    }
    assert_true(n_tipped > 0); /* a further contact does weigh */
    world_free(w);
}

static void test_an_edit_of_a_merged_case_raises_the_one_that_lives_on(void **state)
{
    (void)state;
    struct bench b = bench_new("la factura está mal", MENTION_PUBLIC);
    bench_does(&b, bench_word(&b, DO_DISMISS, "other"), REFUSAL_NONE);
    struct case_rec second = arrives(&b, 1, 2, "sigo sin pedido");
    bench_does(&b, bench_action(&b, DO_UNDO, ""), REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    struct command k = bench_action(&b, DO_MERGE, "");
    k.u.kase.other = second.id;
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.c.state, CASE_MERGED);
    second = world_case(b.w, second.id);
    (void)world_run(b.w, edited(&b, 1, "hay fuego en casa, es una emergencia"));
    assert_int_equal(world_case(b.w, second.id).level, LEVEL_URGENT);
    assert_true(world_case(b.w, second.id).seq > second.seq);
    assert_true(world_case(b.w, b.c.id).seq > b.c.seq);
    assert_int_equal(world_case(b.w, b.c.id).level, b.c.level);
    world_check(b.w);
    world_free(b.w);
}

static void test_a_repeated_change_is_a_duplicate(void **state)
{
    (void)state;
    struct bench b = bench();
    struct command m = changed(&b, 1, MENTION_EDIT);
    m.u.mention.is_same_text = true;
    bench_run(&b, m);
    assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0);
    bench_run(&b, changed(&b, 1, MENTION_DELETE));
    assert_false(b.w->v->is_duplicate);
    bench_run(&b, changed(&b, 1, MENTION_DELETE));
    assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0);
    bench_run(&b, changed(&b, 1, MENTION_EDIT)); /* it is gone: no edit brings it back */
    assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0);
    world_free(b.w);
}

/* The original is a duplicate, whichever day its network gives it; others of its kind are not. */
static void test_a_deletion_may_come_first(void **state)
{
    (void)state;
    for (int64_t late = 0; late <= 9; late++) {
        struct bench b = bench();
        uint64_t n = b.w->n_duplicates;
        (void)world_run(b.w, changed(&b, 77, MENTION_DELETE));
        assert_int_equal(b.w->v->n_events, 1);
        assert_int_equal(b.w->n_duplicates, n);
        (void)world_run(b.w, changed(&b, 77, MENTION_DELETE));
        assert_int_equal(b.w->n_duplicates, n + 1);
        struct command m = world_mention(b.w, 7, 77, "hay fuego en casa");
        m.u.mention.has_at = true;
        m.u.mention.at_ms -= late * 24 * HOUR_MS;
        m.u.mention.dedupe.day -= (uint32_t)late;
        (void)world_run(b.w, m);
        assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0);
        (void)world_run(b.w, changed(&b, 77, MENTION_EDIT));
        assert_true(b.w->v->is_duplicate && b.w->v->n_events == 0);
        m.u.mention.dedupe.mac = world_mac(2, 78);
        (void)world_run(b.w, m);
        assert_false(b.w->v->is_duplicate);
        world_check(b.w);
        world_check_replay(b.w);
        world_free(b.w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits_and_deletions),
        cmocka_unit_test(test_an_edit_is_read_again),
        cmocka_unit_test(test_an_edit_of_a_parked_or_ended_case),
        cmocka_unit_test(test_an_edit_is_no_further_contact),
        cmocka_unit_test(test_an_edit_of_a_merged_case_raises_the_one_that_lives_on),
        cmocka_unit_test(test_a_repeated_change_is_a_duplicate),
        cmocka_unit_test(test_a_deletion_may_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
