/* test_lines.c - tools on JSON lines: one answer a line, whatever the line is, and an exit status
 * that tells whether any was refused. */
#include "bench/caught.h"
#include "cli/lines.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Answers {"twice":2n}; a line without n is refused, after something was written. */
static enum err twice(void *ctx, const struct cJSON *line, struct json_out *out,
                      struct lines_error *e)
{
    int64_t n;
    ++*(int *)ctx;
    json_put_int(out, "half_done", 1);
    if (json_get_int(line, "n", &n) != ERR_OK)
        return lines_refuse(e, "$.n", "expected an integer", "write {\"n\":1}");
    json_put_int(out, "twice", 2 * n);
    return ERR_OK;
}

static char *run(const char *text, int *status, int *n_calls)
{
    struct caught in, out;
    *n_calls = 0;
    caught_start(&out, stdout);
    fed_start(&in, text);
    *status = lines_run(twice, n_calls);
    fed_end(&in);
    return caught_end(&out);
}

static void test_one_answer_a_line(void **state)
{
    (void)state;
    int status, n_calls;
    char *said = run("{\"n\":1}\n\n  {\"n\":-2}  \r\n{\"n\":3}", &status, &n_calls);
    assert_string_equal(said, "{\"half_done\":1,\"twice\":2}\n{\"half_done\":1,\"twice\":-4}\n"
                              "{\"half_done\":1,\"twice\":6}\n");
    assert_int_equal(status, 0);
    assert_int_equal(n_calls, 3);
    free(said);
}

static void test_refused_line_is_answered_in_its_place(void **state)
{
    (void)state;
    int status, n_calls;
    char *said = run("{\"n\":1}\n{}\n{\"n\":3}\n", &status, &n_calls);
    assert_string_equal(
        said, "{\"half_done\":1,\"twice\":2}\n"
              "{\"error\":{\"line\":2,\"path\":\"$.n\",\"message\":\"expected an integer\","
              "\"hint\":\"write {\\\"n\\\":1}\"}}\n"
              "{\"half_done\":1,\"twice\":6}\n");
    assert_int_equal(status, 1);
    free(said);
}

static void test_what_is_no_object_never_reaches_the_tool(void **state)
{
    (void)state;
    int status, n_calls;
    char *said = run("{\"n\":\n[1]\n7\n\xff\n", &status, &n_calls);
    assert_int_equal(n_calls, 0);
    assert_int_equal(status, 1);
    for (int line = 1; line <= 4; line++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "{\"error\":{\"line\":%d,", line);
        assert_non_null(strstr(said, wanted));
    }
    assert_non_null(strstr(said, "at byte 5"));
    free(said);
}

static void test_nothing_in_nothing_out(void **state)
{
    (void)state;
    int status, n_calls;
    char *said = run("", &status, &n_calls);
    assert_string_equal(said, "");
    assert_int_equal(status, 0);
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_answer_a_line),
        cmocka_unit_test(test_refused_line_is_answered_in_its_place),
        cmocka_unit_test(test_what_is_no_object_never_reaches_the_tool),
        cmocka_unit_test(test_nothing_in_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
