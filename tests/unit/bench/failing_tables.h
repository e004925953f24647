/* failing_tables.h - tables of which one call fails: the nth, whatever it wants. */
#ifndef TESTS_FAILING_TABLES_H
#define TESTS_FAILING_TABLES_H
#include "core/record/table.h"
#include <stdbool.h>

struct failing {
    struct tables real;
    int countdown; /* calls until one fails with ERR_IO; below 0: it has */
};

/* The tables point to `f`. */
struct tables failing_tables(struct failing *f, struct tables real, int countdown);
bool failing_has(const struct failing *f);
#endif
