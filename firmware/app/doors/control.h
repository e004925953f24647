/* control.h - what the command line asks of a running box: {"do":"display approve","code":…} and
 * the like, one request a line.
 *
 * Whoever can open the control socket owns the box: there are no roles here. */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H
#include "app/loop/screens.h"

struct cJSON;

/* On the loop.  Answers are lines, at once or later; the last has "ok":true, or "error" with "hint"
 * and, of a policy, "faults". */
void control_handle(struct screens *s, struct serve_ticket t, const struct cJSON *line);
#endif
