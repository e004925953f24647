/* decide_find.c - what a word from outside belongs to: mention, customer, case, channel. */
#include "base/pack.h"
#include "core/rules/deciding.h"
#include <string.h>

#define DAY_MS INT64_C(86400000)
#define DAYS_BACK 8 /* a thread is looked for this far back */

static enum err find_at(struct deciding *d, uint32_t day, struct mac128 mac, struct id places[2])
{
    struct dedupe_key key = {.day = day, .mac = mac};
    struct record_key k = key_dedupe(&key);
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_DEDUPE, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_ids(v, places, 2) : e;
}

enum err decide_find_mention(struct deciding *d, const struct dedupe_key *key, bool is_day_known,
                             struct id places[2])
{
    enum err e = find_at(d, key->day, key->mac, places);
    if (e != ERR_NOT_FOUND || is_day_known)
        return e;
    uint32_t today = (uint32_t)(d->now_ms / DAY_MS);
    for (uint32_t back = 0; back <= DAYS_BACK && back <= today; back++) {
        e = find_at(d, today - back, key->mac, places);
        if (e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
}

enum err decide_find_changed(const struct tables *t, const struct dedupe_key *key, int64_t now_ms,
                             struct id *mention)
{
    struct deciding d = {.t = t, .now_ms = now_ms};
    struct id places[2];
    enum err e = decide_find_mention(&d, key, false, places);
    if (e == ERR_OK)
        *mention = places[1];
    return e;
}

/* Without a day of its own a post is looked for by its arrival's days. */
static enum err find_thread(struct deciding *d, struct mac128 mac, struct id places[2])
{
    const struct dedupe_key key = {.day = (uint32_t)(d->now_ms / DAY_MS), .mac = mac};
    return decide_find_mention(d, &key, false, places);
}

static enum err find_identity(struct deciding *d, const struct mac128 *mac, struct id *customer)
{
    struct record_key k = key_mac(mac);
    struct slice v;
    enum err e = d->t->get(d->t->ctx, TABLE_IDENTITY, record_key_slice(&k), &v);
    return e == ERR_OK ? record_get_ids(v, customer, 1) : e;
}

enum err decide_find_customer(struct deciding *d, struct id *id, struct customer_rec *rec,
                              bool *is_new)
{
    const struct cmd_mention *m = &d->c->u.mention;
    enum err e = find_identity(d, &m->author, id);
    *is_new = e == ERR_NOT_FOUND;
    if (*is_new) {
        *id = m->customer;
        *rec = (struct customer_rec){.first_ms = d->now_ms};
        return ERR_OK;
    }
    return e == ERR_OK ? load_customer(d->t, *id, rec) : e;
}

enum err decide_load_live(struct deciding *d, struct id id, struct case_rec *out)
{
    for (int hops = 0; hops < 8; hops++) {
        enum err e = id_is_none(id) ? ERR_NOT_FOUND : load_case(d->t, id, out);
        if (e != ERR_OK || out->state != CASE_MERGED)
            return e;
        id = out->merged_into;
    }
    return ERR_NOT_FOUND;
}

/* A done case takes a new word only while the policy lets it come back. */
static bool takes_words(struct deciding *d, const struct case_rec *c)
{
    return c->place != PLACE_DONE || c->place_ms + d->policy->reopen_ms > d->now_ms;
}

/* The case that this mention belongs to: by thread, else the customer's open one.  ERR_NOT_FOUND: a
 * new one. */
enum err decide_find_case(struct deciding *d, struct id customer, const struct customer_rec *rec,
                          struct case_rec *out)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id places[2];
    enum err e = ERR_NOT_FOUND;
    if (m->has_reply_to)
        e = find_thread(d, m->reply_to, places);
    if (e == ERR_OK)
        e = decide_load_live(d, places[0], out);
    if (e == ERR_OK && id_eq(out->customer, customer) && takes_words(d, out))
        return ERR_OK;
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    e = decide_load_live(d, rec->open_case, out);
    return e == ERR_OK && !takes_words(d, out) ? ERR_NOT_FOUND : e;
}

enum err decide_find_channel(struct deciding *d, uint16_t *number)
{
    const struct cmd_mention *m = &d->c->u.mention;
    uint16_t next = 0;
    struct record_key from = key_u16(0);
    for (;;) {
        struct slice key, v;
        struct channel_rec rec;
        enum err e = d->t->seek(d->t->ctx, TABLE_CHANNEL, record_key_slice(&from), &key, &v);
        if (e == ERR_NOT_FOUND)
            break;
        if (e == ERR_OK)
            e = record_get_channel(v, &rec);
        if (e != ERR_OK)
            return e;
        struct unpack u = unpack_of(key);
        next = unpack_key_u16(&u);
        *number = next;
        if (rec.network == m->network && slice_eq_z(m->channel, rec.name))
            return ERR_OK;
        from = key_u16(++next);
        if (next == UINT16_MAX)
            return ERR_RANGE;
    }
    struct event *e = verdict_add(d->v, EV_CHANNEL_ADDED, d->now_ms);
    e->u.channel.number = *number = next;
    e->u.channel.rec = (struct channel_rec){.network = m->network, .is_webhook_only = true};
    (void)slice_copy_z(m->channel, e->u.channel.rec.name, sizeof e->u.channel.rec.name);
    return ERR_OK;
}

/* A deletion that came before its original stands under a day of its own, not before the
 * original's.
 */
enum err decide_find_buried(struct deciding *d)
{
    const struct dedupe_key *key = &d->c->u.mention.dedupe;
    uint32_t today = (uint32_t)(d->now_ms / DAY_MS);
    uint32_t day = today > key->day + DAYS_BACK ? today - DAYS_BACK : key->day + 1;
    for (; day <= today; day++) {
        struct id places[2];
        enum err e = find_at(d, day, key->mac, places);
        if (e == ERR_OK && id_is_none(places[1]))
            return ERR_OK;
        if (e != ERR_OK && e != ERR_NOT_FOUND)
            return e;
    }
    return ERR_NOT_FOUND;
}

/* The case that our own post answers: its thread's, else the newest open one of whom it addresses.
 */
enum err decide_find_answered(struct deciding *d, struct case_rec *c)
{
    const struct cmd_mention *m = &d->c->u.mention;
    struct id places[2], customer;
    struct customer_rec rec;
    enum err e = ERR_NOT_FOUND;
    if (m->has_reply_to)
        e = find_thread(d, m->reply_to, places);
    if (e == ERR_OK)
        return decide_load_live(d, places[0], c);
    if (e == ERR_NOT_FOUND && m->has_address)
        e = find_identity(d, &m->address, &customer);
    if (e == ERR_OK)
        e = load_customer(d->t, customer, &rec);
    return e == ERR_OK ? decide_load_live(d, rec.open_case, c) : e;
}
