/* fault.h - what is wrong with a document, all of it: where, what, and what to write instead. */
#ifndef CORE_FAULT_H
#define CORE_FAULT_H
#include <stddef.h>

#define FAULTS_MAX 200

struct fault {
    char path[128];    /* "$.teams[0].hours.mon[1]" */
    char message[160]; /* what is wrong */
    char hint[160];    /* what to do; "" = nothing to add */
};

/* Beyond FAULTS_MAX faults are counted, not kept. */
struct fault_list {
    struct fault *items; /* NULL while there is none */
    size_t n, n_dropped;
};

void fault_add(struct fault_list *l, const char *path, const char *message, const char *hint, ...)
    __attribute__((format(printf, 4, 5)));
void fault_free(struct fault_list *l);
/* Writes parent and more into out, cut to fit; returns out. */
char *fault_path(char out[128], const char *parent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
