/* seal.c - thin names over mbedTLS. */
#include "base/seal.h"
#include <errno.h>
#include <mbedtls/base64.h>
#include <mbedtls/constant_time.h>
#include <mbedtls/gcm.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/md.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/sha256.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define NONCE_BYTES 12
#define TAG_BYTES 16
#define SEAL_VERSION 1

enum err seal_random(void *out, size_t n)
{
    uint8_t *p = out;
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return ERR_IO;
        p += got;
        n -= (size_t)got;
    }
    return ERR_OK;
}

static const unsigned char *bytes_of(struct slice s)
{
    return (const unsigned char *)(s.p != NULL ? s.p : "");
}

void seal_sha256(struct slice data, uint8_t out[32])
{
    (void)mbedtls_sha256(bytes_of(data), data.n, out, 0); /* cannot fail in software */
}

struct seal_digest {
    mbedtls_sha256_context sha;
};

struct seal_digest *seal_digest_new(void)
{
    struct seal_digest *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    mbedtls_sha256_init(&d->sha);
    (void)mbedtls_sha256_starts(&d->sha, 0);
    return d;
}

void seal_digest_add(struct seal_digest *d, struct slice data)
{
    (void)mbedtls_sha256_update(&d->sha, bytes_of(data), data.n);
}

void seal_digest_end(struct seal_digest *d, uint8_t out[32])
{
    (void)mbedtls_sha256_finish(&d->sha, out);
    mbedtls_sha256_free(&d->sha);
    free(d);
}

void seal_hmac(const uint8_t *key, size_t n_key, struct slice data, uint8_t out[SEAL_MAC_BYTES])
{
    const mbedtls_md_info_t *sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    (void)mbedtls_md_hmac(sha256, key, n_key, bytes_of(data), data.n, out);
}

void seal_mac128(const uint8_t key[SEAL_KEY_BYTES], const struct slice *parts, size_t n_parts,
                 uint8_t out[16])
{
    uint8_t full[SEAL_MAC_BYTES];
    mbedtls_md_context_t md;
    mbedtls_md_init(&md);
    (void)mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1);
    (void)mbedtls_md_hmac_starts(&md, key, SEAL_KEY_BYTES);
    for (size_t i = 0; i < n_parts; i++) {
        uint32_t n = (uint32_t)parts[i].n;
        const uint8_t length[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
                                   (uint8_t)n};
        (void)mbedtls_md_hmac_update(&md, length, sizeof length);
        (void)mbedtls_md_hmac_update(&md, bytes_of(parts[i]), parts[i].n);
    }
    (void)mbedtls_md_hmac_finish(&md, full);
    mbedtls_md_free(&md);
    memcpy(out, full, 16);
}

enum err seal_derive(const uint8_t key[SEAL_KEY_BYTES], const char *purpose,
                     uint8_t out[SEAL_KEY_BYTES])
{
    int status =
        mbedtls_hkdf(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), NULL, 0, key, SEAL_KEY_BYTES,
                     (const unsigned char *)purpose, strlen(purpose), out, SEAL_KEY_BYTES);
    return status == 0 ? ERR_OK : ERR_CRYPTO;
}

bool seal_equal(const void *a, const void *b, size_t n)
{
    return mbedtls_ct_memcmp(a, b, n) == 0;
}

static enum err encrypt(mbedtls_gcm_context *gcm, struct slice context, struct slice plain,
                        struct buf *out)
{
    uint8_t head[1 + NONCE_BYTES] = {SEAL_VERSION}, tag[TAG_BYTES];
    size_t before = out->n;
    enum err e = seal_random(head + 1, NONCE_BYTES);
    if (e != ERR_OK)
        return e;
    buf_add(out, head, sizeof head);
    buf_add_slice(out, plain);
    if (out->err != ERR_OK)
        return out->err;
    unsigned char *body = (unsigned char *)out->p + before + sizeof head;
    if (mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, plain.n, head + 1, NONCE_BYTES,
                                  bytes_of(context), context.n, body, body, TAG_BYTES, tag) != 0)
        return ERR_CRYPTO;
    buf_add(out, tag, sizeof tag);
    return out->err;
}

enum err seal_close(const uint8_t key[SEAL_KEY_BYTES], struct slice context, struct slice plain,
                    struct buf *out)
{
    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    enum err e = ERR_CRYPTO;
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * SEAL_KEY_BYTES) == 0)
        e = encrypt(&gcm, context, plain, out);
    mbedtls_gcm_free(&gcm);
    return e;
}

enum err seal_open(const uint8_t key[SEAL_KEY_BYTES], struct slice context, struct slice sealed,
                   struct buf *out)
{
    const unsigned char *p = bytes_of(sealed);
    if (sealed.n < SEAL_OVERHEAD_BYTES || p[0] != SEAL_VERSION)
        return ERR_CRYPTO;
    size_t before = out->n, n = sealed.n - SEAL_OVERHEAD_BYTES;
    buf_add(out, p + 1 + NONCE_BYTES, n);
    if (out->err != ERR_OK)
        return out->err;
    unsigned char *body = (unsigned char *)out->p + before;
    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    int status = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * SEAL_KEY_BYTES);
    if (status == 0)
        status = mbedtls_gcm_auth_decrypt(&gcm, n, p + 1, NONCE_BYTES, bytes_of(context), context.n,
                                          p + sealed.n - TAG_BYTES, TAG_BYTES, body, body);
    mbedtls_gcm_free(&gcm);
    if (status != 0) {
        seal_wipe(body, n);
        out->n = before;
        out->p[before] = 0;
        return ERR_CRYPTO;
    }
    return ERR_OK;
}

void seal_base64(struct slice data, bool url, struct buf *out)
{
    size_t n = 0, before = out->n, room = (data.n + 2) / 3 * 4 + 1;
    for (size_t i = 0; i < room; i++)
        buf_add_char(out, 0);
    if (out->err != ERR_OK)
        return;
    (void)mbedtls_base64_encode((unsigned char *)out->p + before, room, &n, bytes_of(data), data.n);
    out->n = before + n;
    for (size_t i = before; url && i < out->n; i++)
        out->p[i] = out->p[i] == '+' ? '-' : out->p[i] == '/' ? '_' : out->p[i];
    while (url && out->n > before && out->p[out->n - 1] == '=')
        out->n--;
    out->p[out->n] = 0;
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

enum err seal_unbase64(struct slice text, struct buf *out)
{
    uint32_t bits = 0;
    unsigned n_bits = 0;
    while (text.n > 0 && text.p[text.n - 1] == '=')
        text.n--;
    if (text.n % 4 == 1)
        return ERR_INVALID;
    for (size_t i = 0; i < text.n; i++) {
        int v = base64_value(text.p[i]);
        if (v < 0)
            return ERR_INVALID;
        bits = bits << 6 | (uint32_t)v;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            buf_add_char(out, (char)(bits >> n_bits));
        }
    }
    return out->err;
}

void seal_hex(const void *data, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *p = data;
    for (size_t i = 0; i < n; i++) {
        *out++ = digits[p[i] >> 4];
        *out++ = digits[p[i] & 15];
    }
    *out = 0;
}

void seal_wipe(void *p, size_t n)
{
    mbedtls_platform_zeroize(p, n);
}
