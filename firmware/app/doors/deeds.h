/* deeds.h - what people do on a live socket: a {"do":…} frame becomes a command, its outcome an
 * answer. */
#ifndef APP_DEEDS_H
#define APP_DEEDS_H
#include "app/box/box.h"

struct cJSON;
void deeds_handle(struct box *b, struct serve_ticket t, const struct serve_principal *who,
                  const struct cJSON *frame);
void deeds_answer(struct box *b, struct job *j); /* after the commit, on the loop */
/* {"ref","refused":{"code","message","hint","gate"?,"offer"?}} at once.  "offer" lists texts that
 * would pass: the parts of a long one, the masked ones, what to write in public instead. */
void deeds_refuse(struct box *b, struct serve_ticket t, struct slice ref, enum refusal r,
                  const char *message, const char *hint);
#endif
