/* test_triage_reasons.c - what the customer's history and the policy's words add to a reading, what
 * the reasons say and where they stand. */
#include "core/policy/policy.h"
#include "core/triage/reason.h"
#include "core/triage/triage.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy;

static int start(void **state)
{
    (void)state;
    policy = policy_default();
    return policy == NULL ? -1 : 0;
}

static int stop(void **state)
{
    (void)state;
    policy_free(policy);
    return 0;
}

static struct triage_result read_text(const char *text)
{
    struct triage_result r;
    triage_text(policy->triage, slice_of(text), slice_of(""), NULL, &r);
    return r;
}

static void test_history_adds(void **state)
{
    const struct slice text = slice_of("¿Dónde puedo ver mi factura?"), none = slice_of("");
    const struct triage_history all = {true, true, true, true, 6}, few = {.n_contacts = 1};
    struct triage_result alone, with, little, thanks;
    (void)state;
    triage_text(policy->triage, text, none, NULL, &alone);
    triage_text(policy->triage, text, none, &all, &with);
    triage_text(policy->triage, text, none, &few, &little);
    triage_text(policy->triage, slice_of("gracias"), none, &all, &thanks);
    assert_int_equal(alone.level, LEVEL_NORMAL);
    assert_int_equal(with.points, alone.points + 15 + 15 + 10 + 10 + 8);
    assert_int_equal(with.level, LEVEL_URGENT);
    assert_int_equal(little.points, alone.points);
    assert_int_equal(thanks.level, LEVEL_LOW);
    assert_int_equal(with.n_reasons, alone.n_reasons + 5);
    for (int i = 0; i < with.n_reasons; i++)
        if (with.reasons[i].code >= REASON_PLAN)
            assert_int_equal(with.where[i].to, 0);
}

static void test_each_part_of_history(void **state)
{
    static const struct {
        struct triage_history h;
        enum reason code;
        int points;
    } rows[] = {
        {{.has_plan = true}, REASON_PLAN, 15},
        {{.was_late = true}, REASON_LATE_BEFORE, 10},
        {{.was_moved = true}, REASON_MOVED_BEFORE, 10},
        {{.has_ticket = true}, REASON_OPEN_TICKET, 8},
        {{.n_contacts = 2}, REASON_CONTACTS, 8},
        {{.n_contacts = 5}, REASON_CONTACTS, 15},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct triage_result r;
        int found = 0;
        triage_text(policy->triage, slice_of("necesito una copia del contrato"), slice_of(""),
                    &rows[i].h, &r);
        for (int k = 0; k < r.n_reasons; k++)
            if (r.reasons[k].code == rows[i].code)
                found = r.reasons[k].points;
        assert_int_equal(found, rows[i].points);
    }
}

static void test_reasons_are_sorted_and_point_at_words(void **state)
{
    const char *text = "Llevo horas SIN INTERNET, es urgente y nadie contesta. Pésimo";
    struct triage_result r = read_text(text);
    (void)state;
    assert_true(r.n_reasons >= 4);
    int32_t sum = 0;
    for (int i = 0; i < r.n_reasons; i++) {
        sum += r.reasons[i].points;
        assert_true(i == 0 || abs(r.reasons[i - 1].points) >= abs(r.reasons[i].points));
        assert_true(r.where[i].to <= strlen(text) && r.where[i].from <= r.where[i].to);
        if (r.reasons[i].code == REASON_OUTAGE)
            assert_memory_equal(text + r.where[i].from, "SIN INTERNET", 12);
        if (r.reasons[i].code == REASON_ANGER)
            assert_memory_equal(text + r.where[i].from, "Pésimo", 7);
    }
    assert_int_equal(sum, r.points);
}

static void test_words_of_a_policy(void **state)
{
    static const struct triage_word words[] = {
        {.text = "prensa", .points = 40, .category = UINT16_MAX},
        {.text = "pago movil", .category = 3},
        {.text = "tarjeta", .category = 5},
        {.text = "bus", .points = 25, .category = 7}};
    struct triage *t;
    struct triage_result r;
    (void)state;
    assert_int_equal(triage_new(words, 4, &t), ERR_OK);
    triage_text(t, slice_of("soy de la PRENSA"), slice_of(""), NULL, &r);
    assert_int_equal(r.level, LEVEL_HIGH);
    assert_int_equal(r.reasons[0].code, REASON_POLICY_WORD);
    assert_int_equal(r.category, UINT16_MAX);
    triage_text(t, slice_of("la tarjeta bloqueada, el pago móvil"), slice_of(""), NULL, &r);
    assert_int_equal(r.category, 5);
    triage_text(t, slice_of("pago móvil, tarjeta, pago movil"), slice_of(""), NULL, &r);
    assert_int_equal(r.category, 3);
    triage_free(t);
    const struct triage_word empty = {.text = "...", .points = 1},
                             endless = {.text = "a b c d e f g", .points = 1};
    assert_int_equal(triage_new(&empty, 1, &t), ERR_INVALID);
    assert_int_equal(triage_new(&endless, 1, &t), ERR_INVALID);
    triage_free(NULL);
}

static void test_declared_language(void **state)
{
    struct triage_result r;
    (void)state;
    triage_text(policy->triage, slice_of("ok"), slice_of("pt-BR"), NULL, &r);
    assert_string_equal(r.lang, "pt");
    triage_text(policy->triage, slice_of("zzz"), slice_of("und"), NULL, &r);
    assert_string_equal(r.lang, "xx");
    triage_text(policy->triage, slice_of("¿dónde está mi pedido que compré ayer?"), slice_of("en"),
                NULL, &r);
    assert_string_equal(r.lang, "es");
    triage_text(policy->triage, slice_of("qwrt"), slice_of("fr"), NULL, &r);
    assert_string_equal(r.lang, "xx");
}

