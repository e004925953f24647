/* config.h - what the installer may set; a box without a file works.  JSON, checked whole before
 * anything starts. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H
#include "base/err.h"
#include "base/fault.h"
#include "core/record/case.h"
#include <stdbool.h>

#define CONFIG_CHANNELS_MAX 16
#define CONFIG_NAMES_MAX 16
#define CONFIG_SECRET_MIN 24
#define CONFIG_SECRET_MAX 64

/* A webhook, or a replayed day: `file` in JSON lines ("" = the day of the program), at 0.1 to
 * 100000 times real time, begun again at its end when it repeats.  It is shown as silent when
 * nothing came for silent_after_min; 0 = never. */
struct config_channel {
    char name[40];
    enum network network;
    char file[512];
    double speed;
    bool repeats;
    int silent_after_min;
};

struct config {
    /* The folder of the box. */
    char data[512];
    /* An address, or an interface of the machine; "" = all addresses.  Port 0 = any free one. */
    char listen[64];
    int port;
    /* Bring your own, both or none; "" = the box's own authority. */
    char cert[512], key[512];
    /* A file adopted at the start when it is new or has changed; "" = none. */
    char policy[512];
    /* Standard Webhooks: "whsec_" and the base64 of CONFIG_SECRET_MIN to CONFIG_SECRET_MAX bytes;
     * "" = bearer tokens only. */
    char webhook_secret[128];
    /* What screens call the box; name_list is the same, NULL-terminated, and points into the
     * struct: box_open sets it anew in its copy. */
    char names[CONFIG_NAMES_MAX][128];
    const char *name_list[CONFIG_NAMES_MAX + 1];
    size_t n_names, n_channels;
    struct config_channel channels[CONFIG_CHANNELS_MAX];
    /* Not from the file: set by the command line. */
    bool is_demo;
    bool replaces_policy; /* opened to adopt another one: that in force may be unreadable */
};

/* The working default: all addresses, port 8443, data in $ATALAYA_DATA_DIR, or else in
 * /var/lib/atalaya (root) or ~/.local/share/atalaya. */
void config_default(struct config *c);
/* Reads `path` over what *c holds.  Files that it names (cert, key, policy, a replay's) are taken
 * from its own folder when they are relative, and must be readable.  Every fault is listed.
 * ERR_INVALID, ERR_NOT_FOUND, ERR_IO. */
enum err config_read(struct config *c, const char *path, struct fault_list *faults);
#endif
