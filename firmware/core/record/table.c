/* table.c - names of the tables. */
#include "core/record/table.h"

const char *table_name(enum table t)
{
    static const char *const names[TABLE_N] = {
        "case",    "queue",  "parked",   "done",     "timer",   "waiting",  "claim",
        "mention", "dedupe", "identity", "customer", "channel", "counter",  "rollup",
        "policy",  "device", "answer",   "outbox",   "reply",   "incident", "journal",
        "meta",    "vault",  "secret",   "index",
    };
    return (unsigned)t < TABLE_N ? names[t] : "unknown";
}
