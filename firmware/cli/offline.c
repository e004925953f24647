/* offline.c - see the header. */
#include "cli/offline.h"
#include "app/upkeep/erasures.h"
#include "app/writer/writer.h"
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int open_box(struct offline *o, const char *dir, bool replaces_policy)
{
    static struct config c;
    char message[240] = "";
    o->writer = NULL;
    o->n_erased = 0;
    config_default(&c);
    c.replaces_policy = replaces_policy;
    slice_copy_z(slice_of(dir), c.data, sizeof c.data);
    enum err e = box_open(&o->box, &c, message);
    if (e == ERR_OK && (o->writer = writer_new(&o->box)) == NULL)
        e = ERR_NO_MEMORY;
    if (e == ERR_OK) {
        writer_decides_here(o->writer);
        e = erasures_repeat(&o->box, &o->n_erased, message);
    }
    if (e != ERR_OK) {
        fprintf(stderr, "atalaya: %s\n", message[0] != '\0' ? message : err_word(e));
        writer_free(o->writer);
        box_close(&o->box);
        return 1;
    }
    return 0;
}

int offline_open(struct offline *o, const char *dir)
{
    return open_box(o, dir, false);
}

int offline_open_to_adopt(struct offline *o, const char *dir)
{
    return open_box(o, dir, true);
}

void offline_close(struct offline *o)
{
    writer_free(o->writer);
    box_close(&o->box);
}

bool offline_is_running(const char *dir)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int n = snprintf(a.sun_path, sizeof a.sun_path, "%s/control", dir);
    int fd = n > 0 && (size_t)n < sizeof a.sun_path ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
                                                    : -1;
    if (fd < 0)
        return false;
    bool is = connect(fd, (const struct sockaddr *)&a, sizeof a) == 0;
    close(fd);
    return is;
}
