/* policy_compile.c - a policy document over the default policy: what it leaves out stays as there.
 */
#include "core/policy/policy_compile.h"
#include <stdlib.h>
#include <string.h>

static void read_plan(struct compiling *c, const struct policy_node *n)
{
    static const char *const names[] = {"name", "level_min", "acknowledge_minutes",
                                        "answer_minutes", NULL};
    struct policy_plan *plan = &c->p->plans[c->p->n_plans++];
    memset(plan, 0, sizeof *plan);
    policy_only(n, names);
    policy_name(n, "a plan needs a name", "for example \"premium\"", plan->name, sizeof plan->name);
    if (plan->name[0] != '\0' && policy_find_plan(c->p, slice_of(plan->name)) + 1 != c->p->n_plans)
        policy_fault(n, "name", "duplicate plan name", "rename one");
    int level = policy_choice(n, "level_min", policy_level_names, "unknown level");
    plan->level_min = level < 0 ? LEVEL_LOW : (enum level)level;
    (void)policy_whole(n, "acknowledge_minutes", 0, POLICY_TARGET_MINUTES_MAX,
                       &plan->acknowledge_minutes);
    (void)policy_whole(n, "answer_minutes", 0, POLICY_TARGET_MINUTES_MAX, &plan->answer_minutes);
}

static void read_plans(struct compiling *c, const struct policy_node *doc)
{
    struct policy_node list = policy_node_array(doc, "plans"), e = {0};
    for (size_t i = 0; policy_next(&list, POLICY_PLANS_MAX, &i, &e);) {
        if (!json_is_object(e.json))
            policy_fault(&e, NULL, "expected an object", "write {\"name\":…}");
        else
            read_plan(c, &e);
    }
}

/* The wall's day is that of the first team. */
static void set_box_hours(struct compiling *c, const struct policy_node *doc)
{
    const struct cJSON *hours = json_get(json_first(json_get(doc->json, "teams")), "hours");
    struct fault_list ignored = {0};
    struct hours *compiled;
    if (!json_is_object(hours))
        return;
    enum err e = hours_parse(hours, "$", c->zones, &ignored, &compiled);
    if (e == ERR_NO_MEMORY)
        c->err = e;
    if (e == ERR_OK) {
        hours_free(c->p->box_hours);
        c->p->box_hours = compiled;
        struct slice tz = slice_of("UTC");
        (void)json_get_string(hours, "tz", &tz);
        (void)slice_copy_z(tz, c->p->tz, sizeof c->p->tz);
    }
    fault_free(&ignored);
}

static void read_document(struct compiling *c, const struct policy_node *doc)
{
    static const char *const names[] = {"name",
                                        "lang",
                                        "teams",
                                        "categories",
                                        "tags",
                                        "plans",
                                        "words",
                                        "moves",
                                        "networks",
                                        "limits",
                                        "goal",
                                        "head_start_min",
                                        "stale_hours",
                                        "stale_push_hours",
                                        "lease_min",
                                        "quiet_hours",
                                        "close_hours",
                                        "reopen_days",
                                        "retain_days",
                                        "tag_needed",
                                        "signature",
                                        "greeting",
                                        "follow_up",
                                        "forbidden",
                                        "public_identifiers",
                                        "automatic_stops_acknowledge",
                                        "$schema",
                                        NULL};
    policy_only(doc, names);
    policy_read_top(c, doc);
    policy_read_teams(c, doc);
    policy_read_categories(c, doc);
    read_plans(c, doc);
    policy_read_words(c, doc);
    policy_read_moves(c, doc);
    policy_read_networks(c, doc);
    policy_read_limits(c, doc);
    policy_read_numbers(c, doc);
    policy_lint(c, doc);
    for (int t = 0; t < c->p->n_teams; t++)
        if (c->p->teams[t].goal_share == 0)
            c->p->teams[t].goal_share = c->p->goal_share;
}

static enum err compile(struct compiling *c, const struct policy_node *doc)
{
    size_t before = fault_count(c->faults);
    read_document(c, doc);
    if (c->err != ERR_OK)
        return c->err;
    if (fault_count(c->faults) != before)
        return ERR_INVALID;
    set_box_hours(c, doc);
    return c->err != ERR_OK ? c->err : triage_new(c->words, c->n_words, &c->p->triage);
}

enum err policy_compile(const struct cJSON *document, const struct zone_source *zones,
                        struct fault_list *faults, struct policy **out)
{
    struct policy_node doc = {.json = document, .path = "$", .faults = faults};
    struct compiling c = {.zones = zones, .faults = faults};
    enum err e = ERR_NO_MEMORY;
    *out = NULL;
    if (!json_is_object(document)) {
        policy_fault(&doc, NULL, "expected an object", "write {\"name\":…}");
        return ERR_INVALID;
    }
    c.p = policy_without_triage();
    c.words = calloc(POLICY_WORDS_MAX, sizeof *c.words);
    c.folded = calloc(POLICY_WORDS_MAX, sizeof *c.folded);
    if (c.p != NULL && c.words != NULL && c.folded != NULL)
        e = compile(&c, &doc);
    free(c.words);
    free(c.folded);
    if (e != ERR_OK)
        policy_free(c.p);
    else
        *out = c.p;
    return e;
}
