/* fuzz.h - what the fuzz targets share: libFuzzer's entry, a property that must hold, and a world
 * without time zones.
 *
 * A target is fed up to 4,096 bytes of anything.  It returns 0 for every input that the code under
 * test took or refused as its header says, and dies (abort, a sanitizer) otherwise.  What a target
 * keeps between inputs must not depend on them: a finding is repeated from its one file. */
#ifndef FUZZ_H
#define FUZZ_H

#include "core/hours/hours.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static inline void must(bool is_so)
{
    if (!is_so)
        abort();
}

static inline enum err no_zone(void *ctx, const char *name, struct slice *out)
{
    (void)ctx;
    (void)name;
    (void)out;
    return ERR_NOT_FOUND;
}

/* Knows no zone: names of zones are faults, UTC is not asked for. */
static const struct zone_source no_zones __attribute__((unused)) = {.zone = no_zone};

#endif
