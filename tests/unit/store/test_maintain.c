/* test_maintain.c - verify, rebuild, checkpoints, backup and restore, by a toy apply. */
#include "core/record/apply.h"
#include "store/toy_store.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static void test_verify_and_checkpoint(void **state)
{
    struct store *s = open_store();
    struct maintain_diff d;
    struct store_error e;
    uint64_t seq, trim;
    uint8_t digest[32];
    unsigned dropped;
    struct store_txn *txn;
    (void)state;
    assert_int_equal(toy_event(s, 1, "one"), ERR_OK);
    assert_int_equal(maintain_checkpoint(s, &seq, &trim, digest, &e), ERR_OK);
    assert_int_equal(seq, 1);
    assert_int_equal(toy_event(s, 2, "two"), ERR_OK);
    assert_int_equal(maintain_checkpoint(s, &seq, &trim, digest, &e), ERR_OK);
    assert_int_equal(trim, 1);
    assert_int_equal(store_begin(s, &txn), ERR_OK);
    assert_int_equal(store_trim(txn, trim + 1, 100, &dropped), ERR_OK);
    assert_int_equal(dropped, 1);
    assert_int_equal(store_commit(txn), ERR_OK);
    assert_int_equal(toy_event(s, 3, "three"), ERR_OK);
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 0);
    assert_int_equal(d.n_records, 3);
    assert_int_equal(put(s, "stray", "1"), ERR_OK);
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 1);
    store_close(s);
    assert_int_equal(maintain_rebuild(dir, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 1);
    s = open_store();
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 0);
    store_close(s);
}

static void put_version(struct store *s, char version)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(s, &txn), ERR_OK);
    assert_int_equal(store_put(txn, TABLE_META, slice_of("apply_version"), slice_make(&version, 1)),
                     ERR_OK);
    assert_int_equal(store_commit(txn), ERR_OK);
}

static void test_tables_of_another_apply(void **state)
{
    (void)state;
    const struct store_options o = {.dir = dir};
    struct maintain_diff d;
    struct store_error e;
    struct store *s;
    assert_int_equal(store_open(&o, &s, &e), ERR_OK);
    assert_int_equal(store_apply_version(s), APPLY_VERSION);
    put_version(s, 1);
    store_close(s);
    assert_int_equal(store_open(&o, &s, &e), ERR_OK);
    assert_int_equal(store_apply_version(s), 1);
    store_close(s);
    assert_int_equal(maintain_rebuild(dir, apply_encoded, &d, &e), ERR_OK);
    assert_int_equal(store_open(&o, &s, &e), ERR_OK);
    assert_int_equal(store_apply_version(s), APPLY_VERSION);
    put_version(s, APPLY_VERSION + 1);
    store_close(s);
    assert_int_equal(store_open(&o, &s, &e), ERR_VERSION);
}

static enum err new_apply(const struct tables *t, uint64_t seq, struct slice event)
{
    (void)seq;
    return t->put(t->ctx, TABLE_CASE, event, slice_of("new"));
}

/* Two events, the first in a checkpoint, by tables of apply version 1. */
static void make_old_tables(bool is_trimmed)
{
    struct store *s = open_store();
    struct store_txn *txn;
    struct store_error e;
    uint64_t seq, trim;
    uint8_t digest[32];
    unsigned dropped;
    put_version(s, 1);
    store_close(s);
    s = open_store();
    assert_int_equal(toy_event(s, 1, "one"), ERR_OK);
    assert_int_equal(maintain_checkpoint(s, &seq, &trim, digest, &e), ERR_OK);
    assert_int_equal(toy_event(s, 2, "two"), ERR_OK);
    assert_int_equal(store_begin(s, &txn), ERR_OK);
    assert_int_equal(store_trim(txn, is_trimmed ? 2 : 0, 9, &dropped), ERR_OK);
    assert_int_equal(dropped, is_trimmed ? 1 : 0);
    assert_int_equal(store_commit(txn), ERR_OK);
    store_close(s);
}

