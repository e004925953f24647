/* pairing.c - a screen shows a code, a person approves it, the screen fetches its credential (the
 * pattern of RFC 8628). */
#include "app/loop/devices.h"
#include "base/json.h"
#include "base/log.h"
#include "base/seal.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* RFC 8628 §6.1: no vowels, so no words; 20^8 codes. */
static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";

static enum err make_user_code(char out[10])
{
    uint8_t random[16];
    size_t n = 0;
    enum err e = seal_random(random, sizeof random);
    for (size_t i = 0; i < sizeof random && n < 9; i++) {
        if (random[i] >= 240)
            continue; /* keeps every letter as likely */
        out[n++] = letters[random[i] % 20];
        if (n == 4)
            out[n++] = '-';
    }
    out[n] = '\0';
    return e == ERR_OK && n < 9 ? make_user_code(out) : e;
}

static struct pairing *free_slot(struct devices *d, int64_t now_ms)
{
    for (size_t i = 0; i < PAIRINGS_MAX; i++)
        if (!d->pairings[i].is_used || d->pairings[i].ends_ms <= now_ms)
            return &d->pairings[i];
    return NULL;
}

static struct pairing *find(struct devices *d, struct slice device_code)
{
    uint8_t hash[32];
    seal_sha256(device_code, hash);
    for (size_t i = 0; i < PAIRINGS_MAX; i++)
        if (d->pairings[i].is_used && seal_equal(d->pairings[i].code_hash, hash, 32))
            return &d->pairings[i];
    return NULL;
}

static void respond(struct devices *d, struct serve_ticket t, struct buf *body, const char *cookie)
{
    const struct serve_answer a = {.status = 200, .body = buf_slice(body), .set_cookie = cookie};
    serve_respond(d->b->serve, t, &a);
    buf_fini(body);
}

static void on_approved(void *ctx, struct job *j)
{
    struct devices *d = ctx;
    const struct job_item *item = &j->items[0];
    if (j->error != ERR_OK || item->outcome != JOB_ACCEPTED)
        return;
    devices_added(d, item);
    for (size_t i = 0; i < PAIRINGS_MAX; i++) {
        struct pairing *p = &d->pairings[i];
        if (p->is_used && slice_eq_z(j->note, p->user_code)) {
            p->is_approved = true;
            log_info("display \"%s\" is paired", item->secret_name);
        }
    }
}

static bool is_demo_local(const struct devices *d, const struct serve_request *r)
{
    return d->b->config.is_demo && (r->who.roles & ROLE_LOOPBACK) != 0;
}

void devices_handle_pair(struct devices *d, const struct serve_request *r)
{
    int64_t now_ms = box_now_ms(d->b);
    char device_code[64];
    struct buf body;
    struct pairing *p = free_slot(d, now_ms);
    if (p == NULL) {
        serve_problem(d->b->serve, r->ticket, 429, "busy",
                      "64 screens are waiting to be paired; try again later", NULL);
        return;
    }
    memset(p, 0, sizeof *p);
    uint8_t bytes[32];
    struct buf code;
    buf_init(&code, 64);
    if (seal_random(bytes, sizeof bytes) != ERR_OK || make_user_code(p->user_code) != ERR_OK) {
        serve_problem(d->b->serve, r->ticket, 503, "busy",
                      "no random numbers available yet; try again later", NULL);
        return;
    }
    seal_base64(slice_make(bytes, sizeof bytes), true, &code);
    slice_copy_z(buf_slice(&code), device_code, sizeof device_code);
    buf_fini(&code);
    seal_sha256(slice_of(device_code), p->code_hash);
    p->is_used = true;
    p->ends_ms = now_ms + PAIRING_MS;
    if (is_demo_local(d, r)) {
        struct job *j;
        if (devices_approve(d, slice_of(p->user_code), "demo", &j) == ERR_OK &&
            box_ask(d->b, j) != ERR_OK)
            job_free(j);
    }
    buf_init(&body, 0);
    struct json_out o = json_out_of(&body);
    json_open_object(&o, NULL);
    json_put_z(&o, "device_code", device_code);
    json_put_z(&o, "user_code", p->user_code);
    json_put_int(&o, "interval", is_demo_local(d, r) ? 1 : PAIRING_INTERVAL_S);
    json_put_int(&o, "expires_in", PAIRING_MS / 1000);
    json_put_z(&o, "address", serve_address(d->b->serve));
    json_close_object(&o);
    respond(d, r->ticket, &body, NULL);
}

