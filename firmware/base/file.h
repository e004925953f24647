/* file.h - whole files: bounded reads, durable atomic writes. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/* Appends the file to `out`; ERR_NOT_FOUND, ERR_TOO_LONG (over out->max), ERR_IO. */
enum err file_read(const char *path, struct buf *out);
/* Temporary name beside it, write, fsync, rename, fsync of the folder.  mode e.g. 0600.
 * ERR_FULL, ERR_READ_ONLY, ERR_IO; the old file then stands untouched. */
enum err file_write(const char *path, struct slice data, unsigned mode);
/* fsync of the folder that holds `path`. */
enum err file_sync_folder(const char *path);
/* Takes a folder away with all that is in it, as far as it can; a link is taken away, never
 * followed.  Nothing happens when there is none. */
void file_remove_folder(const char *path);
/* The err that fits an errno of a write: ENOSPC and EDQUOT ERR_FULL, EROFS ERR_READ_ONLY, ... */
enum err file_err(int errno_value);
#endif
