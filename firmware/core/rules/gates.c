/* gates.c - one function a gate. */
#include "core/rules/gates.h"
#include "base/buf.h"
#include "core/record/counter.h"
#include "core/scan/scan.h"
#include "core/text/words.h"
#include <stdio.h>
#include <string.h>

#define ROLE_LEAD_BIT 16u
#define NAME_LETTERS_MAX 30
#define DIRECT_LETTERS_MAX 1000 /* Bluesky's; X takes more, nobody should read more */

enum err gates_refuse(struct deciding *d, enum refusal gate, const char *message, const char *hint)
{
    verdict_refuse(d->v, gate, message, hint);
    (void)snprintf(d->v->gate, sizeof d->v->gate, "%s", refusal_word(gate));
    return ERR_OK;
}

static enum err offer(struct deciding *d, const struct slice *texts, size_t n)
{
    d->v->offer = arena_alloc(d->a, n * sizeof *texts);
    if (d->v->offer == NULL)
        return ERR_NO_MEMORY;
    memcpy(d->v->offer, texts, n * sizeof *texts);
    d->v->n_offer = n;
    return ERR_OK;
}

static bool names_gate(struct slice list, const char *gate)
{
    size_t n = strlen(gate);
    for (size_t at = 0; at + n <= list.n; at++) {
        bool starts = at == 0 || list.p[at - 1] == ' ' || list.p[at - 1] == ',';
        bool ends = at + n == list.n || list.p[at + n] == ' ' || list.p[at + n] == ',';
        if (starts && ends && memcmp(list.p + at, gate, n) == 0)
            return true;
    }
    return false;
}

bool gates_override(struct deciding *d, enum refusal gate)
{
    const struct cmd_case *k = &d->c->u.kase;
    if (!k->has_override || (k->roles & ROLE_LEAD_BIT) == 0 ||
        slice_trim(k->override_reason).n == 0 || !names_gate(k->override_gate, refusal_word(gate)))
        return false;
    d->passed |= UINT64_C(1) << gate;
    return true;
}

enum err gates_note_overrides(struct deciding *d, struct id kase, struct id reply)
{
    for (int gate = 1; gate < REFUSAL_N; gate++) {
        if ((d->passed & (UINT64_C(1) << gate)) == 0)
            continue;
        struct event *e = verdict_add(d->v, EV_GATE_OVERRIDDEN, d->now_ms);
        if (e == NULL)
            return ERR_NO_MEMORY;
        e->person = d->c->u.kase.person;
        e->u.override.kase = kase;
        e->u.override.reply = reply;
        e->u.override.refusal = (uint8_t)gate;
    }
    return ERR_OK;
}

int gates_lang(const struct deciding *d, const struct case_rec *c)
{
    bool is_known = strcmp(c->lang, "es") == 0 || strcmp(c->lang, "en") == 0;
    return strcmp(is_known ? c->lang : d->policy->lang, "en") == 0 ? 1 : 0;
}

/* ---- direct messages */

static enum err gate_direct(struct deciding *d, const struct case_rec *c, const struct draft *r)
{
    struct customer_rec who;
    bool asks = r->route == ROUTE_DM;
    if (!r->is_direct && !asks)
        return ERR_OK;
    if (!d->policy->dm_allowed[c->network])
        return gates_refuse(d, REFUSAL_DM_NOT_ALLOWED,
                            "the policy allows no direct messages on this network",
                            "answer in public, without personal data");
    if (!r->is_direct || c->network == NETWORK_MASTODON)
        return ERR_OK;
    enum err e = load_customer(d->t, c->customer, &who);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_OK && who.takes_direct)
        return ERR_OK;
    struct slice text = slice_of(d->policy->routes[ROUTE_DM].text[gates_lang(d, c)]);
    e = gates_refuse(d, REFUSAL_DM_NOT_ALLOWED, "this customer has not sent us a direct message",
                     "ask for one in public first; a text is offered");
    return e == ERR_OK && text.n > 0 ? offer(d, &text, 1) : e;
}

/* ---- length */

/* The first word of a shown name, when it looks like one: letters only. */
static struct slice first_name(struct slice name)
{
    size_t n = 0, letters = 0;
    name = slice_trim(name);
    for (; n < name.n && name.p[n] != ' '; n++) {
        unsigned char b = (unsigned char)name.p[n];
        bool is_letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-' ||
                         b == '\'' || (b >= 0xc3 && b <= 0xc9) || (b >= 0x80 && b <= 0xbf);
        if (!is_letter)
            return (struct slice){0};
        letters += (b & 0xc0) != 0x80;
    }
    return letters >= 2 && letters <= NAME_LETTERS_MAX ? slice_make(name.p, n) : (struct slice){0};
}

/* A sentence of the policy with its one {placeholder} filled; empty when there is nothing to fill
 * it with. */
