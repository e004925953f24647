/* control.h - what the command line asks of a running box: {"do":"display approve","code":…} and
 * the like. */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H
#include "app/loop/screens.h"

struct cJSON;
void control_handle(struct screens *s, struct serve_ticket t, const struct cJSON *line);
#endif
