/* devices.c - display, token, user: who may speak to the box. */
#include "app/loop/devices.h"
#include "base/json.h"
#include "base/utc.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/offline.h"
#include "cli/options.h"
#include <stdio.h>
#include <string.h>

static void print_head(void)
{
    printf("%-26s  %-8s  %-20s  %-4s  %s\n", "id", "role", "added", "live", "name");
}

static void print_device(struct slice id, struct slice role, struct slice added, int live,
                         struct slice name)
{
    printf("%-26.*s  %-8.*s  %-20.*s  %-4d  %.*s\n", (int)id.n, id.p, (int)role.n, role.p,
           (int)added.n, added.p, live, (int)name.n, name.p);
}

static void print_devices(const struct cJSON *answer)
{
    const struct cJSON *list = json_get(answer, "devices");
    print_head();
    for (const struct cJSON *d = json_first(list); d != NULL; d = json_next(d)) {
        struct slice id = {0}, role = {0}, added = {0}, name = {0};
        int64_t live = 0;
        json_get_string(d, "id", &id);
        json_get_string(d, "role", &role);
        json_get_string(d, "added", &added);
        json_get_string(d, "name", &name);
        json_get_int(d, "live", &live);
        print_device(id, role, added, (int)live, name);
    }
}

/* ---- of a box that is stopped */

static int open_stopped(struct offline *o, struct devices *d, const char *dir)
{
    *d = (struct devices){.b = NULL};
    int status = offline_open(o, dir);
    if (status != 0 || devices_load(d, &o->box) == ERR_OK)
        return status;
    fprintf(stderr, "atalaya: the devices in %s are unreadable; run `atalaya verify`\n", dir);
    devices_free(d);
    offline_close(o);
    return 1;
}

static int list_stopped(const char *dir, enum device_kind kind)
{
    struct offline o;
    struct devices all;
    int status = open_stopped(&o, &all, dir);
    if (status != 0)
        return status;
    print_head();
    for (size_t i = 0; i < all.n; i++) {
        const struct device *d = &all.items[i];
        char id[ID_TEXT_LEN + 1], added[UTC_TEXT_MAX];
        id_text(d->id, id);
        utc_text(d->added_ms, added);
        if (d->kind == kind)
            print_device(slice_of(id), slice_of(devices_role_word(d->roles)), slice_of(added), 0,
                         slice_of(d->name));
    }
    devices_free(&all);
    offline_close(&o);
    return 0;
}

static bool is_kept(struct box *b, struct job *j)
{
    bool is = j != NULL && box_ask_and_wait(b, j) == ERR_OK && j->items[0].outcome == JOB_ACCEPTED;
    job_free(j);
    if (!is)
        fprintf(stderr, "atalaya: the box could not save this; check the disk\n");
    return is;
}

static int revoke_stopped(const char *dir, const char *word)
{
    struct offline o;
    struct devices all;
    int status = open_stopped(&o, &all, dir);
    if (status != 0)
        return status;
    const struct device *d = devices_find_word(&all, slice_of(word));
    if (d == NULL)
        fprintf(stderr, "atalaya: no such device; run `list` and give its id or its "
                        "name\n");
    status = d != NULL && is_kept(&o.box, devices_job_revoke(d->id)) ? 0 : 1;
    devices_free(&all);
    offline_close(&o);
    return status;
}

static int add_stopped(const char *dir, enum device_kind kind, const char *name, const char *role)
{
    struct offline o;
    char credential[64];
    uint8_t roles = devices_role_of(slice_of(role));
    if (offline_open(&o, dir) != 0)
        return 1;
    if (roles == ROLE_LEAD)
        roles |= ROLE_AGENT;
    bool is = is_kept(&o.box, devices_job_add(&o.box, kind, roles, name, credential));
    offline_close(&o);
    if (is)
        printf("This credential is shown once:\n%s\n", credential);
    return is ? 0 : 1;
}

/* ---- of either */

static int add(const char *dir, enum device_kind kind, const char *what, const char *name,
               const char *role)
{
    struct cJSON *answer;
    struct slice credential = {0};
    char request[40];
    if (!devices_is_name(slice_of(name))) {
        fprintf(stderr, "atalaya: not a valid name; use %s\n", DEVICES_NAME_HINT);
        return 1;
    }
    if (!offline_is_running(dir))
        return add_stopped(dir, kind, name, role);
    snprintf(request, sizeof request, "%s add", what);
    int status = client_do(dir, &answer, request, "name", name, "role", role, NULL);
    if (status != 0)
        return status;
    json_get_string(answer, "credential", &credential);
    printf("This credential is shown once:\n%.*s\n", (int)credential.n, credential.p);
    json_free(answer);
    return 0;
}

