/* lexicon.h - the built-in words: what urgency, trouble, praise and noise look like in Spanish,
 * English and Portuguese. */
#ifndef CORE_LEXICON_H
#define CORE_LEXICON_H
#include "core/words.h"

/* Groups below this are reasons (core/reason.h). */
enum lexicon_group {
    GROUP_NEGATIVE = 100,
    GROUP_POSITIVE,
    GROUP_THANKS,
    GROUP_GREETING,
    GROUP_NEGATION,
    GROUP_LANG_ES,
    GROUP_LANG_EN,
    GROUP_LANG_PT,
    GROUP_LANG_OTHER,
    GROUP_HELP,
};

extern const struct phrase lexicon_es[], lexicon_en[], lexicon_pt[], lexicon_lang[];
extern const uint32_t lexicon_es_n, lexicon_en_n, lexicon_pt_n, lexicon_lang_n;
#endif
