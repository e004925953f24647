/* json_out.c - writing JSON: commas, escapes, numbers. */
#include "base/json.h"
#include "base/utf8.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct json_out json_out_of(struct buf *b)
{
    return (struct json_out){.b = b};
}

static void escape(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        const char two[2] = {'\\', (char)c};
        buf_add(b, two, 2);
        return;
    }
    const char six[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    buf_add(b, six, 6);
}

static void put_text(struct buf *b, struct slice v)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    bool is_valid = utf8_valid(v);
    size_t from = 0;
    buf_add_char(b, '"');
    for (size_t i = 0; i < v.n;) {
        unsigned char c = (unsigned char)v.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && (is_valid || c < 0x80)) {
            i++;
            continue;
        }
        size_t next = i;
        bool is_bad = c >= 0x80 && utf8_next(v, &next) == 0xFFFD && next == i + 1;
        if (c >= 0x80 && !is_bad) {
            i = next;
            continue;
        }
        buf_add(b, v.p + from, i - from);
        if (is_bad)
            buf_add(b, replacement, 3);
        else
            escape(b, c);
        from = ++i;
    }
    buf_add(b, v.p + from, v.n - from);
    buf_add_char(b, '"');
}

static void begin(struct json_out *o, const char *name)
{
    if (o->need_comma)
        buf_add_char(o->b, ',');
    o->need_comma = true;
    if (name != NULL) {
        put_text(o->b, slice_of(name));
        buf_add_char(o->b, ':');
    }
}

static void open(struct json_out *o, const char *name, char c)
{
    begin(o, name);
    buf_add_char(o->b, c);
    o->need_comma = false;
}

static void close(struct json_out *o, char c)
{
    buf_add_char(o->b, c);
    o->need_comma = true;
}

void json_open_object(struct json_out *o, const char *name)
{
    open(o, name, '{');
}

void json_close_object(struct json_out *o)
{
    close(o, '}');
}

void json_open_array(struct json_out *o, const char *name)
{
    open(o, name, '[');
}

void json_close_array(struct json_out *o)
{
    close(o, ']');
}

void json_put_string(struct json_out *o, const char *name, struct slice v)
{
    begin(o, name);
    put_text(o->b, v);
}

void json_put_z(struct json_out *o, const char *name, const char *v)
{
    if (v == NULL)
        json_put_null(o, name);
    else
        json_put_string(o, name, slice_of(v));
}

void json_put_int(struct json_out *o, const char *name, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (v < 0)
        digits[--at] = '-';
    begin(o, name);
    buf_add(o->b, digits + at, sizeof digits - at);
}

void json_put_double(struct json_out *o, const char *name, double v, int decimals)
{
    if (!isfinite(v)) {
        json_put_null(o, name);
        return;
    }
    begin(o, name);
    buf_printf(o->b, "%.*f", decimals, v);
}

void json_put_number(struct json_out *o, const char *name, double v)
{
    char text[32];
    if (!isfinite(v)) {
        json_put_null(o, name);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    begin(o, name);
    buf_add_z(o->b, text);
}

void json_put_bool(struct json_out *o, const char *name, bool v)
{
    begin(o, name);
    buf_add_z(o->b, v ? "true" : "false");
}

void json_put_null(struct json_out *o, const char *name)
{
    begin(o, name);
    buf_add_z(o->b, "null");
}

void json_put_raw(struct json_out *o, const char *name, struct slice json)
{
    begin(o, name);
    buf_add_slice(o->b, json);
}

void json_put_name(struct json_out *o, struct slice name)
{
    begin(o, NULL);
    put_text(o->b, name);
    buf_add_char(o->b, ':');
    o->need_comma = false;
}

bool json_is_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '"' || s.p[i] == '\\')
            return false;
    return s.n > 0;
}
