/* policy_read.h - members of a policy document, taken out one by one; whatever is wrong becomes a
 * fault with its path. */
#ifndef CORE_POLICY_READ_H
#define CORE_POLICY_READ_H
#include "base/json.h"
#include "core/fault.h"

/* An object of the document and where it stands. */
struct policy_node {
    const struct cJSON *json; /* NULL: absent, every getter leaves its target as it is */
    char path[128];
    struct fault_list *faults;
};

/* Faults when it is there and not of the type. */
struct policy_node policy_node_object(const struct policy_node *parent, const char *name);
struct policy_node policy_node_array(const struct policy_node *parent, const char *name);
struct policy_node policy_node_element(const struct policy_node *array, const struct cJSON *json,
                                       size_t index);

bool policy_has(const struct policy_node *n, const char *name);
void policy_text(const struct policy_node *n, const char *name, char *out, size_t max);
void policy_flag(const struct policy_node *n, const char *name, bool *out);
/* A number within [low, high]; false when absent or faulty. */
bool policy_number(const struct policy_node *n, const char *name, double low, double high,
                   double *out);
/* The same in `unit_ms`, into milliseconds. */
void policy_span(const struct policy_node *n, const char *name, double low, double high,
                 int64_t unit_ms, int64_t *out_ms);
/* Every member must be one of the names (NULL-terminated); a near one is suggested. */
void policy_only(const struct policy_node *n, const char *const *names);
void policy_fault(const struct policy_node *n, const char *member, const char *message,
                  const char *hint);
/* The words of the default categories, for documents that keep these.  Returns how many. */
struct triage_word;
size_t policy_default_words(struct triage_word *out, size_t max);
/* The name nearest to `word`, or NULL when none is near. */
const char *policy_nearest(struct slice word, const char *const *names);
#endif
