/* identity.c - certificates written with mbedTLS. */
#include "serve/identity.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/seal.h"
#include "base/utc.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <ifaddrs.h>
#include <mbedtls/ecp.h>
#include <mbedtls/oid.h>
#include <mbedtls/pem.h>
#include <mbedtls/x509_crt.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_MS INT64_C(86400000)
#define CA_DAYS 7300
#define LEAF_DAYS 365
#define EARLIEST_MS INT64_C(1767225600000) /* 2026-01-01 */
#define PEM_MAX 8192

static int random_bytes(void *ctx, unsigned char *out, size_t n)
{
    (void)ctx;
    return seal_random(out, n) == ERR_OK ? 0 : -1;
}

static void add_name(struct identity *i, const char *name)
{
    char lower[128];
    size_t n = strlen(name);
    if (n == 0 || n >= sizeof lower || i->n_names == IDENTITY_NAMES_MAX)
        return;
    for (size_t k = 0; k <= n; k++)
        lower[k] = (char)tolower((unsigned char)name[k]);
    if (!identity_knows(i, lower, n))
        memcpy(i->names[i->n_names++], lower, n + 1);
}

static void add_addresses(struct identity *i)
{
    struct ifaddrs *list;
    char text[INET6_ADDRSTRLEN];
    if (getifaddrs(&list) != 0)
        return;
    for (struct ifaddrs *a = list; a != NULL; a = a->ifa_next) {
        if (a->ifa_addr == NULL || (a->ifa_flags & IFF_UP) == 0)
            continue;
        const void *bytes = NULL;
        if (a->ifa_addr->sa_family == AF_INET)
            bytes = &((const struct sockaddr_in *)(const void *)a->ifa_addr)->sin_addr;
        else if (a->ifa_addr->sa_family == AF_INET6)
            bytes = &((const struct sockaddr_in6 *)(const void *)a->ifa_addr)->sin6_addr;
        if (bytes != NULL && inet_ntop(a->ifa_addr->sa_family, bytes, text, sizeof text) != NULL)
            add_name(i, text);
    }
    freeifaddrs(list);
}

static void collect_names(struct identity *i, const char *const *names)
{
    char host[100], local[112];
    for (; names != NULL && *names != NULL; names++)
        add_name(i, *names);
    if (gethostname(host, sizeof host) == 0) {
        host[sizeof host - 1] = 0;
        (void)snprintf(local, sizeof local, "%s.local", host);
        add_name(i, host);
        add_name(i, local);
    }
    add_name(i, "localhost");
    add_name(i, "127.0.0.1");
    add_name(i, "::1");
    add_addresses(i);
}

bool identity_knows(const struct identity *i, const char *name, size_t n)
{
    for (size_t k = 0; k < i->n_names; k++)
        if (strlen(i->names[k]) == n && strncasecmp(i->names[k], name, n) == 0)
            return true;
    return false;
}

static void x509_time(int64_t at_ms, char out[16])
{
    char text[UTC_TEXT_MAX];
    size_t n = 0;
    utc_text(at_ms, text);
    for (const char *p = text; *p != 0 && n < 14; p++)
        if (*p >= '0' && *p <= '9')
            out[n++] = *p;
    out[n] = 0;
}

struct making {
    mbedtls_x509write_cert crt;
    mbedtls_pk_context *subject_key, *issuer_key;
    const char *subject, *issuer;
    int64_t from_ms, to_ms;
    bool is_ca;
};

static int set_names(struct making *m, const struct identity *i)
{
    mbedtls_x509_san_list san[IDENTITY_NAMES_MAX];
    unsigned char addresses[IDENTITY_NAMES_MAX][16];
    for (size_t k = 0; k < i->n_names; k++) {
        mbedtls_x509_subject_alternative_name *node = &san[k].node;
        const char *name = i->names[k];
        memset(&san[k], 0, sizeof san[k]);
        san[k].next = k + 1 < i->n_names ? &san[k + 1] : NULL;
        int is_v4 = inet_pton(AF_INET, name, addresses[k]) == 1;
        int is_v6 = !is_v4 && inet_pton(AF_INET6, name, addresses[k]) == 1;
        node->type = is_v4 || is_v6 ? MBEDTLS_X509_SAN_IP_ADDRESS : MBEDTLS_X509_SAN_DNS_NAME;
        node->san.unstructured_name.p =
            is_v4 || is_v6 ? addresses[k] : (unsigned char *)(uintptr_t)name;
        node->san.unstructured_name.len = is_v4 ? 4 : is_v6 ? 16 : strlen(name);
    }
    return mbedtls_x509write_crt_set_subject_alternative_name(&m->crt, san);
}

