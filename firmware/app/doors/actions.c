/* actions.c - see the header. */
#include "app/doors/actions.h"
#include "app/box/vault.h"
#include "base/json.h"
#include "base/seal.h"
#include "core/rules/life.h"
#include <string.h>

static void put_offer(struct json_out *o, const struct job_item *item)
{
    if (item == NULL || item->n_offer == 0)
        return;
    json_open_array(o, "offer");
    for (size_t i = 0; i < item->n_offer; i++)
        json_put_string(o, NULL, item->offer[i]);
    json_close_array(o);
}

static void put_refusal(struct json_out *o, enum refusal r, const char *message, const char *hint,
                        const char *gate, const struct job_item *item)
{
    json_open_object(o, "refused");
    json_put_z(o, "code", refusal_word(r));
    json_put_z(o, "message", message);
    json_put_z(o, "hint", hint);
    if (gate != NULL)
        json_put_z(o, "gate", gate);
    put_offer(o, item);
    json_close_object(o);
}

static void send_answer(struct box *b, struct serve_ticket t, struct buf *text)
{
    if (text->err == ERR_OK)
        serve_reply(b->serve, t, buf_slice(text), false);
    buf_fini(text);
}

void actions_refuse(struct box *b, struct serve_ticket t, struct slice ref, enum refusal r,
                    const char *message, const char *hint)
{
    struct buf text;
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    if (ref.n > 0)
        json_put_string(&o, "ref", ref);
    put_refusal(&o, r, message, hint, NULL, NULL);
    json_close_object(&o);
    send_answer(b, t, &text);
}

/* 128 random bits: 32 hexadecimal digits, or 22 of base64url, or the 26 letters of an id. */
static enum err parse_ref(struct slice ref, uint8_t out[16])
{
    struct buf bytes;
    struct id id;
    if (ref.n == ID_TEXT_LEN && id_parse(ref, &id) == ERR_OK) {
        memcpy(out, id.b, 16);
        return ERR_OK;
    }
    if (ref.n == 32) {
        for (size_t i = 0; i < 32; i++) {
            char c = ref.p[i];
            int v = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
            if (v < 0)
                return ERR_INVALID;
            out[i / 2] = (uint8_t)(i % 2 == 0 ? v << 4 : out[i / 2] | v);
        }
        return ERR_OK;
    }
    buf_init(&bytes, 32);
    enum err e = seal_unbase64(ref, &bytes);
    if (e == ERR_OK && bytes.n == 16)
        memcpy(out, bytes.p, 16);
    else
        e = ERR_INVALID;
    buf_fini(&bytes);
    return e;
}

/* Initials of a person's name: "Ana Bermúdez" signs AB, "Leo" signs LE. */
static struct slice mark_of(struct job *j, const char *name)
{
    char mark[8] = "";
    size_t n = 0, words = 0;
    bool is_start = true;
    for (const char *p = name; *p != '\0' && n < 3; p++) {
        bool is_letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        words += is_letter && is_start ? 1 : 0;
        if (is_letter && (is_start || (words == 1 && n == 1 && strchr(name, ' ') == NULL)))
            mark[n++] = *p >= 'a' ? (char)(*p - 'a' + 'A') : *p;
        is_start = *p == ' ' || *p == '-' || *p == '.' || *p == '_';
    }
    return arena_copy(&j->arena, slice_of(mark));
}

static const char *read_parts(struct job *j, const struct cJSON *frame, struct cmd_case *c)
{
    const struct cJSON *parts = json_get(frame, "parts");
    if (parts == NULL)
        return NULL;
    if (!json_is_array(parts) || json_count(parts) == 0 || json_count(parts) > CMD_PARTS_MAX)
        return "\"parts\" must be a list of one to eight strings";
    for (const struct cJSON *p = json_first(parts); p != NULL; p = json_next(p)) {
        if (!json_is_string(p))
            return "\"parts\" must be a list of one to eight strings";
        c->parts[c->n_parts++] = arena_copy(&j->arena, json_string(p));
    }
    return NULL;
}

static const char *read_override(struct job *j, const struct cJSON *frame, struct cmd_case *c)
{
    const struct cJSON *over = json_get(frame, "override");
    struct slice gate, reason;
    if (over == NULL)
        return NULL;
    if (json_get_string(over, "gate", &gate) != ERR_OK ||
        json_get_string(over, "reason", &reason) != ERR_OK)
        return "\"override\" needs \"gate\" and \"reason\"";
    c->has_override = true;
    c->override_gate = arena_copy(&j->arena, gate);
    c->override_reason = arena_copy(&j->arena, reason);
    return NULL;
}

static const char *read_ids(const struct cJSON *frame, struct cmd_case *c)
{
    struct slice s;
    int64_t seen;
    if (json_get_string(frame, "case", &s) != ERR_OK || id_parse(s, &c->kase) != ERR_OK)
        return "\"case\" must be the id of a case";
    if (json_get_int(frame, "seen", &seen) != ERR_OK || seen < 0)
        return "\"seen\" must be the seq of the case on your screen";
    c->seen = (uint64_t)seen;
    if (json_get_string(frame, "to", &s) == ERR_OK && id_parse(s, &c->other) != ERR_OK)
        return "\"to\" must be the id of a person or a case";
    if (json_get_string(frame, "mention", &s) == ERR_OK && id_parse(s, &c->mention) != ERR_OK)
        return "\"mention\" must be the id of a mention";
    return NULL;
}