static int list(const char *dir, const char *what, enum device_kind kind)
{
    struct cJSON *answer;
    char request[40];
    if (!offline_is_running(dir))
        return list_stopped(dir, kind);
    snprintf(request, sizeof request, "%s list", what);
    int status = client_do(dir, &answer, request, NULL);
    if (status == 0) {
        print_devices(answer);
        json_free(answer);
    }
    return status;
}

static int revoke(const char *dir, const char *what, const char *id)
{
    char request[40];
    snprintf(request, sizeof request, "%s revoke", what);
    int status = offline_is_running(dir) ? client_do(dir, NULL, request, "id", id, NULL)
                                         : revoke_stopped(dir, id);
    if (status == 0)
        printf("Revoked.  Its live connections are closed.\n");
    return status;
}

static bool role_fits(enum device_kind kind, const char *role)
{
    uint8_t r = devices_role_of(slice_of(role));
    return kind == DEVICE_PERSON ? (r & (ROLE_AGENT | ROLE_LEAD)) != 0
                                 : (r & (ROLE_SOURCE | ROLE_METRICS | ROLE_DISPLAY)) != 0;
}

int cli_display(int argc, char **argv)
{
    const char *data = NULL, *name = "wall";
    const struct option_spec specs[] = {
        {"--data", "DIR", "the box's data folder", &data, NULL},
        {"--name", "NAME", "name of the approved screen (default: wall)", &name, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "display add NAME | approve CODE [--name NAME] | list |\n"
        "               revoke ID [--data DIR]",
        "Manages wall displays.  A new screen shows a code at /wall; `approve` lets it\n"
        "in.  `add` prints, once, a credential for a screen that sends its own.",
        specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    const char *dir = client_dir(data), *word = argc > 1 ? argv[1] : "";
    bool is_add = strcmp(word, "add") == 0, is_list = strcmp(word, "list") == 0;
    if (argc != (is_list ? 2 : 3) ||
        (!is_add && !is_list && strcmp(word, "revoke") != 0 && strcmp(word, "approve") != 0))
        return options_wrong(&o, "expected add, approve, list or revoke");
    if (!client_has_box(dir))
        return 1;
    if (is_add)
        return add(dir, DEVICE_DISPLAY, "display", argv[2], "display");
    if (is_list)
        return list(dir, "display", DEVICE_DISPLAY);
    if (strcmp(word, "revoke") == 0)
        return revoke(dir, "display", argv[2]);
    status = client_do(dir, NULL, "display approve", "code", argv[2], "name", name, NULL);
    if (status == 0)
        printf("Approved.  The screen goes live within seconds.\n");
    return status;
}

static int devices(int argc, char **argv, const char *what, enum device_kind kind,
                   const char *roles, const char *about)
{
    const char *data = NULL, *role = NULL;
    char usage[120], wrong[120];
    const struct option_spec specs[] = {{"--data", "DIR", "the box's data folder", &data, NULL},
                                        {"--role", "ROLE", roles, &role, NULL},
                                        {NULL, NULL, NULL, NULL, NULL}};
    snprintf(usage, sizeof usage,
             "%s add NAME --role ROLE | list | revoke ID\n               [--data DIR]", what);
    const struct options o = {usage, about, specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    const char *dir = client_dir(data), *word = argc > 1 ? argv[1] : "";
    bool is_add = strcmp(word, "add") == 0, is_list = strcmp(word, "list") == 0;
    snprintf(wrong, sizeof wrong, "expected --role with one of: %s", roles);
    if (argc != (is_list ? 2 : 3) || (!is_add && !is_list && strcmp(word, "revoke") != 0))
        return options_wrong(&o, "expected add, list or revoke");
    if (is_add && (role == NULL || !role_fits(kind, role)))
        return options_wrong(&o, wrong);
    if (!client_has_box(dir))
        return 1;
    if (is_list)
        return list(dir, what, kind);
    if (!is_add)
        return revoke(dir, what, argv[2]);
    return add(dir, kind, what, argv[2], role);
}

int cli_token(int argc, char **argv)
{
    return devices(argc, argv, "token", DEVICE_TOKEN, "source metrics display",
                   "Manages bearer tokens for machines: `source` posts mentions, `metrics` reads\n"
                   "/metrics, `display` reads views.  A new token is printed once, alone on the\n"
                   "last line.");
}

int cli_user(int argc, char **argv)
{
    return devices(argc, argv, "user", DEVICE_PERSON, "agent lead",
                   "Manages people: agents answer, leads may also override gates.  A new\n"
                   "credential is printed once, alone on the last line.");
}
