/* decide_change.c - mentions that are edited or deleted on their network. */
#include "core/rules/deciding.h"
#include "core/triage/triage.h"
#include <string.h>

/* The contact that the mention itself was must not speak for it. */
static void drop_contact(struct customer_rec *who, int64_t at_ms)
{
    unsigned i = 0;
    while (i < who->n_recent && who->recent_ms[i] != at_ms)
        i++;
    if (i == who->n_recent)
        return;
    who->n_recent--;
    memmove(who->recent_ms + i, who->recent_ms + i + 1,
            (who->n_recent - i) * sizeof who->recent_ms[0]);
}

/* What the mention says now may raise the case, as a further message would. */
static enum err read_again(struct deciding *d, const struct mention_rec *rec, struct case_rec *c)
{
    struct customer_rec who;
    struct triage_result reading;
    enum level level = c->level;
    if (d->c->u.mention.event == MENTION_DELETE || c->place == PLACE_DONE)
        return ERR_OK;
    enum err e = load_customer(d->t, c->customer, &who);
    if (e != ERR_OK)
        return e;
    decide_drop_contacts(&who, d->now_ms);
    drop_contact(&who, rec->arrived_ms);
    decide_read_text(d, &who, c, &reading);
    e = decide_raise_level(d, &reading, c);
    if (c->level != level)
        decide_rank(d, c);
    return e;
}

/* Of a merged case both change: it, and the one that lives on with its words. */
static enum err change_case(struct deciding *d, const struct mention_rec *rec, struct id kase)
{
    const struct id nobody = {{0}};
    struct case_rec c;
    enum err e = load_case(d->t, kase, &c);
    if (e == ERR_OK && c.state == CASE_MERGED) {
        e = decide_put(d, &c, CAUSE_EDITED, true, nobody);
        if (e == ERR_OK)
            e = decide_load_live(d, c.merged_into, &c);
    }
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e == ERR_OK)
        e = read_again(d, rec, &c);
    return e == ERR_OK ? decide_put(d, &c, CAUSE_EDITED, true, nobody) : e;
}

/* The same deletion again, the same text again, or an edit that comes after the end of its mention.
 */
static bool changes_nothing(const struct cmd_mention *m, const struct mention_rec *rec)
{
    return rec->is_deleted || (m->event == MENTION_EDIT && m->is_same_text);
}

enum err decide_change(struct deciding *d, const struct id places[2])
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct mention_rec rec;
    struct slice v;
    struct record_key k = key_mention(places[0], places[1]);
    enum err err = d->t->get(d->t->ctx, TABLE_MENTION, record_key_slice(&k), &v);
    if (err == ERR_OK)
        err = record_get_mention(v, &rec);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    /* not found: our own post, a deletion before its original, or dropped by retention */
    d->v->is_duplicate = err == ERR_NOT_FOUND || changes_nothing(m, &rec);
    if (d->v->is_duplicate)
        return ERR_OK;
    struct event *e = verdict_add(d->v, EV_MENTION_CHANGED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->u.mention_change.kase = places[0];
    e->u.mention_change.mention = places[1];
    e->u.mention_change.is_deleted = m->event == MENTION_DELETE;
    d->v->mention = places[1];
    d->v->kase = places[0];
    return id_is_none(places[0]) ? ERR_OK : change_case(d, &rec, places[0]);
}

enum err decide_bury(struct deciding *d)
{
    struct event *e = verdict_add(d->v, EV_MENTION_CHANGED, d->now_ms);
    if (e == NULL)
        return ERR_NO_MEMORY;
    e->u.mention_change.is_deleted = true;
    e->u.mention_change.has_dedupe = true;
    e->u.mention_change.dedupe = d->c->u.mention.dedupe;
    return ERR_OK;
}
