/* appliance.c - see the header. */
#include "app/appliance.h"
#include "app/appliance_parts.h"
#include "app/doors/actions.h"
#include "app/doors/control.h"
#include "app/doors/replay.h"
#include "app/doors/webhook.h"
#include "app/upkeep/configured.h"
#include "app/upkeep/erasures.h"
#include "app/upkeep/notify.h"
#include "app/upkeep/work.h"
#include "app/writer/writer.h"
#include "base/json.h"
#include "base/log.h"
#include "store/maintain.h"
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGES_A_TURN 512
#define TIMER_RETRY_MS 5000
#define DEMO_START_MIN 105 /* into the shipped day: the morning's surge */
#define CHECKPOINT_MS (INT64_C(24) * 3600000)
#define CHECKPOINT_FIRST_MS INT64_C(3600000) /* after the start, at the earliest */

static struct serve *running; /* for the signal handler alone */

static void on_signal(int number)
{
    (void)number;
    if (running != NULL)
        serve_stop(running);
}

static int64_t hook_now(void *ctx)
{
    struct appliance *a = ctx;
    return box_now_ms(&a->box);
}

static enum err hook_authenticate(void *ctx, struct slice credential, struct serve_principal *out)
{
    struct appliance *a = ctx;
    return devices_authenticate(&a->devices, credential, out);
}

static enum err hook_watch(void *ctx, const struct serve_principal *who, const struct cJSON *frame,
                           struct json_out *key)
{
    struct appliance *a = ctx;
    screens_sign_of_work(&a->screens, who);
    return screens_watch(&a->screens, who, frame, key);
}

static void hook_watched(void *ctx, struct slice key)
{
    struct appliance *a = ctx;
    screens_watched(&a->screens, key);
}

static void hook_unwatched(void *ctx, struct slice key)
{
    struct appliance *a = ctx;
    screens_unwatched(&a->screens, key);
}

static void hook_command(void *ctx, struct serve_ticket t, const struct serve_principal *who,
                         const struct cJSON *frame, struct slice bytes)
{
    struct appliance *a = ctx;
    struct slice verb = {0};
    struct device *d = devices_find(&a->devices, who->id);
    bool is_on = true;
    screens_sign_of_work(&a->screens, who);
    if (json_get_string(frame, "do", &verb) == ERR_OK && slice_eq_z(verb, "presence") &&
        d != NULL && json_get_bool(frame, "on", &is_on) == ERR_OK) {
        struct slice ref = {0};
        struct buf b;
        d->presence_is_on = is_on;
        buf_init(&b, 0);
        struct json_out o = json_out_of(&b);
        json_open_object(&o, NULL);
        if (json_get_string(frame, "ref", &ref) == ERR_OK)
            json_put_string(&o, "ref", ref);
        json_put_bool(&o, "ok", true);
        json_put_int(&o, "seq", (int64_t)atomic_load(&a->box.last_seq));
        json_close_object(&o);
        serve_reply(a->box.serve, t, buf_slice(&b), false);
        buf_fini(&b);
        return;
    }
    actions_handle(&a->box, t, who, frame, bytes);
}

static void hook_control(void *ctx, struct serve_ticket t, const struct cJSON *line)
{
    struct appliance *a = ctx;
    control_handle(&a->screens, t, line);
}

static void hook_presence(void *ctx, const struct serve_principal *who, bool is_open)
{
    struct appliance *a = ctx;
    screens_presence(&a->screens, who, is_open);
}

static void note_heard(struct appliance *a, const struct job *j)
{
    char channel[40];
    for (size_t i = 0; i < j->n && j->error == ERR_OK; i++) {
        const struct job_item *item = &j->items[i];
        if (item->is_bad || item->outcome == JOB_REFUSED || item->command.type > CMD_REPLY_SEEN)
            continue;
        slice_copy_z(item->command.u.mention.channel, channel, sizeof channel);
        screens_heard(&a->screens, channel);
    }
}

static void take_answer(struct appliance *a, struct job *j)
{
    if (j->answer == JOB_WEBHOOK) {
        note_heard(a, j);
        webhook_answer(&a->box, j);
    } else if (j->answer == JOB_LIVE) {
        actions_answer(&a->box, j);
    } else if (j->answer == JOB_DONE) {
        j->done(j->ctx, j);
    }
}

static enum err hook_later(void *ctx, void (*run)(void *arg), void *arg)
{
    struct appliance *a = ctx;
    struct work_job *w = calloc(1, sizeof *w);
    if (w == NULL)
        return ERR_NO_MEMORY;
    w->run = work_call;
    w->call = run;
    w->arg = arg;
    enum err e = work_ask(&a->box, w);
    if (e != ERR_OK)
        free(w);
    return e;
}

