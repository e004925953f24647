/* policy_compile.h - what the files of the policy compiler share. */
#ifndef CORE_POLICY_COMPILE_H
#define CORE_POLICY_COMPILE_H
#include "core/policy.h"
#include "core/policy_read.h"
#include "core/triage.h"

struct compiling {
    struct policy *p;
    const struct zone_source *zones;
    struct fault_list *faults;
    struct triage_word *words;
    size_t n_words;
};

void policy_read_moves(struct compiling *c, const struct policy_node *doc);
void policy_read_networks(struct compiling *c, const struct policy_node *doc);
void policy_read_limits(struct compiling *c, const struct policy_node *doc);
void policy_read_numbers(struct compiling *c, const struct policy_node *doc);
void policy_read_top(struct compiling *c, const struct policy_node *doc);
#endif