static enum err fill(struct deciding *d, const char *sentence, const char *hole, struct slice value,
                     struct slice *out)
{
    const char *at = strstr(sentence, hole);
    struct buf b;
    *out = at == NULL ? slice_of(sentence) : (struct slice){0};
    if (at == NULL || value.n == 0)
        return ERR_OK;
    buf_init(&b, 0);
    buf_add(&b, sentence, (size_t)(at - sentence));
    buf_add_slice(&b, value);
    buf_add_z(&b, at + strlen(hole));
    if (b.err == ERR_OK)
        *out = arena_copy(d->a, buf_slice(&b));
    buf_fini(&b);
    return out->p != NULL ? ERR_OK : ERR_NO_MEMORY;
}

static unsigned parts_max(const struct deciding *d, const struct draft *r)
{
    return r->is_direct ? d->policy->dm_parts_max : d->policy->public_posts_max;
}

static enum err refuse_too_many(struct deciding *d, const struct draft *r)
{
    char message[120];
    (void)snprintf(message, sizeof message, "an answer may use at most %u %s", parts_max(d, r),
                   r->is_direct ? "direct messages" : "public posts");
    return gates_refuse(d, REFUSAL_TOO_MANY_POSTS, message,
                        r->is_direct ? "say it in fewer, or move it to a better place, once"
                                     : "say it in fewer, or ask for a direct message");
}

static enum err refuse_too_long(struct deciding *d, const struct compose *c,
                                const struct composed *split)
{
    char message[120];
    (void)snprintf(message, sizeof message, "the reply is longer than one post (limit %d)",
                   c->limits.max);
    (void)gates_refuse(d, REFUSAL_TOO_LONG, message, "shorten it, or send the parts offered");
    return offer(d, split->parts, split->n);
}

static enum err gate_parts(struct deciding *d, const struct compose *c, struct draft *r)
{
    const struct cmd_case *k = &d->c->u.kase;
    char message[120];
    if (k->n_parts > parts_max(d, r))
        return refuse_too_many(d, r);
    enum err e = compose_parts(c, k->parts, k->n_parts, d->a, &r->composed);
    if (e != ERR_TOO_LONG)
        return e;
    (void)snprintf(message, sizeof message, "part %u is longer than one post (limit %d)",
                   r->composed.n_needed, c->limits.max);
    return gates_refuse(d, REFUSAL_TOO_LONG, message, "shorten that part");
}

static enum err gate_length(struct deciding *d, const struct case_rec *c, struct draft *r)
{
    const struct cmd_case *k = &d->c->u.kase;
    const struct policy *p = d->policy;
    struct compose what = {.network = c->network,
                           .limits = length_limits_of(c->network),
                           .text = r->text,
                           .parts_max = (uint8_t)parts_max(d, r)};
    enum err e = fill(d, p->greeting[gates_lang(d, c)], "{name}", first_name(k->customer_name),
                      &what.greeting);
    if (e == ERR_OK)
        e = fill(d, p->signature, "{mark}", k->mark, &what.signature);
    if (e != ERR_OK)
        return e;
    if (r->is_direct && c->network != NETWORK_MASTODON) /* there it is a post like any other */
        what.limits.max = DIRECT_LETTERS_MAX;
    if (k->n_parts > 0)
        return gate_parts(d, &what, r);
    if (slice_trim(r->text).n == 0)
        return gates_refuse(d, REFUSAL_INVALID, "the reply is empty", "write what you want to say");
    e = compose_reply(&what, d->a, &r->composed);
    if (e == ERR_TOO_LONG)
        return refuse_too_many(d, r);
    if (e == ERR_INVALID)
        return gates_refuse(d, REFUSAL_INVALID, "the reply is not UTF-8", "send it again");
    return e == ERR_OK && r->composed.n > 1 ? refuse_too_long(d, &what, &r->composed) : e;
}

/* ---- personal data */

static bool may_show(enum hazard_kind k)
{
    return k == HAZARD_IBAN || k == HAZARD_CBU || k == HAZARD_CVU || k == HAZARD_CLABE ||
           k == HAZARD_EMAIL || k == HAZARD_PHONE;
}

static bool is_company_own(const struct policy *p, struct slice text, const struct hazard *h)
{
    for (unsigned i = 0; i < p->n_identifiers; i++)
        if (scan_is_allowed(text, h, slice_of(p->identifiers[i])))
            return true;
    return false;
}

/* The hazards of one part that refuse it: those the company has not made public itself. */
static enum err find_hazards(struct deciding *d, struct slice text, struct hazard **out, size_t *n)
{
    size_t kept = 0;
    enum err e = scan_text(text, d->a, out, n);
    for (size_t i = 0; e == ERR_OK && i < *n; i++)
        if (!is_company_own(d->policy, text, &(*out)[i]))
            (*out)[kept++] = (*out)[i];
    *n = kept;
    return e;
}

