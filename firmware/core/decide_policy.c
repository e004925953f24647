/* decide_policy.c - a new policy. */
#include "core/decide_internal.h"

enum err decide_policy(struct deciding *d)
{
    struct event *e = verdict_add(d->v, EV_POLICY_ADOPTED, d->now_ms);
    e->u.policy.version = d->policy->version + 1;
    e->u.policy.document = d->c->u.policy.document;
    return ERR_OK;
}
