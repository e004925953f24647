/* page.c - the pages that are part of the program, with strict headers. */
#include "serve/page.h"
#include "serve/http_check.h"
#include "serve/pages.h"
#include "serve/server.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char security[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src "
    "'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "
    "'self'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "X-Frame-Options: DENY\r\n";

static const char *reason_phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Answer";
    }
}

void http_head(struct buf *b, int status, const char *content_type, size_t n_body, const char *more,
               bool closes)
{
    char date[64];
    struct tm tm;
    time_t now = time(NULL);
    gmtime_r(&now, &tm);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    buf_printf(b, "HTTP/1.1 %d %s\r\nDate: %s\r\n", status, reason_phrase(status), date);
    if (content_type != NULL)
        buf_printf(b, "Content-Type: %s\r\n", content_type);
    if (status != 304 && status != 204)
        buf_printf(b, "Content-Length: %zu\r\n", n_body);
    buf_add_z(b, security);
    if (more != NULL)
        buf_add_z(b, more);
    buf_add_z(b, closes ? "Connection: close\r\n\r\n" : "\r\n");
}

static const struct page *find(const char *path)
{
    size_t low = 0, high = n_pages;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(path, pages[middle].path);
        if (order == 0)
            return &pages[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "app-3F9A0C21.js": the bundler's hash makes the name change with its content. */
static bool is_hashed(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot == NULL || dot - path < 10 || (dot[-9] != '-' && dot[-9] != '.'))
        return false;
    for (const char *p = dot - 8; p < dot; p++)
        if (!isalnum((unsigned char)*p))
            return false;
    return true;
}

static bool accepts_gzip(struct lws *wsi)
{
    char value[200];
    return header_copy(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, value, sizeof value) &&
           strstr(value, "gzip") != NULL;
}

bool page_answer(struct conn *c, const char *path, bool is_get)
{
    char full[300], known[80], more[300];
    if (strcmp(path, "/") == 0) {
        http_head(&c->out, 302, NULL, 0, "Location: /wall\r\nCache-Control: no-store\r\n", false);
        return true;
    }
    const struct page *p = find(path);
    if (p == NULL) {
        int n = snprintf(full, sizeof full, "%s%sindex.html", path,
                         path[strlen(path) - 1] == '/' ? "" : "/");
        p = n > 0 && (size_t)n < sizeof full ? find(full) : NULL;
    }
    if (p == NULL)
        return false;
    bool gzips = p->gz != NULL && accepts_gzip(c->wsi);
    snprintf(more, sizeof more, "ETag: %s\r\nVary: Accept-Encoding\r\nCache-Control: %s\r\n%s",
             p->etag, is_hashed(p->path) ? "public, max-age=31536000, immutable" : "no-cache",
             gzips ? "Content-Encoding: gzip\r\n" : "");
    if (header_copy(c->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, known, sizeof known) &&
        strstr(known, p->etag) != NULL) {
        http_head(&c->out, 304, NULL, 0, more, false);
        return true;
    }
    struct slice body = gzips ? slice_make(p->gz, p->n_gz) : slice_make(p->bytes, p->n);
    http_head(&c->out, 200, p->content_type, body.n, more, false);
    if (is_get)
        c->page = body;
    return true;
}
