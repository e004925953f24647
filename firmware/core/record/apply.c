/* apply.c - one small function a type of event. */
#include "core/record/apply.h"
#include "base/arena.h"
#include "base/pack.h"
#include "core/record/counter.h"
#include "core/record/place.h"
#include <string.h>

static enum err put(const struct tables *t, enum table table, struct record_key key, struct buf *b)
{
    enum err e = b->err;
    if (e == ERR_OK)
        e = t->put(t->ctx, table, record_key_slice(&key), buf_slice(b));
    buf_fini(b);
    return e;
}

static enum err put_ids(const struct tables *t, enum table table, struct record_key key,
                        const struct id *ids, size_t n)
{
    struct buf b;
    buf_init(&b, 0);
    record_put_ids(&b, ids, n);
    return put(t, table, key, &b);
}

static enum err apply_case(const struct tables *t, uint64_t seq, const struct event *e)
{
    struct case_rec old, now = e->u.kase.after;
    enum err err = load_case(t, now.id, &old);
    bool is_new = err == ERR_NOT_FOUND;
    if (err != ERR_OK && !is_new)
        return err;
    now.seq = e->u.kase.moves_seq || is_new ? seq : old.seq;
    return place_case(t, is_new ? NULL : &old, &now, e->at_ms);
}

static enum err put_identities(const struct tables *t, const struct event *e)
{
    enum err err = ERR_OK;
    if (e->u.mention.is_new_customer)
        err = put_ids(t, TABLE_IDENTITY, key_mac(&e->u.mention.author), &e->u.mention.rec.customer,
                      1);
    if (err == ERR_OK && e->u.mention.has_handle)
        err = put_ids(t, TABLE_IDENTITY, key_mac(&e->u.mention.handle), &e->u.mention.rec.customer,
                      1);
    return err;
}

static enum err apply_mention(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    const struct id place[2] = {e->u.mention.kase, e->u.mention.mention};
    struct day_counter day = {.arrived = 1};
    struct buf b;
    buf_init(&b, 0);
    record_put_mention(&b, &e->u.mention.rec);
    enum err err = put(t, TABLE_MENTION, key_mention(place[0], place[1]), &b);
    if (err == ERR_OK)
        err = put_ids(t, TABLE_DEDUPE, key_dedupe(&e->u.mention.dedupe), place, 2);
    if (err == ERR_OK)
        err = put_identities(t, e);
    if (err != ERR_OK)
        return err;
    buf_init(&b, 0);
    record_put_customer(&b, &e->u.mention.customer);
    err = put(t, TABLE_CUSTOMER, key_case(e->u.mention.rec.customer), &b);
    if (err == ERR_OK)
        err = counter_add_day(t, e->u.mention.day, &day);
    return err == ERR_OK ? place_trend(t, e->at_ms, 1, 0) : err;
}

static enum err apply_mention_change(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    const struct id place[2] = {e->u.mention_change.kase, e->u.mention_change.mention};
    struct record_key k = key_mention(place[0], place[1]);
    struct mention_rec rec;
    struct slice v;
    if (e->u.mention_change.has_dedupe)
        return put_ids(t, TABLE_DEDUPE, key_dedupe(&e->u.mention_change.dedupe), place, 2);
    enum err err = t->get(t->ctx, TABLE_MENTION, record_key_slice(&k), &v);
    if (err == ERR_OK)
        err = record_get_mention(v, &rec);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_CORRUPT : err;
    rec.is_edited |= !e->u.mention_change.is_deleted;
    rec.is_deleted |= e->u.mention_change.is_deleted;
    struct buf b;
    buf_init(&b, 0);
    record_put_mention(&b, &rec);
    return put(t, TABLE_MENTION, k, &b);
}

static struct rollup_key rollup_key_of(const struct event *e)
{
    return (struct rollup_key){.day = e->u.stop.day,
                               .team = e->u.stop.team,
                               .category = e->u.stop.category,
                               .hour = e->u.stop.hour,
                               .clock = e->u.stop.clock};
}

