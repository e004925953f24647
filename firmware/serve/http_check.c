/* http_check.c - is a request what it has to be, before anything of it is read? */
#include "serve/http_check.h"
#include "serve/server.h"
#include <ctype.h>
#include <string.h>

bool header_copy(struct lws *wsi, enum lws_token_indexes token, char *out, size_t max)
{
    int n = lws_hdr_total_length(wsi, token);
    out[0] = '\0';
    return n > 0 && (size_t)n < max && lws_hdr_copy(wsi, out, (int)max, token) > 0;
}

static bool is_repeated(struct lws *wsi, enum lws_token_indexes token)
{
    return lws_hdr_fragment_length(wsi, token, 1) > 0;
}

static bool length_of(struct lws *wsi, size_t *out)
{
    char text[20];
    *out = 0;
    if (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) <= 0)
        return true;
    if (is_repeated(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) ||
        !header_copy(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, text, sizeof text))
        return false;
    for (const char *p = text; *p != '\0'; p++) {
        if (!isdigit((unsigned char)*p))
            return false;
        *out = *out * 10 + (size_t)(*p - '0');
    }
    return strlen(text) <= 15;
}

static bool host_is_well_formed(struct lws *wsi)
{
    char host[260];
    if (is_repeated(wsi, WSI_TOKEN_HOST) || !header_copy(wsi, WSI_TOKEN_HOST, host, sizeof host))
        return false;
    return strpbrk(host, " ,/@\\?#") == NULL;
}

/* What is between a name and its colon changes the name for others on the way (RFC 9112 §5.1). */
static void look_at_name(const char *name, int n, void *is_bad)
{
    for (int i = 0; i < n && name[i] != ':'; i++)
        if (name[i] <= ' ' || name[i] == 0x7f)
            *(bool *)is_bad = true;
}

static bool names_are_well_formed(struct lws *wsi)
{
    bool is_bad = false;
    (void)lws_hdr_custom_name_foreach(wsi, look_at_name, &is_bad);
    return !is_bad;
}

const char *http_fault(struct conn *c, int *status)
{
    char version[16];
    size_t length;
    *status = 505;
    if (!header_copy(c->wsi, WSI_TOKEN_HTTP, version, sizeof version) ||
        strcmp(version, "HTTP/1.1") != 0)
        return "use HTTP/1.1";
    *status = 400;
    if (!host_is_well_formed(c->wsi))
        return "expected exactly one Host header";
    if (!names_are_well_formed(c->wsi))
        return "a header name may hold only letters, digits and hyphens";
    *status = 411;
    if (lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0)
        return "send a Content-Length; Transfer-Encoding is not accepted";
    *status = 400;
    if (!length_of(c->wsi, &length))
        return "Content-Length must be one number";
    return NULL;
}

bool http_has_body(struct conn *c)
{
    size_t length;
    return !length_of(c->wsi, &length) || length > 0;
}

bool http_length(struct conn *c, size_t *out)
{
    return length_of(c->wsi, out);
}

static bool is_json(const char *content_type)
{
    size_t n = strlen("application/json");
    return strncasecmp(content_type, "application/json", n) == 0 &&
           (content_type[n] == '\0' || content_type[n] == ';' || content_type[n] == ' ');
}

/* Is each charset among the parameters UTF-8?  None is fine. */
static bool is_utf8(const char *content_type)
{
    static const char name[] = "charset=";
    for (const char *p = content_type; (p = strchr(p, ';')) != NULL;) {
        p += 1 + strspn(p + 1, " \t");
        if (strncasecmp(p, name, strlen(name)) != 0)
            continue;
        p += strlen(name);
        bool is_quoted = *p == '"';
        p += is_quoted ? 1 : 0;
        if (strncasecmp(p, "utf-8", 5) != 0)
            return false;
        p += 5;
        if (is_quoted && *p++ != '"')
            return false;
        p += strspn(p, " \t");
        if (*p != '\0' && *p != ';')
            return false;
    }
    return true;
}

const char *http_body_fault(struct conn *c, const char *content_type)
{
    char encoding[32];
    bool is_encoded = lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_CONTENT_ENCODING) > 0;
    if (is_encoded &&
        (!header_copy(c->wsi, WSI_TOKEN_HTTP_CONTENT_ENCODING, encoding, sizeof encoding) ||
         strcasecmp(encoding, "identity") != 0))
        return "Content-Encoding is not supported; send the body unencoded";
    if (!is_json(content_type))
        return "send Content-Type: application/json";
    return is_utf8(content_type) ? NULL : "only UTF-8 is supported; send the body in UTF-8";
}
