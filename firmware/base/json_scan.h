/* json_scan.h - the strict look over a JSON text before cJSON may have it. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H
#include "base/json.h"

/* Checks everything that json_parse promises to refuse.  ERR_OK, or the code with *e filled. */
enum err json_scan(struct slice text, const struct json_limits *limits, struct json_error *e);
#endif
