/* fuzz_hours.c - hours that are taken give deadlines that the elapsed time agrees with. */
#include "base/json.h"
#include "core/hours/hours.h"
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
    struct hours *h = NULL;
    int64_t due_ms, work_ms;
    if (json_parse(slice_make(data, n), &json_limits_frame, &j, &e) != ERR_OK)
        return 0;
    if (hours_parse(j, "$", &zones, &faults, &h) == ERR_OK) {
        if (hours_due(h, 1764000000000, 3600000, NULL, 0, &due_ms) == ERR_OK &&
            (hours_elapsed(h, 1764000000000, due_ms, NULL, 0, &work_ms) != ERR_OK ||
             work_ms != 3600000))
            abort();
        hours_free(h);
    }
    fault_free(&faults);
    json_free(j);
    return 0;
}
