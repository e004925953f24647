/* views_case.c - one case: what a queue shows of it, and all of it for whoever works on it.  Texts
 * are masked; the original is behind `reveal`. */
#include "app/box/vault.h"
#include "app/views/views.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "core/rules/life.h"
#include "core/scan/scan.h"
#include "core/triage/reason.h"
#include <stdio.h>
#include <string.h>

#define LINE_BYTES 280      /* of a text in the queue */
#define LINE_BYTES_MAX 4096 /* looked at, so that a number cut in two is still found */
#define LINES_MAX 200       /* of one case: the newest */

static bool masked_text(struct box *b, struct store_txn *txn, struct id id, size_t max,
                        struct buf *out)
{
    struct buf plain;
    struct vault_text v;
    buf_init(&plain, 0);
    bool is_found = vault_get(b, txn, VAULT_MENTION, id, &plain, &v) == ERR_OK &&
                    scan_masked(utf8_cut(v.text, max), out) == ERR_OK;
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
    return is_found;
}

static void next_key(struct record_key *from, struct id kase, struct id last)
{
    *from = key_pair(kase, last);
    from->b[from->n++] = 0;
}

static bool seek_of_case(const struct tables *t, enum table table, struct id kase,
                         const struct record_key *from, struct id *id, struct slice *value)
{
    struct slice key;
    if (t->seek(t->ctx, table, record_key_slice(from), &key, value) != ERR_OK || key.n != 32 ||
        memcmp(key.p, kase.b, 16) != 0)
        return false;
    memcpy(id->b, key.p + 16, 16);
    return true;
}

static void encode_newest(struct box *b, struct store_txn *txn, const struct case_rec *c,
                          struct json_out *o)
{
    struct tables t = store_tables(txn);
    struct record_key from = key_mention(c->id, (struct id){{0}});
    struct id newest = {{0}};
    struct buf masked;
    while (seek_of_case(&t, TABLE_MENTION, c->id, &from, &newest, NULL))
        next_key(&from, c->id, newest);
    buf_init(&masked, 0);
    json_open_array(o, "lines");
    if (!id_is_none(newest) && masked_text(b, txn, newest, LINE_BYTES_MAX, &masked))
        json_put_string(o, NULL, utf8_cut(buf_slice(&masked), LINE_BYTES));
    json_close_array(o);
    buf_fini(&masked);
}

static void put_id(struct json_out *o, const char *name, struct id id)
{
    char text[ID_TEXT_LEN + 1];
    if (id_is_none(id))
        return;
    id_text(id, text);
    json_put_z(o, name, text);
}

static void encode_clock(const struct case_rec *c, struct json_out *o)
{
    int first = case_first_clock(c);
    if (first < 0)
        return;
    json_put_z(o, "clock", clock_word((enum clock_kind)first));
    json_put_int(o, "soon_ms", c->clocks[first].soon_ms);
    json_put_int(o, "risk_ms", c->clocks[first].risk_ms);
    json_put_int(o, "due_ms", c->clocks[first].due_ms);
}

static void encode_reasons(const struct case_rec *c, struct json_out *o)
{
    json_open_array(o, "reasons");
    for (int i = 0; i < c->n_reasons; i++) {
        json_open_object(o, NULL);
        json_put_z(o, "code", reason_word(c->reasons[i].code));
        json_put_int(o, "points", c->reasons[i].points);
        json_open_object(o, "text");
        json_put_z(o, "es", reason_text(c->reasons[i].code, "es"));
        json_put_z(o, "en", reason_text(c->reasons[i].code, "en"));
        json_close_object(o);
        json_close_object(o);
    }
    json_close_array(o);
}

static void encode_head(struct box *b, const struct case_rec *c, struct json_out *o)
{
    json_put_int(o, "seq", (int64_t)c->seq);
    json_put_z(o, "state", case_state_word(c->state));
    json_put_z(o, "team", c->team < b->policy->n_teams ? b->policy->teams[c->team].name : "?");
    json_put_z(o, "level", level_word(c->level));
    json_put_int(o, "rank_ms", c->rank_ms);
    encode_clock(c, o);
    encode_reasons(c, o);
    put_id(o, "customer", c->customer);
    json_put_z(o, "network", network_word(c->network));
    json_put_z(o, "kind", mention_kind_word(c->kind));
    json_put_int(o, "at_ms", c->at_ms != 0 ? c->at_ms : c->opened_ms);
    put_id(o, "agent", c->claimant);
}

