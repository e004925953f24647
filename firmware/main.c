/* main.c - a table of subcommands. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *about;
} subcommands[] = {
    {"serve", cli_serve, "the appliance"},
    {"status", cli_status, "show the state of the running box"},
    {"display", cli_display, "wall displays: add, approve, list, revoke"},
    {"token", cli_token, "bearer tokens for machines"},
    {"user", cli_user, "people: agents and leads"},
    {"policy", cli_policy, "adopt, show, print a starter policy or the schema"},
    {"check", cli_check, "a configuration or a policy, before it is used"},
    {"backup", cli_backup, "back up the box (running or stopped)"},
    {"restore", cli_restore, "put a backup in place"},
    {"verify", cli_verify, "check every table against the journal"},
    {"rebuild", cli_rebuild, "rebuild the derived tables from the journal"},
    {"export", cli_export, "cases and mentions as JSON lines"},
    {"erase", cli_erase, "forget a customer"},
    {"due", cli_due, "deadlines in working time, JSON lines"},
    {"length", cli_length, "how long a text is to a network, JSON lines"},
    {"scan", cli_scan, "personal data in a text, JSON lines"},
    {"staff", cli_staff, "how many agents an hour needs, JSON lines"},
    {"triage", cli_triage, "what a text asks for, JSON lines"},
};

static void print_help(FILE *to)
{
    fprintf(to, "usage: atalaya SUBCOMMAND [options]\n\n");
    for (size_t i = 0; i < sizeof subcommands / sizeof subcommands[0]; i++)
        fprintf(to, "  %-10s %s\n", subcommands[i].name, subcommands[i].about);
    fprintf(
        to,
        "\n`atalaya SUBCOMMAND --help` tells more.  Exit 0 ok, 1 refused input, 2 wrong usage.\n");
}

int main(int argc, char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
                     strcmp(argv[1], "help") == 0)) {
        print_help(stdout);
        return 0;
    }
    for (size_t i = 0; argc > 1 && i < sizeof subcommands / sizeof subcommands[0]; i++)
        if (strcmp(argv[1], subcommands[i].name) == 0)
            return subcommands[i].run(argc - 1, argv + 1);
    print_help(stderr);
    return 2;
}
