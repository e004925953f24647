/* sla.h - starting and measuring clocks by policy.  Pure; decide calls it and puts the results into
 * events. */
#ifndef CORE_SLA_H
#define CORE_SLA_H
#include "core/policy/policy.h"
#include "core/record/event.h"

/* Starts clock `k` of a case at start_ms by the targets of its team, level and plan; what has
 * passed before now_ms is marked is_network when it was late already on arrival (now_ms > due_ms).
 * No target: *out is not running, ERR_OK. ERR_RANGE: the hours give no such time. */
enum err sla_start(struct clock *out, const struct policy *p, const struct case_rec *c,
                   enum clock_kind k, int64_t start_ms, int64_t now_ms);
/* A running clock under the hours as they are now: from its own start, by its own target.  One that
 * is recorded as late stays, as does one whose hours give no such time.  False: nothing changed. */
bool sla_recompute(struct clock *clock, const struct policy *p, const struct case_rec *c,
                   int64_t now_ms);
/* The level, team or plan of the case has changed: a running clock that is not late yet takes its
 * new target, counted from its start as before; its crossings are found anew.  Without a target in
 * the policy it keeps the old one. */
enum err sla_retarget(struct clock *clock, const struct policy *p, const struct case_rec *c,
                      enum clock_kind k);
/* The clock stands still from at_ms on: the customer's turn.  What does not run, or stands already,
 * stays as it is. */
void sla_pause(struct clock *clock, const struct policy *p, const struct case_rec *c,
               int64_t at_ms);
/* And counts again from at_ms on: the thresholds that are still ahead move.  ERR_RANGE, as above.
 */
enum err sla_go_on(struct clock *clock, const struct policy *p, const struct case_rec *c,
                   int64_t at_ms);
/* Fills the stop of a running clock (EV_CLOCK_STOPPED) and clears it. */
void sla_stop(struct clock *clock, enum clock_kind k, const struct policy *p,
              const struct case_rec *c, int64_t stopped_ms, enum stop_cause cause,
              struct event *out);
/* The phase of a clock at an instant. */
enum phase sla_phase(const struct clock *clock, int64_t at_ms);
/* rank = due of the first clock less the head start of the level, pushed back when stale (design:
 * earliest promise first alone would put a new emergency behind everything late).  Stale: `due` is
 * more than stale_ms in the past. */
int64_t sla_rank(const struct policy *p, const struct case_rec *c, int64_t now_ms);
/* The box's local day (days since 1970-01-01) and hour of an instant. */
uint32_t sla_day(const struct policy *p, int64_t at_ms, uint8_t *hour);
#endif
