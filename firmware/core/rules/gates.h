/* gates.h - rules that may refuse a reply before it leaves, each with its reason and its way out.
 * Pure.
 *
 * Order: dm_not_allowed, invalid, too_long, too_many_posts, personal_data, open_ticket,
 * second_move, forbidden_word, repeated_text.  A lead may pass the gates of gate_may_override with
 * a reason. */
#ifndef CORE_GATES_H
#define CORE_GATES_H
#include "core/rules/deciding.h"
#include "core/text/compose.h"

struct draft {
    bool is_direct, is_follow_up;
    bool is_by_policy; /* the policy's own sentence: may be sent to many */
    enum route route;  /* sends the customer there; ROUTE_NONE: nowhere */
    struct slice text;
    struct composed composed; /* what leaves; filled by gates_check */
    uint32_t n_repeats;       /* of this text so far, since repeats_ms; filled by gates_check */
    int64_t repeats_ms;
};

/* Fills `r` and leaves d->v without a refusal when all gates are passed; else the refusal names its
 * gate and offers what would pass.  ERR_NO_MEMORY and the tables' errors. */
enum err gates_check(struct deciding *d, const struct case_rec *c, struct draft *r);

/* Where a reply's words send the customer ("escríbenos por DM", "call us"); ROUTE_NONE: nowhere. */
enum route gates_route_asked(struct slice text);

/* Which of a policy's two texts this customer is written: 0 Spanish, 1 English; the policy's own
 * language when theirs is neither. */
int gates_lang(const struct deciding *d, const struct case_rec *c);

/* True when the command is a lead's, names this gate and has a reason; notes it in d->passed. */
bool gates_override(struct deciding *d, enum refusal gate);
/* EV_GATE_OVERRIDDEN for each gate that was passed; reply none: an end without its follow-up. */
enum err gates_note_overrides(struct deciding *d, struct id kase, struct id reply);
/* Refuses with the gate's own name. */
enum err gates_refuse(struct deciding *d, enum refusal gate, const char *message, const char *hint);
#endif
