/* lines.h - tools that read JSON lines on stdin and write one JSON line for each on stdout. */
#ifndef CLI_LINES_H
#define CLI_LINES_H
#include "base/json.h"

struct lines_error {
    char path[128], message[200], hint[200];
};

/* Writes the members of the answer into `out`, whose object is open.  ERR_OK, or another code with
 * *e filled: the line is then answered {"error":{"line","path","message","hint"}}, and what was
 * written to `out` is dropped. */
typedef enum err (*lines_fn)(void *ctx, const struct cJSON *line, struct json_out *out,
                             struct lines_error *e);

/* Returns the exit status: 0, or 1 when any line was refused.  Lines are at most 1 MiB; empty ones
 * are skipped. */
int lines_run(lines_fn fn, void *ctx);
enum err lines_refuse(struct lines_error *e, const char *path, const char *message,
                      const char *hint);
#endif
