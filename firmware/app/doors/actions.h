/* actions.h - what people do on a live socket: a {"do":…} frame becomes a command, its outcome an
 * answer.  live.md lists the frames; core/rules/life.c says which action is taken in which state.
 *
 * On the loop.  Each frame is answered once: at once when it cannot be asked, else after the
 * commit. */
#ifndef APP_ACTIONS_H
#define APP_ACTIONS_H
#include "app/box/box.h"

struct cJSON;

/* `bytes`: the same frame as it came.  The ref is bound to them: a repeat byte for byte hears its
 * first answer again (without texts: `text` and `offer` are told once), any other frame with this
 * ref is refused ref_reused. */
void actions_handle(struct box *b, struct serve_ticket t, const struct serve_principal *who,
                    const struct cJSON *frame, struct slice bytes);
/* After the commit.  The job stays the caller's. */
void actions_answer(struct box *b, struct job *j);
/* {"ref","refused":{"code","message","hint","gate"?,"offer"?}} at once; without "ref" when `ref` is
 * empty.  "offer" lists texts that would pass: the parts of a long one, the masked ones, what to
 * write in public instead. */
void actions_refuse(struct box *b, struct serve_ticket t, struct slice ref, enum refusal r,
                    const char *message, const char *hint);
#endif
