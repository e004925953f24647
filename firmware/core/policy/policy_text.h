/* policy_text.h - the documents that ship with the program, from core/policy/, byte for byte. */
#ifndef CORE_POLICY_TEXT_H
#define CORE_POLICY_TEXT_H
#include "base/slice.h"

/* JSON Schema (draft 2020-12) of a policy.  Whatever it refuses, policy_compile refuses. */
struct slice policy_text_schema(void);
/* A whole policy to start from, in "es" or "en"; empty for another language. */
struct slice policy_text_starter(struct slice lang);
/* The built-in policy, which policy_default makes, as a document. */
struct slice policy_text_builtin(void);
#endif
