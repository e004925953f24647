/* writer_texts.c - what goes with the events and is not in them: texts, names and secrets; put with
 * their batch, loaded for the rules that look at them, and forgotten. */
#include "app/writer/writer_texts.h"
#include "app/box/vault.h"
#include "base/seal.h"
#include "core/rules/decide.h"
#include "core/rules/life.h"
#include <string.h>

static struct slice secret_key(struct id device, char out[17])
{
    out[0] = 2;
    memcpy(out + 1, device.b, 16);
    return slice_make(out, 17);
}

static enum err put_secret(struct writer *w, const struct job_item *item)
{
    char key[17];
    struct slice k = secret_key(item->command.u.device.device, key);
    if (item->command.type == CMD_DEVICE_REVOKE) {
        enum err e = store_del(w->txn, TABLE_SECRET, k);
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    }
    struct buf value;
    buf_init(&value, 256);
    buf_add(&value, item->secret, sizeof item->secret);
    buf_add_z(&value, item->secret_name);
    enum err e = value.err;
    if (e == ERR_OK)
        e = store_put(w->txn, TABLE_SECRET, k, buf_slice(&value));
    buf_fini(&value);
    return e;
}

static enum err put_mention_text(struct writer *w, const struct job_item *item)
{
    const struct verdict *v = w->v;
    const struct vault_text *text = &item->vault;
    if (item->command.u.mention.event == MENTION_DELETE)
        return vault_del(w->txn, VAULT_MENTION, v->mention);
    enum err e = vault_put(w->b, w->txn, VAULT_MENTION, v->mention, text);
    bool is_new = false;
    for (size_t i = 0; i < v->n_events; i++)
        is_new = is_new ||
                 (v->events[i].type == EV_MENTION_SEEN && v->events[i].u.mention.is_new_customer);
    if (e == ERR_OK && is_new) {
        struct vault_text who = {.author = text->author,
                                 .handle = text->handle,
                                 .name = text->name,
                                 .server = text->server};
        e = vault_put(w->b, w->txn, VAULT_CUSTOMER, v->customer, &who);
    }
    return e;
}

/* The parts of a reply as they leave, apart by U+001E. */
static enum err put_reply_text(struct writer *w)
{
    struct buf text;
    buf_init(&text, 0);
    for (size_t i = 0; i < w->v->n_parts; i++) {
        if (i > 0)
            buf_add_char(&text, VAULT_PART_END);
        buf_add_slice(&text, w->v->parts[i]);
    }
    const struct vault_text v = {.text = buf_slice(&text)};
    enum err e = text.err;
    if (e == ERR_OK)
        e = vault_put(w->b, w->txn, VAULT_MENTION, w->v->reply, &v);
    buf_fini(&text);
    return e;
}

static enum err put_ticket(struct writer *w, const struct cmd_case *k)
{
    const struct vault_text v = {.text = k->word};
    return k->word.n > 0 ? vault_put(w->b, w->txn, VAULT_TICKET, k->kase, &v)
                         : vault_del(w->txn, VAULT_TICKET, k->kase);
}

static enum err put_note(struct writer *w, const struct cmd_case *k, uint64_t seq,
                         const struct vault_note *text)
{
    struct vault_note n = *text;
    n.person = k->person;
    n.at_ms = w->v->events[0].at_ms;
    return n.text.n > 0 ? vault_put_note(w->b, w->txn, k->kase, seq, &n) : ERR_OK;
}

/* Under the seq of its own event: the action may come with a text as well. */
static enum err put_override(struct writer *w, const struct cmd_case *k)
{
    const struct verdict *v = w->v;
    const struct vault_note n = {
        .text = k->override_reason, .word = k->override_gate, .action = slice_of("override")};
    for (size_t i = 0; i < v->n_events; i++)
        if (v->events[i].type == EV_GATE_OVERRIDDEN)
            return put_note(w, k, w->seq - (v->n_events - 1 - i), &n);
    return ERR_OK;
}

