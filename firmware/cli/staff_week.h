/* staff_week.h - the staffing question asked for each hour of the week, with the box's own
 * arrivals. */
#ifndef CLI_STAFF_WEEK_H
#define CLI_STAFF_WEEK_H
#include "app/upkeep/arrivals.h"
#include "core/staff/staff.h"

/* From the running box, else from its file under the lock.  team: a number or NULL.  Prints why
 * not; returns the exit status. */
int staff_week_load(const char *dir, const char *team, struct arrivals *out);
/* Prints 168 lines {"day","hour","days","arrivals","agents","scheduled","share","occupancy",
 * "with_one_fewer":{"share","mean_wait_min"}}, Monday 0:00 first, and writes the members of a
 * summary to `out`.  Agents are null where no number does,
 * and on days of the week that the roll-ups do not know yet. */
void staff_week_print(const struct arrivals *a, const struct staff_question *q,
                      struct json_out *out);
#endif
