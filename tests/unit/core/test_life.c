/* test_life.c - the whole life of a case under a fake time: random commands of people, networks and
 * time in batches of random size, commits that fail; after each step the design's invariants, and
 * at the end the journal replayed gives the same tables. */
#include "base/file.h"
#include "core/world.h"

#define PEOPLE 4
#define CUSTOMERS 80
#define RECENT 48 /* cases that people act on */

static const char *const asked[] = {"hola, mi tarjeta no funciona, ayuda",
                                    "gracias!",
                                    "URGENTE me robaron la tarjeta",
                                    "great service, love it",
                                    "when does it open?",
                                    "no hay servicio otra vez",
                                    "ok"};

static const char *const said[] = {
    "ya lo vemos con el equipo",
    "escríbenos por DM, por favor",
    "su tarjeta 4242 4242 4242 4242 ya funciona",
    "llámanos al teléfono de siempre",
    "le hemos abonado la diferencia",
    "una frase larga que no cabe en una sola publicación porque sigue y sigue contando cosas del "
    "servicio, de la avería, de los técnicos que van de camino, de la factura que se corrige y de "
    "todo lo que haga falta para que llegue a pasar de los doscientos ochenta caracteres de una "
    "publicación cualquiera",
    "",
};

static struct command random_mention(struct world *w)
{
    struct command c = {.type = world_pick(w, 6) == 0 ? CMD_REPLY_SEEN : CMD_MENTION};
    bool is_repeat = w->n_posts > 0 && world_pick(w, 10) == 0;
    uint32_t post = is_repeat ? world_pick(w, w->n_posts) : w->n_posts++;
    uint32_t author = world_pick(w, CUSTOMERS);
    c.u.mention = (struct cmd_mention){
        .mention = world_id(w),
        .kase = world_id(w),
        .customer = world_id(w),
        .author = world_mac(1, author),
        .at_ms = w->now_ms - (int64_t)world_pick(w, 3) * 40 * MINUTE_MS,
        .kind = world_pick(w, 12) == 0  ? MENTION_HEARD
                : world_pick(w, 6) == 0 ? MENTION_DIRECT
                                        : MENTION_PUBLIC,
        .event = (enum mention_event)(world_pick(w, 10) == 0 ? 1 + world_pick(w, 2) : 0),
        .network = NETWORK_REPLAY,
        .channel = slice_of(world_pick(w, 2) ? "uno" : "dos"),
        .text = slice_of(asked[world_pick(w, 7)])};
    c.u.mention.dedupe = (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), world_mac(2, post)};
    c.u.mention.has_address = true;
    c.u.mention.address = world_mac(1, author);
    c.u.mention.has_reply_to = world_pick(w, 3) == 0 && w->n_posts > 1;
    c.u.mention.reply_to = world_mac(2, world_pick(w, w->n_posts));
    return c;
}

static struct case_rec some_case(struct world *w)
{
    struct case_rec rec = {.seq = 0};
    struct tables t = ram_tables(w->ram);
    rec.id = w->cases[world_pick(w, w->n_cases < RECENT ? w->n_cases : RECENT)];
    (void)load_case(&t, rec.id, &rec);
    return rec;
}

static void fill_override(struct world *w, struct cmd_case *k)
{
    static const char *const gates[] = {"open_ticket", "second_move", "follow_up_owed",
                                        "repeated_text", "forbidden_word, personal_data"};
    k->has_override = world_pick(w, 2) == 0;
    k->override_gate = slice_of(gates[world_pick(w, 5)]);
    k->override_reason = slice_of(world_pick(w, 3) != 0 ? "porque sí" : "");
}

