/* writer_texts.h - what goes with the events and is not in them: texts, names and secrets, put and
 * forgotten in the transaction of their batch. */
#ifndef APP_WRITER_TEXTS_H
#define APP_WRITER_TEXTS_H
#include "app/writer/writer_state.h"

/* Before decide: fills in what the rules need from the vault; for a reply the customer's name and
 * the open ticket, for an edit whether it says anything new.  The batch's arena keeps them. */
enum err writer_load_texts(struct writer *w, struct job_item *item, int64_t now_ms);
/* After apply: texts, names and secrets into vault and secrets, under the ids and seqs of w->v. */
enum err writer_put_texts(struct writer *w, const struct job_item *item);
/* ctx: the writer.  Takes a key out of the vault; absent is fine. */
enum err writer_forget_text(void *ctx, struct slice key);
/* Between decide and apply: the texts of the cases that w->v drops, while something still points to
 * them. */
enum err writer_forget_dropped(struct writer *w);
#endif
