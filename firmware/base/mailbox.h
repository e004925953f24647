/* mailbox.h - a bounded queue of pointers between threads; the only way they meet besides atomics.
 */
#ifndef BASE_MAILBOX_H
#define BASE_MAILBOX_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

struct mailbox;

/* capacity 1 .. 2^20.  NULL when memory ran out. */
struct mailbox *mailbox_new(size_t capacity);
/* What is still inside is not freed: drain first. */
void mailbox_free(struct mailbox *m);
/* Ownership of `item` (not NULL) passes on ERR_OK.  ERR_BUSY: full.  ERR_CLOSED: closed. */
enum err mailbox_put(struct mailbox *m, void *item);
/* Takes up to max items in order; waits up to wait_ms for the first (0 = do not wait, -1 = for
 * ever). Returns how many; 0 also once closed and empty. */
size_t mailbox_take(struct mailbox *m, void **out, size_t max, int64_t wait_ms);
/* Wakes takers; puts fail from now on, what is inside can still be taken. */
void mailbox_close(struct mailbox *m);
/* Wakes one waiting taker although nothing came. */
void mailbox_poke(struct mailbox *m);
size_t mailbox_count(struct mailbox *m);
#endif
