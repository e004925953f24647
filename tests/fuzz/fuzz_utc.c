/* fuzz_utc.c - a time that is taken is written back to the same instant. */
#include "base/utc.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    int64_t ms, again;
    char text[UTC_TEXT_MAX];
    if (utc_parse(slice_make(data, n), &ms) != ERR_OK)
        return 0;
    utc_text_ms(ms, text);
    must(utc_parse(slice_of(text), &again) == ERR_OK && again == ms);
    return 0;
}
