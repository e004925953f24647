/* counter.h - the few numbers that screens show, kept by apply so that nobody ever scans the
 * backlog. */
#ifndef CORE_COUNTER_H
#define CORE_COUNTER_H
#include "core/record/record.h"

#define COUNTER_BUCKET_MS 300000 /* the trend's step: five minutes */
#define COUNTER_TEAM_ALL 0xffff

struct team_counter {            /* of one team, or of all (COUNTER_TEAM_ALL) */
    int64_t waiting;             /* cases that owe an acknowledge or an answer */
    int64_t soon, at_risk, late; /* of the cases in the queue, by their worst clock */
    int64_t follow_ups;          /* owed */
    int64_t queued, parked, done, claimed;
};
struct day_counter { /* of one local day of the box */
    int64_t of, met; /* answer clocks: stopped or due on that day, and of those the ones that were
                        stopped by their due */
    int64_t arrived, answered, acknowledged, automatic, network_late;
};
struct bucket_counter { /* of COUNTER_BUCKET_MS, by UTC */
    int64_t arrived, answered;
    int64_t waiting; /* at the end of the bucket as far as it has come */
};
struct text_counter {    /* of one text that we wrote, by its keyed digest */
    int64_t n, since_ms; /* how often since when */
};

/* Absent counters read as zero. */
enum err counter_team(const struct tables *t, uint16_t team, struct team_counter *out);
enum err counter_day(const struct tables *t, uint32_t day, struct day_counter *out);
/* ERR_NOT_FOUND when nothing moved in it. */
enum err counter_bucket(const struct tables *t, int64_t at_ms, struct bucket_counter *out);
enum err counter_text(const struct tables *t, uint64_t key, struct text_counter *out);
/* The newest bucket at or before at_ms, for a series that was quiet; ERR_NOT_FOUND when there is
 * none.  However long the quiet was, some dozens of reads. */
enum err counter_bucket_before(const struct tables *t, int64_t at_ms, int64_t *bucket_ms,
                               struct bucket_counter *out);

/* For apply alone. */
enum err counter_add_team(const struct tables *t, uint16_t team, const struct team_counter *delta);
enum err counter_add_day(const struct tables *t, uint32_t day, const struct day_counter *delta);
/* arrived and answered are added, waiting is set. */
enum err counter_set_bucket(const struct tables *t, int64_t at_ms,
                            const struct bucket_counter *change);
enum err counter_set_text(const struct tables *t, uint64_t key, const struct text_counter *now);
/* Forgets buckets and texts that began before at_ms, and days before `day`. */
enum err counter_drop_before(const struct tables *t, int64_t at_ms, uint32_t day);
#endif