static enum err add_rollup(const struct tables *t, const struct event *e)
{
    struct rollup_key rk = rollup_key_of(e);
    struct record_key k = key_rollup(&rk);
    struct rollup_rec rec = {0};
    struct slice v;
    enum err err = t->get(t->ctx, TABLE_ROLLUP, record_key_slice(&k), &v);
    if (err == ERR_OK)
        err = record_get_rollup(v, &rec);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    rec.n++;
    rec.n_met += e->u.stop.is_met ? 1 : 0;
    rec.n_network += e->u.stop.is_network ? 1 : 0;
    rec.n_automatic += e->u.stop.is_automatic ? 1 : 0;
    rec.used_ms += e->u.stop.used_ms;
    rec.used_working_ms += e->u.stop.used_working_ms;
    struct buf b;
    buf_init(&b, 0);
    record_put_rollup(&b, &rec);
    return put(t, TABLE_ROLLUP, k, &b);
}

static bool is_disposed(enum stop_cause cause)
{
    return cause == STOP_DISPOSED || cause == STOP_MERGED;
}

static enum err apply_stop(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    if (is_disposed(e->u.stop.cause))
        return ERR_OK;
    bool is_answer = e->u.stop.clock == CLOCK_ANSWER;
    struct day_counter day = {
        .of = is_answer && e->u.stop.is_counted ? 1 : 0,
        .met = is_answer && !e->u.stop.is_network && e->u.stop.is_met ? 1 : 0,
        .answered = is_answer ? 1 : 0,
        .acknowledged = e->u.stop.clock == CLOCK_ACKNOWLEDGE ? 1 : 0,
        .automatic = e->u.stop.is_automatic ? 1 : 0,
        .network_late = is_answer && e->u.stop.is_network ? 1 : 0,
    };
    enum err err = add_rollup(t, e);
    if (err == ERR_OK)
        err = counter_add_day(t, e->u.stop.day, &day);
    return err == ERR_OK && is_answer ? place_trend(t, e->at_ms, 0, 1) : err;
}

static enum err cross_quiet(struct case_rec *c, const struct crossing *x)
{
    if (c->quiet_ms == 0 || c->place != PLACE_PARKED)
        return ERR_CORRUPT;
    c->state = CASE_CLOSED;
    c->place = PLACE_DONE;
    c->place_ms = x->at_ms;
    c->disposition = DISPOSITION_ANSWERED;
    c->claimant = (struct id){{0}};
    c->quiet_ms = 0;
    return ERR_OK;
}

static enum err cross(struct case_rec *c, const struct crossing *x)
{
    if (x->clock == CROSSING_QUIET)
        return cross_quiet(c, x);
    if (x->clock == CROSSING_STALE) {
        if (c->stale_ms == 0)
            return ERR_CORRUPT;
        c->rank_ms = c->stale_rank_ms;
        c->stale_ms = 0;
        return ERR_OK;
    }
    if (!c->clocks[x->clock].is_running)
        return ERR_CORRUPT;
    c->clocks[x->clock].phase = (enum phase)x->phase;
    c->was_late |= x->phase == PHASE_LATE && !c->clocks[x->clock].is_network;
    return ERR_OK;
}

static enum err apply_crossing(const struct tables *t, const struct crossing *x, int64_t at_ms)
{
    struct case_rec old, now;
    struct day_counter day = {.of = 1};
    enum err err = load_case(t, x->kase, &old);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_CORRUPT : err;
    now = old;
    err = cross(&now, x);
    if (err == ERR_OK)
        err = place_case(t, &old, &now, at_ms);
    return err == ERR_OK && x->is_counted ? counter_add_day(t, x->day, &day) : err;
}

static enum err apply_crossed(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    enum err err = ERR_OK;
    for (uint32_t i = 0; err == ERR_OK && i < e->u.crossed.n; i++)
        err = apply_crossing(t, &e->u.crossed.items[i], e->at_ms);
    return err;
}

static enum err apply_customer(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct buf b;
    buf_init(&b, 0);
    record_put_customer(&b, &e->u.customer.rec);
    return put(t, TABLE_CUSTOMER, key_case(e->u.customer.customer), &b);
}

