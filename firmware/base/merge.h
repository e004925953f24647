/* merge.h - RFC 7396 merge patches between two JSON objects. */
#ifndef BASE_MERGE_H
#define BASE_MERGE_H
#include "base/json.h"

/* Writes the object that turns `from` into `to` (both objects) as a value named `name` (NULL at the
 * top).  Members that are null in `to` count as absent.  Arrays are replaced whole.  Returns false,
 * and writes {}, when nothing differs. */
bool merge_diff(const struct cJSON *from, const struct cJSON *to, struct json_out *out,
                const char *name);
/* Value equality; members in any order, null and absent alike. */
bool merge_equal(const struct cJSON *a, const struct cJSON *b);
/* Writes any value as it is. */
void merge_write(const struct cJSON *j, struct json_out *out, const char *name);
#endif
