/* job.h - one thing that somebody asks of the writer: commands, the texts that go with them, and
 * who waits. */
#ifndef APP_JOB_H
#define APP_JOB_H
#include "base/arena.h"
#include "base/fault.h"
#include "core/record/command.h"
#include "core/record/verdict.h"
#include "serve/serve.h"

enum job_answer { /* who is told after the commit */
                  JOB_NOBODY,
                  JOB_WEBHOOK, /* POST /api/mentions */
                  JOB_LIVE,    /* a {"do":…} frame */
                  JOB_DONE,    /* done(job) on the loop's thread */
                  JOB_WAITED,  /* box_ask_and_wait: goes back through `waits` */
};

enum job_outcome { JOB_WAITING, JOB_ACCEPTED, JOB_DUPLICATE, JOB_REFUSED };

/* What the vault keeps of a mention or a customer, before it is sealed. */
struct vault_text {
    struct slice text, id, server, author, handle, name, url, reply_to;
};

struct job_item {
    bool is_bad; /* refused before it became a command: pointer and detail say why */
    struct command command;
    struct vault_text vault;
    struct slice id_text; /* the network's id as it came */
    /* a credential to keep or to forget with the event of a device */
    bool has_secret;
    uint8_t secret[32];
    char secret_name[64];
    /* what came of it */
    enum job_outcome outcome;
    enum refusal refusal;
    bool is_repeat; /* answered before */
    uint64_t seq;   /* of its last event; for a duplicate that of the first answer */
    const char *pointer, *detail, *hint, *gate;
    struct id mention, kase;
    struct id reply;         /* written: it is in the outbox now */
    size_t n_offer;          /* of a refusal: texts that would pass */
    struct slice *offer;     /* the job's */
    uint32_t policy_version; /* of an adopted policy */
    size_t n_faults;         /* of a refused one */
    struct fault *faults;
};

struct job {
    enum job_answer answer;
    struct serve_ticket ticket;
    struct arena arena; /* holds items, texts and messages */
    size_t n;
    struct job_item *items;
    enum err error;   /* not ERR_OK: nothing of it happened */
    uint64_t seq;     /* of the journal after it */
    struct slice ref; /* live: as text */
    int64_t asked_mono_ms;
    int64_t now_ms; /* 0 = the box's time; a replayed past has its own */
    void (*done)(void *ctx, struct job *j);
    void *ctx;
    struct slice note; /* for done */
    struct mailbox *waits;
    /* What the work thread wants besides: texts to forget, the file swapped for one without them,
     * journal to drop. */
    size_t n_forget;
    struct slice *forget; /* keys of the vault */
    bool compacts;
    uint64_t trim_seq; /* 0 = nothing */
};

struct job *job_new(enum job_answer answer, size_t n_items); /* NULL: no memory */
void job_free(struct job *j);
const char *job_text(struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
