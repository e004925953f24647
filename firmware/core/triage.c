/* triage.c - find phrases, weigh them, say why. */
#include "core/triage.h"
#include "core/lexicon.h"
#include "core/reason.h"
#include <stdlib.h>
#include <string.h>

enum { LIST_ES, LIST_EN, LIST_PT, N_LISTS };
/* Words of the policy, each sort found by itself: none hides another, nor the lexicon's. */
enum { SORT_CATEGORY, SORT_URGENCY, SORT_RELEVANCE, N_SORTS };

static const char lang_codes[4][3] = {"es", "en", "pt", "xx"};

struct triage {
    struct phrases *lexicon, *languages, *company[N_SORTS];
    struct phrase *policy; /* by sort; texts point into words, which go alike */
    struct triage_word *words;
    size_t n_words;
};

struct finding {
    const struct triage *t;
    const struct words *w;
    int lang; /* list of the text's language, or -1 */
    int32_t points[REASON_N];
    uint32_t n_group[GROUP_HELP + 1 - GROUP_NEGATIVE];
    uint32_t n_lang[4];     /* es en pt other */
    uint32_t negated_until; /* word index up to which a negation reaches */
    uint16_t category;
};

static int sort_of(const struct triage_word *w)
{
    if (w->category != UINT16_MAX)
        return SORT_CATEGORY;
    return w->reason != 0 ? SORT_RELEVANCE : SORT_URGENCY;
}

/* Copies the words, sort by sort, and compiles each. */
static enum err take_words(struct triage *t, const struct triage_word *words, size_t n_words)
{
    size_t n = 0;
    enum err e = ERR_OK;
    for (int sort = 0; sort < N_SORTS && e == ERR_OK; sort++) {
        const struct phrase *lists[1] = {t->policy + n};
        size_t first = n;
        for (size_t i = 0; i < n_words; i++)
            if (sort_of(&words[i]) == sort) {
                t->words[n] = words[i];
                t->policy[n] = (struct phrase){t->words[n].text, 0, 0};
                n++;
            }
        const uint32_t count = (uint32_t)(n - first);
        e = phrases_new(lists, &count, 1, &t->company[sort]);
    }
    return e;
}

enum err triage_new(const struct triage_word *words, size_t n_words, struct triage **out)
{
    struct triage *t = calloc(1, sizeof *t);
    *out = NULL;
    if (t == NULL)
        return ERR_NO_MEMORY;
    t->words = calloc(n_words + 1, sizeof *t->words);
    t->policy = calloc(n_words + 1, sizeof *t->policy);
    t->n_words = n_words;
    enum err e =
        t->words != NULL && t->policy != NULL ? take_words(t, words, n_words) : ERR_NO_MEMORY;
    if (e == ERR_OK) {
        const struct phrase *lists[N_LISTS] = {lexicon_es, lexicon_en, lexicon_pt};
        const uint32_t counts[N_LISTS] = {lexicon_es_n, lexicon_en_n, lexicon_pt_n};
        const struct phrase *language_lists[1] = {lexicon_lang};
        e = phrases_new(lists, counts, N_LISTS, &t->lexicon);
        if (e == ERR_OK)
            e = phrases_new(language_lists, &lexicon_lang_n, 1, &t->languages);
    }
    if (e != ERR_OK) {
        triage_free(t);
        return e;
    }
    *out = t;
    return ERR_OK;
}

void triage_renumber(struct triage *t, const uint16_t *numbers, size_t n)
{
    for (size_t i = 0; i < t->n_words; i++) {
        uint16_t *c = &t->words[i].category;
        *c = *c < n ? numbers[*c] : UINT16_MAX;
    }
}

void triage_free(struct triage *t)
{
    if (t == NULL)
        return;
    phrases_free(t->lexicon);
    phrases_free(t->languages);
    for (int sort = 0; sort < N_SORTS; sort++)
        phrases_free(t->company[sort]);
    free(t->policy);
    free(t->words);
    free(t);
}

static void on_language(void *ctx, const struct phrase *p, uint32_t list, uint32_t at,
                        uint32_t n_words)
{
    struct finding *f = ctx;
    (void)list;
    (void)at;
    (void)n_words;
    f->n_lang[p->group - GROUP_LANG_ES]++;
}

static int declared(struct slice lang)
{
    for (int i = 0; i < 3; i++)
        if (lang.n >= 2 && slice_ieq_z(slice_make(lang.p, 2), lang_codes[i]))
            return i;
    return lang.n >= 2 && !slice_ieq_z(slice_make(lang.p, 2), "un") ? 3 : -1;
}

