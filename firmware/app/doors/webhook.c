/* webhook.c - see the header. */
#include "app/doors/webhook.h"
#include "app/doors/intake.h"
#include "base/json.h"
#include "base/seal.h"
#include <stdlib.h>
#include <string.h>

#define TOLERANCE_MS INT64_C(300000)

static bool signature_fits(struct slice signatures, const uint8_t mac[32])
{
    bool is_fitting = false;
    while (signatures.n > 0) {
        const char *space = memchr(signatures.p, ' ', signatures.n);
        size_t n = space != NULL ? (size_t)(space - signatures.p) : signatures.n;
        struct buf given;
        buf_init(&given, 128);
        if (n > 3 && memcmp(signatures.p, "v1,", 3) == 0 &&
            seal_unbase64(slice_make(signatures.p + 3, n - 3), &given) == ERR_OK && given.n == 32)
            is_fitting = seal_equal(given.p, mac, 32) || is_fitting;
        buf_fini(&given);
        signatures.p += n + (space != NULL ? 1 : 0);
        signatures.n -= n + (space != NULL ? 1 : 0);
    }
    return is_fitting;
}

bool webhook_verify(const char *secret, const struct serve_request *r, int64_t now_ms)
{
    struct buf key, signed_text;
    uint8_t mac[32];
    char *end, timestamp[32];
    bool is_fitting = false;
    slice_copy_z(r->webhook_timestamp, timestamp, sizeof timestamp);
    long long at_s = strtoll(timestamp, &end, 10);
    if (end == timestamp || *end != '\0' || llabs(now_ms - at_s * 1000) > TOLERANCE_MS ||
        r->webhook_id.n == 0)
        return false;
    buf_init(&key, 256);
    buf_init(&signed_text, 0);
    struct slice text = slice_of(secret);
    if (slice_has_prefix(text, slice_of("whsec_")))
        text = slice_make(text.p + 6, text.n - 6);
    buf_add_slice(&signed_text, r->webhook_id);
    buf_add_char(&signed_text, '.');
    buf_add_slice(&signed_text, r->webhook_timestamp);
    buf_add_char(&signed_text, '.');
    buf_add_slice(&signed_text, r->body);
    if (seal_unbase64(text, &key) == ERR_OK && key.n >= 16 && signed_text.err == ERR_OK) {
        seal_hmac((const uint8_t *)key.p, key.n, buf_slice(&signed_text), mac);
        is_fitting = signature_fits(r->webhook_signature, mac);
    }
    seal_wipe(key.p, key.n);
    buf_fini(&key);
    buf_fini(&signed_text);
    return is_fitting;
}

static bool may_post(struct box *b, const struct serve_request *r)
{
    if ((r->who.roles & ROLE_SOURCE) != 0)
        return true;
    return b->config.webhook_secret[0] != '\0' &&
           webhook_verify(b->config.webhook_secret, r, box_now_ms(b));
}

static void refuse_whole(struct box *b, const struct serve_request *r, const struct intake_fault *f)
{
    bool is_busy = strcmp(f->code, "busy") == 0;
    bool is_many = strcmp(f->code, "too_many_elements") == 0;
    int status = is_busy ? 503 : is_many ? 413 : 400;
    serve_problem(b->serve, r->ticket, status, f->code, f->detail,
                  status == 400 ? f->pointer : NULL);
}

void webhook_handle(struct box *b, const struct serve_request *r)
{
    const struct intake_options o = {.channel = NULL};
    struct intake_fault fault;
    if (!may_post(b, r)) {
        serve_problem(b->serve, r->ticket, 401, "signature",
                      "the webhook signature does not match; check the secret and the clock", NULL);
        return;
    }
    struct job *j = intake_body(b, r->body, &o, &fault);
    if (j == NULL) {
        refuse_whole(b, r, &fault);
        return;
    }
    j->ticket = r->ticket;
    if (box_ask(b, j) != ERR_OK) {
        job_free(j);
        serve_problem(b->serve, r->ticket, 429, "busy",
                      "too many mentions are waiting for the disk; try again", NULL);
    }
}

static void put_result(struct json_out *o, const struct job_item *item, size_t index)
{
    static const char *const words[] = {"refused", "accepted", "duplicate", "refused"};
    json_open_object(o, NULL);
    json_put_int(o, "index", (int64_t)index);
    if (item->id_text.n > 0)
        json_put_string(o, "id", item->id_text);
    json_put_z(o, "status", words[item->outcome]);
    if (item->outcome == JOB_REFUSED) {
        json_open_object(o, "problem");
        json_put_z(o, "code", item->is_bad ? "invalid" : refusal_word(item->refusal));
        json_put_z(o, "detail", item->detail);
        if (item->pointer != NULL)
            json_put_z(o, "pointer", item->pointer);
        json_close_object(o);
    }
    json_close_object(o);
}

static void answer_results(struct box *b, struct job *j, size_t n_refused)
{
    struct buf body;
    const struct job_item *first = NULL;
    buf_init(&body, 0);
    struct json_out o = json_out_of(&body);
    bool is_all_refused = n_refused == j->n;
    json_open_object(&o, NULL);
    if (is_all_refused) {
        first = &j->items[0];
        json_put_z(&o, "type", "about:blank");
        json_put_z(&o, "title", "invalid");
        json_put_int(&o, "status", 400);
        json_put_z(&o, "code", "invalid");
        json_put_z(&o, "detail", first->detail);
        json_put_z(&o, "pointer", first->pointer);
    } else {
        json_put_int(&o, "seq", (int64_t)j->seq);
    }
    json_open_array(&o, "results");
    for (size_t i = 0; i < j->n; i++)
        put_result(&o, &j->items[i], i);
    json_close_array(&o);
    json_close_object(&o);
    const struct serve_answer a = {.status = is_all_refused ? 400 : 202,
                                   .content_type =
                                       is_all_refused ? "application/problem+json" : NULL,
                                   .body = buf_slice(&body)};
    serve_respond(b->serve, j->ticket, &a);
    buf_fini(&body);
}

void webhook_answer(struct box *b, struct job *j)
{
    size_t n_refused = 0;
    if (j->error != ERR_OK) {
        serve_problem(b->serve, j->ticket, 503, "not_durable",
                      "the box could not save this; nothing was taken in; try again", NULL);
        return;
    }
    for (size_t i = 0; i < j->n; i++)
        n_refused += j->items[i].outcome == JOB_REFUSED;
    answer_results(b, j, n_refused);
}
