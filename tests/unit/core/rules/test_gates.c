/* test_gates.c - each gate refuses with its code and its way out, in every part and wherever it is
 * narrow, lets pass what is right, and may be overridden only by name. */
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

static void test_too_long_offers_the_split(void **state)
{
    (void)state;
    char text[900];
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    memset(text, 'a', sizeof text);
    for (size_t i = 9; i < sizeof text; i += 10)
        text[i] = ' ';
    text[400] = '\0';
    bench_says(&b, DO_REPLY, text, REFUSAL_TOO_LONG);
    assert_int_equal(b.w->v->n_offer, 2);
    struct command k = bench_action(&b, DO_REPLY, "");
    k.u.kase.n_parts = 2;
    k.u.kase.parts[0] = b.w->v->offer[0];
    k.u.kase.parts[1] = b.w->v->offer[1];
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    bench_sent(&b, false);
    text[400] = 'a';
    text[899] = '\0';
    bench_says(&b, DO_REPLY, text, REFUSAL_TOO_MANY_POSTS);
    k = bench_action(&b, DO_REPLY, "");
    k.u.kase.n_parts = 3;
    for (int i = 0; i < 3; i++)
        k.u.kase.parts[i] = slice_of("una parte");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_TOO_MANY_POSTS);
    bench_says(&b, DO_REPLY, "  ", REFUSAL_INVALID);
    world_free(b.w);
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

static void test_personal_data_stays_out_of_public(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    bench_says(&b, DO_REPLY, "su tarjeta 4242 4242 4242 4242 ya funciona", REFUSAL_PERSONAL_DATA);
    assert_int_equal(b.w->v->n_offer, 1);
    assert_null(strstr(arena_copy_z(&b.w->arena, b.w->v->offer[0]), "4242 4242 4242"));
    struct command k = bench_action(&b, DO_REPLY, "su tarjeta 4242 4242 4242 4242 ya funciona");
    bench_override(&k, "personal_data", "lo pide el cliente");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_PERSONAL_DATA);
    bench_says(&b, DO_REPLY, "escriba a juan.perez@example.com", REFUSAL_PERSONAL_DATA);
    k = bench_action(&b, DO_REPLY, "escriba a juan.perez@example.com");
    bench_override(&k, "personal_data", "es nuestro proveedor");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_int_equal(b.w->v->events[1].type, EV_GATE_OVERRIDDEN);
    bench_sent(&b, false);
    b.p->n_identifiers = 1;
    (void)snprintf(b.p->identifiers[0], sizeof b.p->identifiers[0], "ayuda@example.com");
    bench_says(&b, DO_REPLY, "le atiende ayuda@example.com", REFUSAL_NONE);
    world_free(b.w);
}

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

static void test_direct_messages_only_where_allowed(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct command k = bench_action(&b, DO_REPLY, "cuénteme más");
    b.p->dm_allowed[NETWORK_WEBHOOK] = true;
    k.u.kase.is_direct = true;
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_DM_NOT_ALLOWED);
    assert_int_equal(b.w->v->n_offer, 1);
    struct command m = world_mention(b.w, 1, 2, "aquí mis datos");
    m.u.mention.kind = MENTION_DIRECT;
    b.c = world_run(b.w, m);
    k = bench_action(&b, DO_REPLY, "su tarjeta 4242 4242 4242 4242, gracias");
    k.u.kase.is_direct = true;
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    bench_sent(&b, false);
    assert_true(b.c.left_public);
    b.p->dm_allowed[NETWORK_WEBHOOK] = false;
    k = bench_action(&b, DO_REPLY, "otra");
    k.u.kase.is_direct = true;
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_DM_NOT_ALLOWED);
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

static void test_direct_messages_are_longer_than_posts_where_they_are_no_posts(void **state)
{
    (void)state;
    char text[900];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 8 == 7 ? ' ' : 'a';
    text[sizeof text - 1] = '\0';
    for (int mastodon = 0; mastodon < 2; mastodon++) {
        struct bench b = bench();
        struct command m = world_mention(b.w, 6, 6, "no puedo entrar");
        m.u.mention.network = mastodon ? NETWORK_MASTODON : NETWORK_X;
        m.u.mention.kind = MENTION_DIRECT;
        b.c = world_run(b.w, m);
        bench_does(&b, bench_action(&b, DO_CLAIM, ""), REFUSAL_NONE);
        bench_does(&b, bench_action(&b, DO_REPLY, text),
                   mastodon ? REFUSAL_TOO_LONG : REFUSAL_TOO_MANY_POSTS);
        struct command k = bench_action(&b, DO_REPLY, text);
        k.u.kase.is_direct = true;
        bench_does(&b, k, mastodon ? REFUSAL_TOO_LONG : REFUSAL_NONE);
        if (!mastodon)
            assert_int_equal(b.w->v->n_parts, 1);
        world_free(b.w);
    }
}

