/* export.c - see the header. */
#include "app/upkeep/export.h"
#include "app/box/rulebook.h"
#include "app/box/vault.h"
#include "app/views/views.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/utc.h"
#include "core/rules/life.h"
#include "core/scan/scan.h"
#include <string.h>

enum err export_begin(struct export *x, struct box *b)
{
    struct fault_list faults = {0};
    struct buf document;
    uint32_t version = RULEBOOK_IN_FORCE;
    bool is_in_force;
    *x = (struct export){.b = b};
    buf_init(&document, 0);
    enum err e = rulebook_text(b, &version, &is_in_force, &document);
    if (e == ERR_OK)
        e = rulebook_compile(buf_slice(&document), version, &faults, &x->policy);
    if (e == ERR_OK)
        e = rulebook_number(b, x->policy, &faults);
    if (e != ERR_OK)
        export_end(x);
    buf_fini(&document);
    fault_free(&faults);
    return e;
}

void export_end(struct export *x)
{
    policy_free(x->policy);
    x->policy = NULL;
}

static void put_time(struct json_out *o, const char *name, int64_t at_ms)
{
    char text[UTC_TEXT_MAX];
    if (at_ms == 0)
        return;
    utc_text_ms(at_ms, text);
    json_put_z(o, name, text);
}

static void put_id(struct json_out *o, const char *name, struct id id)
{
    char text[ID_TEXT_LEN + 1];
    if (id_is_none(id))
        return;
    id_text(id, text);
    json_put_z(o, name, text);
}

/* An export is shown to people: personal data is masked in it, as on every screen. */
static void put_text(struct json_out *o, struct slice text)
{
    struct buf masked;
    buf_init(&masked, 0);
    if (scan_masked(text, &masked) == ERR_OK) {
        for (size_t i = 0; i < masked.n; i++)
            masked.p[i] = masked.p[i] == VAULT_PART_END ? '\n' : masked.p[i];
        json_put_string(o, "text", buf_slice(&masked));
    }
    buf_fini(&masked);
}

/* ---- what was said */

static void put_mention(struct slice v, const struct vault_text *t, struct json_out *o)
{
    struct mention_rec m;
    if (record_get_mention(v, &m) != ERR_OK)
        return;
    json_open_object(o, NULL);
    put_time(o, "at", m.at_ms);
    json_put_z(o, "kind", mention_kind_word(m.kind));
    if (t != NULL) {
        json_put_string(o, "id", t->id);
        put_text(o, t->text);
        json_put_string(o, "author", t->author);
        json_put_string(o, "handle", t->handle);
    }
    json_close_object(o);
}

static void put_reply(struct slice v, const struct vault_text *t, struct json_out *o)
{
    struct reply_rec r;
    if (record_get_reply(v, &r) != ERR_OK)
        return;
    json_open_object(o, NULL);
    put_time(o, "at", r.written_ms);
    put_id(o, "person", r.person);
    json_put_bool(o, "direct", r.kind == MENTION_DIRECT);
    json_put_z(o, "sent", views_sent_word(&r));
    if (t != NULL)
        put_text(o, t->text);
    json_close_object(o);
}

/* Mentions and replies stand in tables whose keys are case id, their id. */
static void put_table(struct export *x, struct store_txn *txn, enum table table, struct id kase,
                      struct json_out *o)
{
    struct record_key from = key_pair(kase, (struct id){{0}});
    struct slice key, v;
    struct buf plain;
    buf_init(&plain, 0);
    while (store_seek(txn, table, record_key_slice(&from), &key, &v) == ERR_OK && key.n == 32 &&
           memcmp(key.p, kase.b, 16) == 0) {
        struct vault_text text;
        struct id id;
        memcpy(id.b, key.p + 16, 16);
        from = key_pair(kase, id);
        from.b[from.n++] = 0;
        bool is_found = vault_get(x->b, txn, VAULT_MENTION, id, &plain, &text) == ERR_OK;
        (table == TABLE_REPLY ? put_reply : put_mention)(v, is_found ? &text : NULL, o);
    }
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
}

