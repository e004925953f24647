/* boxclock.h - the box's time: the machine's clock while it can be believed, else the time that has
 * passed since then.
 *
 * The machine's clock is believed when it goes on from where it was.  It is held (nothing falls
 * due, the networks wait) when it shows a time before the last event or before this program was
 * written, and when it leaps: then the box's time runs on by the monotonic clock until the leap is
 * undone, the kernel says that the clock is synchronised, or it has stood for BOXCLOCK_TRUST_MS.  A
 * clock that was set back is then followed, but held until it has come up to the last event. */
#ifndef APP_BOXCLOCK_H
#define APP_BOXCLOCK_H
#include "base/mono.h"
#include <stdbool.h>
#include <stdint.h>

#define BOXCLOCK_EARLIEST_MS INT64_C(1764547200000) /* 2025-12-01 */
#define BOXCLOCK_LEAP_MS 120000
#define BOXCLOCK_TRUST_MS 900000

/* The box's time is base_ms and what the monotonic clock has passed since base_mono_ms.
 * leap_mono_ms: since when the machine's clock is elsewhere; 0 = it is not. */
struct boxclock {
    int64_t base_ms, base_mono_ms;
    int64_t leap_mono_ms;
    bool is_held;
};

/* last_ms, here and below: of the newest event; 0 = none. */
void boxclock_init(struct boxclock *c, int64_t last_ms, int64_t real_ms, int64_t mono_ms);
/* Called a few times a second.  is_synchronised: as the kernel says. */
void boxclock_step(struct boxclock *c, int64_t real_ms, int64_t mono_ms, bool is_synchronised,
                   int64_t last_ms);
int64_t boxclock_now_ms(const struct boxclock *c, int64_t mono_ms);

/* The machine's: its time, and whether the kernel says that it is synchronised. */
int64_t boxclock_real_ms(void);
bool boxclock_synchronised(void);
#endif
