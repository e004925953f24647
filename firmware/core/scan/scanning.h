/* scanning.h - what the finders of identifiers share: a text as glyphs, and the list of what
 * was found. */
#ifndef CORE_SCANNING_H
#define CORE_SCANNING_H
#include "core/scan/scan.h"

#define SCAN_BODY_MAX 40   /* letters and digits of the longest identifier */
#define SCAN_GROUPS_MAX 20 /* pieces that a number is written in */

/* One visible character: folded to upper-case ASCII where it has such a form, 0x7f otherwise; '&'
 * for N with tilde.  Invisible ones are none. */
struct scan_glyph {
    char c;
    bool is_break; /* space or other separator that may stand inside a number */
    bool is_url;
    uint16_t context; /* scan_context bits whose words stand within reach before it */
    uint32_t at, byte, end_byte;
};

/* What the words before a number say that it is. */
enum scan_context {
    CONTEXT_ORDER = 1,
    CONTEXT_PHONE = 2,
    CONTEXT_DNI_AR = 4,
    CONTEXT_SSN = 8,
    CONTEXT_CPF = 16,
    CONTEXT_CUIT = 32,
    CONTEXT_CODE = 64, /* the security code of a card */
    CONTEXT_EXPIRY = 128,
    CONTEXT_CARD = 256,
    CONTEXT_DNI_ES = 512,
    CONTEXT_NIE = 1024,
    CONTEXT_CURP = 2048,
    CONTEXT_RFC = 4096,
    CONTEXT_CNPJ = 8192,
    CONTEXT_CLABE = 16384,
};

struct scanning {
    struct arena *a;
    struct scan_glyph *g;
    size_t n;
    struct hazard *found;
    size_t n_found, max;
    bool has_digit; /* else there is nothing but e-mail addresses */
    bool is_out_of_memory;
};

/* scan_glyphs.c */
enum err scan_read(struct scanning *s, struct slice text);
bool scan_is_digit(char c);
bool scan_is_letter(char c); /* '&' as well */
bool scan_is_word(char c);   /* what makes a longer word of a number beside it */
char scan_at(const struct scanning *s, size_t i);     /* ' ' beyond the end */
char scan_before(const struct scanning *s, size_t i); /* ' ' at the start */
bool scan_has_prefix(const struct scanning *s, size_t i, const char *word);
bool scan_has_context(const struct scanning *s, size_t i, enum scan_context c);
/* Is glyph i glued to such a word, which begins there: "CPF052..."? */
bool scan_is_glued(const struct scanning *s, size_t i, const char *words);
/* From the next gap of separators at i to what follows: its length, 0 = none; *mark is the
 * separator that counts: the first that is no space, else ' '. */
size_t scan_gap(const struct scanning *s, size_t i, char *mark);
/* Letters and digits of from .. to - 1; more than SCAN_BODY_MAX: SCAN_BODY_MAX + 1. */
size_t scan_collect(const struct scanning *s, size_t from, size_t to, char body[SCAN_BODY_MAX + 1]);
/* Puts glyphs from .. to - 1 on the list of finds; no memory: is_out_of_memory. */
void scan_add(struct scanning *s, enum hazard_kind kind, size_t from, size_t to);

/* scan_context.c: fills in `context` of every glyph; only texts with digits need it. */
void scan_read_context(struct scanning *s);

/* Finders: scan.c calls each at every glyph, and none calls another. */
void scan_digits(struct scanning *s, size_t i);      /* scan_digits.c */
void scan_words(struct scanning *s, size_t i);       /* scan_words.c */
void scan_email(struct scanning *s, size_t i);       /* scan_words.c */
void scan_card_extras(struct scanning *s, size_t i); /* scan_card.c; after all cards are found */
#endif
