/* test_triage.c - what made-up texts ask for, in three languages: language, kind, level,
 * mood. */
#include "bench/triage_texts.h"
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

static void explain(const struct row *w, const struct triage_result *r)
{
    char why[400] = "";
    for (int i = 0; i < r->n_reasons; i++)
        (void)snprintf(why + strlen(why), sizeof why - strlen(why), " %s %d",
                       reason_word(r->reasons[i].code), r->reasons[i].points);
    print_error("\"%s\": %s %s %s %s;%s\n", w->text, r->lang, request_word(r->request),
                level_word(r->level), mood_word(r->mood), why);
}

static void check_rows(const struct row *w)
{
    size_t n_bad = 0;
    for (; w->text != NULL; w++) {
        struct triage_result r = read_text(w->text);
        bool is_good = strcmp(r.lang, w->lang) == 0 &&
                       (w->kind == ANY || (int)r.request == w->kind) &&
                       (w->level == ANY || (int)r.level == w->level) &&
                       (w->mood == ANY || (int)r.mood == w->mood) &&
                       r.is_request == (r.request == REQUEST_REQUEST);
        if (!is_good)
            explain(w, &r);
        n_bad += is_good ? 0 : 1;
    }
    assert_int_equal(n_bad, 0);
}
#define CHECK_ROWS(rows) check_rows(texts_##rows)

static void test_emergencies(void **state)
{
    (void)state;
    CHECK_ROWS(emergencies);
}
static void test_troubles(void **state)
{
    (void)state;
    CHECK_ROWS(troubles);
}
static void test_questions(void **state)
{
    (void)state;
    CHECK_ROWS(questions);
}
static void test_negations(void **state)
{
    (void)state;
    CHECK_ROWS(negations);
}
static void test_sarcasm(void **state)
{
    (void)state;
    CHECK_ROWS(sarcasm);
}
static void test_praise(void **state)
{
    (void)state;
    CHECK_ROWS(praise);
}
static void test_noise(void **state)
{
    (void)state;
    CHECK_ROWS(noise);
}
static void test_mixed(void **state)
{
    (void)state;
    CHECK_ROWS(mixed);
}

static void test_requests(void **state)
{
    (void)state;
    CHECK_ROWS(requests);
}

static void test_elsewhere(void **state)
{
    (void)state;
    CHECK_ROWS(elsewhere);
}

static void test_denied(void **state)
{
    (void)state;
    CHECK_ROWS(denied);
}

static void test_thanks(void **state)
{
    static const char *const thanks[] = {
        "gracias!",
        "👍",
        "ok perfecto",
        "thanks so much",
        "obrigado",
        "Muchas gracias 🙏",
        "mil gracias por la ayuda",
        "vale",
        "ok",
        "listo, gracias",
        "thank you!!",
        "thx",
        "cheers",
        "great, thanks",
        "ok thanks",
        "got it",
        "muito obrigada!",
        "valeu",
        "beleza, obrigado",
        "😊",
        "🙏🙏",
        "graciasss",
        "perfecto muchas gracias",
        "Thanks, that fixed it",
        "❤️",
    };
    static const char *const others[] = {
        "gracias, ¿y cuándo llega?",
        "ok pero sigo sin internet",
        "thanks, but it still does not work",
        "Thank you. How long will it take?",
        "gracias por nada",
        "obrigado, mas ainda não funciona",
        "listo, ya envié los datos por DM",
        "😡😡",
        "👍 y ahora qué hago?",
        "ok, me cobraron otra vez",
        "dm sent",
        "no",
        "hola",
    };
    (void)state;
    for (size_t i = 0; i < sizeof thanks / sizeof thanks[0]; i++)
        if (!read_text(thanks[i]).is_thanks)
            fail_msg("\"%s\" is thanks", thanks[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (read_text(others[i]).is_thanks)
            fail_msg("\"%s\" is more than thanks", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emergencies), cmocka_unit_test(test_troubles),
        cmocka_unit_test(test_questions),   cmocka_unit_test(test_negations),
        cmocka_unit_test(test_sarcasm),     cmocka_unit_test(test_praise),
        cmocka_unit_test(test_noise),       cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_requests),    cmocka_unit_test(test_elsewhere),
        cmocka_unit_test(test_denied),      cmocka_unit_test(test_thanks),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
