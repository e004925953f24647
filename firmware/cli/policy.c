/* policy.c - a policy before it is used, adopted, and the one in force. */
#include "app/box/config.h"
#include "app/box/rulebook.h"
#include "app/writer/writer.h"
#include "base/file.h"
#include "base/json.h"
#include "calendar/ics.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/offline.h"
#include "cli/options.h"
#include "core/policy/policy_text.h"
#include "serve/serve.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- check */

/* Reads, with the calendars it names, and compiles; prints every fault.  Returns the exit status;
 * `text` keeps the document. */
static int check_policy(const char *file, struct buf *text)
{
    struct fault_list faults = {0};
    struct policy *p = NULL;
    enum err e =
        ics_read_document(file, ics_window_about((int64_t)time(NULL) * 1000), &faults, text);
    if (e != ERR_OK && fault_count(&faults) == 0)
        fault_add(&faults, "$", "cannot read this file", "check its path and permissions");
    else if (e == ERR_OK)
        e = rulebook_compile(buf_slice(text), 1, &faults, &p);
    fault_print(&faults, file, stdout);
    if (e == ERR_OK)
        printf("%s: policy is valid: %d teams, %d categories\n", file, p->n_teams, p->n_categories);
    else if (fault_count(&faults) == 0)
        fprintf(stderr, "atalaya: %s\n", err_word(e));
    policy_free(p);
    fault_free(&faults);
    return e == ERR_OK ? 0 : 1;
}

static int check_policy_file(const char *file)
{
    struct buf text;
    buf_init(&text, json_limits_file.bytes_max);
    int status = check_policy(file, &text);
    buf_fini(&text);
    return status;
}

static int check_config(const char *file)
{
    static struct config c;
    struct fault_list faults = {0};
    config_default(&c);
    char message[240];
    enum err e = config_read(&c, file, &faults);
    if (e == ERR_OK && c.cert[0] != '\0' &&
        (e = serve_certificate_fits(c.cert, c.key, message)) != ERR_OK)
        fault_add(&faults, "$.cert", message, "name a certificate and its own key");
    fault_print(&faults, file, stdout);
    fault_free(&faults);
    if (e == ERR_OK)
        printf("%s: configuration is valid\n", file);
    int status = e == ERR_OK ? 0 : 1;
    return status == 0 && c.policy[0] != '\0' ? check_policy_file(c.policy) : status;
}

