/* policy_read.c - see the header. */
#include "core/policy/policy_read.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 40

const char *const policy_level_names[] = {"low", "normal", "high", "urgent", NULL};

static bool is_word(const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$-";
    return name[0] != '\0' && name[strspn(name, letters)] == '\0';
}

static void set_path(struct policy_node *out, const struct policy_node *parent, const char *name)
{
    snprintf(out->path, sizeof out->path, is_word(name) ? "%.80s.%.40s" : "%.80s[\"%.40s\"]",
             parent->path, name);
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

void policy_warn(const struct policy_node *n, const char *member, const char *message,
                 const char *hint)
{
    struct policy_node at = *n;
    if (member != NULL)
        set_path(&at, n, member);
    fault_warn(n->faults, at.path, message, hint);
}

static const struct cJSON *member_of(const struct policy_node *n, const char *name)
{
    return n->json != NULL ? json_get(n->json, name) : NULL;
}

struct policy_node policy_node_object(const struct policy_node *parent, const char *name)
{
    struct policy_node n;
    set_path(&n, parent, name);
    n.json = member_of(parent, name);
    if (n.json != NULL && !json_is_object(n.json)) {
        policy_fault(&n, NULL, "expected an object", "write {…}");
        n.json = NULL;
    }
    return n;
}

struct policy_node policy_node_array(const struct policy_node *parent, const char *name)
{
    struct policy_node n;
    set_path(&n, parent, name);
    n.json = member_of(parent, name);
    if (n.json != NULL && !json_is_array(n.json)) {
        policy_fault(&n, NULL, "expected a list", "write […]");
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

bool policy_next(const struct policy_node *array, size_t max, size_t *i, struct policy_node *e)
{
    char hint[60];
    const struct cJSON *j = e->json == NULL ? json_first(array->json) : json_next(e->json);
    if (j == NULL)
        return false;
    size_t at = e->json == NULL ? 0 : *i + 1;
    *i = at;
    *e = policy_node_element(array, j, at);
    if (at < max)
        return true;
    snprintf(hint, sizeof hint, "at most %zu", max);
    policy_fault(e, NULL, "this list is too long", hint);
    return false;
}

static bool has_control(struct slice s, bool allows_lines)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < ' ' && !(allows_lines && c == '\n')) || c == 0x7f)
            return true;
    }
    return false;
}

/* NULL when it may be kept, else what is wrong. */
static const char *text_fault(const struct cJSON *j, size_t max, bool allows_lines, char hint[80])
{
    snprintf(hint, 80, "write it in double quotes");
    if (!json_is_string(j))
        return "expected a string";
    snprintf(hint, 80, "at most %zu bytes", max - 1);
    if (json_string(j).n >= max)
        return "this string is too long";
    snprintf(hint, 80, "remove them");
    return has_control(json_string(j), allows_lines) ? "this string contains control characters"
                                                     : NULL;
}

void policy_text(const struct policy_node *n, const char *name, char *out, size_t max)
{
    const struct cJSON *j = member_of(n, name);
    char hint[80];
    if (j == NULL)
        return;
    const char *fault = text_fault(j, max, false, hint);
    if (fault != NULL)
        policy_fault(n, name, fault, hint);
    else
        slice_copy_z(json_string(j), out, max);
}

static const char *name_fault(const struct cJSON *j, size_t max, char hint[80])
{
    const char *fault = text_fault(j, max, false, hint);
    struct slice s = json_string(j);
    if (fault != NULL)
        return fault;
    snprintf(hint, 80, "write 1 to %zu bytes, or remove it", max - 1);
    if (s.n == 0)
        return "this string is empty";
    snprintf(hint, 80, "remove the spaces");
    return s.p[0] == ' ' || s.p[s.n - 1] == ' ' ? "this string starts or ends with a space" : NULL;
}

void policy_name(const struct policy_node *n, const char *missing, const char *example, char *out,
                 size_t max)
{
    const struct cJSON *j = member_of(n, "name");
    char hint[80];
    if (j == NULL) {
        policy_fault(n, "name", missing, example);
        return;
    }
    const char *fault = name_fault(j, max, hint);
    if (fault != NULL)
        policy_fault(n, "name", fault, hint);
    else if (!json_is_name(json_string(j)))
        policy_fault(n, "name", "not a valid name",
                     "leave out quotes, backslashes and control characters");
    else
        slice_copy_z(json_string(j), out, max);
}

bool policy_element_name(const struct policy_node *e, char *out, size_t max)
{
    char hint[80];
    const char *fault = name_fault(e->json, max, hint);
    if (fault != NULL)
        policy_fault(e, NULL, fault, hint);
    else
        slice_copy_z(json_string(e->json), out, max);
    return fault == NULL;
}

/* Each "{…}" is the placeholder, and no brace stands alone. */
static const char *placeholder_fault(struct slice s, const char *placeholder)
{
    for (size_t i = 0; i < s.n; i++) {
        struct slice rest = slice_make(s.p + i, s.n - i);
        if (placeholder[0] != '\0' && slice_has_prefix(rest, slice_of(placeholder)))
            i += strlen(placeholder) - 1;
        else if (s.p[i] == '{' && memchr(rest.p, '}', rest.n) != NULL)
            return "unknown placeholder";
        else if (s.p[i] == '{' || s.p[i] == '}')
            return "unmatched brace";
    }
    return NULL;
}

