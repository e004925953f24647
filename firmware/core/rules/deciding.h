/* deciding.h - what the files of decide share.  They stand on each other in this order, and call
 * only downwards: decide_steps, decide_find, decide_reading; then one file a kind of command;
 * decide.c, the table, on top.
 *
 * All here work on a struct deciding and a record of the caller's; ERR_NO_MEMORY, or the error of
 * the table that was read, leaves the verdict unusable. */
#ifndef CORE_DECIDING_H
#define CORE_DECIDING_H
#include "core/rules/decide.h"
#include "core/rules/sla.h"

struct triage_result;

struct deciding {
    const struct policy *policy;
    const struct tables *t;
    const struct command *c;
    int64_t now_ms;
    struct arena *a;
    struct verdict *v;
    uint64_t passed; /* gates that a lead passed: bits of enum refusal */
};

/* decide_steps.c */

/* Gives a case its rank by its first clock, and when it turns stale. */
void decide_rank(struct deciding *d, struct case_rec *c);
/* Stops clock k, when it runs, with an event. */
enum err decide_stop(struct deciding *d, struct case_rec *c, enum clock_kind k, int64_t at_ms,
                     enum stop_cause cause, struct id person);
enum err decide_stop_all(struct deciding *d, struct case_rec *c, int64_t at_ms,
                         enum stop_cause cause, struct id person);
/* Sets the state and what follows from it: place, since when, rank, how long it may be quiet; in
 * the customer's turn the resolve clock stands still. */
void decide_state(struct deciding *d, struct case_rec *c, enum case_state state);
/* Running clocks take the targets of the case's level, team and plan as they are now. */
enum err decide_retarget(struct deciding *d, struct case_rec *c);
/* Brings running clocks under the hours in force, when the case's team is one of `teams` (bits);
 * false: nothing changed. */
bool decide_under_new_hours(struct deciding *d, uint32_t teams, struct case_rec *c);
/* EV_CASE_CHANGED with c as it stands.  While a pass brings clocks under new hours, the case is
 * brought there first: it might be put where the pass has already been. */
enum err decide_put(struct deciding *d, const struct case_rec *c, enum cause cause, bool moves_seq,
                    struct id person);

/* decide_find.c: each ERR_NOT_FOUND when there is none, and then *out is unspecified. */

/* Which record a mention's identity has, by its own day and, when it has none or none is found, the
 * days before the arrival.  places: case and mention (or reply). */
enum err decide_find_mention(struct deciding *d, const struct dedupe_key *key, bool is_day_known,
                             struct id places[2]);
/* Follows merges; ERR_NOT_FOUND also when the case is gone. */
enum err decide_load_live(struct deciding *d, struct id id, struct case_rec *out);
/* Who wrote the mention.  Never ERR_NOT_FOUND: *is_new, with the id that came with the command. */
enum err decide_find_customer(struct deciding *d, struct id *id, struct customer_rec *rec,
                              bool *is_new);
/* The case that this mention belongs to: by thread, else the customer's open one. */
enum err decide_find_case(struct deciding *d, struct id customer, const struct customer_rec *rec,
                          struct case_rec *out);
/* The number of the mention's channel; an unknown one is added, with its event.  ERR_RANGE: there
 * is no number left. */
enum err decide_find_channel(struct deciding *d, uint16_t *number);
/* ERR_OK: a deletion of this mention came before it. */
enum err decide_find_buried(struct deciding *d);
/* The case that our own post answers. */
enum err decide_find_answered(struct deciding *d, struct case_rec *c);

/* decide_reading.c */

/* When the mention was written, clamped to [arrival - 24 h, arrival]; UTC. */
int64_t decide_start_of(struct deciding *d);
/* The plan that comes with the mention, else the one that is known: 1 .. n_plans, 0 = none. */
uint8_t decide_plan_of(struct deciding *d, const struct customer_rec *rec);
/* Forgets contacts that are no longer of the last days. */
void decide_drop_contacts(struct customer_rec *rec, int64_t now_ms);
/* Triage of the command's text, with what is known of its author and case (NULL: none yet). */
void decide_read_text(struct deciding *d, const struct customer_rec *rec, const struct case_rec *c,
                      struct triage_result *out);
void decide_copy_reading(const struct triage_result *r, struct case_rec *c);
/* A higher level by a further reading raises the case; a lower one never sinks it. */
enum err decide_raise_level(struct deciding *d, const struct triage_result *r, struct case_rec *c);

/* One function a kind of command. */

enum err decide_mention(struct deciding *d);
enum err decide_reply_seen(struct deciding *d);
/* An edit or a deletion of the mention at places (case, mention). */
enum err decide_change(struct deciding *d, const struct id places[2]);
/* A deletion of what has not come yet: when it comes, it is a duplicate. */
enum err decide_bury(struct deciding *d);
enum err decide_timers(struct deciding *d);
enum err decide_case(struct deciding *d);
enum err decide_policy(struct deciding *d);
enum err decide_recompute(struct deciding *d);
enum err decide_lease_ended(struct deciding *d);
/* A reply that nobody confirmed in time, or that a network refused: the case is back with its old
 * due times. */
enum err decide_reply_failed(struct deciding *d, struct case_rec *c);
enum err decide_reply_progress(struct deciding *d);
enum err decide_device(struct deciding *d);
enum err decide_erase(struct deciding *d);
enum err decide_checkpointed(struct deciding *d);
enum err decide_retain(struct deciding *d);

/* Actions on a case that decide_case found allowed; each refuses by itself what the table cannot
 * see. */
enum err action_reply(struct deciding *d, struct case_rec *c);
enum err action_move(struct deciding *d, struct case_rec *c);
enum err action_follow_up(struct deciding *d, struct case_rec *c);
enum err action_wait(struct deciding *d, struct case_rec *c);
enum err action_resolve(struct deciding *d, struct case_rec *c);
enum err action_dismiss(struct deciding *d, struct case_rec *c);
enum err action_merge(struct deciding *d, struct case_rec *c);
enum err action_undo(struct deciding *d, struct case_rec *c);
#endif