static int set_extensions(struct making *m, const struct identity *i)
{
    static const mbedtls_asn1_sequence server_auth = {
        .buf = {.tag = MBEDTLS_ASN1_OID,
                .len = MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH),
                .p = (unsigned char *)(uintptr_t)MBEDTLS_OID_SERVER_AUTH}};
    int status = mbedtls_x509write_crt_set_basic_constraints(&m->crt, m->is_ca, m->is_ca ? 0 : -1);
    if (status == 0)
        status = mbedtls_x509write_crt_set_subject_key_identifier(&m->crt);
    if (status == 0)
        status = mbedtls_x509write_crt_set_authority_key_identifier(&m->crt);
    if (status == 0)
        status = mbedtls_x509write_crt_set_key_usage(
            &m->crt, m->is_ca ? MBEDTLS_X509_KU_KEY_CERT_SIGN | MBEDTLS_X509_KU_CRL_SIGN
                              : MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
    if (status == 0 && !m->is_ca)
        status = mbedtls_x509write_crt_set_ext_key_usage(&m->crt, &server_auth);
    return status == 0 && !m->is_ca ? set_names(m, i) : status;
}

static int write_pem(struct making *m, const struct identity *i, unsigned char *pem)
{
    char from[16], to[16];
    unsigned char serial[16];
    x509_time(m->from_ms, from);
    x509_time(m->to_ms, to);
    mbedtls_x509write_crt_init(&m->crt);
    mbedtls_x509write_crt_set_version(&m->crt, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(&m->crt, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(&m->crt, m->subject_key);
    mbedtls_x509write_crt_set_issuer_key(&m->crt, m->issuer_key);
    int status = random_bytes(NULL, serial, sizeof serial);
    serial[0] &= 0x7F;
    serial[0] |= 1;
    if (status == 0)
        status = mbedtls_x509write_crt_set_serial_raw(&m->crt, serial, sizeof serial);
    if (status == 0)
        status = mbedtls_x509write_crt_set_validity(&m->crt, from, to);
    if (status == 0)
        status = mbedtls_x509write_crt_set_subject_name(&m->crt, m->subject);
    if (status == 0)
        status = mbedtls_x509write_crt_set_issuer_name(&m->crt, m->issuer);
    if (status == 0)
        status = set_extensions(m, i);
    if (status == 0)
        status = mbedtls_x509write_crt_pem(&m->crt, pem, PEM_MAX, random_bytes, NULL);
    mbedtls_x509write_crt_free(&m->crt);
    return status;
}

static enum err new_key(mbedtls_pk_context *key, const char *path)
{
    unsigned char pem[PEM_MAX];
    int status = mbedtls_pk_setup(key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));
    if (status == 0)
        status =
            mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*key), random_bytes, NULL);
    if (status == 0)
        status = mbedtls_pk_write_key_pem(key, pem, sizeof pem);
    enum err e = status == 0 ? file_write(path, slice_of((const char *)pem), 0600) : ERR_CRYPTO;
    seal_wipe(pem, sizeof pem);
    return e;
}

static enum err read_pem(const char *path, struct buf *out)
{
    enum err e = file_read(path, out);
    return e == ERR_OK && out->n == 0 ? ERR_CRYPTO : e;
}

static enum err load_key(mbedtls_pk_context *key, const char *path)
{
    struct buf b;
    buf_init(&b, PEM_MAX);
    enum err e = read_pem(path, &b);
    if (e == ERR_OK && mbedtls_pk_parse_key(key, (const unsigned char *)b.p, b.n + 1, NULL, 0,
                                            random_bytes, NULL) != 0)
        e = ERR_CRYPTO;
    if (b.p != NULL)
        seal_wipe(b.p, b.n);
    buf_fini(&b);
    return e;
}

