/* length_tables.h - what tools/length-tables writes: characters in addresses, top-level domains,
 * emoji.  Constant data, no behaviour. */
#ifndef CORE_LENGTH_TABLES_H
#define CORE_LENGTH_TABLES_H
#include <stdint.h>

/* What a UTF-16 unit may be. */
enum {
    URL_BEFORE = 1 << 0, /* may stand before a URL */
    URL_DOMAIN = 1 << 1, /* begins and ends a label; '-' and '_' may stand between */
    URL_ASCII_DOMAIN = 1 << 2,
    URL_PATH = 1 << 3,
    URL_PATH_END = 1 << 4, /* a path may end with it */
    URL_QUERY = 1 << 5,
    URL_QUERY_END = 1 << 6,
    TOOT_PATH = 1 << 7, /* the same to Mastodon */
    TOOT_PATH_END = 1 << 8,
    TOOT_QUERY = 1 << 9,
    TOOT_QUERY_END = 1 << 10,
};
extern const uint8_t length_char_page[256]; /* of the unit's high byte */
extern const uint16_t length_char_flags[][256];

/* Top-level domains in UTF-8, folded, each with its NUL, sorted by bytes; and where each begins. */
extern const char length_tld_pool[];
extern const uint16_t length_tld_at[];
extern const uint32_t length_n_tlds;
extern const uint16_t length_tld_folds[][2]; /* unit, what it counts as; sorted */
extern const uint32_t length_n_tld_folds;

/* What a code point may begin, in the order in which it is tried. */
enum {
    EMOJI_PROFESSION = 1 << 0, /* after man or woman and a joiner */
    EMOJI_POSED = 1 << 1,      /* takes a gender after a skin tone or U+FE0F */
    EMOJI_PERSON = 1 << 2,     /* takes a skin tone, then a gender */
    EMOJI_SIGN = 1 << 3,       /* only with U+FE0F */
    EMOJI_TEXTUAL = 1 << 4,    /* unless U+FE0E follows */
    EMOJI_HAND_SIGN = 1 << 5,  /* the same, and takes a skin tone */
    EMOJI_HAND = 1 << 6,       /* takes a skin tone */
    EMOJI_PLAIN = 1 << 7,
    EMOJI_FIXED = 1 << 8, /* begins one of length_emoji_fixed */
};
#define LENGTH_EMOJI_MAX 8 /* code points of a fixed sequence */
struct length_emoji {
    uint32_t low, high; /* code points, both included; sorted */
    uint32_t flags;
};
extern const struct length_emoji length_emoji[];
extern const uint32_t length_n_emoji;
extern const uint32_t length_emoji_flags[26]; /* by first letter, a bit for each second one */
extern const uint32_t length_emoji_fixed[][LENGTH_EMOJI_MAX + 1]; /* end with 0; first wins */
extern const uint32_t length_n_emoji_fixed;
#endif
