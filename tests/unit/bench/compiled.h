/* compiled.h - policy documents compiled in a test: no file, no zone data. */
#ifndef TESTS_COMPILED_H
#define TESTS_COMPILED_H
#include "base/fault.h"
#include "core/policy/policy.h"

struct cJSON;

/* Europe/Madrid and Europe/London, both UTC by another name; for struct zone_source. */
enum err compiled_zone(void *ctx, const char *name, struct slice *out);
struct cJSON *compiled_json(struct slice text); /* the caller frees it; fails the test */
enum err compiled_policy(struct slice text, struct fault_list *faults, struct policy **out);
/* What must be good and without a warning; the caller frees it. */
struct policy *compiled_good(struct slice text);
#endif
