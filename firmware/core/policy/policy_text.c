/* policy_text.c - see the header. */
#include "core/policy/policy_text.h"

#define DOCUMENT(name, file)                                                                       \
    __asm__(".section .rodata\n"                                                                   \
            ".global " #name "\n"                                                                  \
            ".global " #name "_end\n" #name ":\n"                                                  \
            ".incbin \"firmware/core/policy/" file "\"\n" #name "_end:\n"                          \
            ".byte 0\n"                                                                            \
            ".previous\n")

extern const char policy_schema_json[], policy_schema_json_end[];
extern const char policy_es_json[], policy_es_json_end[];
extern const char policy_en_json[], policy_en_json_end[];
extern const char policy_builtin_json[], policy_builtin_json_end[];
DOCUMENT(policy_schema_json, "policy.schema.json");
DOCUMENT(policy_es_json, "policy.es.json");
DOCUMENT(policy_en_json, "policy.en.json");
DOCUMENT(policy_builtin_json, "policy.builtin.json");

static struct slice between(const char *from, const char *to)
{
    return slice_make(from, (size_t)(to - from));
}

struct slice policy_text_schema(void)
{
    return between(policy_schema_json, policy_schema_json_end);
}

struct slice policy_text_starter(struct slice lang)
{
    if (slice_eq_z(lang, "es"))
        return between(policy_es_json, policy_es_json_end);
    if (slice_eq_z(lang, "en"))
        return between(policy_en_json, policy_en_json_end);
    return (struct slice){0};
}

struct slice policy_text_builtin(void)
{
    return between(policy_builtin_json, policy_builtin_json_end);
}
