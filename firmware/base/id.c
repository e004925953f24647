/* id.c - version 7 layout and Crockford text. */
#include "base/id.h"
#include <string.h>

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

struct id id_make(int64_t now_ms, const uint8_t random[10])
{
    struct id id;
    for (int i = 0; i < 6; i++)
        id.b[i] = (uint8_t)((uint64_t)now_ms >> (40 - 8 * i));
    memcpy(id.b + 6, random, 10);
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x70);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}

bool id_is_none(struct id a)
{
    static const struct id none;
    return memcmp(a.b, none.b, sizeof a.b) == 0;
}

bool id_eq(struct id a, struct id b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

int id_cmp(struct id a, struct id b)
{
    return memcmp(a.b, b.b, sizeof a.b);
}

int64_t id_time_ms(struct id a)
{
    int64_t ms = 0;
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | a.b[i];
    return ms;
}

/* 26 letters hold 130 bits: the first letter carries only three. */
void id_text(struct id a, char out[ID_TEXT_LEN + 1])
{
    unsigned __int128 v = 0;
    for (int i = 0; i < 16; i++)
        v = v << 8 | a.b[i];
    for (int i = ID_TEXT_LEN; i-- > 0; v >>= 5)
        out[i] = letters[(unsigned)v & 31];
    out[ID_TEXT_LEN] = 0;
}

static int letter_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + 32);
    const char *at = c != 0 ? strchr(letters, c) : NULL;
    return at != NULL ? (int)(at - letters) : -1;
}

enum err id_parse(struct slice text, struct id *out)
{
    unsigned __int128 v = 0;
    if (text.n != ID_TEXT_LEN || letter_value(text.p[0]) > 7)
        return ERR_INVALID;
    for (size_t i = 0; i < text.n; i++) {
        int digit = letter_value(text.p[i]);
        if (digit < 0)
            return ERR_INVALID;
        v = v << 5 | (unsigned)digit;
    }
    for (int i = 16; i-- > 0; v >>= 8)
        out->b[i] = (uint8_t)v;
    return ERR_OK;
}
