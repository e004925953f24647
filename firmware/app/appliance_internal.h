/* appliance_internal.h - the running appliance as its own files see it. */
#ifndef APP_APPLIANCE_INTERNAL_H
#define APP_APPLIANCE_INTERNAL_H
#include "app/appliance.h"
#include "app/loop/screens.h"
#include <pthread.h>

struct replay;
struct writer;

struct appliance {
    struct box box;
    struct devices devices;
    struct screens screens;
    struct writer *writer;
    struct replay *replays[CONFIG_CHANNELS_MAX];
    size_t n_replays;
    pthread_t writer_thread, work_thread, net_thread;
    bool has_writer, has_work, has_net;
    int64_t watchdog_ms, fed_mono_ms, checkpoint_mono_ms;
    int64_t timer_tried_ms, timer_mono_ms; /* while it cannot be had, not at every tick */
};

/* HTTP, by method and path; ends with a NULL method.  Their context is the appliance. */
extern const struct serve_route appliance_routes[];
#endif
