/* compose_greeting.c - see the header. */
#include "core/text/compose_greeting.h"
#include "base/utf8.h"
#include "core/length/length_mention.h"
#include "core/text/compose_cut.h"
#include <string.h>
#include <utf8proc.h>

static const char *const greetings[] = {
    "hola",         "buenos dias", "buen dia", "buenas",    "estimado",     "estimada",
    "estimados",    "estimadas",   "querido",  "querida",   "que tal",      "hello",
    "hi",           "hey",         "dear",     "greetings", "good morning", "good afternoon",
    "good evening", "good day",    "ola",      "oi",        "bom dia",      "boa tarde",
    "boa noite",    "prezado",     "prezada"};

/* Lower case without accent; 0 for a mark that stands alone. */
static uint32_t fold(uint32_t cp)
{
    static const struct {
        uint32_t low, high;
        char letter;
    } accents[] = {{0xe0, 0xe5, 'a'}, {0xe7, 0xe7, 'c'}, {0xe8, 0xeb, 'e'}, {0xec, 0xef, 'i'},
                   {0xf1, 0xf1, 'n'}, {0xf2, 0xf6, 'o'}, {0xf9, 0xfc, 'u'}};
    if (cp >= 0x300 && cp <= 0x36f)
        return 0;
    cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
        if (cp >= accents[i].low && cp <= accents[i].high)
            return (uint32_t)accents[i].letter;
    return cut_is_white(cp) ? ' ' : cp;
}

/* The next folded code point, 0 at the end; a run of white space is one space. */
static uint32_t next(struct slice s, size_t *i)
{
    uint32_t cp = 0;
    while (*i < s.n && cp == 0)
        cp = fold(utf8_next(s, i));
    while (cp == ' ' && *i < s.n) {
        size_t ahead = *i;
        if (!cut_is_white(utf8_next(s, &ahead)))
            break;
        *i = ahead;
    }
    return cp;
}

static bool begins_with(struct slice text, struct slice head)
{
    size_t i = 0, k = 0;
    uint32_t want, last = 0;
    while ((want = next(head, &k)) != 0) {
        if (next(text, &i) != want)
            return false;
        last = want;
    }
    uint32_t after = next(text, &i);
    bool is_word_on = unit_is_word(after) || after == '-' || after == '\'' || after == 0x2019;
    return last != 0 && !(unit_is_word(last) && after != 0 && is_word_on);
}

/* Past mentions, white space and opening marks. */
static struct slice skip_address(struct slice s)
{
    bool is_handle = false;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t cp = utf8_next(s, &i);
        bool is_part = is_handle && (unit_is_word(cp) || cp == '.' || cp == '-' || cp == '@');
        if (cp == '@')
            is_handle = true;
        else if (!is_part && unit_is_word(cp))
            return slice_make(s.p + at, s.n - at);
        else if (!is_part)
            is_handle = false;
    }
    return slice_make(s.p + s.n, 0);
}

bool greeting_is_there(struct slice text, struct slice greeting)
{
    struct slice words = skip_address(text);
    if (begins_with(text, greeting) || begins_with(words, greeting))
        return true;
    for (size_t i = 0; i < sizeof greetings / sizeof greetings[0]; i++)
        if (begins_with(words, slice_of(greetings[i])))
            return true;
    return false;
}

struct slice signature_cut(struct slice text, struct slice signature)
{
    if (signature.n == 0 || text.n < signature.n ||
        memcmp(text.p + text.n - signature.n, signature.p, signature.n) != 0)
        return text;
    struct slice head = slice_make(text.p, text.n - signature.n), trimmed = cut_trim(head);
    if (head.n > 0 && trimmed.p + trimmed.n == head.p + head.n)
        return text;
    return trimmed;
}
