/* policy_compile.c - a policy document over the default policy: what it leaves out stays as there.
 */
#include "core/policy_compile.h"
#include "core/policy.h"
#include "core/triage.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX_OF_POLICY 4000
#define TARGET_MINUTES_MAX 525600

static const char *const level_names[] = {"low", "normal", "high", "urgent", NULL};
static const char *const clock_names[] = {"acknowledge", "answer", "resolve", "follow_up", NULL};

static void add_word(struct compiling *c, const struct policy_node *n, struct slice text,
                     double points, uint16_t category)
{
    size_t n_spaces = 0;
    for (size_t i = 0; i < text.n; i++)
        n_spaces += text.p[i] == ' ';
    if (text.n == 0 || text.n >= sizeof c->words[0].text || n_spaces > 4) {
        policy_fault(n, NULL, "a word is one to five words of at most 79 bytes", "shorten it");
        return;
    }
    if (c->n_words == WORDS_MAX_OF_POLICY) {
        policy_fault(n, NULL, "too many words", "a policy holds at most 4000");
        return;
    }
    struct triage_word *w = &c->words[c->n_words++];
    slice_copy_z(text, w->text, sizeof w->text);
    w->points = (int16_t)points;
    w->category = category;
}

/* ---- teams */

static void read_target(const struct policy_node *targets, int k, struct policy_team *t)
{
    const struct cJSON *j = targets->json != NULL ? json_get(targets->json, clock_names[k]) : NULL;
    double minutes;
    if (j == NULL)
        return;
    if (json_is_number(j)) {
        if (policy_number(targets, clock_names[k], 0, TARGET_MINUTES_MAX, &minutes))
            for (int l = 0; l < LEVEL_N; l++)
                t->targets[k][l].minutes = (int32_t)minutes;
        return;
    }
    struct policy_node by_level = policy_node_object(targets, clock_names[k]);
    if (by_level.json == NULL)
        return;
    policy_only(&by_level, level_names);
    for (int l = 0; l < LEVEL_N; l++)
        if (policy_number(&by_level, level_names[l], 0, TARGET_MINUTES_MAX, &minutes))
            t->targets[k][l].minutes = (int32_t)minutes;
}

static void read_always(const struct policy_node *team, struct policy_team *t)
{
    struct policy_node list = policy_node_array(team, "always");
    size_t i = 0;
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        bool is_known = false;
        for (int k = 0; k < CLOCK_N; k++)
            if (slice_eq_z(json_string(j), clock_names[k])) {
                is_known = true;
                for (int l = 0; l < LEVEL_N; l++)
                    t->targets[k][l].is_always = true;
            }
        if (!is_known)
            policy_fault(&e, NULL, "unknown clock", "one of acknowledge answer resolve follow_up");
    }
}

static void read_languages(const struct policy_node *team, struct policy_team *t)
{
    struct policy_node list = policy_node_array(team, "languages");
    size_t i = 0;
    if (list.json == NULL)
        return;
    memset(t->langs, 0, sizeof t->langs);
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        if (json_string(j).n != 2)
            policy_fault(&e, NULL, "a language is two letters", "for example \"es\"");
        else if (i >= 8)
            policy_fault(&e, NULL, "too many languages", "at most 8; leave the member out for all");
        else
            slice_copy_z(json_string(j), t->langs[i], sizeof t->langs[i]);
    }
}

static void read_hours(struct compiling *c, const struct policy_node *team, struct policy_team *t)
{
    struct policy_node hours = policy_node_object(team, "hours");
    struct hours *compiled;
    if (hours.json == NULL ||
        hours_parse(hours.json, hours.path, c->zones, c->faults, &compiled) != ERR_OK)
        return;
    hours_free(t->hours);
    t->hours = compiled;
}

static void read_team(struct compiling *c, const struct policy_node *n)
{
    static const char *const names[] = {"name", "languages", "hours", "targets", "always", NULL};
    struct policy_team *t = &c->p->teams[c->p->n_teams];
    memset(t, 0, sizeof *t);
    t->hours = hours_always();
    if (t->hours == NULL)
        return;
    memcpy(t->targets, c->p->teams[POLICY_TEAMS_MAX - 1].targets, sizeof t->targets);
    policy_only(n, names);
    policy_text(n, "name", t->name, sizeof t->name);
    if (t->name[0] == '\0')
        policy_fault(n, "name", "a team needs a name", "for example \"soporte\"");
    else if (policy_find_team(c->p, slice_of(t->name)) >= 0)
        policy_fault(n, "name", "two teams have this name", "rename one");
    c->p->n_teams++;
    read_languages(n, t);
    read_hours(c, n, t);
    struct policy_node targets = policy_node_object(n, "targets");
    policy_only(&targets, clock_names);
    for (int k = 0; k < CLOCK_N; k++)
        read_target(&targets, k, t);
    read_always(n, t);
}

