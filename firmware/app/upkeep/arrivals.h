/* arrivals.h - how much arrives in each hour of the week, from the roll-ups of clocks that stopped.
 *
 * A roll-up knows when clocks stopped and how long they had run; arrivals are set back by the mean
 * of that.  What was dismissed or still waits is not in it.  The first and the last day are partial
 * and left out where there are more than two. */
#ifndef APP_ARRIVALS_H
#define APP_ARRIVALS_H
#include "app/upkeep/work.h"
#include "base/json.h"
#include "core/record/table.h"

#define ARRIVALS_HOURS 168

/* Days are the box's local ones since 1970-01-01; first > last = none.  Sums over these days,
 * Monday 00:00 first: cases that came up (their acknowledge clocks), and turns of customers (answer
 * clocks). */
struct arrivals {
    int64_t first_day, last_day;
    double conversations[ARRIVALS_HOURS], contacts[ARRIVALS_HOURS];
};

/* team < 0: all.  Errors of the tables. */
enum err arrivals_read(const struct tables *t, int team, struct arrivals *out);
/* How many of its days are that weekday; 0 = Monday. */
int arrivals_days(const struct arrivals *a, int weekday);
/* {"first_day","last_day","conversations":[168],"contacts":[168]} as members; ERR_INVALID. */
void arrivals_put(const struct arrivals *a, struct json_out *o);
enum err arrivals_get(const struct cJSON *j, struct arrivals *out);
/* On the work thread.  argument: the team's number, "" = all. */
void work_arrivals(struct box *b, struct work_job *w);
#endif
