/* identity.h - the box's own certificate authority and its server certificate (P-256), made at
 * first start. */
#ifndef SERVE_IDENTITY_H
#define SERVE_IDENTITY_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IDENTITY_NAMES_MAX 32

struct identity {
    char ca_path[4096], cert_path[4096], key_path[4096]; /* ca_path "" with brought certificates */
    char fingerprint[65];      /* SHA-256 of the CA (or of the brought certificate), hexadecimal */
    int64_t ends_ms, renew_ms; /* of the server certificate; renew_ms 0 = never by us */
    char names[IDENTITY_NAMES_MAX]
              [128]; /* lower case: host names and addresses that clients may use */
    size_t n_names;
};

/* Makes or loads dir/identity; renews a certificate that is past two thirds of its life or lacks a
 * name.  Keys are 0600, written atomically.  now_ms before 2026 counts as 2026-01-01 (a board
 * without a clock). ERR_IO, ERR_FULL, ERR_READ_ONLY, ERR_CRYPTO with a sentence in message. */
enum err identity_open(struct identity *out, const char *dir, const char *const *names,
                       int64_t now_ms, char message[240]);
/* With the operator's files instead: only names, fingerprint and end are read. */
enum err identity_bring(struct identity *out, const char *cert_path, const char *key_path,
                        const char *const *names, char message[240]);
bool identity_knows(const struct identity *i, const char *name, size_t n);
#endif
