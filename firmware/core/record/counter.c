/* counter.c - counters as arrays of signed numbers under a kind and a number. */
#include "core/record/counter.h"
#include "core/record/codec.h"
#include <string.h>

enum { KIND_TEAM = 1, KIND_DAY = 2, KIND_BUCKET = 3, KIND_TEXT = 4 };

#define NUMBERS_MAX 16
#define COUNTER_VERSION 1

#define N_NUMBERS(type) (sizeof(struct type) / sizeof(int64_t))
_Static_assert(sizeof(struct team_counter) <= NUMBERS_MAX * sizeof(int64_t), "room");
_Static_assert(sizeof(struct day_counter) <= NUMBERS_MAX * sizeof(int64_t), "room");

static struct record_key key_of(uint8_t kind, uint64_t number)
{
    struct record_key k = {.n = 9};
    k.b[0] = kind;
    for (size_t i = 0; i < 8; i++)
        k.b[8 - i] = (uint8_t)(number >> (8 * i));
    return k;
}

static uint64_t number_of(struct slice key)
{
    uint64_t v = 0;
    for (size_t i = 1; i < 9 && i < key.n; i++)
        v = v << 8 | (uint8_t)key.p[i];
    return v;
}

static enum err parse(struct slice v, int64_t *numbers, size_t n)
{
    struct unpack u = unpack_of(v);
    if (unpack_u8(&u) > COUNTER_VERSION)
        return ERR_VERSION;
    for (size_t i = 0; i < n; i++)
        numbers[i] = unpack_int(&u);
    return unpack_done(&u) ? ERR_OK : ERR_CORRUPT;
}

static enum err read_numbers(const struct tables *t, const struct record_key *k, int64_t *numbers,
                             size_t n)
{
    struct slice v;
    memset(numbers, 0, n * sizeof *numbers);
    enum err e = t->get(t->ctx, TABLE_COUNTER, record_key_slice(k), &v);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    return e == ERR_OK ? parse(v, numbers, n) : e;
}

static enum err write_numbers(const struct tables *t, const struct record_key *k,
                              const int64_t *numbers, size_t n)
{
    struct buf b;
    buf_init(&b, 0);
    pack_u8(&b, COUNTER_VERSION);
    for (size_t i = 0; i < n; i++)
        pack_int(&b, numbers[i]);
    enum err e = b.err;
    if (e == ERR_OK)
        e = t->put(t->ctx, TABLE_COUNTER, record_key_slice(k), buf_slice(&b));
    buf_fini(&b);
    return e;
}

static enum err add(const struct tables *t, struct record_key k, const void *delta, size_t n)
{
    int64_t numbers[NUMBERS_MAX], more[NUMBERS_MAX];
    memcpy(more, delta, n * sizeof *more);
    enum err e = read_numbers(t, &k, numbers, n);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < n; i++)
        numbers[i] += more[i];
    return write_numbers(t, &k, numbers, n);
}

static enum err load(const struct tables *t, struct record_key k, void *out, size_t n)
{
    int64_t numbers[NUMBERS_MAX];
    enum err e = read_numbers(t, &k, numbers, n);
    memcpy(out, numbers, n * sizeof *numbers);
    return e;
}

static uint64_t bucket_of(int64_t at_ms)
{
    return at_ms < 0 ? 0 : (uint64_t)(at_ms / COUNTER_BUCKET_MS);
}

enum err counter_team(const struct tables *t, uint16_t team, struct team_counter *out)
{
    return load(t, key_of(KIND_TEAM, team), out, N_NUMBERS(team_counter));
}

enum err counter_day(const struct tables *t, uint32_t day, struct day_counter *out)
{
    return load(t, key_of(KIND_DAY, day), out, N_NUMBERS(day_counter));
}

enum err counter_bucket(const struct tables *t, int64_t at_ms, struct bucket_counter *out)
{
    struct record_key k = key_of(KIND_BUCKET, bucket_of(at_ms));
    struct slice v;
    enum err e = t->get(t->ctx, TABLE_COUNTER, record_key_slice(&k), &v);
    return e == ERR_OK ? parse(v, (int64_t *)out, N_NUMBERS(bucket_counter)) : e;
}

enum err counter_text(const struct tables *t, uint64_t key, struct text_counter *out)
{
    return load(t, key_of(KIND_TEXT, key), out, N_NUMBERS(text_counter));
}

