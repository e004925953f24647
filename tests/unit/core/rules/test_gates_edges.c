/* test_gates_edges.c - the gates where they are narrow: every part, every name of a gate, every
 * distance between a verb and a place. */
#include "bench/bench.h"
#include "core/rules/gates.h"

static struct bench bench(void)
{
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    for (int r = 1; r < ROUTE_N; r++)
        b.p->routes[r].is_allowed = true;
    for (int n = 0; n < NETWORK_N; n++)
        b.p->dm_allowed[n] = true;
    return b;
}

static struct command in_parts(struct bench *b, const char *one, const char *two, const char *three)
{
    struct command k = bench_action(b, DO_REPLY, "");
    const char *const texts[] = {one, two, three};
    for (size_t i = 0; i < 3 && texts[i] != NULL; i++)
        k.u.kase.parts[k.u.kase.n_parts++] = slice_of(texts[i]);
    return k;
}

static void test_every_part_is_looked_at(void **state)
{
    (void)state;
    struct bench b = bench();
    char longer[400];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    bench_does(&b, in_parts(&b, "bien", "su tarjeta 4242 4242 4242 4242", NULL),
               REFUSAL_PERSONAL_DATA);
    assert_int_equal(b.w->v->n_offer, 2);
    bench_does(&b, in_parts(&b, "bien", longer, NULL), REFUSAL_TOO_LONG);
    assert_non_null(strstr(b.w->v->message, "part 2"));
    b.p->n_forbidden = 1;
    (void)snprintf(b.p->forbidden[0], sizeof b.p->forbidden[0], "culpa");
    bench_does(&b, in_parts(&b, "bien", "no es culpa nuestra", NULL), REFUSAL_FORBIDDEN_WORD);
    bench_does(&b, in_parts(&b, "bien", "llámanos, por favor", NULL), REFUSAL_NONE);
    assert_int_equal(b.c.route, ROUTE_PHONE);
    assert_int_equal(b.w->v->n_parts, 2);
    world_free(b.w);
}

static void test_direct_messages_have_three_parts(void **state)
{
    (void)state;
    struct bench b = bench();
    struct command m = world_mention(b.w, 1, 2, "aquí mis datos");
    m.u.mention.kind = MENTION_DIRECT;
    b.c = world_run(b.w, m);
    struct command k = in_parts(&b, "uno", "dos", "tres");
    bench_does(&b, k, REFUSAL_TOO_MANY_POSTS); /* in public they are too many */
    k = in_parts(&b, "uno", "dos", "tres");
    k.u.kase.is_direct = true;
    k.u.kase.parts[k.u.kase.n_parts++] = slice_of("cuatro");
    bench_does(&b, k, REFUSAL_TOO_MANY_POSTS);
    assert_non_null(strstr(b.w->v->hint, "once"));
    k = in_parts(&b, "uno", "su tarjeta 4242 4242 4242 4242", "tres");
    k.u.kase.is_direct = true;
    bench_does(&b, k, REFUSAL_NONE);
    world_free(b.w);
}

static void test_direct_messages_are_longer_than_posts(void **state)
{
    (void)state;
    struct bench b = bench();
    char text[900];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 8 == 7 ? ' ' : 'a';
    text[sizeof text - 1] = '\0';
    struct command m = world_mention(b.w, 6, 6, "no puedo entrar");
    m.u.mention.network = NETWORK_X;
    m.u.mention.kind = MENTION_DIRECT;
    b.c = world_run(b.w, m);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    bench_does(&b, bench_action(&b, DO_REPLY, text), REFUSAL_TOO_MANY_POSTS);
    struct command k = bench_action(&b, DO_REPLY, text);
    k.u.kase.is_direct = true;
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.w->v->n_parts, 1);
    world_free(b.w);
}

static void test_where_direct_messages_are_not(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->dm_allowed[NETWORK_WEBHOOK] = false;
    bench_says(&b, DO_REPLY, "Escríbenos por DM", REFUSAL_DM_NOT_ALLOWED); /* nor asked for */
    b.p->dm_allowed[NETWORK_WEBHOOK] = true;
    b.p->routes[ROUTE_DM].text[0][0] = b.p->routes[ROUTE_DM].text[1][0] = '\0';
    struct command k = bench_action(&b, DO_REPLY, "hola");
    k.u.kase.is_direct = true;
    bench_does(&b, k, REFUSAL_DM_NOT_ALLOWED);
    assert_int_equal(b.w->v->n_offer, 0); /* the policy has no text for it */
    struct command m = world_mention(b.w, 5, 5, "no puedo entrar");
    m.u.mention.network = NETWORK_MASTODON;
    b.c = world_run(b.w, m);
    bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
    k = bench_action(&b, DO_REPLY, "hola");
    k.u.kase.is_direct = true;
    bench_does(&b, k, REFUSAL_NONE); /* there everybody takes them */
    world_free(b.w);
}