int cli_check(int argc, char **argv)
{
    const char *config = NULL, *policy = NULL;
    const struct option_spec specs[] = {
        {"--config", "FILE", "the configuration to check", &config, NULL},
        {"--policy", "FILE", "the policy to check", &policy, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {
        "check --config FILE | --policy FILE",
        "Lists the faults, one per line: where, what, and what to do.  A line marked\n"
        "\"warning\" is suspicious, but does not fail the check.",
        specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    if (argc != 1 || (config == NULL) == (policy == NULL))
        return options_wrong(&o, "expected one of --config FILE and --policy FILE");
    return config != NULL ? check_config(config) : check_policy_file(policy);
}

/* ---- policy */

struct asked { /* what the command line said */
    const char *dir, *lang, *version;
};

static int adopt_stopped(const char *dir, struct slice document, uint32_t *version)
{
    struct offline o;
    int status = offline_open_to_adopt(&o, dir);
    if (status != 0)
        return status;
    struct job *j = job_new(JOB_NOBODY, 1);
    enum err e = j != NULL ? ERR_OK : ERR_NO_MEMORY;
    if (e == ERR_OK) {
        j->items[0].command.type = CMD_POLICY_ADOPT;
        j->items[0].command.u.policy.document = document;
        writer_batch(o.writer, &j, 1);
        e = j->error;
        if (e == ERR_OK && j->items[0].outcome == JOB_REFUSED)
            e = ERR_INVALID;
    }
    if (e != ERR_OK)
        fprintf(stderr, "atalaya: the policy was not adopted: %s\n", err_word(e));
    *version = o.box.policy->version;
    job_free(j);
    offline_close(&o);
    return e == ERR_OK ? 0 : 1;
}

static int adopt_running(const char *dir, const char *document, uint32_t *version)
{
    struct cJSON *answer;
    int64_t n = 0;
    int status = client_do(dir, &answer, "policy adopt", "document", document, NULL);
    if (status != 0)
        return status;
    (void)json_get_int(answer, "version", &n);
    *version = (uint32_t)n;
    json_free(answer);
    return 0;
}

static int adopt(const struct asked *a, const char *file)
{
    struct buf text;
    uint32_t version = 0;
    if (!client_has_box(a->dir))
        return 1;
    buf_init(&text, json_limits_file.bytes_max);
    int status = check_policy(file, &text);
    if (status == 0)
        status = offline_is_running(a->dir) ? adopt_running(a->dir, text.p, &version)
                                            : adopt_stopped(a->dir, buf_slice(&text), &version);
    buf_fini(&text);
    if (status == 0)
        printf("Adopted as version %u.\n", version);
    return status;
}

static int print_document(uint32_t version, bool is_in_force, struct slice document)
{
    fprintf(stderr, "version %u%s%s\n", version, is_in_force ? ", in force" : "",
            version == 0 ? ": the built-in policy" : "");
    printf("%.*s%s", (int)document.n, document.p,
           document.n > 0 && document.p[document.n - 1] == '\n' ? "" : "\n");
    return 0;
}

static int show_stopped(const struct asked *a, uint32_t version)
{
    struct offline o;
    struct buf text;
    bool is_in_force;
    int status = offline_open(&o, a->dir);
    if (status != 0)
        return status;
    buf_init(&text, 0);
    enum err e = rulebook_text(&o.box, &version, &is_in_force, &text);
    if (e == ERR_OK)
        (void)print_document(version, is_in_force, buf_slice(&text));
    else
        fprintf(stderr, "atalaya: no version %u; the one in force is %u\n", version,
                o.box.policy->version);
    buf_fini(&text);
    offline_close(&o);
    return e == ERR_OK ? 0 : 1;
}

static int show_running(const struct asked *a)
{
    struct cJSON *answer;
    struct slice document = {0};
    int64_t version = 0;
    bool is_in_force = false;
    int status = client_do(a->dir, &answer, "policy show", "version",
                           a->version != NULL ? a->version : "", NULL);
    if (status != 0)
        return status;
    (void)json_get_int(answer, "version", &version);
    (void)json_get_bool(answer, "in_force", &is_in_force);
    (void)json_get_string(answer, "document", &document);
    status = print_document((uint32_t)version, is_in_force, document);
    json_free(answer);
    return status;
}

static int show(const struct asked *a, const char *word)
{
    uint32_t version;
    (void)word;
    if (!rulebook_version(slice_of(a->version), &version)) {
        fprintf(stderr, "atalaya: expected --version with a whole number\n");
        return 2;
    }
    if (!client_has_box(a->dir))
        return 1;
    return offline_is_running(a->dir) ? show_running(a) : show_stopped(a, version);
}

static int print_schema(const struct asked *a, const char *word)
{
    (void)a;
    (void)word;
    struct slice s = policy_text_schema();
    printf("%.*s", (int)s.n, s.p);
    return 0;
}

static int print_default(const struct asked *a, const char *word)
{
    struct slice s = policy_text_starter(slice_of(a->lang != NULL ? a->lang : "es"));
    (void)word;
    if (s.n == 0) {
        fprintf(stderr, "atalaya: expected --lang es or en\n");
        return 2;
    }
    printf("%.*s", (int)s.n, s.p);
    return 0;
}

int cli_policy(int argc, char **argv)
{
    static const struct {
        const char *word;
        int n_words;
        int (*run)(const struct asked *a, const char *word);
    } actions[] = {
        {"adopt", 3, adopt},
        {"show", 2, show},
        {"schema", 2, print_schema},
        {"default", 2, print_default},
    };
    struct asked a = {NULL, NULL, NULL};
    const char *data = NULL;
    const struct option_spec specs[] = {
        {"--data", "DIR", "the box's data folder", &data, NULL},
        {"--lang", "es|en", "default: language of the starter policy (default: es)", &a.lang, NULL},
        {"--version", "N", "show: an earlier version", &a.version, NULL},
        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {"policy adopt FILE | show [--version N] | schema |\n               "
                              "default [--lang es|en] [--data DIR]",
                              "adopt    puts a policy in force; running clocks keep their targets\n"
                              "show     prints the policy in force, or an earlier version\nschema  "
                              " prints every member of a policy as a JSON Schema\n"
                              "default  prints a complete starter policy to edit and adopt",
                              specs};
    int status = options_read(&o, &argc, argv);
    if (status != 0)
        return status == 1 ? 0 : status;
    a.dir = client_dir(data);
    for (size_t i = 0; argc > 1 && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(argv[1], actions[i].word) == 0 && argc == actions[i].n_words)
            return actions[i].run(&a, argv[argc - 1]);
    return options_wrong(&o, "expected adopt FILE, show, schema or default");
}
