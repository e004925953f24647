/* triage.c - find, judge, sum up. */
#include "core/triage/triage.h"
#include "core/triage/lexicon.h"
#include "core/triage/triage_internal.h"
#include <stdlib.h>
#include <string.h>

#define SARCASM_TURNS 12  /* how far ironic praise turns the mood, */
#define SARCASM_MOOD (-6) /* and where it ends at the best */
#define WAITED_LONG 20    /* points of "two weeks now"; */
#define WAITED_TOO 8      /* what they add to having asked before, or to an outage */

static enum triage_sort sort_of(const struct triage_word *w)
{
    if (w->category != UINT16_MAX)
        return TRIAGE_CATEGORY;
    return w->reason != 0 ? TRIAGE_RELEVANCE : TRIAGE_URGENCY;
}

/* Which slot of a sort: 0 for words of any language. */
static int slot_of(const struct triage_word *w)
{
    for (int l = 0; l < LANGUAGE_OTHER; l++)
        if (strcmp(w->lang, language_code((enum language)l)) == 0)
            return 1 + l;
    return 0;
}

static enum err compile_policy(struct triage *t, const struct triage_word *words, size_t n)
{
    struct phrase_group *groups = calloc(n + 2, sizeof *groups);
    t->words = calloc(n + 1, sizeof *t->words);
    t->n_words = n;
    enum err e = groups != NULL && t->words != NULL ? ERR_OK : ERR_NO_MEMORY;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        t->words[i] = words[i];
    for (int which = 0; e == ERR_OK && which < TRIAGE_SORTS * (1 + LANGUAGE_OTHER); which++) {
        int sort = which / (1 + LANGUAGE_OTHER), slot = which % (1 + LANGUAGE_OTHER);
        size_t n_groups = 0;
        for (size_t i = 0; i < n; i++)
            if ((int)sort_of(&t->words[i]) == sort && slot_of(&t->words[i]) == slot)
                groups[n_groups++] =
                    (struct phrase_group){(int32_t)i, t->words[i].points, t->words[i].text};
        if (sort == TRIAGE_CATEGORY && n_groups > 0)
            groups[n_groups++] = lexicon_verbs[0];
        groups[n_groups] = (struct phrase_group){0, 0, NULL};
        if (n_groups > 0)
            e = phrases_new(groups, &t->policy[sort][slot]);
    }
    free(groups);
    return e;
}

enum err triage_new(const struct triage_word *words, size_t n_words, struct triage **out)
{
    const struct phrase_group *const lexicons[LANGUAGE_OTHER] = {lexicon_es, lexicon_en,
                                                                 lexicon_pt};
    struct triage *t = calloc(1, sizeof *t);
    *out = NULL;
    if (t == NULL)
        return ERR_NO_MEMORY;
    enum err e = compile_policy(t, words, n_words);
    if (e == ERR_OK)
        e = phrases_new(lexicon_lang, &t->common);
    if (e == ERR_OK)
        e = phrases_new(lexicon_pairs, &t->pairs);
    if (e == ERR_OK)
        e = phrases_new(lexicon_elsewhere, &t->elsewhere);
    if (e == ERR_OK)
        e = phrases_new(lexicon_matters, &t->matters);
    for (int l = 0; e == ERR_OK && l < LANGUAGE_OTHER; l++)
        e = phrases_new(lexicons[l], &t->lexicon[l]);
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
    for (int l = 0; l < LANGUAGE_OTHER; l++)
        phrases_free(t->lexicon[l]);
    phrases_free(t->common);
    phrases_free(t->pairs);
    phrases_free(t->elsewhere);
    phrases_free(t->matters);
    for (int sort = 0; sort < TRIAGE_SORTS; sort++)
        for (int slot = 0; slot <= LANGUAGE_OTHER; slot++)
            phrases_free(t->policy[sort][slot]);
    free(t->words);
    free(t);
}

/* Praise beside trouble, standing alone or where nothing else is kind, is meant the other way. */
static void weigh_sarcasm(struct finding *f)
{
    bool has_bad_news = triage_has(f, REASON_OUTAGE) || triage_has(f, REASON_REPEAT) ||
                        triage_has(f, REASON_STRANDED) || triage_has(f, REASON_WAITING) ||
                        triage_has(f, REASON_MONEY_BLOCKED);
    if (f->is_cheering && has_bad_news && f->n_thanks == 0 && !triage_has(f, REASON_CALM) &&
        !triage_has(f, REASON_SARCASM)) {
        f->points[REASON_SARCASM] = 10;
        f->mood = f->mood - SARCASM_TURNS > SARCASM_MOOD ? SARCASM_MOOD : f->mood - SARCASM_TURNS;
    }
    if (triage_has(f, REASON_SARCASM))
        f->points[REASON_ANGER] += 10;
}

