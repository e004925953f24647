/* rulebook.c - see the header. */
#include "app/box/rulebook.h"
#include "base/json.h"
#include "base/pack.h"
#include "calendar/zoneinfo.h"
#include "core/policy/policy_number.h"
#include "core/policy/policy_text.h"
#include <stdio.h>
#include <string.h>

/* The document of version `wanted`, or of the newest when there is none such; *newest is 0 and the
 * document empty when no policy was ever adopted. */
static enum err read_policy(struct box *b, uint32_t wanted, struct buf *document, uint32_t *newest)
{
    struct store_txn *txn;
    struct slice key, v;
    *newest = 0;
    enum err e = store_read(b->store, &txn);
    if (e != ERR_OK)
        return e;
    for (uint32_t next = 0; *newest != wanted || next == 0; next = *newest + 1) {
        struct record_key from = key_u32(next);
        e = store_seek(txn, TABLE_POLICY, record_key_slice(&from), &key, &v);
        if (e != ERR_OK)
            break;
        struct unpack u = unpack_of(key);
        if (key.n != from.n) /* names come after the versions */
            break;
        *newest = unpack_key_u32(&u);
        buf_clear(document);
        buf_add_slice(document, v);
    }
    store_read_end(txn);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err rulebook_compile(struct slice document, uint32_t version, struct fault_list *faults,
                          struct policy **out)
{
    struct cJSON *j;
    struct json_error e;
    struct zoneinfo *zones = zoneinfo_new();
    *out = NULL;
    if (zones == NULL)
        return ERR_NO_MEMORY;
    enum err err = json_parse(document, &json_limits_file, &j, &e);
    if (err != ERR_OK) {
        fault_add_at(faults, e.path[0] != '\0' ? e.path : "$", e.message, document, e.offset);
    } else {
        struct zone_source source = zoneinfo_source(zones);
        err = policy_compile(j, &source, faults, out);
        json_free(j);
    }
    if (*out != NULL)
        (*out)->version = version;
    zoneinfo_free(zones);
    return err;
}

bool rulebook_version(struct slice word, uint32_t *out)
{
    uint32_t v = 0;
    if (word.n > 9)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9')
            return false;
        v = v * 10 + (uint32_t)(word.p[i] - '0');
    }
    *out = word.n == 0 ? RULEBOOK_IN_FORCE : v;
    return true;
}

enum err rulebook_text(struct box *b, uint32_t *version, bool *is_in_force, struct buf *document)
{
    uint32_t newest, found;
    enum err e = read_policy(b, RULEBOOK_IN_FORCE, document, &newest);
    if (e != ERR_OK)
        return e;
    if (*version == RULEBOOK_IN_FORCE)
        *version = newest;
    *is_in_force = *version == newest;
    if (*version == 0) {
        buf_clear(document);
        buf_add_slice(document, policy_text_builtin());
        return document->err;
    }
    e = read_policy(b, *version, document, &found);
    if (e == ERR_OK && found != *version)
        return ERR_NOT_FOUND;
    return e != ERR_OK ? e : document->err;
}

bool rulebook_is(struct box *b, struct slice document)
{
    struct buf known;
    uint32_t version;
    buf_init(&known, 0);
    bool is_same = read_policy(b, RULEBOOK_IN_FORCE, &known, &version) == ERR_OK && version > 0 &&
                   slice_eq(buf_slice(&known), document);
    buf_fini(&known);
    return is_same;
}

enum err rulebook_number(struct box *b, struct policy *p, struct fault_list *faults)
{
    struct policy_names registered;
    struct store_txn *txn;
    enum err e = store_read(b->store, &txn);
    if (e != ERR_OK)
        return e;
    struct tables t = store_tables(txn);
    e = policy_number_load(&t, &registered);
    if (e == ERR_OK)
        e = policy_number_set(p, &registered, faults);
    store_read_end(txn);
    return e;
}

static void say_unreadable(const struct box *b, uint32_t version, enum err e, char message[240])
{
    const struct fault *f = NULL;
    for (size_t i = 0; f == NULL && i < b->faults.n; i++)
        if (!b->faults.items[i].is_warning)
            f = &b->faults.items[i];
    snprintf(message, 240,
             "cannot read the policy in force (version %u): %.60s%s%.80s; adopt another", version,
             f != NULL ? f->path : "", f != NULL ? ": " : "", f != NULL ? f->message : err_word(e));
}

enum err rulebook_load(struct box *b, char message[240])
{
    struct buf document;
    uint32_t version;
    buf_init(&document, 0);
    enum err e = read_policy(b, RULEBOOK_IN_FORCE, &document, &version);
    if (e == ERR_OK && version > 0)
        e = rulebook_compile(buf_slice(&document), version, &b->faults, &b->policy);
    else if (e == ERR_OK && (b->policy = policy_default()) == NULL)
        e = ERR_NO_MEMORY;
    buf_fini(&document);
    if (e == ERR_INVALID && b->config.replaces_policy) {
        b->policy = policy_default();
        e = b->policy != NULL ? ERR_OK : ERR_NO_MEMORY;
    }
    if (e == ERR_OK) {
        b->policy->version = version;
        e = rulebook_number(b, b->policy, &b->faults);
    }
    if (e != ERR_OK)
        say_unreadable(b, version, e, message);
    b->rules.policy = b->policy;
    if (e == ERR_OK) {
        memcpy(b->lang, b->policy->lang, sizeof b->lang);
        memcpy(b->tz, b->policy->tz, sizeof b->tz);
    }
    return e;
}