static void test_the_policys_own_sentence_goes_to_many(void **state)
{
    (void)state;
    struct bench b = bench();
    b.p->repeats_max = 2;
    for (uint32_t i = 0; i < 4; i++) {
        b.c = world_run(b.w, world_mention(b.w, 10 + i, 10 + i, "no puedo entrar"));
        struct command k = world_action(b.w, &b.c, DO_MOVE, 1, LEAD);
        k.u.kase.word = slice_of("dm");
        k.u.kase.text_key = 7; /* as a careless screen may send it */
        bench_does(&b, k, REFUSAL_NONE);
    }
    for (uint32_t i = 0; i < 3; i++) {
        b.c = world_run(b.w, world_mention(b.w, 20 + i, 20 + i, "no puedo entrar"));
        struct command k = world_action(b.w, &b.c, DO_REPLY, 1, LEAD);
        k.u.kase.text = slice_of("lo miramos");
        k.u.kase.text_key = 8;
        bench_does(&b, k, i < 2 ? REFUSAL_NONE : REFUSAL_REPEATED_TEXT);
        b.w->now_ms += i < 2 ? b.p->repeat_window_ms / 2 - 1 : 0;
    }
    struct command k = world_action(b.w, &b.c, DO_MOVE, 1, LEAD);
    k.u.kase.word = slice_of("dm");
    k.u.kase.text_key = 8;
    bench_does(&b, k, REFUSAL_NONE); /* while the policy's own sentence still goes */
    bench_sent(&b, true);
    b.w->now_ms += 1;
    k = world_action(b.w, &b.c, DO_REPLY, 1, LEAD);
    k.u.kase.text = slice_of("lo miramos");
    k.u.kase.text_key = 8;
    bench_does(&b, k, REFUSAL_REPEATED_TEXT); /* a millisecond short of the window */
    b.w->now_ms += 1;
    k = world_action(b.w, &b.c, DO_REPLY, 1, LEAD);
    k.u.kase.text = slice_of("lo miramos");
    k.u.kase.text_key = 8;
    bench_does(&b, k, REFUSAL_NONE);
    world_free(b.w);
}

/* What a lead may show in public with a reason, and what nobody may. */
static void test_cards_and_national_ids_are_never_shown(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *text;
        bool may;
    } rows[] = {
        {"iban", "la cuenta es DE89 3704 0044 0532 0130 00", true},
        {"clabe", "la CLABE es 032180000118359719", true},
        {"cbu", "el CBU es 2850590940090418135201", true},
        {"email", "escriba a juan.perez@example.com", true},
        {"phone", "el teléfono es +34 612 345 678", true},
        {"pan", "su tarjeta 4242 4242 4242 4242", false},
        {"dni_es", "su DNI 12345678Z", false},
        {"nie", "su NIE X1234567L", false},
        {"cpf", "seu CPF 529.982.247-25", false},
        {"cnpj", "CNPJ 11.222.333/0001-81", false},
        {"cuit", "su CUIT 20-12345678-6", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench b = bench();
        bench_says(&b, DO_REPLY, rows[i].text, REFUSAL_PERSONAL_DATA);
        if (strstr(b.w->v->message, rows[i].kind) == NULL)
            fail_msg("%s: %s", rows[i].text, b.w->v->message);
        struct command k = bench_action(&b, DO_REPLY, rows[i].text);
        bench_override(&k, "personal_data", "es la nuestra");
        bench_does(&b, k, rows[i].may ? REFUSAL_NONE : REFUSAL_PERSONAL_DATA);
        world_free(b.w);
    }
}