static const char *read_frame(struct job *j, const struct cJSON *frame, struct cmd_case *c)
{
    static const char *const words[] = {"tag",    "category", "level", "route",
                                        "ticket", "team",     "reason"};
    struct slice s;
    const char *fault = read_ids(frame, c);
    if (fault == NULL && json_get_bool(frame, "direct", &c->is_direct) == ERR_INVALID)
        fault = "\"direct\" must be true or false";
    if (fault == NULL && json_get_string(frame, "text", &s) == ERR_INVALID)
        fault = "\"text\" must be a string";
    if (fault != NULL)
        return fault;
    if (json_get_string(frame, "text", &s) == ERR_OK)
        c->text = arena_copy(&j->arena, s);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (c->word.n == 0 && json_get_string(frame, words[i], &s) == ERR_OK)
            c->word = arena_copy(&j->arena, s);
    if (c->action == DO_REVEAL && c->text.n == 0)
        c->text = c->word;
    fault = read_parts(j, frame, c);
    return fault == NULL ? read_override(j, frame, c) : fault;
}

/* The command of a frame; NULL, or what is wrong with it. */
static const char *read_command(struct job *j, const struct cJSON *frame, struct slice ref)
{
    struct slice word = {0};
    struct cmd_case *c = &j->items[0].command.u.kase;
    json_get_string(frame, "do", &word);
    const struct life_rule *rule = life_find(word);
    j->items[0].command.type = CMD_CASE;
    if (parse_ref(ref, c->ref) != ERR_OK)
        return "\"ref\" must be 32 hexadecimal digits";
    if (slice_eq_z(word, "presence"))
        return "\"on\" must be true or false";
    if (rule == NULL)
        return "unknown command";
    c->action = rule->action;
    return read_frame(j, frame, c);
}

/* Gives the command to the writer; false: too much is waiting. */
static bool ask_for(struct box *b, struct job *j, const struct serve_principal *who)
{
    struct cmd_case *c = &j->items[0].command.u.kase;
    c->person = who->id;
    c->roles = who->roles & 31u;
    c->mark = mark_of(j, who->name);
    c->reply = box_new_id(b);
    return box_ask(b, j) == ERR_OK;
}

void actions_handle(struct box *b, struct serve_ticket t, const struct serve_principal *who,
                    const struct cJSON *frame, struct slice bytes)
{
    struct slice ref = {0};
    json_get_string(frame, "ref", &ref);
    struct job *j = job_new(JOB_LIVE, 1);
    if (j == NULL) {
        actions_refuse(b, t, ref, REFUSAL_BUSY, "out of memory", "try again");
        return;
    }
    const char *fault = read_command(j, frame, ref);
    j->ticket = t;
    j->ref = arena_copy(&j->arena, ref);
    seal_mac128(b->ref_key, &bytes, 1, j->items[0].command.u.kase.frame.b);
    if (fault != NULL)
        actions_refuse(b, t, ref, REFUSAL_INVALID, fault, "correct it and send it with a new ref");
    else if ((who->roles & (ROLE_AGENT | ROLE_LEAD)) == 0)
        actions_refuse(b, t, ref, REFUSAL_NOT_ALLOWED, "a display can only read",
                       "sign in as an agent");
    else if (ask_for(b, j, who))
        return;
    else
        actions_refuse(b, t, ref, REFUSAL_BUSY, "too many requests are waiting for the disk",
                       "try again in a moment");
    job_free(j);
}

/* The original, to the one who gave a reason. */
static void put_revealed(struct box *b, const struct cmd_case *k, struct json_out *o)
{
    struct store_txn *txn;
    struct vault_text v;
    struct buf plain;
    if (store_read(b->store, &txn) != ERR_OK)
        return;
    buf_init(&plain, 0);
    if (vault_get(b, txn, VAULT_MENTION, k->mention, &plain, &v) == ERR_OK)
        json_put_string(o, "text", v.text);
    else
        json_put_null(o, "text");
    store_read_end(txn);
    seal_wipe(plain.p, plain.n);
    buf_fini(&plain);
}

/* A replayed channel has nobody to send to: what is written there counts as said. */
static void send_to_nobody(struct box *b, const struct job_item *item)
{
    struct store_txn *txn;
    struct case_rec c = {.network = NETWORK_X};
    if (id_is_none(item->reply) || store_read(b->store, &txn) != ERR_OK)
        return;
    struct tables t = store_tables(txn);
    enum err e = load_case(&t, item->kase, &c);
    store_read_end(txn);
    struct job *j = e == ERR_OK && c.network == NETWORK_REPLAY ? job_new(JOB_NOBODY, 1) : NULL;
    if (j == NULL)
        return;
    j->items[0].command.type = CMD_REPLY_PROGRESS;
    j->items[0].command.u.progress.kase = item->kase;
    j->items[0].command.u.progress.reply = item->reply;
    j->items[0].command.u.progress.sent_ms = box_now_ms(b);
    if (box_ask(b, j) != ERR_OK)
        job_free(j);
}

void actions_answer(struct box *b, struct job *j)
{
    const struct job_item *item = &j->items[0];
    const struct cmd_case *k = &item->command.u.kase;
    struct buf text;
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    json_put_string(&o, "ref", j->ref);
    if (j->error != ERR_OK) {
        put_refusal(&o, REFUSAL_NOT_DURABLE, "the box could not save this",
                    "nothing was done; try again", NULL, NULL);
    } else if (item->outcome == JOB_REFUSED) {
        put_refusal(&o, item->refusal, item->detail, item->hint, item->gate, item);
    } else {
        json_put_bool(&o, "ok", true);
        json_put_int(&o, "seq", (int64_t)item->seq);
        if (k->action == DO_REVEAL && !item->is_repeat)
            put_revealed(b, k, &o);
        send_to_nobody(b, item);
    }
    json_close_object(&o);
    send_answer(b, j->ticket, &text);
}
