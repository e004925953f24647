/* fault.h - what is wrong with a document, all of it: where, what, and what to write instead. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H
#include "base/slice.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define FAULTS_MAX 200
#define FAULT_TEXT_MAX 480

struct fault {
    char path[128];    /* "$.teams[0].hours.mon[1]" */
    char message[160]; /* what is wrong */
    char hint[160];    /* what to do; "" = nothing to add */
    bool is_warning;   /* odd, but it refuses nothing */
};

/* Beyond FAULTS_MAX faults are counted, not kept. */
struct fault_list {
    struct fault *items; /* NULL while there is none */
    size_t n, n_dropped;
    size_t n_warnings; /* of n */
};

/* Control characters and broken letters in what is written become '?': one fault is one line. */
void fault_add(struct fault_list *l, const char *path, const char *message, const char *hint, ...)
    __attribute__((format(printf, 4, 5)));
/* The hint says where in `text` byte `offset` stands: "line 3, column 7". */
void fault_add_at(struct fault_list *l, const char *path, const char *message, struct slice text,
                  size_t offset);
/* The same for what is odd but no fault; beyond FAULTS_MAX it is forgotten. */
void fault_warn(struct fault_list *l, const char *path, const char *message, const char *hint);
/* Faults, kept or counted, without the warnings. */
size_t fault_count(const struct fault_list *l);
/* One line without its end: "$.port: this number is out of range; between 0 and 65535", or
 * "$.x: warning: ...".  Returns out. */
char *fault_text(const struct fault *f, char out[FAULT_TEXT_MAX]);
/* All of them, a line each behind the file's name, and how many were only counted. */
void fault_print(const struct fault_list *l, const char *file, FILE *out);
/* All of them as warnings on the log. */
void fault_log(const struct fault_list *l);
void fault_free(struct fault_list *l);
/* Writes parent and more into out, cut to fit; returns out. */
char *fault_path(char out[128], const char *parent, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
