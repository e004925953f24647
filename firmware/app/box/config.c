/* config.c - one table of members, read; then what they name is looked at. */
#include "app/box/config.h"
#include "base/file.h"
#include "base/json.h"
#include "base/seal.h"
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
    struct fault_list *faults;
    const char *path;
};

static void take_text(const struct reading *r, const struct cJSON *v, const char *name, char *out,
                      size_t max)
{
    char at[128];
    fault_path(at, r->path, ".%s", name);
    struct slice s = json_string(v);
    if (!json_is_string(v))
        fault_add(r->faults, at, "expected a string", "write it in double quotes");
    else if (s.n >= max)
        fault_add(r->faults, at, "this string is too long", "at most %zu bytes", max - 1);
    else
        slice_copy_z(s, out, max);
}

static double take_number(const struct reading *r, const struct cJSON *v, const char *name,
                          double low, double high, double old)
{
    char at[128];
    fault_path(at, r->path, ".%s", name);
    double n = json_number(v);
    if (json_is_number(v) && n >= low && n <= high)
        return n;
    fault_add(r->faults, at, "this number is out of range", "between %g and %g", low, high);
    return old;
}

static bool take_bool(const struct reading *r, const struct cJSON *v, const char *name, bool old)
{
    char at[128];
    fault_path(at, r->path, ".%s", name);
    if (json_is_bool(v))
        return json_is_true(v);
    fault_add(r->faults, at, "expected true or false", "write it without quotes");
    return old;
}

static void unknown(const struct reading *r, struct slice name, const char *known)
{
    char at[128], z[64];
    slice_copy_z(name, z, sizeof z);
    fault_path(at, r->path, ".%s", z);
    fault_add(r->faults, at, "unknown member", "use one of: %s", known);
}

static void read_channel(const struct reading *r, const struct cJSON *j, struct config_channel *c)
{
    *c = (struct config_channel){.network = NETWORK_WEBHOOK, .speed = 1, .silent_after_min = 60};
    for (const struct cJSON *m = json_first(j); m != NULL; m = json_next(m)) {
        struct slice name = json_name(m);
        if (slice_eq_z(name, "name")) {
            take_text(r, m, "name", c->name, sizeof c->name);
        } else if (slice_eq_z(name, "network")) {
            enum network n;
            if (network_parse(json_string(m), &n) == ERR_OK &&
                (n == NETWORK_WEBHOOK || n == NETWORK_REPLAY))
                c->network = n;
            else
                fault_add(r->faults, r->path, "unknown network", "use webhook or replay");
        } else if (slice_eq_z(name, "file")) {
            take_text(r, m, "file", c->file, sizeof c->file);
        } else if (slice_eq_z(name, "speed")) {
            c->speed = take_number(r, m, "speed", 0.1, 100000, 1);
        } else if (slice_eq_z(name, "repeat")) {
            c->repeats = take_bool(r, m, "repeat", false);
        } else if (slice_eq_z(name, "silent_after_min")) {
            c->silent_after_min = (int)take_number(r, m, "silent_after_min", 0, 10080, 60);
        } else {
            unknown(r, name, "name network file speed repeat silent_after_min");
        }
    }
    if (c->name[0] == '\0')
        fault_add(r->faults, r->path, "required member is missing", "add \"name\"");
    else if (!json_is_name(slice_of(c->name)))
        fault_add(r->faults, r->path, "not a valid channel name",
                  "leave out quotes, backslashes and control characters");
    if (c->network == NETWORK_REPLAY && c->file[0] == '\0')
        fault_add(r->faults, r->path, "a replay needs a file", "add \"file\": a day in JSON lines");
}

static void read_channels(const struct reading *r, const struct cJSON *list, struct config *c)
{
    char at[128];
    if (!json_is_array(list)) {
        fault_add(r->faults, "$.channels", "expected a list", "write [{\"name\":…,\"network\":…}]");
        return;
    }
    c->n_channels = 0;
    for (const struct cJSON *j = json_first(list); j != NULL; j = json_next(j)) {
        if (c->n_channels == CONFIG_CHANNELS_MAX) {
            fault_add(r->faults, "$.channels", "too many channels", "at most %d",
                      CONFIG_CHANNELS_MAX);
            return;
        }
        fault_path(at, "$.channels", "[%zu]", c->n_channels);
        const struct reading inner = {r->faults, at};
        read_channel(&inner, j, &c->channels[c->n_channels++]);
    }
}

static void read_names(const struct reading *r, const struct cJSON *list, struct config *c)
{
    c->n_names = 0;
    for (const struct cJSON *j = json_first(list); j != NULL && c->n_names < CONFIG_NAMES_MAX;
         j = json_next(j)) {
        const struct reading inner = {r->faults, "$.names"};
        take_text(&inner, j, "", c->names[c->n_names], sizeof c->names[0]);
        c->name_list[c->n_names] = c->names[c->n_names];
        c->n_names++;
    }
    c->name_list[c->n_names] = NULL;
    if (!json_is_array(list))
        fault_add(r->faults, "$.names", "expected a list", "write [\"wall.example.com\"]");
}

