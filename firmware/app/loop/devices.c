/* devices.c - credentials in memory, and in the secret table. */
#include "app/loop/devices.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/utf8.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    uint8_t role;
} roles[] = {{"source", ROLE_SOURCE},
             {"metrics", ROLE_METRICS},
             {"display", ROLE_DISPLAY},
             {"agent", ROLE_AGENT},
             {"lead", ROLE_LEAD}};

uint8_t devices_role_of(struct slice word)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (slice_eq_z(word, roles[i].word))
            return roles[i].role;
    return 0;
}

const char *devices_role_word(uint8_t set)
{
    for (size_t i = sizeof roles / sizeof roles[0]; i-- > 0;)
        if ((set & roles[i].role) != 0)
            return roles[i].word;
    return "none";
}

static struct device *new_device(struct devices *d)
{
    if (d->n == DEVICES_MAX)
        return NULL;
    if (d->n == d->max) {
        size_t max = d->max == 0 ? 64 : d->max * 2;
        struct device *items = realloc(d->items, max * sizeof *items);
        if (items == NULL)
            return NULL;
        d->items = items;
        d->max = max;
    }
    struct device *x = &d->items[d->n++];
    memset(x, 0, sizeof *x);
    return x;
}

static enum err load_one(struct devices *d, struct store_txn *txn, struct slice key, struct slice v)
{
    struct device_rec rec;
    char secret_key[17] = {2};
    struct slice secret;
    struct id id;
    memcpy(id.b, key.p, 16);
    memcpy(secret_key + 1, id.b, 16);
    enum err e = record_get_device(v, &rec);
    if (e != ERR_OK || rec.revoked_ms != 0)
        return e;
    if (store_get(txn, TABLE_SECRET, slice_make(secret_key, 17), &secret) != ERR_OK ||
        secret.n < 32)
        return ERR_OK;
    struct device *x = new_device(d);
    if (x == NULL)
        return ERR_NO_MEMORY;
    x->id = id;
    memcpy(x->hash, secret.p, 32);
    slice_copy_z(slice_make(secret.p + 32, secret.n - 32), x->name, sizeof x->name);
    x->roles = rec.roles;
    x->kind = rec.kind;
    x->added_ms = rec.added_ms;
    x->presence_is_on = true;
    return ERR_OK;
}

enum err devices_load(struct devices *d, struct box *b)
{
    struct store_txn *txn;
    struct slice key, v;
    struct record_key from = {.n = 0};
    d->b = b;
    enum err e = store_read(b->store, &txn);
    if (e != ERR_OK)
        return e;
    while ((e = store_seek(txn, TABLE_DEVICE, record_key_slice(&from), &key, &v)) == ERR_OK) {
        memcpy(from.b, key.p, 16);
        from.b[16] = 0;
        from.n = 17;
        e = load_one(d, txn, key, v);
        if (e != ERR_OK)
            break;
    }
    store_read_end(txn);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

void devices_free(struct devices *d)
{
    free(d->items);
    seal_wipe(d->pairings, sizeof d->pairings);
    memset(d, 0, sizeof *d);
}

enum err devices_authenticate(struct devices *d, struct slice credential,
                              struct serve_principal *out)
{
    uint8_t hash[32];
    seal_sha256(credential, hash);
    for (size_t i = 0; i < d->n; i++) {
        struct device *x = &d->items[i];
        if (!seal_equal(x->hash, hash, 32))
            continue;
        x->seen_ms = box_now_ms(d->b);
        out->id = x->id;
        out->roles = x->roles;
        memcpy(out->name, x->name, sizeof out->name);
        return ERR_OK;
    }
    return ERR_DENIED;
}

struct device *devices_find(struct devices *d, struct id id)
{
    for (size_t i = 0; i < d->n; i++)
        if (id_eq(d->items[i].id, id))
            return &d->items[i];
    return NULL;
}

struct device *devices_find_word(struct devices *d, struct slice word)
{
    struct id id;
    struct device *found = id_parse(word, &id) == ERR_OK ? devices_find(d, id) : NULL;
    for (size_t i = 0; found == NULL && i < d->n; i++)
        if (slice_eq_z(word, d->items[i].name))
            found = &d->items[i];
    return found;
}

bool devices_is_name(struct slice name)
{
    return name.n > 0 && name.n < sizeof((struct device *)0)->name && utf8_valid(name) &&
           json_is_name(name);
}

static enum err random_text(char out[64])
{
    uint8_t bytes[32];
    struct buf b;
    buf_init(&b, 64);
    enum err e = seal_random(bytes, sizeof bytes);
    seal_base64(slice_make(bytes, sizeof bytes), true, &b);
    slice_copy_z(buf_slice(&b), out, 64);
    seal_wipe(bytes, sizeof bytes);
    buf_fini(&b);
    return e;
}

struct job *devices_job_add(struct box *b, enum device_kind kind, uint8_t set, const char *name,
                            char credential[64])
{
    struct job *j = job_new(JOB_NOBODY, 1);
    if (j == NULL || random_text(credential) != ERR_OK) {
        job_free(j);
        return NULL;
    }
    struct job_item *item = &j->items[0];
    item->command.type = CMD_DEVICE_ADD;
    item->command.u.device.device = box_new_id(b);
    item->command.u.device.kind = kind;
    item->command.u.device.roles = set;
    item->has_secret = true;
    seal_sha256(slice_of(credential), item->secret);
    slice_copy_z(slice_of(name), item->secret_name, sizeof item->secret_name);
    return j;
}

struct job *devices_job_revoke(struct id id)
{
    struct job *j = job_new(JOB_NOBODY, 1);
    if (j == NULL)
        return NULL;
    j->items[0].command.type = CMD_DEVICE_REVOKE;
    j->items[0].command.u.device.device = id;
    j->items[0].has_secret = true;
    return j;
}

void devices_added(struct devices *d, const struct job_item *item)
{
    struct device *x = new_device(d);
    if (x == NULL)
        return;
    x->id = item->command.u.device.device;
    x->kind = item->command.u.device.kind;
    x->roles = item->command.u.device.roles;
    x->added_ms = box_now_ms(d->b);
    x->presence_is_on = true;
    memcpy(x->hash, item->secret, 32);
    memcpy(x->name, item->secret_name, sizeof x->name);
}

void devices_revoked(struct devices *d, struct id id)
{
    struct device *x = devices_find(d, id);
    if (x != NULL)
        *x = d->items[--d->n];
    serve_drop(d->b->serve, id);
}