static void test_reason_texts(void **state)
{
    (void)state;
    for (uint16_t code = 1; code < REASON_N; code++) {
        if (strcmp(reason_word(code), "unknown") == 0)
            continue;
        assert_true(strlen(reason_text(code, "es")) > 0);
        assert_true(strlen(reason_text(code, "en")) > 0);
        assert_true(strlen(reason_text(code, "pt")) > 0);
        assert_string_equal(reason_text(code, "xx"), reason_text(code, "en"));
    }
    assert_string_equal(reason_word(REASON_N), "unknown");
    assert_string_equal(reason_text(REASON_N, "es"), "");
    assert_string_not_equal(reason_text(REASON_OUTAGE, "pt"), reason_text(REASON_OUTAGE, "es"));
}

static void test_reasons_are_said(void **state)
{
    static const struct {
        uint16_t code;
        int points;
        const char *words, *lang, *after; /* what follows the reason's own text */
    } rows[] = {
        {REASON_OUTAGE, 30, "sin luz", "es", ": «sin luz» (+30)"},
        {REASON_OUTAGE, 30, "no power", "en", ": “no power” (+30)"},
        {REASON_CALM, -25, "sem pressa", "pt", ": «sem pressa» (-25)"},
        {REASON_PLAN, 15, "", "en", " (+15)"},
        {REASON_PRAISE, 0, "", "xx", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf b;
        size_t n = strlen(reason_text(rows[i].code, rows[i].lang));
        buf_init(&b, 0);
        reason_say(rows[i].code, rows[i].points, slice_of(rows[i].words), rows[i].lang, &b);
        assert_memory_equal(b.p, reason_text(rows[i].code, rows[i].lang), n);
        assert_string_equal(b.p + n, rows[i].after);
        buf_fini(&b);
    }
}

static bool has_reason(const struct triage_result *r, enum reason code)
{
    for (int i = 0; i < r->n_reasons; i++)
        if (r->reasons[i].code == code)
            return true;
    return false;
}

static void test_reasons_fit(void **state)
{
    static const struct {
        const char *text;
        enum reason has, has_not;
    } rows[] = {
        {"jajaja", REASON_NONE, REASON_THANKS},
        {"hola", REASON_NONE, REASON_THANKS},
        {"mil gracias", REASON_THANKS, REASON_QUESTION},
        {"Llevo dos horas", REASON_WAITING, REASON_REPEAT},
        {"hace dos semanas que pedí el cambio", REASON_WAITING, REASON_REPEAT},
        {"I reported it weeks ago", REASON_WAITING, REASON_REPEAT},
        {"pedi isso faz duas semanas, estou há dias nisso", REASON_WAITING, REASON_REPEAT},
        {"ya os escribí tres veces", REASON_REPEAT, REASON_WAITING},
        {"El banco anuncia resultados trimestrales récord", REASON_NEWS, REASON_THANKS},
        {"me anuncian por carta que no funciona la app", REASON_OUTAGE, REASON_NEWS},
        {"Meine Karte ist gesperrt", REASON_FOREIGN, REASON_THANKS},
        {"perdí mi tarjeta", REASON_MONEY_BLOCKED, REASON_STRANDED},
        {"no hay fuga de gas", REASON_NONE, REASON_SAFETY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct triage_result r = read_text(rows[i].text);
        if ((rows[i].has != REASON_NONE && !has_reason(&r, rows[i].has)) ||
            has_reason(&r, rows[i].has_not))
            fail_msg("\"%s\": wanted %s, and not %s", rows[i].text,
                     reason_word((uint16_t)rows[i].has), reason_word((uint16_t)rows[i].has_not));
    }
}

static void test_verbs_are_no_nouns(void **state)
{
    static const struct {
        const char *text, *category;
    } rows[] = {
        {"no recibo mi pedido", "entrega"},
        {"todavía no lo recibo, mi paquete", "entrega"},
        {"¿cuándo recibo el envío?", "entrega"},
        {"mi recibo trae un error", "cobros"},
        {"no entiendo el recibo", "cobros"},
        {"no tengo el recibo del pedido, solo el recibo viejo", "cobros"},
        {"nadie se hace cargo de mi maleta", "equipaje"},
        {"un cargo raro", "cobros"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct triage_result r = read_text(rows[i].text);
        assert_true(r.category < policy->n_categories);
        assert_string_equal(policy->categories[r.category].name, rows[i].category);
    }
}

static void test_long_and_odd_texts(void **state)
{
    static char big[70000];
    (void)state;
    for (size_t i = 0; i + 4 < sizeof big; i += 4)
        memcpy(big + i, "sin ", 4);
    struct triage_result r = read_text(big);
    assert_true(r.n_reasons <= CASE_REASONS_MAX);
    memset(big, 'a', sizeof big - 1);
    r = read_text(big);
    assert_int_equal(r.level, LEVEL_LOW);
    r = read_text("\xff\xfe sin luz");
    assert_int_equal(r.level, LEVEL_HIGH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history_adds),
        cmocka_unit_test(test_each_part_of_history),
        cmocka_unit_test(test_reasons_are_sorted_and_point_at_words),
        cmocka_unit_test(test_words_of_a_policy),
        cmocka_unit_test(test_declared_language),
        cmocka_unit_test(test_reason_texts),
        cmocka_unit_test(test_reasons_are_said),
        cmocka_unit_test(test_reasons_fit),
        cmocka_unit_test(test_verbs_are_no_nouns),
        cmocka_unit_test(test_long_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
