/* refusals.c - a ring of copies, each in an arena of its own. */
#include "app/writer/refusals.h"
#include <stdlib.h>
#include <string.h>

struct told {
    const char *detail, *hint, *gate;
};

struct kept {
    bool is_set;
    struct id person;
    uint8_t ref[16];
    struct arena arena;
    struct told told; /* in the arena */
};

struct refusals {
    size_t next;
    struct kept items[REFUSALS_MAX];
};

struct refusals *refusals_new(void)
{
    struct refusals *r = calloc(1, sizeof *r);
    for (size_t i = 0; r != NULL && i < REFUSALS_MAX; i++)
        arena_init(&r->items[i].arena, 0);
    return r;
}

void refusals_free(struct refusals *r)
{
    for (size_t i = 0; r != NULL && i < REFUSALS_MAX; i++)
        arena_fini(&r->items[i].arena);
    free(r);
}

static const char *copy_z(struct arena *a, const char *z)
{
    return z != NULL ? arena_copy_z(a, slice_of(z)) : NULL;
}

static struct told copy(struct arena *a, const struct told *from)
{
    return (struct told){.detail = copy_z(a, from->detail),
                         .hint = copy_z(a, from->hint),
                         .gate = copy_z(a, from->gate)};
}

static void keep(struct refusals *r, const struct job_item *item)
{
    struct kept *k = &r->items[r->next];
    r->next = (r->next + 1) % REFUSALS_MAX;
    arena_fini(&k->arena);
    arena_init(&k->arena, 0);
    k->is_set = true;
    k->person = item->command.u.kase.person;
    memcpy(k->ref, item->command.u.kase.ref, sizeof k->ref);
    const struct told told = {item->detail, item->hint, item->gate};
    k->told = copy(&k->arena, &told);
}

/* A command's own first refusal: what a reused ref is told belongs to no command. */
static bool is_told_first(const struct job_item *item)
{
    return !item->is_bad && item->outcome == JOB_REFUSED && item->command.type == CMD_CASE &&
           !item->is_repeat && item->refusal != REFUSAL_REF_REUSED;
}

void refusals_keep(struct refusals *r, const struct job *j)
{
    for (size_t i = 0; r != NULL && j->error == ERR_OK && i < j->n; i++)
        if (is_told_first(&j->items[i]))
            keep(r, &j->items[i]);
}

void refusals_repeat(const struct refusals *r, struct job *j, struct job_item *item)
{
    const struct cmd_case *c = &item->command.u.kase;
    for (size_t i = 0; r != NULL && i < REFUSALS_MAX; i++) {
        const struct kept *k = &r->items[i];
        if (!k->is_set || !id_eq(k->person, c->person) ||
            memcmp(k->ref, c->ref, sizeof k->ref) != 0)
            continue;
        const struct told told = copy(&j->arena, &k->told);
        item->detail = told.detail;
        item->hint = told.hint;
        item->gate = told.gate;
        return;
    }
}
