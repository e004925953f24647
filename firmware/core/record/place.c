/* place.c - indices follow the record: what was there goes, what is there now comes, equal keys
 * stay untouched. */
#include "core/record/place.h"
#include "base/pack.h"
#include "core/record/counter.h"
#include <string.h>

struct index_key {
    enum table table;
    bool has;
    struct record_key key;
};

static struct index_key place_key(const struct case_rec *c)
{
    switch (c->place) {
    case PLACE_QUEUE:
        return (struct index_key){TABLE_QUEUE, true, key_queue(c->team, c->rank_ms, c->id)};
    case PLACE_PARKED:
        return (struct index_key){TABLE_PARKED, true, key_time(c->place_ms, c->id)};
    default:
        return (struct index_key){TABLE_DONE, true, key_time(c->place_ms, c->id)};
    }
}

static struct index_key timer_key(const struct case_rec *c)
{
    int64_t next_ms = case_next_crossing(c);
    return (struct index_key){TABLE_TIMER, next_ms != INT64_MAX, key_time(next_ms, c->id)};
}

static struct index_key waiting_key(const struct case_rec *c)
{
    return (struct index_key){TABLE_WAITING, case_is_waiting(c), key_time(c->at_ms, c->id)};
}

static bool same_key(const struct index_key *a, const struct index_key *b)
{
    return a->has == b->has && a->table == b->table && a->key.n == b->key.n &&
           memcmp(a->key.b, b->key.b, a->key.n) == 0;
}

static enum err move_key(const struct tables *t, const struct case_rec *old,
                         const struct case_rec *now,
                         struct index_key (*key_of)(const struct case_rec *))
{
    struct index_key a = {.has = false}, b = {.has = false};
    enum err e = ERR_OK;
    if (old != NULL)
        a = key_of(old);
    if (now != NULL)
        b = key_of(now);
    if (a.has && b.has && same_key(&a, &b))
        return ERR_OK;
    if (a.has)
        e = t->del(t->ctx, a.table, record_key_slice(&a.key));
    if (e == ERR_OK && b.has)
        e = t->put(t->ctx, b.table, record_key_slice(&b.key), slice_make(NULL, 0));
    return e;
}

static enum err put_claim(const struct tables *t, const struct case_rec *old,
                          const struct case_rec *now, int64_t at_ms)
{
    struct id before = old != NULL ? old->claimant : (struct id){{0}};
    struct id after = now != NULL ? now->claimant : (struct id){{0}};
    struct record_key k = key_case(now != NULL ? now->id : old->id);
    if (id_eq(before, after))
        return ERR_OK;
    if (id_is_none(after))
        return t->del(t->ctx, TABLE_CLAIM, record_key_slice(&k));
    struct buf b;
    buf_init(&b, 0);
    record_put_claim(&b, &(struct claim_rec){after, at_ms});
    enum err e =
        b.err != ERR_OK ? b.err : t->put(t->ctx, TABLE_CLAIM, record_key_slice(&k), buf_slice(&b));
    buf_fini(&b);
    return e;
}

static void count(struct team_counter *n, const struct case_rec *c, int64_t sign)
{
    enum phase phase = c->place == PLACE_QUEUE ? case_phase(c) : PHASE_CALM;
    n->waiting += case_is_waiting(c) ? sign : 0;
    n->soon += phase == PHASE_SOON ? sign : 0;
    n->at_risk += phase == PHASE_RISK ? sign : 0;
    n->late += phase == PHASE_LATE ? sign : 0;
    n->follow_ups += c->owes_follow_up && c->place != PLACE_DONE ? sign : 0;
    n->queued += c->place == PLACE_QUEUE ? sign : 0;
    n->parked += c->place == PLACE_PARKED ? sign : 0;
    n->done += c->place == PLACE_DONE ? sign : 0;
    n->claimed += !id_is_none(c->claimant) ? sign : 0;
}

static bool is_zero(const struct team_counter *n)
{
    static const struct team_counter zero;
    return memcmp(n, &zero, sizeof zero) == 0;
}

static enum err add_team(const struct tables *t, uint16_t team, const struct team_counter *n)
{
    return is_zero(n) ? ERR_OK : counter_add_team(t, team, n);
}

static enum err put_counts(const struct tables *t, const struct case_rec *old,
                           const struct case_rec *now, bool *waiting_moved)
{
    struct team_counter before = {0}, after = {0}, all = {0};
    if (old != NULL) {
        count(&before, old, -1);
        count(&all, old, -1);
    }
    if (now != NULL) {
        count(old != NULL && old->team == now->team ? &before : &after, now, 1);
        count(&all, now, 1);
    }
    *waiting_moved = all.waiting != 0;
    enum err e = old != NULL ? add_team(t, old->team, &before) : ERR_OK;
    if (e == ERR_OK && now != NULL)
        e = add_team(t, now->team, &after);
    return e == ERR_OK ? add_team(t, COUNTER_TEAM_ALL, &all) : e;
}