static void test_one_move_and_no_dm_over_an_open_ticket(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    for (int r = 1; r < ROUTE_N; r++)
        b.p->routes[r].is_allowed = true;
    for (int n = 0; n < NETWORK_N; n++)
        b.p->dm_allowed[n] = true;
    struct command k = bench_action(&b, DO_TICKET, "");
    k.u.kase.word = slice_of("T-991");
    bench_run(&b, k);
    k = bench_action(&b, DO_REPLY, "Envíanos un mensaje directo con tu número, por favor");
    k.u.kase.ticket = slice_of("T-991");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_OPEN_TICKET);
    assert_non_null(strstr(b.w->v->message, "T-991"));
    k = bench_action(&b, DO_MOVE, "por favor, llámanos");
    k.u.kase.word = slice_of("phone");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_int_equal(b.c.n_moves, 1);
    bench_sent(&b, true);
    assert_int_equal(b.c.n_moves, 0);
    bench_run(&b, k = (k.u.kase.seen = b.c.seq, k.u.kase.ref[0]++, k));
    bench_sent(&b, false);
    assert_int_equal(b.c.route, ROUTE_PHONE);
    assert_true(b.c.left_public);
    bench_says(&b, DO_REPLY, "o escríbenos al correo", REFUSAL_SECOND_MOVE);
    bench_says(&b, DO_REPLY, "recibimos tu mensaje directo, gracias", REFUSAL_NONE);
    bench_sent(&b, false);
    k = bench_action(&b, DO_REPLY, "o escríbenos al correo");
    bench_override(&k, "second_move", "");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_SECOND_MOVE);
    k = bench_action(&b, DO_REPLY, "o escríbenos al correo");
    bench_override(&k, "second_move", "su teléfono no funciona");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_int_equal(b.c.n_moves, 2);
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
static void test_what_sends_elsewhere(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum route route;
    } texts[] = {
        {"Escríbenos por DM y lo vemos", ROUTE_DM},
        {"¿Puedes enviarnos tu número por mensaje privado?", ROUTE_DM},
        {"Please send us a DM with your booking", ROUTE_DM},
        {"DM us your order number", ROUTE_DM},
        {"Recibimos tu mensaje directo, gracias", ROUTE_NONE},
        {"Llámanos cuando puedas", ROUTE_PHONE},
        {"give us a call any time", ROUTE_PHONE},
        {"Mándanos un correo con la factura", ROUTE_EMAIL},
        {"Tu correo llegó bien", ROUTE_NONE},
        {"Rellena este formulario", ROUTE_FORM},
        {"Me chama no privado, por favor", ROUTE_DM},
        {"Ya está arreglado, disculpa la espera", ROUTE_NONE},
        /* how far a verb reaches */
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

static void test_words_and_repeats(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    b.p->n_forbidden = 1;
    b.p->repeats_max = 2;
    (void)snprintf(b.p->forbidden[0], sizeof b.p->forbidden[0], "culpa suya");
    bench_says(&b, DO_REPLY, "eso es CULPA  SUYA, amigo", REFUSAL_FORBIDDEN_WORD);
    bench_says(&b, DO_REPLY, "no es culpa de nadie", REFUSAL_NONE);
    bench_sent(&b, false);
    for (int i = 0; i < 2; i++) {
        bench_says(&b, DO_REPLY, "estamos en ello", REFUSAL_NONE);
        bench_sent(&b, false);
    }
    bench_says(&b, DO_REPLY, "estamos en ello", REFUSAL_REPEATED_TEXT);
    b.w->now_ms += b.p->repeat_window_ms;
    bench_says(&b, DO_REPLY, "estamos en ello", REFUSAL_NONE);
    world_free(b.w);
}

static void test_a_tag_is_missing(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    b.p->n_tags = 1;
    (void)snprintf(b.p->tags[0], sizeof b.p->tags[0], "acceso");
    b.p->tag_needed = true;
    bench_says(&b, DO_REPLY, "hecho", REFUSAL_NONE);
    bench_sent(&b, false);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_TAG_MISSING);
    struct command k = bench_action(&b, DO_TAG, "");
    k.u.kase.word = slice_of("acceso");
    bench_run(&b, k);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_NONE);
    world_free(b.w);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_too_long_offers_the_split),
        cmocka_unit_test(test_every_part_is_looked_at),
        cmocka_unit_test(test_personal_data_stays_out_of_public),
        cmocka_unit_test(test_cards_and_national_ids_are_never_shown),
        cmocka_unit_test(test_direct_messages_only_where_allowed),
        cmocka_unit_test(test_where_direct_messages_are_not),
        cmocka_unit_test(test_direct_messages_have_three_parts),
        cmocka_unit_test(test_direct_messages_are_longer_than_posts_where_they_are_no_posts),
        cmocka_unit_test(test_one_move_and_no_dm_over_an_open_ticket),
        cmocka_unit_test(test_the_policys_own_sentence_goes_to_many),
        cmocka_unit_test(test_what_sends_elsewhere),
        cmocka_unit_test(test_words_and_repeats),
        cmocka_unit_test(test_a_tag_is_missing),
        cmocka_unit_test(test_a_ticket_without_a_number),
        cmocka_unit_test(test_an_override_names_its_gate_in_full),
        cmocka_unit_test(test_what_cannot_be_sent_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
