/* notify.h - tells systemd how we are (sd_notify(3)'s datagram, without its library). */
#ifndef APP_NOTIFY_H
#define APP_NOTIFY_H
#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=..."; nothing happens outside systemd. */
void notify_systemd(const char *state);
/* How often to say WATCHDOG=1: half of WATCHDOG_USEC; 0 = there is no watchdog. */
int64_t notify_watchdog_ms(void);
#endif
