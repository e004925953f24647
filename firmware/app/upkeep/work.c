/* work.c - see the header. */
#include "app/upkeep/work.h"
#include "app/box/vault.h"
#include "app/upkeep/export.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/seal.h"
#include "core/record/apply.h"
#include "store/maintain.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* The ids are no personal data; the list outlives the file, so that a restore can erase again. */
static enum err note_erased(struct box *b, struct id id)
{
    char path[600], line[ID_TEXT_LEN + 2];
    snprintf(path, sizeof path, "%s/erased", b->config.data);
    id_text(id, line);
    line[ID_TEXT_LEN] = '\n';
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return ERR_IO;
    bool is_written = write(fd, line, ID_TEXT_LEN + 1) == ID_TEXT_LEN + 1 && fsync(fd) == 0;
    close(fd);
    return is_written ? ERR_OK : ERR_IO;
}

static uint32_t find_macs(struct store_txn *txn, struct id customer,
                          struct mac128 macs[EVENT_MACS_MAX])
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    uint32_t n = 0;
    while (n < EVENT_MACS_MAX &&
           store_seek(txn, TABLE_IDENTITY, record_key_slice(&from), &key, &v) == ERR_OK) {
        struct id id;
        if (key.n == 16 && record_get_ids(v, &id, 1) == ERR_OK && id_eq(id, customer))
            memcpy(macs[n++].b, key.p, 16);
        memcpy(from.b, key.p, key.n);
        from.n = key.n;
        from.b[from.n++] = 0;
    }
    return n;
}

struct forgetting {
    struct job *job;
    size_t max;
};

static enum err add_to_forget(void *ctx, struct slice key)
{
    struct forgetting *f = ctx;
    struct job *j = f->job;
    if (j->n_forget == f->max) {
        size_t max = f->max == 0 ? 64 : f->max * 2;
        struct slice *list = arena_alloc(&j->arena, max * sizeof *list);
        if (list == NULL)
            return ERR_NO_MEMORY;
        if (f->max > 0)
            memcpy(list, j->forget, j->n_forget * sizeof *list);
        j->forget = list;
        f->max = max;
    }
    j->forget[j->n_forget++] = arena_copy(&j->arena, key);
    return ERR_OK;
}

static enum err forget_cases(struct store_txn *txn, struct id customer, struct forgetting *f)
{
    struct record_key from = {.n = 0};
    struct slice key, v;
    char vault[17];
    enum err e = add_to_forget(f, vault_key(VAULT_CUSTOMER, customer, vault));
    while (e == ERR_OK &&
           (e = store_seek(txn, TABLE_CASE, record_key_slice(&from), &key, &v)) == ERR_OK) {
        struct case_rec c;
        e = record_get_case(v, &c);
        from = key_case(c.id);
        from.b[from.n++] = 0;
        if (e == ERR_OK && id_eq(c.customer, customer))
            e = vault_each_of_case(txn, c.id, add_to_forget, f);
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* A pass over the cases; the second one catches what arrived during the first, and swaps the file.
 */
static enum err erase_pass(struct box *b, struct id customer, bool is_first, const char **refused)
{
    struct store_txn *txn;
    struct job *j = job_new(JOB_NOBODY, is_first ? 1 : 0);
    struct forgetting f = {.job = j};
    enum err e = j != NULL ? store_read(b->store, &txn) : ERR_NO_MEMORY;
    if (e != ERR_OK) {
        job_free(j);
        return e;
    }
    e = forget_cases(txn, customer, &f);
    if (is_first) {
        struct command *c = &j->items[0].command;
        c->type = CMD_CUSTOMER_ERASE;
        c->u.erase.customer = customer;
        c->u.erase.n_macs = find_macs(txn, customer, c->u.erase.macs);
    }
    store_read_end(txn);
    j->compacts = !is_first;
    if (e == ERR_OK)
        e = box_ask_and_wait(b, j);
    if (e == ERR_OK && is_first && j->items[0].outcome == JOB_REFUSED)
        *refused = "no such customer";
    job_free(j);
    return e;
}

enum err work_erase_customer(struct box *b, struct id customer, const char **why)
{
    *why = NULL;
    enum err e = note_erased(b, customer);
    if (e == ERR_OK)
        e = erase_pass(b, customer, true, why);
    if (e != ERR_OK || *why != NULL) {
        *why = *why != NULL ? *why : "the box could not save the erasure; nothing was erased";
        return e != ERR_OK ? e : ERR_NOT_FOUND;
    }
    e = erase_pass(b, customer, false, why);
    if (e != ERR_OK)
        *why = "erased, but old pages remain in the file; run `erase` again when the disk "
               "has space";
    return e;
}

/* What `restore` put aside still holds them. */
static bool drop_put_aside(const struct box *b)
{
    char path[600];
    snprintf(path, sizeof path, "%s/atalaya.mdb.before-restore", b->config.data);
    return unlink(path) == 0 || errno == ENOENT;
}

enum err work_erase_everywhere(struct box *b, struct id customer, const char **why)
{
    enum err e = work_erase_customer(b, customer, why);
    if (e != ERR_OK || drop_put_aside(b))
        return e;
    *why = "erased, but atalaya.mdb.before-restore still exists; remove it";
    return ERR_IO;
}

void work_erase(struct box *b, struct work_job *w)
{
    const char *why;
    if (work_erase_everywhere(b, w->id, &why) == ERR_OK)
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