static void read_teams(struct compiling *c, const struct policy_node *doc)
{
    struct policy_node list = policy_node_array(doc, "teams");
    size_t i = 0;
    if (list.json == NULL)
        return;
    /* The last place keeps the default targets while the teams are read. */
    memcpy(c->p->teams[POLICY_TEAMS_MAX - 1].targets, c->p->teams[0].targets,
           sizeof c->p->teams[0].targets);
    hours_free(c->p->teams[0].hours);
    c->p->n_teams = 0;
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        if (i + 1 >= POLICY_TEAMS_MAX) {
            policy_fault(&e, NULL, "too many teams", "at most 31");
            break;
        }
        if (!json_is_object(j))
            policy_fault(&e, NULL, "a team is an object", "write {\"name\":…}");
        else
            read_team(c, &e);
    }
    if (i == 0)
        policy_fault(&list, NULL, "there is no team",
                     "leave the member out for one team that is always at work");
}

/* ---- categories, tags, plans, words */

static void read_category_words(struct compiling *c, const struct policy_node *n, uint16_t number)
{
    struct policy_node list = policy_node_array(n, "words");
    size_t i = 0;
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        if (!json_is_string(j))
            policy_fault(&e, NULL, "a word is a text", "write it in double quotes");
        else
            add_word(c, &e, json_string(j), 0, number);
    }
}

static void read_category(struct compiling *c, const struct policy_node *n)
{
    static const char *const names[] = {"name", "team", "private", "needs_tag", "words", NULL};
    uint16_t number = c->p->n_categories++;
    struct policy_category *k = &c->p->categories[number];
    char team[POLICY_WORD_MAX] = "";
    memset(k, 0, sizeof *k);
    policy_only(n, names);
    policy_text(n, "name", k->name, sizeof k->name);
    if (k->name[0] == '\0')
        policy_fault(n, "name", "a category needs a name", "for example \"billing\"");
    else if (policy_find_category(c->p, slice_of(k->name)) != number)
        policy_fault(n, "name", "two categories have this name", "rename one");
    policy_text(n, "team", team, sizeof team);
    int found = team[0] != '\0' ? policy_find_team(c->p, slice_of(team)) : 0;
    if (found < 0)
        policy_fault(n, "team", "there is no such team", "name one of \"teams\"");
    k->team = (uint16_t)(found < 0 ? 0 : found);
    policy_flag(n, "private", &k->is_private);
    policy_flag(n, "needs_tag", &k->needs_tag);
    read_category_words(c, n, number);
}

static void read_categories(struct compiling *c, const struct policy_node *doc)
{
    struct policy_node list = policy_node_array(doc, "categories");
    size_t i = 0;
    if (list.json == NULL) {
        c->n_words = policy_default_words(c->words, WORDS_MAX_OF_POLICY);
        return;
    }
    c->p->n_categories = 0;
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        if (i == POLICY_CATEGORIES_MAX) {
            policy_fault(&e, NULL, "too many categories", "at most 128");
            return;
        }
        if (!json_is_object(j))
            policy_fault(&e, NULL, "a category is an object", "write {\"name\":…}");
        else
            read_category(c, &e);
    }
    if (c->p->n_categories == 0)
        policy_fault(&list, NULL, "there is no category",
                     "name at least one, or leave the member out");
}

static void read_level(const struct policy_node *n, const char *name, enum level *out)
{
    char word[16] = "";
    policy_text(n, name, word, sizeof word);
    if (word[0] != '\0' && level_parse(slice_of(word), out) != ERR_OK)
        policy_fault(n, name, "unknown level", "one of low normal high urgent");
}

