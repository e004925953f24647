/* intake.h - mentions in JSON, from the webhook or a replayed day, made into commands.
 *
 * Every member is checked by name, and what is not known is let be.  Ids are texts: numbers lose
 * digits. */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H
#include "app/box/box.h"

struct cJSON;

#define INTAKE_ELEMENTS_MAX 1000
/* Bytes. */
#define INTAKE_TEXT_MAX 65536

/* channel: NULL = as the element says.  shift_ms is added to "at".  In a replay "kind":"reply" is
 * taken, identities are kept by handle too, and the network is the replay. */
struct intake_options {
    const char *channel;
    bool is_replay;
    int64_t shift_ms;
};

/* Fills item i of the job from one element.  A bad element is marked with pointer ("/3/author/id")
 * and detail; the job's others are not touched.  index < 0: a single object ("/author/id"). */
void intake_element(struct box *b, struct job *j, size_t i, const struct cJSON *element, int index,
                    const struct intake_options *o);

/* Why a body is refused as a whole.  code: "malformed", "too_many_elements" or "busy"; pointer: ""
 * = the document itself. */
struct intake_fault {
    const char *code;
    char pointer[160];
    char detail[240];
};
/* A whole body: one object or an array.  Of an array that does not parse, each element is read by
 * itself: the bad ones are marked as by intake_element.  NULL with *f filled when the text is
 * neither, ends in the middle, or is over the limits in all. */
struct job *intake_body(struct box *b, struct slice body, const struct intake_options *o,
                        struct intake_fault *f);
#endif
