/* policy_teams.c - teams: hours, languages, targets. */
#include "core/policy/policy_compile.h"
#include <stdio.h>
#include <string.h>

static const char *const clock_names[] = {"acknowledge", "answer", "resolve", "follow_up", NULL};

static void read_target(const struct policy_node *targets, int k, struct policy_team *t)
{
    const struct cJSON *j = targets->json != NULL ? json_get(targets->json, clock_names[k]) : NULL;
    int32_t minutes;
    if (j == NULL)
        return;
    if (!json_is_object(j)) {
        if (policy_whole(targets, clock_names[k], 0, POLICY_TARGET_MINUTES_MAX, &minutes))
            for (int l = 0; l < LEVEL_N; l++)
                t->targets[k][l].minutes = minutes;
        return;
    }
    struct policy_node by_level = policy_node_object(targets, clock_names[k]);
    policy_only(&by_level, policy_level_names);
    for (int l = 0; l < LEVEL_N; l++)
        (void)policy_whole(&by_level, policy_level_names[l], 0, POLICY_TARGET_MINUTES_MAX,
                           &t->targets[k][l].minutes);
}

static void read_always(const struct policy_node *team, struct policy_team *t)
{
    struct policy_node list = policy_node_array(team, "always"), e = {0};
    for (size_t i = 0; policy_next(&list, CLOCK_N, &i, &e);) {
        int k = 0;
        while (k < CLOCK_N && !slice_eq_z(json_string(e.json), clock_names[k]))
            k++;
        if (k == CLOCK_N)
            policy_unknown(&e, NULL, "unknown clock", json_string(e.json), clock_names);
        else if (t->targets[k][0].is_always)
            policy_fault(&e, NULL, "duplicate clock", "remove one");
        for (int l = 0; k < CLOCK_N && l < LEVEL_N; l++)
            t->targets[k][l].is_always = true;
    }
}

static bool is_language(struct slice s)
{
    return s.n == 2 && s.p[0] >= 'a' && s.p[0] <= 'z' && s.p[1] >= 'a' && s.p[1] <= 'z';
}

static bool is_recognised(struct slice s)
{
    return slice_eq_z(s, "es") || slice_eq_z(s, "en") || slice_eq_z(s, "pt") || slice_eq_z(s, "xx");
}

static void read_languages(const struct policy_node *team, struct policy_team *t)
{
    struct policy_node list = policy_node_array(team, "languages"), e = {0};
    for (size_t i = 0; policy_next(&list, sizeof t->langs / sizeof t->langs[0], &i, &e);) {
        struct slice s = json_string(e.json);
        bool is_there = false;
        for (size_t k = 0; k < i; k++)
            is_there |= s.n == 2 && slice_eq_z(s, t->langs[k]);
        if (!is_language(s))
            policy_fault(&e, NULL, "expected two lower-case letters", "for example \"es\"");
        else if (is_there)
            policy_fault(&e, NULL, "duplicate language", "remove one");
        else if (!is_recognised(s))
            policy_warn(&e, NULL, "the box never recognises this language",
                        "it recognises es, en and pt; all others are \"xx\"");
        slice_copy_z(s, t->langs[i], sizeof t->langs[i]);
    }
}

static void read_hours(struct compiling *c, const struct policy_node *team, struct policy_team *t)
{
    struct policy_node hours = policy_node_object(team, "hours");
    struct hours *compiled;
    if (hours.json == NULL)
        return;
    policy_no_null(&hours);
    enum err e = hours_parse(hours.json, hours.path, c->zones, c->faults, &compiled);
    if (e == ERR_NO_MEMORY)
        c->err = e;
    if (e != ERR_OK)
        return;
    hours_free(t->hours);
    t->hours = compiled;
}

static void read_team_name(struct compiling *c, const struct policy_node *n, struct policy_team *t)
{
    policy_name(n, "a team needs a name", "for example \"soporte\"", t->name, sizeof t->name);
    if (t->name[0] == '\0')
        return;
    if (policy_find_team(c->p, slice_of(t->name)) >= 0)
        policy_fault(n, "name", "duplicate team name", "rename one");
    if (strcmp(t->name, "*") == 0)
        policy_fault(n, "name", "\"*\" means all teams", "choose another name");
}

/* `defaults` are the targets of a team that names none. */
static void read_team(struct compiling *c, const struct policy_node *n,
                      const struct policy_target defaults[CLOCK_N][LEVEL_N])
{
    static const char *const names[] = {"name",   "languages", "hours", "targets",
                                        "always", "goal",      NULL};
    struct policy_team *t = &c->p->teams[c->p->n_teams];
    memset(t, 0, sizeof *t);
    t->hours = hours_always();
    if (t->hours == NULL) {
        c->err = ERR_NO_MEMORY;
        return;
    }
    memcpy(t->targets, defaults, sizeof t->targets);
    policy_only(n, names);
    read_team_name(c, n, t);
    c->p->n_teams++;
    read_languages(n, t);
    read_hours(c, n, t);
    struct policy_node targets = policy_node_object(n, "targets");
    policy_only(&targets, clock_names);
    for (int k = 0; k < CLOCK_N; k++)
        read_target(&targets, k, t);
    read_always(n, t);
    (void)policy_share(n, "goal", &t->goal_share);
}

void policy_read_teams(struct compiling *c, const struct policy_node *doc)
{
    struct policy_node list = policy_node_array(doc, "teams"), e = {0};
    struct policy_target defaults[CLOCK_N][LEVEL_N];
    if (list.json == NULL)
        return;
    memcpy(defaults, c->p->teams[0].targets, sizeof defaults);
    hours_free(c->p->teams[0].hours);
    c->p->n_teams = 0;
    for (size_t i = 0; policy_next(&list, POLICY_TEAMS_MAX, &i, &e);) {
        if (!json_is_object(e.json))
            policy_fault(&e, NULL, "expected an object", "write {\"name\":…}");
        else
            read_team(c, &e, defaults);
    }
    if (json_count(list.json) == 0)
        policy_fault(&list, NULL, "the list of teams is empty",
                     "add a team, or leave \"teams\" out for one that is always at work");
}
