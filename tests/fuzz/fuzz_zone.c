/* fuzz_zone.c - broken zone files are refused, and what is taken answers for any instant. */
#include "core/hours/zone.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct zone *z;
    if (zone_parse(slice_make(data, n), &z) != ERR_OK)
        return 0;
    for (int64_t at_s = -4000000000; at_s < 8000000000; at_s += 70000001) {
        struct zone_segment s = zone_at(z, at_s);
        must(s.start_s <= at_s && s.end_s > at_s);
        (void)zone_resolve_ms(z, at_s * 1000);
    }
    zone_free(z);
    return 0;
}
