/* log.c - formatting on the stack, one write a line. */
#include "base/log.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048

static struct {
    atomic_int level;
    atomic_int is_journal;
} settings = {LOG_LEVEL_INFO, 0};

void log_set_level(enum log_level level)
{
    atomic_store(&settings.level, (int)level);
}

void log_set_journal(int on)
{
    atomic_store(&settings.is_journal, on);
}

static const char *prefix(enum log_level level)
{
    static const char *const words[] = {"debug: ", "", "warning: ", "error: "};
    static const char *const priorities[] = {"<7>", "<6>", "<4>", "<3>"};
    return atomic_load(&settings.is_journal) ? priorities[level] : words[level];
}

void log_line(enum log_level level, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;
    if ((int)level < atomic_load(&settings.level))
        return;
    int first = snprintf(line, sizeof line, "%s", prefix(level));
    va_start(args, format);
    int n = vsnprintf(line + first, sizeof line - (size_t)first - 1, format, args);
    va_end(args);
    size_t end = n < 0 ? (size_t)first : (size_t)first + (size_t)n;
    if (end > sizeof line - 2)
        end = sizeof line - 2;
    for (size_t i = (size_t)first; i < end; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
            line[i] = '?';
    line[end] = '\n';
    ssize_t written = write(STDERR_FILENO, line, end + 1);
    (void)written; /* stderr is gone: nobody is left to be told */
}
