/* policy_read.c - see the header. */
#include "core/policy_read.h"
#include <stdio.h>
#include <string.h>

#define WORD_MAX 40

static void set_path(struct policy_node *out, const struct policy_node *parent, const char *name)
{
    snprintf(out->path, sizeof out->path, "%.90s.%.30s", parent->path, name);
    out->faults = parent->faults;
}

void policy_fault(const struct policy_node *n, const char *member, const char *message,
                  const char *hint)
{
    struct policy_node at;
    if (member == NULL) {
        fault_add(n->faults, n->path, message, "%s", hint);
        return;
    }
    set_path(&at, n, member);
    fault_add(n->faults, at.path, message, "%s", hint);
}

struct policy_node policy_node_object(const struct policy_node *parent, const char *name)
{
    struct policy_node n;
    set_path(&n, parent, name);
    n.json = parent->json != NULL ? json_get(parent->json, name) : NULL;
    if (n.json != NULL && !json_is_object(n.json)) {
        policy_fault(&n, NULL, "this is an object", "write {…}");
        n.json = NULL;
    }
    return n;
}

struct policy_node policy_node_array(const struct policy_node *parent, const char *name)
{
    struct policy_node n;
    set_path(&n, parent, name);
    n.json = parent->json != NULL ? json_get(parent->json, name) : NULL;
    if (n.json != NULL && !json_is_array(n.json)) {
        policy_fault(&n, NULL, "this is a list", "write […]");
        n.json = NULL;
    }
    return n;
}

struct policy_node policy_node_element(const struct policy_node *array, const struct cJSON *json,
                                       size_t index)
{
    struct policy_node n = {.json = json, .faults = array->faults};
    snprintf(n.path, sizeof n.path, "%.90s[%zu]", array->path, index);
    return n;
}

static const struct cJSON *member(const struct policy_node *n, const char *name)
{
    return n->json != NULL ? json_get(n->json, name) : NULL;
}

bool policy_has(const struct policy_node *n, const char *name)
{
    return member(n, name) != NULL;
}

void policy_text(const struct policy_node *n, const char *name, char *out, size_t max)
{
    const struct cJSON *j = member(n, name);
    char hint[60];
    if (j == NULL)
        return;
    snprintf(hint, sizeof hint, "at most %zu bytes", max - 1);
    if (!json_is_string(j))
        policy_fault(n, name, "this is a text", "write it in double quotes");
    else if (json_string(j).n >= max)
        policy_fault(n, name, "this text is too long", hint);
    else
        slice_copy_z(json_string(j), out, max);
}

void policy_flag(const struct policy_node *n, const char *name, bool *out)
{
    const struct cJSON *j = member(n, name);
    if (j != NULL && !json_is_bool(j))
        policy_fault(n, name, "this is true or false", "write true or false, without quotes");
    else if (j != NULL)
        *out = json_is_true(j);
}

bool policy_number(const struct policy_node *n, const char *name, double low, double high,
                   double *out)
{
    const struct cJSON *j = member(n, name);
    char hint[80];
    if (j == NULL)
        return false;
    snprintf(hint, sizeof hint, "between %g and %g", low, high);
    if (!json_is_number(j)) {
        policy_fault(n, name, "this is a number", hint);
        return false;
    }
    if (!(json_number(j) >= low && json_number(j) <= high)) {
        policy_fault(n, name, "this number is out of range", hint);
        return false;
    }
    *out = json_number(j);
    return true;
}

void policy_span(const struct policy_node *n, const char *name, double low, double high,
                 int64_t unit_ms, int64_t *out_ms)
{
    double v;
    if (policy_number(n, name, low, high, &v))
        *out_ms = (int64_t)(v * (double)unit_ms + (v < 0 ? -0.5 : 0.5));
}

static size_t distance(struct slice a, const char *b)
{
    size_t row[WORD_MAX + 1], n = strlen(b);
    if (a.n > WORD_MAX || n > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j], best = diagonal + (a.p[i - 1] == b[j - 1] ? 0 : 1);
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (above + 1 < best)
                best = above + 1;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[n];
}

const char *policy_nearest(struct slice word, const char *const *names)
{
    const char *found = NULL;
    size_t least = word.n / 3 + 2;
    for (; *names != NULL; names++) {
        size_t d = distance(word, *names);
        if (d < least) {
            least = d;
            found = *names;
        }
    }
    return found;
}

static void unknown(const struct policy_node *n, struct slice name, const char *const *names)
{
    char z[WORD_MAX], hint[150];
    const char *near = policy_nearest(name, names);
    size_t used = 0;
    slice_copy_z(name, z, sizeof z);
    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
    } else {
        used = (size_t)snprintf(hint, sizeof hint, "known here:");
        for (; *names != NULL && used + strlen(*names) + 2 < sizeof hint; names++)
            used += (size_t)snprintf(hint + used, sizeof hint - used, " %s", *names);
    }
    policy_fault(n, z, "there is no such member", hint);
}

void policy_only(const struct policy_node *n, const char *const *names)
{
    for (const struct cJSON *j = json_first(n->json); j != NULL; j = json_next(j)) {
        bool is_known = false;
        for (const char *const *k = names; *k != NULL && !is_known; k++)
            is_known = slice_eq_z(json_name(j), *k);
        if (!is_known)
            unknown(n, json_name(j), names);
    }
}
