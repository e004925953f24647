/* zone.c - TZif: a header, data with 4-byte times, and from version 2 a second header, 8-byte times
 * and a footer. */
#include "core/hours/zone.h"
#include "base/pack.h"
#include "base/utc.h"
#include "core/hours/zone_rule.h"
#include <stdlib.h>
#include <string.h>

#define TYPES_MAX 256
#define SPAN_S 180000 /* wider than any gap: Samoa's was a day */

struct zone {
    size_t n; /* transitions */
    int64_t *at_s;
    int32_t *offset_s; /* after each */
    int32_t first_offset_s;
    bool has_rule;
    struct zone_rule rule; /* after the last transition */
};

struct header {
    uint8_t version;
    uint32_t n_isut, n_isstd, n_leap, n_times, n_types, n_chars;
};

static bool read_header(struct unpack *u, struct header *h)
{
    if (unpack_left(u) < 44 || memcmp(u->p, "TZif", 4) != 0)
        return false;
    u->p += 4;
    h->version = unpack_u8(u);
    u->p += 15;
    h->n_isut = unpack_key_u32(u);
    h->n_isstd = unpack_key_u32(u);
    h->n_leap = unpack_key_u32(u);
    h->n_times = unpack_key_u32(u);
    h->n_types = unpack_key_u32(u);
    h->n_chars = unpack_key_u32(u);
    return !u->bad && h->n_types >= 1 && h->n_types <= TYPES_MAX && h->n_times < 100000 &&
           h->n_chars < 100000 && h->n_leap < 10000 && h->n_isut <= h->n_types &&
           h->n_isstd <= h->n_types;
}

static bool skip(struct unpack *u, size_t n)
{
    if (unpack_left(u) < n)
        return false;
    u->p += n;
    return true;
}

static bool skip_data(struct unpack *u, const struct header *h, size_t time_bytes)
{
    return skip(u, h->n_times * (time_bytes + 1) + h->n_types * (size_t)6 + h->n_chars +
                       h->n_leap * (time_bytes + 4) + h->n_isstd + h->n_isut);
}

static bool read_data(struct unpack *u, const struct header *h, size_t time_bytes, struct zone *z)
{
    uint8_t *index = calloc(h->n_times + 1, 1);
    int32_t offsets[TYPES_MAX];
    z->at_s = calloc(h->n_times + 1, sizeof *z->at_s);
    z->offset_s = calloc(h->n_times + 1, sizeof *z->offset_s);
    bool is_good = index != NULL && z->at_s != NULL && z->offset_s != NULL;
    for (uint32_t i = 0; is_good && i < h->n_times; i++) {
        z->at_s[i] = time_bytes == 8 ? (int64_t)unpack_key_u64(u) : (int32_t)unpack_key_u32(u);
        is_good = i == 0 || z->at_s[i] > z->at_s[i - 1];
    }
    for (uint32_t i = 0; is_good && i < h->n_times; i++)
        is_good = (index[i] = unpack_u8(u)) < h->n_types;
    for (uint32_t i = 0; is_good && i < h->n_types; i++) {
        offsets[i] = (int32_t)unpack_key_u32(u);
        is_good = skip(u, 2) && offsets[i] > -SPAN_S && offsets[i] < SPAN_S;
    }
    for (uint32_t i = 0; is_good && i < h->n_times; i++)
        z->offset_s[i] = offsets[index[i]];
    if (is_good)
        z->first_offset_s = offsets[0];
    z->n = h->n_times;
    free(index);
    return is_good && !u->bad &&
           skip(u, h->n_chars + h->n_leap * (time_bytes + 4) + h->n_isstd + h->n_isut);
}

static bool read_footer(struct unpack *u, struct zone *z)
{
    struct slice s = slice_make(u->p, unpack_left(u));
    if (s.n < 2 || s.p[0] != '\n')
        return false;
    const char *end = memchr(s.p + 1, '\n', s.n - 1);
    if (end == NULL)
        return false;
    struct slice text = slice_make(s.p + 1, (size_t)(end - s.p - 1));
    z->has_rule = text.n > 0;
    return text.n == 0 || zone_rule_parse(text, &z->rule) == ERR_OK;
}

