/* job.h - one thing that somebody asks of the writer: commands, the texts that go with them, and
 * who waits.
 *
 * Whoever makes a job fills it, and gives it away with box_ask; after the commit it belongs to
 * whoever is answered.  Everything that it points to lives in its arena (or is static), so that
 * job_free is all. */
#ifndef APP_JOB_H
#define APP_JOB_H
#include "base/arena.h"
#include "base/fault.h"
#include "core/record/command.h"
#include "core/record/verdict.h"
#include "serve/serve.h"

/* Who is told after the commit. */
enum job_answer {
    JOB_NOBODY,
    JOB_WEBHOOK, /* POST /api/mentions */
    JOB_LIVE,    /* a {"do":…} frame */
    JOB_DONE,    /* done(ctx, job) on the loop's thread */
    JOB_WAITED,  /* box_ask_and_wait: goes back through `waits` */
};

enum job_outcome { JOB_WAITING, JOB_ACCEPTED, JOB_DUPLICATE, JOB_REFUSED };

/* What the vault keeps of a mention or a customer, before it is sealed. */
struct vault_text {
    struct slice text, id, server, author, handle, name, url, reply_to;
};

/* One command, what goes with it, and what came of it. */
struct job_item {
    /* Refused before it became a command: pointer and detail say why. */
    bool is_bad;
    struct command command;
    struct vault_text vault;
    struct slice id_text; /* the network's id as it came */
    /* A credential (its SHA-256) to keep or to forget with the event of a device. */
    bool has_secret;
    uint8_t secret[32];
    char secret_name[64];

    /* From here on: filled by the writer.  is_repeat: this ref was answered before.  seq: of its
     * last event; of a duplicate that of the first answer. */
    enum job_outcome outcome;
    enum refusal refusal;
    bool is_repeat;
    uint64_t seq;
    const char *pointer, *detail, *hint, *gate;
    struct id mention, kase;
    struct id reply; /* none, or one that was written and waits in the outbox */
    /* Of a refusal: texts that would pass. */
    size_t n_offer;
    struct slice *offer;
    /* Of an adopted policy its version, of a refused one its faults. */
    uint32_t policy_version;
    size_t n_faults;
    struct fault *faults;
};

struct job {
    enum job_answer answer;
    struct serve_ticket ticket; /* JOB_WEBHOOK, JOB_LIVE */
    struct arena arena;
    size_t n;
    struct job_item *items;
    /* Filled by the writer: not ERR_OK: nothing of it happened.  seq: of the journal after it. */
    enum err error;
    uint64_t seq;
    struct slice ref; /* JOB_LIVE: as text */
    int64_t asked_mono_ms;
    int64_t now_ms; /* 0 = the box's time; a replayed past has its own */
    void (*done)(void *ctx, struct job *j);
    void *ctx;
    struct slice note; /* for done */
    struct mailbox *waits;
    /* What the work thread wants besides: keys of the vault to forget, the file swapped for one
     * without them, journal to drop before a seq (0 = none). */
    size_t n_forget;
    struct slice *forget;
    bool compacts;
    uint64_t trim_seq;
};

/* Items are zero.  NULL: no memory. */
struct job *job_new(enum job_answer answer, size_t n_items);
/* NULL is fine. */
void job_free(struct job *j);
/* A text of the job's, cut at 399 bytes; never NULL. */
const char *job_text(struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
