/* decide_upkeep.c - what keeps the box itself: devices and people, erasure, checkpoints, retention.
 */
#include "core/rules/deciding.h"
#include <string.h>

enum err decide_device(struct deciding *d)
{
    struct record_key k = key_case(d->c->u.device.device);
    struct device_rec rec;
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_DEVICE, record_key_slice(&k), &v);
    bool is_add = d->c->type == CMD_DEVICE_ADD;
    if (e == ERR_OK)
        e = record_get_device(v, &rec);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    bool is_live = e == ERR_OK && rec.revoked_ms == 0;
    if (is_add == is_live) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND,
                       is_add ? "this device already exists" : "no such device",
                       "list them with `display list` or `token list`");
        return ERR_OK;
    }
    struct event *ev = verdict_add(d->v, is_add ? EV_DEVICE_ADDED : EV_DEVICE_REVOKED, d->now_ms);
    if (is_add)
        rec = (struct device_rec){
            .kind = d->c->u.device.kind, .roles = d->c->u.device.roles, .added_ms = d->now_ms};
    else
        rec.revoked_ms = d->now_ms;
    ev->u.device.device = d->c->u.device.device;
    ev->u.device.rec = rec;
    return ERR_OK;
}

enum err decide_erase(struct deciding *d)
{
    struct customer_rec rec;
    enum err e = load_customer(d->t, d->c->u.erase.customer, &rec);
    if (e == ERR_NOT_FOUND) {
        verdict_refuse(d->v, REFUSAL_NOT_FOUND, "no such customer",
                       "copy the id from one of their cases");
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    struct event *ev = verdict_add(d->v, EV_CUSTOMER_ERASED, d->now_ms);
    ev->u.erased.customer = d->c->u.erase.customer;
    ev->u.erased.n_macs = d->c->u.erase.n_macs;
    memcpy(ev->u.erased.macs, d->c->u.erase.macs, sizeof ev->u.erased.macs);
    d->v->customer = d->c->u.erase.customer;
    return ERR_OK;
}

enum err decide_checkpointed(struct deciding *d)
{
    const int64_t day_ms = INT64_C(86400000);
    struct event *e = verdict_add(d->v, EV_CHECKPOINTED, d->now_ms);
    e->u.checkpoint.seq = d->c->u.checkpoint.seq;
    memcpy(e->u.checkpoint.digest, d->c->u.checkpoint.digest, sizeof e->u.checkpoint.digest);
    e->u.checkpoint.drop_before_ms = d->now_ms - 2 * day_ms;
    uint32_t today = sla_day(d->policy, d->now_ms, NULL);
    e->u.checkpoint.drop_before_day = today > 90 ? today - 90 : 0;
    return ERR_OK;
}

/* Cases that ended before the retention, oldest first, up to one event's worth. */
enum err decide_retain(struct deciding *d)
{
    struct record_key from = key_time(0, (struct id){{0}});
    struct id *ids = arena_alloc(d->a, EVENT_DROPS_MAX * sizeof *ids);
    struct slice key = record_key_slice(&from);
    uint32_t n = 0;
    enum err e = ids != NULL ? ERR_OK : ERR_NO_MEMORY;
    while (e == ERR_OK && n < EVENT_DROPS_MAX) {
        int64_t ended_ms;
        e = d->t->seek(d->t->ctx, TABLE_DONE, key, &key, NULL);
        if (e == ERR_OK)
            e = key_first_time(key, &ended_ms);
        if (e != ERR_OK || ended_ms >= d->now_ms - d->policy->retain_done_ms)
            break;
        e = key_last_id(key, &ids[n++]);
        memcpy(from.b, key.p, key.n < sizeof from.b ? key.n : sizeof from.b);
        from.n = key.n + 1;
        from.b[key.n] = 0;
        key = record_key_slice(&from);
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (n > 0) {
        struct event *ev = verdict_add(d->v, EV_CASES_DROPPED, d->now_ms);
        ev->u.drop.n = n;
        ev->u.drop.cases = ids;
    }
    return ERR_OK;
}
