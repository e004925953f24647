/* bench.h - one case on the bench: what persons do with it, step by step. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H
#include "bench/world.h"

struct bench {
    struct world *w;
    struct policy *p; /* in force; to be changed */
    struct case_rec c;
};

/* A case of customer 1, claimed by person 1; persons 1 .. 3 are known.  world_free(b.w) ends it. */
struct bench bench_new(const char *text, enum mention_kind kind);
/* By person 1, as an agent. */
struct command bench_action(struct bench *b, enum action what, const char *text);
struct command bench_word(struct bench *b, enum action what, const char *word);
/* Runs it and reads the case again. */
void bench_run(struct bench *b, struct command k);
/* The same, with the refusal that it has to meet. */
void bench_does(struct bench *b, struct command k, enum refusal wanted);
/* A gate's refusal comes with its name, what is wrong and the way out. */
void bench_says(struct bench *b, enum action what, const char *text, enum refusal wanted);
void bench_sent(struct bench *b, bool has_failed); /* the network's word on the reply */
void bench_waits(struct bench *b, int64_t ms);     /* time passes, and what falls due is recorded */
void bench_override(struct command *k, const char *gate, const char *reason);
char *bench_part(struct bench *b, size_t i); /* of the reply that was written */
#endif
