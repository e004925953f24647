/* seal.h - the box's cryptography over mbedTLS: random, digests, keyed digests, sealed bytes, text
 * forms. */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

#define SEAL_KEY_BYTES 32
#define SEAL_MAC_BYTES 32
#define SEAL_OVERHEAD_BYTES (1 + 12 + 16) /* version, nonce, tag */

/* From getrandom(2); never fails short: ERR_IO when the kernel refuses, *out then undefined. */
enum err seal_random(void *out, size_t n);
void seal_sha256(struct slice data, uint8_t out[32]);
/* SHA-256 of a stream.  NULL: no memory.  seal_digest_end frees. */
struct seal_digest;
struct seal_digest *seal_digest_new(void);
void seal_digest_add(struct seal_digest *d, struct slice data);
void seal_digest_end(struct seal_digest *d, uint8_t out[32]);
/* RFC 2104 with SHA-256. */
void seal_hmac(const uint8_t *key, size_t n_key, struct slice data, uint8_t out[SEAL_MAC_BYTES]);
/* The first 16 bytes of HMAC-SHA256 over the parts, each preceded by its length (u32 big-endian),
 * so that
 * ("a","bc") and ("ab","c") differ. */
void seal_mac128(const uint8_t key[SEAL_KEY_BYTES], const struct slice *parts, size_t n_parts,
                 uint8_t out[16]);
/* HKDF-SHA256 (RFC 5869) without salt: a sub-key for one purpose. */
enum err seal_derive(const uint8_t key[SEAL_KEY_BYTES], const char *purpose,
                     uint8_t out[SEAL_KEY_BYTES]);
/* Constant time. */
bool seal_equal(const void *a, const void *b, size_t n);
/* AES-256-GCM: version byte 1, random 96-bit nonce, ciphertext, tag appended to `out`.
 * `context` is authenticated, not stored: open with the same.  ERR_CRYPTO, ERR_NO_MEMORY. */
enum err seal_close(const uint8_t key[SEAL_KEY_BYTES], struct slice context, struct slice plain,
                    struct buf *out);
/* ERR_CRYPTO when key, context or bytes differ; then nothing is appended. */
enum err seal_open(const uint8_t key[SEAL_KEY_BYTES], struct slice context, struct slice sealed,
                   struct buf *out);
/* Base64 (RFC 4648 §4), url-safe without padding when url is true. */
void seal_base64(struct slice data, bool url, struct buf *out);
enum err seal_unbase64(struct slice text,
                       struct buf *out);              /* accepts both alphabets, padding optional */
void seal_hex(const void *data, size_t n, char *out); /* 2n characters and NUL */
/* Overwrites memory; not optimised away. */
void seal_wipe(void *p, size_t n);
#endif
