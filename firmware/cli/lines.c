/* lines.c - see the header. */
#include "cli/lines.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err lines_refuse(struct lines_error *e, const char *path, const char *message,
                      const char *hint)
{
    snprintf(e->path, sizeof e->path, "%s", path);
    snprintf(e->message, sizeof e->message, "%s", message);
    snprintf(e->hint, sizeof e->hint, "%s", hint);
    return ERR_INVALID;
}

static void put_error(struct buf *out, size_t number, const struct lines_error *e)
{
    buf_clear(out);
    struct json_out o = json_out_of(out);
    json_open_object(&o, NULL);
    json_open_object(&o, "error");
    json_put_int(&o, "line", (int64_t)number);
    json_put_z(&o, "path", e->path);
    json_put_z(&o, "message", e->message);
    json_put_z(&o, "hint", e->hint);
    json_close_object(&o);
    json_close_object(&o);
}

static bool run_line(lines_fn fn, void *ctx, struct slice text, size_t number, struct buf *out)
{
    struct lines_error e = {{0}, {0}, {0}};
    struct json_error je;
    struct cJSON *j;
    enum err err = json_parse(text, &json_limits_body, &j, &je);
    buf_clear(out);
    if (err != ERR_OK) {
        char hint[64];
        snprintf(hint, sizeof hint, "at byte %zu", je.offset);
        lines_refuse(&e, je.path[0] != '\0' ? je.path : "$", je.message, hint);
    } else if (!json_is_object(j)) {
        err = lines_refuse(&e, "$", "each line must be a JSON object", "write one {…} per line");
    } else {
        struct json_out o = json_out_of(out);
        json_open_object(&o, NULL);
        err = fn(ctx, j, &o, &e);
        json_close_object(&o);
    }
    json_free(j);
    if (err != ERR_OK)
        put_error(out, number, &e);
    buf_add_char(out, '\n');
    fwrite(out->p, 1, out->n, stdout);
    return err == ERR_OK;
}

int lines_run(lines_fn fn, void *ctx)
{
    char *text = NULL;
    size_t max = 0, number = 0;
    ssize_t n;
    bool all_good = true;
    struct buf out;
    buf_init(&out, 0);
    while ((n = getline(&text, &max, stdin)) >= 0) {
        struct slice line = slice_trim(slice_make(text, (size_t)n));
        number++;
        if (line.n > 0)
            all_good = run_line(fn, ctx, line, number, &out) && all_good;
    }
    free(text);
    buf_fini(&out);
    return all_good && fflush(stdout) == 0 ? 0 : 1;
}
