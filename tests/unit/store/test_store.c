/* test_store.c - records, batches, the lock, failing disks, the reader barrier, compaction. */
#include "base/pack.h"
#include "core/record/apply.h"
#include "store/maintain.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

/* The disk, made to fail: linked in place of libc's for LMDB's calls. */
static int failing_errno;
static int sync_errno;
ssize_t __real_pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t __real_writev(int fd, const struct iovec *v, int n);
int __real_fdatasync(int fd);
ssize_t __wrap_pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t __wrap_writev(int fd, const struct iovec *v, int n);
int __wrap_fdatasync(int fd);

ssize_t __wrap_pwrite(int fd, const void *p, size_t n, off_t at)
{
    if (failing_errno == 0)
        return __real_pwrite(fd, p, n, at);
    errno = failing_errno;
    return -1;
}

ssize_t __wrap_writev(int fd, const struct iovec *v, int n)
{
    if (failing_errno == 0)
        return __real_writev(fd, v, n);
    errno = failing_errno;
    return -1;
}

int __wrap_fdatasync(int fd)
{
    if (sync_errno == 0)
        return __real_fdatasync(fd);
    errno = sync_errno;
    return -1;
}

static char dir[64];

static int setup(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/atalaya-store-XXXXXX");
    failing_errno = sync_errno = 0;
    return mkdtemp(dir) == NULL;
}

static int teardown(void **state)
{
    char command[120];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) != 0;
}

static struct store *open_store(void)
{
    const struct store_options o = {.dir = dir};
    struct store_error e;
    struct store *s;
    if (store_open(&o, &s, &e) != ERR_OK)
        fail_msg("%s", e.message);
    return s;
}

