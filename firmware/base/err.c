/* err.c - words for error codes. */
#include "base/err.h"

const char *err_word(enum err e)
{
    static const char *const words[] = {
        "ok",      "invalid",   "range",  "too_long", "too_deep",  "not_found",
        "exists",  "no_memory", "full",   "io",       "read_only", "corrupt",
        "version", "busy",      "denied", "closed",   "crypto",
    };
    int i = -(int)e;
    return i >= 0 && i < (int)(sizeof words / sizeof words[0]) ? words[i] : "unknown";
}
