/* control.c - the control socket for the command line: a JSON line in, JSON lines out. */
#include "serve/control.h"
#include "base/json.h"
#include "base/log.h"
#include "serve/server.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LINE_MAX_BYTES (1u << 20)

static int fail(char message[240], const char *path, const char *what)
{
    snprintf(message, 240, "control socket %s: %s: %s", path, what, strerror(errno));
    return -1;
}

static int listen_at(const char *path, char message[240])
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof a.sun_path) {
        errno = ENAMETOOLONG;
        return fail(message, path, "use a shorter --data path");
    }
    memcpy(a.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return fail(message, path, "socket");
    unlink(path);
    mode_t old = umask(0177);
    int bound = bind(fd, (const struct sockaddr *)&a, sizeof a);
    umask(old);
    if (bound != 0 || listen(fd, 16) != 0) {
        fail(message, path, "bind");
        close(fd);
        return -1;
    }
    return fd;
}

enum err control_open(struct serve *s, char message[240])
{
    snprintf(s->control_path, sizeof s->control_path, "%s/control", s->options.dir);
    int fd = listen_at(s->control_path, message);
    if (fd < 0)
        return ERR_IO;
    lws_sock_file_fd_type u = {.filefd = fd};
    struct lws *wsi =
        lws_adopt_descriptor_vhost(s->vhost, LWS_ADOPT_RAW_FILE_DESC, u, "atalaya.control", NULL);
    if (wsi == NULL) {
        snprintf(message, 240, "control socket %.180s: cannot watch it", s->control_path);
        return ERR_IO;
    }
    return ERR_OK;
}

static bool is_ours(int fd)
{
    struct ucred who;
    socklen_t n = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 &&
           (who.uid == 0 || who.uid == geteuid());
}

static void on_accept(struct serve *s, struct lws *listener)
{
    int fd = accept4(lws_get_socket_fd(listener), NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    if (!is_ours(fd)) {
        close(fd);
        return;
    }
    lws_sock_file_fd_type u = {.sockfd = fd};
    struct lws *wsi =
        lws_adopt_descriptor_vhost(s->vhost, LWS_ADOPT_SOCKET, u, "atalaya.control", NULL);
    struct conn *c = wsi != NULL ? conn_new(s, wsi, CONN_CONTROL) : NULL;
    if (c == NULL)
        return;
    buf_init(&c->in, LINE_MAX_BYTES);
    lws_set_timeout(wsi, PENDING_TIMEOUT_AWAITING_PROXY_RESPONSE, 3600);
}

static int on_line(struct conn *c)
{
    struct cJSON *line;
    struct json_error e;
    const char *end = memchr(c->in.p, '\n', c->in.n);
    if (end == NULL)
        return 0;
    struct slice text = slice_make(c->in.p, (size_t)(end - c->in.p));
    if (json_parse(text, &json_limits_body, &line, &e) != ERR_OK)
        return -1;
    buf_clear(&c->in);
    c->s->hooks.control(c->s->hooks.ctx, conn_ticket(c), line);
    json_free(line);
    return 0;
}

static int on_writeable(struct conn *c)
{
    struct reply *r = conn_next_reply(c);
    if (r == NULL)
        return c->is_last ? -1 : 0;
    int n = lws_write(c->wsi, r->frame->b + LWS_PRE, r->frame->n, LWS_WRITE_RAW);
    frame_drop(r->frame);
    free(r);
    if (n < 0)
        return -1;
    lws_callback_on_writable(c->wsi);
    return 0;
}

int control_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t n)
{
    struct conn *c = lws_get_opaque_user_data(wsi);
    (void)user;
    switch (reason) {
    case LWS_CALLBACK_RAW_RX_FILE:
        on_accept(lws_context_user(lws_get_context(wsi)), wsi);
        return 0;
    case LWS_CALLBACK_RAW_RX:
        if (c == NULL)
            return -1;
        buf_add(&c->in, in, n);
        return c->in.err != ERR_OK ? -1 : on_line(c);
    case LWS_CALLBACK_RAW_WRITEABLE:
        return c == NULL ? -1 : on_writeable(c);
    case LWS_CALLBACK_RAW_CLOSE:
        if (c != NULL)
            conn_free(c);
        lws_set_opaque_user_data(wsi, NULL);
        return 0;
    default:
        return 0;
    }
}
