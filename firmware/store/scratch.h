/* scratch.h - a store beside the real one, to try things in; and what failed where, in one line.
 *
 * A scratch folder is a folder of the box's own (dir/verify, dir/rebuild, dir/restore): whatever
 * stands in it is left over from a run that was cut short, and is thrown away. */
#ifndef STORE_SCRATCH_H
#define STORE_SCRATCH_H
#include "store/store.h"

/* An empty store in an emptied folder; the caller closes the one and empties the other. */
enum err scratch_open(const char *dir, struct store **out, struct store_error *e);
/* Reads every record of every table, for its checksum; *n counts them, up to the first that fails.
 * ERR_CORRUPT and what store_read answers. */
enum err scratch_read_everything(struct store *s, uint64_t *n);
/* "<what> <where>: <code's word>" into *e; returns code. */
enum err scratch_failed(struct store_error *e, enum err code, const char *what, const char *where);
#endif
