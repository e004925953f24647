/* codec.h - one description of a layout serves for writing and for reading it. */
#ifndef CORE_CODEC_H
#define CORE_CODEC_H
#include "base/pack.h"

/* Writes when b != NULL, else reads from u.  is_bad: a number did not fit its field. */
struct codec {
    struct buf *b;
    struct unpack u;
    uint8_t version; /* of the layout that is read; a writer's is the newest */
    bool is_bad;
};

struct codec codec_writer(struct buf *b);
struct codec codec_reader(struct slice s, uint8_t version);
/* ERR_CORRUPT unless a reader came through well and to the end; a writer's buffer error. */
enum err codec_end(const struct codec *c);

void codec_uint(struct codec *c, uint64_t *v,
                uint64_t max); /* max: the largest value allowed when read */
void codec_int(struct codec *c, int64_t *v);
void codec_id(struct codec *c, struct id *v);
void codec_bool(struct codec *c, bool *v);
void codec_fixed(struct codec *c, void *p, size_t n);  /* n bytes as they are */
void codec_text(struct codec *c, char *z, size_t max); /* NUL-terminated, at most max - 1 bytes */
void codec_bytes(struct codec *c, struct slice *s);    /* when read: points into the source */

#define CODEC_UINT(c, field, max)                                                                  \
    do {                                                                                           \
        uint64_t codec_value_ = (uint64_t)(field);                                                 \
        codec_uint((c), &codec_value_, (max));                                                     \
        (field) = (__typeof__(field))codec_value_;                                                 \
    } while (0)
#define CODEC_ENUM(c, field, n) CODEC_UINT(c, field, (uint64_t)(n) - 1)
#endif
