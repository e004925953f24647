/* offline.h - a box that is not running, opened for one piece of work under the folder's lock. */
#ifndef CLI_OFFLINE_H
#define CLI_OFFLINE_H
#include "app/box/box.h"

struct offline {
    struct box box;
    struct writer *writer;
    unsigned n_erased; /* again, while it was opened (app/upkeep/erasures.h) */
};

/* Prints why not; returns the exit status. */
int offline_open(struct offline *o, const char *dir);
/* The same, to put another policy in the place of one that cannot be read any more. */
int offline_open_to_adopt(struct offline *o, const char *dir);
void offline_close(struct offline *o);
bool offline_is_running(const char *dir);
#endif