static void assert_rebuilt(const char *one, const char *two)
{
    struct maintain_diff d;
    struct store_error e;
    char v[64];
    if (maintain_rebuild(dir, new_apply, &d, &e) != ERR_OK)
        fail_msg("%s", e.message);
    struct store *s = open_store();
    assert_int_equal(store_apply_version(s), APPLY_VERSION);
    assert_int_equal(get(s, "one", v), ERR_OK);
    assert_string_equal(v, one);
    assert_int_equal(get(s, "two", v), ERR_OK);
    assert_string_equal(v, two);
    assert_int_equal(maintain_verify(s, new_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 0);
    store_close(s);
}

static void test_a_checkpoint_of_another_apply_is_not_used(void **state)
{
    (void)state;
    make_old_tables(false);
    assert_rebuilt("new", "new");
}

/* What the journal no longer holds can only be taken as it stands. */
static void test_an_old_checkpoint_is_better_than_none(void **state)
{
    (void)state;
    make_old_tables(true);
    assert_rebuilt("v", "new");
}

static void spoil_checkpoint(uint64_t seq)
{
    char path[120], c = 'Z';
    snprintf(path, sizeof path, "%s/checkpoints/%020llu.ckpt", dir, (unsigned long long)seq);
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &c, 1, 45), 1);
    close(fd);
}

static void test_a_damaged_checkpoint_is_passed_over(void **state)
{
    struct store *s = open_store();
    struct maintain_diff d;
    struct store_error e;
    uint64_t seq, trim;
    uint8_t digest[32];
    (void)state;
    for (uint64_t i = 1; i <= 2; i++) {
        assert_int_equal(toy_event(s, i, i == 1 ? "one" : "two"), ERR_OK);
        assert_int_equal(maintain_checkpoint(s, &seq, &trim, digest, &e), ERR_OK);
    }
    spoil_checkpoint(2);
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_events, 1);
    assert_int_equal(d.n_different, 0);
    spoil_checkpoint(1);
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_events, 2);
    store_close(s);
}

/* A backup has no checkpoints: after the journal was trimmed it could neither be verified nor
 * rebuilt once it was restored. */
static void test_a_restored_box_can_be_rebuilt(void **state)
{
    struct maintain_diff d;
    struct store_error e;
    char copy[100];
    (void)state;
    snprintf(copy, sizeof copy, "%s/copy", dir);
    make_old_tables(true);
    struct store *s = open_store();
    assert_int_equal(maintain_backup(s, copy, &e), ERR_OK);
    store_close(s);
    if (maintain_restore(dir, copy, &e) != ERR_OK)
        fail_msg("%s", e.message);
    assert_rebuilt("v", "v");
    s = open_store();
    assert_int_equal(toy_event(s, 3, "three"), ERR_OK);
    assert_int_equal(maintain_verify(s, toy_apply, &d, &e), ERR_OK);
    assert_int_equal(d.n_different, 0);
    assert_int_equal(d.n_records, 3);
    assert_int_equal(maintain_restore(dir, copy, &e), ERR_BUSY);
    store_close(s);
}

static void assert_is_letter(const char *path)
{
    char bytes[8] = "";
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, bytes, sizeof bytes), 4);
    assert_memory_equal(bytes, "dear", 4);
    close(fd);
}

static void make_letter(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0644);
    assert_int_equal(write(fd, "dear", 4), 4);
    close(fd);
}

static void test_a_backup_is_its_owners_and_replaces_nothing(void **state)
{
    struct store *s = open_store();
    struct store_error e;
    struct stat st;
    char copy[100], other[100], linked[100], dangling[100], missing[100];
    (void)state;
    snprintf(copy, sizeof copy, "%s/copy", dir);
    snprintf(other, sizeof other, "%s/copy.new", dir);
    snprintf(linked, sizeof linked, "%s/linked", dir);
    snprintf(dangling, sizeof dangling, "%s/dangling", dir);
    snprintf(missing, sizeof missing, "%s/missing", dir);
    make_letter(other);
    assert_int_equal(symlink(other, linked), 0);
    assert_int_equal(symlink(missing, dangling), 0);
    mode_t mask = umask(0);
    assert_int_equal(maintain_backup(s, copy, &e), ERR_OK);
    (void)umask(mask);
    assert_int_equal(lstat(copy, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(maintain_backup(s, copy, &e), ERR_EXISTS);
    assert_int_equal(maintain_backup(s, linked, &e), ERR_EXISTS);
    assert_int_equal(maintain_backup(s, dangling, &e), ERR_EXISTS);
    assert_int_equal(lstat(dangling, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_not_equal(access(missing, F_OK), 0);
    assert_is_letter(other);
    store_close(s);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_verify_and_checkpoint),
        TEST(test_tables_of_another_apply),
        TEST(test_a_checkpoint_of_another_apply_is_not_used),
        TEST(test_an_old_checkpoint_is_better_than_none),
        TEST(test_a_damaged_checkpoint_is_passed_over),
        TEST(test_a_restored_box_can_be_rebuilt),
        TEST(test_a_backup_is_its_owners_and_replaces_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
