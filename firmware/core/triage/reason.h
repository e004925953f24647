/* reason.h - why a case has its level: codes in records and events, words for readers. */
#ifndef CORE_REASON_H
#define CORE_REASON_H
#include "base/buf.h"
#include <stdint.h>

enum reason { /* on disk: never renumber */
              REASON_NONE = 0,
              REASON_SAFETY = 1,
              REASON_MONEY_BLOCKED = 2,
              REASON_STRANDED = 3,
              REASON_DEADLINE = 4,
              REASON_VULNERABLE = 5,
              REASON_OUTAGE = 6,
              REASON_REPEAT = 7,
              REASON_ANGER = 8,
              REASON_LEAVING = 9,
              REASON_REGULATOR = 10,
              REASON_FRAUD = 11,
              REASON_PROBLEM = 12,
              REASON_QUESTION = 13,
              REASON_PRAISE = 14,
              REASON_THANKS = 15,
              REASON_SARCASM = 16,
              REASON_SPAM = 17,
              REASON_NEWS = 18,
              REASON_SHOUTING = 19,
              REASON_WAITING = 20,
              REASON_CALM = 21,
              REASON_FOREIGN = 22,
              REASON_PLAN = 30,
              REASON_CONTACTS = 31,
              REASON_LATE_BEFORE = 32,
              REASON_MOVED_BEFORE = 33,
              REASON_OPEN_TICKET = 34,
              REASON_POLICY_WORD = 40,
              REASON_BY_HAND = 41,
              REASON_N = 42,
};
/* "safety", ...; a stable word for JSON. */
const char *reason_word(uint16_t code);
/* One short sentence for a person, in "es", "en" or "pt" (anything else: English). */
const char *reason_text(uint16_t code, const char *lang);
/* The same with the words of the text that told so ("" = none) and the points, when they count:
 * The service is down: "no internet" (+30). */
void reason_say(uint16_t code, int points, struct slice words, const char *lang, struct buf *out);
#endif
