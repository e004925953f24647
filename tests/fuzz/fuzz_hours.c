/* fuzz_hours.c - hours that are taken give deadlines that the elapsed time agrees with. */
#include "base/json.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct fault_list faults = {0};
    struct cJSON *j;
    struct json_error e;
    struct hours *h = NULL;
    int64_t due_ms, work_ms;
    if (json_parse(slice_make(data, n), &json_limits_frame, &j, &e) != ERR_OK)
        return 0;
    if (hours_parse(j, "$", &no_zones, &faults, &h) == ERR_OK) {
        must(hours_due(h, 1764000000000, 3600000, NULL, 0, &due_ms) != ERR_OK ||
             (hours_elapsed(h, 1764000000000, due_ms, NULL, 0, &work_ms) == ERR_OK &&
              work_ms == 3600000));
        hours_free(h);
    }
    fault_free(&faults);
    json_free(j);
    return 0;
}
