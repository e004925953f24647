/* case.c - small reads of a case, its invariants, and the words of its enumerations. */
#include "core/record/case.h"

int case_first_clock(const struct case_rec *c)
{
    int first = -1;
    for (int k = 0; k < CLOCK_N; k++)
        if (c->clocks[k].is_running && (first < 0 || c->clocks[k].due_ms < c->clocks[first].due_ms))
            first = k;
    return first;
}

enum phase case_phase(const struct case_rec *c)
{
    enum phase worst = PHASE_CALM;
    for (int k = 0; k < CLOCK_N; k++)
        if (c->clocks[k].is_running && c->clocks[k].phase > worst)
            worst = c->clocks[k].phase;
    return worst;
}

int64_t clock_next_crossing(const struct clock *c)
{
    if (!c->is_running || c->is_paused || c->phase == PHASE_LATE)
        return INT64_MAX;
    return c->phase == PHASE_CALM   ? c->soon_ms
           : c->phase == PHASE_SOON ? c->risk_ms
                                    : c->due_ms + 1;
}

static int64_t sooner(int64_t next_ms, int64_t at_ms)
{
    return at_ms != 0 && at_ms < next_ms ? at_ms : next_ms;
}

int64_t case_next_crossing(const struct case_rec *c)
{
    int64_t next_ms = sooner(INT64_MAX, c->send_by_ms);
    if (c->place == PLACE_PARKED)
        return sooner(next_ms, c->quiet_ms);
    if (c->place != PLACE_QUEUE)
        return next_ms;
    next_ms = sooner(next_ms, c->stale_ms);
    for (int k = 0; k < CLOCK_N; k++)
        next_ms = sooner(next_ms, clock_next_crossing(&c->clocks[k]));
    return next_ms;
}

bool case_is_waiting(const struct case_rec *c)
{
    return c->place == PLACE_QUEUE &&
           (c->clocks[CLOCK_ACKNOWLEDGE].is_running || c->clocks[CLOCK_ANSWER].is_running);
}

enum case_place case_place_of(enum case_state state, bool owes_follow_up)
{
    switch (state) {
    case CASE_NEW:
    case CASE_OPEN:
        return PLACE_QUEUE;
    case CASE_PARKED:
        return PLACE_PARKED;
    case CASE_RESOLVED:
        return owes_follow_up ? PLACE_QUEUE : PLACE_PARKED;
    default:
        return PLACE_DONE;
    }
}

static const char *clock_fault(const struct clock *c)
{
    if (!c->is_running)
        return c->due_ms == 0 && c->start_ms == 0 ? NULL : "a stopped clock has times";
    if (c->start_ms > c->soon_ms || c->soon_ms > c->risk_ms || c->risk_ms > c->due_ms ||
        c->start_ms > c->since_ms)
        return "a clock's thresholds are out of order";
    return NULL;
}

static const char *sending_fault(const struct case_rec *c)
{
    if (c->is_sending == id_is_none(c->sending) || c->is_sending == (c->send_by_ms == 0))
        return "the state does not match the replies on their way";
    if (c->is_sending && c->place == PLACE_DONE)
        return "a done case is still sending";
    return NULL;
}

const char *case_fault(const struct case_rec *c)
{
    bool is_done = c->place == PLACE_DONE;
    if (c->place != case_place_of(c->state, c->owes_follow_up))
        return "the place does not match the state";
    if (is_done && case_first_clock(c) >= 0)
        return "a clock runs although the case is done";
    if (is_done && !id_is_none(c->claimant))
        return "a done case is claimed";
    if (is_done != (c->disposition != DISPOSITION_NONE))
        return "the disposition does not match the place";
    if (c->owes_follow_up && c->state != CASE_RESOLVED)
        return "a follow-up is owed although the case is not resolved";
    for (int k = 0; k < CLOCK_N; k++) {
        if (clock_fault(&c->clocks[k]) != NULL)
            return clock_fault(&c->clocks[k]);
        if (c->clocks[k].is_paused && c->place != PLACE_PARKED)
            return "a clock is stopped although it is our turn";
    }
    return sending_fault(c);
}

static const char *word_of(const char *const *words, size_t n, unsigned i)
{
    return i < n ? words[i] : "unknown";
}

static int word_find(const char *const *words, size_t n, struct slice word)
{
    for (size_t i = 0; i < n; i++)
        if (slice_eq_z(word, words[i]))
            return (int)i;
    return -1;
}

#define N_OF(a) (sizeof(a) / sizeof((a)[0]))

static const char *const state_words[] = {"new",    "open",      "parked", "resolved",
                                          "closed", "dismissed", "merged"};
static const char *const level_words[] = {"low", "normal", "high", "urgent"};
static const char *const clock_words[] = {"acknowledge", "answer", "resolve", "follow_up"};
static const char *const network_words[] = {"x", "mastodon", "bluesky", "webhook", "replay"};
static const char *const kind_words[] = {"public", "direct", "heard", "reply"};
static const char *const request_words[] = {"request", "praise", "chatter", "spam", "news"};
static const char *const mood_words[] = {"negative", "neutral", "positive"};
static const char *const route_words[] = {"none", "dm", "phone", "email", "form"};
static const char *const disposition_words[] = {"none", "answered", "dismissed", "merged"};
static const char *const phase_words[] = {"calm", "soon", "at_risk", "late"};

const char *case_state_word(enum case_state s)
{
    return word_of(state_words, N_OF(state_words), s);
}

const char *level_word(enum level l)
{
    return word_of(level_words, N_OF(level_words), l);
}

const char *clock_word(enum clock_kind c)
{
    return word_of(clock_words, N_OF(clock_words), c);
}

const char *network_word(enum network n)
{
    return word_of(network_words, N_OF(network_words), n);
}

const char *mention_kind_word(enum mention_kind k)
{
    return word_of(kind_words, N_OF(kind_words), k);
}

const char *request_word(enum request_kind k)
{
    return word_of(request_words, N_OF(request_words), k);
}

const char *mood_word(enum mood m)
{
    return word_of(mood_words, N_OF(mood_words), m);
}

const char *route_word(enum route r)
{
    return word_of(route_words, N_OF(route_words), r);
}

const char *disposition_word(enum disposition d)
{
    return word_of(disposition_words, N_OF(disposition_words), d);
}

const char *phase_word(enum phase p)
{
    return word_of(phase_words, N_OF(phase_words), p);
}

enum err network_parse(struct slice word, enum network *out)
{
    int i = word_find(network_words, N_OF(network_words), word);
    if (i < 0)
        return ERR_INVALID;
    *out = (enum network)i;
    return ERR_OK;
}

enum err route_parse(struct slice word, enum route *out)
{
    int i = word_find(route_words, N_OF(route_words), word);
    if (i <= 0)
        return ERR_INVALID;
    *out = (enum route)i;
    return ERR_OK;
}

enum err level_parse(struct slice word, enum level *out)
{
    int i = word_find(level_words, N_OF(level_words), word);
    if (i < 0)
        return ERR_INVALID;
    *out = (enum level)i;
    return ERR_OK;
}
