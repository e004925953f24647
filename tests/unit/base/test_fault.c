/* test_fault.c - a fault as a line: with and without a hint, as a warning, and those only counted.
 */
#include "base/fault.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_text(void **state)
{
    (void)state;
    char text[FAULT_TEXT_MAX];
    struct fault f = {.path = "$.port", .message = "out of range", .hint = "0 to 65535"};
    assert_string_equal(fault_text(&f, text), "$.port: out of range; 0 to 65535");
    f.hint[0] = '\0';
    assert_string_equal(fault_text(&f, text), "$.port: out of range");
    f.is_warning = true;
    assert_string_equal(fault_text(&f, text), "$.port: warning: out of range");
}

static void test_longest_is_whole(void **state)
{
    (void)state;
    char text[FAULT_TEXT_MAX];
    struct fault f = {.is_warning = true};
    memset(f.path, 'p', sizeof f.path - 1);
    memset(f.message, 'm', sizeof f.message - 1);
    memset(f.hint, 'h', sizeof f.hint - 1);
    size_t n = strlen(f.path) + strlen(": warning: ") + strlen(f.message) + 2 + strlen(f.hint);
    assert_int_equal(strlen(fault_text(&f, text)), n);
}

static void test_print(void **state)
{
    (void)state;
    struct fault_list l = {0};
    char out[64 * FAULTS_MAX] = "", *last;
    FILE *f = fmemopen(out, sizeof out, "w");
    assert_non_null(f);
    for (int i = 0; i < FAULTS_MAX + 3; i++)
        fault_add(&l, "$.x", "wrong", "put %d", i);
    fault_print(&l, "box.json", f);
    assert_int_equal(fclose(f), 0);
    fault_free(&l);
    assert_memory_equal(out, "box.json: $.x: wrong; put 0\n", 28);
    last = strstr(out, "box.json: 3 more");
    assert_non_null(last);
    assert_string_equal(last, "box.json: 3 more faults not shown\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_longest_is_whole),
        cmocka_unit_test(test_print),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
