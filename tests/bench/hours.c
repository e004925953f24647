/* hours.c - what one deadline within a week costs, by processor time.  Prints one line a zone and
 * the mean.  Built and run by `make bench-hours`. */
#include "core/hours/hours.h"
#include "base/file.h"
#include "base/json.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TURNS 1000000
#define START_MS INT64_C(1767225600000)
#define YEAR_MS INT64_C(31536000000)

static enum err read_zone(void *ctx, const char *name, struct slice *out)
{
    char path[200];
    struct buf *b = ctx;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    buf_clear(b);
    enum err e = file_read(path, b);
    *out = buf_slice(b);
    return e;
}

static struct hours *office(const char *zone)
{
    char text[600];
    struct buf b;
    struct cJSON *j;
    struct json_error e;
    struct fault_list faults = {0};
    struct hours *h = NULL;
    const struct zone_source zones = {&b, read_zone};
    buf_init(&b, 1u << 20);
    snprintf(text, sizeof text,
             "{\"tz\":\"%s\",\"hours\":{\"mon\":[[\"08:00\",\"12:00\"],[\"13:00\",\"18:00\"]],"
             "\"tue\":[[\"08:00\",\"18:00\"]],\"wed\":[[\"08:00\",\"18:00\"]],"
             "\"thu\":[[\"08:00\",\"20:00\"]],\"fri\":[[\"08:00\",\"16:30\"]],"
             "\"sat\":[[\"22:00\",\"02:00\"]]},\"holidays\":[\"2026-01-01\",\"2026-01-06\","
             "\"2026-04-03\",\"2026-05-01\",\"2026-08-15\",\"2026-10-12\",\"2026-12-25\"]}",
             zone);
    if (json_parse(slice_of(text), &json_limits_file, &j, &e) != ERR_OK ||
        hours_parse(j, "$", &zones, &faults, &h) != ERR_OK)
        exit(1);
    json_free(j);
    buf_fini(&b);
    return h;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(void)
{
    static const char *const names[] = {"UTC", "Europe/Madrid", "America/Sao_Paulo",
                                        "Australia/Lord_Howe", "Africa/Casablanca"};
    double sum = 0;
    int64_t check = 0;
    for (int z = 0; z < 5; z++) {
        struct hours *h = office(names[z]);
        uint64_t rng = 1;
        double start = seconds();
        for (int i = 0; i < TURNS; i++) {
            int64_t due_ms = 0;
            rng = rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            int64_t from_ms = START_MS + (int64_t)(rng >> 20) % YEAR_MS;
            int64_t work_ms = (int64_t)(rng >> 33) % (40 * 3600000);
            if (hours_due(h, from_ms, work_ms, NULL, 0, &due_ms) != ERR_OK)
                return 1;
            check ^= due_ms;
        }
        double ns = (seconds() - start) * 1e9 / TURNS;
        printf("%-20s %5.0f ns a deadline (up to 40 working hours ahead)\n", names[z], ns);
        sum += ns;
        hours_free(h);
    }
    printf("%-20s %5.0f ns; at most 2000\n", "mean", sum / 5);
    return check == 0;
}
