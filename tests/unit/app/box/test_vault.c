/* test_vault.c - notes as they lie on the disk: the layout of today, the one before it, one to
 * come. */
#include "app/box/vault.h"
#include "base/pack.h"
#include "base/seal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct id kase = {{7}}, person = {{9}};

struct bench {
    char dir[64];
    struct box box;
    struct store_txn *txn;
    struct buf plain;
};

static int set_up(void **state)
{
    static struct config c;
    struct bench *x = calloc(1, sizeof *x);
    char message[240];
    snprintf(x->dir, sizeof x->dir, "build/test-vault-XXXXXX");
    config_default(&c);
    if (mkdtemp(x->dir) == NULL)
        return -1;
    snprintf(c.data, sizeof c.data, "%s", x->dir);
    buf_init(&x->plain, 0);
    *state = x;
    return box_open(&x->box, &c, message) == ERR_OK && store_begin(x->box.store, &x->txn) == ERR_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    struct bench *x = *state;
    char file[100];
    store_abort(x->txn);
    box_close(&x->box);
    buf_fini(&x->plain);
    static const char *const names[] = {"atalaya.mdb", "atalaya.mdb-lock", "lock"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(file, sizeof file, "%s/%s", x->dir, names[i]);
        (void)unlink(file);
    }
    (void)rmdir(x->dir);
    free(x);
    return 0;
}

/* A record as a program of another version wrote it: its version, and eight texts. */
static void put_raw(struct bench *x, uint8_t version, uint64_t seq, const char *text)
{
    char key[25] = {VAULT_NOTE};
    struct buf plain, sealed;
    memcpy(key + 1, kase.b, 16);
    for (int i = 0; i < 8; i++)
        key[17 + i] = (char)(seq >> (56 - 8 * i));
    buf_init(&plain, 0);
    buf_init(&sealed, 0);
    pack_u8(&plain, version);
    for (int i = 0; i < 8; i++)
        pack_bytes(&plain, slice_of(i == 0 ? text : i == 5 ? "open_ticket" : ""));
    const struct slice k = slice_make(key, sizeof key);
    assert_int_equal(seal_close(x->box.vault_key, k, buf_slice(&plain), &sealed), ERR_OK);
    assert_int_equal(store_put(x->txn, TABLE_VAULT, k, buf_slice(&sealed)), ERR_OK);
    buf_fini(&plain);
    buf_fini(&sealed);
}

static void put(struct bench *x, uint64_t seq, const char *text)
{
    const struct vault_note n = {.text = slice_of(text),
                                 .word = slice_of("w"),
                                 .action = slice_of("note"),
                                 .person = person,
                                 .at_ms = 1234};
    assert_int_equal(vault_put_note(&x->box, x->txn, kase, seq, &n), ERR_OK);
}

static void test_a_note_has_who_when_and_with_what(void **state)
{
    struct bench *x = *state;
    struct vault_note n;
    uint64_t seq = 0;
    put(x, 258, "hola");
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_OK);
    assert_int_equal(seq, 258);
    assert_true(slice_eq_z(n.text, "hola") && slice_eq_z(n.word, "w"));
    assert_true(slice_eq_z(n.action, "note") && id_eq(n.person, person));
    assert_int_equal(n.at_ms, 1234);
    seq++;
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_NOT_FOUND);
}

static void test_notes_of_a_case_come_in_order_and_no_others(void **state)
{
    struct bench *x = *state;
    const struct id next = {{8}};
    const struct vault_note other = {.text = slice_of("not this one"), .at_ms = 1};
    struct vault_note n;
    uint64_t seq = 0;
    put(x, 300, "c");
    put(x, 2, "a");
    put(x, 255, "b");
    assert_int_equal(vault_put_note(&x->box, x->txn, next, 1, &other), ERR_OK);
    for (const char *want = "abc"; *want != '\0'; want++, seq++) {
        assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_OK);
        assert_true(n.text.n == 1 && n.text.p[0] == *want);
    }
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_NOT_FOUND);
}

static void test_an_old_note_has_its_text_and_the_time_of_its_batch(void **state)
{
    struct bench *x = *state;
    const struct store_batch batch = {
        .first_seq = 1, .n_events = 5, .at_ms = 777, .events = slice_of("?")};
    struct vault_note n;
    uint64_t seq = 0;
    assert_int_equal(store_append(x->txn, &batch), ERR_OK);
    put_raw(x, 1, 3, "vieja");
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_OK);
    assert_true(slice_eq_z(n.text, "vieja") && slice_eq_z(n.word, "open_ticket"));
    assert_true(n.action.n == 0 && id_is_none(n.person));
    assert_int_equal(n.at_ms, 777);
    put_raw(x, 1, 2, "");
    put_raw(x, 1, 9, "beyond the journal");
    seq = 4;
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_OK);
    assert_int_equal(n.at_ms, 0);
}

static void test_a_newer_layout_is_not_guessed_at(void **state)
{
    struct bench *x = *state;
    struct vault_note n;
    uint64_t seq = 0;
    put_raw(x, 3, 3, "nueva");
    assert_int_equal(vault_next_note(&x->box, x->txn, kase, &seq, &x->plain, &n), ERR_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_note_has_who_when_and_with_what, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_notes_of_a_case_come_in_order_and_no_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_an_old_note_has_its_text_and_the_time_of_its_batch,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_newer_layout_is_not_guessed_at, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}
