/* policy_compile.h - what the files of the policy compiler share. */
#ifndef CORE_POLICY_COMPILE_H
#define CORE_POLICY_COMPILE_H
#include "core/policy/policy.h"
#include "core/policy/policy_read.h"
#include "core/text/words.h"
#include "core/triage/triage.h"

#define POLICY_WORDS_MAX 4000
#define POLICY_TARGET_MINUTES_MAX 525600

struct policy_folded { /* a word of one to five words, each as words.h hashes it */
    uint32_t n, hash[WORDS_PHRASE_MAX];
};

#define POLICY_PHRASE_MAX 5 /* words in a phrase of the policy */
_Static_assert(POLICY_PHRASE_MAX <= WORDS_PHRASE_MAX, "triage finds them");

struct compiling {
    struct policy *p; /* starts as the default; what a document leaves out stays as there */
    const struct zone_source *zones;
    struct fault_list *faults;
    struct triage_word *words;    /* POLICY_WORDS_MAX */
    struct policy_folded *folded; /* of each word; of the default's own not filled */
    size_t n_words;
    enum err err; /* memory ran out */
};

/* policy_settings.c; tags before categories, which name them. */
void policy_read_top(struct compiling *c, const struct policy_node *doc);
void policy_read_moves(struct compiling *c, const struct policy_node *doc);
void policy_read_networks(struct compiling *c, const struct policy_node *doc);
void policy_read_limits(struct compiling *c, const struct policy_node *doc);
void policy_read_numbers(struct compiling *c, const struct policy_node *doc);
/* policy_teams.c; teams before categories. */
void policy_read_teams(struct compiling *c, const struct policy_node *doc);
/* policy_words.c */
void policy_read_categories(struct compiling *c, const struct policy_node *doc);
void policy_read_words(struct compiling *c, const struct policy_node *doc);
/* policy_lint.c: what no member alone can show, and what is odd but no fault.  After all others. */
void policy_lint(struct compiling *c, const struct policy_node *doc);

/* policy_default but for triage, which is NULL: what a document is read into, since triage is
 * compiled from the words of the whole.  NULL: no memory. */
struct policy *policy_without_triage(void);
/* The words of the default categories, for documents that keep these.  Returns how many. */
size_t policy_default_words(struct triage_word *out, size_t max);
#endif