const char *views_sent_word(const struct reply_rec *r)
{
    return r->has_failed ? "failed" : r->sent_ms != 0 ? "sent" : "on_its_way";
}

void views_encode_case(struct box *b, struct store_txn *txn, const struct case_rec *c,
                       struct json_out *o)
{
    encode_head(b, c, o);
    encode_newest(b, txn, c, o);
}

/* ---- the whole case */

static void encode_clocks(const struct case_rec *c, struct json_out *o)
{
    json_open_object(o, "clocks");
    for (int k = 0; k < CLOCK_N; k++) {
        const struct clock *clock = &c->clocks[k];
        if (!clock->is_running)
            continue;
        json_open_object(o, clock_word((enum clock_kind)k));
        json_put_int(o, "start_ms", clock->start_ms);
        json_put_int(o, "soon_ms", clock->soon_ms);
        json_put_int(o, "risk_ms", clock->risk_ms);
        json_put_int(o, "due_ms", clock->due_ms);
        json_put_int(o, "target_ms", clock->target_ms);
        json_put_z(o, "phase", phase_word(clock->phase));
        json_put_bool(o, "paused", clock->is_paused);
        json_close_object(o);
    }
    json_close_object(o);
}

static void encode_rest(struct box *b, const struct case_rec *c, struct json_out *o)
{
    const struct policy *p = b->policy;
    json_put_z(o, "category",
               c->category < p->n_categories ? p->categories[c->category].name : NULL);
    json_put_z(o, "request", request_word(c->request));
    json_put_z(o, "mood", mood_word(c->mood));
    json_put_z(o, "lang", c->lang);
    json_open_array(o, "tags");
    for (unsigned i = 0; i < c->n_tags; i++)
        if (c->tags[i] < p->n_tags)
            json_put_z(o, NULL, p->tags[c->tags[i]]);
    json_close_array(o);
    if (c->plan > 0 && c->plan <= p->n_plans)
        json_put_z(o, "plan", p->plans[c->plan - 1].name);
    if (c->route != ROUTE_NONE)
        json_put_z(o, "route", route_word(c->route));
    json_put_int(o, "moves", c->n_moves);
    json_put_bool(o, "sending", c->is_sending);
    json_put_bool(o, "spoken", c->has_spoken);
    json_put_bool(o, "follow_up", c->owes_follow_up);
    json_put_bool(o, "ticket_open", c->has_ticket);
    json_put_int(o, "opened_ms", c->opened_ms);
    json_put_int(o, "policy_version", c->policy_version);
    put_id(o, "merged_into", c->merged_into);
    if (c->disposition != DISPOSITION_NONE)
        json_put_z(o, "disposition", disposition_word(c->disposition));
    if (c->disposition == DISPOSITION_DISMISSED)
        json_put_z(o, "dismiss_reason", dismiss_reason_word(c->dismiss_reason));
    encode_clocks(c, o);
}

static void encode_ticket(struct box *b, struct store_txn *txn, const struct case_rec *c,
                          struct json_out *o)
{
    struct buf plain;
    struct vault_text v;
    buf_init(&plain, 0);
    if (c->has_ticket && vault_get(b, txn, VAULT_TICKET, c->id, &plain, &v) == ERR_OK)
        json_put_string(o, "ticket", v.text);
    buf_fini(&plain);
}

struct line {
    enum { LINE_CUSTOMER, LINE_US, LINE_NOTE } from;
    struct id id;
    uint64_t seq; /* of a note: its id */
    int64_t at_ms;
    struct mention_rec mention;
    struct reply_rec reply;
};

struct line_list {
    struct line items[LINES_MAX];
    size_t n;
};

/* In order of time; of more than there is room for, the oldest go. */
static void add_line(struct line_list *l, const struct line *line)
{
    if (l->n == LINES_MAX) {
        memmove(&l->items[0], &l->items[1], (LINES_MAX - 1) * sizeof l->items[0]);
        l->n--;
    }
    size_t i = l->n++;
    for (; i > 0 && l->items[i - 1].at_ms > line->at_ms; i--)
        l->items[i] = l->items[i - 1];
    l->items[i] = *line;
}

static void read_messages(const struct tables *t, struct id kase, bool ours, struct line_list *l)
{
    struct record_key from = key_pair(kase, (struct id){{0}});
    struct line line = {.from = ours ? LINE_US : LINE_CUSTOMER};
    struct slice v;
    while (seek_of_case(t, ours ? TABLE_REPLY : TABLE_MENTION, kase, &from, &line.id, &v)) {
        enum err e = ours ? record_get_reply(v, &line.reply) : record_get_mention(v, &line.mention);
        line.at_ms = ours ? line.reply.written_ms : line.mention.at_ms;
        if (e == ERR_OK)
            add_line(l, &line);
        next_key(&from, kase, line.id);
    }
}