static enum err forget(enum err e)
{
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err apply_erased(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct customer_rec rec;
    enum err err = load_customer(t, e->u.erased.customer, &rec);
    if (err != ERR_OK)
        return err;
    for (uint32_t i = 0; err == ERR_OK && i < e->u.erased.n_macs; i++) {
        struct record_key k = key_mac(&e->u.erased.macs[i]);
        err = forget(t->del(t->ctx, TABLE_IDENTITY, record_key_slice(&k)));
    }
    if (err != ERR_OK)
        return err;
    rec.is_erased = true;
    struct buf b;
    buf_init(&b, 0);
    record_put_customer(&b, &rec);
    return put(t, TABLE_CUSTOMER, key_case(e->u.erased.customer), &b);
}

static enum err apply_channel(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct buf b;
    buf_init(&b, 0);
    record_put_channel(&b, &e->u.channel.rec);
    return put(t, TABLE_CHANNEL, key_u16(e->u.channel.number), &b);
}

static enum err apply_device(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct buf b;
    buf_init(&b, 0);
    record_put_device(&b, &e->u.device.rec);
    return put(t, TABLE_DEVICE, key_case(e->u.device.device), &b);
}

static enum err put_recompute(const struct tables *t, const struct recompute_rec *rec)
{
    struct buf b;
    buf_init(&b, 0);
    record_put_recompute(&b, rec);
    return put(t, TABLE_POLICY, key_recompute(), &b);
}

/* What an earlier adoption left undone is done with this one's. */
static enum err begin_recompute(const struct tables *t, uint32_t teams)
{
    struct recompute_rec rec = {.teams = 0};
    enum err err = load_recompute(t, &rec);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    rec = (struct recompute_rec){.teams = teams | (err == ERR_OK ? rec.teams : 0)};
    return put_recompute(t, &rec);
}

static enum err apply_policy(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct buf b;
    buf_init(&b, 0);
    buf_add_slice(&b, e->u.policy.document);
    enum err err = put(t, TABLE_POLICY, key_u32(e->u.policy.version), &b);
    for (uint32_t i = 0; err == ERR_OK && i < e->u.policy.n_names; i++) {
        const struct numbered_name *n = &e->u.policy.names[i];
        struct record_key k = key_policy_name(n->kind, n->number);
        err = t->put(t->ctx, TABLE_POLICY, record_key_slice(&k), n->name);
    }
    return err == ERR_OK && e->u.policy.moved_teams != 0
               ? begin_recompute(t, e->u.policy.moved_teams)
               : err;
}

static enum err apply_recomputed(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    struct record_key k = key_recompute();
    if (e->u.recomputed.teams == 0)
        return forget(t->del(t->ctx, TABLE_POLICY, record_key_slice(&k)));
    return put_recompute(t, &e->u.recomputed);
}

/* The outbox holds what is written here and neither confirmed nor failed. */
static enum err put_outbox(const struct tables *t, const struct event *e)
{
    const struct reply_rec *r = &e->u.reply.rec;
    struct record_key k = key_case(e->u.reply.reply);
    if (r->kind == MENTION_REPLY)
        return ERR_OK;
    if (r->sent_ms == 0 && !r->has_failed)
        return put_ids(t, TABLE_OUTBOX, k, &e->u.reply.kase, 1);
    return forget(t->del(t->ctx, TABLE_OUTBOX, record_key_slice(&k)));
}

static enum err apply_reply(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    const struct id place[2] = {e->u.reply.kase, e->u.reply.reply};
    const struct text_counter text = {e->u.reply.n_repeats, e->u.reply.repeats_ms};
    struct buf b;
    buf_init(&b, 0);
    record_put_reply(&b, &e->u.reply.rec);
    enum err err = put(t, TABLE_REPLY, key_pair(place[0], place[1]), &b);
    if (err == ERR_OK && e->u.reply.has_dedupe)
        err = put_ids(t, TABLE_DEDUPE, key_dedupe(&e->u.reply.dedupe), place, 2);
    if (err == ERR_OK && e->u.reply.text_key != 0)
        err = counter_set_text(t, e->u.reply.text_key, &text);
    return err == ERR_OK ? put_outbox(t, e) : err;
}

static enum err apply_answer(const struct tables *t, uint64_t seq, const struct event *e)
{
    struct answer_rec rec = e->u.answer.rec;
    rec.seq = seq;
    struct buf b;
    buf_init(&b, 0);
    record_put_answer(&b, &rec);
    return put(t, TABLE_ANSWER, key_answer(e->person, e->u.answer.ref), &b);
}

/* Answers are keyed at random: the whole (small) table is walked, once a checkpoint. */
static enum err drop_answers(const struct tables *t, int64_t before_ms)
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    struct answer_rec rec;
    enum err e;
    while ((e = t->seek(t->ctx, TABLE_ANSWER, record_key_slice(&from), &key, &v)) == ERR_OK) {
        if (key.n >= sizeof from.b || (e = record_get_answer(v, &rec)) != ERR_OK)
            return e == ERR_OK ? ERR_CORRUPT : e;
        memcpy(from.b, key.p, key.n);
        from.n = key.n;
        if (rec.at_ms < before_ms &&
            (e = t->del(t->ctx, TABLE_ANSWER, record_key_slice(&from))) != ERR_OK)
            return e;
        from.b[from.n++] = 0;
    }
    return forget(e);
}

