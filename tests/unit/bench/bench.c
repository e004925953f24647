/* bench.c - see the header. */
#include "bench/bench.h"

struct bench bench_new(const char *text, enum mention_kind kind)
{
    struct bench b = {.w = world_new(21)};
    b.p = (struct policy *)(uintptr_t)b.w->rules.policy;
    world_add_people(b.w, 3);
    struct command m = world_mention(b.w, 1, 1, text);
    m.u.mention.kind = kind;
    b.c = world_run(b.w, m);
    bench_does(&b, world_action(b.w, &b.c, DO_CLAIM, 1, AGENT), REFUSAL_NONE);
    return b;
}

struct command bench_action(struct bench *b, enum action what, const char *text)
{
    struct command k = world_action(b->w, &b->c, what, 1, AGENT);
    k.u.kase.text = slice_of(text);
    k.u.kase.text_key = 1 + (uint64_t)strlen(text);
    return k;
}

struct command bench_word(struct bench *b, enum action what, const char *word)
{
    struct command k = bench_action(b, what, "");
    k.u.kase.word = slice_of(word);
    return k;
}

void bench_run(struct bench *b, struct command k)
{
    (void)world_run(b->w, k);
    b->c = world_case(b->w, b->c.id);
}

void bench_does(struct bench *b, struct command k, enum refusal wanted)
{
    bench_run(b, k);
    if (b->w->v->refusal != wanted)
        fail_msg("%s: %s, not %s (%s)", life_rule(k.u.kase.action)->word,
                 refusal_word(b->w->v->refusal), refusal_word(wanted), b->w->v->message);
}

void bench_says(struct bench *b, enum action what, const char *text, enum refusal wanted)
{
    bench_does(b, bench_action(b, what, text), wanted);
    if (wanted == REFUSAL_NONE)
        return;
    assert_true(b->w->v->message[0] != '\0' && b->w->v->hint[0] != '\0');
    assert_string_equal(b->w->v->gate, refusal_word(wanted));
    assert_false(b->c.is_sending);
}

void bench_sent(struct bench *b, bool has_failed)
{
    bench_run(b, world_sent(b->w, &b->c, has_failed));
    assert_int_equal(b->w->v->refusal, REFUSAL_NONE);
}

void bench_waits(struct bench *b, int64_t ms)
{
    b->w->now_ms += ms;
    bench_run(b, (struct command){.type = CMD_TIMERS});
}

void bench_override(struct command *k, const char *gate, const char *reason)
{
    k->u.kase.roles = LEAD;
    k->u.kase.has_override = true;
    k->u.kase.override_gate = slice_of(gate);
    k->u.kase.override_reason = slice_of(reason);
}

char *bench_part(struct bench *b, size_t i)
{
    assert_true(i < b->w->v->n_parts);
    return arena_copy_z(&b->w->arena, b->w->v->parts[i]);
}
