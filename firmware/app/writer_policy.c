/* writer_policy.c - a policy compiled, adopted with a batch, and in force from its commit on. */
#include "app/writer_internal.h"
#include "app/zoneinfo.h"
#include "base/json.h"

enum err writer_compile(struct slice document, uint32_t version, struct fault_list *faults,
                        struct policy **out)
{
    struct cJSON *j;
    struct json_error e;
    struct zoneinfo *zones = zoneinfo_new();
    *out = NULL;
    if (zones == NULL)
        return ERR_NO_MEMORY;
    enum err err = json_parse(document, &json_limits_file, &j, &e);
    if (err != ERR_OK) {
        fault_add_at(faults, e.path[0] != '\0' ? e.path : "$", e.message, document, e.offset);
    } else {
        struct zone_source source = zoneinfo_source(zones);
        err = policy_compile(j, &source, faults, out);
        json_free(j);
    }
    if (*out != NULL)
        (*out)->version = version;
    zoneinfo_free(zones);
    return err;
}

static void refuse_policy(struct job *j, struct job_item *item, const struct fault_list *l)
{
    item->outcome = JOB_REFUSED;
    item->refusal = REFUSAL_INVALID;
    item->detail = job_text(j, "faults in the policy: %zu", fault_count(l));
    item->hint = "`atalaya check --policy FILE` lists them";
    item->faults = arena_alloc(&j->arena, l->n * sizeof *item->faults);
    item->n_faults = 0;
    for (size_t i = 0; item->faults != NULL && i < l->n; i++)
        if (!l->items[i].is_warning)
            item->faults[item->n_faults++] = l->items[i];
}

enum err writer_adopt_policy(struct writer *w, struct job *j, struct job_item *item)
{
    struct fault_list faults = {0};
    struct policy *next;
    if (w->next_policy != NULL) {
        item->outcome = JOB_REFUSED;
        item->refusal = REFUSAL_BUSY;
        item->detail = "another policy is being adopted";
        item->hint = "try again";
        return ERR_OK;
    }
    item->policy_version = w->b->rules.policy->version + 1;
    enum err e =
        writer_compile(item->command.u.policy.document, item->policy_version, &faults, &next);
    if (e != ERR_OK && fault_count(&faults) > 0) {
        refuse_policy(j, item, &faults);
        e = ERR_OK;
    } else if (e == ERR_OK) {
        w->next_policy = next;
    }
    fault_free(&faults);
    return e;
}

void writer_swap_policy(struct writer *w, bool is_adopted)
{
    if (w->next_policy == NULL)
        return;
    if (is_adopted) {
        policy_free(w->b->policy);
        w->b->policy = w->next_policy;
        w->b->rules.policy = w->next_policy;
    } else {
        policy_free(w->next_policy);
    }
    w->next_policy = NULL;
}