void policy_sentence(const struct policy_node *n, const char *name, const char *placeholder,
                     char *out, size_t max)
{
    const struct cJSON *j = member_of(n, name);
    char hint[80];
    if (j == NULL)
        return;
    const char *fault = text_fault(j, max, true, hint);
    if (fault == NULL) {
        fault = placeholder_fault(json_string(j), placeholder);
        snprintf(hint, sizeof hint, "only %s is allowed here",
                 placeholder[0] != '\0' ? placeholder : "plain text");
    }
    if (fault != NULL)
        policy_fault(n, name, fault, hint);
    else
        slice_copy_z(json_string(j), out, max);
}

void policy_flag(const struct policy_node *n, const char *name, bool *out)
{
    const struct cJSON *j = member_of(n, name);
    if (j != NULL && !json_is_bool(j))
        policy_fault(n, name, "expected true or false", "write it without quotes");
    else if (j != NULL)
        *out = json_is_true(j);
}

bool policy_number(const struct policy_node *n, const char *name, double low, double high,
                   double *out)
{
    const struct cJSON *j = member_of(n, name);
    char hint[80];
    if (j == NULL)
        return false;
    snprintf(hint, sizeof hint, "between %g and %g", low, high);
    if (!json_is_number(j)) {
        policy_fault(n, name, "expected a number", hint);
        return false;
    }
    if (!(json_number(j) >= low && json_number(j) <= high)) {
        policy_fault(n, name, "this number is out of range", hint);
        return false;
    }
    *out = json_number(j);
    return true;
}

bool policy_whole(const struct policy_node *n, const char *name, int32_t low, int32_t high,
                  int32_t *out)
{
    double v;
    char hint[80];
    if (!policy_number(n, name, low, high, &v))
        return false;
    if (v != floor(v)) {
        snprintf(hint, sizeof hint, "between %d and %d", low, high);
        policy_fault(n, name, "expected a whole number", hint);
        return false;
    }
    *out = (int32_t)v;
    return true;
}

bool policy_share(const struct policy_node *n, const char *name, double *out)
{
    const struct cJSON *j = member_of(n, name);
    if (!json_is_number(j) || json_number(j) <= 1 || json_number(j) > 100)
        return policy_number(n, name, 0.01, 1, out);
    char hint[80];
    snprintf(hint, sizeof hint, "%g %% is %g", json_number(j), json_number(j) / 100);
    policy_fault(n, name, "expected a share between 0.01 and 1", hint);
    return false;
}

void policy_span(const struct policy_node *n, const char *name, double low, double high,
                 int64_t unit_ms, int64_t *out_ms)
{
    double v;
    if (policy_number(n, name, low, high, &v))
        *out_ms = (int64_t)(v * (double)unit_ms + (v < 0 ? -0.5 : 0.5));
}

int policy_choice(const struct policy_node *n, const char *name, const char *const *words,
                  const char *message)
{
    const struct cJSON *j = member_of(n, name);
    if (j == NULL)
        return -1;
    for (int i = 0; words[i] != NULL; i++)
        if (slice_eq_z(json_string(j), words[i]))
            return i;
    if (json_is_string(j))
        policy_unknown(n, name, message, json_string(j), words);
    else
        policy_fault(n, name, "expected a string", "write it in double quotes");
    return -1;
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

void policy_unknown(const struct policy_node *n, const char *member, const char *message,
                    struct slice word, const char *const *names)
{
    char hint[150];
    const char *near = policy_nearest(word, names);
    if (near != NULL) {
        snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
    } else {
        size_t used = (size_t)snprintf(hint, sizeof hint, *names != NULL ? "use one of:" : "");
        for (; *names != NULL && used + strlen(*names) + 6 < sizeof hint; names++)
            used += (size_t)snprintf(hint + used, sizeof hint - used, " %s", *names);
        if (*names != NULL)
            (void)snprintf(hint + used, sizeof hint - used, " …");
    }
    policy_fault(n, member, message, hint);
}

static void refuse_null(const struct policy_node *n, const struct cJSON *member)
{
    char name[WORD_MAX];
    slice_copy_z(json_name(member), name, sizeof name);
    policy_fault(n, name, "null is not allowed here", "write a value, or leave the member out");
}

void policy_no_null(const struct policy_node *n)
{
    for (const struct cJSON *j = json_first(n->json); j != NULL; j = json_next(j))
        if (json_is_null(j))
            refuse_null(n, j);
}

void policy_only(const struct policy_node *n, const char *const *names)
{
    for (const struct cJSON *j = json_first(n->json); j != NULL; j = json_next(j)) {
        char name[WORD_MAX];
        bool is_known = false;
        for (const char *const *k = names; *k != NULL && !is_known; k++)
            is_known = slice_eq_z(json_name(j), *k);
        slice_copy_z(json_name(j), name, sizeof name);
        if (!is_known)
            policy_unknown(n, name, "unknown member", json_name(j), names);
        else if (json_is_null(j))
            refuse_null(n, j);
    }
}
