/* devices.h - who may speak to the box: displays, tokens and people, by credential; and the pairing
 * of displays.
 *
 * A credential is 256 random bits in base64url; the box keeps its SHA-256.  All of this belongs to
 * the loop's thread; a pointer to a device holds until the next one is added or revoked. */
#ifndef APP_DEVICES_H
#define APP_DEVICES_H
#include "app/box/box.h"

/* Of all kinds; and screens that show a code at a time. */
#define DEVICES_MAX 4096
#define PAIRINGS_MAX 64
/* How long a code is good for, and how often a screen may ask. */
#define PAIRING_MS 600000
#define PAIRING_INTERVAL_S 5

/* One that is not revoked.  Times are the box's; 0 = never. */
struct device {
    struct id id;
    uint8_t hash[32];
    uint8_t roles;
    enum device_kind kind;
    char name[64];
    int64_t added_ms, seen_ms;
    uint32_t n_live;     /* open live sockets */
    bool presence_is_on; /* agents: taking cases */
    int64_t gone_ms;     /* when its last live socket closed */
};

/* A screen that shows user_code ("BCDF-GHJK") and asks with the other code, of which the box keeps
 * the SHA-256.  The credential is there from the approval until it is fetched. */
struct pairing {
    uint8_t code_hash[32];
    char user_code[10];
    char credential[64];
    char name[64];
    int64_t ends_ms, polled_ms;
    bool is_used, is_approved;
};

struct devices {
    struct box *b;
    struct device *items;
    size_t n, max;
    struct pairing pairings[PAIRINGS_MAX];
};

/* *d is zero.  Every device that the store knows and that is not revoked.  Errors of the store;
 * devices_free in any case. */
enum err devices_load(struct devices *d, struct box *b);
void devices_free(struct devices *d);

/* Whose credential it is, and that it was seen now.  ERR_DENIED: nobody's. */
enum err devices_authenticate(struct devices *d, struct slice credential,
                              struct serve_principal *out);
/* NULL: there is none. */
struct device *devices_find(struct devices *d, struct id id);
struct device *devices_find_word(struct devices *d, struct slice id_or_name);
/* What a device or a person may be called: 1 to 63 bytes of UTF-8 without control characters,
 * double quotes and backslashes. */
bool devices_is_name(struct slice name);
#define DEVICES_NAME_HINT "1 to 63 bytes without quotes, backslashes or control characters"

/* Makes a job that adds a device, with a fresh credential in `credential`; put into memory by
 * devices_added after the commit.  NULL: no memory, or no random numbers. */
struct job *devices_job_add(struct box *b, enum device_kind kind, uint8_t roles, const char *name,
                            char credential[64]);
/* NULL: no memory. */
struct job *devices_job_revoke(struct id id);
/* After the commit: it may speak from now on; it may not, and its sockets are closed. */
void devices_added(struct devices *d, const struct job_item *item);
void devices_revoked(struct devices *d, struct id id);

/* POST /api/pair, POST /api/pair/token, GET /api/session. */
void devices_handle_pair(struct devices *d, const struct serve_request *r);
void devices_handle_token(struct devices *d, const struct serve_request *r);
void devices_handle_session(struct devices *d, const struct serve_request *r);
/* Approves what the screen shows; upper or lower case, with or without the dash.  *out is a job for
 * the writer, the caller's to ask; whoever puts another `done` into it calls the one that was there
 * first.  ERR_NOT_FOUND: no screen shows this code; ERR_NO_MEMORY. */
enum err devices_approve(struct devices *d, struct slice user_code, const char *name,
                         struct job **out);

/* "agent" and so on; 0 = unknown. */
uint8_t devices_role_of(struct slice word);
/* Of a set, the word of its highest role; "none" of an empty one. */
const char *devices_role_word(uint8_t roles);
#endif
