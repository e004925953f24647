/* options.h - the options of a subcommand from one table, which is its help as well. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H
#include <stdbool.h>

struct option_spec {
    const char *name;     /* "--data" */
    const char *argument; /* "DIR"; NULL = a switch */
    const char *help;
    const char **value; /* set to the argument */
    bool *is_set;
};

struct options {
    const char *usage;               /* "display add NAME | approve CODE | ..." */
    const char *about;               /* a few lines */
    const struct option_spec *specs; /* ends with name == NULL */
};

/* Takes options out of argv; what is left are words, in order, in argv[1..*argc-1].  0 to go on, 1
 * when help was printed (exit 0), 2 on wrong usage, with a message on stderr. */
int options_read(const struct options *o, int *argc, char **argv);
/* The same for a subcommand without words.  True to go on; else *status is what to exit with. */
bool options_alone(const struct options *o, int *argc, char **argv, int *status);
int options_wrong(const struct options *o, const char *what); /* prints, returns 2 */
#endif
