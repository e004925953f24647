/* status.c - what a person wants to know over ssh. */
#include "base/json.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/options.h"
#include <stdio.h>

static void print_text(const struct cJSON *j, const char *name, const char *label)
{
    struct slice v = {0};
    if (json_get_string(j, name, &v) == ERR_OK)
        printf("%-16s %.*s\n", label, (int)v.n, v.p);
}

static void print_number(const struct cJSON *j, const char *name, const char *label)
{
    int64_t v;
    if (json_get_int(j, name, &v) == ERR_OK)
        printf("%-16s %lld\n", label, (long long)v);
}

int cli_status(int argc, char **argv)
{
    const char *data = NULL;
    struct cJSON *j;
    struct slice state = {0};
    const struct option_spec specs[] = {{"--data", "DIR", "the box's data folder", &data, NULL},
                                        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "status [--data DIR]",
        "Shows the state of the running box.  Exit 1 when it is degraded or failed.", specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    if (!client_has_box(client_dir(data)))
        return 1;
    status = client_do(client_dir(data), &j, "status", NULL);
    if (status != 0)
        return status;
    print_text(j, "status", "status");
    for (const struct cJSON *r = json_first(json_get(j, "reasons")); r != NULL; r = json_next(r))
        printf("%-16s %.*s\n", "  because", (int)json_string(r).n, json_string(r).p);
    print_text(j, "address", "address");
    print_text(j, "fingerprint", "fingerprint");
    print_text(j, "time", "time");
    print_text(j, "certificate_ends", "valid until");
    print_number(j, "live_sockets", "live sockets");
    print_number(j, "waiting", "waiting");
    print_number(j, "at_risk", "at risk");
    print_number(j, "late", "late");
    print_number(j, "parked", "parked");
    print_number(j, "follow_ups", "follow-ups");
    print_number(j, "outbox", "outbox");
    print_number(j, "met_today", "in time today");
    print_number(j, "of_today", "  of");
    print_number(j, "seq", "events");
    print_number(j, "file_bytes", "file bytes");
    print_number(j, "disk_free_bytes", "disk free");
    json_get_string(j, "status", &state);
    status = slice_eq_z(state, "ok") ? 0 : 1;
    json_free(j);
    return status;
}
