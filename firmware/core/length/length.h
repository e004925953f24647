/* length.h - how long a text is to a network, exactly as that network counts.  Pure, linear in the
 * text.
 *
 * X: twitter-text v3.  The text in NFC; U+0000-10FF, 2000-200D, 2010-201F and 2032-2037 weigh 1,
 * other code points 2, an emoji sequence 2, a URL limits->url wherever X would link one (with a
 * scheme or by its top-level domain).
 * Mastodon: grapheme clusters; a URL with a scheme counts limits->url, @user@host as @user.
 * Bluesky: grapheme clusters, and UTF-8 bytes; URLs count as they are.
 * Clusters are those of UAX 29 in utf8proc's Unicode. */
#ifndef CORE_LENGTH_H
#define CORE_LENGTH_H
#include "base/err.h"
#include "base/slice.h"
#include "core/record/case.h"
#include <stdint.h>

struct length_limits {
    int32_t max;
    int32_t bytes_max; /* 0 = none */
    int32_t url;       /* weight of a URL; 0 = as it is */
};

struct length_result {
    int32_t length; /* in the network's own units; INT32_MAX = that or more */
    int32_t bytes;  /* of the text as given */
    bool fits;      /* within both limits */
};

/* X 280 and 23, Mastodon 500 and 23 (its servers may say otherwise: ask them), Bluesky 300 and
 * 3,000 bytes; webhook and replay as X. */
struct length_limits length_limits_of(enum network n);
/* ERR_OK, ERR_INVALID when the text is not UTF-8, ERR_TOO_LONG over 64 MiB, ERR_NO_MEMORY; then
 * *out is untouched.  The empty text is 0 long and fits. */
enum err length_of(enum network n, const struct length_limits *limits, struct slice text,
                   struct length_result *out);
#endif
