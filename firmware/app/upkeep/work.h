/* work.h - one slow job at a time, on its own thread: backup, verify, export, erase, checkpoint. */
#ifndef APP_WORK_H
#define APP_WORK_H
#include "app/box/box.h"

struct work_job {
    void (*run)(struct box *b, struct work_job *w); /* on the work thread; reports with work_say */
    struct serve_ticket ticket;
    bool is_asked; /* somebody waits on the control socket */
    char argument[4096];
    struct id id;
    void (*call)(void *arg); /* work_call: what serve wants done */
    void *arg;
};

/* ERR_BUSY: four wait already; the job stays the caller's. */
enum err work_ask(struct box *b, struct work_job *w);
/* A JSON line to whoever asked. */
void work_say(struct box *b, const struct work_job *w, struct slice json, bool is_last);
/* {"error":…} and the end. */
void work_fail(struct box *b, const struct work_job *w, const char *what);
void *work_main(void *box);

void work_call(struct box *b, struct work_job *w);
void work_backup(struct box *b, struct work_job *w); /* argument: a file that is not there yet */
void work_verify(struct box *b, struct work_job *w);
void work_export(struct box *b, struct work_job *w); /* app/export.h; each {"line":{…}} */
void work_erase(struct box *b, struct work_job *w);  /* id: the customer */
/* Deletes from the vault, records the erasure, and swaps in a file without the old pages.  *why is
 * set on failure. */
enum err work_erase_customer(struct box *b, struct id customer, const char **why);
/* The same, and the file that `restore` put aside goes as well. */
enum err work_erase_everywhere(struct box *b, struct id customer, const char **why);
void work_checkpoint(struct box *b, struct work_job *w); /* and retention */
#endif
