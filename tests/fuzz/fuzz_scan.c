/* fuzz_scan.c - hazards lie in the text, in order; a mask is valid and hides what was found. */
#include "base/utf8.h"
#include "core/scan/scan.h"
#include "fuzz.h"

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
    must(scan_text(text, &a, &h, &n_found) == ERR_OK);
    for (size_t i = 0; i < n_found; i++) {
        must(h[i].start >= last && h[i].end > h[i].start && h[i].end_byte <= n);
        last = h[i].end;
    }
    scan_mask(text, h, n_found, &masked);
    must(utf8_valid(buf_slice(&masked)));
    buf_clear(&masked);
    must(scan_masked(text, &masked) == ERR_OK);
    must(scan_text(buf_slice(&masked), &a, &h, &n_found) == ERR_OK && n_found == 0);
    buf_fini(&masked);
    arena_fini(&a);
    return 0;
}