static void hook_wake(void *ctx)
{
    struct appliance *a = ctx;
    void *item;
    for (int i = 0; i < MESSAGES_A_TURN && mailbox_take(a->box.to_loop, &item, 1, 0) == 1; i++) {
        struct loop_message *m = item;
        if (m->kind == LOOP_ANSWER)
            take_answer(a, m->job);
        else if (m->kind == LOOP_CALL)
            m->call(m->ctx, m);
        else
            screens_take(&a->screens, m);
        loop_message_free(m);
    }
    if (mailbox_count(a->box.to_loop) > 0)
        serve_wake(a->box.serve);
}

static void ask_timers(struct appliance *a)
{
    int64_t next_ms = atomic_load(&a->box.next_timer_ms), mono_ms = mono_now_ms();
    if (atomic_load(&a->box.is_held) || atomic_load(&a->box.timers_asked) ||
        next_ms > box_now_ms(&a->box))
        return;
    if (next_ms == a->timer_tried_ms && screens_fault(&a->box) != NULL &&
        mono_ms - a->timer_mono_ms < TIMER_RETRY_MS)
        return;
    a->timer_tried_ms = next_ms;
    a->timer_mono_ms = mono_ms;
    struct job *j = job_new(JOB_NOBODY, 1);
    if (j == NULL)
        return;
    j->items[0].command.type = CMD_TIMERS;
    atomic_store(&a->box.timers_asked, true);
    if (box_ask(&a->box, j) != ERR_OK) {
        atomic_store(&a->box.timers_asked, false);
        job_free(j);
    }
}

static void ask_checkpoint(struct appliance *a, int64_t mono_ms)
{
    if (mono_ms - a->checkpoint_mono_ms < CHECKPOINT_MS)
        return;
    a->checkpoint_mono_ms = mono_ms;
    struct work_job *w = calloc(1, sizeof *w);
    if (w == NULL)
        return;
    w->run = work_checkpoint;
    if (work_ask(&a->box, w) != ERR_OK)
        free(w);
}

static void hook_tick(void *ctx)
{
    struct appliance *a = ctx;
    int64_t mono_ms = mono_now_ms();
    box_clock_step(&a->box);
    ask_timers(a);
    ask_checkpoint(a, mono_ms);
    screens_tick(&a->screens);
    if (a->watchdog_ms > 0 && mono_ms - a->fed_mono_ms >= a->watchdog_ms) {
        a->fed_mono_ms = mono_ms;
        notify_systemd("WATCHDOG=1");
    }
}

static void *net_main(void *ctx)
{
    struct appliance *a = ctx;
    while (!atomic_load(&a->box.is_stopping)) {
        int64_t mono_ms = mono_now_ms(), wait_ms = 250;
        for (size_t i = 0; i < a->n_replays; i++) {
            if (!atomic_load(&a->box.is_held))
                (void)replay_step(a->replays[i], mono_ms);
            int64_t w = replay_wait_ms(a->replays[i], mono_ms);
            wait_ms = w < wait_ms ? w : wait_ms;
        }
        struct timespec t = {.tv_nsec = (wait_ms < 5 ? 5 : wait_ms) * 1000000};
        nanosleep(&t, NULL);
    }
    return NULL;
}

