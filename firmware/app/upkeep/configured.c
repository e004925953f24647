/* configured.c - see the header. */
#include "app/upkeep/configured.h"
#include "app/box/rulebook.h"
#include "app/writer/writer.h"
#include "base/json.h"
#include "base/log.h"
#include "base/seal.h"
#include "calendar/ics.h"
#include <string.h>

#define DIGEST_BYTES 32

static const struct slice digest_key = {"configured_policy", 17};
/* 2020 to 2070: the same file has the same digest whatever the year. */
static const struct ics_window digest_window = {18262, 36889};

/* Of the document with its calendars written out. */
static enum err digest_of(const char *path, uint8_t out[DIGEST_BYTES])
{
    struct buf document;
    struct fault_list ignored = {0};
    buf_init(&document, json_limits_file.bytes_max);
    enum err e = ics_read_document(path, digest_window, &ignored, &document);
    if (e == ERR_OK)
        seal_sha256(buf_slice(&document), out);
    fault_free(&ignored);
    buf_fini(&document);
    return e;
}

static bool is_taken(struct box *b, const uint8_t digest[DIGEST_BYTES])
{
    struct store_txn *txn;
    struct slice v;
    if (store_read(b->store, &txn) != ERR_OK)
        return false;
    bool is_same = store_get(txn, TABLE_META, digest_key, &v) == ERR_OK && v.n == DIGEST_BYTES &&
                   memcmp(v.p, digest, DIGEST_BYTES) == 0;
    store_read_end(txn);
    return is_same;
}

static enum err note_taken(struct box *b, const uint8_t digest[DIGEST_BYTES])
{
    struct store_txn *txn;
    enum err e = store_begin(b->store, &txn);
    if (e != ERR_OK)
        return e;
    e = store_put(txn, TABLE_META, digest_key, slice_make(digest, DIGEST_BYTES));
    if (e == ERR_OK)
        return store_commit(txn);
    store_abort(txn);
    return e;
}

static enum err adopt(struct writer *w, struct slice document)
{
    struct job *j = job_new(JOB_NOBODY, 1);
    if (j == NULL)
        return ERR_NO_MEMORY;
    j->items[0].command.type = CMD_POLICY_ADOPT;
    j->items[0].command.u.policy.document = document;
    writer_batch(w, &j, 1);
    enum err e = j->error;
    if (e == ERR_OK && j->items[0].outcome == JOB_REFUSED)
        e = ERR_INVALID;
    fault_log(&(struct fault_list){.items = j->items[0].faults, .n = j->items[0].n_faults});
    job_free(j);
    return e;
}

static enum err read_and_adopt(struct box *b, struct writer *w, const char *path)
{
    struct buf document;
    struct fault_list faults = {0};
    buf_init(&document, json_limits_file.bytes_max);
    enum err e = ics_read_document(path, ics_window_about(box_now_ms(b)), &faults, &document);
    if (e == ERR_OK && !rulebook_is(b, buf_slice(&document)))
        e = adopt(w, buf_slice(&document));
    fault_log(&faults);
    fault_free(&faults);
    buf_fini(&document);
    return e;
}

enum err configured_policy(struct box *b, struct writer *w)
{
    const char *path = b->config.policy;
    uint8_t digest[DIGEST_BYTES] = {0};
    if (path[0] == '\0')
        return ERR_OK;
    enum err e = digest_of(path, digest);
    if (e == ERR_OK && is_taken(b, digest))
        return ERR_OK;
    e = read_and_adopt(b, w, path);
    if (e == ERR_OK)
        e = note_taken(b, digest);
    if (e != ERR_OK)
        log_error("policy %s was not adopted: %s; run `atalaya check --policy %s`", path,
                  err_word(e), path);
    return e;
}
