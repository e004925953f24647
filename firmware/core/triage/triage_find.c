/* triage_find.c - phrases of the text's own language, urgent ones of the others, words of the
 * policy, and pairs. */
#include "core/triage/lexicon.h"
#include "core/triage/triage_internal.h"
#include <string.h>

#define REACH 3           /* words after a negation that it turns */
#define REACH_FIRM 4      /* after one of several words: "ya no" */
#define REACH_PHRASES 2   /* to the first word of a phrase of several words */
#define PAIR_REACH 5      /* words between the halves of a pair */
#define UNSAID 2          /* mood of trouble that is denied: outweighs its negation */
#define QUESTION_WHY 9    /* points of a why */
#define CHEER_WORDS_MAX 3 /* in the clause of a lonely praise */

/* How much a phrase of a reason tells about the mood. */
static const int8_t moods[REASON_N] = {
    [REASON_SAFETY] = -3,  [REASON_MONEY_BLOCKED] = -5, [REASON_STRANDED] = -6,
    [REASON_DEADLINE] = 0, [REASON_VULNERABLE] = 0,     [REASON_OUTAGE] = -5,
    [REASON_REPEAT] = -4,  [REASON_ANGER] = -9,         [REASON_LEAVING] = -7,
    [REASON_FRAUD] = -5,   [REASON_REGULATOR] = -5,     [REASON_PROBLEM] = -4,
    [REASON_PRAISE] = 8,   [REASON_SARCASM] = -8,       [REASON_WAITING] = -5,
    [REASON_CALM] = 3,
};

static void mark(struct finding *f, int r, int32_t points, const struct phrase *p)
{
    if (f->points[r] != 0 && points <= f->points[r])
        return;
    f->points[r] = points != 0 ? points : 1;
    f->where[r] = (struct triage_span){f->w->from[p->at], f->w->to[p->at + p->n - 1]};
}

static void negate(struct finding *f, const struct phrase *p)
{
    uint32_t after = p->at + p->n, end = after;
    bool is_firm = p->n > 1;
    while (end < f->w->n && f->w->clause[end] == f->w->clause[p->at] && end < after + REACH_FIRM)
        end++;
    f->negated_from = after;
    f->negated_until = end < after + REACH || is_firm ? end : after + REACH;
    f->negated_phrases = end < after + REACH_PHRASES || is_firm ? end : after + REACH_PHRASES;
    for (uint32_t i = after; i < f->negated_phrases; i++)
        f->is_turned[i] = true;
    f->mood -= p->points;
}

static void end_negation(struct finding *f, const struct phrase *p)
{
    for (uint32_t i = p->at; i < f->negated_phrases; i++)
        f->is_turned[i] = false;
    f->negated_until = f->negated_phrases = 0;
}

static bool is_negated(const struct finding *f, const struct phrase *p)
{
    return p->at >= f->negated_from && p->at < (p->n > 1 ? f->negated_phrases : f->negated_until);
}

static uint32_t clause_length(const struct words *w, uint32_t at)
{
    uint32_t first = at, last = at;
    while (first > 0 && w->clause[first - 1] == w->clause[at])
        first--;
    while (last + 1 < w->n && w->clause[last + 1] == w->clause[at])
        last++;
    return last - first + 1;
}

static void add_feeling(struct finding *f, const struct phrase *p, int weight)
{
    if (is_negated(f, p))
        weight = weight > 0 ? -weight / 2 - 1 : UNSAID;
    f->mood += weight;
    f->n_positive += weight > 1 ? 1 : 0;
    f->n_negative += weight < -1 ? 1 : 0;
    f->n_covered += weight > 0 ? p->n : 0;
    if (weight > 1 && clause_length(f->w, p->at) <= CHEER_WORDS_MAX)
        f->is_cheering = true;
}

static bool is_opening(const struct words *w, uint32_t at)
{
    return (at == 0 || w->clause[at - 1] != w->clause[at]) && clause_length(w, at) > 2;
}

static void on_small(struct finding *f, const struct phrase *p)
{
    switch (p->group) {
    case GROUP_NEGATIVE:
        add_feeling(f, p, -p->points);
        break;
    case GROUP_POSITIVE:
        add_feeling(f, p, p->points);
        break;
    case GROUP_NEGATION:
        negate(f, p);
        break;
    case GROUP_BREAK:
        end_negation(f, p);
        break;
    case GROUP_OPENER:
        if (is_opening(f->w, p->at))
            mark(f, REASON_QUESTION, p->points, p);
        break;
    case GROUP_HELP:
        f->n_help++;
        mark(f, REASON_QUESTION, p->points, p);
        break;
    case GROUP_THANKS:
        f->n_thanks += p->points > 1 ? 1 : 0;
        f->n_notes += p->points > 1 ? 0 : 1;
        f->mood += p->points > 1 ? 5 : 1;
        break;
    default:
        f->n_self += p->group == GROUP_SELF ? 1 : 0;
    }
    if (p->group == GROUP_THANKS || p->group == GROUP_SELF || p->group == GROUP_PLAIN ||
        p->group == GROUP_BREAK)
        f->n_covered += p->n;
}

/* "again" alone says little; "why" is seldom asked of what pleases. */
static int mood_of(const struct phrase *p)
{
    if (p->group == REASON_REPEAT && p->points < REPEAT_FIRM)
        return -1;
    if (p->group == REASON_QUESTION && p->points >= QUESTION_WHY)
        return -3;
    return moods[p->group];
}

