/* work.h - one slow job at a time, on its own thread: backup, verify, export, erase, checkpoint.
 *
 * The work thread reads in short snapshots and writes nothing: what is to be kept it asks of the
 * writer (box_ask_and_wait), and what is to be told goes over the loop. */
#ifndef APP_WORK_H
#define APP_WORK_H
#include "app/box/box.h"

/* Made with calloc; the work thread frees it.  `argument` and `id` are what `run` takes. */
struct work_job {
    /* On the work thread; tells with work_say, and ends with a last line or work_fail. */
    void (*run)(struct box *b, struct work_job *w);
    struct serve_ticket ticket;
    bool is_asked; /* somebody waits on the control socket */
    char argument[4096];
    struct id id;
    /* work_call: what serve wants done. */
    void (*call)(void *arg);
    void *arg;
};

/* ERR_BUSY: four wait already; the job stays the caller's. */
enum err work_ask(struct box *b, struct work_job *w);
/* A JSON line to whoever asked; nothing happens when nobody did. */
void work_say(struct box *b, const struct work_job *w, struct slice json, bool is_last);
/* {"error":…}, the end, and a warning on the log. */
void work_fail(struct box *b, const struct work_job *w, const char *what);
/* The thread's body: until to_work is closed, or the box is stopping. */
void *work_main(void *box);

/* What `run` may be. */
void work_call(struct box *b, struct work_job *w);
/* argument: a file that is not there yet. */
void work_backup(struct box *b, struct work_job *w);
void work_verify(struct box *b, struct work_job *w);
/* See export.h; each case as {"line":{…}}, no faster than they are read. */
void work_export(struct box *b, struct work_job *w);
/* id: the customer. */
void work_erase(struct box *b, struct work_job *w);
/* A checkpoint, journal dropped before it, and retention. */
void work_checkpoint(struct box *b, struct work_job *w);
#endif
