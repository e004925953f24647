/* test_gates.c - each gate refuses with its code and its way out, and lets pass what is right; what
 * becomes of a reply; moves, follow-ups, merges and what a lead may override. */
#include "bench/bench.h"
#include "core/rules/gates.h"

static void test_a_reply_is_greeted_signed_and_parks_the_case(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar a mi cuenta", MENTION_PUBLIC);
    int64_t due_ms = b.c.clocks[CLOCK_ANSWER].due_ms;
    struct command k = bench_action(&b, DO_REPLY, "ya lo vemos");
    k.u.kase.customer_name = slice_of("Ana López");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_string_equal(bench_part(&b, 0), "Hola, Ana: ya lo vemos ^AB");
    assert_int_equal(b.c.state, CASE_PARKED);
    assert_true(b.c.is_sending && b.c.clocks[CLOCK_ANSWER].is_running);
    bench_sent(&b, true);
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
    bench_says(&b, DO_REPLY, "ya lo vemos de nuevo", REFUSAL_NONE);
    b.w->now_ms += 5 * MINUTE_MS;
    bench_sent(&b, false);
    assert_int_equal(b.c.state, CASE_PARKED);
    assert_false(b.c.clocks[CLOCK_ANSWER].is_running || b.c.clocks[CLOCK_ACKNOWLEDGE].is_running);
    world_free(b.w);
}

static void test_names_that_are_none_are_left_out(void **state)
{
    (void)state;
    static const char *const names[] = {"", "🌸🌸", "x", "user12345", "Ana🌸"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
        struct command k = bench_action(&b, DO_REPLY, "ya lo vemos");
        k.u.kase.customer_name = slice_of(names[i]);
        bench_run(&b, k);
        assert_string_equal(bench_part(&b, 0), "ya lo vemos ^AB");
        world_free(b.w);
    }
}

static void test_an_unconfirmed_reply_fails_by_time(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    b.w->now_ms += b.p->send_ms - 1;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_true(b.c.is_sending);
    b.w->now_ms += 1;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_false(b.c.is_sending);
    assert_int_equal(b.c.place, PLACE_QUEUE);
    assert_int_equal(ram_count(b.w->ram, TABLE_OUTBOX), 0);
    world_free(b.w);
}

static void test_a_word_while_sending_wants_its_own_answer(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    bench_says(&b, DO_REPLY, "ya lo vemos", REFUSAL_NONE);
    b.w->now_ms += MINUTE_MS;
    b.c = world_run(b.w, world_mention(b.w, 1, 2, "y tampoco me llega el correo"));
    int64_t spoken_ms = b.w->now_ms;
    b.w->now_ms += MINUTE_MS;
    bench_sent(&b, false);
    assert_int_equal(b.c.state, CASE_OPEN);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].start_ms, spoken_ms);
    world_free(b.w);
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