static enum err put(struct store *s, const char *key, const char *value)
{
    struct store_txn *txn;
    enum err e = store_begin(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_put(txn, TABLE_CASE, slice_of(key), slice_of(value));
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static enum err get(struct store *s, const char *key, char out[64])
{
    struct store_txn *txn;
    struct slice v;
    enum err e = store_read(s, &txn);
    if (e != ERR_OK)
        return e;
    e = store_get(txn, TABLE_CASE, slice_of(key), &v);
    if (e == ERR_OK)
        slice_copy_z(v, out, 64);
    store_read_end(txn);
    return e;
}

static void test_records(void **state)
{
    struct store *s = open_store();
    char v[64];
    (void)state;
    assert_int_equal(put(s, "a", "1"), ERR_OK);
    assert_int_equal(put(s, "b", ""), ERR_OK);
    assert_int_equal(get(s, "a", v), ERR_OK);
    assert_string_equal(v, "1");
    assert_int_equal(get(s, "b", v), ERR_OK);
    assert_int_equal(get(s, "c", v), ERR_NOT_FOUND);
    struct id box = store_box_id(s);
    store_close(s);
    s = open_store();
    assert_true(id_eq(box, store_box_id(s)));
    assert_int_equal(get(s, "a", v), ERR_OK);
    store_close(s);
}

static void test_lock(void **state)
{
    struct store *s = open_store(), *other;
    const struct store_options o = {.dir = dir};
    struct store_error e;
    (void)state;
    assert_int_equal(store_open(&o, &other, &e), ERR_BUSY);
    assert_non_null(strstr(e.message, dir));
    store_close(s);
}

static enum err append(struct store *s, uint64_t first, uint32_t n)
{
    struct store_txn *txn;
    const struct store_batch b = {
        .first_seq = first, .n_events = n, .at_ms = 5, .events = slice_of("xxxx")};
    enum err e = store_begin(s, &txn);
    if (e == ERR_OK)
        e = store_append(txn, &b);
    if (e != ERR_OK) {
        store_abort(txn);
        return e;
    }
    return store_commit(txn);
}

static void test_journal(void **state)
{
    struct store *s = open_store();
    struct store_txn *txn;
    struct store_batch b;
    unsigned dropped;
    uint64_t last;
    (void)state;
    assert_int_equal(append(s, 2, 1), ERR_INVALID);
    assert_int_equal(append(s, 1, 3), ERR_OK);
    assert_int_equal(append(s, 4, 2), ERR_OK);
    assert_int_equal(append(s, 4, 2), ERR_INVALID);
    assert_int_equal(store_begin(s, &txn), ERR_OK);
    assert_int_equal(store_batch_at(txn, 5, &b), ERR_OK);
    assert_int_equal(b.first_seq, 4);
    assert_int_equal(store_batch_at(txn, 6, &b), ERR_NOT_FOUND);
    assert_int_equal(store_trim(txn, 100, 10, &dropped), ERR_OK);
    assert_int_equal(dropped, 2);
    assert_int_equal(store_last_seq(txn, &last), ERR_OK);
    assert_int_equal(last, 5);
    assert_int_equal(store_commit(txn), ERR_OK);
    assert_int_equal(append(s, 6, 1), ERR_OK);
    store_close(s);
}

static void fails_and_heals(int *which, int value, enum err code)
{
    struct store *s = open_store();
    char v[64];
    assert_int_equal(put(s, "before", "1"), ERR_OK);
    *which = value;
    assert_int_not_equal(put(s, "during", "1"), ERR_OK);
    struct store_fault f = store_fault_now(s);
    assert_int_equal(f.code, code);
    assert_true(f.what[0] != '\0');
    assert_int_equal(get(s, "before", v), ERR_OK);
    assert_int_equal(get(s, "during", v), ERR_NOT_FOUND);
    assert_int_not_equal(store_probe(s), ERR_OK);
    *which = 0;
    assert_int_equal(store_reopen(s, 1000), ERR_OK);
    assert_int_equal(store_fault_now(s).code, code);
    assert_int_equal(store_probe(s), ERR_OK);
    assert_int_equal(store_fault_now(s).code, ERR_OK);
    assert_int_equal(put(s, "after", "1"), ERR_OK);
    assert_int_equal(get(s, "before", v), ERR_OK);
    assert_int_equal(get(s, "after", v), ERR_OK);
    store_close(s);
}

static void test_disk_full(void **state)
{
    (void)state;
    fails_and_heals(&failing_errno, ENOSPC, ERR_FULL);
}

static void test_disk_broken(void **state)
{
    (void)state;
    fails_and_heals(&failing_errno, EIO, ERR_IO);
}

static void test_read_only_disk(void **state)
{
    (void)state;
    fails_and_heals(&failing_errno, EROFS, ERR_READ_ONLY);
}

static void test_sync_fails(void **state)
{
    (void)state;
    fails_and_heals(&sync_errno, EIO, ERR_IO);
}

static void test_corrupt_record(void **state)
{
    struct store *s = open_store();
    char path[100], v[64], *bytes = malloc(1 << 20);
    (void)state;
    assert_int_equal(put(s, "spoiled", "needle-in-the-file"), ERR_OK);
    assert_int_equal(put(s, "sound", "1"), ERR_OK);
    store_close(s);
    snprintf(path, sizeof path, "%s/atalaya.mdb", dir);
    int fd = open(path, O_RDWR);
    ssize_t n = pread(fd, bytes, 1 << 20, 0);
    for (ssize_t i = 0; i + 18 < n; i++)
        if (memcmp(bytes + i, "needle-in-the-file", 18) == 0)
            assert_int_equal(__real_pwrite(fd, "N", 1, i), 1);
    close(fd);
    free(bytes);
    s = open_store();
    assert_int_equal(get(s, "spoiled", v), ERR_CORRUPT);
    assert_int_equal(get(s, "sound", v), ERR_OK);
    assert_int_equal(put(s, "more", "1"), ERR_OK);
    assert_int_equal(store_fault_now(s).code, ERR_CORRUPT);
    store_close(s);
}

static void test_bad_input_is_no_fault(void **state)
{
    struct store *s = open_store();
    char key[600];
    (void)state;
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = 0;
    assert_int_equal(put(s, key, "1"), ERR_TOO_LONG);
    assert_int_equal(store_fault_now(s).code, ERR_OK);
    store_close(s);
}

static void test_barrier(void **state)
{
    struct store *s = open_store();
    struct store_txn *reader;
    (void)state;
    assert_int_equal(store_read(s, &reader), ERR_OK);
    assert_int_equal(store_reopen(s, 10), ERR_BUSY);
    store_read_end(reader);
    assert_int_equal(store_reopen(s, 10), ERR_OK);
    store_close(s);
}

static void test_compact(void **state)
{
    struct store *s = open_store();
    struct store_txn *txn;
    char path[100], *bytes = malloc(1 << 20), v[64];
    bool is_there = false;
    (void)state;
    assert_int_equal(put(s, "secret", "zq-unique-needle-zq"), ERR_OK);
    assert_int_equal(put(s, "other", "1"), ERR_OK);
    assert_int_equal(store_begin(s, &txn), ERR_OK);
    assert_int_equal(store_del(txn, TABLE_CASE, slice_of("secret")), ERR_OK);
    assert_int_equal(store_commit(txn), ERR_OK);
    assert_int_equal(store_compact(s, 1000), ERR_OK);
    assert_int_equal(get(s, "other", v), ERR_OK);
    store_close(s);
    snprintf(path, sizeof path, "%s/atalaya.mdb", dir);
    int fd = open(path, O_RDONLY);
    ssize_t n = pread(fd, bytes, 1 << 20, 0);
    for (ssize_t i = 0; i + 19 < n; i++)
        is_there = is_there || memcmp(bytes + i, "zq-unique-needle-zq", 19) == 0;
    close(fd);
    free(bytes);
    assert_false(is_there);
}

static enum err toy_apply(const struct tables *t, uint64_t seq, struct slice event)
{
    (void)seq;
    return t->put(t->ctx, TABLE_CASE, event, slice_of("v"));
}

static enum err toy_event(struct store *s, uint64_t seq, const char *name)
{
    struct store_txn *txn;
    struct buf events;
    buf_init(&events, 0);
    pack_bytes(&events, slice_of(name));
    const struct store_batch b = {.first_seq = seq, .n_events = 1, .events = buf_slice(&events)};
    enum err e = store_begin(s, &txn);
    struct tables t = store_tables(txn);
    if (e == ERR_OK)
        e = toy_apply(&t, seq, slice_of(name));
    if (e == ERR_OK)
        e = store_append(txn, &b);
    buf_fini(&events);
    return e == ERR_OK ? store_commit(txn) : e;
}

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
    assert_int_equal(__real_pwrite(fd, &c, 1, 45), 1);
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

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_records),
        TEST(test_lock),
        TEST(test_journal),
        TEST(test_disk_full),
        TEST(test_disk_broken),
        TEST(test_read_only_disk),
        TEST(test_sync_fails),
        TEST(test_corrupt_record),
        TEST(test_bad_input_is_no_fault),
        TEST(test_barrier),
        TEST(test_compact),
        TEST(test_verify_and_checkpoint),
        TEST(test_tables_of_another_apply),
        TEST(test_a_checkpoint_of_another_apply_is_not_used),
        TEST(test_an_old_checkpoint_is_better_than_none),
        TEST(test_a_damaged_checkpoint_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