/* "See you again": no trouble unless something else is. */
static void drop_lonely_repeat(struct finding *f)
{
    int32_t points = f->points[REASON_REPEAT];
    f->points[REASON_REPEAT] = 0;
    if (points >= REPEAT_FIRM || triage_has_trouble(f) || f->mood < 0)
        f->points[REASON_REPEAT] = points;
}

/* "flight cancelled" tells of one thing, not of being stranded and of a problem besides. */
static void drop_counted_problem(struct finding *f)
{
    static const enum reason graver[] = {REASON_MONEY_BLOCKED, REASON_STRANDED, REASON_OUTAGE,
                                         REASON_FRAUD};
    const struct triage_span *p = &f->where[REASON_PROBLEM];
    for (size_t i = 0; i < sizeof graver / sizeof graver[0]; i++) {
        const struct triage_span *g = &f->where[graver[i]];
        if (triage_has(f, graver[i]) && p->from >= g->from && p->to <= g->to)
            f->points[REASON_PROBLEM] = 0;
    }
}

/* Long waiting beside what says as much already adds little: an outage is high by itself, and what
 * is urgent should be somebody in danger, not a longer sentence. */
static void weigh_waiting(struct finding *f)
{
    int n_said = triage_has(f, REASON_REPEAT) + triage_has(f, REASON_OUTAGE);
    if (f->points[REASON_WAITING] == WAITED_LONG && n_said > 0)
        f->points[REASON_WAITING] = n_said == 1 ? WAITED_TOO : 1;
}

/* What it is not, it gives no reason for. */
static void drop_other_kinds(struct finding *f, enum request_kind kind)
{
    if (kind != REQUEST_NEWS)
        f->points[REASON_NEWS] = 0;
    if (kind != REQUEST_SPAM)
        f->points[REASON_SPAM] = 0;
}

static void weigh_marks(struct finding *f)
{
    const struct words *w = f->w;
    drop_lonely_repeat(f);
    drop_counted_problem(f);
    weigh_waiting(f);
    if (w->n_letters >= 20 && w->n_capitals * 10 > w->n_letters * 7)
        f->points[REASON_SHOUTING] = 5;
    if (w->n_questions > 0 && !triage_has(f, REASON_QUESTION))
        f->points[REASON_QUESTION] = 8;
    weigh_sarcasm(f);
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

static void add_reason(struct triage_result *out, uint16_t code, int32_t points,
                       struct triage_span where)
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
    size_t n_after = (size_t)(out->n_reasons - 1) - at;
    memmove(&out->reasons[at + 1], &out->reasons[at], n_after * sizeof out->reasons[0]);
    memmove(&out->where[at + 1], &out->where[at], n_after * sizeof out->where[0]);
    out->reasons[at] = (struct case_reason){code, (int16_t)points};
    out->where[at] = where;
}

static bool is_noise_reason(int r)
{
    return r == REASON_PRAISE || r == REASON_THANKS || r == REASON_SPAM || r == REASON_NEWS ||
           r == REASON_SARCASM || r == REASON_FOREIGN;
}

static enum level level_of(const struct triage_result *r)
{
    if (!r->is_request)
        return LEVEL_LOW;
    return r->points >= TRIAGE_URGENT ? LEVEL_URGENT
           : r->points >= TRIAGE_HIGH ? LEVEL_HIGH
                                      : LEVEL_NORMAL;
}

static void sum_up(const struct finding *f, struct triage_result *out)
{
    for (int r = 1; r < REASON_N; r++) {
        if (f->points[r] == 0)
            continue;
        int32_t points = is_noise_reason(r) ? 0 : f->points[r];
        out->points += points;
        add_reason(out, (uint16_t)r, points, f->where[r]);
    }
    out->level = level_of(out);
}

void triage_text(const struct triage *t, struct slice text, struct slice lang,
                 const struct triage_history *history, struct triage_result *out)
{
    struct words w;
    struct finding f = {.t = t, .w = &w, .category = UINT16_MAX};
    words_of(text, &w);
    memset(out, 0, sizeof *out);
    f.language = language_of(t->common, &w, lang);
    memcpy(out->lang, language_code(f.language), 3);
    triage_find(&f);
    weigh_marks(&f);
    out->request = triage_kind(&f);
    out->is_request = out->request == REQUEST_REQUEST;
    out->is_thanks = triage_is_thanks(&f);
    out->mood = triage_mood(&f);
    out->category = f.category;
    if (out->is_thanks && out->request == REQUEST_CHATTER && f.n_thanks > 0)
        f.points[REASON_THANKS] = 1;
    if (out->is_request && f.language == LANGUAGE_OTHER)
        f.points[REASON_FOREIGN] = 1;
    drop_other_kinds(&f, out->request);
    weigh_history(&f, history);
    sum_up(&f, out);
}
