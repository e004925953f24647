/* json.h - cJSON behind limits: what it would accept quietly is refused here with a place and a
 * reason. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

struct cJSON; /* read with the getters below */

struct json_limits {
    size_t bytes_max; /* of the whole text */
    unsigned depth_max;
    unsigned nodes_max; /* values, members counted once */
};

/* Webhook body: 1 MiB, depth 32, 200,000 nodes.  Frame from a live client: 64 KiB, 8, 2,000.  File:
 * 8 MiB, 32, 10^6. */
extern const struct json_limits json_limits_body, json_limits_frame, json_limits_file;

struct json_error {
    enum err code;
    size_t offset;     /* byte where it was seen */
    char path[128];    /* "$.hours.mon[0]" as far as known; "" at the top */
    char pointer[128]; /* the same as RFC 6901 has it, "/hours/mon/0"; "" = the document itself */
    char message[160]; /* one English sentence: what is wrong and what to do; without the place */
};

/* Strict RFC 8259 in UTF-8.  Refused before cJSON sees it: over the limits (ERR_TOO_LONG,
 * ERR_TOO_DEEP), bad UTF-8, lone surrogates, \u0000 in a string, duplicate member names, a second
 * document, a byte-order mark, integers beyond
 * +-(2^53 - 1) (ERR_RANGE; "write it as a string"), numbers that overflow a double.
 * On ERR_OK *out is owned by the caller: json_free.  On failure *out is NULL and *e says where. */
enum err json_parse(struct slice text, const struct json_limits *limits, struct cJSON **out,
                    struct json_error *e);
void json_free(struct cJSON *j); /* NULL is fine */

/* An array that need not parse, told apart into elements by its strings, brackets and commas alone:
 * each is then json_parse's to judge, one level less deep.  out[0 .. max - 1] point into the text,
 * space around them trimmed, possibly empty ("[1,,2]"); *n counts all of them, also beyond max.
 * ERR_INVALID: no array, or it ends in the middle, or something follows it.  ERR_TOO_LONG: over the
 * limits' bytes, or over their nodes in all. */
enum err json_split(struct slice text, const struct json_limits *limits, struct slice *out,
                    size_t max, size_t *n);

/* Getters compare names case-sensitively.  A member that is absent or null is NULL / *out untouched
 * and ERR_NOT_FOUND; another type is ERR_INVALID.  Strings point into the document. */
const struct cJSON *json_get(const struct cJSON *object, const char *name);
enum err json_get_string(const struct cJSON *object, const char *name, struct slice *out);
enum err json_get_int(const struct cJSON *object, const char *name, int64_t *out);
enum err json_get_double(const struct cJSON *object, const char *name, double *out);
enum err json_get_bool(const struct cJSON *object, const char *name, bool *out);
bool json_is_object(const struct cJSON *j);
bool json_is_array(const struct cJSON *j);
bool json_is_string(const struct cJSON *j);
bool json_is_number(const struct cJSON *j);
bool json_is_bool(const struct cJSON *j);
bool json_is_true(const struct cJSON *j);
bool json_is_null(const struct cJSON *j);
struct slice json_string(const struct cJSON *j);        /* empty unless a string */
double json_number(const struct cJSON *j);              /* 0 unless a number */
enum err json_int(const struct cJSON *j, int64_t *out); /* ERR_INVALID unless a whole number */
size_t json_count(const struct cJSON *j);               /* members or elements */
const struct cJSON *json_first(const struct cJSON *j);
const struct cJSON *json_next(const struct cJSON *j);
/* May this text be a member's name?  Names hold no escapes, so no quotes, backslashes or control
 * characters. */
bool json_is_name(struct slice s);
struct slice json_name(const struct cJSON *member); /* "" for an element */

/* A writer into a buf: commas and escapes by itself.  name may be NULL inside arrays and at the
 * top. */
struct json_out {
    struct buf *b;
    bool need_comma;
};

struct json_out json_out_of(struct buf *b);
void json_open_object(struct json_out *o, const char *name);
void json_close_object(struct json_out *o);
void json_open_array(struct json_out *o, const char *name);
void json_close_array(struct json_out *o);
void json_put_string(struct json_out *o, const char *name,
                     struct slice v);                                 /* bad UTF-8 becomes U+FFFD */
void json_put_z(struct json_out *o, const char *name, const char *v); /* NULL gives null */
void json_put_int(struct json_out *o, const char *name, int64_t v);
void json_put_double(struct json_out *o, const char *name, double v,
                     int decimals); /* NaN, inf: null */
/* In the fewest digits that read back as the same double. */
void json_put_number(struct json_out *o, const char *name, double v); /* NaN, inf: null */
void json_put_bool(struct json_out *o, const char *name, bool v);
void json_put_null(struct json_out *o, const char *name);
void json_put_raw(struct json_out *o, const char *name, struct slice json); /* already JSON */
void json_put_name(struct json_out *o, struct slice name); /* a member whose name is data; its value
                                                              follows with name == NULL */
#endif
