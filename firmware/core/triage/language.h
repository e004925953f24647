/* language.h - which of our languages a text is in: by its common words, the shape of the others,
 * and letters that only one of them has.  Pure. */
#ifndef CORE_LANGUAGE_H
#define CORE_LANGUAGE_H
#include "core/text/words.h"

enum language { LANGUAGE_ES, LANGUAGE_EN, LANGUAGE_PT, LANGUAGE_OTHER, LANGUAGE_N };

/* common: of lexicon_lang.  declared: what the network says, "" = unknown; it breaks ties and
 * stands in where the text tells nothing.  LANGUAGE_OTHER when neither tells. */
enum language language_of(const struct phrases *common, const struct words *w,
                          struct slice declared);
const char *language_code(enum language l); /* "es", "en", "pt", "xx" */
#endif
