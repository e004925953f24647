/* client.c - see the header. */
#include "cli/client.h"
#include "app/box/config.h"
#include "base/fault.h"
#include "store/install.h"
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LINE_BYTES_MAX (8u << 20)

static int connect_to(const char *dir)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int n = snprintf(a.sun_path, sizeof a.sun_path, "%s/control", dir);
    int fd = n > 0 && (size_t)n < sizeof a.sun_path ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
                                                    : -1;
    if (fd < 0 || connect(fd, (const struct sockaddr *)&a, sizeof a) == 0)
        return fd;
    close(fd);
    return -1;
}

static bool is_last(const struct cJSON *j)
{
    return json_get(j, "ok") != NULL || json_get(j, "error") != NULL;
}

static enum err read_answers(FILE *f, void (*line)(void *, const struct cJSON *), void *ctx,
                             struct cJSON **last)
{
    static const struct json_limits limits = {LINE_BYTES_MAX, 32, 1000000};
    char *text = NULL;
    size_t max = 0;
    ssize_t n;
    enum err e = ERR_CLOSED;
    while ((n = getline(&text, &max, f)) > 0) {
        struct cJSON *j;
        struct json_error je;
        if (json_parse(slice_make(text, (size_t)n), &limits, &j, &je) != ERR_OK)
            break;
        if (is_last(j)) {
            *last = j;
            e = ERR_OK;
            break;
        }
        if (line != NULL)
            line(ctx, j);
        json_free(j);
    }
    free(text);
    return e;
}

enum err client_ask(const char *dir, struct slice request,
                    void (*line)(void *ctx, const struct cJSON *j), void *ctx, struct cJSON **last)
{
    *last = NULL;
    int fd = connect_to(dir);
    FILE *f = fd >= 0 ? fdopen(fd, "r+") : NULL;
    if (f == NULL) {
        if (fd >= 0)
            close(fd);
        return ERR_NOT_FOUND;
    }
    bool is_sent =
        fwrite(request.p, 1, request.n, f) == request.n && fputc('\n', f) != EOF && fflush(f) == 0;
    enum err e = is_sent ? read_answers(f, line, ctx, last) : ERR_CLOSED;
    fclose(f);
    return e;
}

static void print_faults(const struct cJSON *faults)
{
    for (const struct cJSON *f = json_first(faults); f != NULL; f = json_next(f)) {
        struct slice path = {0}, message = {0}, hint = {0};
        struct fault one = {.is_warning = false};
        char text[FAULT_TEXT_MAX];
        (void)json_get_string(f, "path", &path);
        (void)json_get_string(f, "message", &message);
        (void)json_get_string(f, "hint", &hint);
        slice_copy_z(path, one.path, sizeof one.path);
        slice_copy_z(message, one.message, sizeof one.message);
        slice_copy_z(hint, one.hint, sizeof one.hint);
        fprintf(stderr, "%s\n", fault_text(&one, text));
    }
}

int client_do(const char *dir, struct cJSON **last, const char *what, ...)
{
    struct buf request;
    struct cJSON *answer;
    struct slice error = {0}, hint = {0};
    va_list args;
    buf_init(&request, 0);
    struct json_out o = json_out_of(&request);
    json_open_object(&o, NULL);
    json_put_z(&o, "do", what);
    va_start(args, what);
    for (const char *name = va_arg(args, const char *); name != NULL;
         name = va_arg(args, const char *))
        json_put_z(&o, name, va_arg(args, const char *));
    va_end(args);
    json_close_object(&o);
    enum err e = client_ask(dir, buf_slice(&request), NULL, NULL, &answer);
    buf_fini(&request);
    if (e != ERR_OK) {
        fprintf(stderr,
                e == ERR_NOT_FOUND
                    ? "atalaya: no box is running on %s; start it, or name its folder with --data\n"
                    : "atalaya: the box on %s stopped before it answered\n",
                dir);
        return 1;
    }
    if (json_get_string(answer, "error", &error) == ERR_OK) {
        json_get_string(answer, "hint", &hint);
        fprintf(stderr, "atalaya: %.*s%s%.*s\n", (int)error.n, error.p, hint.n > 0 ? "; " : "",
                (int)hint.n, hint.p);
        print_faults(json_get(answer, "faults"));
        json_free(answer);
        return 1;
    }
    if (last != NULL)
        *last = answer;
    else
        json_free(answer);
    return 0;
}

bool client_has_box(const char *dir)
{
    char file[PATH_MAX];
    int n = snprintf(file, sizeof file, "%s/atalaya.mdb", dir);
    if (n > 0 && (size_t)n < sizeof file &&
        (access(file, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR)))
        return true;
    struct store_error e;
    if (install_is_aside(dir, &e)) {
        fprintf(stderr, "atalaya: %s\n", e.message);
        return false;
    }
    fprintf(stderr, "atalaya: no box found in %s; `atalaya serve --data %s` creates one\n", dir,
            dir);
    return false;
}

const char *client_dir(const char *option)
{
    static struct config c;
    if (option != NULL)
        return option;
    config_default(&c);
    return c.data;
}
