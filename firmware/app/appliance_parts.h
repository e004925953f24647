/* appliance_parts.h - the running appliance, part by part: appliance.c opens and closes them in
 * order, routes.c hands them requests.  Nobody else includes this.
 *
 * All of it is the loop's, but for `box` (box.h says whose its members are), `writer` (its
 * thread's, once that runs) and `replays` (net's, once that runs). */
#ifndef APP_APPLIANCE_PARTS_H
#define APP_APPLIANCE_PARTS_H
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
    /* A thread is joined only when it was started. */
    pthread_t writer_thread, work_thread, net_thread;
    bool has_writer, has_work, has_net;
    /* How often systemd's watchdog wants to hear of us (0 = never), and when it last did. */
    int64_t watchdog_ms, fed_mono_ms;
    int64_t checkpoint_mono_ms;
    /* The crossing that was asked for last, and when: while the disk fails, not at every tick. */
    int64_t timer_tried_ms, timer_mono_ms;
};

/* HTTP, by method and path; ends with a NULL method.  Their context is the appliance. */
extern const struct serve_route appliance_routes[];
#endif
