/* length.c - how long a text is to a network, and whether it fits. */
#include "core/length/length.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MAX 1000000

struct counting {
    enum network network;
    struct length_limits limits;
};

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    const struct counting *c = ctx;
    struct length_result r;
    struct slice text;
    if (json_get_string(line, "text", &text) != ERR_OK)
        return lines_refuse(e, "$.text", "expected a string", "send {\"text\":\"…\"}");
    enum err err = length_of(c->network, &c->limits, text, &r);
    if (err == ERR_INVALID)
        return lines_refuse(e, "$.text", "this text is not UTF-8", "send it in UTF-8");
    if (err != ERR_OK)
        return lines_refuse(e, "$.text", "out of memory", "send a shorter text");
    json_put_int(out, "length", r.length);
    json_put_int(out, "limit", c->limits.max);
    json_put_bool(out, "fits", r.fits);
    return ERR_OK;
}

/* A whole number from `least` to LIMIT_MAX; NULL leaves *out as it is. */
static bool read_number(const char *word, long least, int32_t *out)
{
    char *end;
    if (word == NULL)
        return true;
    errno = 0;
    long n = strtol(word, &end, 10);
    if (errno != 0 || end == word || *end != '\0' || n < least || n > LIMIT_MAX)
        return false;
    *out = (int32_t)n;
    return true;
}

static bool read_network(const char *word, enum network *out)
{
    return word != NULL && network_parse(slice_of(word), out) == ERR_OK && *out <= NETWORK_BLUESKY;
}

int cli_length(int argc, char **argv)
{
    const char *network = NULL, *limit = NULL, *url = NULL;
    struct counting c;
    const struct option_spec specs[] = {
        {"--network", "NAME", "x, mastodon or bluesky", &network, NULL},
        {"--limit", "N", "longest post on a server with its own limit", &limit, NULL},
        {"--url", "N", "length of a URL (x, mastodon); 0 counts it as written", &url, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {"length --network x|mastodon|bluesky [--limit N] [--url N]",
                              "{\"text\"} gives {\"length\",\"limit\",\"fits\"}, counted as the "
                              "network counts.\n"
                              "On bluesky a text must also fit 3,000 bytes, and a URL counts as\n"
                              "written.  N is a whole number up to 1000000.",
                              specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    if (!read_network(network, &c.network))
        return options_wrong(&o, "expected --network x, mastodon or bluesky");
    c.limits = length_limits_of(c.network);
    if (!read_number(limit, 1, &c.limits.max))
        return options_wrong(&o, "expected --limit from 1 to 1000000");
    if (!read_number(url, 0, &c.limits.url))
        return options_wrong(&o, "expected --url from 0 to 1000000");
    return lines_run(on_line, &c);
}
