/* loop_message.c - memory of a message to the loop. */
#include "app/box/loop_message.h"
#include <stdlib.h>

struct loop_message *loop_message_new(enum loop_message_kind kind)
{
    struct loop_message *m = calloc(1, sizeof *m);
    if (m != NULL)
        m->kind = kind;
    return m;
}

void loop_message_free(struct loop_message *m)
{
    if (m == NULL)
        return;
    job_free(m->job);
    free(m->wall);
    free(m->trend);
    buf_fini(&m->key);
    buf_fini(&m->state);
    free(m);
}
