/* writer_policy.c - a policy compiled, adopted with a batch, and in force from its commit on; and
 * the pass that brings running clocks under its hours. */
#include "app/writer/writer_policy.h"
#include "app/box/rulebook.h"
#include "core/policy/policy_number.h"

#define RETRY_MS 1000
#define RECOMPUTES_A_BATCH 8 /* commands: a few milliseconds */

static void refuse_policy(struct job *j, struct job_item *item, const struct fault_list *l)
{
    item->outcome = JOB_REFUSED;
    item->refusal = REFUSAL_INVALID;
    item->detail = job_text(j, "policy not adopted; faults: %zu", fault_count(l));
    item->hint = "run `atalaya check --policy FILE`";
    item->faults = arena_alloc(&j->arena, l->n * sizeof *item->faults);
    item->n_faults = 0;
    for (size_t i = 0; item->faults != NULL && i < l->n; i++)
        if (!l->items[i].is_warning)
            item->faults[item->n_faults++] = l->items[i];
}

enum err writer_adopt_policy(struct writer *w, struct job *j, struct job_item *item)
{
    struct fault_list faults = {0};
    struct policy_names known;
    struct policy *next;
    const struct policy *now = w->b->rules.policy;
    item->policy_version = now->version + 1;
    enum err e =
        rulebook_compile(item->command.u.policy.document, item->policy_version, &faults, &next);
    if (e == ERR_OK) {
        policy_number_list(now, &known);
        e = policy_number_set(next, &known, &faults);
    }
    if (e != ERR_OK && fault_count(&faults) > 0) {
        policy_free(next);
        next = NULL;
        refuse_policy(j, item, &faults);
        e = ERR_OK;
    }
    fault_free(&faults);
    w->compiled = next;
    item->command.u.policy.compiled = next;
    return e;
}

void writer_decided_policy(struct writer *w)
{
    policy_free(w->next_policy);
    w->next_policy = w->compiled;
    w->compiled = NULL;
    w->b->rules.policy = w->next_policy;
}

void writer_swap_policy(struct writer *w, bool is_adopted)
{
    policy_free(w->compiled);
    w->compiled = NULL;
    if (w->next_policy == NULL)
        return;
    if (is_adopted) {
        policy_free(w->b->policy);
        w->b->policy = w->next_policy;
        w->is_recomputing = true;
    } else {
        policy_free(w->next_policy);
    }
    w->b->rules.policy = w->b->policy;
    w->next_policy = NULL;
}

void writer_look_for_recompute(struct writer *w, enum err last)
{
    struct store_txn *txn;
    struct recompute_rec at;
    if (last != ERR_OK || store_read(w->b->store, &txn) != ERR_OK) {
        w->is_recomputing = true;
        w->recompute_mono_ms = mono_now_ms() + RETRY_MS;
        return;
    }
    struct tables t = store_tables(txn);
    w->is_recomputing = load_recompute(&t, &at) == ERR_OK;
    store_read_end(txn);
}

bool writer_is_recomputing(const struct writer *w)
{
    return w->is_recomputing && !atomic_load(&w->b->is_held) &&
           mono_now_ms() >= w->recompute_mono_ms;
}

size_t writer_add_recompute(struct writer *w, struct job **jobs, size_t n)
{
    struct job *j = writer_is_recomputing(w) ? job_new(JOB_NOBODY, RECOMPUTES_A_BATCH) : NULL;
    if (j == NULL)
        return n;
    for (size_t i = 0; i < j->n; i++)
        j->items[i].command.type = CMD_RECOMPUTE;
    jobs[n] = j;
    return n + 1;
}
