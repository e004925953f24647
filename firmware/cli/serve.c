/* serve.c - the appliance. */
#include "app/appliance.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/options.h"
#include <stdio.h>
#include <stdlib.h>

static void set_demo(struct config *c, bool has_data)
{
    static char folder[] = "/tmp/atalaya-demo-XXXXXX";
    c->is_demo = true;
    snprintf(c->listen, sizeof c->listen, "127.0.0.1");
    if (!has_data && mkdtemp(folder) != NULL)
        snprintf(c->data, sizeof c->data, "%s", folder);
    for (size_t i = 0; i < c->n_channels; i++)
        if (c->channels[i].network == NETWORK_REPLAY)
            return;
    if (c->n_channels < CONFIG_CHANNELS_MAX) {
        struct config_channel *ch = &c->channels[c->n_channels++];
        *ch = (struct config_channel){
            .network = NETWORK_REPLAY, .speed = 1, .repeats = true, .silent_after_min = 60};
        snprintf(ch->name, sizeof ch->name, "demo");
    }
}

static int read_config(struct config *c, const char *file)
{
    struct fault_list faults = {0};
    enum err e = config_read(c, file, &faults);
    fault_print(&faults, file, stderr);
    fault_free(&faults);
    return e == ERR_OK ? 0 : 1;
}

int cli_serve(int argc, char **argv)
{
    static struct config c;
    const char *config = NULL, *data = NULL, *port = NULL;
    bool is_demo = false, is_journal = false;
    const struct option_spec specs[] = {
        {"--config", "FILE", "configuration file (optional)", &config, NULL},
        {"--data", "DIR", "the box's data folder", &data, NULL},
        {"--port", "N", "TLS port (default 8443; 0 picks a free port)", &port, NULL},
        {"--demo", NULL, "loopback only, plays a sample day, pairs local screens", NULL, &is_demo},
        {"--journal", NULL, "log in journald's format", NULL, &is_journal},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "serve [--config FILE] [--data DIR] [--port N] [--demo]\n               [--journal]",
        "Runs the appliance: listens, keeps the queue, shows it on the wall.", specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    log_set_journal(is_journal || getenv("JOURNAL_STREAM") != NULL);
    config_default(&c);
    if (config != NULL && read_config(&c, config) != 0)
        return 1;
    if (data != NULL)
        snprintf(c.data, sizeof c.data, "%s", data);
    if (port != NULL) {
        char *end;
        long n = strtol(port, &end, 10);
        if (*end != '\0' || end == port || n < 0 || n > 65535)
            return options_wrong(&o, "expected --port from 0 to 65535");
        c.port = (int)n;
    }
    if (is_demo)
        set_demo(&c, data != NULL);
    enum err e = appliance_run(&c);
    if (is_demo && data == NULL)
        file_remove_folder(c.data);
    return e == ERR_OK ? 0 : 1;
}
