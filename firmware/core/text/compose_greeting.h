/* compose_greeting.h - does a text greet, does it bear a signature?  Pure. */
#ifndef CORE_COMPOSE_GREETING_H
#define CORE_COMPOSE_GREETING_H
#include "base/slice.h"

/* Does the text, after mentions and punctuation, begin with `greeting` or with a usual greeting of
 * Spanish, English or Portuguese?  Case and accents do not count. */
bool greeting_is_there(struct slice text, struct slice greeting);
/* The text without the signature at its end and the white space before that; the text as it is
 * when it does not end with the signature as a word of its own. */
struct slice signature_cut(struct slice text, struct slice signature);
#endif
