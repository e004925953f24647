/* fuzz_length.c - lengths are sane on every network; a composed reply fits and holds the text. */
#include "base/utf8.h"
#include "core/text/compose.h"
#include "core/text/compose_cut.h"
#include "fuzz.h"

static int32_t length(enum network network, struct slice text)
{
    struct length_limits limits = length_limits_of(network);
    struct length_result r;
    must(length_of(network, &limits, text, &r) == ERR_OK);
    must(r.bytes == (int32_t)text.n && r.length >= 0);
    return r.length;
}

/* Visible bytes. */
static size_t visible(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        if (!cut_is_white(utf8_next(s, &i)))
            n += i - at;
    }
    return n;
}

static void compose(enum network network, int32_t max, struct slice text)
{
    struct compose c = {.network = network,
                        .limits = length_limits_of(network),
                        .text = text,
                        .parts_max = COMPOSE_PARTS_MAX};
    struct composed r;
    struct arena a;
    size_t kept = 0;
    c.limits.max = max;
    arena_init(&a, 0);
    enum err e = compose_reply(&c, &a, &r);
    must(e == ERR_OK || e == ERR_TOO_LONG || e == ERR_INVALID);
    for (int i = 0; i < r.n; i++) {
        struct length_result l;
        must(length_of(network, &c.limits, r.parts[i], &l) == ERR_OK && l.fits);
        kept += visible(r.parts[i]) - (r.n > 1 ? 3 : 0);
    }
    must(e != ERR_OK || kept == visible(text));
    arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n == 0)
        return 0;
    struct slice text = slice_make(data + 1, n - 1);
    if (!utf8_valid(text))
        return 0;
    int32_t x = length(NETWORK_X, text), toot = length(NETWORK_MASTODON, text),
            sky = length(NETWORK_BLUESKY, text);
    must(sky <= (int32_t)utf8_count(text));
    must(n == 1 || (x > 0 && toot > 0 && sky > 0));
    compose((enum network)(data[0] % 3), 10 + data[0], text);
    return 0;
}
