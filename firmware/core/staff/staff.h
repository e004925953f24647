/* staff.h - how many agents an interval needs to answer within the target, and what a given number
 * achieves.  Pure.
 *
 * Erlang C: M/M/m; P(wait) from Erlang B by its recurrence; share = 1 - C exp(-(m - a) T / handle).
 * Erlang A: M/M/m+M (Palm): who waits gives up after an exponential patience; share counts who is
 * served within T, by the density of the wait (Zeltyn and Mandelbaum, 2005).
 * Async: each agent is one server for the turns of up to c conversations; a conversation alternates
 * between `handle` of work a turn and the customer's pause, which follows every turn but the last.
 * Who is done takes the customer who has waited longest, in hand or new.  What an agent with n
 * conversations completes comes from exact mean value analysis (Reiser and Lavenberg, 1980).  The
 * wait of a new customer is that for a free place, from a birth-death chain with these rates and
 * conversations spread evenly, and then that for an idle agent: Erlang C over all turns. */
#ifndef CORE_STAFF_H
#define CORE_STAFF_H
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

enum staff_model { STAFF_ERLANG_C, STAFF_ERLANG_A, STAFF_ASYNC };

#define STAFF_AGENTS_MAX 20000

struct staff_question {
    enum staff_model model;
    double arrivals, interval_min; /* conversations (async) or contacts in the interval */
    double handle_min;             /* of a contact; of a turn in async */
    double target_min, target_share;
    double max_occupancy; /* 0 < .. <= 1 */
    double shrinkage;     /* 0 <= .. < 1 */
    double patience_min;  /* Erlang A: mean */
    int concurrency;      /* async: conversations an agent holds at once, 1 .. 50 */
    double turns,
        pause_min; /* async: mean turns of a conversation (>= 1), mean pause of the customer */
};

struct staff_answer {
    int agents, scheduled; /* scheduled = ceil(agents / (1 - shrinkage)) */
    double load_erlang;
    double share, occupancy, wait_probability;
    double mean_wait_min; /* infinite when the queue grows without end */
    double abandon_share; /* Erlang A */
    double
        turn_min; /* async: from a customer's turn to our answer, the agent at full concurrency */
    bool is_stable;
};

/* What `agents` achieve; 0 of them do where nothing arrives.  ERR_RANGE: a number outside its
 * range. */
enum err staff_achieved(const struct staff_question *q, int agents, struct staff_answer *out);
/* The least number that meets target_share and max_occupancy.  ERR_RANGE also when STAFF_AGENTS_MAX
 * do not. */
enum err staff_needed(const struct staff_question *q, struct staff_answer *out);

struct staff_simulated {
    double share, mean_wait_min, occupancy;
    uint64_t n_conversations, n_waiting_at_end;
};
/* Async by discrete events: exponential work and pauses, geometric turns.  The wait ends when an
 * agent begins with the first turn.  ERR_FULL: 65,536 wait; *out then tells of what was until then.
 */
enum err staff_simulate(const struct staff_question *q, int agents, double hours, uint64_t seed,
                        struct staff_simulated *out);
#endif