static bool read_all(struct slice tzif, struct zone *z)
{
    struct unpack u = unpack_of(tzif);
    struct header h;
    if (!read_header(&u, &h))
        return false;
    if (h.version < '2')
        return read_data(&u, &h, 4, z);
    return skip_data(&u, &h, 4) && read_header(&u, &h) && read_data(&u, &h, 8, z) &&
           read_footer(&u, z);
}

enum err zone_parse(struct slice tzif, struct zone **out)
{
    struct zone *z = calloc(1, sizeof *z);
    *out = NULL;
    if (z == NULL)
        return ERR_NO_MEMORY;
    if (!read_all(tzif, z)) {
        zone_free(z);
        return ERR_INVALID;
    }
    *out = z;
    return ERR_OK;
}

struct zone *zone_utc(void)
{
    return calloc(1, sizeof(struct zone));
}

void zone_free(struct zone *z)
{
    if (z == NULL)
        return;
    free(z->at_s);
    free(z->offset_s);
    free(z);
}

static bool same_date(const struct zone_date *a, const struct zone_date *b)
{
    return a->kind == b->kind && a->month == b->month && a->week == b->week && a->day == b->day &&
           a->time_s == b->time_s;
}

static bool same_rule(const struct zone_rule *a, const struct zone_rule *b)
{
    return a->standard_s == b->standard_s && a->has_daylight == b->has_daylight &&
           (!a->has_daylight ||
            (a->daylight_s == b->daylight_s && same_date(&a->to_daylight, &b->to_daylight) &&
             same_date(&a->to_standard, &b->to_standard)));
}

bool zone_equal(const struct zone *a, const struct zone *b)
{
    return a->n == b->n && a->first_offset_s == b->first_offset_s && a->has_rule == b->has_rule &&
           (a->n == 0 || (memcmp(a->at_s, b->at_s, a->n * sizeof a->at_s[0]) == 0 &&
                          memcmp(a->offset_s, b->offset_s, a->n * sizeof a->offset_s[0]) == 0)) &&
           (!a->has_rule || same_rule(&a->rule, &b->rule));
}

static struct zone_segment in_table(const struct zone *z, int64_t utc_s)
{
    size_t low = 0, high = z->n; /* transitions at or before utc_s */
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (z->at_s[mid] <= utc_s)
            low = mid + 1;
        else
            high = mid;
    }
    return (struct zone_segment){.start_s = low > 0 ? z->at_s[low - 1] : INT64_MIN,
                                 .end_s = low < z->n ? z->at_s[low] : INT64_MAX,
                                 .offset_s = low > 0 ? z->offset_s[low - 1] : z->first_offset_s};
}

struct zone_segment zone_at(const struct zone *z, int64_t utc_s)
{
    struct zone_segment s = in_table(z, utc_s);
    if (!z->has_rule || s.end_s != INT64_MAX)
        return s;
    struct zone_segment r = zone_rule_at(&z->rule, utc_s);
    if (s.start_s > r.start_s)
        r.start_s = s.start_s;
    return r;
}

static int64_t floor_s(int64_t ms)
{
    return ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
}

int64_t zone_local_ms(const struct zone *z, int64_t utc_ms)
{
    return utc_ms + (int64_t)zone_at(z, floor_s(utc_ms)).offset_s * 1000;
}

/* The segment in which the local time first comes, or the last one before the gap it lies in. */
static struct zone_segment first_segment(const struct zone *z, int64_t local_s, bool *is_in_gap)
{
    struct zone_segment s = zone_at(z, local_s - SPAN_S);
    *is_in_gap = false;
    while (s.end_s != INT64_MAX && local_s >= s.end_s + s.offset_s) {
        struct zone_segment next = zone_at(z, s.end_s);
        *is_in_gap = next.start_s + next.offset_s > local_s;
        if (*is_in_gap)
            break;
        s = next;
    }
    return s;
}

int64_t zone_resolve_ms(const struct zone *z, int64_t local_ms)
{
    bool is_in_gap;
    return local_ms - (int64_t)first_segment(z, floor_s(local_ms), &is_in_gap).offset_s * 1000;
}

int64_t zone_first_ms(const struct zone *z, int64_t local_ms)
{
    bool is_in_gap;
    struct zone_segment s = first_segment(z, floor_s(local_ms), &is_in_gap);
    return is_in_gap ? s.end_s * 1000 : local_ms - (int64_t)s.offset_s * 1000;
}
