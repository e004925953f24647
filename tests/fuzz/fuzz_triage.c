/* fuzz_triage.c - any text has an answer within its ranges. */
#include "core/policy/policy.h"
#include "core/triage/triage.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct policy *p;
    struct triage_result r;
    if (p == NULL)
        p = policy_default();
    triage_text(p->triage, slice_make(data, n), slice_of(""), NULL, &r);
    must(r.level < LEVEL_N && r.n_reasons <= CASE_REASONS_MAX && r.request < REQUEST_N);
    return 0;
}
