/* configured.h - the policy that the configuration names: adopted when its file is new or has
 * changed.  A policy that was adopted since, by `policy adopt`, stays in force. */
#ifndef APP_CONFIGURED_H
#define APP_CONFIGURED_H
#include "app/box/box.h"

struct writer;

/* Before any thread runs.  ERR_OK also when there is nothing to do; otherwise the fault was logged,
 * and the box must not start. */
enum err configured_policy(struct box *b, struct writer *w);
#endif
