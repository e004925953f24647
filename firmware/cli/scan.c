/* scan.c - personal data in a text. */
#include "core/scan/scan.h"
#include "app/box/rulebook.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "core/policy/policy.h"
#include <stdio.h>
#include <string.h>

struct scan {
    struct arena arena;
    struct policy *policy; /* NULL = nothing is allowed */
    bool is_outbound;
};

static bool is_allowed(const struct scan *s, struct slice text, const struct hazard *h)
{
    for (int i = 0; s->is_outbound && s->policy != NULL && i < s->policy->n_identifiers; i++)
        if (scan_is_allowed(text, h, slice_of(s->policy->identifiers[i])))
            return true;
    return false;
}

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    struct scan *s = ctx;
    struct slice text;
    struct hazard *h;
    struct buf masked;
    size_t n, kept = 0;
    if (json_get_string(line, "text", &text) != ERR_OK)
        return lines_refuse(e, "$.text", "expected a string", "send {\"text\":\"…\"}");
    arena_reset(&s->arena);
    if (scan_text(text, &s->arena, &h, &n) != ERR_OK)
        return lines_refuse(e, "$", "out of memory", "");
    for (size_t i = 0; i < n; i++)
        if (!is_allowed(s, text, &h[i]))
            h[kept++] = h[i];
    json_open_array(out, "hazards");
    for (size_t i = 0; i < kept; i++) {
        json_open_object(out, NULL);
        json_put_z(out, "kind", hazard_word(h[i].kind));
        json_put_int(out, "start", h[i].start);
        json_put_int(out, "end", h[i].end);
        json_close_object(out);
    }
    json_close_array(out);
    buf_init(&masked, 0);
    scan_mask(text, h, kept, &masked);
    json_put_string(out, "masked", buf_slice(&masked));
    buf_fini(&masked);
    return ERR_OK;
}

int cli_scan(int argc, char **argv)
{
    const char *file = NULL;
    struct scan s = {.policy = NULL};
    struct fault_list faults = {0};
    struct buf text;
    const struct option_spec specs[] = {
        {"--outbound", NULL, "only what the public gate refuses", NULL, &s.is_outbound},
        {"--policy", "FILE", "allow the public_identifiers of this policy", &file, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "scan [--outbound] [--policy FILE]",
        "{\"text\"} gives {\"hazards\":[{\"kind\",\"start\",\"end\"}],\"masked\"}.\n"
        "Positions are code points; the end is exclusive.",
        specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    buf_init(&text, json_limits_file.bytes_max);
    if (file != NULL && (file_read(file, &text) != ERR_OK ||
                         rulebook_compile(buf_slice(&text), 1, &faults, &s.policy) != ERR_OK)) {
        fprintf(stderr, "atalaya: %s is not a valid policy; run `atalaya check --policy %s`\n",
                file, file);
        status = 1;
    }
    arena_init(&s.arena, 0);
    if (status == 0)
        status = lines_run(on_line, &s);
    arena_fini(&s.arena);
    policy_free(s.policy);
    fault_free(&faults);
    buf_fini(&text);
    return status;
}