static void test_a_direct_message_may_be_longer_where_it_is_no_post(void **state)
{
    (void)state;
    char text[601];
    for (int mastodon = 0; mastodon < 2; mastodon++) {
        struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
        struct command m = world_mention(b.w, 9, 9, "aquí mis datos");
        m.u.mention.kind = MENTION_DIRECT;
        m.u.mention.network = mastodon ? NETWORK_MASTODON : NETWORK_X;
        b.p->dm_allowed[NETWORK_X] = b.p->dm_allowed[NETWORK_MASTODON] = true;
        b.c = world_run(b.w, m);
        bench_run(&b, bench_action(&b, DO_CLAIM, ""));
        for (size_t i = 0; i < 600; i++)
            text[i] = i % 10 == 9 ? ' ' : 'a';
        text[600] = '\0';
        struct command k = bench_action(&b, DO_REPLY, text);
        k.u.kase.is_direct = true;
        bench_run(&b, k);
        assert_int_equal(b.w->v->refusal, mastodon ? REFUSAL_TOO_LONG : REFUSAL_NONE);
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

static void test_what_left_the_public_owes_a_follow_up(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    struct team_counter n;
    b.p->routes[ROUTE_PHONE].is_allowed = true;
    struct command k = bench_action(&b, DO_MOVE, "llámanos, por favor");
    k.u.kase.word = slice_of("phone");
    bench_run(&b, k);
    bench_sent(&b, false);
    k = bench_action(&b, DO_DISMISS, "");
    k.u.kase.word = slice_of("other");
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_FOLLOW_UP_OWED);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_NONE);
    assert_true(b.c.owes_follow_up && b.c.clocks[CLOCK_FOLLOW_UP].is_running);
    assert_int_equal(counter_team(&t, COUNTER_TEAM_ALL, &n), ERR_OK);
    assert_int_equal(n.follow_ups, 1);
    bench_says(&b, DO_RESOLVE, "", REFUSAL_FOLLOW_UP_OWED);
    bench_says(&b, DO_FOLLOW_UP, "resuelto por teléfono, gracias", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_false(b.c.owes_follow_up);
    assert_true(id_is_none(b.c.claimant));
    assert_int_equal(b.c.place, PLACE_PARKED);
    b.w->now_ms += b.p->close_ms;
    (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
    assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
    assert_int_equal(b.c.state, CASE_CLOSED);
    assert_int_equal(b.c.disposition, DISPOSITION_ANSWERED);
    world_free(b.w);
}

static void test_quiet_closes_or_reminds(void **state)
{
    (void)state;
    for (int moved = 0; moved < 2; moved++) {
        struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
        struct tables t = ram_tables(b.w->ram);
        bench_says(&b, DO_REPLY, moved ? "llámanos, por favor" : "hecho", REFUSAL_NONE);
        bench_sent(&b, false);
        b.w->now_ms += b.p->quiet_ms;
        (void)world_run(b.w, (struct command){.type = CMD_TIMERS});
        assert_int_equal(load_case(&t, b.c.id, &b.c), ERR_OK);
        assert_int_equal(b.c.state, moved ? CASE_OPEN : CASE_CLOSED);
        world_free(b.w);
    }
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

static void test_merge_and_undo(void **state)
{
    (void)state;
    struct bench b = bench_new("no puedo entrar", MENTION_PUBLIC);
    struct tables t = ram_tables(b.w->ram);
    struct customer_rec who;
    struct command k = bench_action(&b, DO_DISMISS, "");
    int64_t due_ms = b.c.clocks[CLOCK_ANSWER].due_ms;
    k.u.kase.word = slice_of("other");
    bench_run(&b, k);
    struct case_rec second = world_run(b.w, world_mention(b.w, 1, 2, "sigo sin poder entrar"));
    assert_false(id_eq(second.id, b.c.id));
    bench_run(&b, bench_action(&b, DO_UNDO, ""));
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, due_ms);
    bench_run(&b, bench_action(&b, DO_CLAIM, ""));
    k = bench_action(&b, DO_MERGE, "");
    k.u.kase.other = second.id;
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NONE);
    assert_int_equal(b.c.state, CASE_MERGED);
    assert_int_equal(load_case(&t, second.id, &second), ERR_OK);
    assert_int_equal(second.clocks[CLOCK_ANSWER].due_ms, due_ms);
    assert_int_equal(load_customer(&t, second.customer, &who), ERR_OK);
    assert_true(id_eq(who.open_case, second.id));
    bench_run(&b, bench_action(&b, DO_UNDO, ""));
    assert_int_equal(b.c.state, CASE_NEW);
    assert_int_equal(b.c.disposition, DISPOSITION_NONE);
    world_check(b.w);
    world_free(b.w);
}

static void test_the_resolve_clock_stands_still_in_the_customers_turn(void **state)
{
    (void)state;
    struct bench b = bench_new("hola", MENTION_PUBLIC);
    b.p->teams[0].targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes = 100;
    b.c = world_run(b.w, world_mention(b.w, 2, 2, "mi pedido no llega"));
    struct case_rec first = b.c;
    assert_int_equal(first.clocks[CLOCK_RESOLVE].due_ms, START_MS + 100 * MINUTE_MS);
    bench_run(&b, bench_action(&b, DO_CLAIM, ""));
    b.w->now_ms += 20 * MINUTE_MS;
    bench_says(&b, DO_REPLY, "¿qué número tiene?", REFUSAL_NONE);
    bench_sent(&b, false);
    assert_true(b.c.clocks[CLOCK_RESOLVE].is_paused);
    b.w->now_ms += 30 * MINUTE_MS;
    b.c = world_run(b.w, world_mention(b.w, 2, 3, "el 123"));
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].due_ms, START_MS + 130 * MINUTE_MS);
    assert_int_equal(b.c.clocks[CLOCK_RESOLVE].soon_ms, START_MS + 80 * MINUTE_MS);
    world_free(b.w);
}

