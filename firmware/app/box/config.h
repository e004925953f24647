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

struct config_channel {
    char name[40];
    enum network network; /* webhook or replay */
    char file[512];       /* replay: JSON lines */
    double speed;         /* replay: 0.1 .. 100000 times real time */
    bool repeats;         /* replay: begins again at its end */
    bool cuts_pauses;     /* replay: pauses over 10 minutes become 10 minutes */
    int silent_after_min; /* webhook: silent when nothing came for so long; 0 = never */
};

struct config {
    char data[512];
    char listen[64]; /* an address, or an interface of the machine; "" = all addresses */
    int port;
    char cert[512], key[512]; /* bring your own; "" = the box's own authority */
    char
        policy[512]; /* file adopted at start when it differs from the policy in force; "" = none */
    char webhook_secret[128]; /* Standard Webhooks: "whsec_" and base64 of CONFIG_SECRET_MIN to
                                 CONFIG_SECRET_MAX bytes; "" = bearer tokens only */
    char names[CONFIG_NAMES_MAX][128];
    const char *name_list[CONFIG_NAMES_MAX + 1]; /* the same, NULL-terminated */
    size_t n_names, n_channels;
    struct config_channel channels[CONFIG_CHANNELS_MAX];
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
