/* leases.c - see the header. */
#include "app/loop/leases.h"

#define ASK_AGAIN_MS 10000

static const struct lease *find(const struct leases *l, const struct wall_claim *c)
{
    for (size_t i = 0; i < l->n; i++)
        if (id_eq(l->items[i].kase, c->kase) && id_eq(l->items[i].person, c->person))
            return &l->items[i];
    return NULL;
}

void leases_take(struct leases *l, const struct wall_numbers *w, int64_t mono_ms)
{
    struct leases next = {.n = w->n_claims};
    for (size_t i = 0; i < next.n; i++) {
        const struct lease *old = find(l, &w->claims[i]);
        next.items[i] = old != NULL ? *old
                                    : (struct lease){.kase = w->claims[i].kase,
                                                     .person = w->claims[i].person,
                                                     .ends_ms = mono_ms + w->lease_ms};
    }
    *l = next;
}

void leases_renew(struct leases *l, struct id person, int64_t lease_ms, int64_t mono_ms)
{
    for (size_t i = 0; i < l->n; i++)
        if (id_eq(l->items[i].person, person))
            l->items[i].ends_ms = mono_ms + lease_ms;
}

void leases_tick(struct leases *l, struct box *b, int64_t mono_ms)
{
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].ends_ms > mono_ms)
            continue;
        struct job *j = job_new(JOB_NOBODY, 1);
        if (j == NULL)
            return;
        l->items[i].ends_ms = mono_ms + ASK_AGAIN_MS;
        j->items[0].command.type = CMD_LEASE_ENDED;
        j->items[0].command.u.lease.kase = l->items[i].kase;
        j->items[0].command.u.lease.person = l->items[i].person;
        if (box_ask(b, j) != ERR_OK)
            job_free(j);
    }
}
