/* store_file.h - a new file, and what a file says of itself. */
#ifndef STORE_STORE_FILE_H
#define STORE_STORE_FILE_H
#include "store/env.h"

/* Makes s->path under a temporary name, with every table and an identity, and renames it. */
enum err store_create_file(struct store *s, struct store_error *e);
/* Fills s->box and s->apply_version.  ERR_VERSION: a newer program's; ERR_CORRUPT. */
enum err store_read_identity(struct store *s);
/* Notes that the derived tables are as our own apply makes them. */
enum err store_put_apply_version(struct store_txn *txn);
#endif