static void on_reason(struct finding *f, const struct phrase *p)
{
    int r = p->group;
    if (r == REASON_PRAISE)
        add_feeling(f, p, moods[r]);
    else if (!is_negated(f, p))
        f->mood += mood_of(p);
    if (is_negated(f, p) && r != REASON_CALM && r != REASON_QUESTION) {
        f->mood += r != REASON_PRAISE ? UNSAID : 0;
        f->n_denied += p->points >= TRIAGE_HIGH ? 1 : 0;
        return;
    }
    f->n_praise += r == REASON_PRAISE ? 1 : 0;
    f->news += r == REASON_NEWS ? (uint32_t)p->points : 0;
    f->spam += r == REASON_SPAM ? (uint32_t)p->points : 0;
    mark(f, r, p->points, p);
}

static void on_own(void *ctx, const struct phrase *p)
{
    if (p->group < REASON_N)
        on_reason(ctx, p);
    else
        on_small(ctx, p);
}

/* A word alone may mean something else in another language, a phrase hardly. */
static void on_foreign(void *ctx, const struct phrase *p)
{
    struct finding *f = ctx;
    if (p->n > 1 && p->group < REASON_N && p->points >= TRIAGE_HIGH && !f->is_turned[p->at])
        mark(f, p->group, p->points, p);
}

/* A company's own word for what it gets: one is enough. */
static void take_word_of(struct finding *f, int r, const struct phrase *p)
{
    if (f->points[r] == 0)
        mark(f, r, r == REASON_QUESTION ? 8 : 1, p);
    f->n_praise += r == REASON_PRAISE ? 1 : 0;
    f->news += r == REASON_NEWS ? 2 : 0;
    f->spam += r == REASON_SPAM ? 2 : 0;
}

static void on_policy(void *ctx, const struct phrase *p)
{
    struct finding *f = ctx;
    if (p->group < 0)
        return;
    const struct triage_word *w = &f->t->words[p->group];
    uint16_t c = w->category;
    if (c < TRIAGE_CATEGORIES_MAX) {
        f->n_category[c] = (uint8_t)(f->n_category[c] + (f->n_category[c] < UINT8_MAX ? 1 : 0));
        if (f->category == UINT16_MAX || f->n_category[c] > f->n_category[f->category])
            f->category = c;
    }
    if (w->reason != 0)
        take_word_of(f, w->reason, p);
    if (w->points == 0)
        return;
    if (f->points[REASON_POLICY_WORD] == 0)
        f->where[REASON_POLICY_WORD] =
            (struct triage_span){f->w->from[p->at], f->w->to[p->at + p->n - 1]};
    f->points[REASON_POLICY_WORD] += w->points;
}

/* ---- pairs */

struct pairing {
    struct finding *f;
    struct {
        bool is_set;
        struct phrase p;
    } last[PAIR_NEGATION + 1 - PAIR_MONEY]; /* of each group */
};

static bool is_near(const struct words *w, const struct phrase *a, const struct phrase *b)
{
    return w->clause[a->at] == w->clause[b->at] && b->at - (a->at + a->n) < PAIR_REACH;
}

/* The halves stand as a .. b; a negation before the state undoes them. */
static void on_pair(struct pairing *x, int kind, const struct phrase *a, const struct phrase *b,
                    const struct phrase *state)
{
    static const struct {
        enum reason reason;
        int32_t points;
    } told[] = {{REASON_MONEY_BLOCKED, 45}, {REASON_STRANDED, 50}, {REASON_OUTAGE, 30}};
    const struct phrase *no = &x->last[PAIR_NEGATION - PAIR_MONEY].p;
    bool is_undone = x->last[PAIR_NEGATION - PAIR_MONEY].is_set &&
                     x->f->w->clause[no->at] == x->f->w->clause[state->at] &&
                     state->at >= no->at + no->n && state->at - (no->at + no->n) < REACH;
    struct phrase both = {0, 0, a->at, b->at + b->n - a->at};
    if (is_undone || !is_near(x->f->w, a, b))
        return;
    if (!triage_has(x->f, told[kind].reason))
        x->f->mood += moods[told[kind].reason];
    mark(x->f, (int)told[kind].reason, told[kind].points, &both);
}

static void on_half(void *ctx, const struct phrase *p)
{
    struct pairing *x = ctx;
    int me = p->group - PAIR_MONEY, n_kinds = PAIR_BLOCKED - PAIR_MONEY;
    x->last[me].is_set = true;
    x->last[me].p = *p;
    if (p->group == PAIR_NEGATION)
        return;
    int kind = me % n_kinds, mate = me < n_kinds ? me + n_kinds : kind;
    if (x->last[mate].is_set)
        on_pair(x, kind, &x->last[mate].p, p, me < n_kinds ? &x->last[mate].p : p);
}

/* A text whose language nobody knows may hold words of any. */
static void find_policy(struct finding *f)
{
    for (int sort = 0; sort < TRIAGE_SORTS; sort++)
        for (int slot = 0; slot <= LANGUAGE_OTHER; slot++)
            if (f->t->policy[sort][slot] != NULL &&
                (slot == 0 || f->language == LANGUAGE_OTHER || slot == 1 + (int)f->language))
                phrases_find(f->t->policy[sort][slot], f->w, on_policy, f);
}

void triage_find(struct finding *f)
{
    struct pairing x = {.f = f};
    if (f->language != LANGUAGE_OTHER)
        phrases_find(f->t->lexicon[f->language], f->w, on_own, f);
    for (int l = 0; l < LANGUAGE_OTHER; l++)
        if (l != (int)f->language)
            phrases_find(f->t->lexicon[l], f->w,
                         f->language == LANGUAGE_OTHER ? on_own : on_foreign, f);
    if (f->language == LANGUAGE_OTHER)
        phrases_find(f->t->elsewhere, f->w, on_own, f);
    phrases_find(f->t->pairs, f->w, on_half, &x);
    find_policy(f);
}