static struct command random_deed(struct world *w)
{
    static const char *const words[] = {"urgent", "low",   "chatter", "spam",  "averia",
                                        "dm",     "phone", "soporte", "other", "cobros"};
    struct case_rec rec = some_case(w), other = some_case(w);
    uint8_t person = (uint8_t)(1 + world_pick(w, PEOPLE));
    unsigned roles = world_pick(w, 20) == 0 ? 4 : world_pick(w, 6) == 0 ? LEAD : AGENT;
    bool is_holders = !id_is_none(rec.claimant) && world_pick(w, 4) != 0;
    struct command c = world_deed(w, &rec, (enum deed)world_pick(w, DO_N),
                                  is_holders ? rec.claimant.b[15] : person, roles);
    struct cmd_case *k = &c.u.kase;
    static const enum deed often[] = {DO_CLAIM,   DO_REPLY, DO_REPLY,   DO_MOVE,
                                      DO_RESOLVE, DO_UNDO,  DO_DISMISS, DO_MERGE};
    if (world_pick(w, 2) == 0)
        k->deed = often[world_pick(w, 8)];
    if (rec.owes_follow_up && world_pick(w, 2)) {
        k->deed = world_pick(w, 3) ? DO_FOLLOW_UP : DO_RESOLVE;
        k->roles = LEAD;
    }
    for (int i = 0; k->deed == DO_MERGE && i < 40 && !id_eq(rec.customer, other.customer); i++)
        other = some_case(w);
    if (k->deed == DO_MERGE && world_pick(w, 2))
        k->roles = LEAD;
    k->seen -= world_pick(w, 10) == 0 && rec.seq > 0 ? 1 : 0;
    k->other =
        k->deed == DO_MERGE ? other.id : world_person((uint8_t)(1 + world_pick(w, PEOPLE + 1)));
    k->text = slice_of(said[world_pick(w, 7)]);
    k->word = slice_of(words[world_pick(w, 10)]);
    k->is_direct = world_pick(w, 5) == 0;
    k->text_key = k->text.n;
    k->n_parts = world_pick(w, 8) == 0 ? 1 + world_pick(w, 4) : 0;
    for (size_t i = 0; i < k->n_parts; i++)
        k->parts[i] = slice_of(said[world_pick(w, 6)]);
    fill_override(w, k);
    return c;
}

static struct command random_progress(struct world *w)
{
    struct case_rec rec = some_case(w);
    for (int i = 0; i < 6 && !rec.is_sending; i++)
        rec = some_case(w);
    struct command c = world_sent(w, &rec, world_pick(w, 3) == 0);
    c.u.progress.sent_ms -= (int64_t)world_pick(w, 100000);
    return c;
}

static struct command random_command(struct world *w)
{
    struct command c = {.type = CMD_TIMERS};
    uint32_t what = world_pick(w, 12);
    if (what < 3 || w->n_cases == 0)
        return random_mention(w);
    if (what < 8)
        return random_deed(w);
    if (what == 8)
        return random_progress(w);
    if (what == 9) {
        struct case_rec rec = some_case(w);
        c.type = CMD_LEASE_ENDED;
        c.u.lease.kase = rec.id;
        c.u.lease.person = rec.claimant;
    } else if (what == 10 && world_pick(w, 20) == 0) {
        c.type = CMD_RETAIN;
    }
    return c;
}

static void remember_case(struct world *w)
{
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *e = &w->v->events[i];
        if (e->type == EV_CASE_CHANGED && e->u.kase.cause == CAUSE_OPENED)
            w->cases[w->n_cases++ % RECENT] = e->u.kase.after.id;
    }
}

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
        struct command c = random_command(w);
        world_step(w, &c, &pending, &seq);
        check_verdict(w, &c);
        remember_case(w);
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
        world_add_people(w, PEOPLE);
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

static void put_deeds(struct buf *b)
{
    static const char *const who[] = {"anybody", "anybody, unless another holds it",
                                      "who holds it, or a lead", "a lead"};
    buf_add_z(b, "| command | in state | by | while a reply is on its way |\n|---|---|---|---|\n");
    for (int deed = 0; deed < DO_N; deed++) {
        const struct life_rule *r = life_rule((enum deed)deed);
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
    static const char path[] = "firmware/core/life.md";
    struct buf drawn, kept;
    buf_init(&drawn, 0);
    buf_init(&kept, 0);
    buf_add_z(&drawn, "# The life of a case\n\nDrawn from the tables in `life.c`; "
                      "`tests/unit/core/test_life.c` compares, and with `ATALAYA_WRITE=1` draws it "
                      "anew.\n\n");
    put_arrows(&drawn);
    buf_add_z(&drawn, "\nWhat people may do:\n\n");
    put_deeds(&drawn);
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
