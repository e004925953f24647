/* mono.h - the one monotonic clock: for waits, ages and rates, never for what is journalled.  It
 * does not leap with the machine's time, and means nothing after a restart. */
#ifndef BASE_MONO_H
#define BASE_MONO_H
#include <pthread.h>
#include <stdint.h>
#include <time.h>

int64_t mono_now_ms(void);
/* A condition variable that waits by this clock, and the instant `timeout_ms` from now (>= 0) for
 * pthread_cond_timedwait on it. */
void mono_cond_init(pthread_cond_t *c);
struct timespec mono_deadline(int64_t timeout_ms);
#endif
