/* fanout_bare.c - the least that libwebsockets needs to send the same frame to everybody, with the
 * same libraries. */
#include <libwebsockets.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct session {
    struct session *next, **back;
    struct lws *wsi;
    unsigned long long sent;
};

static struct session *sessions;
static struct lws_context *context;
static unsigned char frame[LWS_PRE + 2048];
static size_t n_frame;
static unsigned long long seq;
static char pad[1024];

static void make_frame(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    seq++;
    n_frame = (size_t)snprintf((char *)frame + LWS_PRE, sizeof frame - LWS_PRE,
                               "{\"view\":\"wall\",\"from\":%llu,\"seq\":%llu,\"at\":%lld,\"set\":{"
                               "\"n\":%llu,\"pad\":\"%s%llu\"}}",
                               seq - 1, seq, (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000, seq,
                               pad, seq % 10);
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t n)
{
    struct session *s = user;
    (void)in;
    (void)n;
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        s->wsi = wsi;
        s->sent = seq;
        s->next = sessions;
        s->back = &sessions;
        if (sessions != NULL)
            sessions->back = &s->next;
        sessions = s;
        return 0;
    case LWS_CALLBACK_CLOSED:
        *s->back = s->next;
        if (s->next != NULL)
            s->next->back = s->back;
        return 0;
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
        make_frame();
        for (s = sessions; s != NULL; s = s->next)
            lws_callback_on_writable(s->wsi);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        if (s->sent == seq)
            return 0;
        s->sent = seq;
        return lws_write(wsi, frame + LWS_PRE, n_frame, LWS_WRITE_TEXT) < 0 ? -1 : 0;
    default:
        return 0;
    }
}

static void *pace(void *ctx)
{
    const struct timespec t = {.tv_nsec = 1000000000L / atoi(ctx)};
    for (;;) {
        nanosleep(&t, NULL);
        lws_cancel_service(context);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct lws_protocols protocols[] = {
        {.name = "atalaya.v1",
         .callback = on_event,
         .per_session_data_size = sizeof(struct session),
         .rx_buffer_size = 1024},
        LWS_PROTOCOL_LIST_TERM};
    struct lws_context_creation_info info = {0};
    char cert[600], key[600];
    pthread_t thread;
    if (argc != 4)
        return 2;
    memset(pad, 'x', (size_t)atoi(argv[3]));
    snprintf(cert, sizeof cert, "%s/identity/server.crt", argv[1]);
    snprintf(key, sizeof key, "%s/identity/server.key", argv[1]);
    lws_set_log_level(LLL_ERR, NULL);
    info.iface = "127.0.0.1";
    info.protocols = protocols;
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_VALIDATE_UTF8;
    info.ssl_cert_filepath = cert;
    info.ssl_private_key_filepath = key;
    info.fd_limit_per_thread = 4096;
    context = lws_create_context(&info);
    if (context == NULL)
        return 1;
    printf("%d\n", lws_get_vhost_listen_port(lws_get_vhost_by_name(context, "default")));
    fflush(stdout);
    pthread_create(&thread, NULL, pace, argv[2]);
    while (lws_service(context, 0) >= 0)
        ;
    return 0;
}
