/* test_policy_faults.c - what a policy document is refused for: each fault with its place and a
 * suggestion. */
#include "base/file.h"
#include "base/json.h"
#include "bench/compiled.h"
#include "core/policy/policy_read.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* As `check` prints it. */
static void line_of(const struct fault *f, char out[500])
{
    snprintf(out, 500, "%s: %s%s%s%s", f->path, f->is_warning ? "warning: " : "", f->message,
             f->hint[0] != '\0' ? "; " : "", f->hint);
}

/* Does the line say what is `expected`, "PATH: [warning: ]KEY[; KEY]"?  The path and the kind stand
 * at its start, the keys follow in this order. */
static bool says(const char *line, struct slice expected)
{
    char text[500], *key, *next;
    slice_copy_z(expected, text, sizeof text);
    key = strstr(text, ": ") + 2;
    key += strncmp(key, "warning: ", 9) == 0 ? 9 : 0;
    if (strncmp(line, text, (size_t)(key - text)) != 0)
        return false;
    line += key - text;
    if (strncmp(line, "warning: ", 9) == 0)
        return false;
    for (; key != NULL && line != NULL; key = next) {
        next = strstr(key, "; ");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        line = strstr(line, key);
        line = line != NULL ? line + strlen(key) : NULL;
    }
    return line != NULL;
}

/* {"title","document","lines","refused"}: see box/policy.test.mjs, which holds `check` and the
 * schema against the same. */
static void assert_row(const struct cJSON *row)
{
    const struct zone_source zones = {.zone = compiled_zone};
    struct fault_list l = {0};
    struct policy *p;
    struct slice title = {0}, refused = {0};
    size_t i = 0;
    json_get_string(row, "title", &title);
    json_get_string(row, "refused", &refused);
    bool is_good = slice_eq_z(refused, "no");
    enum err e = policy_compile(json_get(row, "document"), &zones, &l, &p);
    for (const struct cJSON *j = json_first(json_get(row, "lines")); j != NULL; j = json_next(j)) {
        char line[500];
        if (i >= l.n)
            fail_msg("%.*s: missing: %.*s", (int)title.n, title.p, (int)json_string(j).n,
                     json_string(j).p);
        line_of(&l.items[i++], line);
        if (!says(line, json_string(j)))
            fail_msg("%.*s: %s\n  should say %.*s", (int)title.n, title.p, line,
                     (int)json_string(j).n, json_string(j).p);
    }
    assert_int_equal(l.n, i);
    assert_int_equal(fault_count(&l), is_good ? 0 : i);
    assert_int_equal(e, is_good ? ERR_OK : ERR_INVALID);
    assert_int_equal(p != NULL, is_good);
    policy_free(p);
    fault_free(&l);
}

static void test_faults(void **state)
{
    struct buf text;
    size_t n = 0;
    (void)state;
    buf_init(&text, 0);
    assert_int_equal(file_read("tests/unit/core/policy/policies.jsonl", &text), ERR_OK);
    for (char *at = text.p, *end; (end = strchr(at, '\n')) != NULL; at = end + 1, n++) {
        struct cJSON *row = compiled_json(slice_make(at, (size_t)(end - at)));
        assert_row(row);
        json_free(row);
    }
    assert_true(n > 130);
    buf_fini(&text);
}

/* A list of n times `one`, as the only member of a document. */
static void repeated(struct buf *b, const char *before, const char *one, size_t n, const char *end)
{
    buf_clear(b);
    buf_add_z(b, before);
    for (size_t i = 0; i < n; i++) {
        buf_add_z(b, i > 0 ? "," : "");
        buf_printf(b, one, i, i, i, i);
    }
    buf_add_z(b, end);
}

