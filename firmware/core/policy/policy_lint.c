/* policy_lint.c - what no member alone can show, and what is odd but no fault. */
#include "base/utf8.h"
#include "core/policy/policy_compile.h"
#include "core/scan/scan.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define POST_MAX 280  /* the shortest post of a network, in its own count */
#define NAME_ROOM 12  /* a customer's name in a greeting */
#define URL_WEIGHT 23 /* whatever its length */

static const char *const lang_names[] = {"es", "en"};
static const char *const route_names[ROUTE_N] = {"", "dm", "phone", "email", "form"};

struct linting {
    struct compiling *c;
    const struct policy_node *doc;
};

static struct policy_node at(const struct linting *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static struct policy_node at(const struct linting *l, const char *format, ...)
{
    struct policy_node n = {.faults = l->c->faults};
    va_list args;
    va_start(args, format);
    (void)vsnprintf(n.path, sizeof n.path, format, args);
    va_end(args);
    return n;
}

/* ---- numbers */

static void check_head_starts(const struct linting *l)
{
    const struct policy *p = l->c->p;
    for (int k = 1; k < LEVEL_N; k++)
        if (p->head_start_ms[k] < p->head_start_ms[k - 1]) {
            struct policy_node n = at(l, "$.head_start_min.%s", policy_level_names[k]);
            policy_fault(&n, NULL, "a higher level gets a smaller head start than a lower level",
                         "give it more head start");
        }
}

static void check_keeping(const struct linting *l)
{
    const struct policy *p = l->c->p;
    if (p->retain_done_ms < p->reopen_ms)
        policy_warn(l->doc, "retain_days", "cases are deleted before they can be reopened",
                    "keep them for at least \"reopen_days\"");
}

/* Members that wait for what they are about: tests/tools/policy-members.test.mjs lists them. */
static void check_not_in_use(const struct linting *l)
{
    if (l->c->p->automatic_stops_acknowledge)
        policy_warn(l->doc, "automatic_stops_acknowledge", "not in use yet",
                    "there are no automatic acknowledgements yet");
}

static bool has_later_target(const struct policy_target *higher, const struct policy_target *lower)
{
    return lower->minutes != 0 && (higher->minutes == 0 || higher->minutes > lower->minutes);
}

static void check_targets(const struct linting *l, int number, const struct policy_team *t)
{
    const struct policy_target *first = t->targets[CLOCK_ACKNOWLEDGE],
                               *answer = t->targets[CLOCK_ANSWER];
    struct policy_node n = at(l, "$.teams[%d].targets", number);
    bool promises = false, is_odd = false, is_steep = false;
    for (int k = 0; k < LEVEL_N; k++) {
        promises |= answer[k].minutes != 0 || first[k].minutes != 0;
        is_odd |= answer[k].minutes != 0 && first[k].minutes > answer[k].minutes;
        is_steep |= k > 0 && has_later_target(&answer[k], &answer[k - 1]);
    }
    if (!promises)
        policy_warn(&n, NULL, "this team promises neither an acknowledgement nor an answer",
                    "give \"answer\" its minutes");
    if (is_odd)
        policy_warn(&n, "acknowledge", "the acknowledgement is promised later than the answer",
                    "an answer acknowledges too: make this the shorter");
    if (is_steep)
        policy_warn(&n, "answer", "a higher level gets a later answer than a lower level",
                    "give it fewer minutes");
}

static void check_tags(const struct linting *l)
{
    const struct policy *p = l->c->p;
    if (p->n_tags > 0)
        return;
    if (p->tag_needed)
        policy_fault(l->doc, "tag_needed", "a tag is required, but none are defined",
                     "add \"tags\"");
    for (int k = 0; k < p->n_categories; k++)
        if (p->categories[k].needs_tag) {
            struct policy_node n = at(l, "$.categories[%d].needs_tag", k);
            policy_fault(&n, NULL, "a tag is required, but none are defined", "add \"tags\"");
        }
}

/* ---- texts */

static bool is_url(struct slice s)
{
    return slice_has_prefix(s, slice_of("https://")) || slice_has_prefix(s, slice_of("http://"));
}

/* Never more than a network counts: a link as one weight, all else as characters. */
static size_t post_weight(struct slice s)
{
    size_t weight = 0;
    for (size_t i = 0; i < s.n; weight++) {
        if (is_url(slice_make(s.p + i, s.n - i))) {
            while (i < s.n && s.p[i] != ' ' && s.p[i] != '\n')
                i++;
            weight += URL_WEIGHT - 1;
        } else {
            (void)utf8_next(s, &i);
        }
    }
    return weight;
}

static void check_length(const struct linting *l, const struct policy_node *n, const char *text,
                         int lang)
{
    const struct policy *p = l->c->p;
    size_t weight = post_weight(slice_of(text));
    size_t around =
        post_weight(slice_of(p->greeting[lang])) + NAME_ROOM + post_weight(slice_of(p->signature));
    char hint[80];
    if (weight > POST_MAX) {
        snprintf(hint, sizeof hint, "its length is %zu; a post may have %d", weight, POST_MAX);
        policy_fault(n, NULL, "this text does not fit one post", hint);
    } else if (weight + around > POST_MAX) {
        snprintf(hint, sizeof hint, "keep it under %zu", POST_MAX - around);
        policy_warn(n, NULL, "with its greeting and signature this text does not fit one post",
                    hint);
    }
}

static bool is_public(const struct policy *p, struct slice text, const struct hazard *h)
{
    for (int i = 0; i < p->n_identifiers; i++)
        if (scan_is_allowed(text, h, slice_of(p->identifiers[i])))
            return true;
    return false;
}

static void check_personal(const struct linting *l, const struct policy_node *n, const char *text)
{
    struct arena a;
    struct hazard *h;
    size_t n_found = 0;
    char hint[80];
    arena_init(&a, 0);
    if (scan_text(slice_of(text), &a, &h, &n_found) != ERR_OK)
        l->c->err = ERR_NO_MEMORY;
    for (size_t i = 0; i < n_found; i++)
        if (!is_public(l->c->p, slice_of(text), &h[i])) {
            snprintf(hint, sizeof hint, "add the company's own (here: %s) to public_identifiers",
                     hazard_word(h[i].kind));
            policy_warn(n, NULL, "the personal-data gate would refuse this text", hint);
            break;
        }
    arena_fini(&a);
}

static void check_forbidden(const struct linting *l, const struct policy_node *n, const char *text)
{
    const struct policy *p = l->c->p;
    struct words w;
    char hint[80];
    words_of(slice_of(text), &w);
    for (int i = 0; i < p->n_forbidden; i++) {
        if (!words_hold(&w, p->forbidden[i], NULL))
            continue;
        snprintf(hint, sizeof hint, "remove \"%s\" here or there", p->forbidden[i]);
        policy_warn(n, NULL, "this text contains a forbidden word", hint);
        return;
    }
}

static void check_text(const struct linting *l, const struct policy_node *n, const char *text,
                       int lang)
{
    check_length(l, n, text, lang);
    check_personal(l, n, text);
    check_forbidden(l, n, text);
}

/* A pair of which a document gives only one: the other stays built in, and says something else. */
static void check_pair(const struct linting *l, const char *path, const struct cJSON *pair)
{
    for (int k = 0; k < 2; k++) {
        if (json_get(pair, lang_names[k]) != NULL || json_get(pair, lang_names[1 - k]) == NULL)
            continue;
        struct policy_node n = at(l, "%s.%s", path, lang_names[k]);
        policy_warn(&n, NULL, "the built-in text stays in this language", "write it as well");
    }
}

static void check_moves(const struct linting *l)
{
    const struct policy *p = l->c->p;
    const struct cJSON *moves = json_get(l->doc->json, "moves");
    for (int r = ROUTE_DM; r < ROUTE_N; r++) {
        const struct cJSON *text = json_get(json_get(moves, route_names[r]), "text");
        struct policy_node pair = at(l, "$.moves.%s.text", route_names[r]);
        for (int k = 0; k < 2; k++) {
            struct policy_node n = at(l, "%s.%s", pair.path, lang_names[k]);
            if (p->routes[r].is_allowed && p->routes[r].text[k][0] == '\0')
                policy_fault(&n, NULL, "an allowed move needs a text",
                             "write it, or \"allowed\": false");
            if (json_get(text, lang_names[k]) != NULL)
                check_text(l, &n, p->routes[r].text[k], k);
        }
        check_pair(l, pair.path, text);
    }
}

static void check_greetings(const struct linting *l)
{
    const struct policy *p = l->c->p;
    const struct cJSON *greeting = json_get(l->doc->json, "greeting"),
                       *follow_up = json_get(l->doc->json, "follow_up");
    for (int k = 0; k < 2; k++) {
        struct policy_node hello = at(l, "$.greeting.%s", lang_names[k]);
        struct policy_node after = at(l, "$.follow_up.%s", lang_names[k]);
        if (p->greeting[k][0] != '\0' && strstr(p->greeting[k], "{name}") == NULL)
            policy_warn(&hello, NULL, "this greeting does not name the customer",
                        "for example \"Hola, {name}:\"");
        if (json_get(greeting, lang_names[k]) != NULL)
            check_forbidden(l, &hello, p->greeting[k]);
        if (json_get(follow_up, lang_names[k]) != NULL)
            check_text(l, &after, p->follow_up[k], k);
    }
    check_pair(l, "$.greeting", greeting);
    check_pair(l, "$.follow_up", follow_up);
}

/* ---- words and identifiers */

static bool is_never_public(enum hazard_kind k)
{
    return k == HAZARD_PAN || k == HAZARD_CVV || k == HAZARD_EXPIRY || k == HAZARD_DNI_AR ||
           k == HAZARD_DNI_ES || k == HAZARD_NIE || k == HAZARD_CURP || k == HAZARD_CPF ||
           k == HAZARD_SSN;
}

static void check_identifier(const struct linting *l, int number)
{
    struct slice text = slice_of(l->c->p->identifiers[number]);
    struct policy_node n = at(l, "$.public_identifiers[%d]", number);
    struct arena a;
    struct hazard *h;
    size_t n_found = 0;
    bool is_never = false;
    arena_init(&a, 0);
    if (scan_text(text, &a, &h, &n_found) != ERR_OK)
        l->c->err = ERR_NO_MEMORY;
    for (size_t i = 0; i < n_found; i++)
        is_never |= is_never_public(h[i].kind);
    if (is_never)
        policy_fault(&n, NULL, "cards and national ids cannot be public",
                     "list only the company's own phones, addresses and accounts");
    else if (n_found == 0 && l->c->err == ERR_OK)
        policy_warn(&n, NULL, "the gate would not refuse this anyway", "remove it");
    arena_fini(&a);
}

/* A word that holds no word forbids nothing. */
static void check_forbidden_words(const struct linting *l)
{
    const struct policy *p = l->c->p;
    for (int i = 0; i < p->n_forbidden; i++) {
        struct words w;
        words_of(slice_of(p->forbidden[i]), &w);
        if (w.n > 0 && w.n <= POLICY_PHRASE_MAX)
            continue;
        struct policy_node n = at(l, "$.forbidden[%d]", i);
        policy_fault(&n, NULL, "expected one to five words",
                     "only letters and digits count; handles, links and signs do not");
    }
}

void policy_lint(struct compiling *c, const struct policy_node *doc)
{
    struct linting l = {.c = c, .doc = doc};
    check_head_starts(&l);
    check_keeping(&l);
    check_not_in_use(&l);
    for (int t = 0; t < c->p->n_teams; t++)
        check_targets(&l, t, &c->p->teams[t]);
    check_tags(&l);
    check_forbidden_words(&l);
    check_moves(&l);
    check_greetings(&l);
    for (int i = 0; i < c->p->n_identifiers; i++)
        check_identifier(&l, i);
}
