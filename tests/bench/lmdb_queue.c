/* lmdb_queue.c - the least that LMDB needs to be a durable queue: so many commits of 64 records of
 * 500 bytes each, the oldest 64 taken out, 5,000 waiting, the same flags as store.
 *
 * lmdb_queue DIR COMMITS prints: CPU us a record, commit us (p50), fdatasync us of one 4 KiB write
 * (p50), bytes handed to write() a record, records. */
#include <fcntl.h>
#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define BYTES 500
#define WAITING 5000
#define PROBES 50

static void check(int code, const char *what)
{
    if (code == MDB_SUCCESS)
        return;
    fprintf(stderr, "lmdb_queue: %s: %s\n", what, mdb_strerror(code));
    exit(1);
}

static double now_us(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double handed_bytes(void)
{
    char line[80];
    double n = 0;
    FILE *f = fopen("/proc/self/io", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        (void)sscanf(line, "wchar: %lf", &n);
    if (f != NULL)
        fclose(f);
    return n;
}

static MDB_val key_of(uint64_t n, uint8_t out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(n >> (56 - 8 * i));
    return (MDB_val){.mv_size = 8, .mv_data = out};
}

static void push(MDB_txn *txn, MDB_dbi dbi, uint64_t n)
{
    uint8_t key[8], value[BYTES];
    MDB_val k = key_of(n, key), v = {.mv_size = sizeof value, .mv_data = value};
    memset(value, (int)n, sizeof value);
    check(mdb_put(txn, dbi, &k, &v, 0), "put");
}

static void turn(MDB_env *env, MDB_dbi dbi, uint64_t *next)
{
    MDB_txn *txn;
    check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
    for (int i = 0; i < BATCH; i++, ++*next) {
        uint8_t key[8];
        push(txn, dbi, *next);
        if (*next >= WAITING) {
            MDB_val k = key_of(*next - WAITING, key);
            check(mdb_del(txn, dbi, &k, NULL), "delete");
        }
    }
    check(mdb_txn_commit(txn), "commit");
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(double *list, size_t n)
{
    qsort(list, n, sizeof *list, by_size);
    return list[n / 2];
}

static double probe_sync(const char *dir)
{
    static const char page[4096];
    char path[4200];
    double us[PROBES];
    (void)snprintf(path, sizeof path, "%s/probe", dir);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    if (fd < 0)
        exit(1);
    for (int i = 0; i < PROBES; i++) {
        double from = now_us(CLOCK_MONOTONIC);
        if (pwrite(fd, page, sizeof page, 0) != (ssize_t)sizeof page || fdatasync(fd) != 0)
            exit(1);
        us[i] = now_us(CLOCK_MONOTONIC) - from;
    }
    close(fd);
    return middle(us, PROBES);
}

int main(int argc, char **argv)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    uint64_t next = 0;
    if (argc != 3)
        return 2;
    size_t n = strtoul(argv[2], NULL, 10);
    double *us = calloc(n + 1, sizeof *us);
    check(mdb_env_create(&env), "create");
    check(mdb_env_set_mapsize(env, (size_t)1 << 30), "map");
    check(mdb_env_open(env, argv[1], MDB_NOTLS | MDB_NOMEMINIT | MDB_NORDAHEAD, 0600), "open");
    check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
    check(mdb_dbi_open(txn, NULL, 0, &dbi), "table");
    check(mdb_txn_commit(txn), "commit");
    while (next < WAITING)
        turn(env, dbi, &next);
    double cpu = now_us(CLOCK_PROCESS_CPUTIME_ID), bytes = handed_bytes();
    for (size_t i = 0; i < n; i++) {
        double from = now_us(CLOCK_MONOTONIC);
        turn(env, dbi, &next);
        us[i] = now_us(CLOCK_MONOTONIC) - from;
    }
    double records = (double)(n * BATCH);
    cpu = (now_us(CLOCK_PROCESS_CPUTIME_ID) - cpu) / records;
    bytes = (handed_bytes() - bytes) / records;
    printf("%.3f %.1f %.1f %.1f %.0f\n", cpu, middle(us, n), probe_sync(argv[1]), bytes, records);
    mdb_env_close(env);
    free(us);
    return 0;
}