static void read_notes(struct box *b, struct store_txn *txn, struct id kase, struct line_list *l)
{
    struct line line = {.from = LINE_NOTE};
    struct vault_note n;
    struct buf plain;
    buf_init(&plain, 0);
    for (; vault_next_note(b, txn, kase, &line.seq, &plain, &n) == ERR_OK; line.seq++) {
        line.at_ms = n.at_ms;
        add_line(l, &line);
    }
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
}

#define LINE_ID_MAX (ID_TEXT_LEN + 1)

static struct slice line_id(const struct line *line, char out[LINE_ID_MAX])
{
    if (line->from == LINE_NOTE)
        (void)snprintf(out, LINE_ID_MAX, "n%llu", (unsigned long long)line->seq);
    else
        id_text(line->id, out);
    return slice_of(out);
}

static void encode_text(struct box *b, struct store_txn *txn, struct id id, struct json_out *o)
{
    struct buf text;
    buf_init(&text, 0);
    if (masked_text(b, txn, id, SIZE_MAX, &text)) {
        for (size_t i = 0; i < text.n; i++)
            text.p[i] = text.p[i] == VAULT_PART_END ? '\n' : text.p[i];
        json_put_string(o, "text", buf_slice(&text));
    }
    buf_fini(&text);
}

static void encode_mention(const struct mention_rec *m, struct json_out *o)
{
    json_put_z(o, "kind", mention_kind_word(m->kind));
    json_put_bool(o, "edited", m->is_edited);
    json_put_bool(o, "deleted", m->is_deleted);
}

static void encode_reply(const struct reply_rec *r, struct json_out *o)
{
    put_id(o, "person", r->person);
    json_put_bool(o, "direct", r->kind == MENTION_DIRECT);
    json_put_z(o, "sent", views_sent_word(r));
}

static void encode_note(struct box *b, struct store_txn *txn, struct id kase, uint64_t seq,
                        struct json_out *o)
{
    struct vault_note n;
    struct buf plain, masked;
    buf_init(&plain, 0);
    buf_init(&masked, 0);
    if (vault_next_note(b, txn, kase, &seq, &plain, &n) == ERR_OK) {
        put_id(o, "person", n.person);
        if (n.action.n > 0)
            json_put_string(o, "deed", n.action);
        if (slice_eq_z(n.action, "override"))
            json_put_string(o, "gate", n.word);
        if (scan_masked(n.text, &masked) == ERR_OK)
            json_put_string(o, "text", buf_slice(&masked));
    }
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
    buf_fini(&masked);
}

static void encode_line(struct box *b, struct store_txn *txn, struct id kase,
                        const struct line *line, struct json_out *o)
{
    static const char *const from[] = {"customer", "us", "note"};
    char id[LINE_ID_MAX];
    json_put_name(o, line_id(line, id));
    json_open_object(o, NULL);
    json_put_int(o, "at_ms", line->at_ms);
    json_put_z(o, "from", from[line->from]);
    if (line->from == LINE_NOTE) {
        encode_note(b, txn, kase, line->seq, o);
    } else {
        encode_text(b, txn, line->id, o);
        if (line->from == LINE_US)
            encode_reply(&line->reply, o);
        else
            encode_mention(&line->mention, o);
    }
    json_close_object(o);
}

enum err views_case(struct box *b, struct store_txn *txn, struct id id, struct buf *out)
{
    static const struct line_list none;
    struct tables t = store_tables(txn);
    struct line_list lines = none;
    struct case_rec c;
    char line_text[LINE_ID_MAX];
    enum err e = load_case(&t, id, &c);
    if (e != ERR_OK)
        return e;
    read_messages(&t, id, false, &lines);
    read_messages(&t, id, true, &lines);
    read_notes(b, txn, id, &lines);
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    encode_head(b, &c, &o);
    encode_rest(b, &c, &o);
    encode_ticket(b, txn, &c, &o);
    json_open_object(&o, "lines");
    for (size_t i = 0; i < lines.n; i++)
        encode_line(b, txn, id, &lines.items[i], &o);
    json_close_object(&o);
    json_open_array(&o, "order");
    for (size_t i = 0; i < lines.n; i++)
        json_put_string(&o, NULL, line_id(&lines.items[i], line_text));
    json_close_array(&o);
    json_close_object(&o);
    return out->err;
}