static void read_plans(struct compiling *c, const struct policy_node *doc)
{
    static const char *const names[] = {"name", "level_min", "answer_minutes", NULL};
    struct policy_node list = policy_node_array(doc, "plans");
    size_t i = 0;
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        double minutes = 0;
        if (i == POLICY_PLANS_MAX) {
            policy_fault(&e, NULL, "too many plans", "at most 16");
            return;
        }
        struct policy_plan *plan = &c->p->plans[c->p->n_plans++];
        memset(plan, 0, sizeof *plan);
        if (!json_is_object(j)) {
            policy_fault(&e, NULL, "a plan is an object", "write {\"name\":…}");
            continue;
        }
        policy_only(&e, names);
        policy_text(&e, "name", plan->name, sizeof plan->name);
        if (plan->name[0] == '\0')
            policy_fault(&e, "name", "a plan needs a name", "for example \"premium\"");
        read_level(&e, "level_min", &plan->level_min);
        if (policy_number(&e, "answer_minutes", 0, TARGET_MINUTES_MAX, &minutes))
            plan->answer_minutes = (int32_t)minutes;
    }
}

static void read_urgency(struct compiling *c, const struct policy_node *lang_list)
{
    size_t i = 0;
    for (const struct cJSON *j = json_first(lang_list->json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(lang_list, j, i);
        const struct cJSON *word = json_first(j), *points = word != NULL ? json_next(word) : NULL;
        if (!json_is_array(j) || json_count(j) != 2 || !json_is_string(word) ||
            !json_is_number(points) || json_number(points) < -100 || json_number(points) > 100)
            policy_fault(&e, NULL, "a word of urgency is [\"words\", points]",
                         "points between -100 and 100");
        else
            add_word(c, &e, json_string(word), json_number(points), UINT16_MAX);
    }
}

static void read_words(struct compiling *c, const struct policy_node *doc)
{
    static const char *const kinds[] = {"urgency", NULL};
    static const char *const langs[] = {"es", "en", "pt", NULL};
    struct policy_node words = policy_node_object(doc, "words");
    policy_only(&words, kinds);
    struct policy_node urgency = policy_node_object(&words, "urgency");
    policy_only(&urgency, langs);
    for (size_t l = 0; langs[l] != NULL; l++) {
        struct policy_node list = policy_node_array(&urgency, langs[l]);
        read_urgency(c, &list);
    }
}

static enum err compile_triage(struct compiling *c)
{
    struct triage *t;
    if (c->n_words == 0)
        return ERR_OK;
    enum err e = triage_new(c->words, c->n_words, &t);
    if (e != ERR_OK)
        return e;
    triage_free(c->p->triage);
    c->p->triage = t;
    return ERR_OK;
}

/* The wall's day is that of the first team. */
static enum err set_box_hours(struct compiling *c, const struct policy_node *doc)
{
    const struct cJSON *teams = json_get(doc->json, "teams");
    const struct cJSON *hours = json_is_array(teams) && json_first(teams) != NULL
                                    ? json_get(json_first(teams), "hours")
                                    : NULL;
    struct fault_list ignored = {0};
    struct hours *compiled;
    if (hours == NULL || !json_is_object(hours))
        return ERR_OK;
    if (hours_parse(hours, "$", c->zones, &ignored, &compiled) == ERR_OK) {
        hours_free(c->p->box_hours);
        c->p->box_hours = compiled;
    }
    fault_free(&ignored);
    return ERR_OK;
}

enum err policy_compile(const struct cJSON *document, const struct zone_source *zones,
                        struct fault_list *faults, struct policy **out)
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
    struct compiling c = {.zones = zones, .faults = faults};
    struct policy_node doc = {.json = document, .path = "$", .faults = faults};
    size_t before = fault_count(faults);
    *out = NULL;
    if (!json_is_object(document)) {
        policy_fault(&doc, NULL, "a policy is an object", "write {\"name\":…}");
        return ERR_INVALID;
    }
    c.p = policy_default();
    c.words = calloc(WORDS_MAX_OF_POLICY, sizeof *c.words);
    enum err e = c.p != NULL && c.words != NULL ? ERR_OK : ERR_NO_MEMORY;
    if (e == ERR_OK) {
        policy_only(&doc, names);
        read_teams(&c, &doc);
        read_categories(&c, &doc);
        read_plans(&c, &doc);
        read_words(&c, &doc);
        policy_read_moves(&c, &doc);
        policy_read_networks(&c, &doc);
        policy_read_limits(&c, &doc);
        policy_read_numbers(&c, &doc);
        policy_read_top(&c, &doc);
        e = set_box_hours(&c, &doc);
    }
    if (e == ERR_OK && fault_count(faults) == before)
        e = compile_triage(&c);
    else if (e == ERR_OK)
        e = ERR_INVALID;
    free(c.words);
    if (e != ERR_OK)
        policy_free(c.p);
    else
        *out = c.p;
    return e;
}
