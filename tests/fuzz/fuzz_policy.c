/* fuzz_policy.c - any document is a policy or a list of faults, never both and never neither. */
#include "base/json.h"
#include "core/policy.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static enum err no_zone(void *ctx, const char *name, struct slice *out)
{
    (void)ctx;
    (void)name;
    (void)out;
    return ERR_NOT_FOUND;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const struct zone_source zones = {.zone = no_zone};
    struct fault_list faults = {0};
    struct cJSON *j;
    struct json_error e;
    struct policy *p = NULL;
    if (json_parse(slice_make(data, n), &json_limits_frame, &j, &e) != ERR_OK)
        return 0;
    enum err err = policy_compile(j, &zones, &faults, &p);
    if ((err == ERR_OK) != (p != NULL) || (err == ERR_OK) != (faults.n == 0))
        abort();
    policy_free(p);
    fault_free(&faults);
    json_free(j);
    return 0;
}
