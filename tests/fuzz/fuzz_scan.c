/* fuzz_scan.c - hazards lie in the text, in order; a mask is valid and hides what was found. */
#include "base/utf8.h"
#include "core/scan/scan.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct slice text = slice_make(data, n);
    struct arena a;
    struct hazard *h;
    struct buf masked;
    size_t n_found;
    uint32_t last = 0;
    if (!utf8_valid(text))
        return 0;
    arena_init(&a, 0);
    buf_init(&masked, 0);
    if (scan_text(text, &a, &h, &n_found) != ERR_OK)
        abort();
    for (size_t i = 0; i < n_found; i++) {
        if (h[i].start < last || h[i].end <= h[i].start || h[i].end_byte > n)
            abort();
        last = h[i].end;
    }
    scan_mask(text, h, n_found, &masked);
    if (!utf8_valid(buf_slice(&masked)))
        abort();
    buf_clear(&masked);
    if (scan_masked(text, &masked) != ERR_OK ||
        scan_text(buf_slice(&masked), &a, &h, &n_found) != ERR_OK || n_found > 0)
        abort();
    buf_fini(&masked);
    arena_fini(&a);
    return 0;
}
