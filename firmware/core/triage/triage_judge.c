/* triage_judge.c - kind and mood from what was found. */
#include "core/triage/triage_internal.h"

#define MOOD_NEGATIVE_AT (-2)
#define MOOD_POSITIVE_AT 3
#define MOOD_ASKING 3       /* a question must tell so much more to be more than neutral */
#define MOOD_GRIEVANCE (-6) /* so unhappy that it is a request without any word of one */
#define FACE 5
#define FACES_MAX 2 /* that count, of each sort */
#define THANKS_WORDS_MAX 14
#define NOTE_WORDS_MAX 5
#define UNREAD_LETTERS 14 /* a text that nobody here reads has so many before it may ask */
#define UNREAD_SIGNS 8    /* or so many of another script */

bool triage_has(const struct finding *f, enum reason r)
{
    return f->points[r] != 0;
}

bool triage_has_trouble(const struct finding *f)
{
    for (int r = REASON_SAFETY; r <= REASON_PROBLEM; r++)
        if (triage_has(f, (enum reason)r))
            return true;
    return triage_has(f, REASON_SARCASM) || triage_has(f, REASON_WAITING) ||
           f->points[REASON_POLICY_WORD] > 0;
}

static bool has_grave_trouble(const struct finding *f)
{
    for (int r = REASON_SAFETY; r <= REASON_FRAUD; r++)
        if (r != REASON_DEADLINE && triage_has(f, (enum reason)r))
            return true;
    return triage_has(f, REASON_SARCASM);
}

static int faces(uint32_t n)
{
    return FACE * (int)(n < FACES_MAX ? n : FACES_MAX);
}

/* A smile beside irony is part of it. */
static int mood_score(const struct finding *f)
{
    bool is_ironic = triage_has(f, REASON_SARCASM);
    return f->mood + (is_ironic ? 0 : faces(f->w->n_glad)) - faces(f->w->n_sad);
}

enum mood triage_mood(const struct finding *f)
{
    int mood = mood_score(f);
    int doubt = f->w->n_questions > 0 ? MOOD_ASKING : 0;
    if (mood <= MOOD_NEGATIVE_AT - doubt)
        return MOOD_NEGATIVE;
    return mood >= MOOD_POSITIVE_AT + doubt ? MOOD_POSITIVE : MOOD_NEUTRAL;
}

static bool is_spam(const struct finding *f)
{
    if (f->spam >= 2)
        return !has_grave_trouble(f);
    return f->spam == 1 && f->w->n_urls > 0 && f->w->n_questions == 0 && !triage_has_trouble(f);
}

/* Told about us to everyone, not to us. */
static bool is_news(const struct finding *f)
{
    if (f->w->starts_with_rt)
        return f->w->n_questions == 0;
    if (f->n_self > 0 || f->n_help > 0 || f->w->n_questions > 0 || triage_has(f, REASON_ANGER))
        return false;
    return f->news >= 2 || (f->w->n_urls > 0 && (f->news > 0 || f->w->n_handles == 0));
}

/* Says what the news say, to nobody of us. */
static bool is_told(const struct finding *f)
{
    return f->news > 0 && f->n_self == 0 && f->n_help == 0 && f->w->n_handles == 0;
}

/* In a language that is none of ours: nothing may sink because we cannot read it. */
static bool is_unread(const struct finding *f)
{
    const struct words *w = f->w;
    if (f->language != LANGUAGE_OTHER || w->n_letters == 0)
        return false;
    if (w->n_questions > 0 || f->n_help > 0)
        return true;
    bool is_kind = f->n_thanks > 0 || f->n_praise > 0 || f->n_positive > 0 || w->n_glad > 0;
    bool is_long = w->n_letters >= UNREAD_LETTERS || w->n_foreign >= UNREAD_SIGNS;
    return is_long && !is_kind;
}

static void on_matter(void *ctx, const struct phrase *p)
{
    (void)p;
    *(bool *)ctx = true;
}

/* Nobody asks, nothing is called broken, yet it is about what we do, and not kindly: "the courier
 * marked it delivered". */
static bool is_concern(const struct finding *f)
{
    bool is_kind = f->n_thanks > 0 || f->n_praise > 0 || f->w->n_glad > 0 ||
                   triage_mood(f) == MOOD_POSITIVE || triage_has(f, REASON_CALM) || f->n_denied > 0;
    bool is_matter = f->category != UINT16_MAX;
    if (is_kind || f->w->n_urls > 0)
        return false;
    if (!is_matter)
        phrases_find(f->t->matters, f->w, on_matter, &is_matter);
    return is_matter;
}

static bool is_praise(const struct finding *f)
{
    return f->w->n_questions == 0 && !triage_has_trouble(f) && f->n_help == 0 &&
           triage_mood(f) == MOOD_POSITIVE &&
           (f->n_praise > 0 || (f->n_positive > 0 && !triage_has(f, REASON_QUESTION)));
}

enum request_kind triage_kind(const struct finding *f)
{
    if (is_spam(f))
        return REQUEST_SPAM;
    if (is_news(f))
        return REQUEST_NEWS;
    if (is_praise(f))
        return REQUEST_PRAISE;
    if (triage_has_trouble(f) || triage_has(f, REASON_QUESTION) ||
        (f->n_self > 0 && mood_score(f) <= MOOD_GRIEVANCE))
        return REQUEST_REQUEST;
    if (is_told(f) && (triage_mood(f) != MOOD_NEGATIVE || !is_concern(f)))
        return REQUEST_NEWS;
    return is_concern(f) || is_unread(f) ? REQUEST_REQUEST : REQUEST_CHATTER;
}

bool triage_is_thanks(const struct finding *f)
{
    const struct words *w = f->w;
    bool is_calm = w->n_questions == 0 && w->n_sad == 0 && !triage_has_trouble(f) &&
                   !triage_has(f, REASON_QUESTION);
    if (!is_calm)
        return false;
    if (w->n == 0)
        return w->n_emoji > 0;
    if (f->n_thanks > 0 || triage_kind(f) == REQUEST_PRAISE)
        return w->n <= THANKS_WORDS_MAX;
    return f->n_notes + f->n_positive > 0 && w->n <= NOTE_WORDS_MAX && f->n_covered >= w->n;
}
