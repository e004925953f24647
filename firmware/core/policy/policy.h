/* policy.h - the company's social-care rules as the rulebook reads them: compiled, immutable,
 * versioned.
 *
 * Text form: policy/policy.schema.json.  A policy is adopted by an event; a case remembers the
 * version it was opened under. */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H
#include "base/arena.h"
#include "base/fault.h"
#include "core/hours/hours.h"
#include "core/record/case.h"

struct cJSON;
struct triage;

#define POLICY_TEAMS_MAX 32
#define POLICY_CATEGORIES_MAX 128
#define POLICY_TAGS_MAX 256
#define POLICY_PLANS_MAX 16
#define POLICY_CATEGORY_TAGS_MAX 16
#define POLICY_SENTENCE_MAX 600 /* bytes; a post has 280 characters of up to four */
#define POLICY_FORBIDDEN_MAX 128
#define POLICY_IDENTIFIERS_MAX 64
#define POLICY_WORD_MAX 40

struct policy_target {
    int32_t minutes; /* of working time; 0 = no such clock */
    bool is_always;  /* counts all time */
};

struct policy_team {
    char name[POLICY_WORD_MAX];
    bool is_retired;     /* see core/policy_number.h: hours and targets are those of first_team */
    struct hours *hours; /* never NULL; a retired team's belong to first_team */
    struct policy_target targets[CLOCK_N][LEVEL_N];
    char langs[8][3];  /* "" ends; none = all */
    double goal_share; /* of its answers in time; the policy's unless it has one of its own */
};

struct policy_category {
    char name[POLICY_WORD_MAX];
    bool is_retired; /* keeps its name for old cases; nobody chooses it any more */
    uint16_t team;
    bool is_private; /* answered by direct message by choice */
    bool needs_tag;  /* before a case is resolved or closed */
    uint8_t n_tags;  /* with needs_tag: one of these; 0 = any */
    uint16_t tags[POLICY_CATEGORY_TAGS_MAX];
};

struct policy_plan {
    char name[POLICY_WORD_MAX];
    bool is_retired;                             /* promises nothing any more */
    enum level level_min;                        /* cases of such customers are at least this */
    int32_t acknowledge_minutes, answer_minutes; /* 0 = the team's */
};

struct policy_route {
    bool is_allowed;
    char text[2][POLICY_SENTENCE_MAX]; /* es, en: what we say when we move a customer there */
};

struct policy {
    uint32_t version; /* 0 = the built-in default; set at adoption */
    char name[80];
    char lang[3]; /* of the company: "es" or "en" */
    char tz[64];  /* IANA zone of the box's day: the first team's */
    uint16_t n_teams, n_categories, n_tags, n_plans;
    struct policy_team teams[POLICY_TEAMS_MAX];
    struct policy_category categories[POLICY_CATEGORIES_MAX];
    char tags[POLICY_TAGS_MAX][POLICY_WORD_MAX];
    bool tag_is_retired[POLICY_TAGS_MAX];
    struct policy_plan plans[POLICY_PLANS_MAX];
    uint16_t first_team, first_category;    /* of the document: where goes what fits nowhere else */
    double goal_share;                      /* of answers in time: 0.90 */
    int64_t head_start_ms[LEVEL_N];         /* low -2 h, normal 0, high 2 h, urgent 24 h */
    int64_t stale_ms;                       /* waiting longer than this is pushed back: 24 h */
    int64_t stale_push_ms;                  /* by this much: 24 h */
    int64_t lease_ms;                       /* a claim without a sign of work: 15 min */
    uint16_t claims_max;                    /* per person: 5 */
    int64_t reopen_ms;                      /* a word within this after the end comes back: 7 d */
    int64_t quiet_ms;                       /* an answered case nobody adds to closes after: 72 h */
    int64_t close_ms;                       /* a resolved one: 24 h */
    int64_t retain_done_ms;                 /* cases: 400 d */
    uint8_t public_posts_max, dm_parts_max; /* 2, 3 */
    uint16_t repeats_max;     /* the same text to so many customers within repeat_window_ms: 5 */
    int64_t repeat_window_ms; /* 1 h */
    int64_t send_ms;          /* a reply that no network confirmed by then has failed: 10 min */
    bool tag_needed;          /* on resolve and close */
    bool automatic_stops_acknowledge;
    struct policy_route routes[ROUTE_N];
    bool dm_allowed[NETWORK_N];
    char signature[24];   /* "^{mark}" */
    char greeting[2][60]; /* es, en: "Hola, {name}:" ; "" = none */
    char follow_up[2]
                  [300]; /* es, en: the public post that is offered when it was solved elsewhere */
    uint16_t n_forbidden, n_identifiers;
    char forbidden[POLICY_FORBIDDEN_MAX][POLICY_WORD_MAX]; /* words no reply may hold */
    char identifiers[POLICY_IDENTIFIERS_MAX]
                    [80];    /* may appear in public: the company's own phone */
    struct triage *triage;   /* never NULL */
    struct hours *box_hours; /* zone of the wall's day; the first team's */
};

/* Compiles a document.  Every fault is listed with its path and a suggestion, not only the first.
 * ERR_INVALID when any fault was found; *out is then NULL.  Warnings alone refuse nothing. */
enum err policy_compile(const struct cJSON *document, const struct zone_source *zones,
                        struct fault_list *faults, struct policy **out);
/* One team "soporte", always at work, UTC; acknowledge 15 min, answer 60 min, follow-up 24 h, goal
 * 90 %.  NULL: no memory. */
struct policy *policy_default(void);
void policy_free(struct policy *p);

/* The team of a number that a case holds; first_team when the policy never had such a number. */
const struct policy_team *policy_team_of(const struct policy *p, uint16_t number);
/* -1 when there is none, or only a retired one. */
int policy_find_team(const struct policy *p, struct slice name);
int policy_find_category(const struct policy *p, struct slice name);
int policy_find_tag(const struct policy *p, struct slice name);
int policy_find_plan(const struct policy *p, struct slice name); /* customer_rec.plan is this + 1 */
#endif
