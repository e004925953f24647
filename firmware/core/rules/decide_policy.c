/* decide_policy.c - a new policy: its version, the names that it brings, the teams whose hours it
 * changes. */
#include "core/policy/policy_number.h"
#include "core/rules/deciding.h"
#include <string.h>

_Static_assert(POLICY_NAMES_MAX <= EVENT_NAMES_MAX, "room for every name");

static enum err add_names(struct deciding *d, struct event *e)
{
    struct policy_names all, registered, fresh;
    enum err err = policy_number_load(d->t, &registered);
    if (err != ERR_OK)
        return err;
    policy_number_list(d->c->u.policy.compiled, &all);
    policy_number_fresh(&all, &registered, &fresh);
    e->u.policy.names = arena_alloc(d->a, fresh.n * sizeof fresh.items[0]);
    if (e->u.policy.names == NULL)
        return ERR_NO_MEMORY;
    e->u.policy.n_names = fresh.n;
    memcpy(e->u.policy.names, fresh.items, fresh.n * sizeof fresh.items[0]);
    return ERR_OK;
}

enum err decide_policy(struct deciding *d)
{
    struct event *e = verdict_add(d->v, EV_POLICY_ADOPTED, d->now_ms);
    e->u.policy.version = d->policy->version + 1;
    e->u.policy.document = d->c->u.policy.document;
    e->u.policy.moved_teams = policy_number_moved(d->policy, d->c->u.policy.compiled);
    return add_names(d, e);
}