static enum err put_case_texts(struct writer *w, const struct cmd_case *k)
{
    const struct vault_note n = {
        .text = k->text, .word = k->word, .action = slice_of(life_rule(k->action)->word)};
    enum err e = w->v->n_parts > 0        ? put_reply_text(w)
                 : k->action == DO_TICKET ? put_ticket(w, k)
                                          : put_note(w, k, w->seq, &n);
    return e == ERR_OK ? put_override(w, k) : e;
}

enum err writer_put_texts(struct writer *w, const struct job_item *item)
{
    const struct command *c = &item->command;
    if (w->v->n_events == 0)
        return ERR_OK;
    w->has_puts = true;
    if ((c->type == CMD_MENTION || c->type == CMD_REPLY_SEEN) && !id_is_none(w->v->mention))
        return put_mention_text(w, item);
    if (item->has_secret)
        return put_secret(w, item);
    if (c->type == CMD_CASE && w->v->refusal == REFUSAL_NONE)
        return put_case_texts(w, &c->u.kase);
    return ERR_OK;
}

/* ---- what a rule needs to see of them */

static struct slice load_text(struct writer *w, enum vault_kind kind, struct id id, bool is_name)
{
    struct buf plain;
    struct vault_text v;
    struct slice out = {0};
    buf_init(&plain, 0);
    if (!id_is_none(id) && vault_get(w->b, w->txn, kind, id, &plain, &v) == ERR_OK)
        out = arena_copy(&w->arena, is_name ? v.name : v.text);
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
    return out;
}

static uint64_t text_key(const struct writer *w, const struct cmd_case *k)
{
    struct slice parts[1 + CMD_PARTS_MAX] = {slice_of("reply")};
    uint8_t mac[16];
    uint64_t key = 0;
    size_t n = 1;
    for (size_t i = 0; i < k->n_parts; i++)
        parts[n++] = slice_trim(k->parts[i]);
    if (k->n_parts == 0)
        parts[n++] = slice_trim(k->text);
    seal_mac128(w->b->identity_key, parts, n, mac);
    memcpy(&key, mac, sizeof key);
    return key;
}

static enum err compare_text(struct writer *w, struct cmd_mention *m, int64_t now_ms)
{
    struct id mention = {{0}};
    enum err e = decide_find_changed(&w->tables, &m->dedupe, now_ms, &mention);
    m->is_same_text = e == ERR_OK && slice_eq(load_text(w, VAULT_MENTION, mention, false), m->text);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err writer_load_texts(struct writer *w, struct job_item *item, int64_t now_ms)
{
    struct cmd_case *k = &item->command.u.kase;
    struct case_rec c;
    if (item->command.type == CMD_MENTION && item->command.u.mention.event == MENTION_EDIT)
        return compare_text(w, &item->command.u.mention, now_ms);
    if (item->command.type != CMD_CASE ||
        (k->action != DO_REPLY && k->action != DO_MOVE && k->action != DO_FOLLOW_UP))
        return ERR_OK;
    enum err e = load_case(&w->tables, k->kase, &c);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    k->text_key = text_key(w, k);
    k->customer_name = load_text(w, VAULT_CUSTOMER, c.customer, true);
    k->ticket = load_text(w, VAULT_TICKET, c.id, false);
    return ERR_OK;
}

/* ---- what goes */

enum err writer_forget_text(void *ctx, struct slice key)
{
    struct writer *w = ctx;
    enum err e = store_del(w->txn, TABLE_VAULT, key);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err writer_forget_dropped(struct writer *w)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *ev = &w->v->events[i];
        for (uint32_t k = 0; ev->type == EV_CASES_DROPPED && k < ev->u.drop.n && e == ERR_OK; k++)
            e = vault_each_of_case(w->txn, ev->u.drop.cases[k], writer_forget_text, w);
    }
    return e;
}