/* Common words decide; the network's word breaks ties and stands in for short texts. */
static int language_of(const struct finding *f, struct slice lang)
{
    int best = -1, said = declared(lang);
    uint32_t most = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t score = f->n_lang[i] * 2 + (i == said ? 1 : 0);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return most >= 2 || best == said ? best : -1;
}

/* A word of several languages counts in the text's own only. */
static bool is_ours(const struct finding *f, uint32_t list)
{
    return f->lang < 0 || f->lang > LIST_PT || (int)list == f->lang;
}

static void on_company(void *ctx, const struct phrase *p, uint32_t list, uint32_t at,
                       uint32_t n_words)
{
    struct finding *f = ctx;
    const struct triage_word *w = &f->t->words[p - f->t->policy];
    (void)list;
    (void)at;
    (void)n_words;
    bool is_known = f->lang >= LIST_ES && f->lang <= LIST_PT;
    if (w->lang[0] != '\0' && is_known && strcmp(w->lang, lang_codes[f->lang]) != 0)
        return;
    if (w->category != UINT16_MAX && f->category == UINT16_MAX)
        f->category = w->category;
    f->points[REASON_POLICY_WORD] += w->points;
    if (w->reason != 0 && f->points[w->reason] == 0)
        f->points[w->reason] = w->reason == REASON_QUESTION ? 8 : 1;
}

static void on_phrase(void *ctx, const struct phrase *p, uint32_t list, uint32_t at,
                      uint32_t n_words)
{
    struct finding *f = ctx;
    if (!is_ours(f, list))
        return;
    bool is_negated = n_words == 1 && at < f->negated_until;
    if (p->group == GROUP_NEGATION)
        f->negated_until = at + 3;
    if (p->group >= GROUP_NEGATIVE) {
        int group = p->group;
        if (is_negated && group == GROUP_POSITIVE)
            group = GROUP_NEGATIVE;
        else if (is_negated && group == GROUP_NEGATIVE)
            group = GROUP_POSITIVE;
        f->n_group[group - GROUP_NEGATIVE]++;
        return;
    }
    if (is_negated && (p->points >= TRIAGE_HIGH || p->group == REASON_PRAISE)) {
        f->n_group[p->group == REASON_PRAISE ? 0 : GROUP_POSITIVE - GROUP_NEGATIVE]++;
        return;
    }
    if (f->points[p->group] == 0 || p->points > f->points[p->group])
        f->points[p->group] = p->points != 0 ? p->points : 1;
}

static uint32_t n_of(const struct finding *f, enum lexicon_group g)
{
    return f->n_group[g - GROUP_NEGATIVE];
}

static bool has(const struct finding *f, enum reason r)
{
    return f->points[r] != 0;
}

static bool has_trouble(const struct finding *f)
{
    for (int r = REASON_SAFETY; r <= REASON_PROBLEM; r++)
        if (has(f, (enum reason)r))
            return true;
    return has(f, REASON_SARCASM);
}

static void weigh_marks(struct finding *f)
{
    const struct words *w = f->w;
    if (w->n_letters >= 20 && w->n_capitals * 10 > w->n_letters * 7)
        f->points[REASON_SHOUTING] = 5;
    if (w->n_questions > 0 && !has(f, REASON_QUESTION))
        f->points[REASON_QUESTION] = 8;
    if (n_of(f, GROUP_HELP) > 0 && !has(f, REASON_QUESTION))
        f->points[REASON_QUESTION] = 10;
    if (has(f, REASON_SARCASM))
        f->points[REASON_ANGER] += 10;
}

static enum mood mood_of(const struct finding *f)
{
    int negative = (int)(n_of(f, GROUP_NEGATIVE) + f->w->n_sad),
        positive = (int)(n_of(f, GROUP_POSITIVE) + f->w->n_glad);
    negative += has(f, REASON_ANGER) ? 3 : 0;
    for (int r = REASON_SAFETY; r <= REASON_PROBLEM; r++)
        negative += r != REASON_ANGER && has(f, (enum reason)r) ? 1 : 0;
    negative += has(f, REASON_SARCASM) ? 3 : 0;
    negative += has(f, REASON_WAITING) ? 1 : 0;
    positive += has(f, REASON_PRAISE) ? 3 : 0;
    positive += n_of(f, GROUP_THANKS) > 0 && !has(f, REASON_SARCASM) ? 1 : 0;
    if (negative > positive)
        return MOOD_NEGATIVE;
    return positive > negative && positive > 1 ? MOOD_POSITIVE : MOOD_NEUTRAL;
}

