/* test_policy.c - the policy compiler alone: what a document sets, what it leaves, and what
 * happens when memory runs out at any point of it. */
#include "base/file.h"
#include "base/json.h"
#include "bench/compiled.h"
#include "core/policy/policy.h"
#include "core/policy/policy_read.h"
#include "core/policy/policy_text.h"
#include "core/triage/triage.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Allocations of the program under test go through here: the one after `allowed` fails. */
static long allowed = -1;
void *__real_calloc(size_t n, size_t size);
void *__real_malloc(size_t n);
void *__real_realloc(void *p, size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_malloc(size_t n);
void *__wrap_realloc(void *p, size_t n);

static bool is_denied(void)
{
    return allowed >= 0 && allowed-- == 0;
}

void *__wrap_calloc(size_t n, size_t size)
{
    return is_denied() ? NULL : __real_calloc(n, size);
}

void *__wrap_malloc(size_t n)
{
    return is_denied() ? NULL : __real_malloc(n);
}

void *__wrap_realloc(void *p, size_t n)
{
    return is_denied() ? NULL : __real_realloc(p, n);
}

static void assert_same_target(const struct policy_team *a, const struct policy_team *b)
{
    for (int k = 0; k < CLOCK_N; k++)
        for (int l = 0; l < LEVEL_N; l++) {
            assert_int_equal(a->targets[k][l].minutes, b->targets[k][l].minutes);
            assert_int_equal(a->targets[k][l].is_always, b->targets[k][l].is_always);
        }
}

static void assert_same_numbers(const struct policy *a, const struct policy *b)
{
    assert_true(a->goal_share == b->goal_share);
    assert_memory_equal(a->head_start_ms, b->head_start_ms, sizeof a->head_start_ms);
    assert_int_equal(a->stale_ms, b->stale_ms);
    assert_int_equal(a->stale_push_ms, b->stale_push_ms);
    assert_int_equal(a->lease_ms, b->lease_ms);
    assert_int_equal(a->claims_max, b->claims_max);
    assert_int_equal(a->quiet_ms, b->quiet_ms);
    assert_int_equal(a->close_ms, b->close_ms);
    assert_int_equal(a->reopen_ms, b->reopen_ms);
    assert_int_equal(a->retain_done_ms, b->retain_done_ms);
    assert_int_equal(a->public_posts_max, b->public_posts_max);
    assert_int_equal(a->dm_parts_max, b->dm_parts_max);
    assert_int_equal(a->repeats_max, b->repeats_max);
    assert_int_equal(a->repeat_window_ms, b->repeat_window_ms);
    assert_int_equal(a->send_ms, b->send_ms);
    assert_int_equal(a->tag_needed, b->tag_needed);
    assert_int_equal(a->automatic_stops_acknowledge, b->automatic_stops_acknowledge);
    assert_memory_equal(a->dm_allowed, b->dm_allowed, sizeof a->dm_allowed);
}

static void assert_same_texts(const struct policy *a, const struct policy *b)
{
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->lang, b->lang);
    assert_string_equal(a->signature, b->signature);
    for (int l = 0; l < 2; l++) {
        assert_string_equal(a->greeting[l], b->greeting[l]);
        assert_string_equal(a->follow_up[l], b->follow_up[l]);
        for (int r = ROUTE_DM; r < ROUTE_N; r++)
            assert_string_equal(a->routes[r].text[l], b->routes[r].text[l]);
    }
    for (int r = ROUTE_DM; r < ROUTE_N; r++)
        assert_int_equal(a->routes[r].is_allowed, b->routes[r].is_allowed);
}

static void assert_same(const struct policy *a, const struct policy *b)
{
    assert_int_equal(a->n_teams, b->n_teams);
    for (int t = 0; t < a->n_teams; t++) {
        assert_string_equal(a->teams[t].name, b->teams[t].name);
        assert_true(a->teams[t].goal_share == b->teams[t].goal_share);
        assert_same_target(&a->teams[t], &b->teams[t]);
        assert_memory_equal(a->teams[t].langs, b->teams[t].langs, sizeof a->teams[t].langs);
        assert_int_equal(hours_is_always(a->teams[t].hours), hours_is_always(b->teams[t].hours));
    }
    assert_int_equal(a->n_categories, b->n_categories);
    for (int c = 0; c < a->n_categories; c++) {
        assert_string_equal(a->categories[c].name, b->categories[c].name);
        assert_int_equal(a->categories[c].team, b->categories[c].team);
        assert_int_equal(a->categories[c].is_private, b->categories[c].is_private);
        assert_int_equal(a->categories[c].needs_tag, b->categories[c].needs_tag);
    }
    assert_int_equal(a->n_tags, b->n_tags);
    assert_int_equal(a->n_plans, b->n_plans);
    assert_int_equal(a->n_forbidden, b->n_forbidden);
    assert_int_equal(a->n_identifiers, b->n_identifiers);
    assert_same_numbers(a, b);
    assert_same_texts(a, b);
}