static void test_an_override_names_its_gate_in_full(void **state)
{
    (void)state;
    static const struct {
        const char *gates;
        enum refusal wanted;
    } lists[] = {{"second_moves", REFUSAL_SECOND_MOVE},
                 {"a_second_move", REFUSAL_SECOND_MOVE},
                 {"second", REFUSAL_SECOND_MOVE},
                 {"", REFUSAL_SECOND_MOVE},
                 {"open_ticket,second_move", REFUSAL_NONE},
                 {"second_move open_ticket", REFUSAL_NONE},
                 {"second_move,x", REFUSAL_NONE}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct bench b = bench();
        bench_says(&b, DO_REPLY, "llámanos, por favor", REFUSAL_NONE);
        bench_sent(&b, false);
        struct command k = bench_action(&b, DO_REPLY, "mándanos un correo");
        bench_override(&k, lists[i].gates, "no tiene teléfono");
        bench_does(&b, k, lists[i].wanted);
        world_free(b.w);
    }
}

static void test_a_ticket_without_a_number(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_does(&b, bench_word(&b, DO_TICKET, "T-1"), REFUSAL_NONE);
    bench_says(&b, DO_REPLY, "escríbenos por DM", REFUSAL_OPEN_TICKET);
    assert_null(strstr(b.w->v->message, "T-1"));
    struct command k = bench_action(&b, DO_REPLY, "escríbenos por DM");
    bench_override(&k, "open_ticket", "faltan datos");
    bench_does(&b, k, REFUSAL_NONE);
    assert_int_equal(b.w->v->events[1].u.override.refusal, REFUSAL_OPEN_TICKET);
    world_free(b.w);
}

static void test_what_cannot_be_sent_at_all(void **state)
{
    (void)state;
    struct bench b = bench();
    bench_says(&b, DO_REPLY, "ya lo \xff vemos", REFUSAL_INVALID);
    assert_non_null(strstr(b.w->v->message, "UTF-8"));
    bench_says(&b, DO_REPLY, " \n ", REFUSAL_INVALID);
    assert_non_null(strstr(b.w->v->message, "empty"));
    world_free(b.w);
}

static void test_greetings_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *greeting, *signature, *name, *text;
    } cases[] = {
        {"Hola, {name}:", "^{mark}", "Jean-Luc", "Hola, Jean-Luc: ya ^AB"},
        {"Hola, {name}:", "^{mark}", "O'Neill", "Hola, O'Neill: ya ^AB"},
        {"Hola, {name}:", "^{mark}", " Íñigo Montoya", "Hola, Íñigo: ya ^AB"},
        {"Hola, {name}:", "^{mark}", "Ana_99", "ya ^AB"},
        {"Hola, {name}:", "^{mark}", "Abcdefghijklmnopqrstuvwxyzabcde", "ya ^AB"},
        {"Hola:", "^{mark}", "", "Hola: ya ^AB"},
        {"", "el equipo", "Ana", "ya el equipo"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench b = bench();
        for (int l = 0; l < 2; l++)
            (void)snprintf(b.p->greeting[l], sizeof b.p->greeting[l], "%s", cases[i].greeting);
        (void)snprintf(b.p->signature, sizeof b.p->signature, "%s", cases[i].signature);
        struct command k = bench_action(&b, DO_REPLY, "ya");
        k.u.kase.customer_name = slice_of(cases[i].name);
        bench_does(&b, k, REFUSAL_NONE);
        assert_string_equal(bench_part(&b, 0), cases[i].text);
        world_free(b.w);
    }
}

static void test_how_far_a_verb_reaches(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum route route;
    } texts[] = {
        {"envíanos uno dos tres cuatro cinco dm", ROUTE_DM},
        {"envíanos uno dos tres cuatro cinco seis dm", ROUTE_NONE},
        {"dm envíanos", ROUTE_NONE},
        {"envíanos a a a a a a a a envíanos un correo", ROUTE_EMAIL},
        {"envíanos", ROUTE_NONE},
        {"", ROUTE_NONE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (gates_route_asked(slice_of(texts[i].text)) != texts[i].route)
            fail_msg("%s: %s", texts[i].text,
                     route_word(gates_route_asked(slice_of(texts[i].text))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_part_is_looked_at),
        cmocka_unit_test(test_direct_messages_have_three_parts),
        cmocka_unit_test(test_direct_messages_are_longer_than_posts),
        cmocka_unit_test(test_where_direct_messages_are_not),
        cmocka_unit_test(test_the_policys_own_sentence_goes_to_many),
        cmocka_unit_test(test_cards_and_national_ids_are_never_shown),
        cmocka_unit_test(test_an_override_names_its_gate_in_full),
        cmocka_unit_test(test_a_ticket_without_a_number),
        cmocka_unit_test(test_what_cannot_be_sent_at_all),
        cmocka_unit_test(test_greetings_and_marks),
        cmocka_unit_test(test_how_far_a_verb_reaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
