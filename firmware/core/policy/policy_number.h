/* policy_number.h - numbers that stay.
 *
 * Cases, roll-ups and customers hold teams, categories, tags and plans by number.  A number is
 * given to a name once, at the adoption that first brings the name, and never to another: the
 * register only grows, in TABLE_POLICY, out of EV_POLICY_ADOPTED.  A compiled policy stands in the
 * order of its document; numbered, its arrays stand in the order of the register.  A name of the
 * register that the document does not have is retired: it keeps its place and its word for old
 * cases, and is not chosen any more.  A name that comes back has its old number.
 *
 * A box that has adopted nothing, or nothing since names have numbers, has an empty register: its
 * policy keeps the order of its document, and these numbers are registered at the next adoption.
 * Pure: what comes out depends on the register and the document alone. */
#ifndef CORE_POLICY_NUMBER_H
#define CORE_POLICY_NUMBER_H
#include "core/policy/policy.h"
#include "core/record/record.h"

#define POLICY_NAMES_MAX                                                                           \
    (POLICY_TEAMS_MAX + POLICY_CATEGORIES_MAX + POLICY_TAGS_MAX + POLICY_PLANS_MAX)

/* By kind, then number; numbers of a kind have no gaps. */
struct policy_names {
    uint32_t n;
    struct numbered_name items[POLICY_NAMES_MAX];
};

/* The register.  Names point into the tables, for as long as these promise.  ERR_CORRUPT: a number
 * out of order or beyond its list. */
enum err policy_number_load(const struct tables *t, struct policy_names *out);
/* The names of a numbered policy, the retired as well; they point into p. */
void policy_number_list(const struct policy *p, struct policy_names *out);
/* Those of `all` that `registered` lacks; the names are shared. */
void policy_number_fresh(const struct policy_names *all, const struct policy_names *registered,
                         struct policy_names *out);
/* Numbers a policy, once, right after it was compiled: names of the register at their numbers, new
 * ones behind them in the document's order; what refers to them follows.  ERR_INVALID: a list has
 * no room for a new name, which is a fault, and p is as it was.  ERR_NO_MEMORY the same. */
enum err policy_number_set(struct policy *p, const struct policy_names *registered,
                           struct fault_list *faults);
/* Bits, 1 << team: teams of `next` whose cases run by other hours than under `before`, or again
 * after they were retired.  Both numbered. */
uint32_t policy_number_moved(const struct policy *before, const struct policy *next);
#endif
