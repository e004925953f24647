/* control.c - one function a request.  Answers are lines; the last has "ok" or "error". */
#include "app/doors/control.h"
#include "app/box/rulebook.h"
#include "app/upkeep/arrivals.h"
#include "app/upkeep/health.h"
#include "app/upkeep/work.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/utc.h"
#include <stdlib.h>
#include <string.h>

struct asking { /* between a job and its answer */
    struct screens *s;
    struct serve_ticket ticket;
    struct id device;
    char credential[64], name[64];
    void (*then)(void *ctx, struct job *j); /* whose job it is: hears of it first */
    void *then_ctx;
};

static void say_error(struct screens *s, struct serve_ticket t, const char *what, const char *hint)
{
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_z(&o, "error", what);
    if (hint != NULL && hint[0] != '\0')
        json_put_z(&o, "hint", hint);
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static void say_ok(struct screens *s, struct serve_ticket t, const char *name, const char *value)
{
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    if (name != NULL)
        json_put_z(&o, name, value);
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static bool has_failed(struct screens *s, struct serve_ticket t, const struct job *j)
{
    if (j->error != ERR_OK) {
        say_error(s, t, "the box could not save this", "run `atalaya status`");
        return true;
    }
    if (j->items[0].outcome == JOB_REFUSED) {
        say_error(s, t, j->items[0].detail, j->items[0].hint);
        return true;
    }
    return false;
}

static void on_added(void *ctx, struct job *j)
{
    struct asking *a = ctx;
    if (!has_failed(a->s, a->ticket, j)) {
        devices_added(a->s->devices, &j->items[0]);
        say_ok(a->s, a->ticket, "credential", a->credential);
    }
    seal_wipe(a->credential, sizeof a->credential);
    free(a);
}

static void on_revoked(void *ctx, struct job *j)
{
    struct asking *a = ctx;
    if (!has_failed(a->s, a->ticket, j)) {
        devices_revoked(a->s->devices, a->device);
        say_ok(a->s, a->ticket, NULL, NULL);
    }
    free(a);
}

static void on_approved(void *ctx, struct job *j)
{
    struct asking *a = ctx;
    a->then(a->then_ctx, j);
    if (!has_failed(a->s, a->ticket, j))
        say_ok(a->s, a->ticket, "name", a->name);
    free(a);
}

static void ask_writer(struct screens *s, struct serve_ticket t, struct job *j, struct asking *a,
                       void (*done)(void *, struct job *))
{
    a->s = s;
    a->ticket = t;
    j->answer = JOB_DONE;
    j->done = done;
    j->ctx = a;
    if (box_ask(s->b, j) != ERR_OK) {
        job_free(j);
        free(a);
        say_error(s, t, "the box is busy", "try again");
    }
}

static void add_device(struct screens *s, struct serve_ticket t, const struct cJSON *line,
                       enum device_kind kind)
{
    struct slice name = {0}, role = {0};
    char z[64];
    struct asking *a = calloc(1, sizeof *a);
    json_get_string(line, "name", &name);
    json_get_string(line, "role", &role);
    uint8_t roles = devices_role_of(role);
    bool is_role_fitting = kind == DEVICE_PERSON
                               ? (roles & (ROLE_AGENT | ROLE_LEAD)) != 0
                               : (roles & (ROLE_SOURCE | ROLE_METRICS | ROLE_DISPLAY)) != 0;
    if (!devices_is_name(name) || !is_role_fitting || a == NULL) {
        free(a);
        say_error(s, t, is_role_fitting ? "not a valid name" : "expected a role",
                  is_role_fitting         ? DEVICES_NAME_HINT
                  : kind == DEVICE_PERSON ? "use agent or lead"
                                          : "use source, metrics or display");
        return;
    }
    slice_copy_z(name, z, sizeof z);
    if (roles == ROLE_LEAD)
        roles |= ROLE_AGENT;
    struct job *j = devices_job_add(s->b, kind, roles, z, a->credential);
    if (j == NULL) {
        free(a);
        say_error(s, t, "out of memory", NULL);
        return;
    }
    ask_writer(s, t, j, a, on_added);
}

static void do_display_add(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    add_device(s, t, line, DEVICE_DISPLAY);
}

static void do_token_add(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    add_device(s, t, line, DEVICE_TOKEN);
}

static void do_user_add(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    add_device(s, t, line, DEVICE_PERSON);
}

static void do_approve(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct slice code = {0}, name = slice_of("wall");
    struct job *j;
    struct asking *a = calloc(1, sizeof *a);
    if (a == NULL) {
        say_error(s, t, "out of memory", NULL);
        return;
    }
    json_get_string(line, "code", &code);
    json_get_string(line, "name", &name);
    if (!devices_is_name(name)) {
        free(a);
        say_error(s, t, "not a valid name", DEVICES_NAME_HINT);
        return;
    }
    slice_copy_z(name, a->name, sizeof a->name);
    if (devices_approve(s->devices, code, a->name, &j) != ERR_OK) {
        free(a);
        say_error(s, t, "no screen is showing this code",
                  "a code lasts ten minutes; read the screen again");
        return;
    }
    a->then = j->done;
    a->then_ctx = j->ctx;
    ask_writer(s, t, j, a, on_approved);
}

static void put_device(struct screens *s, const struct device *d, struct json_out *o)
{
    char text[UTC_TEXT_MAX], id[ID_TEXT_LEN + 1];
    (void)s;
    id_text(d->id, id);
    json_open_object(o, NULL);
    json_put_z(o, "id", id);
    json_put_z(o, "name", d->name);
    json_put_z(o, "role", devices_role_word(d->roles));
    utc_text(d->added_ms, text);
    json_put_z(o, "added", text);
    json_put_int(o, "live", d->n_live);
    if (d->seen_ms != 0) {
        utc_text(d->seen_ms, text);
        json_put_z(o, "seen", text);
    }
    json_close_object(o);
}

static void list_devices(struct screens *s, struct serve_ticket t, enum device_kind kind)
{
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    json_open_array(&o, "devices");
    for (size_t i = 0; i < s->devices->n; i++)
        if (s->devices->items[i].kind == kind)
            put_device(s, &s->devices->items[i], &o);
    json_close_array(&o);
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static void do_display_list(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    (void)line;
    list_devices(s, t, DEVICE_DISPLAY);
}

static void do_token_list(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    (void)line;
    list_devices(s, t, DEVICE_TOKEN);
}

static void do_user_list(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    (void)line;
    list_devices(s, t, DEVICE_PERSON);
}

static void do_revoke(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct slice what = {0};
    json_get_string(line, "id", &what);
    struct device *found = devices_find_word(s->devices, what);
    struct asking *a = found != NULL ? calloc(1, sizeof *a) : NULL;
    struct job *j = a != NULL ? devices_job_revoke(found->id) : NULL;
    if (j == NULL) {
        free(a);
        say_error(s, t, "no such device", "run `list` and give its id or its name");
        return;
    }
    a->device = found->id;
    ask_writer(s, t, j, a, on_revoked);
}

static void say_faults(struct screens *s, struct serve_ticket t, const struct job_item *item)
{
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_z(&o, "error", item->detail);
    json_open_array(&o, "faults");
    for (size_t i = 0; i < item->n_faults; i++) {
        json_open_object(&o, NULL);
        json_put_z(&o, "path", item->faults[i].path);
        json_put_z(&o, "message", item->faults[i].message);
        json_put_z(&o, "hint", item->faults[i].hint);
        json_close_object(&o);
    }
    json_close_array(&o);
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static void say_adopted(struct screens *s, struct serve_ticket t, uint32_t version)
{
    struct buf b;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    json_put_int(&o, "version", version);
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static void on_adopted(void *ctx, struct job *j)
{
    struct asking *a = ctx;
    const struct job_item *item = &j->items[0];
    if (j->error == ERR_OK && item->outcome == JOB_REFUSED && item->n_faults > 0)
        say_faults(a->s, a->ticket, item);
    else if (!has_failed(a->s, a->ticket, j))
        say_adopted(a->s, a->ticket, item->policy_version);
    free(a);
}

static void do_policy_adopt(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct slice document = {0};
    struct asking *a = calloc(1, sizeof *a);
    struct job *j = job_new(JOB_DONE, 1);
    if (a == NULL || j == NULL || json_get_string(line, "document", &document) != ERR_OK) {
        free(a);
        job_free(j);
        say_error(s, t, "expected a policy document", NULL);
        return;
    }
    j->items[0].command.type = CMD_POLICY_ADOPT;
    j->items[0].command.u.policy.document = arena_copy(&j->arena, document);
    ask_writer(s, t, j, a, on_adopted);
}

static void do_policy_show(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct slice word = {0};
    struct buf b, document;
    uint32_t version;
    bool is_in_force;
    buf_init(&b, 0);
    buf_init(&document, 0);
    struct json_out o = json_out_of(&b);
    json_get_string(line, "version", &word);
    if (!rulebook_version(word, &version) ||
        rulebook_text(s->b, &version, &is_in_force, &document) != ERR_OK) {
        say_error(s, t, "no such version of the policy",
                  "leave out --version for the one in force");
    } else {
        json_open_object(&o, NULL);
        json_put_bool(&o, "ok", true);
        json_put_int(&o, "version", version);
        json_put_bool(&o, "in_force", is_in_force);
        json_put_string(&o, "document", buf_slice(&document));
        json_close_object(&o);
        serve_reply(s->b->serve, t, buf_slice(&b), true);
    }
    buf_fini(&document);
    buf_fini(&b);
}

static void put_numbers(struct screens *s, struct json_out *o)
{
    const struct wall_numbers *w = s->wall;
    if (w == NULL)
        return;
    json_put_int(o, "waiting", w->all.waiting);
    json_put_int(o, "at_risk", w->all.at_risk);
    json_put_int(o, "late", w->all.late);
    json_put_int(o, "parked", w->all.parked);
    json_put_int(o, "follow_ups", w->all.follow_ups);
    json_put_int(o, "met_today", w->day.met);
    json_put_int(o, "of_today", w->day.of);
}

/* Replies of ours that no network has confirmed yet. */
static void put_outbox(struct screens *s, struct json_out *o)
{
    struct store_txn *txn;
    uint64_t n;
    if (store_read(s->b->store, &txn) != ERR_OK)
        return;
    if (store_count(txn, TABLE_OUTBOX, &n) == ERR_OK)
        json_put_int(o, "outbox", (int64_t)n);
    store_read_end(txn);
}

static void do_status(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct buf b;
    struct store_size size;
    const char *reasons[8];
    char text[UTC_TEXT_MAX];
    size_t n;
    struct serve_stats stats = serve_stats_now(s->b->serve);
    (void)line;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    json_put_z(&o, "status", health_state(s->b, reasons, &n));
    json_open_array(&o, "reasons");
    for (size_t i = 0; i < n; i++)
        json_put_z(&o, NULL, reasons[i]);
    json_close_array(&o);
    json_put_z(&o, "address", serve_address(s->b->serve));
    json_put_z(&o, "fingerprint", serve_fingerprint(s->b->serve));
    utc_text(box_now_ms(s->b), text);
    json_put_z(&o, "time", text);
    utc_text(stats.certificate_ends_ms, text);
    json_put_z(&o, "certificate_ends", text);
    json_put_int(&o, "seq", (int64_t)atomic_load(&s->b->last_seq));
    json_put_int(&o, "live_sockets", stats.n_live);
    json_put_int(&o, "mentions", (int64_t)atomic_load(&s->b->n_mentions));
    put_numbers(s, &o);
    put_outbox(s, &o);
    if (store_size_now(s->b->store, &size) == ERR_OK) {
        json_put_int(&o, "file_bytes", (int64_t)size.file_bytes);
        json_put_int(&o, "disk_free_bytes", (int64_t)size.disk_free_bytes);
        json_put_int(&o, "commits", (int64_t)size.n_commits);
    }
    json_close_object(&o);
    serve_reply(s->b->serve, t, buf_slice(&b), true);
    buf_fini(&b);
}

static void ask_work(struct screens *s, struct serve_ticket t, const struct cJSON *line,
                     void (*run)(struct box *, struct work_job *))
{
    struct work_job *w = calloc(1, sizeof *w);
    struct slice argument = {0};
    if (w == NULL) {
        say_error(s, t, "out of memory", NULL);
        return;
    }
    w->run = run;
    w->ticket = t;
    w->is_asked = true;
    json_get_string(line, "argument", &argument);
    slice_copy_z(argument, w->argument, sizeof w->argument);
    if (run == work_erase && id_parse(argument, &w->id) != ERR_OK) {
        free(w);
        say_error(s, t, "not a customer id", "copy it from a case, or from `export`");
        return;
    }
    if (work_ask(s->b, w) != ERR_OK) {
        free(w);
        say_error(s, t, "busy: four long jobs are waiting", "try again later");
    }
}

static void do_backup(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_backup);
}

static void do_verify(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_verify);
}

static void do_export(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_export);
}

static void do_checkpoint(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_checkpoint);
}

static void do_erase(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_erase);
}

static void do_arrivals(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    ask_work(s, t, line, work_arrivals);
}

static const struct {
    const char *word;
    void (*run)(struct screens *, struct serve_ticket, const struct cJSON *);
} requests[] = {
    {"status", do_status},
    {"display add", do_display_add},
    {"display approve", do_approve},
    {"display list", do_display_list},
    {"display revoke", do_revoke},
    {"token add", do_token_add},
    {"token list", do_token_list},
    {"token revoke", do_revoke},
    {"user add", do_user_add},
    {"user list", do_user_list},
    {"user revoke", do_revoke},
    {"policy adopt", do_policy_adopt},
    {"policy show", do_policy_show},
    {"backup", do_backup},
    {"verify", do_verify},
    {"export", do_export},
    {"erase", do_erase},
    {"arrivals", do_arrivals},
    {"checkpoint", do_checkpoint},
};

void control_handle(struct screens *s, struct serve_ticket t, const struct cJSON *line)
{
    struct slice word = {0};
    json_get_string(line, "do", &word);
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        if (slice_eq_z(word, requests[i].word)) {
            requests[i].run(s, t, line);
            return;
        }
    say_error(s, t, "unknown request", "is this program newer than the box?");
}
