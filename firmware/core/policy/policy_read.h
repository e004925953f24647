/* policy_read.h - members of a policy document, taken out one by one; whatever is wrong becomes a
 * fault with its path. */
#ifndef CORE_POLICY_READ_H
#define CORE_POLICY_READ_H
#include "base/fault.h"
#include "base/json.h"

/* The levels as a document spells them, by enum level; NULL at the end. */
extern const char *const policy_level_names[];

/* A value of the document and where it stands. */
struct policy_node {
    const struct cJSON *json; /* NULL: absent, every getter leaves its target as it is */
    char path[128];           /* "$.teams[0]"; a member whose name is no word: "$[\"a b\"]" */
    struct fault_list *faults;
};

/* Faults when it is there and not of the type. */
struct policy_node policy_node_object(const struct policy_node *parent, const char *name);
struct policy_node policy_node_array(const struct policy_node *parent, const char *name);
struct policy_node policy_node_element(const struct policy_node *array, const struct cJSON *json,
                                       size_t index);
/* The elements one by one: starts with *i = 0 and *e zeroed; false after the last, or at the first
 * beyond `max`, which is a fault. */
bool policy_next(const struct policy_node *array, size_t max, size_t *i, struct policy_node *e);

/* A text without control characters, of at most max - 1 bytes. */
void policy_text(const struct policy_node *n, const char *name, char *out, size_t max);
/* The same with something visible at both ends; absent: the fault is `missing`. */
void policy_name(const struct policy_node *n, const char *missing, const char *example, char *out,
                 size_t max);
/* The same for an element that is a text; false, and a fault, when it is none. */
bool policy_element_name(const struct policy_node *e, char *out, size_t max);
/* What is said to a customer: lines are allowed, placeholders only `placeholder` ("" = none). */
void policy_sentence(const struct policy_node *n, const char *name, const char *placeholder,
                     char *out, size_t max);
void policy_flag(const struct policy_node *n, const char *name, bool *out);
/* A number within [low, high]; false when absent or faulty. */
bool policy_number(const struct policy_node *n, const char *name, double low, double high,
                   double *out);
/* The same, without a fraction. */
bool policy_whole(const struct policy_node *n, const char *name, int32_t low, int32_t high,
                  int32_t *out);
/* A share of the whole, 0.01 to 1; says how to write a percentage. */
bool policy_share(const struct policy_node *n, const char *name, double *out);
/* A number in `unit_ms`, into milliseconds. */
void policy_span(const struct policy_node *n, const char *name, double low, double high,
                 int64_t unit_ms, int64_t *out_ms);
/* One of the words (NULL-terminated): its number, or -1 when absent or faulty. */
int policy_choice(const struct policy_node *n, const char *name, const char *const *words,
                  const char *message);
/* Every member must be one of the names (NULL-terminated), a near one is suggested; none is null.
 */
void policy_only(const struct policy_node *n, const char *const *names);
void policy_no_null(const struct policy_node *n);
/* The fault "unknown …": suggests a near name, or says what there is. */
void policy_unknown(const struct policy_node *n, const char *member, const char *message,
                    struct slice word, const char *const *names);
/* member NULL: the node itself. */
void policy_fault(const struct policy_node *n, const char *member, const char *message,
                  const char *hint);
void policy_warn(const struct policy_node *n, const char *member, const char *message,
                 const char *hint);
/* The name nearest to `word`, or NULL when none is near. */
const char *policy_nearest(struct slice word, const char *const *names);
#endif
