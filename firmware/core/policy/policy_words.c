/* policy_words.c - categories and the words that make them, urgency, and relevance. */
#include "core/policy/policy_compile.h"
#include "core/text/words.h"
#include "core/triage/reason.h"
#include <stdio.h>
#include <string.h>

/* A word as the finder sees it. */
static bool fold(struct slice text, struct policy_folded *out)
{
    struct words w;
    words_of(text, &w);
    if (w.n == 0 || w.n > POLICY_PHRASE_MAX)
        return false;
    *out = (struct policy_folded){.n = w.n};
    memcpy(out->hash, w.hash, w.n * sizeof w.hash[0]);
    return true;
}

static bool is_same(const struct policy_folded *a, const struct policy_folded *b)
{
    return a->n == b->n && memcmp(a->hash, b->hash, a->n * sizeof a->hash[0]) == 0;
}

/* Is it among the words from `first` on? */
static bool is_repeated(const struct compiling *c, size_t first, const struct policy_folded *f)
{
    for (size_t i = first; i < c->n_words; i++)
        if (is_same(f, &c->folded[i]))
            return true;
    return false;
}

static bool is_elsewhere(const struct compiling *c, size_t first, const struct policy_folded *f)
{
    for (size_t i = 0; i < first; i++)
        if (is_same(f, &c->folded[i]))
            return true;
    return false;
}

/* A word of a list that began at `first`, as `like` but for its text. */
static void add_word(struct compiling *c, const struct policy_node *n, const struct cJSON *word,
                     size_t first, const struct triage_word *like)
{
    struct slice text = json_string(word);
    struct policy_folded f;
    if (!json_is_string(word))
        policy_fault(n, NULL, "expected a string", "write it in double quotes");
    else if (text.n >= sizeof c->words[0].text || !fold(text, &f))
        policy_fault(n, NULL, "expected one to five words of at most 79 bytes in all",
                     "only letters and digits count; handles, links and signs do not");
    else if (is_repeated(c, first, &f))
        policy_fault(n, NULL, "duplicate word",
                     "remove one; accents and capitals make no difference");
    else if (c->n_words == POLICY_WORDS_MAX)
        policy_fault(n, NULL, "too many words", "a policy holds at most 4000");
    else {
        if (like->category != UINT16_MAX && is_elsewhere(c, first, &f))
            policy_warn(n, NULL, "another category has this word too", "keep it in one of them");
        c->words[c->n_words] = *like;
        c->folded[c->n_words] = f;
        slice_copy_z(text, c->words[c->n_words++].text, sizeof c->words[0].text);
    }
}

/* ---- categories */

static void read_category_words(struct compiling *c, const struct policy_node *n, uint16_t number)
{
    struct policy_node list = policy_node_array(n, "words"), e = {0};
    const struct triage_word like = {.category = number};
    size_t first = c->n_words;
    for (size_t i = 0; policy_next(&list, POLICY_WORDS_MAX, &i, &e);)
        add_word(c, &e, e.json, first, &like);
}

static void read_category_team(struct compiling *c, const struct policy_node *n,
                               struct policy_category *k)
{
    const char *names[POLICY_TEAMS_MAX + 1] = {NULL};
    for (int t = 0; t < c->p->n_teams; t++)
        names[t] = c->p->teams[t].name;
    int found = policy_choice(n, "team", names, "unknown team");
    k->team = (uint16_t)(found < 0 ? 0 : found);
}

static void read_category_tags(struct compiling *c, const struct policy_node *n,
                               struct policy_category *k)
{
    const char *names[POLICY_TAGS_MAX + 1] = {NULL};
    struct policy_node list = policy_node_array(n, "tags"), e = {0};
    for (int t = 0; t < c->p->n_tags; t++)
        names[t] = c->p->tags[t];
    for (size_t i = 0; policy_next(&list, POLICY_CATEGORY_TAGS_MAX, &i, &e);) {
        int tag = policy_find_tag(c->p, json_string(e.json));
        bool is_there = false;
        for (unsigned t = 0; t < k->n_tags; t++)
            is_there |= k->tags[t] == tag;
        if (tag < 0)
            policy_unknown(&e, NULL, "unknown tag", json_string(e.json), names);
        else if (is_there)
            policy_fault(&e, NULL, "duplicate tag", "remove one");
        else
            k->tags[k->n_tags++] = (uint16_t)tag;
    }
}

