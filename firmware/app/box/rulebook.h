/* rulebook.h - the policies that a box has adopted: which one is in force, every earlier version,
 * and a document made into rules. */
#ifndef APP_RULEBOOK_H
#define APP_RULEBOOK_H
#include "app/box/box.h"

#define RULEBOOK_IN_FORCE UINT32_MAX

/* A policy document compiled; *out is the caller's, NULL when it has faults.  Zones are read from
 * the machine.  ERR_INVALID: faults are listed, each with its place; ERR_NO_MEMORY. */
enum err rulebook_compile(struct slice document, uint32_t version, struct fault_list *faults,
                          struct policy **out);

/* At the start, before any thread runs: the policy in force becomes b->policy and b->rules, with
 * its language and zone.  One that cannot be read is an error, unless the configuration replaces
 * it; `message` says so. */
enum err rulebook_load(struct box *b, char message[240]);

/* Is this document, byte for byte, the policy in force?  Before the threads run. */
bool rulebook_is(struct box *b, struct slice document);

/* "7" is a version, "" the one in force; false for anything else. */
bool rulebook_version(struct slice word, uint32_t *out);
/* A policy as it was adopted; all versions are kept, 0 is the built-in one.  *version
 * RULEBOOK_IN_FORCE becomes the number of that.  ERR_NOT_FOUND: there is no such version. */
enum err rulebook_text(struct box *b, uint32_t *version, bool *is_in_force, struct buf *document);

/* Puts the lists of a policy that was just compiled at the numbers that the store has for their
 * names.  Faults, and ERR_INVALID, when there is no room for new ones. */
enum err rulebook_number(struct box *b, struct policy *p, struct fault_list *faults);
#endif
