/* writer_views.h - what the writer sends to the loop: after a commit the wall, the watched queues
 * and cases; every minute what changes by time alone. */
#ifndef APP_WRITER_VIEWS_H
#define APP_WRITER_VIEWS_H
#include "app/writer/writer_state.h"

/* Sends w->wall, which is the loop's then. */
void writer_send_wall(struct writer *w);
/* What changes by time alone: at work or not, the day, the trend's newest step. */
void writer_refresh(struct writer *w);
/* Watched views at most every WRITER_VIEW_EVERY_MS after a change, those that are new at once; a
 * refresh every minute. */
void writer_push_views(struct writer *w, bool has_changed);
#endif
