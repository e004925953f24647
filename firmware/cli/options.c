/* options.c - see the header. */
#include "cli/options.h"
#include <stdio.h>
#include <string.h>

static void print_help(const struct options *o)
{
    printf("usage: atalaya %s\n\n%s\n", o->usage, o->about);
    if (o->specs[0].name != NULL)
        printf("\n");
    for (const struct option_spec *s = o->specs; s->name != NULL; s++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", s->name, s->argument != NULL ? " " : "",
                 s->argument != NULL ? s->argument : "");
        printf("  %-22s %s\n", left, s->help);
    }
}

int options_wrong(const struct options *o, const char *what)
{
    fprintf(stderr, "atalaya: %s\nusage: atalaya %s\nTry --help.\n", what, o->usage);
    return 2;
}

static const struct option_spec *find(const struct options *o, const char *arg,
                                      const char **inline_value)
{
    const char *equals = strchr(arg, '=');
    size_t n = equals != NULL ? (size_t)(equals - arg) : strlen(arg);
    *inline_value = equals != NULL ? equals + 1 : NULL;
    for (const struct option_spec *s = o->specs; s->name != NULL; s++)
        if (strlen(s->name) == n && strncmp(s->name, arg, n) == 0)
            return s;
    return NULL;
}

int options_read(const struct options *o, int *argc, char **argv)
{
    int words = 1;
    for (int i = 1; i < *argc; i++) {
        const char *value;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_help(o);
            return 1;
        }
        if (strncmp(argv[i], "--", 2) != 0) {
            argv[words++] = argv[i];
            continue;
        }
        const struct option_spec *s = find(o, argv[i], &value);
        char what[200];
        snprintf(what, sizeof what, "unknown option: %.100s", argv[i]);
        if (s == NULL)
            return options_wrong(o, what);
        if (s->is_set != NULL)
            *s->is_set = true;
        if (s->argument == NULL)
            continue;
        if (value == NULL && i + 1 == *argc) {
            snprintf(what, sizeof what, "%s needs an argument: %s", s->name, s->argument);
            return options_wrong(o, what);
        }
        *s->value = value != NULL ? value : argv[++i];
    }
    *argc = words;
    return 0;
}

bool options_alone(const struct options *o, int *argc, char **argv, int *status)
{
    int read = options_read(o, argc, argv);
    if (read == 0 && *argc != 1)
        read = options_wrong(o, "takes no arguments");
    *status = read == 1 ? 0 : read;
    return read == 0;
}
