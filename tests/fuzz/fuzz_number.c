/* fuzz_number.c - any policy numbered over the default: registered names keep their numbers,
 * everything that refers to a number stays within its list, and the same again gives the same. */
#include "base/json.h"
#include "core/policy/policy_number.h"
#include "fuzz.h"
#include <string.h>

static struct policy *compiled(const struct cJSON *j)
{
    struct fault_list faults = {0};
    struct policy *p;
    (void)policy_compile(j, &no_zones, &faults, &p);
    fault_free(&faults);
    return p;
}

static bool starts_with(const struct policy_names *all, const struct policy_names *known)
{
    struct policy_names more;
    policy_number_fresh(all, known, &more);
    uint32_t k = 0;
    for (uint32_t i = 0; i < all->n && k < known->n; i++)
        k += all->items[i].kind == known->items[k].kind &&
             all->items[i].number == known->items[k].number &&
             slice_eq(all->items[i].name, known->items[k].name);
    return k == known->n && more.n == all->n - known->n;
}

static void check(const struct policy *p)
{
    must(p->first_team < p->n_teams && p->first_category < p->n_categories);
    for (uint16_t i = 0; i < p->n_teams; i++)
        must(p->teams[i].hours != NULL && p->teams[i].name[0] != '\0');
    for (uint16_t i = 0; i < p->n_categories; i++) {
        const struct policy_category *c = &p->categories[i];
        must(c->team < p->n_teams && !p->teams[c->team].is_retired && c->name[0] != '\0');
        for (uint8_t t = 0; t < c->n_tags; t++)
            must(c->tags[t] < p->n_tags && !p->tag_is_retired[c->tags[t]]);
    }
}

static void number_twice(const struct cJSON *j, const struct policy *before)
{
    struct policy_names known, all, again;
    struct fault_list faults = {0};
    struct policy *p = compiled(j), *q = compiled(j);
    policy_number_list(before, &known);
    if (p != NULL && q != NULL && policy_number_set(p, &known, &faults) == ERR_OK) {
        check(p);
        policy_number_list(p, &all);
        must(starts_with(&all, &known) && policy_number_set(q, &all, &faults) == ERR_OK);
        check(q);
        policy_number_list(q, &again);
        must(again.n == all.n && starts_with(&again, &all) && policy_number_moved(p, q) == 0);
    } else {
        must(p == NULL || faults.n > 0);
    }
    fault_free(&faults);
    policy_free(p);
    policy_free(q);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct cJSON *j;
    struct json_error e;
    if (json_parse(slice_make(data, n), &json_limits_frame, &j, &e) != ERR_OK)
        return 0;
    struct policy *before = policy_default();
    number_twice(j, before);
    policy_free(before);
    json_free(j);
    return 0;
}
