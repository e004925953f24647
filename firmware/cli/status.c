/* status.c - what a person wants to know over ssh; and policy, check. */
#include "app/config.h"
#include "app/ics.h"
#include "app/writer.h"
#include "base/json.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/options.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

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
    const struct options o = {"status [--data DIR]",
                              "How the running box is.  Exit 1 when it is not well.", specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    status = client_do(client_dir(data), &j, "status", NULL);
    if (status != 0)
        return status;
    print_text(j, "status", "status");
    for (const struct cJSON *r = json_first(json_get(j, "reasons")); r != NULL; r = json_next(r))
        printf("%-16s %.*s\n", "  because", (int)json_string(r).n, json_string(r).p);
    print_text(j, "address", "address");
    print_text(j, "fingerprint", "fingerprint");
    print_text(j, "time", "time");
    print_text(j, "certificate_ends", "certificate to");
    print_number(j, "live_sockets", "live sockets");
    print_number(j, "waiting", "waiting");
    print_number(j, "at_risk", "at risk");
    print_number(j, "late", "late");
    print_number(j, "follow_ups", "follow-ups");
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

static void print_faults(const char *file, const struct fault_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        printf("%s: %s: %s%s%s\n", file, l->items[i].path, l->items[i].message,
               l->items[i].hint[0] != '\0' ? "; " : "", l->items[i].hint);
    if (l->n_dropped > 0)
        printf("%s: and %zu more\n", file, l->n_dropped);
}

/* Calendars that a policy names are read along. */
static enum err read_policy(const char *file, struct fault_list *faults, struct buf *out)
{
    buf_init(out, json_limits_file.bytes_max);
    return ics_read_document(file, ics_window_about((int64_t)time(NULL) * 1000), faults, out);
}

static int check_policy(const char *file)
{
    struct buf text;
    struct fault_list faults = {0};
    struct policy *p = NULL;
    enum err e = read_policy(file, &faults, &text);
    if (e != ERR_OK && faults.n == 0)
        fault_add(&faults, "$", "this file cannot be read", "check the path and its permissions");
    else if (e == ERR_OK)
        e = writer_compile(buf_slice(&text), 1, &faults, &p);
    print_faults(file, &faults);
    if (e == ERR_OK)
        printf("%s: a good policy: %d teams, %d categories\n", file, p->n_teams, p->n_categories);
    policy_free(p);
    fault_free(&faults);
    buf_fini(&text);
    return e == ERR_OK ? 0 : 1;
}

static int check_config(const char *file)
{
    static struct config c;
    struct fault_list faults = {0};
    config_default(&c);
    enum err e = config_read(&c, file, &faults);
    print_faults(file, &faults);
    fault_free(&faults);
    if (e == ERR_OK)
        printf("%s: a good configuration\n", file);
    int status = e == ERR_OK ? 0 : 1;
    return status == 0 && c.policy[0] != '\0' ? check_policy(c.policy) : status;
}

int cli_check(int argc, char **argv)
{
    const char *config = NULL, *policy = NULL;
    const struct option_spec specs[] = {{"--config", "FILE", "a configuration", &config, NULL},
                                        {"--policy", "FILE", "a policy", &policy, NULL},
                                        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "check --config FILE | --policy FILE",
        "Lists every fault with its place in the file and what to do, one a line.", specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    if (argc != 1 || (config == NULL) == (policy == NULL))
        return options_wrong(&o, "name one file");
    return config != NULL ? check_config(config) : check_policy(policy);
}

int cli_policy(int argc, char **argv)
{
    const char *data = NULL;
    struct buf text;
    struct fault_list faults = {0};
    char *z;
    const struct option_spec specs[] = {{"--data", "DIR", "the box's data folder", &data, NULL},
                                        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "policy adopt FILE [--data DIR]",
        "Adopts a policy on the running box.  Clocks that run keep their targets.", specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    if (argc != 3 || strcmp(argv[1], "adopt") != 0)
        return options_wrong(&o, "say adopt FILE");
    status = check_policy(argv[2]);
    if (status != 0)
        return status;
    z = read_policy(argv[2], &faults, &text) == ERR_OK ? text.p : NULL;
    fault_free(&faults);
    status = z != NULL ? client_do(client_dir(data), NULL, "policy adopt", "document", z, NULL) : 1;
    buf_fini(&text);
    if (status == 0)
        printf("Adopted.\n");
    return status;
}