static void test_ceilings(void **state)
{
    static const struct {
        const char *before, *one, *end, *path;
        size_t max;
    } lists[] = {
        {"{\"teams\":[", "{\"name\":\"t%zu\"}", "]}", "$.teams[%zu]", 32},
        {"{\"categories\":[", "{\"name\":\"c%zu\"}", "]}", "$.categories[%zu]", 128},
        {"{\"plans\":[", "{\"name\":\"p%zu\"}", "]}", "$.plans[%zu]", 16},
        {"{\"tags\":[", "\"t%zu\"", "]}", "$.tags[%zu]", 256},
        {"{\"forbidden\":[", "\"f%zu\"", "]}", "$.forbidden[%zu]", 128},
        {"{\"public_identifiers\":[", "\"m%zu@example.com\"", "]}", "$.public_identifiers[%zu]",
         64},
        {"{\"categories\":[{\"name\":\"a\",\"words\":[", "\"w%zu\"", "]}]}",
         "$.categories[0].words[%zu]", 4000},
        {"{\"words\":{\"urgency\":{\"es\":[", "[\"w%zu\",1]", "]}}}", "$.words.urgency.es[%zu]",
         3900},
    };
    struct buf b;
    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct fault_list l = {0};
        struct policy *p;
        char path[60];
        repeated(&b, lists[i].before, lists[i].one, lists[i].max, lists[i].end);
        policy_free(compiled_good(buf_slice(&b)));
        repeated(&b, lists[i].before, lists[i].one, 4001, lists[i].end);
        assert_int_equal(compiled_policy(buf_slice(&b), &l, &p), ERR_INVALID);
        snprintf(path, sizeof path, lists[i].path, lists[i].max);
        if (lists[i].max != 3900)
            assert_string_equal(l.items[0].path, path);
        else
            assert_non_null(strstr(l.items[0].message, "too many"));
        fault_free(&l);
    }
    buf_fini(&b);
}

/* Beyond FAULTS_MAX they are counted, and still refuse. */
static void test_many_faults(void **state)
{
    struct buf b;
    struct fault_list l = {0};
    struct policy *p;
    (void)state;
    buf_init(&b, 0);
    repeated(&b, "{\"tags\":[", "%zu", 250, "],\"retain_days\":1}");
    assert_int_equal(compiled_policy(buf_slice(&b), &l, &p), ERR_INVALID);
    assert_int_equal(l.n, FAULTS_MAX);
    assert_int_equal(l.n_dropped, 50);
    assert_int_equal(l.n_warnings, 0);
    assert_int_equal(fault_count(&l), 250);
    /* A list that is full already refuses as well. */
    assert_int_equal(compiled_policy(slice_of("{\"gaol\":1}"), &l, &p), ERR_INVALID);
    assert_null(p);
    assert_int_equal(compiled_policy(slice_of("{}"), &l, &p), ERR_OK);
    policy_free(p);
    fault_free(&l);
    buf_fini(&b);
}

static void test_fault_lines(void **state)
{
    struct fault_list l = {0};
    (void)state;
    fault_add(&l, "$.a\nb", "tab\there", "%s", "caf\xc3");
    fault_add_at(&l, "$", "x", slice_of("{\n \"\xc3\xb3\xc3\xb3\": y"), 10);
    fault_add_at(&l, "$", "x", slice_of("ab"), 99);
    fault_warn(&l, "$", "w\x7f", "h\r");
    assert_string_equal(l.items[0].path, "$.a?b");
    assert_string_equal(l.items[0].message, "tab?here");
    assert_string_equal(l.items[0].hint, "caf?");
    assert_string_equal(l.items[1].hint, "line 2, column 7");
    assert_string_equal(l.items[2].hint, "line 1, column 3");
    assert_string_equal(l.items[3].message, "w?");
    assert_string_equal(l.items[3].hint, "h?");
    assert_int_equal(l.n_warnings, 1);
    fault_free(&l);
    assert_int_equal(l.n, 0);
}

static void test_nearest(void **state)
{
    static const char *const names[] = {"acknowledge", "answer", "goal", NULL};
    static const char *const none[] = {NULL};
    char big[90];
    (void)state;
    memset(big, 'a', sizeof big);
    assert_string_equal(policy_nearest(slice_of("awnser"), names), "answer");
    assert_string_equal(policy_nearest(slice_of("gaol"), names), "goal");
    assert_null(policy_nearest(slice_of("zzzz"), names));
    assert_null(policy_nearest(slice_make(big, sizeof big), names));
    assert_null(policy_nearest(slice_of("goal"), none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),      cmocka_unit_test(test_ceilings),
        cmocka_unit_test(test_many_faults), cmocka_unit_test(test_fault_lines),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
