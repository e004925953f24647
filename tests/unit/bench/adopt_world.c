/* adopt_world.c - see the header. */
#include "bench/adopt_world.h"
#include "base/json.h"

struct policy *world_policy(struct world *w)
{
    return (struct policy *)(uintptr_t)w->rules.policy;
}

/* Two zones, from the seeds of the fuzzing tests. */
static enum err zone_of(void *ctx, const char *name, struct slice *out)
{
    static char bytes[8192];
    (void)ctx;
    FILE *f = fopen(strcmp(name, "Europe/Madrid") == 0 ? "tests/fuzz/seeds/zone/madrid"
                                                       : "tests/fuzz/seeds/zone/lord_howe",
                    "rb");
    assert_non_null(f);
    *out = slice_make(bytes, fread(bytes, 1, sizeof bytes, f));
    (void)fclose(f);
    return ERR_OK;
}

struct policy *world_compile(const char *document)
{
    const struct zone_source zones = {.zone = zone_of};
    struct fault_list faults = {0};
    struct json_error e;
    struct cJSON *j;
    struct policy *p;
    assert_int_equal(json_parse(slice_of(document), &json_limits_file, &j, &e), ERR_OK);
    if (policy_compile(j, &zones, &faults, &p) != ERR_OK)
        fail_msg("%s: %s: %s", document, faults.items[0].path, faults.items[0].message);
    fault_free(&faults);
    json_free(j);
    return p;
}

void world_adopt(struct world *w, const char *document)
{
    struct command c = {.type = CMD_POLICY_ADOPT};
    struct fault_list faults = {0};
    struct policy_names known;
    struct policy *next = world_compile(document);
    policy_number_list(w->rules.policy, &known);
    assert_int_equal(policy_number_set(next, &known, &faults), ERR_OK);
    next->version = w->rules.policy->version + 1;
    c.u.policy.document = slice_of(document);
    c.u.policy.compiled = next;
    (void)world_turn(w, c);
    assert_int_equal(w->v->events[0].u.policy.version, next->version);
    policy_free(world_policy(w));
    w->rules.policy = next;
}

struct policy *world_started(struct world *w, const char *document)
{
    struct tables t = ram_tables(w->ram);
    struct fault_list faults = {0};
    struct policy_names known;
    struct policy *p = world_compile(document);
    assert_int_equal(policy_number_load(&t, &known), ERR_OK);
    assert_int_equal(policy_number_set(p, &known, &faults), ERR_OK);
    return p;
}

bool world_is_pending(struct world *w)
{
    struct recompute_rec at;
    struct tables t = ram_tables(w->ram);
    return load_recompute(&t, &at) == ERR_OK;
}

void world_finish_pass(struct world *w)
{
    while (world_is_pending(w))
        (void)world_turn(w, (struct command){.type = CMD_RECOMPUTE});
}

struct command world_arrival(struct world *w, uint32_t author, const char *text)
{
    struct command c = world_mention(w, author, w->n_posts++, text);
    c.u.mention.has_address = true;
    c.u.mention.address = world_mac(1, author);
    return c;
}
