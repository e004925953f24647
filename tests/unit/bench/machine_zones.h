/* machine_zones.h - for tests of hours and zones: the machine's zone files, the C library's clock,
 * and chance with a seed. */
#ifndef TESTS_MACHINE_ZONES_H
#define TESTS_MACHINE_ZONES_H
#include "base/file.h"
#include "base/json.h"
#include "base/utc.h"
#include "core/hours/hours.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static uint64_t rng = 20111230;

static inline int pick(int n)
{
    rng = rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((rng >> 33) % (uint64_t)n);
}

static struct buf zone_bytes;

static inline enum err read_zone(void *ctx, const char *name, struct slice *out)
{
    char path[200];
    (void)ctx;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    buf_clear(&zone_bytes);
    enum err e = file_read(path, &zone_bytes);
    *out = buf_slice(&zone_bytes);
    return e;
}

__attribute__((unused)) static const struct zone_source zones = {.zone = read_zone};

static inline bool has_zone(const char *name)
{
    struct slice s;
    return read_zone(NULL, name, &s) == ERR_OK;
}

static inline void use_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static inline int64_t offset_at(int64_t utc_s)
{
    time_t t = (time_t)utc_s;
    struct tm tm;
    assert_non_null(localtime_r(&t, &tm));
    return tm.tm_gmtoff;
}

static inline struct slice date_text(int64_t day, char out[24])
{
    struct utc_date d = utc_date_from_days(day);
    snprintf(out, 24, "%04d-%02u-%02u", d.year, d.month, d.day);
    return slice_of(out);
}

static inline struct hours *parse_text(struct slice text)
{
    struct cJSON *j;
    struct json_error e;
    struct fault_list faults = {0};
    struct hours *h = NULL;
    assert_int_equal(json_parse(text, &json_limits_file, &j, &e), ERR_OK);
    enum err err = hours_parse(j, "$", &zones, &faults, &h);
    if (err != ERR_OK)
        print_message("%s: %s\n%.*s\n", faults.items[0].path, faults.items[0].message, (int)text.n,
                      text.p);
    assert_int_equal(err, ERR_OK);
    json_free(j);
    return h;
}

static inline int set_up(void **state)
{
    (void)state;
    buf_init(&zone_bytes, 1u << 20);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    buf_fini(&zone_bytes);
    return 0;
}

#endif
