/* policy_settings.c - moves, networks, limits, numbers and texts of a policy document. */
#include "core/policy/policy_compile.h"
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* A list of names into rows of `max` bytes, none of them twice. */
static uint16_t read_texts(const struct policy_node *doc, const char *name, char *rows, size_t max,
                           size_t n_max, uint16_t old)
{
    struct policy_node list = policy_node_array(doc, name), e = {0};
    uint16_t n = 0;
    if (list.json == NULL)
        return old;
    for (size_t i = 0; policy_next(&list, n_max, &i, &e);) {
        if (!policy_element_name(&e, rows + max * n, max))
            continue;
        bool is_there = false;
        for (uint16_t k = 0; k < n; k++)
            is_there |= strcmp(rows + max * k, rows + max * n) == 0;
        if (is_there)
            policy_fault(&e, NULL, "duplicate entry", "remove one");
        else
            n++;
    }
    return n;
}

static void read_pair(const struct policy_node *n, const char *name, const char *placeholder,
                      char *es, char *en, size_t max)
{
    static const char *const langs[] = {"es", "en", NULL};
    struct policy_node pair = policy_node_object(n, name);
    policy_only(&pair, langs);
    policy_sentence(&pair, "es", placeholder, es, max);
    policy_sentence(&pair, "en", placeholder, en, max);
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
        read_pair(&n, "text", "", route->text[0], route->text[1], sizeof route->text[0]);
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
    int32_t v;
    policy_only(&n, names);
    if (policy_whole(&n, "public_posts", 1, 2, &v))
        p->public_posts_max = (uint8_t)v;
    if (policy_whole(&n, "dm_parts", 1, 3, &v))
        p->dm_parts_max = (uint8_t)v;
    if (policy_whole(&n, "claims", 1, 100, &v))
        p->claims_max = (uint16_t)v;
    if (policy_whole(&n, "repeats", 1, 1000, &v))
        p->repeats_max = (uint16_t)v;
    policy_span(&n, "repeat_window_min", 1, 10080, MINUTE_MS, &p->repeat_window_ms);
    policy_span(&n, "send_minutes", 1, 1440, MINUTE_MS, &p->send_ms);
}

void policy_read_numbers(struct compiling *c, const struct policy_node *doc)
{
    struct policy *p = c->p;
    struct policy_node head = policy_node_object(doc, "head_start_min");
    policy_only(&head, policy_level_names);
    for (int l = 0; l < LEVEL_N; l++)
        policy_span(&head, policy_level_names[l], -10080, 10080, MINUTE_MS, &p->head_start_ms[l]);
    (void)policy_share(doc, "goal", &p->goal_share);
    policy_span(doc, "stale_hours", 1, 720, HOUR_MS, &p->stale_ms);
    policy_span(doc, "stale_push_hours", 0, 720, HOUR_MS, &p->stale_push_ms);
    policy_span(doc, "lease_min", 1, 480, MINUTE_MS, &p->lease_ms);
    policy_span(doc, "quiet_hours", 1, 8760, HOUR_MS, &p->quiet_ms);
    policy_span(doc, "close_hours", 0, 8760, HOUR_MS, &p->close_ms);
    policy_span(doc, "reopen_days", 0, 365, DAY_MS, &p->reopen_ms);
    policy_span(doc, "retain_days", 1, 3650, DAY_MS, &p->retain_done_ms);
    policy_flag(doc, "tag_needed", &p->tag_needed);
    policy_flag(doc, "automatic_stops_acknowledge", &p->automatic_stops_acknowledge);
}

void policy_read_top(struct compiling *c, const struct policy_node *doc)
{
    static const char *const langs[] = {"es", "en", NULL};
    struct policy *p = c->p;
    char for_editors[300];
    policy_text(doc, "$schema", for_editors, sizeof for_editors);
    policy_text(doc, "name", p->name, sizeof p->name);
    int lang = policy_choice(doc, "lang", langs, "unsupported language");
    if (lang >= 0)
        slice_copy_z(slice_of(langs[lang]), p->lang, sizeof p->lang);
    policy_sentence(doc, "signature", "{mark}", p->signature, sizeof p->signature);
    if (strstr(p->signature, "{mark}") == NULL && p->signature[0] != '\0')
        policy_fault(doc, "signature", "the signature has no place for the agent's mark",
                     "for example \"^{mark}\"");
    read_pair(doc, "greeting", "{name}", p->greeting[0], p->greeting[1], sizeof p->greeting[0]);
    read_pair(doc, "follow_up", "", p->follow_up[0], p->follow_up[1], sizeof p->follow_up[0]);
    p->n_tags = read_texts(doc, "tags", p->tags[0], sizeof p->tags[0], POLICY_TAGS_MAX, p->n_tags);
    p->n_forbidden = read_texts(doc, "forbidden", p->forbidden[0], sizeof p->forbidden[0],
                                POLICY_FORBIDDEN_MAX, p->n_forbidden);
    p->n_identifiers =
        read_texts(doc, "public_identifiers", p->identifiers[0], sizeof p->identifiers[0],
                   POLICY_IDENTIFIERS_MAX, p->n_identifiers);
}
