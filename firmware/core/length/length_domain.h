/* length_domain.h - domains: labels, top-level domains, and how long a label is in Punycode. Pure.
 */
#ifndef CORE_LENGTH_DOMAIN_H
#define CORE_LENGTH_DOMAIN_H
#include "core/length/length_text.h"

/* A label that ends before a dot.  A domain may begin at any good unit of it: at its start, or,
 * after a letter that no address contains, in its middle. */
struct label {
    uint32_t start, dot; /* units; the label is what lies between */
    uint32_t named;      /* from here on it may stand before a top-level domain: no '_' follows */
    uint32_t tld_end;    /* of the top-level domain right after the dot; 0 = there is none */
    uint32_t chain_end;  /* of the longest domain that goes on with the next label; 0 = none */
};
struct labels {
    struct label *p; /* the arena's; in ascending order */
    uint32_t n;
};

enum label_rules { LABELS_ANY, LABELS_ASCII /* ASCII and Latin letters with accents */ };

/* Every label within [from, to) that ends before a dot.  ERR_NO_MEMORY. */
enum err labels_find(const struct units *u, uint32_t from, uint32_t to, enum label_rules rules,
                     struct arena *a, struct labels *out);
/* Where the longest domain ends that begins at unit `at` of label `l`; 0 = none does. */
uint32_t label_domain_end(const struct units *u, const struct label *l, uint32_t at,
                          enum label_rules rules);
/* Is every label of the domain 1 to 63 characters long once encoded? */
bool domain_is_encodable(const struct units *u, uint32_t from, uint32_t to);
uint32_t unit_flags(uint16_t unit);
bool unit_is_ascii_alnum(uint16_t unit);
uint16_t unit_lower(uint16_t unit); /* ASCII letters only */
#endif
