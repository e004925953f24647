/* fuzz_ics.c - any calendar is refused with a fault or gives closings that are sorted, apart and
 * within the window.  With: firmware/calendar/ics.c firmware/calendar/ics_moment.c -lical */
#include "calendar/ics.h"
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
    const struct ics_window window = {20000, 24000};
    struct zone *utc = zone_utc();
    struct fault_list faults = {0};
    struct ics_list l;
    const struct ics_question q = {slice_make(data, n), "$", utc, &zones, window};
    enum err e = ics_read(&q, &faults, &l);
    if ((e == ERR_OK) != (faults.n == 0) || (e != ERR_OK && l.n > 0))
        abort();
    for (size_t i = 0; i < l.n; i++)
        if (l.items[i].from_ms >= l.items[i].to_ms ||
            l.items[i].from_ms < window.first_day * 86400000 ||
            l.items[i].to_ms > (window.last_day + 1) * 86400000 ||
            (i > 0 && l.items[i].from_ms <= l.items[i - 1].to_ms))
            abort();
    ics_free(&l);
    fault_free(&faults);
    zone_free(utc);
    return 0;
}
