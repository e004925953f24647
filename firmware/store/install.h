/* install.h - puts another file in the place of dir/atalaya.mdb.
 *
 * A restore may be cut short between any two of its steps, by a kill or by the power.  What is
 * found afterwards is the old file or the new one, whole, with the checkpoints that belong to it:
 *  1. dir/restore/ is filled: the new atalaya.mdb, and its checkpoints when it needs any;
 *  2. dir/restore/ready says that it is complete;
 *  3. the old file gets a second name, atalaya.mdb.before-restore, in one step;
 *  4. the new one takes the old one's name, in one step.  From here on it is the new box;
 *  5. its checkpoints take the place of the old file's, and dir/restore goes.
 * Cut before 4, dir/restore is thrown away; cut after it, 5 is done at the next opening.  Where the
 * file system knows no second names, 3 takes the first one away, and a cut before 4 leaves the
 * folder without a file: nothing is made in it then (install_is_aside). */
#ifndef STORE_INSTALL_H
#define STORE_INSTALL_H
#include "store/store.h"

/* Steps 2 to 5.  The folder's lock is held; nobody has either file open.  ERR_FULL, ERR_IO,
 * ERR_READ_ONLY: cut at that step. */
enum err install_prepared(const char *dir);
/* What a restore left that was cut short: step 5, or away with it.  The folder's lock is held. */
enum err install_settle(const char *dir);
/* There is no atalaya.mdb in dir, but one that was put aside: a new one beside it would look like
 * an empty box.  *e says what to do. */
bool install_is_aside(const char *dir, struct store_error *e);
#endif
