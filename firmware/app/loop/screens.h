/* screens.h - the loop's side of the views: the newest numbers, who is present, which channel was
 * heard when; and who may watch what.
 *
 * All of this belongs to the loop's thread.  The wall, the trend and the people are encoded here;
 * queues and cases come from the writer, which learns from box.h's `watched` which ones. */
#ifndef APP_SCREENS_H
#define APP_SCREENS_H
#include "app/loop/devices.h"
#include "app/loop/leases.h"
#include "app/views/views.h"

#define SCREENS_CHANNELS_MAX 64

struct screens {
    struct box *b;
    struct devices *devices;
    /* NULL until the writer has sent the first. */
    struct wall_numbers *wall;
    struct trend_numbers *trend;
    uint64_t trend_seq;
    int64_t trend_at_ms;
    struct leases leases;
    int64_t swept_mono_ms;
    struct wall_channel channels[SCREENS_CHANNELS_MAX];
    size_t n_channels;
    /* Lines of each replay that were taken in when it was last looked at. */
    unsigned long long n_lines[CONFIG_CHANNELS_MAX];
    const char *fault; /* as last shown */
};

/* Both outlive *s.  Channels come from the store and the configuration. */
void screens_init(struct screens *s, struct box *b, struct devices *d);
void screens_fini(struct screens *s);

/* LOOP_WALL, LOOP_TREND or LOOP_VIEW: keeps what is in it, and publishes it. */
void screens_take(struct screens *s, struct loop_message *m);
/* Something came from this channel, now. */
void screens_heard(struct screens *s, const char *channel);
/* A live socket of theirs opened or closed. */
void screens_presence(struct screens *s, const struct serve_principal *who, bool is_open);
/* Any frame of theirs: their claims go on. */
void screens_sign_of_work(struct screens *s, const struct serve_principal *who);
/* At every tick of the loop: once a second what changes by time alone, a new fault at once. */
void screens_tick(struct screens *s);

/* {"watch":…} or {"unwatch":…}: writes the view's canonical key.  ERR_DENIED: their role does not
 * see it; ERR_NOT_FOUND: no such view, team or case; ERR_RANGE: the limit; ERR_INVALID. */
enum err screens_watch(struct screens *s, const struct serve_principal *who,
                       const struct cJSON *frame, struct json_out *key);
/* The first socket watches this key; the last one no longer does. */
void screens_watched(struct screens *s, struct slice key);
void screens_unwatched(struct screens *s, struct slice key);

/* Any thread: "disk_full", "io", "read_only", "corrupt", "clock", or NULL. */
const char *screens_fault(struct box *b);
#endif