static void test_claims_have_a_limit_and_are_handed_over(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    struct case_rec mine = b.c;
    b.p->claims_max = 2;
    for (uint32_t i = 2; i < 4; i++) {
        b.c = world_run(b.w, world_mention(b.w, i, i, "otro"));
        bench_run(&b, bench_action(&b, DO_CLAIM, ""));
        assert_int_equal(b.w->v->refusal, i == 2 ? REFUSAL_NONE : REFUSAL_CLAIM_LIMIT);
    }
    b.c = mine;
    struct command k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(99);
    bench_run(&b, k);
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_FOUND);
    k = bench_action(&b, DO_HAND_OVER, "");
    k.u.kase.other = world_person(2);
    bench_run(&b, k);
    assert_true(id_eq(b.c.claimant, world_person(2)));
    bench_run(&b, bench_action(&b, DO_RELEASE, ""));
    assert_int_equal(b.w->v->refusal, REFUSAL_NOT_CLAIMANT);
    world_free(b.w);
}

static void test_a_plan_shortens_the_answer(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    b.p->n_plans = 1;
    (void)snprintf(b.p->plans[0].name, sizeof b.p->plans[0].name, "oro");
    b.p->plans[0].level_min = LEVEL_HIGH;
    b.p->plans[0].answer_minutes = 10;
    struct command m = world_mention(b.w, 7, 7, "mi pedido no llega");
    m.u.mention.plan = slice_of("oro");
    b.c = world_run(b.w, m);
    assert_int_equal(b.c.level, LEVEL_HIGH);
    assert_int_equal(b.c.clocks[CLOCK_ANSWER].due_ms, START_MS + 10 * MINUTE_MS);
    world_free(b.w);
}

static void test_the_team_speaks_the_language(void **state)
{
    (void)state;
    struct bench b = bench_new("uno", MENTION_PUBLIC);
    b.p->n_teams = 2;
    b.p->teams[1] = b.p->teams[0];
    b.p->teams[1].hours = hours_always();
    (void)snprintf(b.p->teams[0].langs[0], 3, "es");
    (void)snprintf(b.p->teams[1].langs[0], 3, "en");
    b.c = world_run(b.w, world_mention(b.w, 5, 5, "my card does not work, please help me"));
    assert_int_equal(b.c.team, 1);
    b.c = world_run(b.w, world_mention(b.w, 6, 6, "mi tarjeta no funciona, ayuda por favor"));
    assert_int_equal(b.c.team, 0);
    b.c = world_run(b.w, world_mention(b.w, 7, 7, "meu cartão não funciona, me ajudem por favor"));
    assert_int_equal(b.c.team, 0);
    world_free(b.w);
}

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
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (gates_route_asked(slice_of(texts[i].text)) != texts[i].route)
            fail_msg("%s: %s", texts[i].text,
                     route_word(gates_route_asked(slice_of(texts[i].text))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_reply_is_greeted_signed_and_parks_the_case),
        cmocka_unit_test(test_names_that_are_none_are_left_out),
        cmocka_unit_test(test_an_unconfirmed_reply_fails_by_time),
        cmocka_unit_test(test_a_word_while_sending_wants_its_own_answer),
        cmocka_unit_test(test_too_long_offers_the_split),
        cmocka_unit_test(test_personal_data_stays_out_of_public),
        cmocka_unit_test(test_direct_messages_only_where_allowed),
        cmocka_unit_test(test_a_direct_message_may_be_longer_where_it_is_no_post),
        cmocka_unit_test(test_one_move_and_no_dm_over_an_open_ticket),
        cmocka_unit_test(test_words_and_repeats),
        cmocka_unit_test(test_what_left_the_public_owes_a_follow_up),
        cmocka_unit_test(test_quiet_closes_or_reminds),
        cmocka_unit_test(test_a_tag_is_missing),
        cmocka_unit_test(test_merge_and_undo),
        cmocka_unit_test(test_the_resolve_clock_stands_still_in_the_customers_turn),
        cmocka_unit_test(test_claims_have_a_limit_and_are_handed_over),
        cmocka_unit_test(test_a_plan_shortens_the_answer),
        cmocka_unit_test(test_the_team_speaks_the_language),
        cmocka_unit_test(test_what_sends_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
