/* hours_internal.h - the compiled form that parsing fills and counting reads. */
#ifndef CORE_HOURS_INTERNAL_H
#define CORE_HOURS_INTERNAL_H
#include "core/hours/hours.h"
#include <stdint.h>

#define PIECES_MAX HOURS_PIECES_MAX

struct hours_day {
    uint8_t n;
    struct hours_piece pieces[PIECES_MAX]; /* sorted, apart */
};

struct hours_date { /* a holiday (n = 0) or a special day, instead of the week's */
    int64_t day;
    struct hours_day plan;
};

struct hours {
    bool is_always;
    struct zone *zone;
    struct hours_day week[7]; /* Monday first */
    size_t n_dates;
    struct hours_date *dates; /* sorted by day, each once */
};
#endif
