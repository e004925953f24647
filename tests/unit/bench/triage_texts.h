/* triage_texts.h - made-up texts and what they ask for.  Every list ends with text == NULL. */
#ifndef TRIAGE_TEXTS_H
#define TRIAGE_TEXTS_H
#include "core/triage/triage.h"

#define ANY (-1)

enum { URGENT = LEVEL_URGENT, HIGH = LEVEL_HIGH, NORMAL = LEVEL_NORMAL, LOW = LEVEL_LOW };
enum {
    ASK = REQUEST_REQUEST,
    PRAISE = REQUEST_PRAISE,
    CHAT = REQUEST_CHATTER,
    SPAM = REQUEST_SPAM,
    NEWS = REQUEST_NEWS
};
enum { BAD = MOOD_NEGATIVE, FLAT = MOOD_NEUTRAL, GOOD = MOOD_POSITIVE };

struct row {
    const char *text, *lang;
    int kind, level, mood;
};

extern const struct row texts_emergencies[];
extern const struct row texts_troubles[];
extern const struct row texts_questions[];
extern const struct row texts_negations[];
extern const struct row texts_sarcasm[];
extern const struct row texts_praise[];
extern const struct row texts_noise[];
extern const struct row texts_mixed[];
extern const struct row texts_requests[];
extern const struct row texts_elsewhere[];
extern const struct row texts_denied[];
#endif
