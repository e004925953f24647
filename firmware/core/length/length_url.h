/* length_url.h - web addresses in a text, as X and as Mastodon find them.  Pure, linear but for
 * domains of absurd shapes within 4,096 units. */
#ifndef CORE_LENGTH_URL_H
#define CORE_LENGTH_URL_H
#include "core/length/length_text.h"

struct url_span {
    uint32_t at, n; /* units: where it begins, how many count as it */
};

enum url_rules { URL_RULES_X, URL_RULES_MASTODON };

/* In ascending order; the list is the arena's.  ERR_NO_MEMORY. */
enum err url_find(const struct units *u, enum url_rules rules, struct arena *a,
                  struct url_span **out, uint32_t *n);
#endif