enum err place_trend(const struct tables *t, int64_t at_ms, int64_t arrived, int64_t answered)
{
    struct team_counter all;
    enum err e = counter_team(t, COUNTER_TEAM_ALL, &all);
    struct bucket_counter change = {
        .arrived = arrived, .answered = answered, .waiting = all.waiting};
    return e == ERR_OK ? counter_set_bucket(t, at_ms, &change) : e;
}

static enum err put_customer(const struct tables *t, const struct customer_rec *rec, struct id id)
{
    struct record_key k = key_case(id);
    struct buf b;
    buf_init(&b, 0);
    record_put_customer(&b, rec);
    enum err e = b.err != ERR_OK
                     ? b.err
                     : t->put(t->ctx, TABLE_CUSTOMER, record_key_slice(&k), buf_slice(&b));
    buf_fini(&b);
    return e;
}

/* The customer's open case follows the case's end and its return. */
static enum err follow_customer(const struct tables *t, const struct case_rec *old,
                                const struct case_rec *now)
{
    bool was_done = old != NULL && old->place == PLACE_DONE;
    bool is_done = now->place == PLACE_DONE;
    bool turned_late = now->was_late && (old == NULL || !old->was_late);
    if (was_done == is_done && !turned_late)
        return ERR_OK;
    struct customer_rec rec;
    enum err e = load_customer(t, now->customer, &rec);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    if (is_done && id_eq(rec.open_case, now->id))
        rec.open_case = (struct id){{0}};
    if (was_done && !is_done && id_is_none(rec.open_case))
        rec.open_case = now->id;
    rec.n_late += turned_late ? 1 : 0;
    return put_customer(t, &rec, now->customer);
}

static enum err put_record(const struct tables *t, const struct case_rec *now)
{
    struct record_key k = key_case(now->id);
    struct buf b;
    buf_init(&b, 0);
    record_put_case(&b, now);
    enum err e =
        b.err != ERR_OK ? b.err : t->put(t->ctx, TABLE_CASE, record_key_slice(&k), buf_slice(&b));
    buf_fini(&b);
    return e;
}

enum err place_case(const struct tables *t, const struct case_rec *old, const struct case_rec *now,
                    int64_t at_ms)
{
    bool waiting_moved = false;
    enum err e = case_fault(now) == NULL ? ERR_OK : ERR_CORRUPT;
    if (e == ERR_OK)
        e = put_record(t, now);
    if (e == ERR_OK)
        e = move_key(t, old, now, place_key);
    if (e == ERR_OK)
        e = move_key(t, old, now, timer_key);
    if (e == ERR_OK)
        e = move_key(t, old, now, waiting_key);
    if (e == ERR_OK)
        e = put_claim(t, old, now, at_ms);
    if (e == ERR_OK)
        e = put_counts(t, old, now, &waiting_moved);
    if (e == ERR_OK && waiting_moved)
        e = place_trend(t, at_ms, 0, 0);
    return e == ERR_OK ? follow_customer(t, old, now) : e;
}

/* Deletes every entry of `table` whose key begins with the case's id. */
static enum err drop_prefix(const struct tables *t, enum table table, struct id id)
{
    for (;;) {
        struct record_key from = key_case(id), found = {.n = 0};
        struct slice key;
        enum err e = t->seek(t->ctx, table, record_key_slice(&from), &key, NULL);
        if (e == ERR_NOT_FOUND || (e == ERR_OK && !slice_has_prefix(key, record_key_slice(&from))))
            return ERR_OK;
        if (e != ERR_OK)
            return e;
        if (key.n > sizeof found.b)
            return ERR_CORRUPT;
        memcpy(found.b, key.p, key.n);
        found.n = key.n;
        e = t->del(t->ctx, table, record_key_slice(&found));
        if (e != ERR_OK)
            return e;
    }
}

enum err place_drop(const struct tables *t, const struct case_rec *old)
{
    bool waiting_moved;
    struct record_key k = key_case(old->id);
    if (old->place != PLACE_DONE)
        return ERR_INVALID;
    enum err e = move_key(t, old, NULL, place_key);
    if (e == ERR_OK)
        e = put_counts(t, old, NULL, &waiting_moved);
    if (e == ERR_OK)
        e = drop_prefix(t, TABLE_MENTION, old->id);
    if (e == ERR_OK)
        e = drop_prefix(t, TABLE_REPLY, old->id);
    return e == ERR_OK ? t->del(t->ctx, TABLE_CASE, record_key_slice(&k)) : e;
}
