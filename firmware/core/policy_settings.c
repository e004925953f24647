/* policy_settings.c - moves, networks, limits, numbers and texts of a policy document. */
#include "core/policy_compile.h"
#include <stdio.h>
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static const char *const level_names[] = {"low", "normal", "high", "urgent", NULL};
/* A list of texts into rows of `max` bytes. */
static uint16_t read_texts(const struct policy_node *doc, const char *name, char *rows, size_t max,
                           size_t n_max, uint16_t old)
{
    struct policy_node list = policy_node_array(doc, name);
    char hint[60];
    uint16_t n = 0;
    size_t i = 0;
    if (list.json == NULL)
        return old;
    snprintf(hint, sizeof hint, "1 to %zu bytes", max - 1);
    for (const struct cJSON *j = json_first(list.json); j != NULL; j = json_next(j), i++) {
        struct policy_node e = policy_node_element(&list, j, i);
        if (n == n_max) {
            policy_fault(&e, NULL, "the list is too long", "take some out");
            break;
        }
        if (!json_is_string(j) || json_string(j).n == 0 || json_string(j).n >= max)
            policy_fault(&e, NULL, "this is not a usable text", hint);
        else
            slice_copy_z(json_string(j), rows + max * n++, max);
    }
    return n;
}

static void read_pair(const struct policy_node *n, const char *name, char *es, char *en, size_t max)
{
    static const char *const langs[] = {"es", "en", NULL};
    struct policy_node pair = policy_node_object(n, name);
    policy_only(&pair, langs);
    policy_text(&pair, "es", es, max);
    policy_text(&pair, "en", en, max);
}

void policy_read_moves(struct compiling *c, const struct policy_node *doc)
{
    static const char *const routes[] = {"dm", "phone", "email", "form", NULL};
    static const char *const names[] = {"allowed", "text", NULL};
    struct policy_node moves = policy_node_object(doc, "moves");
    policy_only(&moves, routes);
    for (int r = 0; routes[r] != NULL; r++) {
        struct policy_node n = policy_node_object(&moves, routes[r]);
        struct policy_route *route = &c->p->routes[r + 1];
        policy_only(&n, names);
        policy_flag(&n, "allowed", &route->is_allowed);
        read_pair(&n, "text", route->text[0], route->text[1], sizeof route->text[0]);
    }
}

void policy_read_networks(struct compiling *c, const struct policy_node *doc)
{
    static const char *const names[] = {"x", "mastodon", "bluesky", "webhook", "replay", NULL};
    static const char *const members[] = {"dm", NULL};
    struct policy_node networks = policy_node_object(doc, "networks");
    policy_only(&networks, names);
    for (int n = 0; n < NETWORK_N; n++) {
        struct policy_node one = policy_node_object(&networks, names[n]);
        policy_only(&one, members);
        policy_flag(&one, "dm", &c->p->dm_allowed[n]);
    }
}

void policy_read_limits(struct compiling *c, const struct policy_node *doc)
{
    static const char *const names[] = {"public_posts",      "dm_parts",     "claims", "repeats",
                                        "repeat_window_min", "send_minutes", NULL};
    struct policy_node n = policy_node_object(doc, "limits");
    struct policy *p = c->p;
    double v;
    policy_only(&n, names);
    if (policy_number(&n, "public_posts", 1, 2, &v))
        p->public_posts_max = (uint8_t)v;
    if (policy_number(&n, "dm_parts", 1, 3, &v))
        p->dm_parts_max = (uint8_t)v;
    if (policy_number(&n, "claims", 1, 100, &v))
        p->claims_max = (uint16_t)v;
    if (policy_number(&n, "repeats", 1, 1000, &v))
        p->repeats_max = (uint16_t)v;
    policy_span(&n, "repeat_window_min", 1, 10080, MINUTE_MS, &p->repeat_window_ms);
    policy_span(&n, "send_minutes", 1, 1440, MINUTE_MS, &p->send_ms);
}

void policy_read_numbers(struct compiling *c, const struct policy_node *doc)
{
    struct policy *p = c->p;
    struct policy_node head = policy_node_object(doc, "head_start_min");
    policy_only(&head, level_names);
    for (int l = 0; l < LEVEL_N; l++)
        policy_span(&head, level_names[l], -10080, 10080, MINUTE_MS, &p->head_start_ms[l]);
    for (int l = 1; l < LEVEL_N; l++)
        if (p->head_start_ms[l] < p->head_start_ms[l - 1])
            policy_fault(&head, level_names[l], "a higher level starts behind a lower one",
                         "give it more head start");
    policy_number(doc, "goal", 0.01, 1, &p->goal_share);
    policy_span(doc, "stale_hours", 1, 720, HOUR_MS, &p->stale_ms);
    policy_span(doc, "stale_push_hours", 0, 720, HOUR_MS, &p->stale_push_ms);
    policy_span(doc, "lease_min", 1, 480, MINUTE_MS, &p->lease_ms);
    policy_span(doc, "reopen_days", 0, 365, DAY_MS, &p->reopen_ms);
    policy_span(doc, "retain_days", 1, 3650, DAY_MS, &p->retain_done_ms);
    policy_flag(doc, "tag_needed", &p->tag_needed);
    policy_flag(doc, "automatic_stops_acknowledge", &p->automatic_stops_acknowledge);
}

void policy_read_top(struct compiling *c, const struct policy_node *doc)
{
    struct policy *p = c->p;
    policy_text(doc, "name", p->name, sizeof p->name);
    policy_text(doc, "lang", p->lang, sizeof p->lang);
    if (strcmp(p->lang, "es") != 0 && strcmp(p->lang, "en") != 0)
        policy_fault(doc, "lang", "pages speak Spanish or English", "\"es\" or \"en\"");
    policy_text(doc, "signature", p->signature, sizeof p->signature);
    if (strstr(p->signature, "{mark}") == NULL && p->signature[0] != '\0')
        policy_fault(doc, "signature", "the signature does not hold the agent's mark",
                     "for example \"^{mark}\"");
    read_pair(doc, "greeting", p->greeting[0], p->greeting[1], sizeof p->greeting[0]);
    read_pair(doc, "follow_up", p->follow_up[0], p->follow_up[1], sizeof p->follow_up[0]);
    p->n_tags = read_texts(doc, "tags", p->tags[0], sizeof p->tags[0], POLICY_TAGS_MAX, p->n_tags);
    p->n_forbidden =
        read_texts(doc, "forbidden", p->forbidden[0], sizeof p->forbidden[0], 128, p->n_forbidden);
    p->n_identifiers = read_texts(doc, "public_identifiers", p->identifiers[0],
                                  sizeof p->identifiers[0], 64, p->n_identifiers);
    if (p->tag_needed && p->n_tags == 0)
        policy_fault(doc, "tag_needed", "a tag is needed, but there are none", "fill \"tags\"");
}
