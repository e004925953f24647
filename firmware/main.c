/* main.c - a table of subcommands. */
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *about;
} subcommands[] = {
    {"serve", cli_serve, "run the appliance"},
    {"status", cli_status, "show the state of the running box"},
    {"display", cli_display, "manage wall displays: add, approve, list, revoke"},
    {"token", cli_token, "manage bearer tokens for machines: add, list, revoke"},
    {"user", cli_user, "manage people: add agents and leads, list, revoke"},
    {"policy", cli_policy, "adopt, show, print a starter policy or the schema"},
    {"check", cli_check, "check a configuration or a policy before using it"},
    {"backup", cli_backup, "back up the box (running or stopped)"},
    {"restore", cli_restore, "restore a backup (box stopped)"},
    {"verify", cli_verify, "check every table against the journal"},
    {"rebuild", cli_rebuild, "rebuild the derived tables from the journal (box stopped)"},
    {"export", cli_export, "print every case as JSON lines"},
    {"erase", cli_erase, "erase a customer's personal data"},
    {"due", cli_due, "compute deadlines in working time (JSON lines)"},
    {"length", cli_length, "measure texts as a network counts them (JSON lines)"},
    {"scan", cli_scan, "find and mask personal data in texts (JSON lines)"},
    {"staff", cli_staff, "compute how many agents an hour needs (JSON lines)"},
    {"triage", cli_triage, "classify texts: request, category, level (JSON lines)"},
};

static void print_help(FILE *to)
{
    fprintf(to, "usage: atalaya SUBCOMMAND [options]\n\n");
    for (size_t i = 0; i < sizeof subcommands / sizeof subcommands[0]; i++)
        fprintf(to, "  %-10s %s\n", subcommands[i].name, subcommands[i].about);
    fprintf(to,
            "\nTry `atalaya SUBCOMMAND --help`.  Exit status: 0 ok, 1 refused, 2 wrong usage.\n");
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
