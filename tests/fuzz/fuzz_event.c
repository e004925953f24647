/* fuzz_event.c - an event that is read is written to the same bytes, or refused. */
#include "base/arena.h"
#include "core/record/event.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct event e, again;
    struct arena a;
    struct buf b;
    arena_init(&a, 1 << 22);
    buf_init(&b, 0);
    if (event_decode(slice_make(data, n), &a, &e) == ERR_OK) {
        event_encode(&b, &e);
        must(b.err == ERR_OK && event_decode(buf_slice(&b), &a, &again) == ERR_OK);
    }
    buf_fini(&b);
    arena_fini(&a);
    return 0;
}
