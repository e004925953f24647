/* replay.h - the replay channel: a recorded day in JSON lines, played at a chosen speed and shifted
 * to now. */
#ifndef APP_REPLAY_H
#define APP_REPLAY_H
#include "app/box/box.h"

struct replay;
struct writer;

/* Longer pauses in the day are cut to this. */
#define REPLAY_PAUSE_MAX_MS 600000

/* Reads the day.  `file` NULL: the day that is part of the program.  Every bad line is a fault; the
 * others are played.  ERR_NOT_FOUND, ERR_IO, ERR_INVALID (no good line at all). */
enum err replay_open(struct box *b, const struct config_channel *channel, struct fault_list *faults,
                     struct replay **out);
void replay_close(struct replay *r);
/* Plays what comes before `minutes` into the day at once, each line at its own time in the past,
 * with the crossings between: a wall that starts with a history.  Before any thread runs, on an
 * empty journal. */
enum err replay_backfill(struct replay *r, struct writer *w, int64_t minutes);
/* Goes on behind the last line that the store knows, also from the days before: a restart repeats
 * nothing.  Before any thread runs. */
enum err replay_resume(struct replay *r);
/* Milliseconds until the next line is due by the monotonic clock; INT64_MAX at the end. */
int64_t replay_wait_ms(struct replay *r, int64_t mono_ms);
/* Plays the lines that are due, a few at a time, and waits until they are committed.  On an error
 * they stay due, and are tried again a second later. */
enum err replay_step(struct replay *r, int64_t mono_ms);
/* Good lines. */
size_t replay_count(const struct replay *r);
#endif
