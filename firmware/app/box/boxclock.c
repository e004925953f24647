/* boxclock.c - see the header. */
#include "app/box/boxclock.h"
#include <sys/timex.h>
#include <time.h>

static int64_t magnitude(int64_t v)
{
    return v < 0 ? -v : v;
}

void boxclock_init(struct boxclock *c, int64_t last_ms, int64_t real_ms, int64_t mono_ms)
{
    bool is_sane = real_ms >= BOXCLOCK_EARLIEST_MS && real_ms + 1000 >= last_ms;
    int64_t floor_ms = last_ms > BOXCLOCK_EARLIEST_MS ? last_ms : BOXCLOCK_EARLIEST_MS;
    *c = (struct boxclock){.base_ms = is_sane ? real_ms : floor_ms,
                           .base_mono_ms = mono_ms,
                           .leap_mono_ms = is_sane ? 0 : mono_ms,
                           .is_held = !is_sane};
}

int64_t boxclock_now_ms(const struct boxclock *c, int64_t mono_ms)
{
    return c->base_ms + (mono_ms - c->base_mono_ms);
}

/* Before the last event it is not believed, only followed: the box's time stands still meanwhile.
 */
static void follow(struct boxclock *c, int64_t real_ms, int64_t mono_ms, int64_t last_ms)
{
    c->base_ms = real_ms;
    c->base_mono_ms = mono_ms;
    c->leap_mono_ms = 0;
    c->is_held = real_ms + BOXCLOCK_LEAP_MS < last_ms;
}

void boxclock_step(struct boxclock *c, int64_t real_ms, int64_t mono_ms, bool is_synchronised,
                   int64_t last_ms)
{
    int64_t now_ms = boxclock_now_ms(c, mono_ms);
    bool is_near = magnitude(real_ms - now_ms) < BOXCLOCK_LEAP_MS;
    if (is_near) {
        follow(c, real_ms, mono_ms, last_ms);
        return;
    }
    if (c->leap_mono_ms == 0)
        c->leap_mono_ms = mono_ms;
    c->is_held = true;
    bool is_forward = real_ms > now_ms, has_stood = mono_ms - c->leap_mono_ms >= BOXCLOCK_TRUST_MS;
    if (real_ms >= BOXCLOCK_EARLIEST_MS && (has_stood || (is_forward && is_synchronised)))
        follow(c, real_ms, mono_ms, last_ms);
}

int64_t boxclock_real_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool boxclock_synchronised(void)
{
    struct timex t = {.modes = 0};
    return adjtimex(&t) != TIME_ERROR && (t.status & STA_UNSYNC) == 0;
}
