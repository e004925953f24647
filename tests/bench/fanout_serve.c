/* fanout_serve.c - serve alone with one view that changes RATE times a second; coalescing off. */
#include "base/json.h"
#include "serve/serve.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct serve *box;
static struct buf key;
static uint64_t seq;
static char pad[1024];

static int64_t now_ms(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err authenticate(void *ctx, struct slice credential, struct serve_principal *out)
{
    (void)ctx;
    out->roles = ROLE_DISPLAY;
    return slice_eq_z(credential, "bench") ? ERR_OK : ERR_DENIED;
}

static enum err watch(void *ctx, const struct serve_principal *who, const struct cJSON *frame,
                      struct json_out *out)
{
    (void)ctx;
    (void)who;
    (void)frame;
    json_put_raw(out, NULL, slice_of("{\"view\":\"wall\"}"));
    return ERR_OK;
}

static void publish(void *ctx)
{
    char state[1400];
    (void)ctx;
    seq++;
    int n = snprintf(state, sizeof state, "{\"n\":%llu,\"pad\":\"%s%llu\"}",
                     (unsigned long long)seq, pad, (unsigned long long)seq % 10);
    serve_publish(box, buf_slice(&key), seq, now_ms(NULL), slice_make(state, (size_t)n));
}

static void watched(void *ctx, struct slice k)
{
    (void)k;
    publish(ctx);
}

static void unwatched(void *ctx, struct slice k)
{
    (void)ctx;
    (void)k;
}

static void command(void *ctx, struct serve_ticket t, const struct serve_principal *who,
                    const struct cJSON *frame, struct slice bytes)
{
    (void)ctx;
    (void)who;
    (void)frame;
    (void)bytes;
    serve_reply(box, t, slice_of("{\"filled\":true}"), false);
}

static void control(void *ctx, struct serve_ticket t, const struct cJSON *line)
{
    (void)ctx;
    (void)t;
    (void)line;
}

static void nothing(void *ctx)
{
    (void)ctx;
}

static void presence(void *ctx, const struct serve_principal *who, bool is_open)
{
    (void)ctx;
    (void)who;
    (void)is_open;
}

static void *pace(void *ctx)
{
    const struct timespec t = {.tv_nsec = 1000000000L / atoi(ctx)};
    for (;;) {
        nanosleep(&t, NULL);
        serve_wake(box);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct serve_route routes[] = {{NULL, NULL, 0, 0, NULL, false}};
    const struct serve_options o = {.dir = argv[1], .listen = "127.0.0.1", .coalesce_ms = 0};
    const struct serve_hooks hooks = {.routes = routes,
                                      .now_ms = now_ms,
                                      .authenticate = authenticate,
                                      .watch = watch,
                                      .watched = watched,
                                      .unwatched = unwatched,
                                      .command = command,
                                      .control = control,
                                      .wake = publish,
                                      .tick = nothing,
                                      .presence = presence};
    char message[240];
    pthread_t thread;
    if (argc != 4)
        return 2;
    memset(pad, 'x', (size_t)atoi(argv[3]));
    buf_init(&key, 64);
    buf_add_z(&key, "{\"view\":\"wall\"}");
    if (serve_open(&o, &hooks, &box, message) != ERR_OK) {
        fprintf(stderr, "%s\n", message);
        return 1;
    }
    printf("%d\n", serve_port(box));
    fflush(stdout);
    pthread_create(&thread, NULL, pace, argv[2]);
    return serve_run(box) == ERR_OK ? 0 : 1;
}
