/* appliance.h - the whole box: opens it, starts its threads, runs the loop, and stops in order. */
#ifndef APP_APPLIANCE_H
#define APP_APPLIANCE_H
#include "app/box/config.h"

/* Returns when it was told to stop (SIGTERM, SIGINT), or with an error that has been written to
 * stderr. */
enum err appliance_run(const struct config *c);
#endif
