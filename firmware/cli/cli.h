/* cli.h - the subcommands.  Each returns the exit status: 0 ok, 1 refused input, 2 wrong usage. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

int cli_backup(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_display(int argc, char **argv);
int cli_due(int argc, char **argv);
int cli_erase(int argc, char **argv);
int cli_export(int argc, char **argv);
int cli_length(int argc, char **argv);
int cli_policy(int argc, char **argv);
int cli_rebuild(int argc, char **argv);
int cli_restore(int argc, char **argv);
int cli_scan(int argc, char **argv);
int cli_serve(int argc, char **argv);
int cli_staff(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_token(int argc, char **argv);
int cli_triage(int argc, char **argv);
int cli_user(int argc, char **argv);
int cli_verify(int argc, char **argv);
#endif
