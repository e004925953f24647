/* intake.h - mentions in JSON, from the webhook or a replayed day, made into commands. */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H
#include "app/box.h"

struct cJSON;

#define INTAKE_ELEMENTS_MAX 1000
#define INTAKE_TEXT_MAX 65536

struct intake_options {
    const char *channel; /* NULL = as the element says */
    bool is_replay; /* "kind":"reply" is taken, identities by handle too, the network is the replay
                     */
    int64_t shift_ms; /* added to `at` */
};

/* Fills item i of the job from one element.  A bad element is marked with pointer ("/3/author/id")
 * and detail; the job's others are not touched.  index < 0: a single object ("/author/id"). */
void intake_element(struct box *b, struct job *j, size_t i, const struct cJSON *element, int index,
                    const struct intake_options *o);
/* A whole body: one object or an array.  NULL with *status, *pointer and detail when it cannot even
 * be taken apart. */
struct job *intake_body(struct box *b, struct slice body, const struct intake_options *o,
                        bool *is_array, const char **code, char pointer[160], char detail[240]);
#endif
