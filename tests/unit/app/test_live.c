/* test_live.c - live.md lists every command and every refusal of the wire, and no other refusal. */
#include "base/file.h"
#include "core/record/verdict.h"
#include "core/rules/life.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COMMANDS "\n## Commands\n"
#define REFUSALS "\n## Refusals\n"

/* The section of live.md, or a text with no row. */
static const char *section(struct buf *page, const char *head)
{
    buf_init(page, 0);
    assert_int_equal(file_read("firmware/app/live.md", page), ERR_OK);
    buf_add_char(page, '\0');
    char *from = strstr(page->p, head);
    assert_non_null(from);
    char *end = strstr(from + strlen(head), "\n## ");
    if (end != NULL)
        *end = '\0';
    return from;
}

static void test_commands(void **state)
{
    (void)state;
    struct buf page;
    const char *text = section(&page, COMMANDS);
    for (unsigned a = 0; a < DO_N; a++) {
        const struct life_rule *r = life_rule((enum action)a);
        char word[64];
        if (r == NULL)
            continue;
        snprintf(word, sizeof word, "`%s` ", r->word);
        if (strstr(text, word) == NULL)
            fail_msg("live.md has no row of the command %s", r->word);
    }
    buf_fini(&page);
}

static void test_refusals(void **state)
{
    (void)state;
    struct buf page;
    const char *text = section(&page, REFUSALS);
    size_t n_rows = 0;
    for (int r = 0; r < REFUSAL_N; r++) {
        char row[64];
        snprintf(row, sizeof row, "\n| `%s` |", refusal_word((enum refusal)r));
        if (r != REFUSAL_NONE && strstr(text, row) == NULL)
            fail_msg("live.md has no row of the refusal %s", refusal_word((enum refusal)r));
    }
    for (const char *p = text; (p = strstr(p, "\n| `")) != NULL; p++)
        n_rows++;
    assert_int_equal(n_rows, REFUSAL_N - 1);
    buf_fini(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