static enum err drop_dedupe(const struct tables *t, uint32_t before_day)
{
    for (;;) {
        struct record_key k = {.n = 0};
        struct slice key;
        enum err e = t->seek(t->ctx, TABLE_DEDUPE, record_key_slice(&k), &key, NULL);
        if (e != ERR_OK)
            return forget(e);
        struct unpack u = unpack_of(key);
        if (unpack_key_u32(&u) >= before_day || key.n > sizeof k.b)
            return ERR_OK;
        memcpy(k.b, key.p, key.n);
        k.n = key.n;
        e = t->del(t->ctx, TABLE_DEDUPE, record_key_slice(&k));
        if (e != ERR_OK)
            return e;
    }
}

static enum err apply_checkpoint(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    enum err err = ERR_OK;
    if (e->u.checkpoint.drop_before_ms != 0)
        err = drop_answers(t, e->u.checkpoint.drop_before_ms);
    if (err == ERR_OK)
        err =
            counter_drop_before(t, e->u.checkpoint.drop_before_ms, e->u.checkpoint.drop_before_day);
    return err == ERR_OK ? drop_dedupe(t, e->u.checkpoint.drop_before_day) : err;
}

static enum err apply_drop(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)seq;
    enum err err = ERR_OK;
    for (uint32_t i = 0; err == ERR_OK && i < e->u.drop.n; i++) {
        struct case_rec old;
        err = load_case(t, e->u.drop.cases[i], &old);
        if (err == ERR_OK)
            err = place_drop(t, &old);
    }
    return err == ERR_NOT_FOUND ? ERR_CORRUPT : err;
}

/* Facts that change no table: the journal alone tells of them. */
static enum err apply_nothing(const struct tables *t, uint64_t seq, const struct event *e)
{
    (void)t;
    (void)seq;
    (void)e;
    return ERR_OK;
}

static enum err (*const appliers[])(const struct tables *, uint64_t, const struct event *) = {
    [EV_CASE_CHANGED] = apply_case,
    [EV_MENTION_SEEN] = apply_mention,
    [EV_MENTION_CHANGED] = apply_mention_change,
    [EV_CLOCK_STOPPED] = apply_stop,
    [EV_CROSSED] = apply_crossed,
    [EV_CUSTOMER_CHANGED] = apply_customer,
    [EV_CUSTOMER_ERASED] = apply_erased,
    [EV_CHANNEL_ADDED] = apply_channel,
    [EV_DEVICE_ADDED] = apply_device,
    [EV_DEVICE_REVOKED] = apply_device,
    [EV_POLICY_ADOPTED] = apply_policy,
    [EV_REPLY_SEEN] = apply_reply,
    [EV_REPLY_CHANGED] = apply_reply,
    [EV_COMMAND_ANSWERED] = apply_answer,
    [EV_CHECKPOINTED] = apply_checkpoint,
    [EV_CASES_DROPPED] = apply_drop,
    [EV_CLOCKS_RECOMPUTED] = apply_recomputed,
    [EV_GATE_OVERRIDDEN] = apply_nothing,
    [EV_REVEALED] = apply_nothing,
};

enum err apply_event(const struct tables *t, uint64_t seq, const struct event *e)
{
    if ((size_t)e->type >= sizeof appliers / sizeof appliers[0] || appliers[e->type] == NULL)
        return ERR_VERSION;
    return appliers[e->type](t, seq, e);
}

enum err apply_encoded(const struct tables *t, uint64_t seq, struct slice event)
{
    struct arena a;
    struct event e;
    arena_init(&a, 0);
    enum err err = event_decode(event, &a, &e);
    if (err == ERR_OK)
        err = apply_event(t, seq, &e);
    arena_fini(&a);
    return err;
}