static enum err load_cert(mbedtls_x509_crt *crt, const char *path)
{
    struct buf b;
    buf_init(&b, 1u << 18);
    enum err e = read_pem(path, &b);
    if (e == ERR_OK && mbedtls_x509_crt_parse(crt, (const unsigned char *)b.p, b.n + 1) != 0)
        e = ERR_CRYPTO;
    buf_fini(&b);
    return e;
}

static int64_t ms_of(const mbedtls_x509_time *t)
{
    const struct utc_date d = {t->year, (uint8_t)t->mon, (uint8_t)t->day};
    return utc_days_from_date(d) * DAY_MS + ((t->hour * 60 + t->min) * 60 + t->sec) * INT64_C(1000);
}

static void read_facts(struct identity *i, const mbedtls_x509_crt *leaf,
                       const mbedtls_x509_crt *root)
{
    uint8_t digest[32];
    seal_sha256(slice_make(root->raw.p, root->raw.len), digest);
    seal_hex(digest, sizeof digest, i->fingerprint);
    int64_t from_ms = ms_of(&leaf->valid_from);
    i->ends_ms = ms_of(&leaf->valid_to);
    i->renew_ms = from_ms + (i->ends_ms - from_ms) / 3 * 2;
}

static bool covers_names(const struct identity *i, const mbedtls_x509_crt *leaf)
{
    for (size_t k = 0; k < i->n_names; k++) {
        unsigned char address[16];
        size_t n = inet_pton(AF_INET, i->names[k], address) == 1    ? 4
                   : inet_pton(AF_INET6, i->names[k], address) == 1 ? 16
                                                                    : 0;
        bool has = false;
        for (const mbedtls_x509_sequence *s = &leaf->subject_alt_names; s != NULL && !has;
             s = s->next)
            has = n > 0 ? s->buf.len == n && memcmp(s->buf.p, address, n) == 0
                        : s->buf.len == strlen(i->names[k]) &&
                              memcmp(s->buf.p, i->names[k], s->buf.len) == 0;
        if (!has)
            return false;
    }
    return true;
}

static enum err make_ca(const struct identity *i, mbedtls_pk_context *key, const char *key_path,
                        int64_t now_ms)
{
    unsigned char pem[PEM_MAX];
    enum err e = load_key(key, key_path);
    if (e == ERR_OK && access(i->ca_path, R_OK) == 0)
        return ERR_OK;
    if (e == ERR_NOT_FOUND)
        e = new_key(key, key_path);
    if (e != ERR_OK)
        return e;
    struct making m = {.subject_key = key,
                       .issuer_key = key,
                       .subject = "CN=Atalaya box CA,O=Atalaya",
                       .issuer = "CN=Atalaya box CA,O=Atalaya",
                       .from_ms = now_ms - 30 * DAY_MS,
                       .to_ms = now_ms + CA_DAYS * DAY_MS,
                       .is_ca = true};
    return write_pem(&m, i, pem) == 0 ? file_write(i->ca_path, slice_of((const char *)pem), 0644)
                                      : ERR_CRYPTO;
}

static enum err make_leaf(struct identity *i, mbedtls_pk_context *ca_key, int64_t now_ms)
{
    unsigned char pem[PEM_MAX];
    mbedtls_pk_context key;
    mbedtls_pk_init(&key);
    enum err e = new_key(&key, i->key_path);
    struct making m = {.subject_key = &key,
                       .issuer_key = ca_key,
                       .subject = "CN=Atalaya,O=Atalaya",
                       .issuer = "CN=Atalaya box CA,O=Atalaya",
                       .from_ms = now_ms - 2 * DAY_MS,
                       .to_ms = now_ms + LEAF_DAYS * DAY_MS};
    if (e == ERR_OK && write_pem(&m, i, pem) != 0)
        e = ERR_CRYPTO;
    mbedtls_pk_free(&key);
    return e == ERR_OK ? file_write(i->cert_path, slice_of((const char *)pem), 0644) : e;
}

