/* compiled.c - see the header. */
#include "bench/compiled.h"
#include "base/json.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A zone as the box finds it: UTC by another name, so that no file is needed. */
enum err compiled_zone(void *ctx, const char *name, struct slice *out)
{
    static const char tzif[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" /* one type, no transition */
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                               "\0\0\0\0\0\0UTC\0"
                               "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                               "\0\0\0\0\0\0UTC\0"
                               "\nUTC0\n";
    (void)ctx;
    if (strcmp(name, "Europe/Madrid") != 0 && strcmp(name, "Europe/London") != 0)
        return ERR_NOT_FOUND;
    *out = slice_make(tzif, sizeof tzif - 1);
    return ERR_OK;
}

struct cJSON *compiled_json(struct slice text)
{
    struct cJSON *j;
    struct json_error e;
    assert_int_equal(json_parse(text, &json_limits_file, &j, &e), ERR_OK);
    return j;
}

enum err compiled_policy(struct slice text, struct fault_list *faults, struct policy **out)
{
    const struct zone_source zones = {.zone = compiled_zone};
    struct cJSON *j = compiled_json(text);
    enum err e = policy_compile(j, &zones, faults, out);
    json_free(j);
    return e;
}

struct policy *compiled_good(struct slice text)
{
    struct fault_list faults = {0};
    struct policy *p;
    enum err e = compiled_policy(text, &faults, &p);
    for (size_t i = 0; i < faults.n; i++)
        print_message("%s: %s\n", faults.items[i].path, faults.items[i].message);
    assert_int_equal(faults.n, 0);
    assert_int_equal(e, ERR_OK);
    assert_non_null(p);
    return p;
}
