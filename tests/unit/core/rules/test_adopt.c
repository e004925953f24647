/* test_adopt.c - policies adopted over random life: numbers keep their names, clocks follow the
 * hours, and the journal replayed gives the same tables. */
#include "bench/adopt_world.h"
#include "core/triage/triage.h"

/* ---- names and numbers */

static void test_names_keep_their_numbers(void **state)
{
    (void)state;
    struct world *w = world_new(1);
    world_adopt(
        w, "{\"teams\":[{\"name\":\"ventas\"},{\"name\":\"soporte\"},{\"name\":\"averias\"}],"
           "\"categories\":[{\"name\":\"altas\",\"team\":\"ventas\"},{\"name\":\"cobros\","
           "\"team\":\"averias\"}],\"tags\":[\"uno\",\"dos\"],\"plans\":[{\"name\":\"oro\"}]}");
    const struct policy *p = w->rules.policy;
    assert_int_equal(policy_find_team(p, slice_of("soporte")), 0);
    assert_int_equal(policy_find_team(p, slice_of("ventas")), 1);
    assert_int_equal(policy_find_team(p, slice_of("averias")), 2);
    assert_int_equal(policy_find_category(p, slice_of("cobros")), 3);
    assert_int_equal(policy_find_category(p, slice_of("altas")), 11);
    assert_int_equal(policy_find_category(p, slice_of("viaje")), -1);
    assert_string_equal(p->categories[6].name, "viaje");
    assert_int_equal(p->first_team, 1);
    assert_int_equal(p->first_category, 11);
    assert_int_equal(p->categories[3].team, 2);
    world_adopt(w, "{\"teams\":[{\"name\":\"averias\",\"hours\":" WEEK_9_TO_17
                   "},{\"name\":\"nuevo\"}],"
                   "\"tags\":[\"tres\",\"dos\"]}");
    p = w->rules.policy;
    assert_int_equal(policy_find_team(p, slice_of("averias")), 2);
    assert_int_equal(policy_find_team(p, slice_of("nuevo")), 3);
    assert_int_equal(policy_find_team(p, slice_of("ventas")), -1);
    assert_true(p->teams[1].is_retired);
    assert_string_equal(p->teams[1].name, "ventas");
    assert_ptr_equal(p->teams[1].hours, p->teams[2].hours);
    assert_int_equal(policy_find_tag(p, slice_of("dos")), 1);
    assert_int_equal(policy_find_tag(p, slice_of("tres")), 2);
    assert_int_equal(policy_find_tag(p, slice_of("uno")), -1);
    assert_string_equal(p->tags[0], "uno");
    assert_int_equal(policy_find_plan(p, slice_of("oro")), -1);
    assert_string_equal(p->plans[0].name, "oro");
    world_check_replay(w);
    world_free(w);
}

