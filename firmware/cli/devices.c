/* devices.c - display, token, user: who may speak to the box. */
#include "app/devices.h"
#include "base/json.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/offline.h"
#include "cli/options.h"
#include <stdio.h>
#include <string.h>

static void print_devices(const struct cJSON *answer)
{
    const struct cJSON *list = json_get(answer, "devices");
    printf("%-26s  %-8s  %-20s  %-4s  %s\n", "id", "role", "added", "live", "name");
    for (const struct cJSON *d = json_first(list); d != NULL; d = json_next(d)) {
        struct slice id = {0}, role = {0}, added = {0}, name = {0};
        int64_t live = 0;
        json_get_string(d, "id", &id);
        json_get_string(d, "role", &role);
        json_get_string(d, "added", &added);
        json_get_string(d, "name", &name);
        json_get_int(d, "live", &live);
        printf("%-26.*s  %-8.*s  %-20.*s  %-4d  %.*s\n", (int)id.n, id.p, (int)role.n, role.p,
               (int)added.n, added.p, (int)live, (int)name.n, name.p);
    }
}

static int add_offline(const char *dir, enum device_kind kind, const char *name, const char *role)
{
    struct offline o;
    char credential[64];
    uint8_t roles = devices_role_of(slice_of(role));
    if (offline_open(&o, dir) != 0)
        return 1;
    if (roles == ROLE_LEAD)
        roles |= ROLE_AGENT;
    struct job *j = devices_job_add(&o.box, kind, roles, name, credential);
    bool is_kept =
        j != NULL && box_ask_and_wait(&o.box, j) == ERR_OK && j->items[0].outcome == JOB_ACCEPTED;
    job_free(j);
    offline_close(&o);
    if (!is_kept) {
        fprintf(stderr, "atalaya: the box could not keep this\n");
        return 1;
    }
    printf("This credential is shown once:\n%s\n", credential);
    return 0;
}

static int add(const char *dir, enum device_kind kind, const char *what, const char *name,
               const char *role)
{
    struct cJSON *answer;
    struct slice credential = {0};
    char request[40];
    if (!offline_is_running(dir))
        return add_offline(dir, kind, name, role);
    snprintf(request, sizeof request, "%s add", what);
    int status = client_do(dir, &answer, request, "name", name, "role", role, NULL);
    if (status != 0)
        return status;
    json_get_string(answer, "credential", &credential);
    printf("This credential is shown once:\n%.*s\n", (int)credential.n, credential.p);
    json_free(answer);
    return 0;
}

static int list(const char *dir, const char *what)
{
    struct cJSON *answer;
    char request[40];
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
    int status = client_do(dir, NULL, request, "id", id, NULL);
    if (status == 0)
        printf("Revoked.  Its live sockets are closed.\n");
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
        {"--name", "NAME", "what to call the approved screen", &name, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "display add NAME | approve CODE [--name NAME] | list | revoke ID [--data DIR]",
        "Wall displays.  A new screen shows a code at /wall; `approve` lets it in.\n"
        "`add` makes a credential for a screen that sends it itself, and prints it once.",
        specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    const char *dir = client_dir(data), *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "add") == 0 && argc == 3)
        return add(dir, DEVICE_DISPLAY, "display", argv[2], "display");
    if (strcmp(word, "list") == 0 && argc == 2)
        return list(dir, "display");
    if (strcmp(word, "revoke") == 0 && argc == 3)
        return revoke(dir, "display", argv[2]);
    if (strcmp(word, "approve") != 0 || argc != 3)
        return options_wrong(&o, "say add, approve, list or revoke");
    status = client_do(dir, NULL, "display approve", "code", argv[2], "name", name, NULL);
    if (status == 0)
        printf("Approved.  The screen comes alive within seconds.\n");
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
    snprintf(usage, sizeof usage, "%s add NAME --role ROLE | list | revoke ID [--data DIR]", what);
    const struct options o = {usage, about, specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    const char *dir = client_dir(data), *word = argc > 1 ? argv[1] : "";
    snprintf(wrong, sizeof wrong, "--role is one of: %s", roles);
    if (strcmp(word, "list") == 0 && argc == 2)
        return list(dir, what);
    if (strcmp(word, "revoke") == 0 && argc == 3)
        return revoke(dir, what, argv[2]);
    if (strcmp(word, "add") != 0 || argc != 3)
        return options_wrong(&o, "say add, list or revoke");
    if (role == NULL || !role_fits(kind, role))
        return options_wrong(&o, wrong);
    return add(dir, kind, what, argv[2], role);
}

int cli_token(int argc, char **argv)
{
    return devices(argc, argv, "token", DEVICE_TOKEN, "source metrics display",
                   "Bearer tokens for machines: `source` posts mentions, `metrics` reads /metrics, "
                   "`display` reads views.\n"
                   "A new token is printed once, alone on the last line.");
}

int cli_user(int argc, char **argv)
{
    return devices(argc, argv, "user", DEVICE_PERSON, "agent lead",
                   "People: agents answer, leads also override and decide.  A new credential is "
                   "printed once.");
}
