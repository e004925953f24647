/* merge.c - walking two documents side by side. */
#include "base/merge.h"
#include <cjson/cJSON.h>
#include <math.h>

void merge_write(const struct cJSON *j, struct json_out *out, const char *name)
{
    if (json_is_string(j)) {
        json_put_string(out, name, json_string(j));
    } else if (json_is_number(j)) {
        double v = json_number(j);
        if (v == floor(v) && fabs(v) < 9e15)
            json_put_int(out, name, (int64_t)v);
        else
            json_put_number(out, name, v);
    } else if (json_is_bool(j)) {
        json_put_bool(out, name, cJSON_IsTrue(j));
    } else if (json_is_array(j)) {
        json_open_array(out, name);
        for (const struct cJSON *k = json_first(j); k != NULL; k = json_next(k))
            merge_write(k, out, NULL);
        json_close_array(out);
    } else if (json_is_object(j)) {
        json_open_object(out, name);
        for (const struct cJSON *k = json_first(j); k != NULL; k = json_next(k))
            if (!json_is_null(k))
                merge_write(k, out, k->string);
        json_close_object(out);
    } else {
        json_put_null(out, name);
    }
}

static bool equal_arrays(const struct cJSON *a, const struct cJSON *b)
{
    const struct cJSON *x = json_first(a), *y = json_first(b);
    for (; x != NULL && y != NULL; x = json_next(x), y = json_next(y))
        if (!merge_equal(x, y))
            return false;
    return x == NULL && y == NULL;
}

static bool covers(const struct cJSON *a, const struct cJSON *b)
{
    for (const struct cJSON *k = json_first(a); k != NULL; k = json_next(k))
        if (!json_is_null(k) && !merge_equal(k, json_get(b, k->string)))
            return false;
    return true;
}

bool merge_equal(const struct cJSON *a, const struct cJSON *b)
{
    if (a == NULL || b == NULL || json_is_null(a) || json_is_null(b))
        return (a == NULL || json_is_null(a)) && (b == NULL || json_is_null(b));
    if (json_is_object(a) && json_is_object(b))
        return covers(a, b) && covers(b, a);
    if (json_is_array(a) && json_is_array(b))
        return equal_arrays(a, b);
    if (json_is_string(a) && json_is_string(b))
        return slice_eq(json_string(a), json_string(b));
    if (json_is_number(a) && json_is_number(b))
        return json_number(a) == json_number(b);
    return json_is_bool(a) && json_is_bool(b) && cJSON_IsTrue(a) == cJSON_IsTrue(b);
}

bool merge_diff(const struct cJSON *from, const struct cJSON *to, struct json_out *out,
                const char *name)
{
    bool differs = false;
    json_open_object(out, name);
    for (const struct cJSON *k = json_first(from); k != NULL; k = json_next(k))
        if (!json_is_null(k) && json_get(to, k->string) == NULL) {
            json_put_null(out, k->string);
            differs = true;
        }
    for (const struct cJSON *k = json_first(to); k != NULL; k = json_next(k)) {
        const struct cJSON *old = json_get(from, k->string);
        if (json_is_null(k) || (old != NULL && merge_equal(old, k)))
            continue;
        differs = true;
        if (json_is_object(k) && json_is_object(old))
            (void)merge_diff(old, k, out, k->string);
        else
            merge_write(k, out, k->string);
    }
    json_close_object(out);
    return differs;
}
