/* screens.h - the loop's side of the views: the newest numbers, who is present, which channel was
 * heard when. */
#ifndef APP_SCREENS_H
#define APP_SCREENS_H
#include "app/loop/devices.h"
#include "app/loop/leases.h"
#include "app/views/views.h"

#define SCREENS_CHANNELS_MAX 64

struct screens {
    struct box *b;
    struct devices *devices;
    struct wall_numbers *wall;
    struct trend_numbers *trend;
    struct leases leases;
    uint64_t trend_seq;
    int64_t trend_at_ms, swept_mono_ms;
    struct wall_channel channels[SCREENS_CHANNELS_MAX];
    size_t n_channels;
    unsigned long long n_lines[CONFIG_CHANNELS_MAX]; /* of replays, when last looked at */
    const char *fault;                               /* as last shown */
};

void screens_init(struct screens *s, struct box *b, struct devices *d);
void screens_fini(struct screens *s);
/* LOOP_WALL, LOOP_TREND or LOOP_VIEW. */
void screens_take(struct screens *s, struct loop_message *m);
void screens_heard(struct screens *s, const char *channel);
void screens_presence(struct screens *s, const struct serve_principal *who, bool is_open);
/* Any frame of theirs: their claims go on. */
void screens_sign_of_work(struct screens *s, const struct serve_principal *who);
void screens_tick(struct screens *s);
enum err screens_watch(struct screens *s, const struct serve_principal *who,
                       const struct cJSON *frame, struct json_out *key);
void screens_watched(struct screens *s, struct slice key);
void screens_unwatched(struct screens *s, struct slice key);
/* "disk_full", "io", "read_only", "corrupt", "clock", or NULL. */
const char *screens_fault(struct box *b);
#endif