/* The first bucket at or after `from`: UINT64_MAX when there is none. */
static enum err first_bucket(const struct tables *t, uint64_t from, uint64_t *found)
{
    struct record_key k = key_of(KIND_BUCKET, from);
    struct slice key;
    enum err e = t->seek(t->ctx, TABLE_COUNTER, record_key_slice(&k), &key, NULL);
    *found = e == ERR_OK && key.n == k.n && (uint8_t)key.p[0] == KIND_BUCKET ? number_of(key)
                                                                             : UINT64_MAX;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Keys are found forwards only: halves what may still hold the last one. */
enum err counter_bucket_before(const struct tables *t, int64_t at_ms, int64_t *bucket_ms,
                               struct bucket_counter *out)
{
    uint64_t low, high = bucket_of(at_ms), found;
    enum err e = first_bucket(t, 0, &low);
    if (e != ERR_OK || low > high)
        return e == ERR_OK ? ERR_NOT_FOUND : e;
    while (low < high) {
        uint64_t middle = low + (high - low + 1) / 2;
        e = first_bucket(t, middle, &found);
        if (e != ERR_OK)
            return e;
        if (found <= high)
            low = found;
        else
            high = middle - 1;
    }
    *bucket_ms = (int64_t)low * COUNTER_BUCKET_MS;
    return counter_bucket(t, *bucket_ms, out);
}

enum err counter_add_team(const struct tables *t, uint16_t team, const struct team_counter *delta)
{
    return add(t, key_of(KIND_TEAM, team), delta, N_NUMBERS(team_counter));
}

enum err counter_add_day(const struct tables *t, uint32_t day, const struct day_counter *delta)
{
    return add(t, key_of(KIND_DAY, day), delta, N_NUMBERS(day_counter));
}

enum err counter_set_bucket(const struct tables *t, int64_t at_ms,
                            const struct bucket_counter *change)
{
    struct bucket_counter now;
    struct record_key k = key_of(KIND_BUCKET, bucket_of(at_ms));
    enum err e = load(t, k, &now, N_NUMBERS(bucket_counter));
    if (e != ERR_OK)
        return e;
    now.arrived += change->arrived;
    now.answered += change->answered;
    now.waiting = change->waiting;
    return write_numbers(t, &k, (const int64_t *)&now, N_NUMBERS(bucket_counter));
}

static enum err drop_kind(const struct tables *t, uint8_t kind, uint64_t before)
{
    for (;;) {
        struct record_key from = key_of(kind, 0), found = {.n = 9};
        struct slice key;
        enum err e = t->seek(t->ctx, TABLE_COUNTER, record_key_slice(&from), &key, NULL);
        if (e == ERR_NOT_FOUND)
            return ERR_OK;
        if (e != ERR_OK)
            return e;
        if (key.n != found.n || (uint8_t)key.p[0] != kind || number_of(key) >= before)
            return ERR_OK;
        memcpy(found.b, key.p, found.n);
        e = t->del(t->ctx, TABLE_COUNTER, record_key_slice(&found));
        if (e != ERR_OK)
            return e;
    }
}

/* Texts are keyed at random: all of the kind are walked, once a checkpoint. */
static enum err drop_texts(const struct tables *t, int64_t before_ms)
{
    struct record_key from = key_of(KIND_TEXT, 0);
    struct slice key, v;
    enum err e;
    while ((e = t->seek(t->ctx, TABLE_COUNTER, record_key_slice(&from), &key, &v)) == ERR_OK) {
        struct text_counter c;
        if (key.n != 9 || (uint8_t)key.p[0] != KIND_TEXT)
            return ERR_OK;
        memcpy(from.b, key.p, key.n);
        from.n = key.n;
        e = parse(v, (int64_t *)&c, N_NUMBERS(text_counter));
        if (e == ERR_OK && c.since_ms < before_ms)
            e = t->del(t->ctx, TABLE_COUNTER, record_key_slice(&from));
        if (e != ERR_OK)
            return e;
        from.b[from.n++] = 0;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err counter_set_text(const struct tables *t, uint64_t key, const struct text_counter *now)
{
    struct record_key k = key_of(KIND_TEXT, key);
    return write_numbers(t, &k, (const int64_t *)now, N_NUMBERS(text_counter));
}

enum err counter_drop_before(const struct tables *t, int64_t at_ms, uint32_t day)
{
    enum err e = drop_kind(t, KIND_BUCKET, bucket_of(at_ms));
    if (e == ERR_OK)
        e = drop_kind(t, KIND_DAY, day);
    return e == ERR_OK ? drop_texts(t, at_ms) : e;
}
