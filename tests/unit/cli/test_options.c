/* test_options.c - what a command line gives its subcommand, what it is refused for, and that help
 * is drawn from the same table. */
#include "bench/caught.h"
#include "cli/options.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct asked {
    const char *dir, *port;
    bool is_quiet;
    int argc;
    char *argv[8];
};

#define N_SPECS 4

static struct options options_of(struct asked *a, struct option_spec specs[N_SPECS])
{
    specs[0] = (struct option_spec){"--data", "DIR", "the data folder", &a->dir, NULL};
    specs[1] = (struct option_spec){"--port", "N", "default 8443", &a->port, NULL};
    specs[2] = (struct option_spec){"--quiet", NULL, "says less", NULL, &a->is_quiet};
    specs[3] = (struct option_spec){NULL, NULL, NULL, NULL, NULL};
    return (struct options){"list [WORD]", "Lists things.", specs};
}

/* "list --data x" becomes argv. */
static struct asked asked(char *line)
{
    struct asked a = {.argc = 0};
    for (char *w = strtok(line, " "); w != NULL; w = strtok(NULL, " "))
        a.argv[a.argc++] = w;
    return a;
}

static int read_options(struct asked *a)
{
    struct option_spec specs[N_SPECS];
    struct options o = options_of(a, specs);
    return options_read(&o, &a->argc, a->argv);
}

static void test_values_apart_and_joined(void **state)
{
    (void)state;
    char line[] = "list --data /d one --port=99 --quiet two";
    struct asked a = asked(line);
    assert_int_equal(read_options(&a), 0);
    assert_string_equal(a.dir, "/d");
    assert_string_equal(a.port, "99");
    assert_true(a.is_quiet);
    assert_int_equal(a.argc, 3);
    assert_string_equal(a.argv[1], "one");
    assert_string_equal(a.argv[2], "two");
}

static void test_absent_options_keep_their_defaults(void **state)
{
    (void)state;
    char line[] = "list";
    struct asked a = asked(line);
    a.port = "8443";
    assert_int_equal(read_options(&a), 0);
    assert_string_equal(a.port, "8443");
    assert_null(a.dir);
    assert_false(a.is_quiet);
}

static void test_last_of_two_counts_and_a_joined_value_may_be_empty(void **state)
{
    (void)state;
    char line[] = "list --port 1 --port=2 --data=";
    struct asked a = asked(line);
    assert_int_equal(read_options(&a), 0);
    assert_string_equal(a.port, "2");
    assert_string_equal(a.dir, "");
}

static void test_unknown_option_is_named(void **state)
{
    (void)state;
    char line[] = "list --dat /d";
    struct asked a = asked(line);
    struct caught c;
    caught_start(&c, stderr);
    int status = read_options(&a);
    char *said = caught_end(&c);
    assert_int_equal(status, 2);
    assert_non_null(strstr(said, "--dat\n"));
    assert_non_null(strstr(said, "usage: atalaya list [WORD]\n"));
    free(said);
}

static void test_missing_argument_is_named(void **state)
{
    (void)state;
    char line[] = "list --data";
    struct asked a = asked(line);
    struct caught c;
    caught_start(&c, stderr);
    int status = read_options(&a);
    char *said = caught_end(&c);
    assert_int_equal(status, 2);
    assert_non_null(strstr(said, "--data needs an argument: DIR"));
    free(said);
}

static void test_help_shows_every_option_of_the_table(void **state)
{
    (void)state;
    char line[] = "list --help --no-such-option";
    struct asked a = asked(line);
    struct caught c;
    caught_start(&c, stdout);
    int status = read_options(&a);
    char *said = caught_end(&c);
    assert_int_equal(status, 1);
    assert_non_null(strstr(said, "usage: atalaya list [WORD]"));
    assert_non_null(strstr(said, "--data DIR"));
    assert_non_null(strstr(said, "--port N"));
    assert_non_null(strstr(said, "--quiet "));
    free(said);
}

static int alone(char *line, bool *goes_on)
{
    struct asked a = asked(line);
    struct option_spec specs[N_SPECS];
    struct options o = options_of(&a, specs);
    struct caught out, err;
    int status = -1;
    caught_start(&out, stdout);
    caught_start(&err, stderr);
    *goes_on = options_alone(&o, &a.argc, a.argv, &status);
    free(caught_end(&err));
    free(caught_end(&out));
    return status;
}

static void test_alone_takes_no_words(void **state)
{
    (void)state;
    bool goes_on;
    char plain[] = "list --quiet", word[] = "list one", help[] = "list -h";
    (void)alone(plain, &goes_on);
    assert_true(goes_on);
    assert_int_equal(alone(word, &goes_on), 2);
    assert_false(goes_on);
    assert_int_equal(alone(help, &goes_on), 0);
    assert_false(goes_on);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_apart_and_joined),
        cmocka_unit_test(test_absent_options_keep_their_defaults),
        cmocka_unit_test(test_last_of_two_counts_and_a_joined_value_may_be_empty),
        cmocka_unit_test(test_unknown_option_is_named),
        cmocka_unit_test(test_missing_argument_is_named),
        cmocka_unit_test(test_help_shows_every_option_of_the_table),
        cmocka_unit_test(test_alone_takes_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
