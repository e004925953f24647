/* fuzz_policy.c - any document is a policy or a list of faults, never both and never neither; a
 * policy is one that the rulebook can index, and a fault is one line. */
#include "base/json.h"
#include "base/utf8.h"
#include "core/policy/policy.h"
#include "core/triage/triage.h"
#include "fuzz.h"

static void check_line(const char *z)
{
    struct slice s = slice_of(z);
    must(utf8_valid(s));
    for (size_t i = 0; i < s.n; i++)
        must((unsigned char)z[i] >= ' ' && z[i] != 0x7f);
}

static void check_policy(const struct policy *p)
{
    struct triage_result r;
    must(p->n_teams > 0 && p->n_teams <= POLICY_TEAMS_MAX);
    must(p->n_categories > 0 && p->n_categories <= POLICY_CATEGORIES_MAX);
    must(p->n_tags <= POLICY_TAGS_MAX && p->n_plans <= POLICY_PLANS_MAX);
    must(p->box_hours != NULL && p->triage != NULL && p->lease_ms > 0 && p->send_ms > 0);
    for (int t = 0; t < p->n_teams; t++) {
        must(p->teams[t].hours != NULL && p->teams[t].name[0] != '\0');
        must(p->teams[t].goal_share > 0 && p->teams[t].goal_share <= 1);
        must(policy_find_team(p, slice_of(p->teams[t].name)) == t);
    }
    for (int c = 0; c < p->n_categories; c++) {
        must(p->categories[c].team < p->n_teams);
        for (int k = 0; k < p->categories[c].n_tags; k++)
            must(p->categories[c].tags[k] < p->n_tags);
    }
    triage_text(p->triage, slice_of("no tengo internet, ¿me ayudáis?"), slice_of("es"), NULL, &r);
    must(r.category == UINT16_MAX || r.category < p->n_categories);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct fault_list faults = {0};
    struct cJSON *j;
    struct json_error e;
    struct policy *p = NULL;
    if (json_parse(slice_make(data, n), &json_limits_frame, &j, &e) != ERR_OK)
        return 0;
    enum err err = policy_compile(j, &no_zones, &faults, &p);
    must((err == ERR_OK) == (p != NULL) && (err == ERR_OK) == (fault_count(&faults) == 0));
    for (size_t i = 0; i < faults.n; i++) {
        check_line(faults.items[i].path);
        check_line(faults.items[i].message);
        check_line(faults.items[i].hint);
    }
    if (p != NULL)
        check_policy(p);
    policy_free(p);
    fault_free(&faults);
    json_free(j);
    return 0;
}