static void read_member(const struct reading *r, const struct cJSON *m, struct config *c)
{
    static const struct {
        const char *name;
        size_t at, max;
    } texts[] = {
#define TEXT(field) {#field, offsetof(struct config, field), sizeof((struct config *)0)->field}
        TEXT(data), TEXT(listen), TEXT(cert), TEXT(key), TEXT(policy), TEXT(webhook_secret),
#undef TEXT
    };
    struct slice name = json_name(m);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (slice_eq_z(name, texts[i].name)) {
            take_text(r, m, texts[i].name, (char *)c + texts[i].at, texts[i].max);
            return;
        }
    if (slice_eq_z(name, "port"))
        c->port = (int)take_number(r, m, "port", 0, 65535, c->port);
    else if (slice_eq_z(name, "names"))
        read_names(r, m, c);
    else if (slice_eq_z(name, "channels"))
        read_channels(r, m, c);
    else
        unknown(r, name, "data listen port cert key policy webhook_secret names channels");
}

/* ---- what the members name */

/* "x" beside dir/box.json is dir/x. */
static bool beside(const char *config, char *file, size_t max)
{
    char whole[512];
    const char *slash = strrchr(config, '/');
    if (file[0] == '/' || slash == NULL)
        return true;
    int n = snprintf(whole, sizeof whole, "%.*s/%s", (int)(slash - config), config, file);
    if (n < 0 || (size_t)n >= sizeof whole || (size_t)n >= max)
        return false;
    (void)slice_copy_z(slice_of(whole), file, max);
    return true;
}

static void look_at_file(struct fault_list *faults, const char *at, const char *config, char *file,
                         size_t max)
{
    struct stat st;
    if (file[0] == '\0')
        return;
    if (!beside(config, file, max))
        fault_add(faults, at, "this path is too long", "at most %zu bytes with the folder of %s",
                  max - 1, config);
    else if (stat(file, &st) != 0 || S_ISDIR(st.st_mode) || access(file, R_OK) != 0)
        fault_add(faults, at, "cannot read this file", "check %s", file);
}

static void look_at_files(struct fault_list *faults, const char *config, struct config *c)
{
    char at[128];
    look_at_file(faults, "$.cert", config, c->cert, sizeof c->cert);
    look_at_file(faults, "$.key", config, c->key, sizeof c->key);
    look_at_file(faults, "$.policy", config, c->policy, sizeof c->policy);
    for (size_t i = 0; i < c->n_channels; i++) {
        fault_path(at, "$.channels", "[%zu].file", i);
        look_at_file(faults, at, config, c->channels[i].file, sizeof c->channels[i].file);
    }
    if ((c->cert[0] == '\0') != (c->key[0] == '\0'))
        fault_add(faults, c->key[0] == '\0' ? "$.key" : "$.cert",
                  "a certificate needs its key, and a key its certificate",
                  "name both files, or neither");
}

static void look_at_listen(struct fault_list *faults, const char *listen)
{
    uint8_t address[16];
    if (listen[0] == '\0' || inet_pton(AF_INET, listen, address) == 1 ||
        inet_pton(AF_INET6, listen, address) == 1 || if_nametoindex(listen) != 0)
        return;
    fault_add(faults, "$.listen", "neither an address nor a network interface of this machine",
              "write one such as 127.0.0.1, or leave it out to listen on all");
}

static void look_at_secret(struct fault_list *faults, const char *secret)
{
    struct slice text = slice_of(secret), prefix = slice_of("whsec_");
    struct buf key;
    if (slice_has_prefix(text, prefix))
        text = slice_make(text.p + prefix.n, text.n - prefix.n);
    buf_init(&key, sizeof((struct config *)0)->webhook_secret);
    bool is_good = seal_unbase64(text, &key) == ERR_OK && key.n >= CONFIG_SECRET_MIN &&
                   key.n <= CONFIG_SECRET_MAX;
    if (secret[0] != '\0' && !is_good)
        fault_add(faults, "$.webhook_secret", "not a valid secret for webhook signatures",
                  "write \"whsec_\" and the base64 of %d to %d bytes, as the sender shows it",
                  CONFIG_SECRET_MIN, CONFIG_SECRET_MAX);
    seal_wipe(key.p, key.n);
    buf_fini(&key);
}

void config_default(struct config *c)
{
    memset(c, 0, sizeof *c);
    c->port = 8443;
    const char *home = getenv("HOME"), *folder = getenv("ATALAYA_DATA_DIR");
    if (folder != NULL)
        snprintf(c->data, sizeof c->data, "%s", folder);
    else if (geteuid() == 0 || home == NULL)
        snprintf(c->data, sizeof c->data, "/var/lib/atalaya");
    else
        snprintf(c->data, sizeof c->data, "%s/.local/share/atalaya", home);
}

enum err config_read(struct config *c, const char *path, struct fault_list *faults)
{
    struct buf text;
    struct cJSON *j;
    struct json_error e;
    buf_init(&text, json_limits_file.bytes_max);
    enum err err = file_read(path, &text);
    if (err != ERR_OK) {
        fault_add(faults, path, "cannot read this file", "check its path and permissions");
        buf_fini(&text);
        return err;
    }
    size_t before = faults->n;
    const struct reading r = {faults, "$"};
    err = json_parse(buf_slice(&text), &json_limits_file, &j, &e);
    if (err != ERR_OK)
        fault_add(faults, e.path[0] != '\0' ? e.path : "$", e.message, "at byte %zu of %s",
                  e.offset, path);
    else if (!json_is_object(j))
        fault_add(faults, "$", "expected an object", "write {\"port\":8443}");
    else
        for (const struct cJSON *m = json_first(j); m != NULL; m = json_next(m))
            read_member(&r, m, c);
    json_free(j);
    look_at_files(faults, path, c);
    look_at_listen(faults, c->listen);
    look_at_secret(faults, c->webhook_secret);
    buf_fini(&text);
    return faults->n > before || faults->n_dropped > 0 ? ERR_INVALID : ERR_OK;
}