static enum err offer_masked(struct deciding *d, const struct draft *r)
{
    struct slice masked[COMPOSE_PARTS_MAX];
    for (size_t i = 0; i < r->composed.n; i++) {
        struct buf b;
        struct hazard *h;
        size_t n;
        enum err e = find_hazards(d, r->composed.parts[i], &h, &n);
        buf_init(&b, 0);
        if (e == ERR_OK)
            scan_mask(r->composed.parts[i], h, n, &b);
        masked[i] = arena_copy(d->a, buf_slice(&b));
        buf_fini(&b);
        if (e != ERR_OK || masked[i].p == NULL)
            return e == ERR_OK ? ERR_NO_MEMORY : e;
    }
    return offer(d, masked, r->composed.n);
}

static enum err gate_personal_data(struct deciding *d, const struct draft *r)
{
    char message[160];
    for (size_t i = 0; i < r->composed.n && !r->is_direct; i++) {
        struct hazard *h;
        size_t n;
        enum err e = find_hazards(d, r->composed.parts[i], &h, &n);
        if (e != ERR_OK)
            return e;
        for (size_t k = 0; k < n; k++) {
            if (may_show(h[k].kind) && gates_override(d, REFUSAL_PERSONAL_DATA))
                continue;
            (void)snprintf(message, sizeof message, "this public reply contains personal data: %s",
                           hazard_word(h[k].kind));
            (void)gates_refuse(d, REFUSAL_PERSONAL_DATA, message,
                               "remove it, use the masked text offered, or reply in private");
            return offer_masked(d, r);
        }
    }
    return ERR_OK;
}

/* ---- moves */

static enum err gate_open_ticket(struct deciding *d, const struct case_rec *c,
                                 const struct draft *r)
{
    struct slice ticket = d->c->u.kase.ticket;
    char message[120];
    if (r->route != ROUTE_DM || !c->has_ticket || gates_override(d, REFUSAL_OPEN_TICKET))
        return ERR_OK;
    if (ticket.n > 0)
        (void)snprintf(message, sizeof message, "this customer already has an open ticket: %.*s",
                       (int)(ticket.n < 60 ? ticket.n : 60), ticket.p);
    else
        (void)snprintf(message, sizeof message, "this customer already has an open ticket");
    return gates_refuse(d, REFUSAL_OPEN_TICKET, message,
                        "check that ticket and report its status, instead of asking again");
}

static enum err gate_second_move(struct deciding *d, const struct case_rec *c,
                                 const struct draft *r)
{
    char message[120];
    if (r->route == ROUTE_NONE || c->n_moves == 0 || gates_override(d, REFUSAL_SECOND_MOVE))
        return ERR_OK;
    (void)snprintf(message, sizeof message, "this customer was already moved once (%s)",
                   route_word(c->route));
    return gates_refuse(d, REFUSAL_SECOND_MOVE, message, "solve it here");
}

/* ---- words */

static enum err gate_words(struct deciding *d, const struct draft *r)
{
    struct words w;
    char message[120];
    for (size_t i = 0; i < r->composed.n; i++) {
        words_of(r->composed.parts[i], &w);
        for (unsigned k = 0; k < d->policy->n_forbidden; k++) {
            const char *word = d->policy->forbidden[k];
            if (!words_hold(&w, word, NULL) || gates_override(d, REFUSAL_FORBIDDEN_WORD))
                continue;
            (void)snprintf(message, sizeof message, "the policy forbids \"%s\" in a reply", word);
            return gates_refuse(d, REFUSAL_FORBIDDEN_WORD, message, "say it in other words");
        }
    }
    return ERR_OK;
}

static enum err gate_repeats(struct deciding *d, struct draft *r)
{
    uint64_t key = r->is_by_policy ? 0 : d->c->u.kase.text_key;
    struct text_counter seen = {.n = 0};
    enum err e = key != 0 ? counter_text(d->t, key, &seen) : ERR_OK;
    bool is_old = seen.since_ms + d->policy->repeat_window_ms <= d->now_ms;
    r->n_repeats = is_old ? 0 : (uint32_t)seen.n;
    r->repeats_ms = is_old ? d->now_ms : seen.since_ms;
    if (e != ERR_OK || key == 0 || r->n_repeats < d->policy->repeats_max ||
        gates_override(d, REFUSAL_REPEATED_TEXT))
        return e;
    return gates_refuse(d, REFUSAL_REPEATED_TEXT,
                        "many customers have just received this same text",
                        "write something specific to this customer");
}

enum err gates_check(struct deciding *d, const struct case_rec *c, struct draft *r)
{
    enum err e = gate_direct(d, c, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_length(d, c, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_personal_data(d, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_open_ticket(d, c, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_second_move(d, c, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_words(d, r);
    if (e == ERR_OK && d->v->refusal == REFUSAL_NONE)
        e = gate_repeats(d, r);
    return e;
}
