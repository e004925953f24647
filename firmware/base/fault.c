/* fault.c - a growing list of faults. */
#include "base/fault.h"
#include "base/log.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdlib.h>

static void clean(char *z)
{
    struct slice s = slice_of(z);
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);
        if (c < ' ' || c == 0x7f || (c == 0xfffd && i - at == 1))
            z[at] = '?';
    }
}

static struct fault *add(struct fault_list *l, const char *path, const char *message)
{
    struct fault *items = l->n < FAULTS_MAX ? realloc(l->items, (l->n + 1) * sizeof *items) : NULL;
    if (items == NULL)
        return NULL;
    l->items = items;
    struct fault *f = &items[l->n++];
    *f = (struct fault){.is_warning = false};
    (void)snprintf(f->path, sizeof f->path, "%s", path);
    (void)snprintf(f->message, sizeof f->message, "%s", message);
    clean(f->path);
    clean(f->message);
    return f;
}

void fault_add(struct fault_list *l, const char *path, const char *message, const char *hint, ...)
{
    struct fault *f = add(l, path, message);
    if (f == NULL) {
        l->n_dropped++;
        return;
    }
    va_list args;
    va_start(args, hint);
    (void)vsnprintf(f->hint, sizeof f->hint, hint, args);
    va_end(args);
    clean(f->hint);
}

void fault_add_at(struct fault_list *l, const char *path, const char *message, struct slice text,
                  size_t offset)
{
    size_t line = 1, column = 1;
    for (size_t i = 0; i < offset && i < text.n; i++) {
        bool is_end = text.p[i] == '\n', is_inside = ((unsigned char)text.p[i] & 0xc0) == 0x80;
        line += is_end ? 1 : 0;
        column = is_end ? 1 : column + (is_inside ? 0 : 1);
    }
    fault_add(l, path, message, "line %zu, column %zu", line, column);
}

void fault_warn(struct fault_list *l, const char *path, const char *message, const char *hint)
{
    struct fault *f = add(l, path, message);
    if (f == NULL)
        return;
    f->is_warning = true;
    l->n_warnings++;
    (void)snprintf(f->hint, sizeof f->hint, "%s", hint);
    clean(f->hint);
}

size_t fault_count(const struct fault_list *l)
{
    return l->n + l->n_dropped - l->n_warnings;
}

char *fault_text(const struct fault *f, char out[FAULT_TEXT_MAX])
{
    (void)snprintf(out, FAULT_TEXT_MAX, "%s: %s%s%s%s", f->path, f->is_warning ? "warning: " : "",
                   f->message, f->hint[0] != '\0' ? "; " : "", f->hint);
    return out;
}

void fault_print(const struct fault_list *l, const char *file, FILE *out)
{
    char text[FAULT_TEXT_MAX];
    for (size_t i = 0; i < l->n; i++)
        (void)fprintf(out, "%s: %s\n", file, fault_text(&l->items[i], text));
    if (l->n_dropped > 0)
        (void)fprintf(out, "%s: %zu more faults not shown\n", file, l->n_dropped);
}

void fault_log(const struct fault_list *l)
{
    char text[FAULT_TEXT_MAX];
    for (size_t i = 0; i < l->n; i++)
        log_warn("%s", fault_text(&l->items[i], text));
}

void fault_free(struct fault_list *l)
{
    free(l->items);
    *l = (struct fault_list){.items = NULL};
}

char *fault_path(char out[128], const char *parent, const char *format, ...)
{
    int n = snprintf(out, 128, "%s", parent);
    va_list args;
    va_start(args, format);
    if (n >= 0 && n < 127)
        (void)vsnprintf(out + n, (size_t)(128 - n), format, args);
    va_end(args);
    return out;
}
