/* json.c - cJSON behind the scan, and the getters. */
#include "base/json.h"
#include "base/json_scan.h"
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const struct json_limits json_limits_body = {1u << 20, 32, 200000};
const struct json_limits json_limits_frame = {64u << 10, 8, 2000};
const struct json_limits json_limits_file = {8u << 20, 32, 1000000};

enum err json_parse(struct slice text, const struct json_limits *limits, struct cJSON **out,
                    struct json_error *e)
{
    *out = NULL;
    enum err code = json_scan(text, limits, e);
    if (code != ERR_OK)
        return code;
    *out = cJSON_ParseWithLength(text.p, text.n);
    if (*out != NULL)
        return ERR_OK;
    e->code = ERR_NO_MEMORY;
    (void)snprintf(e->message, sizeof e->message, "out of memory");
    return ERR_NO_MEMORY;
}

void json_free(struct cJSON *j)
{
    cJSON_Delete(j);
}

const struct cJSON *json_get(const struct cJSON *object, const char *name)
{
    const struct cJSON *j = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNull(j) ? NULL : j;
}

enum err json_get_string(const struct cJSON *object, const char *name, struct slice *out)
{
    const struct cJSON *j = json_get(object, name);
    if (j == NULL)
        return ERR_NOT_FOUND;
    if (!cJSON_IsString(j))
        return ERR_INVALID;
    *out = slice_of(j->valuestring);
    return ERR_OK;
}

enum err json_int(const struct cJSON *j, int64_t *out)
{
    double v = cJSON_IsNumber(j) ? j->valuedouble : 0.5;
    if (v != floor(v) || fabs(v) > 9007199254740991.0)
        return ERR_INVALID;
    *out = (int64_t)v;
    return ERR_OK;
}

enum err json_get_int(const struct cJSON *object, const char *name, int64_t *out)
{
    const struct cJSON *j = json_get(object, name);
    return j == NULL ? ERR_NOT_FOUND : json_int(j, out);
}

enum err json_get_double(const struct cJSON *object, const char *name, double *out)
{
    const struct cJSON *j = json_get(object, name);
    if (j == NULL)
        return ERR_NOT_FOUND;
    if (!cJSON_IsNumber(j))
        return ERR_INVALID;
    *out = j->valuedouble;
    return ERR_OK;
}

enum err json_get_bool(const struct cJSON *object, const char *name, bool *out)
{
    const struct cJSON *j = json_get(object, name);
    if (j == NULL)
        return ERR_NOT_FOUND;
    if (!cJSON_IsBool(j))
        return ERR_INVALID;
    *out = cJSON_IsTrue(j);
    return ERR_OK;
}

bool json_is_object(const struct cJSON *j)
{
    return cJSON_IsObject(j);
}

bool json_is_array(const struct cJSON *j)
{
    return cJSON_IsArray(j);
}

bool json_is_string(const struct cJSON *j)
{
    return cJSON_IsString(j);
}

bool json_is_number(const struct cJSON *j)
{
    return cJSON_IsNumber(j);
}

bool json_is_bool(const struct cJSON *j)
{
    return cJSON_IsBool(j);
}

bool json_is_true(const struct cJSON *j)
{
    return cJSON_IsTrue(j);
}

bool json_is_null(const struct cJSON *j)
{
    return cJSON_IsNull(j);
}

struct slice json_string(const struct cJSON *j)
{
    return slice_of(cJSON_IsString(j) ? j->valuestring : NULL);
}

double json_number(const struct cJSON *j)
{
    return cJSON_IsNumber(j) ? j->valuedouble : 0;
}

size_t json_count(const struct cJSON *j)
{
    size_t n = 0;
    for (const struct cJSON *k = json_first(j); k != NULL; k = k->next)
        n++;
    return n;
}

const struct cJSON *json_first(const struct cJSON *j)
{
    return cJSON_IsObject(j) || cJSON_IsArray(j) ? j->child : NULL;
}

const struct cJSON *json_next(const struct cJSON *j)
{
    return j->next;
}

struct slice json_name(const struct cJSON *member)
{
    return slice_of(member->string);
}