void devices_handle_token(struct devices *d, const struct serve_request *r)
{
    struct cJSON *doc;
    struct json_error e;
    struct slice code = {0};
    int64_t now_ms = box_now_ms(d->b);
    if (json_parse(r->body, &json_limits_frame, &doc, &e) != ERR_OK ||
        json_get_string(doc, "device_code", &code) != ERR_OK) {
        json_free(doc);
        serve_problem(d->b->serve, r->ticket, 400, "invalid", "send {\"device_code\":\"…\"}",
                      "/device_code");
        return;
    }
    struct pairing *p = find(d, code);
    json_free(doc);
    if (p == NULL || p->ends_ms <= now_ms) {
        serve_problem(d->b->serve, r->ticket, 400, "expired_token",
                      "this code has expired; request a new one", NULL);
        return;
    }
    bool is_early = now_ms - p->polled_ms < 900;
    p->polled_ms = now_ms;
    if (is_early) {
        serve_problem(d->b->serve, r->ticket, 400, "slow_down", "poll less often", NULL);
        return;
    }
    if (!p->is_approved) {
        serve_problem(d->b->serve, r->ticket, 400, "authorization_pending",
                      "nobody has approved this screen yet", NULL);
        return;
    }
    struct buf body;
    buf_init(&body, 0);
    struct json_out o = json_out_of(&body);
    json_open_object(&o, NULL);
    json_put_z(&o, "name", p->name);
    json_close_object(&o);
    respond(d, r->ticket, &body, p->credential);
    seal_wipe(p, sizeof *p);
}

void devices_handle_session(struct devices *d, const struct serve_request *r)
{
    struct buf body;
    uint8_t set = (uint8_t)(r->who.roles & ~(unsigned)ROLE_LOOPBACK);
    if (set == 0) {
        serve_problem(d->b->serve, r->ticket, 401, "unauthenticated", "this screen is not paired",
                      NULL);
        return;
    }
    buf_init(&body, 0);
    struct json_out o = json_out_of(&body);
    json_open_object(&o, NULL);
    json_put_z(&o, "role", devices_role_word(set));
    json_put_z(&o, "name", r->who.name);
    json_put_z(&o, "lang", d->b->lang);
    json_put_z(&o, "tz", d->b->tz);
    json_put_z(&o, "address", serve_address(d->b->serve));
    json_put_bool(&o, "demo", d->b->config.is_demo);
    json_close_object(&o);
    respond(d, r->ticket, &body, NULL);
}

static bool is_same_code(struct slice given, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < given.n; i++) {
        char c = (char)toupper((unsigned char)given.p[i]);
        if (c == '-' || c == ' ')
            continue;
        if (code[n] == '-')
            n++;
        if (code[n] == '\0' || code[n] != c)
            return false;
        n++;
    }
    return n == 9;
}

enum err devices_approve(struct devices *d, struct slice user_code, const char *name,
                         struct job **out)
{
    int64_t now_ms = box_now_ms(d->b);
    for (size_t i = 0; i < PAIRINGS_MAX; i++) {
        struct pairing *p = &d->pairings[i];
        if (!p->is_used || p->is_approved || p->ends_ms <= now_ms ||
            !is_same_code(user_code, p->user_code))
            continue;
        struct job *j = devices_job_add(d->b, DEVICE_DISPLAY, ROLE_DISPLAY, name, p->credential);
        if (j == NULL)
            return ERR_NO_MEMORY;
        slice_copy_z(slice_of(name), p->name, sizeof p->name);
        j->answer = JOB_DONE;
        j->done = on_approved;
        j->ctx = d;
        j->note = arena_copy(&j->arena, slice_of(p->user_code));
        *out = j;
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}
