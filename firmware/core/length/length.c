/* length.c - see the header. */
#include "core/length/length.h"
#include "base/utf8.h"
#include "core/length/length_emoji.h"
#include "core/length/length_mention.h"
#include "core/length/length_text.h"
#include "core/length/length_url.h"

#define TEXT_MAX (64u << 20) /* bytes */

struct length_limits length_limits_of(enum network n)
{
    switch (n) {
    case NETWORK_MASTODON:
        return (struct length_limits){.max = 500, .url = 23};
    case NETWORK_BLUESKY:
        return (struct length_limits){.max = 300, .bytes_max = 3000};
    default:
        return (struct length_limits){.max = 280, .url = 23};
    }
}

static bool is_light(uint16_t unit)
{
    return unit <= 0x10ff || (unit >= 0x2000 && unit <= 0x200d) ||
           (unit >= 0x2010 && unit <= 0x201f) || (unit >= 0x2032 && unit <= 0x2037);
}

/* A URL hides an emoji that begins within it, but not one of which it hides the beginning. */
static int64_t weigh(const struct units *u, const struct url_span *urls, uint32_t n_urls,
                     int32_t url_weight)
{
    int64_t weight = 0;
    uint32_t emoji_at = 0, emoji_n = emoji_find(u, 0, &emoji_at), k = 0, step;
    for (uint32_t i = 0; i < u->n; i += step) {
        while (k < n_urls && urls[k].at < i)
            k++;
        while (emoji_at < i)
            emoji_n = emoji_find(u, emoji_at + emoji_n, &emoji_at);
        if (k < n_urls && urls[k].at == i) {
            step = urls[k].n;
            weight += url_weight;
        } else if (emoji_at == i) {
            step = emoji_n;
            weight += 2;
        } else {
            (void)units_code_point(u, i, &step);
            weight += step == 1 && is_light(u->p[i]) ? 1 : 2;
        }
    }
    return weight;
}

static enum err length_x(const struct length_limits *limits, struct slice text, struct arena *a,
                         int64_t *out)
{
    struct units u;
    struct url_span *urls = NULL;
    uint32_t n = 0;
    enum err e = units_of_nfc(text, a, &u);
    if (e == ERR_OK && limits->url > 0)
        e = url_find(&u, URL_RULES_X, a, &urls, &n);
    if (e == ERR_OK)
        *out = weigh(&u, urls, n, limits->url);
    return e;
}

/* Clusters of the text as the server rewrites it: a URL as so many letters, a mention without its
 * host. */
static int64_t count_rewritten(const struct units *u, const struct url_span *urls, uint32_t n_urls,
                               int32_t url_weight)
{
    struct graphemes g = {0};
    struct mention next = mention_find(u, 0), now = {u->n, u->n, u->n};
    uint32_t k = 0, step;
    for (uint32_t i = 0; i < u->n; i += step) {
        while (k < n_urls && urls[k].at < i)
            k++;
        while (next.at < i)
            next = mention_find(u, next.end);
        now = next.at == i ? next : now;
        if (k < n_urls && urls[k].at == i) {
            step = urls[k].n;
            graphemes_add(&g, 'x');
            g.n += url_weight - 1;
        } else if (i == now.host) {
            step = now.end - now.host;
        } else {
            graphemes_add(&g, units_code_point(u, i, &step));
        }
    }
    return g.n;
}

static enum err length_mastodon(const struct length_limits *limits, struct slice text,
                                struct arena *a, int64_t *out)
{
    struct units u;
    struct url_span *urls = NULL;
    uint32_t n = 0;
    enum err e = units_of(text, a, &u);
    if (e == ERR_OK && limits->url > 0)
        e = url_find(&u, URL_RULES_MASTODON, a, &urls, &n);
    if (e == ERR_OK)
        *out = count_rewritten(&u, urls, n, limits->url);
    return e;
}

static int64_t length_graphemes(struct slice text)
{
    struct graphemes g = {0};
    for (size_t i = 0; i < text.n;)
        graphemes_add(&g, utf8_next(text, &i));
    return g.n;
}

enum err length_of(enum network n, const struct length_limits *limits, struct slice text,
                   struct length_result *out)
{
    struct arena a;
    int64_t length = 0;
    enum err e = ERR_OK;
    if (text.n > TEXT_MAX)
        return ERR_TOO_LONG;
    if (!utf8_valid(text))
        return ERR_INVALID;
    arena_init(&a, 0);
    if (n == NETWORK_BLUESKY)
        length = length_graphemes(text);
    else if (n == NETWORK_MASTODON)
        e = length_mastodon(limits, text, &a, &length);
    else
        e = length_x(limits, text, &a, &length);
    arena_fini(&a);
    if (e != ERR_OK)
        return e;
    *out = (struct length_result){.length = (int32_t)(length < INT32_MAX ? length : INT32_MAX),
                                  .bytes = (int32_t)text.n};
    out->fits =
        length <= limits->max && (limits->bytes_max == 0 || out->bytes <= limits->bytes_max);
    return ERR_OK;
}
