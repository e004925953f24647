/* decide_internal.h - what the files of decide share. */
#ifndef CORE_DECIDE_INTERNAL_H
#define CORE_DECIDE_INTERNAL_H
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

enum err decide_mention(struct deciding *d);
enum err decide_reply_seen(struct deciding *d);
enum err decide_timers(struct deciding *d);
enum err decide_case(struct deciding *d);
enum err decide_policy(struct deciding *d);
enum err decide_recompute(struct deciding *d);
enum err decide_lease_ended(struct deciding *d);
/* Deeds on a case that decide_case found allowed; each refuses by itself what the table cannot
 * see. */
enum err deed_reply(struct deciding *d, struct case_rec *c);
enum err deed_move(struct deciding *d, struct case_rec *c);
enum err deed_follow_up(struct deciding *d, struct case_rec *c);
enum err deed_wait(struct deciding *d, struct case_rec *c);
enum err deed_resolve(struct deciding *d, struct case_rec *c);
enum err deed_dismiss(struct deciding *d, struct case_rec *c);
enum err deed_merge(struct deciding *d, struct case_rec *c);
enum err deed_undo(struct deciding *d, struct case_rec *c);
/* A reply that nobody confirmed in time, or that a network refused: the case is back with its old
 * due times. */
enum err decide_reply_failed(struct deciding *d, struct case_rec *c);
enum err decide_reply_progress(struct deciding *d);

/* Which record a mention's identity has, by its own day and, when it has none or none is found, the
 * days before the arrival.  ERR_NOT_FOUND.  places: case and mention (or reply). */
enum err decide_find_mention(struct deciding *d, const struct dedupe_key *key, bool is_day_known,
                             struct id places[2]);
/* Follows merges; ERR_NOT_FOUND when the case is gone. */
enum err decide_load_live(struct deciding *d, struct id id, struct case_rec *out);
/* Forgets contacts that are no longer of the last days. */
void decide_drop_contacts(struct customer_rec *rec, int64_t now_ms);
/* Triage of the command's text, with what is known of its author and case (NULL: none yet). */
void decide_read_text(struct deciding *d, const struct customer_rec *rec, const struct case_rec *c,
                      struct triage_result *out);
/* A higher level by a further reading raises the case; a lower one never sinks it. */
enum err decide_raise_level(struct deciding *d, const struct triage_result *r, struct case_rec *c);
/* An edit or a deletion of the mention at places (case, mention). */
enum err decide_change(struct deciding *d, const struct id places[2]);
/* A deletion of what has not come yet: when it comes, it is a duplicate. */
enum err decide_bury(struct deciding *d);
/* Gives a case its rank by its first clock, and when it turns stale. */
void decide_rank(struct deciding *d, struct case_rec *c);
/* Running clocks take the targets of the case's level, team and plan as they are now. */
enum err decide_retarget(struct deciding *d, struct case_rec *c);
/* Stops clock k, when it runs, with an event. */
enum err decide_stop(struct deciding *d, struct case_rec *c, enum clock_kind k, int64_t at_ms,
                     enum stop_cause cause, struct id person);
enum err decide_stop_all(struct deciding *d, struct case_rec *c, int64_t at_ms,
                         enum stop_cause cause, struct id person);
/* Sets the state and what follows from it: place, since when, rank, how long it may be quiet; in
 * the customer's turn the resolve clock stands still. */
void decide_state(struct deciding *d, struct case_rec *c, enum case_state state);
/* While clocks are being brought under new hours: a case that changes is brought there first, as it
 * might be put where the pass has already been. */
enum err decide_catch_up(struct deciding *d, struct case_rec *c);
/* EV_CASE_CHANGED with c as it stands. */
enum err decide_put(struct deciding *d, const struct case_rec *c, enum cause cause, bool moves_seq,
                    struct id person);
#endif
