/* policy_number.c - four lists, one way: each element begins with its name. */
#include "core/policy/policy_number.h"
#include "core/triage/triage.h"
#include <stdlib.h>
#include <string.h>

#define LIST_MAX POLICY_TAGS_MAX /* of the longest */

_Static_assert(NUMBERED_NAME_MAX == POLICY_WORD_MAX - 1, "a name fits its word");
_Static_assert(POLICY_TEAMS_MAX <= 32, "a bit a team");
_Static_assert(offsetof(struct policy_team, name) == 0, "begins with its name");
_Static_assert(offsetof(struct policy_category, name) == 0, "begins with its name");
_Static_assert(offsetof(struct policy_plan, name) == 0, "begins with its name");

static const struct {
    size_t items, n, stride;
    uint16_t max;
    const char *path, *message;
} lists[NAME_N_KINDS] = {
    [NAME_TEAM] =
        {offsetof(struct policy, teams), offsetof(struct policy, n_teams),
         sizeof(struct policy_team), POLICY_TEAMS_MAX, "$.teams",
         "this box has had 32 teams, including those no longer in use: there is no room for"
         " a new name"},
    [NAME_CATEGORY] = {offsetof(struct policy, categories), offsetof(struct policy, n_categories),
                       sizeof(struct policy_category), POLICY_CATEGORIES_MAX, "$.categories",
                       "this box has had 128 categories, including those no longer in use: there is"
                       " no room for a new name"},
    [NAME_TAG] =
        {offsetof(struct policy, tags), offsetof(struct policy, n_tags), POLICY_WORD_MAX,
         POLICY_TAGS_MAX, "$.tags",
         "this box has had 256 tags, including those no longer in use: there is no room for"
         " a new name"},
    [NAME_PLAN] =
        {offsetof(struct policy, plans), offsetof(struct policy, n_plans),
         sizeof(struct policy_plan), POLICY_PLANS_MAX, "$.plans",
         "this box has had 16 plans, including those no longer in use: there is no room for"
         " a new name"},
};

struct numbering {
    uint16_t n[NAME_N_KINDS]; /* registered and new */
    struct slice names[NAME_N_KINDS][LIST_MAX];
    uint16_t map[NAME_N_KINDS][LIST_MAX]; /* place in the document -> number */
    bool is_live[NAME_N_KINDS][LIST_MAX]; /* by number */
    char *old;                            /* room for any list */
};

static const char *name_of(const struct policy *p, enum name_kind k, size_t i)
{
    return (const char *)p + lists[k].items + i * lists[k].stride;
}

static char *item_of(struct policy *p, enum name_kind k, size_t i)
{
    return (char *)p + lists[k].items + i * lists[k].stride;
}

static uint16_t count_of(const struct policy *p, enum name_kind k)
{
    uint16_t n;
    memcpy(&n, (const char *)p + lists[k].n, sizeof n);
    return n;
}

static void add_name(struct policy_names *l, enum name_kind k, uint16_t number, struct slice name)
{
    l->items[l->n++] = (struct numbered_name){.kind = k, .number = number, .name = name};
}

/* ERR_NOT_FOUND: the register has no (further) name of this kind. */
static enum err load_one(const struct tables *t, enum name_kind k, uint16_t number,
                         struct policy_names *out)
{
    struct record_key key = key_policy_name(k, number);
    struct slice name;
    enum err e = t->get(t->ctx, TABLE_POLICY, record_key_slice(&key), &name);
    if (e != ERR_OK)
        return e;
    if (name.n == 0 || name.n > NUMBERED_NAME_MAX)
        return ERR_CORRUPT;
    add_name(out, k, number, name);
    return ERR_OK;
}

enum err policy_number_load(const struct tables *t, struct policy_names *out)
{
    enum err e = ERR_OK;
    out->n = 0;
    for (int k = 0; k < NAME_N_KINDS && e == ERR_OK; k++) {
        for (uint16_t i = 0; i < lists[k].max && e == ERR_OK; i++)
            e = load_one(t, (enum name_kind)k, i, out);
        if (e == ERR_NOT_FOUND)
            e = ERR_OK;
    }
    return e;
}

void policy_number_list(const struct policy *p, struct policy_names *out)
{
    out->n = 0;
    for (int k = 0; k < NAME_N_KINDS; k++)
        for (uint16_t i = 0; i < count_of(p, (enum name_kind)k); i++)
            add_name(out, (enum name_kind)k, i, slice_of(name_of(p, (enum name_kind)k, i)));
}

void policy_number_fresh(const struct policy_names *all, const struct policy_names *registered,
                         struct policy_names *out)
{
    uint32_t n[NAME_N_KINDS] = {0};
    out->n = 0;
    for (uint32_t i = 0; i < registered->n; i++)
        n[registered->items[i].kind]++;
    for (uint32_t i = 0; i < all->n; i++)
        if (all->items[i].number >= n[all->items[i].kind])
            out->items[out->n++] = all->items[i];
}

/* The number of a name, its old one or the next; -1 when the list is full. */
static int number_of(struct numbering *x, enum name_kind k, struct slice name)
{
    for (uint16_t i = 0; i < x->n[k]; i++)
        if (slice_eq(x->names[k][i], name))
            return i;
    if (x->n[k] == lists[k].max)
        return -1;
    x->names[k][x->n[k]] = name;
    return x->n[k]++;
}

