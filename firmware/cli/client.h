/* client.h - speaks to the box that runs on a data folder, through its control socket. */
#ifndef CLI_CLIENT_H
#define CLI_CLIENT_H
#include "base/err.h"
#include "base/json.h"

/* Sends one request and calls `line` for each answer but the last, which goes to *last (json_free).
 * ERR_NOT_FOUND: no box runs there.  ERR_CLOSED: it went away in the midst. */
enum err client_ask(const char *dir, struct slice request,
                    void (*line)(void *ctx, const struct cJSON *j), void *ctx, struct cJSON **last);
/* The same for most: builds {"do":what, name:value, …} from pairs that end with NULL, prints an
 * error of the box to stderr. Returns the exit status; *last may be NULL when the answer is not
 * wanted. */
int client_do(const char *dir, struct cJSON **last, const char *what, ...)
    __attribute__((sentinel));
/* Is there a box in the folder?  Prints, when there is none, how to make one: only `serve` and
 * `restore` do. */
bool client_has_box(const char *dir);
/* The data folder: what --data says, else ATALAYA_DATA_DIR, else the default. */
const char *client_dir(const char *option);
#endif
