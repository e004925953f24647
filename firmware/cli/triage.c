/* triage.c - what a text asks for, and why. */
#include "core/triage/triage.h"
#include "app/box/rulebook.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "core/triage/reason.h"
#include <stdio.h>
#include <string.h>

static const char *language_word(const char *lang)
{
    return strcmp(lang, "xx") == 0 ? "other" : lang;
}

struct reading {
    struct policy *policy;
    const char *reader; /* of the reasons; NULL = the language of each text */
};

static void put_reasons(const struct reading *x, struct slice text, const struct triage_result *r,
                        struct json_out *out)
{
    struct buf say;
    buf_init(&say, 0);
    json_open_array(out, "reasons");
    for (int i = 0; i < r->n_reasons; i++) {
        const struct triage_span *w = &r->where[i];
        buf_clear(&say);
        reason_say(r->reasons[i].code, r->reasons[i].points,
                   slice_make(text.p + w->from, w->to - w->from),
                   x->reader != NULL ? x->reader : r->lang, &say);
        json_open_object(out, NULL);
        json_put_z(out, "code", reason_word(r->reasons[i].code));
        json_put_int(out, "points", r->reasons[i].points);
        json_put_string(out, "text", buf_slice(&say));
        json_close_object(out);
    }
    json_close_array(out);
    buf_fini(&say);
}

static enum err on_line(void *ctx, const struct cJSON *line, struct json_out *out,
                        struct lines_error *e)
{
    const struct reading *x = ctx;
    const struct policy *p = x->policy;
    struct triage_result r;
    struct slice text, lang = {0};
    if (json_get_string(line, "text", &text) != ERR_OK)
        return lines_refuse(e, "$.text", "expected a string", "send {\"text\":\"…\"}");
    json_get_string(line, "lang", &lang);
    triage_text(p->triage, text, lang, NULL, &r);
    json_put_z(out, "language", language_word(r.lang));
    json_put_bool(out, "request", r.is_request);
    json_put_z(out, "kind", request_word(r.request));
    json_put_z(out, "category",
               r.category < p->n_categories ? p->categories[r.category].name
                                            : p->categories[0].name);
    json_put_z(out, "level", level_word(r.level));
    json_put_z(out, "mood", mood_word(r.mood));
    put_reasons(x, text, &r, out);
    return ERR_OK;
}

static struct policy *load(const char *file)
{
    struct buf text;
    struct fault_list faults = {0};
    struct policy *p = NULL;
    if (file == NULL)
        return policy_default();
    buf_init(&text, json_limits_file.bytes_max);
    if (file_read(file, &text) == ERR_OK)
        (void)rulebook_compile(buf_slice(&text), 1, &faults, &p);
    fault_print(&faults, file, stderr);
    if (p == NULL && faults.n == 0)
        fprintf(stderr, "%s: cannot read the file; check its path and permissions\n", file);
    fault_free(&faults);
    buf_fini(&text);
    return p;
}

int cli_triage(int argc, char **argv)
{
    const char *file = NULL;
    struct reading x = {.policy = NULL};
    const struct option_spec specs[] = {
        {"--policy", "FILE", "use the words of this policy", &file, NULL},
        {"--reader", "es|en|pt", "language of the reasons (default: each text's)", &x.reader, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {"triage [--policy FILE] [--reader es|en|pt]",
                              "{\"text\",\"lang\"?} gives language, request (does it ask for "
                              "service?), kind,\n"
                              "category, level, mood, and the reasons with their points.",
                              specs};
    int status;
    if (!options_alone(&o, &argc, argv, &status))
        return status;
    if (x.reader != NULL && strcmp(x.reader, "es") != 0 && strcmp(x.reader, "en") != 0 &&
        strcmp(x.reader, "pt") != 0)
        return options_wrong(&o, "expected --reader es, en or pt");
    x.policy = load(file);
    if (x.policy == NULL)
        return 1;
    status = lines_run(on_line, &x);
    policy_free(x.policy);
    return status;
}
