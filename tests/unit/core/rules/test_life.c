/* test_life.c - the whole life of a case under a fake time: random commands of people, networks and
 * time in batches of random size, commits that fail; after each step the design's invariants, and
 * at the end the journal replayed gives the same tables. */
#include "base/file.h"
#include "bench/any_command.h"

/* At most one move unless a lead passed the gate; no public reply with a card in it; follow-up owed
 * exactly when what left the public channel is resolved. */
static void check_verdict(struct world *w, const struct command *c)
{
    bool passed_second_move = false;
    for (size_t i = 0; i < w->v->n_events; i++)
        passed_second_move |= w->v->events[i].type == EV_GATE_OVERRIDDEN &&
                              w->v->events[i].u.override.refusal == REFUSAL_SECOND_MOVE;
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *e = &w->v->events[i];
        if (e->type == EV_GATE_OVERRIDDEN) {
            assert_true(c->u.kase.roles == LEAD && c->u.kase.override_reason.n > 0);
            assert_int_not_equal(e->u.override.refusal, REFUSAL_TOO_MANY_POSTS);
        }
        if (e->type != EV_CASE_CHANGED)
            continue;
        const struct case_rec *k = &e->u.kase.after;
        if (e->u.kase.cause == CAUSE_MOVED)
            assert_true(k->n_moves == 1 || passed_second_move);
        if (e->u.kase.cause == CAUSE_RESOLVED)
            assert_true(!k->owes_follow_up || k->left_public);
        if (k->place == PLACE_DONE && k->disposition == DISPOSITION_ANSWERED)
            assert_true(k->has_spoken && !k->owes_follow_up);
    }
    for (size_t i = 0; i < w->v->n_parts && !c->u.kase.is_direct; i++)
        assert_null(strstr(arena_copy_z(&w->arena, w->v->parts[i]), "4242"));
}

static uint32_t run_batch(struct world *w)
{
    struct buf pending;
    uint64_t seq = w->seq;
    uint32_t n = 1 + world_pick(w, 12);
    buf_init(&pending, 0);
    ram_begin(w->ram);
    arena_reset(&w->arena);
    for (uint32_t i = 0; i < n; i++) {
        struct command c = any_command(w);
        world_step(w, &c, &pending, &seq);
        check_verdict(w, &c);
        any_remember(w);
        w->now_ms +=
            world_pick(w, 4) == 0 ? (int64_t)world_pick(w, 60000) : (int64_t)world_pick(w, 2000);
        w->now_ms += world_pick(w, 2000) == 0 ? 100 * HOUR_MS : 0;
    }
    if (world_pick(w, 15) == 0) {
        ram_abort(w->ram);
    } else {
        ram_commit(w->ram);
        buf_add_slice(&w->journal, buf_slice(&pending));
        w->seq = seq;
    }
    buf_fini(&pending);
    return n;
}

struct met {
    uint64_t n_by_refusal[REFUSAL_N], n_by_step[64];
};

static void add_met(struct met *m, const struct world *w)
{
    for (int i = 0; i < REFUSAL_N; i++)
        m->n_by_refusal[i] += w->n_by_refusal[i];
    for (size_t i = 0; i < n_life_steps; i++)
        m->n_by_step[i] += w->n_by_step[i];
}

/* Rules that random life never meets are rules that nothing here tests. */
static void check_met(const struct met *w)
{
    static const enum refusal refusals[] = {
        REFUSAL_STALE,          REFUSAL_TAKEN,         REFUSAL_NOT_CLAIMANT,  REFUSAL_CLAIM_LIMIT,
        REFUSAL_NOT_ALLOWED,    REFUSAL_NOT_FOUND,     REFUSAL_INVALID,       REFUSAL_TOO_LONG,
        REFUSAL_TOO_MANY_POSTS, REFUSAL_PERSONAL_DATA, REFUSAL_OPEN_TICKET,   REFUSAL_SECOND_MOVE,
        REFUSAL_DM_NOT_ALLOWED, REFUSAL_REPEATED_TEXT, REFUSAL_FOLLOW_UP_OWED};
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (w->n_by_refusal[refusals[i]] == 0)
            fail_msg("never refused: %s", refusal_word(refusals[i]));
    for (size_t i = 0; i < n_life_steps; i++)
        if (life_steps[i].cause != CAUSE_RECOMPUTED && w->n_by_step[i] == 0)
            fail_msg("never happened: step %zu, %s", i, cause_word(life_steps[i].cause));
}

