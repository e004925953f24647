/* intake.h - mentions in JSON, from the webhook or a replayed day, made into commands. */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H
#include "app/box/box.h"

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
/* Why a body is refused as a whole. */
struct intake_fault {
    const char *code;  /* "malformed", "too_many_elements", "busy" */
    char pointer[160]; /* "" = the document itself */
    char detail[240];
};
/* A whole body: one object or an array.  Of an array that does not parse, each element is read by
 * itself: the bad ones are marked as by intake_element.  NULL with *f filled when the text is
 * neither, ends in the middle, or is over the limits in all. */
struct job *intake_body(struct box *b, struct slice body, const struct intake_options *o,
                        struct intake_fault *f);
#endif