static void test_words_follow_their_category(void **state)
{
    (void)state;
    struct world *w = world_new(2);
    struct triage_result r;
    world_adopt(w, "{\"categories\":[{\"name\":\"gas\",\"words\":[\"caldera\"]}]}");
    triage_text(w->rules.policy->triage, slice_of("no va la caldera"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, 11);
    triage_text(w->rules.policy->triage, slice_of("no va la tarjeta"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, UINT16_MAX);
    world_adopt(w, "{\"categories\":[{\"name\":\"agua\"},{\"name\":\"luz\"}]}");
    triage_text(w->rules.policy->triage, slice_of("no va mi cuenta"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, UINT16_MAX);
    triage_text(w->rules.policy->triage, slice_of("no va la caldera"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, UINT16_MAX);
    world_free(w);
}

static void test_what_refers_to_a_number_follows(void **state)
{
    (void)state;
    struct world *w = world_new(16);
    world_adopt(w, "{\"tags\":[\"c\",\"b\"],\"teams\":[{\"name\":\"z\"},{\"name\":\"y\"}]}");
    struct policy *p =
        world_compile("{\"tags\":[\"a\",\"b\",\"c\"],\"teams\":[{\"name\":\"x\"},"
                      "{\"name\":\"y\"}],\"categories\":[{\"name\":\"k\",\"team\":\"y\"}]}");
    struct policy_names known;
    p->categories[0].n_tags = 3;
    for (uint16_t i = 0; i < 3; i++)
        p->categories[0].tags[i] = i;
    p->n_plans = 2; /* of one name: the first stands */
    for (int i = 0; i < 2; i++)
        p->plans[i] = (struct policy_plan){.name = "oro", .answer_minutes = 5 + i};
    policy_number_list(w->rules.policy, &known);
    assert_int_equal(policy_number_set(p, &known, NULL), ERR_OK);
    assert_int_equal(p->n_plans, 1);
    assert_int_equal(p->plans[0].answer_minutes, 5);
    const struct policy_category *k = &p->categories[policy_find_category(p, slice_of("k"))];
    assert_string_equal(p->teams[k->team].name, "y");
    for (int i = 0; i < 3; i++)
        assert_string_equal(p->tags[k->tags[i]], i == 0 ? "a" : i == 2 ? "c" : "b");
    assert_int_equal(p->n_tags, 3);
    policy_free(p);
    world_free(w);
}

static void test_a_full_list_says_so(void **state)
{
    (void)state;
    struct world *w = world_new(3);
    struct policy_names known;
    struct fault_list faults = {0};
    struct buf b;
    buf_init(&b, 0);
    for (int i = 0; i < 31; i++)
        buf_printf(&b, "%s{\"name\":\"t%d\"}", i == 0 ? "{\"teams\":[" : ",", i);
    buf_add_z(&b, "]}");
    world_adopt(w, b.p);
    assert_int_equal(w->rules.policy->n_teams, 32);
    struct policy *p = world_compile("{\"teams\":[{\"name\":\"uno mas\"}]}");
    policy_number_list(w->rules.policy, &known);
    assert_int_equal(policy_number_set(p, &known, &faults), ERR_INVALID);
    assert_string_equal(faults.items[0].path, "$.teams");
    assert_non_null(strstr(faults.items[0].message, "32 teams"));
    assert_string_equal(p->teams[0].name, "uno mas");
    assert_int_equal(p->n_teams, 1);
    policy_free(p);
    fault_free(&faults);
    world_adopt(w, "{\"teams\":[{\"name\":\"t30\"}]}");
    assert_int_equal(policy_find_team(w->rules.policy, slice_of("t30")), 31);
    buf_fini(&b);
    world_free(w);
}

/* As it was written before names had numbers. */
static void put_old_adoption(struct world *w, const char *document)
{
    struct tables t = ram_tables(w->ram);
    struct buf one;
    buf_init(&one, 0);
    pack_uint(&one, EV_POLICY_ADOPTED);
    pack_u8(&one, 1);
    pack_int(&one, w->now_ms);
    pack_uint(&one, 0);
    pack_uint(&one, 1);
    pack_bytes(&one, slice_of(document));
    assert_int_equal(apply_encoded(&t, ++w->seq, buf_slice(&one)), ERR_OK);
    pack_bytes(&w->journal, buf_slice(&one));
    buf_fini(&one);
}

static void test_an_old_adoption_keeps_its_order(void **state)
{
    (void)state;
    const char *old = "{\"teams\":[{\"name\":\"b\"},{\"name\":\"a\"}]}";
    struct world *w = world_new(4);
    put_old_adoption(w, old);
    policy_free(world_policy(w));
    w->rules.policy = world_started(w, old);
    assert_int_equal(policy_find_team(w->rules.policy, slice_of("a")), 1);
    assert_int_equal(ram_count(w->ram, TABLE_POLICY), 1);
    world_policy(w)->version = 1;
    world_adopt(w, "{\"teams\":[{\"name\":\"c\"},{\"name\":\"a\"}]}");
    assert_int_equal(policy_find_team(w->rules.policy, slice_of("a")), 1);
    assert_int_equal(policy_find_team(w->rules.policy, slice_of("c")), 2);
    struct policy *p = world_started(w, "{\"teams\":[{\"name\":\"b\"},{\"name\":\"c\"}]}");
    assert_int_equal(policy_find_team(p, slice_of("b")), 0);
    assert_int_equal(policy_find_team(p, slice_of("c")), 2);
    policy_free(p);
    world_check_replay(w);
    world_free(w);
}

/* ---- random life under random policies */

struct tracked { /* what a case was given, in words */
    struct id id;
    char team[POLICY_WORD_MAX], category[POLICY_WORD_MAX], tag[POLICY_WORD_MAX];
};

struct life {
    struct world *w;
    struct tracked cases[3000];
    uint32_t n_cases, n_adopted;
};

static const char *const hours_of[] = {
    NULL, WEEK_9_TO_17, WEEK_8_TO_20,
    "{\"hours\":{\"mon\":[[\"00:00\",\"24:00\"]],\"thu\":[[\"22:00\",\"06:00\"]],"
    "\"sun\":[[\"10:00\",\"11:00\"]]}}"};

static void add_names(struct world *w, struct buf *b, char letter, uint32_t max,
                      void (*rest)(struct world *, struct buf *))
{
    bool is_used[10] = {false};
    uint32_t n = 1 + world_pick(w, max);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t which = world_pick(w, 10);
        if (is_used[which])
            continue;
        is_used[which] = true;
        buf_printf(b, b->p[b->n - 1] == '[' ? "{\"name\":\"%c%u\"" : ",{\"name\":\"%c%u\"", letter,
                   which);
        if (rest != NULL)
            rest(w, b);
        buf_add_char(b, '}');
    }
}

static void rest_of_team(struct world *w, struct buf *b)
{
    const char *hours = hours_of[world_pick(w, 4)];
    if (hours != NULL)
        buf_printf(b, ",\"hours\":%s", hours);
    buf_printf(b, ",\"targets\":{\"answer\":%u,\"resolve\":%u}", 1 + world_pick(w, 900),
               1 + world_pick(w, 3000));
}

/* Words of a category say its name, so that mentions find it. */
static void rest_of_category(struct world *w, struct buf *b)
{
    (void)w;
    char name = b->p[b->n - 2];
    buf_printf(b, ",\"words\":[\"k%c\"]", name);
}

static void adopt_any(struct world *w)
{
    struct buf b;
    buf_init(&b, 0);
    buf_add_z(&b, "{\"teams\":[");
    add_names(w, &b, 't', 4, rest_of_team);
    buf_add_z(&b, "],\"categories\":[");
    add_names(w, &b, 'k', 6, rest_of_category);
    buf_add_z(&b, "],\"plans\":[");
    add_names(w, &b, 'p', 3, NULL);
    uint32_t tag = world_pick(w, 6);
    buf_printf(&b, "],\"tags\":[\"g%u\",\"g%u\"]}", tag, (tag + 1 + world_pick(w, 5)) % 6);
    assert_int_equal(b.err, ERR_OK);
    world_adopt(w, b.p);
    struct policy_names a, c;
    struct policy *p = world_started(w, b.p);
    policy_number_list(p, &a);
    policy_number_list(w->rules.policy, &c);
    assert_int_equal(a.n, c.n);
    for (uint32_t i = 0; i < a.n; i++)
        assert_true(a.items[i].kind == c.items[i].kind && a.items[i].number == c.items[i].number &&
                    slice_eq(a.items[i].name, c.items[i].name));
    policy_free(p);
    buf_fini(&b);
}

static struct tracked *any_case(struct life *l)
{
    return &l->cases[world_pick(l->w, l->n_cases)];
}

static void any_mention(struct life *l)
{
    struct world *w = l->w;
    char text[40];
    const struct policy *p = w->rules.policy;
    (void)snprintf(text, sizeof text, "%s k%u", world_pick(w, 5) == 0 ? "urgente robo" : "ayuda",
                   world_pick(w, 10));
    struct command c = world_arrival(w, world_pick(w, 300), text);
    c.u.mention.at_ms -= (int64_t)world_pick(w, 3) * 40 * MINUTE_MS;
    if (world_pick(w, 4) == 0)
        c.type = CMD_REPLY_SEEN;
    struct case_rec rec = world_turn(w, c);
    if (w->v->n_events == 0 || rec.opened_ms != w->now_ms || l->n_cases == 3000 ||
        rec.n_mentions != 1 || rec.n_replies != 0)
        return;
    struct tracked *t = &l->cases[l->n_cases++];
    t->id = rec.id;
    assert_false(p->teams[rec.team].is_retired || p->categories[rec.category].is_retired);
    (void)snprintf(t->team, sizeof t->team, "%s", p->teams[rec.team].name);
    (void)snprintf(t->category, sizeof t->category, "%s", p->categories[rec.category].name);
}

static void any_action(struct life *l)
{
    struct world *w = l->w;
    static const enum action actions[] = {DO_CLAIM,   DO_LEVEL, DO_RESOLVE,
                                          DO_DISMISS, DO_TAG,   DO_WAIT};
    static const char *const levels[] = {"low", "normal", "high", "urgent"};
    struct command c = {.type = CMD_CASE};
    struct tracked *t = any_case(l);
    char tag[8];
    (void)snprintf(tag, sizeof tag, "g%u", world_pick(w, 6));
    c.u.kase =
        (struct cmd_case){.action = actions[world_pick(w, 6)], .kase = t->id, .roles = 16 | 8};
    c.u.kase.seen = world_case(w, t->id).seq;
    c.u.kase.word = slice_of(c.u.kase.action == DO_LEVEL     ? levels[world_pick(w, 4)]
                             : c.u.kase.action == DO_DISMISS ? "chatter"
                                                             : tag);
    for (int i = 0; i < 16; i++)
        c.u.kase.ref[i] = (uint8_t)world_pick(w, 256);
    if (c.u.kase.action == DO_TAG && t->tag[0] != '\0')
        return;
    (void)world_turn(w, c);
    if (c.u.kase.action == DO_TAG && w->v->refusal == REFUSAL_NONE)
        (void)snprintf(t->tag, sizeof t->tag, "%s", tag);
}

static void check_words(struct world *w, const struct tracked *t)
{
    const struct policy *p = w->rules.policy;
    struct case_rec c = world_case(w, t->id);
    assert_null(case_fault(&c));
    assert_string_equal(policy_team_of(p, c.team)->name, t->team);
    assert_string_equal(p->categories[c.category].name, t->category);
    assert_int_equal(c.n_tags, t->tag[0] != '\0');
    if (c.n_tags > 0)
        assert_string_equal(p->tags[c.tags[0]], t->tag);
}

/* Once a pass is over every running clock stands where the hours in force put it. */
static void check_clocks(struct world *w, const struct tracked *t)
{
    struct case_rec c = world_case(w, t->id);
    const struct policy_team *team = policy_team_of(w->rules.policy, c.team);
    for (int k = 0; k < CLOCK_N; k++) {
        const struct clock *x = &c.clocks[k];
        int64_t due_ms;
        if (!x->is_running || x->is_paused || x->phase == PHASE_LATE || team->is_retired ||
            x->counted_ms >= x->target_ms)
            continue;
        assert_int_equal(
            hours_due(team->hours, x->since_ms, x->target_ms - x->counted_ms, NULL, 0, &due_ms),
            ERR_OK);
        assert_int_equal(x->due_ms, due_ms);
    }
}

static void live(struct life *l)
{
    struct world *w = l->w;
    uint32_t what = world_pick(w, 100);
    if (what < 45 || l->n_cases == 0)
        any_mention(l);
    else if (what < 75)
        any_action(l);
    else if (what < 90)
        (void)world_turn(w, (struct command){.type = CMD_TIMERS});
    else if (what < 99)
        (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
    else {
        adopt_any(w);
        l->n_adopted++;
    }
    w->now_ms +=
        world_pick(w, 3) == 0 ? (int64_t)world_pick(w, 600000) : (int64_t)world_pick(w, 2000);
}

static void test_random_life(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct life *l = calloc(1, sizeof *l);
        struct world *w = l->w = world_new(seed);
        for (int i = 0; i < 12000; i++) {
            live(l);
            if (i % 1500 != 1499)
                continue;
            world_finish_pass(w);
            for (uint32_t k = 0; k < l->n_cases; k++) {
                check_words(w, &l->cases[k]);
                check_clocks(w, &l->cases[k]);
            }
        }
        world_check_replay(w);
        assert_true(l->n_adopted > 50 && l->n_cases > 200 && w->n_recomputed > 200);
        world_free(w);
        free(l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_keep_their_numbers),
        cmocka_unit_test(test_words_follow_their_category),
        cmocka_unit_test(test_what_refers_to_a_number_follows),
        cmocka_unit_test(test_a_full_list_says_so),
        cmocka_unit_test(test_an_old_adoption_keeps_its_order),
        cmocka_unit_test(test_random_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
