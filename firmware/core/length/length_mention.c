/* length_mention.c - see the header. */
#include "core/length/length_mention.h"
#include "core/length/length_domain.h"
#include <utf8proc.h>

bool unit_is_word(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == '_' || unit_is_ascii_alnum((uint16_t)code_point);
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code_point);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ND) || c == UTF8PROC_CATEGORY_PC;
}

static bool is_user(const struct units *u, uint32_t at)
{
    return at < u->n && (u->p[at] == '_' || unit_is_ascii_alnum(u->p[at]));
}

static bool is_joint(const struct units *u, uint32_t at)
{
    return at < u->n && (u->p[at] == '.' || u->p[at] == '-');
}

/* Past one letter of a host, or `at`. */
static uint32_t host_step(const struct units *u, uint32_t at)
{
    uint32_t n;
    if (at >= u->n)
        return at;
    return unit_is_word(units_code_point(u, at, &n)) ? at + n : at;
}

static uint32_t user_step(const struct units *u, uint32_t at)
{
    return is_user(u, at) ? at + 1 : at;
}

/* Past letters with dots and dashes between, the last a letter. */
static uint32_t skip_name(const struct units *u, uint32_t at,
                          uint32_t (*step)(const struct units *, uint32_t))
{
    uint32_t end = at;
    for (uint32_t next = at;;) {
        uint32_t letter = step(u, next);
        if (letter != next)
            end = next = letter;
        else if (next > at && is_joint(u, next))
            next++;
        else
            return end;
    }
}

static bool may_begin(const struct units *u, uint32_t at)
{
    uint32_t n, back = at > 1 && (u->p[at - 1] & 0xfc00) == 0xdc00 ? 2 : 1;
    if (at == 0)
        return true;
    return u->p[at - 1] != '=' && u->p[at - 1] != '/' &&
           !unit_is_word(units_code_point(u, at - back, &n));
}

static bool may_end(const struct units *u, uint32_t at)
{
    if (at >= u->n)
        return true;
    bool is_scheme = at + 2 < u->n && u->p[at] == ':' && u->p[at + 1] == '/' && u->p[at + 2] == '/';
    return u->p[at] != '@' && u->p[at] != 0xff20 && !is_scheme;
}

struct mention mention_find(const struct units *u, uint32_t from)
{
    for (uint32_t at = from; at < u->n; at++) {
        if (u->p[at] != '@' || !may_begin(u, at))
            continue;
        uint32_t host = skip_name(u, at + 1, user_step), end = host;
        if (host > at + 1 && host < u->n && u->p[host] == '@')
            end = skip_name(u, host + 1, host_step);
        if (end > host + 1 && may_end(u, end))
            return (struct mention){at, host, end};
        at = (end > host + 1 ? end : host) - 1;
    }
    return (struct mention){u->n, u->n, u->n};
}
