/* compose_cut.h - where a text may be cut.  Pure. */
#ifndef CORE_COMPOSE_CUT_H
#define CORE_COMPOSE_CUT_H
#include "base/arena.h"
#include "core/length/length.h"

enum cut_kind { CUT_LETTER, CUT_WORD, CUT_SENTENCE };

struct cut {
    uint32_t end;  /* bytes; what stays ends here */
    uint32_t next; /* what follows begins here; between them is white space */
    enum cut_kind kind;
};
struct cuts {
    struct cut *p; /* the arena's; ascending; the last is the end of the text */
    uint32_t n;
};

/* The text is UTF-8 without white space at its ends, below 4 GiB.  No cut lies within a grapheme
 * cluster, or within what the network takes for a URL, a mention or a hashtag.  ERR_NO_MEMORY. */
enum err cuts_find(enum network n, struct slice text, struct arena *a, struct cuts *out);
/* White space of any script taken from both ends. */
struct slice cut_trim(struct slice text);
bool cut_is_white(uint32_t code_point);
#endif
