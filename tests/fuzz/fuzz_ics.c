/* fuzz_ics.c - any calendar is refused with a fault or gives closings that are sorted, apart and
 * within the window. */
#include "calendar/ics.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const struct ics_window window = {20000, 24000};
    struct zone *utc = zone_utc();
    struct fault_list faults = {0};
    struct ics_list l;
    const struct ics_question q = {slice_make(data, n), "$", utc, &no_zones, window};
    enum err e = ics_read(&q, &faults, &l);
    must((e == ERR_OK) == (faults.n == 0) && (e == ERR_OK || l.n == 0));
    for (size_t i = 0; i < l.n; i++) {
        must(l.items[i].from_ms < l.items[i].to_ms);
        must(l.items[i].from_ms >= window.first_day * 86400000);
        must(l.items[i].to_ms <= (window.last_day + 1) * 86400000);
        must(i == 0 || l.items[i].from_ms > l.items[i - 1].to_ms);
    }
    ics_free(&l);
    fault_free(&faults);
    zone_free(utc);
    return 0;
}