static void put_notes(struct export *x, struct store_txn *txn, struct id kase, struct json_out *o)
{
    struct vault_note n;
    struct buf plain;
    buf_init(&plain, 0);
    for (uint64_t seq = 0; vault_next_note(x->b, txn, kase, &seq, &plain, &n) == ERR_OK; seq++) {
        json_open_object(o, NULL);
        put_time(o, "at", n.at_ms);
        put_id(o, "person", n.person);
        if (n.action.n > 0)
            json_put_string(o, "deed", n.action);
        if (slice_eq_z(n.action, "override"))
            json_put_string(o, "gate", n.word);
        put_text(o, n.text);
        json_close_object(o);
    }
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
}

/* ---- what became of it */

static void put_names(const struct policy *p, const struct case_rec *c, struct json_out *o)
{
    if (c->team < p->n_teams)
        json_put_z(o, "team", p->teams[c->team].name);
    if (c->category < p->n_categories)
        json_put_z(o, "category", p->categories[c->category].name);
    json_open_array(o, "tags");
    for (unsigned i = 0; i < c->n_tags; i++)
        if (c->tags[i] < p->n_tags)
            json_put_z(o, NULL, p->tags[c->tags[i]]);
    json_close_array(o);
}

static void put_state(const struct case_rec *c, struct json_out *o)
{
    json_put_z(o, "state", case_state_word(c->state));
    if (c->disposition != DISPOSITION_NONE)
        json_put_z(o, "disposition", disposition_word(c->disposition));
    if (c->disposition == DISPOSITION_DISMISSED)
        json_put_z(o, "dismiss_reason", dismiss_reason_word(c->dismiss_reason));
    put_id(o, "merged_into", c->merged_into);
    json_put_z(o, "level", level_word(c->level));
    json_put_z(o, "network", network_word(c->network));
    put_time(o, "opened", c->opened_ms);
    put_time(o, "waiting_since", c->at_ms);
    for (int k = 0; k < CLOCK_N; k++)
        if (c->clocks[k].is_running)
            put_time(o, clock_word((enum clock_kind)k), c->clocks[k].due_ms);
}

static void put_case(struct export *x, struct store_txn *txn, const struct case_rec *c,
                     struct buf *out)
{
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    put_id(&o, "case", c->id);
    put_id(&o, "customer", c->customer);
    put_names(x->policy, c, &o);
    put_state(c, &o);
    json_open_array(&o, "mentions");
    put_table(x, txn, TABLE_MENTION, c->id, &o);
    json_close_array(&o);
    json_open_array(&o, "replies");
    put_table(x, txn, TABLE_REPLY, c->id, &o);
    json_close_array(&o);
    json_open_array(&o, "notes");
    put_notes(x, txn, c->id, &o);
    json_close_array(&o);
    json_close_object(&o);
}

enum err export_some(struct export *x, void (*say)(void *ctx, struct slice line), void *ctx)
{
    struct store_txn *txn;
    struct buf line;
    enum err e = store_read(x->b->store, &txn);
    if (e != ERR_OK)
        return e;
    buf_init(&line, 0);
    for (int i = 0; e == ERR_OK && i < EXPORT_CASES_A_TURN; i++) {
        struct case_rec c;
        struct slice key, v;
        e = store_seek(txn, TABLE_CASE, record_key_slice(&x->from), &key, &v);
        if (e == ERR_OK)
            e = record_get_case(v, &c);
        if (e != ERR_OK)
            break;
        buf_clear(&line);
        put_case(x, txn, &c, &line);
        say(ctx, buf_slice(&line));
        x->from = key_case(c.id);
        x->from.b[x->from.n++] = 0;
    }
    buf_fini(&line);
    store_read_end(txn);
    return e;
}
