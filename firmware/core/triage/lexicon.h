/* lexicon.h - the built-in words: what urgency, trouble, praise and noise look like in Spanish,
 * English and Portuguese.
 *
 * Words are written without accents, as core/words.h folds them; '|' stands between phrases. */
#ifndef CORE_LEXICON_H
#define CORE_LEXICON_H
#include "core/text/words.h"

/* Groups below these are reasons (core/reason.h); their points are of urgency. */
enum lexicon_group {
    GROUP_NEGATIVE = 100, /* points: how much it tells about the mood, 1 to 6 */
    GROUP_POSITIVE,
    GROUP_THANKS,   /* 2 says thanks, 1 merely takes note: "ok" */
    GROUP_NEGATION, /* turns what follows in its clause; points: of a negative mood by itself */
    GROUP_HELP,
    GROUP_PLAIN,  /* means nothing, but hides the words in it: "not only", "no doubt" */
    GROUP_BREAK,  /* ends the reach of a negation: "and", "but" */
    GROUP_OPENER, /* asks when it begins a clause: "does ...", "change ..." */
    GROUP_SELF,   /* the writer, or us: somebody talks to somebody */
};

/* Two words near each other mean more than each alone: "cuenta" and "bloqueada".  The upper half of
 * a group of pairs is the state of what the lower half names. */
enum lexicon_pair {
    PAIR_MONEY = 200, /* blocked -> REASON_MONEY_BLOCKED */
    PAIR_TRIP,        /* cancelled -> REASON_STRANDED */
    PAIR_SERVICE,     /* down -> REASON_OUTAGE */
    PAIR_BLOCKED,
    PAIR_CANCELLED,
    PAIR_DOWN,
    PAIR_NEGATION,
};

/* Languages in which a common word is one: bits, so that a word of several counts for each. */
enum lexicon_lang { LANG_ES = 1, LANG_EN = 2, LANG_PT = 4, LANG_OTHER = 8 };

extern const struct phrase_group lexicon_es[], lexicon_en[], lexicon_pt[]; /* end with NULL */
extern const struct phrase_group lexicon_pairs[], lexicon_lang[];
/* Verbs that look like nouns of a category: "no recibo mi pedido" is no receipt.  group < 0. */
extern const struct phrase_group lexicon_verbs[];
/* Thanks, praise and help in languages that are none of ours. */
extern const struct phrase_group lexicon_elsewhere[];
/* What service is about, in all languages at once: "parcel", "cita", "boleto".  group: 0. */
extern const struct phrase_group lexicon_matters[];
#endif
