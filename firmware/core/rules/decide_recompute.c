/* decide_recompute.c - running clocks under new hours, a few cases at a time.
 *
 * EV_POLICY_ADOPTED leaves a mark (struct recompute_rec) that says which teams have other hours.
 * Each CMD_RECOMPUTE goes on from there: through the queue of each such team, then through the
 * parked cases; what it changes is journalled case by case, and how far it came once, so that the
 * pass goes on after a restart.  At the end the mark goes.  A case may change place meanwhile:
 * behind the mark only by an event of its own, and then decide_put has seen to it. */
#include "base/pack.h"
#include "core/rules/deciding.h"
#include <string.h>

#define CHANGES_MAX 16 /* a command */
#define LOOKS_MAX 256

struct pass {
    struct deciding *d;
    struct recompute_rec at;
    unsigned n_looks, n_changes;
};

static bool has_team(const struct pass *x, unsigned team)
{
    return team < 32 && (x->at.teams & UINT32_C(1) << team) != 0;
}

static void set_after(struct pass *x, struct slice key)
{
    x->at.n_after = (uint8_t)(key.n < sizeof x->at.after ? key.n : sizeof x->at.after);
    memcpy(x->at.after, key.p, x->at.n_after);
}

/* To the queue of the first team from `team` on, or on to the parked cases. */
static void skip_to(struct pass *x, unsigned team)
{
    while (team < 32 && !has_team(x, team))
        team++;
    x->at.is_in_parked = team == 32;
    struct record_key k = key_u16((uint16_t)team);
    set_after(x, slice_make(k.b, x->at.is_in_parked ? 0 : k.n));
}

static enum err seek_next(struct pass *x, enum table table, struct slice *key)
{
    struct record_key from = {.n = x->at.n_after};
    memcpy(from.b, x->at.after, x->at.n_after);
    if (from.n > sizeof(uint16_t))
        from.b[from.n++] = 0;
    return x->d->t->seek(x->d->t->ctx, table, record_key_slice(&from), key, NULL);
}

/* The next case of the pass; *has false: only the mark moved on. */
static enum err next_case(struct pass *x, struct id *id, bool *has)
{
    struct slice key;
    enum err e = seek_next(x, x->at.is_in_parked ? TABLE_PARKED : TABLE_QUEUE, &key);
    *has = false;
    if (e == ERR_NOT_FOUND) {
        if (x->at.is_in_parked)
            x->at = (struct recompute_rec){.teams = 0};
        else
            skip_to(x, 32);
        return ERR_OK;
    }
    struct unpack u = unpack_of(e == ERR_OK ? key : (struct slice){0});
    unsigned team = unpack_key_u16(&u);
    if (e == ERR_OK && !x->at.is_in_parked && !has_team(x, team)) {
        skip_to(x, team);
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    set_after(x, key);
    *has = true;
    return key_last_id(key, id);
}

static enum err look_at(struct pass *x, struct id id)
{
    struct case_rec c;
    enum err e = load_case(x->d->t, id, &c);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
    if (!decide_under_new_hours(x->d, x->at.teams, &c))
        return ERR_OK;
    x->n_changes++;
    return decide_put(x->d, &c, CAUSE_RECOMPUTED, false, (struct id){{0}});
}

enum err decide_recompute(struct deciding *d)
{
    struct pass x = {.d = d};
    enum err e = load_recompute(d->t, &x.at);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    while (e == ERR_OK && x.at.teams != 0 && x.n_looks < LOOKS_MAX && x.n_changes < CHANGES_MAX) {
        struct id id;
        bool has;
        e = next_case(&x, &id, &has);
        x.n_looks++;
        if (e == ERR_OK && has)
            e = look_at(&x, id);
    }
    if (e != ERR_OK)
        return e;
    struct event *ev = verdict_add(d->v, EV_CLOCKS_RECOMPUTED, d->now_ms);
    if (ev == NULL)
        return ERR_NO_MEMORY;
    ev->u.recomputed = x.at;
    return ERR_OK;
}