static void read_category(struct compiling *c, const struct policy_node *n)
{
    static const char *const names[] = {"name", "team",  "private", "needs_tag",
                                        "tags", "words", NULL};
    uint16_t number = c->p->n_categories++;
    struct policy_category *k = &c->p->categories[number];
    memset(k, 0, sizeof *k);
    policy_only(n, names);
    policy_name(n, "a category needs a name", "for example \"averias\"", k->name, sizeof k->name);
    if (k->name[0] != '\0' && policy_find_category(c->p, slice_of(k->name)) != number)
        policy_fault(n, "name", "duplicate category name", "rename one");
    read_category_team(c, n, k);
    policy_flag(n, "private", &k->is_private);
    policy_flag(n, "needs_tag", &k->needs_tag);
    read_category_tags(c, n, k);
    read_category_words(c, n, number);
}

void policy_read_categories(struct compiling *c, const struct policy_node *doc)
{
    struct policy_node list = policy_node_array(doc, "categories"), e = {0};
    if (list.json == NULL) {
        c->n_words = policy_default_words(c->words, POLICY_WORDS_MAX);
        return;
    }
    c->p->n_categories = 0;
    for (size_t i = 0; policy_next(&list, POLICY_CATEGORIES_MAX, &i, &e);) {
        if (!json_is_object(e.json))
            policy_fault(&e, NULL, "expected an object", "write {\"name\":…}");
        else
            read_category(c, &e);
    }
    if (json_count(list.json) == 0)
        policy_fault(&list, NULL, "the list of categories is empty",
                     "add a category, or leave \"categories\" out");
}

/* ---- words of urgency and relevance */

static void read_urgency(struct compiling *c, const struct policy_node *urgency, const char *lang)
{
    struct policy_node list = policy_node_array(urgency, lang), e = {0};
    size_t first = c->n_words;
    for (size_t i = 0; policy_next(&list, POLICY_WORDS_MAX, &i, &e);) {
        const struct cJSON *word = json_is_array(e.json) ? json_first(e.json) : NULL;
        const struct cJSON *points = word != NULL ? json_next(word) : NULL;
        struct triage_word like = {.category = UINT16_MAX};
        int64_t n;
        slice_copy_z(slice_of(lang), like.lang, sizeof like.lang);
        if (points == NULL || json_count(e.json) != 2 || json_int(points, &n) != ERR_OK ||
            n < -100 || n > 100) {
            policy_fault(&e, NULL, "expected [\"words\", points]",
                         "points are a whole number from -100 to 100");
            continue;
        }
        like.points = (int16_t)n;
        add_word(c, &e, word, first, &like);
    }
}

static void read_relevance(struct compiling *c, const struct policy_node *relevance,
                           const char *lang)
{
    static const char *const kinds[] = {"request", "praise", "spam", "news", NULL};
    static const uint16_t reasons[] = {REASON_QUESTION, REASON_PRAISE, REASON_SPAM, REASON_NEWS};
    struct policy_node one = policy_node_object(relevance, lang);
    size_t first = c->n_words;
    policy_only(&one, kinds);
    for (int k = 0; kinds[k] != NULL; k++) {
        struct policy_node list = policy_node_array(&one, kinds[k]), e = {0};
        struct triage_word like = {.category = UINT16_MAX, .reason = reasons[k]};
        slice_copy_z(slice_of(lang), like.lang, sizeof like.lang);
        for (size_t i = 0; policy_next(&list, POLICY_WORDS_MAX, &i, &e);)
            add_word(c, &e, e.json, first, &like);
    }
}

void policy_read_words(struct compiling *c, const struct policy_node *doc)
{
    static const char *const kinds[] = {"urgency", "relevance", NULL};
    static const char *const langs[] = {"es", "en", "pt", NULL};
    struct policy_node words = policy_node_object(doc, "words");
    policy_only(&words, kinds);
    struct policy_node urgency = policy_node_object(&words, "urgency");
    struct policy_node relevance = policy_node_object(&words, "relevance");
    policy_only(&urgency, langs);
    policy_only(&relevance, langs);
    for (size_t l = 0; langs[l] != NULL; l++)
        read_urgency(c, &urgency, langs[l]);
    for (size_t l = 0; langs[l] != NULL; l++)
        read_relevance(c, &relevance, langs[l]);
}