/* ---- what a document sets */

static void test_builtin(void **state)
{
    static const char *const texts[] = {"no puedo hacer una transferencia", "my card was declined",
                                        "la app no abre", "quiero cancelar", "hola"};
    struct policy *made = policy_default(), *read = compiled_good(policy_text_builtin()),
                  *empty = compiled_good(slice_of("{}"));
    (void)state;
    assert_non_null(made);
    assert_string_equal(made->teams[0].name, "soporte");
    assert_int_equal(made->teams[0].targets[CLOCK_ACKNOWLEDGE][LEVEL_LOW].minutes, 15);
    assert_int_equal(made->teams[0].targets[CLOCK_ANSWER][LEVEL_URGENT].minutes, 60);
    assert_true(made->goal_share == 0.9);
    assert_true(hours_is_always(made->teams[0].hours));
    assert_same(made, read);
    assert_same(made, empty);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct triage_result a, b, c;
        triage_text(made->triage, slice_of(texts[i]), slice_of("es"), NULL, &a);
        triage_text(read->triage, slice_of(texts[i]), slice_of("es"), NULL, &b);
        triage_text(empty->triage, slice_of(texts[i]), slice_of("es"), NULL, &c);
        assert_int_equal(a.category, b.category);
        assert_int_equal(a.category, c.category);
        assert_int_equal(a.points, b.points);
    }
    policy_free(made);
    policy_free(read);
    policy_free(empty);
}

static void test_starters(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct policy *p = compiled_good(policy_text_starter(slice_of(k == 0 ? "es" : "en")));
        assert_string_equal(p->lang, k == 0 ? "es" : "en");
        assert_int_equal(p->n_teams, 3);
        assert_true(p->n_forbidden > 20);
        assert_true(p->n_tags > 10);
        assert_false(hours_is_always(p->teams[0].hours));
        assert_true(hours_is_always(p->teams[1].hours));
        assert_true(p->teams[1].goal_share == 0.95);
        assert_true(p->teams[2].goal_share == 0.9);
        policy_free(p);
    }
    assert_int_equal(policy_text_starter(slice_of("pt")).n, 0);
    assert_true(policy_text_schema().n > 1000);
}

static const char whole[] =
    "{\"$schema\":\"x\",\"name\":\"N\",\"lang\":\"en\",\"tags\":[\"t0\",\"t1\",\"t2\"],"
    "\"teams\":[{\"name\":\"a\",\"languages\":[\"es\",\"pt\"],\"goal\":0.5,"
    "\"targets\":{\"acknowledge\":{\"low\":4,\"urgent\":1},\"answer\":60,\"resolve\":600,"
    "\"follow_up\":0},"
    "\"always\":[\"answer\",\"resolve\"],\"hours\":{\"tz\":\"Europe/Madrid\",\"hours\":{\"mon\":"
    "[[\"08:00\",\"12:00\"]]}}},{\"name\":\"b\"}],"
    "\"categories\":[{\"name\":\"x\"},{\"name\":\"y\",\"team\":\"b\",\"private\":true,"
    "\"needs_tag\":true,\"tags\":[\"t2\",\"t0\"],\"words\":[\"zumba\"]}],"
    "\"plans\":[{\"name\":\"oro\",\"level_min\":\"high\",\"acknowledge_minutes\":3,"
    "\"answer_minutes\":9},{\"name\":\"plata\"}],"
    "\"words\":{\"urgency\":{\"es\":[[\"zambomba\",65]]},"
    "\"relevance\":{\"es\":{\"spam\":[\"cucurbita\"]}}},"
    "\"moves\":{\"phone\":{\"allowed\":false},\"dm\":{\"text\":{\"es\":\"uno\",\"en\":\"one\"}}},"
    "\"networks\":{\"mastodon\":{\"dm\":false}},"
    "\"limits\":{\"public_posts\":1,\"dm_parts\":2,\"claims\":7,\"repeats\":8,"
    "\"repeat_window_min\":9,\"send_minutes\":11},\"goal\":0.8,"
    "\"head_start_min\":{\"low\":-1,\"normal\":1,\"high\":2,\"urgent\":3},\"stale_hours\":12,"
    "\"stale_push_hours\":0,\"lease_min\":0x,\"quiet_hours\":5,\"close_hours\":6,\"reopen_days\":0."
    "5,\"retain_days\":30,"
    "\"tag_needed\":true,\"automatic_stops_acknowledge\":true,\"signature\":\"-{mark}\","
    "\"greeting\":{\"es\":\"Buenas {name},\\n\",\"en\":\"Hello {name}\"},"
    "\"follow_up\":{\"es\":\"Hecho.\",\"en\":\"Done.\"},\"forbidden\":[\"nunca jamas\"],"
    "\"public_identifiers\":[\"a@example.com\"]}";

