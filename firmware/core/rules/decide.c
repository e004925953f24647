/* decide.c - the table: one function a type of command. */
#include "core/rules/decide.h"
#include "core/rules/deciding.h"

static enum err (*const deciders[])(struct deciding *) = {
    [CMD_MENTION] = decide_mention,
    [CMD_REPLY_SEEN] = decide_reply_seen,
    [CMD_TIMERS] = decide_timers,
    [CMD_CASE] = decide_case,
    [CMD_REPLY_PROGRESS] = decide_reply_progress,
    [CMD_LEASE_ENDED] = decide_lease_ended,
    [CMD_DEVICE_ADD] = decide_device,
    [CMD_DEVICE_REVOKE] = decide_device,
    [CMD_POLICY_ADOPT] = decide_policy,
    [CMD_CUSTOMER_ERASE] = decide_erase,
    [CMD_CHECKPOINTED] = decide_checkpointed,
    [CMD_RETAIN] = decide_retain,
    [CMD_RECOMPUTE] = decide_recompute,
};

enum err decide(const struct rulebook *rb, const struct tables *t, const struct command *c,
                int64_t now_ms, struct arena *a, struct verdict *v)
{
    struct deciding d = {.policy = rb->policy, .t = t, .c = c, .now_ms = now_ms, .a = a, .v = v};
    verdict_init(v);
    return deciders[c->type](&d);
}
