/* log.h - one line a fact on stderr; journald adds the time when it reads us. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };

/* Lines below the level are dropped.  Call once before threads start. */
void log_set_level(enum log_level level);
/* Prefix with sd-daemon priorities (<3>...) instead of words; for use under systemd. */
void log_set_journal(int on);
/* One write(2) a line, truncated at 2 KiB; control bytes in the text become '?'.  Thread-safe.
 * Personal data and secrets never go in here. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#endif