static void test_whole(void **state)
{
    char text[sizeof whole];
    (void)state;
    memcpy(text, whole, sizeof whole);
    memcpy(strstr(text, "0x"), "20", 2);
    struct fault_list faults = {0};
    struct policy *p;
    assert_int_equal(compiled_policy(slice_of(text), &faults, &p), ERR_OK);
    assert_int_equal(faults.n, 1); /* what waits for its feature */
    assert_true(faults.items[0].is_warning);
    assert_string_equal(faults.items[0].path, "$.automatic_stops_acknowledge");
    fault_free(&faults);
    const struct policy_team *a = &p->teams[0], *b = &p->teams[1];
    assert_string_equal(p->name, "N");
    assert_string_equal(p->lang, "en");
    assert_int_equal(a->targets[CLOCK_ACKNOWLEDGE][LEVEL_LOW].minutes, 4);
    assert_int_equal(a->targets[CLOCK_ACKNOWLEDGE][LEVEL_HIGH].minutes, 15);
    assert_int_equal(a->targets[CLOCK_ACKNOWLEDGE][LEVEL_URGENT].minutes, 1);
    assert_int_equal(a->targets[CLOCK_RESOLVE][LEVEL_NORMAL].minutes, 600);
    assert_int_equal(a->targets[CLOCK_FOLLOW_UP][LEVEL_NORMAL].minutes, 0);
    assert_int_equal(b->targets[CLOCK_FOLLOW_UP][LEVEL_NORMAL].minutes, 1440);
    assert_true(a->targets[CLOCK_ANSWER][LEVEL_LOW].is_always);
    assert_false(a->targets[CLOCK_ACKNOWLEDGE][LEVEL_LOW].is_always);
    assert_false(b->targets[CLOCK_ANSWER][LEVEL_LOW].is_always);
    assert_string_equal(a->langs[1], "pt");
    assert_string_equal(a->langs[2], "");
    assert_true(a->goal_share == 0.5);
    assert_true(b->goal_share == 0.8);
    assert_false(hours_is_always(a->hours));
    assert_false(hours_is_always(p->box_hours));
    assert_int_equal(policy_find_team(p, slice_of("b")), 1);
    assert_int_equal(policy_find_team(p, slice_of("c")), -1);
    assert_int_equal(policy_find_category(p, slice_of("y")), 1);
    assert_int_equal(policy_find_category(p, slice_of("z")), -1);
    assert_int_equal(policy_find_tag(p, slice_of("t2")), 2);
    assert_int_equal(policy_find_tag(p, slice_of("t3")), -1);
    assert_int_equal(policy_find_plan(p, slice_of("plata")), 1);
    assert_int_equal(policy_find_plan(p, slice_of("oros")), -1);
    const struct policy_category *y = &p->categories[1];
    assert_int_equal(y->team, 1);
    assert_true(y->is_private && y->needs_tag);
    assert_int_equal(y->n_tags, 2);
    assert_int_equal(y->tags[0], 2);
    assert_int_equal(y->tags[1], 0);
    assert_int_equal(p->plans[0].level_min, LEVEL_HIGH);
    assert_int_equal(p->plans[0].acknowledge_minutes, 3);
    assert_int_equal(p->plans[0].answer_minutes, 9);
    assert_int_equal(p->plans[1].level_min, LEVEL_LOW);
    assert_false(p->routes[ROUTE_PHONE].is_allowed);
    assert_true(p->routes[ROUTE_DM].is_allowed);
    assert_string_equal(p->routes[ROUTE_DM].text[1], "one");
    assert_false(p->dm_allowed[NETWORK_MASTODON]);
    assert_true(p->dm_allowed[NETWORK_X]);
    assert_int_equal(p->public_posts_max, 1);
    assert_int_equal(p->dm_parts_max, 2);
    assert_int_equal(p->claims_max, 7);
    assert_int_equal(p->repeats_max, 8);
    assert_int_equal(p->repeat_window_ms, 9 * 60000);
    assert_int_equal(p->send_ms, 11 * 60000);
    assert_int_equal(p->head_start_ms[LEVEL_LOW], -60000);
    assert_int_equal(p->head_start_ms[LEVEL_URGENT], 180000);
    assert_int_equal(p->stale_ms, INT64_C(12) * 3600000);
    assert_int_equal(p->stale_push_ms, 0);
    assert_int_equal(p->lease_ms, 20 * 60000);
    assert_int_equal(p->quiet_ms, INT64_C(5) * 3600000);
    assert_int_equal(p->close_ms, INT64_C(6) * 3600000);
    assert_int_equal(p->reopen_ms, INT64_C(12) * 3600000);
    assert_int_equal(p->retain_done_ms, INT64_C(30) * 86400000);
    assert_true(p->tag_needed && p->automatic_stops_acknowledge);
    assert_string_equal(p->signature, "-{mark}");
    assert_string_equal(p->greeting[0], "Buenas {name},\n");
    assert_string_equal(p->follow_up[1], "Done.");
    assert_string_equal(p->forbidden[0], "nunca jamas");
    assert_string_equal(p->identifiers[0], "a@example.com");
    struct triage_result r;
    triage_text(p->triage, slice_of("la zambomba, ¿qué hago?"), slice_of("es"), NULL, &r);
    assert_int_equal(r.level, LEVEL_URGENT);
    triage_text(p->triage, slice_of("the zambomba, what is it?"), slice_of("en"), NULL, &r);
    assert_int_not_equal(r.level, LEVEL_URGENT);
    triage_text(p->triage, slice_of("una zumba de las buenas"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, 1);
    triage_text(p->triage, slice_of("una cucurbita de las buenas"), slice_of("es"), NULL, &r);
    assert_int_equal(r.request, REQUEST_SPAM);
    policy_free(p);
}

/* A word of the policy counts although the lexicon, or another list of the policy, has it too. */
static void test_shared_words(void **state)
{
    struct triage_result r;
    struct policy *p = compiled_good(slice_of(
        "{\"categories\":[{\"name\":\"otros\"},{\"name\":\"fraudes\",\"words\":[\"fraude\"]},"
        "{\"name\":\"red\",\"words\":[\"internet\"]}],\"words\":{\"urgency\":{\"es\":["
        "[\"fraude\",7],[\"modem\",21]],\"en\":[[\"modem\",3],[\"fraude\",9]]}}}"));
    (void)state;
    triage_text(p->triage, slice_of("he sufrido un fraude"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, 1);
    assert_int_equal(r.points, 50 + 7);
    triage_text(p->triage, slice_of("hoy no hay internet en casa"), slice_of("es"), NULL, &r);
    assert_int_equal(r.category, 2);
    triage_text(p->triage, slice_of("no encuentro la luz del modem, ¿dónde está?"), slice_of("es"),
                NULL, &r);
    assert_int_equal(r.points, 21 + 8);
    triage_text(p->triage, slice_of("where is the light of this modem?"), slice_of("en"), NULL, &r);
    assert_int_equal(r.points, 3 + 8);
    policy_free(p);
}

/* ---- no memory */

/* Every allocation fails once: no half policy, no leak (ASan), and the fault list stays true. */
static void starve(const char *document, enum err full)
{
    const struct zone_source zones = {.zone = compiled_zone};
    struct cJSON *j = compiled_json(slice_of(document));
    for (long n = 0;; n++) {
        struct fault_list l = {0};
        struct policy *p;
        allowed = n;
        enum err e = policy_compile(j, &zones, &l, &p);
        bool is_over = allowed >= 0;
        allowed = -1;
        assert_int_equal(e == ERR_OK, p != NULL);
        if (is_over)
            assert_int_equal(e, full);
        else if (e != ERR_OK)
            assert_true(e == ERR_NO_MEMORY || (e == ERR_INVALID && fault_count(&l) > 0));
        else
            assert_int_equal(full, ERR_OK);
        policy_free(p);
        fault_free(&l);
        if (is_over)
            break;
    }
    json_free(j);
}

static void test_no_memory(void **state)
{
    char text[sizeof whole];
    (void)state;
    memcpy(text, whole, sizeof whole);
    memcpy(strstr(text, "0x"), "20", 2);
    starve(text, ERR_OK);
    starve("{}", ERR_OK);
    starve("{\"gaol\":1,\"teams\":[{\"name\":\"a\",\"hours\":{\"hours\":{}}},{\"name\":\"a\"}]}",
           ERR_INVALID);
    policy_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builtin),   cmocka_unit_test(test_starters),
        cmocka_unit_test(test_whole),     cmocka_unit_test(test_shared_words),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
