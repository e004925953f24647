/* auth.c - who is asking: bearer token or cookie, and from which page. */
#include "serve/auth.h"
#include "base/mono.h"
#include "serve/http_check.h"
#include "serve/server.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COOKIE_NAME "__Host-atalaya"

static enum auth_way credential_of(struct lws *wsi, char out[256])
{
    char header[320];
    if (header_copy(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, header, sizeof header)) {
        if (strncasecmp(header, "bearer ", 7) != 0)
            header[7] = '\0';
        slice_copy_z(slice_trim(slice_of(header + 7)), out, 256);
        return AUTH_BEARER;
    }
    size_t n = 255;
    if (lws_http_cookie_get(wsi, COOKIE_NAME, out, &n) == 0 && n < 256) {
        out[n] = '\0';
        return AUTH_COOKIE;
    }
    return AUTH_NONE;
}

enum err auth_request(struct conn *c, struct serve_principal *out, enum auth_way *way)
{
    char credential[256] = "";
    int64_t mono_ms = mono_now_ms();
    memset(out, 0, sizeof *out);
    unsigned loopback = limits_is_loopback(c->limit) ? ROLE_LOOPBACK : ROLE_NONE;
    out->roles = loopback;
    *way = credential_of(c->wsi, credential);
    if (*way == AUTH_NONE)
        return ERR_OK;
    if (!limits_may_fail(c->limit, mono_ms))
        return ERR_BUSY;
    enum err e = c->s->hooks.authenticate(c->s->hooks.ctx, slice_of(credential), out);
    memset(credential, 0, sizeof credential);
    if (e != ERR_OK) {
        limits_failed(c->limit, mono_ms);
        memset(out, 0, sizeof *out);
        out->roles = loopback;
        return ERR_DENIED;
    }
    out->roles |= loopback;
    return ERR_OK;
}

enum auth_origin auth_origin(struct conn *c)
{
    char origin[256];
    if (lws_hdr_total_length(c->wsi, WSI_TOKEN_ORIGIN) <= 0)
        return ORIGIN_NONE;
    if (!header_copy(c->wsi, WSI_TOKEN_ORIGIN, origin, sizeof origin) ||
        strncmp(origin, "https://", 8) != 0)
        return ORIGIN_FOREIGN;
    char *host = origin + 8;
    size_t n = strlen(host);
    long port = 443;
    char *colon = strrchr(host, ':');
    if (colon != NULL && strchr(colon, ']') == NULL) {
        char *end;
        port = strtol(colon + 1, &end, 10);
        if (*end != '\0' || end == colon + 1)
            return ORIGIN_FOREIGN;
        n = (size_t)(colon - host);
    }
    if (n >= 2 && host[0] == '[' && host[n - 1] == ']') {
        host++;
        n -= 2;
    }
    for (size_t i = 0; i < n; i++)
        host[i] = (char)tolower((unsigned char)host[i]);
    return port == c->s->port && identity_knows(&c->s->identity, host, n) ? ORIGIN_OURS
                                                                          : ORIGIN_FOREIGN;
}
