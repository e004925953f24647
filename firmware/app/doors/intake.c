/* intake.c - every member checked by name; ids stay texts. */
#include "app/doors/intake.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/utc.h"
#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

struct reading {
    struct box *b;
    struct job *j;
    struct job_item *item;
    const struct intake_options *o;
    char prefix[24];
    struct slice network, server, id, author, handle, reply_to;
};

static bool refuse_element(struct reading *r, const char *pointer, const char *detail)
{
    if (r->item->is_bad)
        return false;
    r->item->is_bad = true;
    r->item->pointer = job_text(r->j, "%s%s", r->prefix, pointer);
    r->item->detail = job_text(r->j, "%s", detail);
    return false;
}

/* A member that is a text of at most max bytes; absent and null leave *out empty. */
static bool text_member(struct reading *r, const struct cJSON *j, const char *name,
                        const char *pointer, size_t max, bool is_needed, struct slice *out)
{
    const struct cJSON *v = json_get(j, name);
    char why[120];
    *out = (struct slice){0};
    if (v == NULL)
        return is_needed ? refuse_element(r, pointer, "required member is missing") : true;
    if (json_is_number(v))
        return refuse_element(r, pointer, "expected a string: numbers lose digits");
    if (!json_is_string(v))
        return refuse_element(r, pointer, "expected a string");
    struct slice s = json_string(v);
    if (s.n > max) {
        snprintf(why, sizeof why, "this text is longer than %zu bytes", max);
        return refuse_element(r, pointer, why);
    }
    if (is_needed && s.n == 0)
        return refuse_element(r, pointer, "this text is empty");
    *out = arena_copy(&r->j->arena, s);
    return true;
}

static struct mac128 mac_of(const struct reading *r, const char *kind, struct slice what)
{
    const struct slice parts[] = {slice_of(kind), r->network, r->server, what};
    struct mac128 m;
    seal_mac128(r->b->identity_key, parts, 4, m.b);
    return m;
}