static void test_random_life(void **state)
{
    (void)state;
    struct met met = {{0}, {0}};
    const char *steps = getenv("ATALAYA_SIM_STEPS");
    uint64_t wanted = (steps != NULL ? strtoull(steps, NULL, 10) : 1000000) / 5;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct world *w = world_new(seed);
        struct policy *p = (struct policy *)(uintptr_t)w->rules.policy;
        uint64_t n = 0;
        p->repeats_max = 2;
        p->n_tags = 1;
        (void)snprintf(p->tags[0], sizeof p->tags[0], "averia");
        p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 480;
        world_add_people(w, ANY_PEOPLE);
        for (uint32_t batch = 0; n < wanted; batch++) {
            n += run_batch(w);
            if (batch % 499 == 0)
                world_check(w);
        }
        world_check(w);
        world_check_replay(w);
        add_met(&met, w);
        world_free(w);
    }
    if (wanted >= 50000)
        check_met(&met);
}

/* ---- the diagram */

static void put_states(struct buf *b, unsigned states)
{
    bool is_first = true;
    for (int s = 0; s < CASE_N_STATES; s++) {
        if ((states & (1u << s)) == 0)
            continue;
        buf_printf(b, "%s%s", is_first ? "" : ", ", case_state_word((enum case_state)s));
        is_first = false;
    }
}

static void put_arrow(struct buf *b, int from, int to)
{
    bool has = false;
    for (size_t i = 0; i < n_life_steps; i++) {
        const struct life_step *s = &life_steps[i];
        if ((s->from & (1u << from)) == 0 || (s->to & (1u << to)) == 0)
            continue;
        if (!has)
            buf_printf(b, "    %s --> %s: ", case_state_word((enum case_state)from),
                       case_state_word((enum case_state)to));
        buf_printf(b, "%s%s", has ? ", " : "", cause_word(s->cause));
        has = true;
    }
    if (has)
        buf_add_char(b, '\n');
}

static void put_arrows(struct buf *b)
{
    buf_add_z(b, "```mermaid\nstateDiagram-v2\n    [*] --> new: opened\n");
    for (int from = 0; from < CASE_N_STATES; from++)
        for (int to = 0; to < CASE_N_STATES; to++)
            put_arrow(b, from, to);
    buf_add_z(b, "    closed --> [*]\n    dismissed --> [*]\n    merged --> [*]\n```\n\n"
                 "What happens without a change of state:\n\n| what | in state |\n|---|---|\n");
    for (size_t i = 0; i < n_life_steps; i++) {
        if (life_steps[i].to != LIFE_STAYS)
            continue;
        buf_printf(b, "| %s | ", cause_word(life_steps[i].cause));
        put_states(b, life_steps[i].from);
        buf_add_z(b, " |\n");
    }
}

static void put_actions(struct buf *b)
{
    static const char *const who[] = {"anybody", "anybody, unless another holds it",
                                      "who holds it, or a lead", "a lead"};
    buf_add_z(b, "| command | in state | by | while a reply is on its way |\n|---|---|---|---|\n");
    for (int action = 0; action < DO_N; action++) {
        const struct life_rule *r = life_rule((enum action)action);
        if (r == NULL)
            continue;
        buf_printf(b, "| `%s` | ", r->word);
        put_states(b, r->states);
        buf_printf(b, " | %s | %s |\n", who[r->who], r->while_sending ? "yes" : "no");
    }
}

/* ATALAYA_WRITE=1 draws it anew. */
static void test_the_diagram_is_the_tables(void **state)
{
    (void)state;
    static const char path[] = "firmware/core/rules/life.md";
    struct buf drawn, kept;
    buf_init(&drawn, 0);
    buf_init(&kept, 0);
    buf_add_z(&drawn,
              "# The life of a case\n\nDrawn from the tables in `life.c`; "
              "`tests/unit/core/rules/test_life.c` compares, and with `ATALAYA_WRITE=1` draws it "
              "anew.\n\n");
    put_arrows(&drawn);
    buf_add_z(&drawn, "\nWhat people may do:\n\n");
    put_actions(&drawn);
    if (getenv("ATALAYA_WRITE") != NULL)
        assert_int_equal(file_write(path, buf_slice(&drawn), 0644), ERR_OK);
    assert_int_equal(file_read(path, &kept), ERR_OK);
    assert_string_equal(kept.p, drawn.p);
    buf_fini(&drawn);
    buf_fini(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_diagram_is_the_tables),
        cmocka_unit_test(test_random_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
