/* work.c - see the header. */
#include "app/upkeep/work.h"
#include "app/upkeep/erasures.h"
#include "app/upkeep/export.h"
#include "base/json.h"
#include "base/log.h"
#include "core/record/apply.h"
#include "store/maintain.h"
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#define UNKNOWN INT_MAX

struct saying {
    struct box *b;
    struct serve_ticket ticket;
    bool is_last;
};

enum err work_ask(struct box *b, struct work_job *w)
{
    return mailbox_put(b->to_work, w);
}

static void say_on_loop(void *ctx, struct loop_message *m)
{
    struct saying *s = ctx;
    serve_reply(s->b->serve, s->ticket, buf_slice(&m->state), s->is_last);
    free(s);
}

void work_say(struct box *b, const struct work_job *w, struct slice json, bool is_last)
{
    struct loop_message *m = w->is_asked ? loop_message_new(LOOP_CALL) : NULL;
    struct saying *s = m != NULL ? malloc(sizeof *s) : NULL;
    if (s == NULL) {
        loop_message_free(m);
        return;
    }
    *s = (struct saying){.b = b, .ticket = w->ticket, .is_last = is_last};
    m->call = say_on_loop;
    m->ctx = s;
    buf_init(&m->state, 0);
    buf_add_slice(&m->state, json);
    box_tell_loop(b, m);
}

void work_fail(struct box *b, const struct work_job *w, const char *what)
{
    struct buf text;
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    json_put_z(&o, "error", what);
    json_close_object(&o);
    log_warn("work: %s", what);
    work_say(b, w, buf_slice(&text), true);
    buf_fini(&text);
}

static void say_ok(struct box *b, const struct work_job *w)
{
    work_say(b, w, slice_of("{\"ok\":true}"), true);
}

void work_call(struct box *b, struct work_job *w)
{
    (void)b;
    w->call(w->arg);
}

void work_backup(struct box *b, struct work_job *w)
{
    struct store_error e;
    if (access(w->argument, F_OK) == 0)
        work_fail(b, w, "this file already exists; remove it or choose another name");
    else if (maintain_backup(b->store, w->argument, &e) == ERR_OK)
        say_ok(b, w);
    else
        work_fail(b, w, e.message);
}

void work_verify(struct box *b, struct work_job *w)
{
    struct maintain_diff d;
    struct store_error e;
    struct buf text;
    if (maintain_verify(b->store, apply_encoded, &d, &e) != ERR_OK) {
        work_fail(b, w, e.message);
        return;
    }
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    json_put_bool(&o, "ok", true);
    json_put_int(&o, "events", (int64_t)d.n_events);
    json_put_int(&o, "records", (int64_t)d.n_records);
    json_put_int(&o, "different", (int64_t)d.n_different);
    json_put_z(&o, "first", d.first);
    json_close_object(&o);
    work_say(b, w, buf_slice(&text), true);
    buf_fini(&text);
}

/* ---- export */

static void tell_backlog(void *ctx, struct loop_message *m)
{
    struct saying *s = ctx;
    (void)m;
    atomic_store(&s->b->work_backlog, serve_backlog(s->b->serve, s->ticket));
    free(s);
}

static bool ask_backlog(struct box *b, const struct work_job *w)
{
    struct loop_message *m = loop_message_new(LOOP_CALL);
    struct saying *s = m != NULL ? malloc(sizeof *s) : NULL;
    if (s == NULL) {
        loop_message_free(m);
        return false;
    }
    *s = (struct saying){.b = b, .ticket = w->ticket};
    m->call = tell_backlog;
    m->ctx = s;
    atomic_store(&b->work_backlog, UNKNOWN);
    box_tell_loop(b, m);
    return true;
}

/* Waits until what was said is nearly written.  false: whoever asked has gone, or the box stops. */
static bool reader_keeps_up(struct box *b, const struct work_job *w)
{
    int n = EXPORT_CASES_A_TURN + 1;
    while (n > EXPORT_CASES_A_TURN && !atomic_load(&b->is_stopping)) {
        if (n != UNKNOWN && !ask_backlog(b, w))
            return false;
        usleep(1000);
        n = atomic_load(&b->work_backlog);
    }
    return n >= 0 && n <= EXPORT_CASES_A_TURN;
}

struct exporting {
    struct box *b;
    const struct work_job *w;
};

static void say_line(void *ctx, struct slice json)
{
    const struct exporting *x = ctx;
    struct buf text;
    buf_init(&text, 0);
    struct json_out o = json_out_of(&text);
    json_open_object(&o, NULL);
    json_put_raw(&o, "line", json);
    json_close_object(&o);
    work_say(x->b, x->w, buf_slice(&text), false);
    buf_fini(&text);
}

void work_export(struct box *b, struct work_job *w)
{
    struct exporting to = {b, w};
    struct export x;
    enum err e = export_begin(&x, b);
    bool is_begun = e == ERR_OK;
    while (e == ERR_OK) {
        e = export_some(&x, say_line, &to);
        if (!reader_keeps_up(b, w))
            e = ERR_CLOSED;
    }
    if (is_begun)
        export_end(&x);
    if (e == ERR_NOT_FOUND)
        say_ok(b, w);
    else if (e != ERR_CLOSED)
        work_fail(b, w, "the export stopped: a record is unreadable; run `atalaya verify`");
}

/* ---- erase */

void work_erase(struct box *b, struct work_job *w)
{
    const char *why;
    if (erasure_everywhere(b, w->id, &why) == ERR_OK)
        say_ok(b, w);
    else
        work_fail(b, w, why);
}

/* ---- checkpoint and retention */

void work_checkpoint(struct box *b, struct work_job *w)
{
    struct store_error e;
    struct job *j = job_new(JOB_NOBODY, 2);
    struct command *c = j != NULL ? &j->items[0].command : NULL;
    if (j == NULL)
        return;
    c->type = CMD_CHECKPOINTED;
    if (maintain_checkpoint(b->store, &c->u.checkpoint.seq, &j->trim_seq, c->u.checkpoint.digest,
                            &e) != ERR_OK) {
        work_fail(b, w, e.message);
        job_free(j);
        return;
    }
    j->items[1].command.type = CMD_RETAIN;
    if (box_ask_and_wait(b, j) != ERR_OK)
        work_fail(b, w, "the checkpoint was not recorded");
    else
        say_ok(b, w);
    job_free(j);
}

void *work_main(void *box)
{
    struct box *b = box;
    void *item;
    while (mailbox_take(b->to_work, &item, 1, -1) == 1) {
        struct work_job *w = item;
        w->run(b, w);
        free(w);
        if (atomic_load(&b->is_stopping))
            break;
    }
    return NULL;
}