static enum err open_replays(struct appliance *a)
{
    bool is_fresh = atomic_load(&a->box.last_seq) == 0;
    for (size_t i = 0; i < a->box.config.n_channels; i++) {
        const struct config_channel *c = &a->box.config.channels[i];
        struct fault_list faults = {0};
        if (c->network != NETWORK_REPLAY)
            continue;
        enum err e = replay_open(&a->box, c, &faults, &a->replays[a->n_replays]);
        fault_log(&faults);
        fault_free(&faults);
        if (e != ERR_OK) {
            log_error("channel %s: cannot play its recorded day: %s", c->name, err_word(e));
            return e;
        }
        struct replay *r = a->replays[a->n_replays++];
        if (a->box.config.is_demo && is_fresh)
            e = replay_backfill(r, a->writer, DEMO_START_MIN);
        else if (!is_fresh)
            e = replay_resume(r);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static enum err start_threads(struct appliance *a)
{
    a->has_writer = pthread_create(&a->writer_thread, NULL, writer_main, a->writer) == 0;
    a->has_work = pthread_create(&a->work_thread, NULL, work_main, &a->box) == 0;
    a->has_net = a->n_replays == 0 || pthread_create(&a->net_thread, NULL, net_main, a) == 0;
    return a->has_writer && a->has_work && a->has_net ? ERR_OK : ERR_NO_MEMORY;
}

static void stop_threads(struct appliance *a)
{
    atomic_store(&a->box.is_stopping, true);
    if (a->has_net && a->n_replays > 0)
        pthread_join(a->net_thread, NULL);
    mailbox_close(a->box.to_work);
    if (a->has_work)
        pthread_join(a->work_thread, NULL);
    mailbox_poke(a->box.to_writer);
    if (a->has_writer)
        pthread_join(a->writer_thread, NULL);
}

static enum err open_serve(struct appliance *a, char message[240])
{
    const struct config *c = &a->box.config;
    const struct serve_options o = {.dir = c->data,
                                    .listen = c->listen[0] != '\0' ? c->listen : NULL,
                                    .port = c->port,
                                    .cert_path = c->cert[0] != '\0' ? c->cert : NULL,
                                    .key_path = c->key,
                                    .names = c->name_list,
                                    .coalesce_ms = 100};
    const struct serve_hooks hooks = {.ctx = a,
                                      .routes = appliance_routes,
                                      .now_ms = hook_now,
                                      .authenticate = hook_authenticate,
                                      .watch = hook_watch,
                                      .watched = hook_watched,
                                      .unwatched = hook_unwatched,
                                      .command = hook_command,
                                      .control = hook_control,
                                      .later = hook_later,
                                      .wake = hook_wake,
                                      .tick = hook_tick,
                                      .presence = hook_presence};
    return serve_open(&o, &hooks, &a->box.serve, message);
}

/* A box that is switched off every night must come to it, too. */
static void plan_checkpoint(struct appliance *a)
{
    int64_t age_ms = box_now_ms(&a->box) - maintain_checkpointed_ms(a->box.config.data);
    if (age_ms < 0 || age_ms > CHECKPOINT_MS - CHECKPOINT_FIRST_MS)
        age_ms = CHECKPOINT_MS - CHECKPOINT_FIRST_MS;
    a->checkpoint_mono_ms = mono_now_ms() - age_ms;
}

static void announce(const struct appliance *a)
{
    const char *address = serve_address(a->box.serve);
    printf("Atalaya is running.\n\n  wall          %s/wall\n  certificate   %s/ca.crt\n  "
           "fingerprint   %s\n\n",
           address, address, serve_fingerprint(a->box.serve));
    if (a->box.config.is_demo)
        printf("This is the demo: the bundled sample day is playing, and screens on this machine "
               "pair by "
               "themselves.\n");
    else
        printf("Pair a screen:  atalaya display approve CODE --data %s\n", a->box.config.data);
    fflush(stdout);
    notify_systemd("READY=1");
}

/* Before anything is served: what a restored file brought back. */
static enum err repeat_erasures(struct appliance *a, char message[240])
{
    unsigned n = 0;
    writer_decides_here(a->writer);
    enum err e = erasures_repeat(&a->box, &n, message);
    a->box.decide_here = NULL;
    if (n > 0)
        log_info("erase: %u customers who were erased before were in this file again", n);
    return e;
}

static enum err open_all(struct appliance *a, const struct config *c)
{
    char message[240] = "";
    enum err e = box_open(&a->box, c, message);
    if (e == ERR_OK && (a->writer = writer_new(&a->box)) == NULL)
        e = ERR_NO_MEMORY;
    if (e == ERR_OK)
        e = repeat_erasures(a, message);
    if (e == ERR_OK)
        e = configured_policy(&a->box, a->writer);
    if (e == ERR_OK)
        e = open_replays(a);
    if (e == ERR_OK)
        e = devices_load(&a->devices, &a->box);
    if (e == ERR_OK)
        screens_init(&a->screens, &a->box, &a->devices);
    if (e == ERR_OK)
        e = open_serve(a, message);
    if (e == ERR_OK)
        e = start_threads(a);
    if (e != ERR_OK)
        log_error("atalaya could not start: %s", message[0] != '\0' ? message : err_word(e));
    return e;
}

static void close_all(struct appliance *a)
{
    notify_systemd("STOPPING=1");
    stop_threads(a);
    if (a->box.serve != NULL)
        hook_wake(a);
    running = NULL;
    serve_close(a->box.serve);
    a->box.serve = NULL;
    for (size_t i = 0; i < a->n_replays; i++)
        replay_close(a->replays[i]);
    writer_free(a->writer);
    screens_fini(&a->screens);
    devices_free(&a->devices);
    box_close(&a->box);
}

enum err appliance_run(const struct config *c)
{
    struct appliance *a = calloc(1, sizeof *a);
    if (a == NULL)
        return ERR_NO_MEMORY;
    mallopt(M_MMAP_THRESHOLD, 16384);
    mallopt(M_ARENA_MAX, 2);
    a->watchdog_ms = notify_watchdog_ms();
    enum err e = open_all(a, c);
    if (e == ERR_OK) {
        plan_checkpoint(a);
        struct sigaction action = {.sa_handler = on_signal};
        running = a->box.serve;
        sigaction(SIGTERM, &action, NULL);
        sigaction(SIGINT, &action, NULL);
        announce(a);
        e = serve_run(a->box.serve);
    }
    close_all(a);
    free(a);
    return e;
}
