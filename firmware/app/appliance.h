/* appliance.h - the whole box: opens it, starts its threads, runs the loop, and stops in order. */
#ifndef APP_APPLIANCE_H
#define APP_APPLIANCE_H
#include "app/box/config.h"

/* Runs on the calling thread, which becomes the loop's.  Returns ERR_OK when it was told to stop
 * (SIGTERM, SIGINT), or an error that has been written to stderr.  Once in a process: signals have
 * one handler. */
enum err appliance_run(const struct config *c);
#endif