static bool map_list(struct numbering *x, const struct policy *p, enum name_kind k,
                     struct fault_list *faults)
{
    for (uint16_t i = 0; i < count_of(p, k); i++) {
        int number = number_of(x, k, slice_of(name_of(p, k, i)));
        if (number < 0) {
            fault_add(faults, lists[k].path, lists[k].message,
                      "reuse the name of one no longer in use");
            return false;
        }
        x->map[k][i] = (uint16_t)number;
    }
    return true;
}

/* Two of the same name: the first stands. */
static void move_list(struct numbering *x, struct policy *p, enum name_kind k)
{
    size_t stride = lists[k].stride, n_bytes = lists[k].max * stride;
    uint16_t n_old = count_of(p, k);
    memcpy(x->old, name_of(p, k, 0), n_bytes);
    memset(item_of(p, k, 0), 0, n_bytes);
    for (size_t i = 0; i < n_old; i++) {
        uint16_t number = x->map[k][i];
        if (!x->is_live[k][number])
            memcpy(item_of(p, k, number), x->old + i * stride, stride);
        x->is_live[k][number] = true;
    }
    for (uint16_t i = 0; i < x->n[k]; i++)
        if (!x->is_live[k][i])
            (void)slice_copy_z(x->names[k][i], item_of(p, k, i), POLICY_WORD_MAX);
    memcpy((char *)p + lists[k].n, &x->n[k], sizeof x->n[k]);
}

static void settle_teams(const struct numbering *x, struct policy *p)
{
    p->first_team = x->map[NAME_TEAM][0];
    const struct policy_team *first = &p->teams[p->first_team];
    for (uint16_t i = 0; i < p->n_teams; i++) {
        struct policy_team *t = &p->teams[i];
        t->is_retired = !x->is_live[NAME_TEAM][i];
        if (!t->is_retired)
            continue;
        t->hours = first->hours;
        t->goal_share = first->goal_share;
        memcpy(t->targets, first->targets, sizeof t->targets);
    }
}

static void settle_categories(const struct numbering *x, struct policy *p)
{
    p->first_category = x->map[NAME_CATEGORY][0];
    for (uint16_t i = 0; i < p->n_categories; i++) {
        struct policy_category *c = &p->categories[i];
        c->is_retired = !x->is_live[NAME_CATEGORY][i];
        c->team = c->is_retired ? p->first_team : x->map[NAME_TEAM][c->team];
        for (uint8_t t = 0; t < c->n_tags; t++)
            c->tags[t] = x->map[NAME_TAG][c->tags[t]];
    }
}

static void settle_rest(const struct numbering *x, struct policy *p)
{
    for (uint16_t i = 0; i < p->n_tags; i++)
        p->tag_is_retired[i] = !x->is_live[NAME_TAG][i];
    for (uint16_t i = 0; i < p->n_plans; i++)
        p->plans[i].is_retired = !x->is_live[NAME_PLAN][i];
}

static void numbering_free(struct numbering *x)
{
    if (x != NULL)
        free(x->old);
    free(x);
}

static struct numbering *numbering_new(const struct policy_names *registered)
{
    size_t room = 0;
    struct numbering *x = calloc(1, sizeof *x);
    for (int k = 0; k < NAME_N_KINDS; k++)
        room = lists[k].max * lists[k].stride > room ? lists[k].max * lists[k].stride : room;
    if (x == NULL || (x->old = malloc(room)) == NULL) {
        free(x);
        return NULL;
    }
    for (uint32_t i = 0; i < registered->n; i++) {
        const struct numbered_name *n = &registered->items[i];
        x->names[n->kind][x->n[n->kind]++] = n->name;
    }
    return x;
}

enum err policy_number_set(struct policy *p, const struct policy_names *registered,
                           struct fault_list *faults)
{
    struct numbering *x = numbering_new(registered);
    uint16_t n_categories = p->n_categories;
    enum err e = x != NULL ? ERR_OK : ERR_NO_MEMORY;
    for (int k = 0; k < NAME_N_KINDS && x != NULL; k++)
        if (!map_list(x, p, (enum name_kind)k, faults))
            e = ERR_INVALID;
    for (int k = 0; k < NAME_N_KINDS && e == ERR_OK; k++)
        move_list(x, p, (enum name_kind)k);
    if (e == ERR_OK) {
        settle_teams(x, p);
        settle_categories(x, p);
        settle_rest(x, p);
        triage_renumber(p->triage, x->map[NAME_CATEGORY], n_categories);
    }
    numbering_free(x);
    return e;
}

uint32_t policy_number_moved(const struct policy *before, const struct policy *next)
{
    uint32_t moved = 0;
    for (uint16_t i = 0; i < next->n_teams && i < before->n_teams; i++) {
        const struct policy_team *old = &before->teams[i], *new = &next->teams[i];
        if (!new->is_retired && (old->is_retired || !hours_equal(old->hours, new->hours)))
            moved |= UINT32_C(1) << i;
    }
    return moved;
}
