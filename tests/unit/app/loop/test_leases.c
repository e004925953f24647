/* test_leases.c - a claim begins with a fresh lease, goes on with each sign of work, and is asked
 * back when it has run out: once, and again only after a while. */
#include "app/loop/leases.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LEASE_MS 900000

static struct wall_numbers *claims(uint8_t n)
{
    struct wall_numbers *w = calloc(1, sizeof *w);
    w->lease_ms = LEASE_MS;
    for (uint8_t i = 0; i < n; i++) {
        w->claims[i].kase.b[0] = i;
        w->claims[i].kase.b[15] = 1;
        w->claims[i].person.b[15] = (uint8_t)(1 + i % 2);
    }
    w->n_claims = n;
    return w;
}

static size_t asked(struct box *b)
{
    void *items[8];
    size_t n = mailbox_take(b->to_writer, items, 8, 0);
    for (size_t i = 0; i < n; i++) {
        const struct job *j = items[i];
        assert_int_equal(j->items[0].command.type, CMD_LEASE_ENDED);
        job_free(items[i]);
    }
    return n;
}

static void test_what_runs_out_is_asked_back(void **state)
{
    (void)state;
    struct leases *l = calloc(1, sizeof *l);
    struct box *b = calloc(1, sizeof *b);
    struct wall_numbers *w = claims(2);
    struct id first = {.b[15] = 1};
    b->to_writer = mailbox_new(8);
    leases_take(l, w, 1000);
    leases_tick(l, b, 1000 + LEASE_MS - 1);
    assert_int_equal(asked(b), 0);
    leases_renew(l, first, LEASE_MS, 500000);
    leases_take(l, w, 600000);
    leases_tick(l, b, 1000 + LEASE_MS);
    assert_int_equal(asked(b), 1);
    leases_tick(l, b, 1001 + LEASE_MS);
    assert_int_equal(asked(b), 0);
    leases_tick(l, b, 500000 + LEASE_MS);
    assert_int_equal(asked(b), 2);
    w->n_claims = 0;
    leases_take(l, w, 2000000);
    leases_tick(l, b, 9000000);
    assert_int_equal(asked(b), 0);
    mailbox_free(b->to_writer);
    free(b);
    free(w);
    free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_runs_out_is_asked_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
