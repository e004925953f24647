/* ram_tables.c - sorted arrays; an undo log for savepoints. */
#include "bench/ram_tables.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *key, *value;
    size_t n_key, n_value;
};

struct list {
    struct entry *items;
    size_t n, cap;
};

struct undo {
    enum table table;
    bool had;
    struct entry old; /* key and, when had, the value before */
};

struct ram {
    struct list lists[TABLE_N];
    struct undo *undo;
    size_t n_undo, cap_undo;
    bool is_saving;
};

static char *copy(struct slice s)
{
    char *p = malloc(s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return p;
}

static size_t lower(const struct list *l, struct slice key)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (slice_cmp(slice_make(l->items[mid].key, l->items[mid].n_key), key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool is_at(const struct list *l, size_t i, struct slice key)
{
    return i < l->n && slice_eq(slice_make(l->items[i].key, l->items[i].n_key), key);
}

static void save(struct ram *r, enum table t, struct slice key, const struct entry *old)
{
    if (!r->is_saving)
        return;
    if (r->n_undo == r->cap_undo) {
        r->cap_undo = r->cap_undo * 2 + 64;
        r->undo = realloc(r->undo, r->cap_undo * sizeof *r->undo);
    }
    struct undo *u = &r->undo[r->n_undo++];
    *u = (struct undo){.table = t, .had = old != NULL};
    u->old = (struct entry){.key = copy(key), .n_key = key.n};
    if (old != NULL) {
        u->old.value = copy(slice_make(old->value, old->n_value));
        u->old.n_value = old->n_value;
    }
}

static enum err ram_get(void *ctx, enum table t, struct slice key, struct slice *value)
{
    struct list *l = &((struct ram *)ctx)->lists[t];
    size_t i = lower(l, key);
    if (!is_at(l, i, key))
        return ERR_NOT_FOUND;
    if (value != NULL)
        *value = slice_make(l->items[i].value, l->items[i].n_value);
    return ERR_OK;
}

static enum err ram_seek(void *ctx, enum table t, struct slice from, struct slice *key, struct slice *value)
{
    struct list *l = &((struct ram *)ctx)->lists[t];
    size_t i = lower(l, from);
    if (i == l->n)
        return ERR_NOT_FOUND;
    *key = slice_make(l->items[i].key, l->items[i].n_key);
    if (value != NULL)
        *value = slice_make(l->items[i].value, l->items[i].n_value);
    return ERR_OK;
}

static enum err ram_put(void *ctx, enum table t, struct slice key, struct slice value)
{
    struct ram *r = ctx;
    struct list *l = &r->lists[t];
    size_t i = lower(l, key);
    char *v = copy(value);
    if (is_at(l, i, key)) {
        save(r, t, key, &l->items[i]);
        free(l->items[i].value);
        l->items[i].value = v;
        l->items[i].n_value = value.n;
        return ERR_OK;
    }
    save(r, t, key, NULL);
    if (l->n == l->cap) {
        l->cap = l->cap * 2 + 16;
        l->items = realloc(l->items, l->cap * sizeof *l->items);
    }
    memmove(&l->items[i + 1], &l->items[i], (l->n - i) * sizeof *l->items);
    l->items[i] = (struct entry){.key = copy(key), .n_key = key.n, .value = v, .n_value = value.n};
    l->n++;
    return ERR_OK;
}

static enum err ram_del(void *ctx, enum table t, struct slice key)
{
    struct ram *r = ctx;
    struct list *l = &r->lists[t];
    size_t i = lower(l, key);
    if (!is_at(l, i, key))
        return ERR_NOT_FOUND;
    save(r, t, key, &l->items[i]);
    struct entry gone = l->items[i];
    memmove(&l->items[i], &l->items[i + 1], (l->n - i - 1) * sizeof *l->items);
    l->n--;
    free(gone.key);
    free(gone.value);
    return ERR_OK;
}

struct ram *ram_new(void)
{
    return calloc(1, sizeof(struct ram));
}

static void drop_undo(struct ram *r)
{
    for (size_t i = 0; i < r->n_undo; i++) {
        free(r->undo[i].old.key);
        free(r->undo[i].old.value);
    }
    r->n_undo = 0;
}

void ram_free(struct ram *r)
{
    for (int t = 0; t < TABLE_N; t++) {
        for (size_t i = 0; i < r->lists[t].n; i++) {
            free(r->lists[t].items[i].key);
            free(r->lists[t].items[i].value);
        }
        free(r->lists[t].items);
    }
    drop_undo(r);
    free(r->undo);
    free(r);
}

struct tables ram_tables(struct ram *r)
{
    return (struct tables){.ctx = r, .get = ram_get, .seek = ram_seek, .put = ram_put, .del = ram_del};
}

void ram_begin(struct ram *r)
{
    drop_undo(r);
    r->is_saving = true;
}

void ram_commit(struct ram *r)
{
    drop_undo(r);
    r->is_saving = false;
}

void ram_abort(struct ram *r)
{
    r->is_saving = false;
    for (size_t i = r->n_undo; i-- > 0;) {
        const struct undo *u = &r->undo[i];
        struct slice key = slice_make(u->old.key, u->old.n_key);
        if (u->had)
            (void)ram_put(r, u->table, key, slice_make(u->old.value, u->old.n_value));
        else
            (void)ram_del(r, u->table, key);
    }
    drop_undo(r);
}

size_t ram_count(const struct ram *r, enum table t)
{
    return r->lists[t].n;
}

static bool same(const struct entry *a, const struct entry *b)
{
    return slice_eq(slice_make(a->key, a->n_key), slice_make(b->key, b->n_key)) &&
           slice_eq(slice_make(a->value, a->n_value), slice_make(b->value, b->n_value));
}

const char *ram_difference(const struct ram *a, const struct ram *b, char out[200])
{
    for (int t = 0; t < TABLE_N; t++) {
        const struct list *x = &a->lists[t], *y = &b->lists[t];
        for (size_t i = 0; i < x->n || i < y->n; i++)
            if (i >= x->n || i >= y->n || !same(&x->items[i], &y->items[i])) {
                (void)snprintf(out, 200, "table %s differs at entry %zu (%zu and %zu entries)",
                               table_name((enum table)t), i, x->n, y->n);
                return out;
            }
    }
    return NULL;
}
