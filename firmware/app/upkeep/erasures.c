/* erasures.c - see the header. */
#include "app/upkeep/erasures.h"
#include "app/box/vault.h"
#include "base/file.h"
#include "base/log.h"
#include "core/record/record.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- the list */

struct list {
    int fd;
    off_t end; /* before this id */
};

static void path_of_list(const struct box *b, char out[600])
{
    (void)snprintf(out, 600, "%s/erased", b->config.data);
}

static enum err note_erased(const struct box *b, struct id id, struct list *l)
{
    char path[600], line[ID_TEXT_LEN + 2];
    path_of_list(b, path);
    id_text(id, line);
    line[ID_TEXT_LEN] = '\n';
    l->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (l->fd < 0)
        return file_err(errno);
    l->end = lseek(l->fd, 0, SEEK_END);
    if (write(l->fd, line, ID_TEXT_LEN + 1) != ID_TEXT_LEN + 1 || fsync(l->fd) != 0)
        return file_err(errno);
    return file_sync_folder(path);
}

static void take_back(const struct list *l)
{
    if (l->fd < 0 || l->end < 0)
        return;
    if (ftruncate(l->fd, l->end) != 0 || fsync(l->fd) != 0)
        log_warn(
            "erase: an erasure that failed stays on the list and is repeated at the next start");
}

/* ---- the customer */

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

static enum err erase_customer(struct box *b, struct id customer, const char **why)
{
    enum err e = erase_pass(b, customer, true, why);
    if (e == ERR_OK && *why != NULL)
        e = ERR_NOT_FOUND;
    if (e != ERR_OK) {
        *why = *why != NULL ? *why : "the box could not save the erasure; nothing was erased";
        return e;
    }
    e = erase_pass(b, customer, false, why);
    if (e == ERR_OK)
        return ERR_OK;
    *why = "erased, but old pages remain in the file; run `erase` again when the disk has space";
    return ERR_BUSY;
}

static enum err note_and_erase(struct box *b, struct id customer, const char **why)
{
    struct list l = {.fd = -1, .end = -1};
    *why = "the box could not save the erasure; nothing was erased";
    enum err e = note_erased(b, customer, &l);
    if (e == ERR_OK) {
        *why = NULL;
        e = erase_customer(b, customer, why);
    }
    if (e != ERR_OK && e != ERR_BUSY)
        take_back(&l);
    if (l.fd >= 0)
        (void)close(l.fd);
    return e;
}

/* What `restore` put aside still holds them. */
static bool drop_put_aside(const struct box *b)
{
    char path[600];
    snprintf(path, sizeof path, "%s/atalaya.mdb.before-restore", b->config.data);
    return unlink(path) == 0 || errno == ENOENT;
}

enum err erasure_everywhere(struct box *b, struct id customer, const char **why)
{
    enum err e = note_and_erase(b, customer, why);
    if (e != ERR_OK || drop_put_aside(b))
        return e;
    *why = "erased, but atalaya.mdb.before-restore still exists; remove it";
    return ERR_IO;
}

/* ---- again */

static bool is_back(struct box *b, struct id customer)
{
    struct store_txn *txn;
    struct customer_rec rec;
    if (store_read(b->store, &txn) != ERR_OK)
        return true;
    const struct tables t = store_tables(txn);
    enum err e = load_customer(&t, customer, &rec);
    store_read_end(txn);
    return e == ERR_OK && !rec.is_erased;
}

enum err erasures_repeat(struct box *b, unsigned *n, char message[240])
{
    char path[600];
    struct buf list;
    const char *why = NULL;
    *n = 0;
    path_of_list(b, path);
    buf_init(&list, 0);
    enum err e = file_read(path, &list);
    for (size_t at = 0; e == ERR_OK && at + ID_TEXT_LEN <= list.n; at += ID_TEXT_LEN + 1) {
        struct id id;
        if (id_parse(slice_make(list.p + at, ID_TEXT_LEN), &id) != ERR_OK || !is_back(b, id))
            continue;
        e = erase_customer(b, id, &why);
        *n += 1;
    }
    buf_fini(&list);
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        return ERR_OK;
    (void)snprintf(message, 240, "%.60s: erased customers are in this file again: %.90s", path,
                   why != NULL ? why : err_word(e));
    return e;
}