static enum request_kind kind_of(const struct finding *f)
{
    bool asks = has(f, REASON_QUESTION), trouble = has_trouble(f);
    bool is_link_post = f->w->n_urls > 0 && f->w->n_questions == 0;
    if (has(f, REASON_SPAM) && !trouble)
        return REQUEST_SPAM;
    if ((f->w->starts_with_rt || (has(f, REASON_NEWS) && is_link_post)) &&
        !(trouble && f->w->n_questions > 0))
        return REQUEST_NEWS;
    if (has(f, REASON_PRAISE) && !trouble && f->w->n_questions == 0)
        return REQUEST_PRAISE;
    if (trouble || asks || has(f, REASON_REPEAT) || has(f, REASON_WAITING))
        return REQUEST_REQUEST;
    return n_of(f, GROUP_POSITIVE) > 1 && n_of(f, GROUP_NEGATIVE) == 0 ? REQUEST_PRAISE
                                                                       : REQUEST_CHATTER;
}

/* Short, thankful, and nothing asked or broken: does not call for another answer. */
static bool is_thanks(const struct finding *f)
{
    bool only_emoji = f->w->n == 0 && f->w->n_emoji > 0;
    bool is_short = f->w->n <= 12 && f->w->n_questions == 0;
    return only_emoji ||
           (is_short && n_of(f, GROUP_THANKS) > 0 && !has_trouble(f) && !has(f, REASON_QUESTION));
}

static void weigh_history(struct finding *f, const struct triage_history *h)
{
    if (h == NULL)
        return;
    f->points[REASON_PLAN] = h->has_plan ? 15 : 0;
    f->points[REASON_CONTACTS] = h->n_contacts >= 5 ? 15 : h->n_contacts >= 2 ? 8 : 0;
    f->points[REASON_LATE_BEFORE] = h->was_late ? 10 : 0;
    f->points[REASON_MOVED_BEFORE] = h->was_moved ? 10 : 0;
    f->points[REASON_OPEN_TICKET] = h->has_ticket ? 8 : 0;
}

static void add_reason(struct triage_result *out, uint16_t code, int32_t points)
{
    unsigned at = out->n_reasons;
    if (points > 99)
        points = 99;
    while (at > 0 && abs(out->reasons[at - 1].points) < abs(points))
        at--;
    if (at >= CASE_REASONS_MAX)
        return;
    if (out->n_reasons < CASE_REASONS_MAX)
        out->n_reasons++;
    memmove(&out->reasons[at + 1], &out->reasons[at],
            (size_t)(out->n_reasons - 1 - at) * sizeof out->reasons[0]);
    out->reasons[at] = (struct case_reason){code, (int16_t)points};
}

static bool is_noise_reason(int r)
{
    return r == REASON_PRAISE || r == REASON_THANKS || r == REASON_SPAM || r == REASON_NEWS ||
           r == REASON_SARCASM;
}

static void sum_up(const struct finding *f, struct triage_result *out)
{
    for (int r = 1; r < REASON_N; r++) {
        if (f->points[r] == 0)
            continue;
        int32_t points = is_noise_reason(r) ? 0 : f->points[r];
        out->points += points;
        add_reason(out, (uint16_t)r, points);
    }
    bool is_low = out->request != REQUEST_REQUEST;
    out->level = is_low                         ? LEVEL_LOW
                 : out->points >= TRIAGE_URGENT ? LEVEL_URGENT
                 : out->points >= TRIAGE_HIGH   ? LEVEL_HIGH
                                                : LEVEL_NORMAL;
}

void triage_text(const struct triage *t, struct slice text, struct slice lang,
                 const struct triage_history *history, struct triage_result *out)
{
    struct words w;
    struct finding f = {.t = t, .w = &w, .category = UINT16_MAX};
    words_of(text, &w);
    memset(out, 0, sizeof *out);
    phrases_find(t->languages, &w, on_language, &f);
    f.lang = language_of(&f, lang);
    memcpy(out->lang, lang_codes[f.lang >= 0 ? f.lang : 3], 3);
    phrases_find(t->lexicon, &w, on_phrase, &f);
    for (int sort = 0; sort < N_SORTS; sort++)
        phrases_find(t->company[sort], &w, on_company, &f);
    weigh_marks(&f);
    out->request = kind_of(&f);
    out->is_request = out->request == REQUEST_REQUEST;
    out->is_thanks = is_thanks(&f);
    out->mood = mood_of(&f);
    out->category = f.category;
    if (out->is_thanks && out->request == REQUEST_CHATTER)
        f.points[REASON_THANKS] = 1;
    weigh_history(&f, history);
    sum_up(&f, out);
}