static bool is_good(struct identity *i, mbedtls_pk_context *ca_key, int64_t now_ms)
{
    mbedtls_x509_crt leaf, root;
    mbedtls_pk_context key;
    uint32_t flags;
    mbedtls_x509_crt_init(&leaf);
    mbedtls_x509_crt_init(&root);
    mbedtls_pk_init(&key);
    bool good = load_cert(&leaf, i->cert_path) == ERR_OK &&
                load_cert(&root, i->ca_path) == ERR_OK && load_key(&key, i->key_path) == ERR_OK &&
                mbedtls_pk_check_pair(&leaf.pk, &key, random_bytes, NULL) == 0 &&
                mbedtls_pk_check_pair(&root.pk, ca_key, random_bytes, NULL) == 0;
    if (good) {
        read_facts(i, &leaf, &root);
        int status = mbedtls_x509_crt_verify(&leaf, &root, NULL, NULL, &flags, NULL, NULL);
        good = (status == 0 || (flags & ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED |
                                                    MBEDTLS_X509_BADCERT_FUTURE)) == 0) &&
               now_ms < i->renew_ms && covers_names(i, &leaf);
    }
    mbedtls_x509_crt_free(&leaf);
    mbedtls_x509_crt_free(&root);
    mbedtls_pk_free(&key);
    return good;
}

enum err identity_open(struct identity *out, const char *dir, const char *const *names,
                       int64_t now_ms, char message[240])
{
    char folder[4000], ca_key_path[4096];
    mbedtls_pk_context ca_key;
    *out = (struct identity){.n_names = 0};
    (void)snprintf(folder, sizeof folder, "%s/identity", dir);
    (void)snprintf(ca_key_path, sizeof ca_key_path, "%s/ca.key", folder);
    (void)snprintf(out->ca_path, sizeof out->ca_path, "%s/ca.crt", folder);
    (void)snprintf(out->cert_path, sizeof out->cert_path, "%s/server.crt", folder);
    (void)snprintf(out->key_path, sizeof out->key_path, "%s/server.key", folder);
    if (now_ms < EARLIEST_MS)
        now_ms = EARLIEST_MS;
    collect_names(out, names);
    enum err e = mkdir(folder, 0700) == 0 || errno == EEXIST ? ERR_OK : file_err(errno);
    mbedtls_pk_init(&ca_key);
    if (e == ERR_OK)
        e = make_ca(out, &ca_key, ca_key_path, now_ms);
    if (e == ERR_OK && !is_good(out, &ca_key, now_ms)) {
        e = make_leaf(out, &ca_key, now_ms);
        if (e == ERR_OK && !is_good(out, &ca_key, now_ms))
            e = ERR_CRYPTO;
    }
    mbedtls_pk_free(&ca_key);
    if (e != ERR_OK)
        (void)snprintf(message, 240, "cannot create or read the box's identity in %.150s: %s",
                       folder, err_word(e));
    return e;
}

enum err identity_bring(struct identity *out, const char *cert_path, const char *key_path,
                        const char *const *names, char message[240])
{
    mbedtls_x509_crt leaf;
    mbedtls_pk_context key;
    *out = (struct identity){.n_names = 0};
    (void)snprintf(out->cert_path, sizeof out->cert_path, "%s", cert_path);
    (void)snprintf(out->key_path, sizeof out->key_path, "%s", key_path);
    collect_names(out, names);
    mbedtls_x509_crt_init(&leaf);
    mbedtls_pk_init(&key);
    enum err e = load_cert(&leaf, cert_path);
    if (e == ERR_OK)
        e = load_key(&key, key_path);
    if (e == ERR_OK && mbedtls_pk_check_pair(&leaf.pk, &key, random_bytes, NULL) != 0)
        e = ERR_INVALID;
    if (e == ERR_OK) {
        read_facts(out, &leaf, &leaf);
        out->renew_ms = 0;
    } else {
        (void)snprintf(message, 240, "%s and %s are not a certificate and its key in PEM: %s",
                       cert_path, key_path, err_word(e));
    }
    mbedtls_x509_crt_free(&leaf);
    mbedtls_pk_free(&key);
    return e;
}
