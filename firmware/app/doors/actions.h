/* actions.h - what people do on a live socket: a {"do":…} frame becomes a command, its outcome an
 * answer. */
#ifndef APP_ACTIONS_H
#define APP_ACTIONS_H
#include "app/box/box.h"

struct cJSON;
void actions_handle(struct box *b, struct serve_ticket t, const struct serve_principal *who,
                    const struct cJSON *frame);
void actions_answer(struct box *b, struct job *j); /* after the commit, on the loop */
/* {"ref","refused":{"code","message","hint","gate"?,"offer"?}} at once.  "offer" lists texts that
 * would pass: the parts of a long one, the masked ones, what to write in public instead. */
void actions_refuse(struct box *b, struct serve_ticket t, struct slice ref, enum refusal r,
                    const char *message, const char *hint);
#endif