static struct slice lower_handle(struct reading *r, struct slice handle)
{
    struct slice s = handle;
    if (s.n > 0 && s.p[0] == '@') {
        s.p++;
        s.n--;
    }
    char *z = arena_copy_z(&r->j->arena, s);
    if (z == NULL)
        return (struct slice){0};
    for (char *p = z; *p != '\0'; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return slice_of(z);
}

static struct slice first_handle(struct slice text)
{
    const char *at = memchr(text.p, '@', text.n);
    size_t n = 0;
    if (text.n == 0 || at == NULL)
        return (struct slice){0};
    struct slice rest = slice_make(at + 1, text.n - (size_t)(at + 1 - text.p));
    while (n < rest.n &&
           (rest.p[n] == '_' || rest.p[n] == '.' || rest.p[n] == '-' ||
            (rest.p[n] >= '0' && rest.p[n] <= '9') || (rest.p[n] >= 'a' && rest.p[n] <= 'z') ||
            (rest.p[n] >= 'A' && rest.p[n] <= 'Z')))
        n++;
    return slice_make(rest.p, n);
}

static bool read_kind(struct reading *r, const struct cJSON *j)
{
    struct cmd_mention *m = &r->item->command.u.mention;
    struct slice kind, event;
    if (!text_member(r, j, "kind", "/kind", 16, false, &kind) ||
        !text_member(r, j, "event", "/event", 16, false, &event))
        return false;
    m->kind = MENTION_PUBLIC;
    if (slice_eq_z(kind, "direct"))
        m->kind = MENTION_DIRECT;
    else if (slice_eq_z(kind, "heard"))
        m->kind = MENTION_HEARD;
    else if (slice_eq_z(kind, "reply") && r->o->is_replay)
        m->kind = MENTION_REPLY;
    else if (kind.n > 0 && !slice_eq_z(kind, "public"))
        return refuse_element(r, "/kind", "expected public, direct or heard");
    m->event = MENTION_NEW;
    if (slice_eq_z(event, "edit"))
        m->event = MENTION_EDIT;
    else if (slice_eq_z(event, "delete"))
        m->event = MENTION_DELETE;
    else if (event.n > 0)
        return refuse_element(r, "/event",
                              "expected edit or delete; leave it out for a new mention");
    r->item->command.type = m->kind == MENTION_REPLY ? CMD_REPLY_SEEN : CMD_MENTION;
    return true;
}

static bool read_at(struct reading *r, const struct cJSON *j, int64_t now_ms)
{
    struct cmd_mention *m = &r->item->command.u.mention;
    struct slice at;
    if (!text_member(r, j, "at", "/at", 64, false, &at))
        return false;
    m->has_at = at.n > 0;
    m->at_ms = now_ms;
    if (!m->has_at)
        return true;
    enum err e = utc_parse(at, &m->at_ms);
    if (e == ERR_RANGE)
        return refuse_element(r, "/at", "no such date or time");
    if (e != ERR_OK)
        return refuse_element(r, "/at", "not an RFC 3339 time; write 2026-11-24T10:30:00Z");
    m->at_ms += r->o->shift_ms;
    if (m->at_ms < 0)
        return refuse_element(r, "/at", "this time is before 1970");
    return true;
}

static bool read_network(struct reading *r, const struct cJSON *j)
{
    struct cmd_mention *m = &r->item->command.u.mention;
    struct slice channel;
    if (!text_member(r, j, "network", "/network", 32, !r->o->is_replay, &r->network) ||
        !text_member(r, j, "server", "/server", 255, false, &r->server) ||
        !text_member(r, j, "channel", "/channel", 39, false, &channel))
        return false;
    m->network = NETWORK_REPLAY;
    if (!r->o->is_replay && network_parse(r->network, &m->network) != ERR_OK)
        m->network = NETWORK_WEBHOOK;
    if (r->o->channel != NULL)
        channel = slice_of(r->o->channel);
    m->channel = channel.n > 0 ? channel : r->network;
    if (!json_is_name(m->channel))
        return refuse_element(
            r, channel.n > 0 ? "/channel" : "/network",
            "not a valid channel name; leave out quotes, backslashes and control characters");
    return true;
}

static bool read_author(struct reading *r, const struct cJSON *j)
{
    const struct cJSON *author = json_get(j, "author");
    struct cmd_mention *m = &r->item->command.u.mention;
    struct vault_text *v = &r->item->vault;
    if (author == NULL && m->event == MENTION_DELETE)
        return true;
    if (author == NULL)
        return refuse_element(r, "/author", "required member is missing");
    if (!json_is_object(author))
        return refuse_element(r, "/author", "expected an object: {\"id\":\"…\"}");
    if (!text_member(r, author, "id", "/author/id", 255, true, &r->author) ||
        !text_member(r, author, "handle", "/author/handle", 255, false, &r->handle) ||
        !text_member(r, author, "name", "/author/name", 1024, false, &v->name) ||
        !text_member(r, author, "plan", "/author/plan", POLICY_WORD_MAX - 1, false, &m->plan))
        return false;
    v->author = r->author;
    v->handle = r->handle;
    return true;
}

static void set_identities(struct reading *r)
{
    struct cmd_mention *m = &r->item->command.u.mention;
    m->dedupe.mac = mac_of(r, "mention", r->id);
    m->dedupe.day = (uint32_t)(m->at_ms / DAY_MS);
    m->author = mac_of(r, "author", r->author);
    m->has_reply_to = r->reply_to.n > 0;
    if (m->has_reply_to)
        m->reply_to = mac_of(r, "mention", r->reply_to);
    if (!r->o->is_replay)
        return;
    m->has_handle = r->handle.n > 0;
    if (m->has_handle)
        m->handle = mac_of(r, "handle", lower_handle(r, r->handle));
    struct slice to = m->kind == MENTION_REPLY ? first_handle(m->text) : (struct slice){0};
    m->has_address = to.n > 0;
    if (m->has_address)
        m->address = mac_of(r, "handle", lower_handle(r, to));
}

void intake_element(struct box *b, struct job *j, size_t i, const struct cJSON *element, int index,
                    const struct intake_options *o)
{
    struct reading r = {.b = b, .j = j, .item = &j->items[i], .o = o};
    struct cmd_mention *m = &r.item->command.u.mention;
    struct vault_text *v = &r.item->vault;
    if (index >= 0)
        snprintf(r.prefix, sizeof r.prefix, "/%d", index);
    if (!json_is_object(element)) {
        refuse_element(&r, "", "expected an object");
        return;
    }
    if (text_member(&r, element, "id", "/id", 255, true, &r.id))
        r.item->id_text = r.id;
    if (r.item->is_bad || !read_network(&r, element) || !read_kind(&r, element) ||
        !read_at(&r, element, box_now_ms(b)) || !read_author(&r, element))
        return;
    bool needs_text = m->event != MENTION_DELETE;
    if (!text_member(&r, element, "text", "/text", INTAKE_TEXT_MAX, needs_text, &m->text) ||
        !text_member(&r, element, "lang", "/lang", 35, false, &m->lang) ||
        !text_member(&r, element, "in_reply_to", "/in_reply_to", 255, false, &r.reply_to) ||
        !text_member(&r, element, "url", "/url", 2048, false, &v->url))
        return;
    v->text = m->text;
    v->id = r.id;
    v->server = r.server;
    v->reply_to = r.reply_to;
    m->mention = box_new_id(b);
    m->kase = box_new_id(b);
    m->customer = box_new_id(b);
    set_identities(&r);
}

static void fill_whole(struct box *b, struct job *j, const struct cJSON *doc,
                       const struct intake_options *o)
{
    size_t i = 0;
    if (!json_is_array(doc)) {
        intake_element(b, j, 0, doc, -1, o);
        return;
    }
    for (const struct cJSON *el = json_first(doc); el != NULL; el = json_next(el), i++)
        intake_element(b, j, i, el, (int)i, o);
}

/* One element of a body that does not parse as a whole; `offset`: where it begins there. */
static void fill_apart(struct box *b, struct job *j, size_t i, struct slice text, size_t offset,
                       const struct intake_options *o)
{
    struct json_limits limits = json_limits_body;
    struct cJSON *element;
    struct json_error e;
    limits.depth_max--;
    if (json_parse(text, &limits, &element, &e) == ERR_OK) {
        intake_element(b, j, i, element, (int)i, o);
        json_free(element);
        return;
    }
    j->items[i].is_bad = true;
    j->items[i].pointer = job_text(j, "/%zu%s", i, e.pointer);
    j->items[i].detail = job_text(j, "%s (byte %zu)", e.message, offset + e.offset);
}

static struct job *job_of(size_t n, struct intake_fault *f)
{
    struct job *j = NULL;
    if (n == 0) {
        snprintf(f->detail, sizeof f->detail, "the array is empty");
    } else if (n > INTAKE_ELEMENTS_MAX) {
        f->code = "too_many_elements";
        snprintf(f->detail, sizeof f->detail, "%zu elements; send at most %d at once", n,
                 INTAKE_ELEMENTS_MAX);
    } else if ((j = job_new(JOB_WEBHOOK, n)) == NULL) {
        f->code = "busy";
        snprintf(f->detail, sizeof f->detail, "out of memory; try again later");
    }
    return j;
}

/* NULL with *f as it was: this text is no array that can be told apart. */
static struct job *body_apart(struct box *b, struct slice body, const struct intake_options *o,
                              struct intake_fault *f)
{
    struct slice elements[INTAKE_ELEMENTS_MAX];
    size_t n;
    if (json_split(body, &json_limits_body, elements, INTAKE_ELEMENTS_MAX, &n) != ERR_OK)
        return NULL;
    struct job *j = job_of(n, f);
    for (size_t i = 0; j != NULL && i < n; i++)
        fill_apart(b, j, i, elements[i], (size_t)(elements[i].p - body.p), o);
    return j;
}

struct job *intake_body(struct box *b, struct slice body, const struct intake_options *o,
                        struct intake_fault *f)
{
    struct cJSON *doc;
    struct json_error e;
    struct job *j = NULL;
    *f = (struct intake_fault){.code = "malformed"};
    enum err err = json_parse(body, &json_limits_body, &doc, &e);
    if (err != ERR_OK) {
        snprintf(f->pointer, sizeof f->pointer, "%s", e.pointer);
        snprintf(f->detail, sizeof f->detail, "%s (byte %zu)", e.message, e.offset);
        return err == ERR_NO_MEMORY ? NULL : body_apart(b, body, o, f);
    }
    if (!json_is_array(doc) && !json_is_object(doc))
        snprintf(f->detail, sizeof f->detail,
                 "expected one mention (an object) or an array of mentions");
    else if ((j = job_of(json_is_array(doc) ? json_count(doc) : 1, f)) != NULL)
        fill_whole(b, j, doc, o);
    json_free(doc);
    return j;
}
