/* test_store.c - records, batches, the lock, failing disks, the reader barrier, compaction. */
#include "store/toy_store.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>

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

static int healthy(void **state)
{
    failing_errno = sync_errno = 0;
    return setup(state);
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

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, healthy, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_records),    TEST(test_lock),           TEST(test_journal),
        TEST(test_disk_full),  TEST(test_disk_broken),    TEST(test_read_only_disk),
        TEST(test_sync_fails), TEST(test_corrupt_record), TEST(test_bad_input_is_no_fault),
        TEST(test_barrier),    TEST(test_compact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
