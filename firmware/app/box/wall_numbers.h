/* wall_numbers.h - the figures of the wall and of the trend, as the writer counted them.
 *
 * The writer fills one of these from the derived tables and gives it to the loop, which owns it
 * from then on and shows it until the next one comes.  Counts are cases unless said otherwise;
 * times ending in _ms are milliseconds since 1970, lengths of time too where they say so. */
#ifndef APP_WALL_NUMBERS_H
#define APP_WALL_NUMBERS_H
#include "base/id.h"
#include "core/policy/policy.h"
#include "core/record/counter.h"

/* Claims that screens and leases look at; more are counted, not listed. */
#define WALL_CLAIMS_MAX 512
/* Steps of COUNTER_BUCKET_MS: eight hours. */
#define WALL_TREND_STEPS 96

/* As of event `seq` and of at_ms.  lang and tz are the policy's; goal_share is 0 .. 1. */
struct wall_numbers {
    uint64_t seq;
    char lang[3], tz[64];
    int64_t at_ms;
    bool is_at_work;
    double goal_share;
    struct day_counter day;
    struct team_counter all;
    /* The case that has waited longest, and when its clock turns soon, at risk and late;
     * target_ms is a length of time. */
    bool has_oldest;
    struct {
        int64_t at_ms, soon_ms, risk_ms, due_ms, target_ms;
    } oldest;
    /* By the policy's number.  A retired team is shown while it has waiting cases, and can be
     * watched while it has any. */
    size_t n_teams;
    struct {
        char name[POLICY_WORD_MAX];
        bool is_retired;
        struct team_counter counter;
    } teams[POLICY_TEAMS_MAX];
    /* Who holds what, and for how long (a length of time) without a sign of work. */
    int64_t lease_ms;
    size_t n_claims;
    struct wall_claim {
        struct id kase, person;
    } claims[WALL_CLAIMS_MAX];
};

/* Step i begins at from_ms + i * COUNTER_BUCKET_MS; the last one is still filling. */
struct trend_numbers {
    int64_t from_ms;
    struct bucket_counter steps[WALL_TREND_STEPS];
};
#endif
