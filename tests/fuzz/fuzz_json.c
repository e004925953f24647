/* fuzz_json.c - what is taken can be written and taken again, alike. */
#include "base/json.h"
#include "base/merge.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct cJSON *first, *second;
    struct json_error e;
    struct buf b;
    if (json_parse(slice_make(data, n), &json_limits_frame, &first, &e) != ERR_OK)
        return 0;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    merge_write(first, &o, NULL);
    if (json_parse(buf_slice(&b), &json_limits_file, &second, &e) != ERR_OK ||
        !merge_equal(first, second))
        abort();
    json_free(first);
    json_free(second);
    buf_fini(&b);
    return 0;
}
