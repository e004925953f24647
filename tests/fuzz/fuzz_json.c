/* fuzz_json.c - what is taken can be written and taken again, alike; an array told apart has the
 * elements that it has as a whole. */
#include "base/json.h"
#include "base/merge.h"
#include "fuzz.h"

#define ELEMENTS_MAX 64

/* whole: NULL when the text does not parse. */
static void try_split(struct slice text, const struct cJSON *whole)
{
    struct slice out[ELEMENTS_MAX];
    struct cJSON *element;
    struct json_error e;
    size_t n;
    bool is_apart = json_split(text, &json_limits_frame, out, ELEMENTS_MAX, &n) == ERR_OK;
    must(whole == NULL || is_apart == json_is_array(whole));
    must(whole == NULL || !is_apart || n == json_count(whole));
    const struct cJSON *wanted = whole != NULL ? json_first(whole) : NULL;
    for (size_t i = 0; is_apart && i < n && i < ELEMENTS_MAX; i++) {
        must(out[i].p > text.p && out[i].p + out[i].n < text.p + text.n);
        enum err err = json_parse(out[i], &json_limits_frame, &element, &e);
        must(whole == NULL || (err == ERR_OK && merge_equal(element, wanted)));
        wanted = whole != NULL ? json_next(wanted) : NULL;
        json_free(element);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct cJSON *first, *second;
    struct json_error e;
    struct buf b;
    if (json_parse(slice_make(data, n), &json_limits_frame, &first, &e) != ERR_OK) {
        try_split(slice_make(data, n), NULL);
        return 0;
    }
    try_split(slice_make(data, n), first);
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    merge_write(first, &o, NULL);
    must(json_parse(buf_slice(&b), &json_limits_file, &second, &e) == ERR_OK &&
         merge_equal(first, second));
    json_free(first);
    json_free(second);
    buf_fini(&b);
    return 0;
}
