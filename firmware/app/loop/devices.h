/* devices.h - who may speak to the box: displays, tokens and people, by credential; and the pairing
 * of displays.
 *
 * A credential is 256 random bits in base64url; the box keeps its SHA-256.  All of this belongs to
 * the loop's thread. */
#ifndef APP_DEVICES_H
#define APP_DEVICES_H
#include "app/box/box.h"

#define DEVICES_MAX 4096
#define PAIRINGS_MAX 64
#define PAIRING_MS 600000
#define PAIRING_INTERVAL_S 5

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

struct pairing {
    uint8_t code_hash[32];
    char user_code[10];  /* "BCDF-GHJK" */
    char credential[64]; /* once approved, until it is fetched */
    char name[64];
    int64_t ends_ms, polled_ms;
    bool is_used, is_approved, is_slow;
};

struct devices {
    struct box *b;
    struct device *items;
    size_t n, max;
    struct pairing pairings[PAIRINGS_MAX];
};

enum err devices_load(struct devices *d, struct box *b);
void devices_free(struct devices *d);
enum err devices_authenticate(struct devices *d, struct slice credential,
                              struct serve_principal *out);
struct device *devices_find(struct devices *d, struct id id);
struct device *devices_find_word(struct devices *d, struct slice id_or_name);
/* What a device or a person may be called: 1 to 63 bytes of UTF-8 without control characters,
 * double quotes and backslashes. */
bool devices_is_name(struct slice name);
#define DEVICES_NAME_HINT "1 to 63 bytes without quotes, backslashes or control characters"

/* Makes a job that adds a device, with a fresh credential in `credential`; put into memory by
 * devices_added after the commit. */
struct job *devices_job_add(struct box *b, enum device_kind kind, uint8_t roles, const char *name,
                            char credential[64]);
struct job *devices_job_revoke(struct box *b, struct id id);
void devices_added(struct devices *d, const struct job_item *item);
void devices_revoked(struct devices *d, struct id id);

/* POST /api/pair, POST /api/pair/token, GET /api/session. */
void devices_handle_pair(struct devices *d, const struct serve_request *r);
void devices_handle_token(struct devices *d, const struct serve_request *r);
void devices_handle_session(struct devices *d, const struct serve_request *r);
/* Approves what the screen shows; upper or lower case, with or without the dash.  ERR_NOT_FOUND,
 * ERR_BUSY. */
enum err devices_approve(struct devices *d, struct slice user_code, const char *name,
                         struct job **out);
uint8_t devices_role_of(struct slice word); /* 0 = unknown */
const char *devices_role_word(uint8_t roles);
#endif
