/* erasures.h - customers who asked to be forgotten, and stay so.
 *
 * An erasure deletes from the vault and records the fact in one commit, then swaps in a file
 * without the old pages.  Before that the customer's id (no personal data) is noted in dir/erased,
 * one a line, which outlives the box's file: a backup that is restored, or a file that is put in
 * place by hand, may hold them again.  So the list is gone through at every opening, before
 * anything of the box is served or shown.  An erasure that could not be saved is taken off the
 * list: it did not happen. */
#ifndef APP_ERASURES_H
#define APP_ERASURES_H
#include "app/box/box.h"

/* Not on the loop, with no snapshot open.  The file that `restore` put aside goes as well.  On
 * failure *why says what is left to do: ERR_NOT_FOUND: there is no such customer. */
enum err erasure_everywhere(struct box *b, struct id customer, const char **why);
/* Erases again whoever is on the list and in the file; *n: how many.  Before threads run, with
 * writer_decides_here.  On failure `message` says why, and nothing may be served. */
enum err erasures_repeat(struct box *b, unsigned *n, char message[240]);
#endif
