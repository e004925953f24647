/* event.c - one layout a type, for both directions. */
#include "core/record/event.h"
#include "base/arena.h"
#include "core/record/layout.h"
#include <string.h>

struct walk {
    struct codec c;
    struct arena *a; /* for lists, when reading */
    uint8_t version; /* of the type's layout */
    bool is_out_of_memory;
};

static void walk_case_changed(struct walk *w, struct event *e)
{
    CODEC_ENUM(&w->c, e->u.kase.cause, CAUSE_N);
    codec_bool(&w->c, &e->u.kase.moves_seq);
    layout_case(&w->c, &e->u.kase.after);
}

static void walk_mention_seen(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.mention.mention);
    codec_id(&w->c, &e->u.mention.kase);
    layout_dedupe(&w->c, &e->u.mention.dedupe);
    codec_bool(&w->c, &e->u.mention.is_new_customer);
    codec_fixed(&w->c, e->u.mention.author.b, sizeof e->u.mention.author.b);
    codec_bool(&w->c, &e->u.mention.has_handle);
    if (e->u.mention.has_handle)
        codec_fixed(&w->c, e->u.mention.handle.b, sizeof e->u.mention.handle.b);
    layout_mention(&w->c, &e->u.mention.rec);
    layout_customer(&w->c, &e->u.mention.customer);
    CODEC_UINT(&w->c, e->u.mention.day, UINT32_MAX);
}

static void walk_mention_changed(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.mention_change.mention);
    codec_id(&w->c, &e->u.mention_change.kase);
    codec_bool(&w->c, &e->u.mention_change.is_deleted);
    if (w->version < 2)
        return;
    codec_bool(&w->c, &e->u.mention_change.has_dedupe);
    if (e->u.mention_change.has_dedupe)
        layout_dedupe(&w->c, &e->u.mention_change.dedupe);
}

static void walk_clock_stopped(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.stop.kase);
    CODEC_ENUM(&w->c, e->u.stop.clock, CLOCK_N);
    CODEC_UINT(&w->c, e->u.stop.hour, 23);
    CODEC_ENUM(&w->c, e->u.stop.cause, STOP_MERGED + 1);
    codec_bool(&w->c, &e->u.stop.is_met);
    codec_bool(&w->c, &e->u.stop.is_network);
    codec_bool(&w->c, &e->u.stop.is_automatic);
    codec_bool(&w->c, &e->u.stop.is_counted);
    CODEC_UINT(&w->c, e->u.stop.team, UINT16_MAX);
    CODEC_UINT(&w->c, e->u.stop.category, UINT16_MAX);
    CODEC_UINT(&w->c, e->u.stop.day, UINT32_MAX);
    codec_int(&w->c, &e->u.stop.target_ms);
    codec_int(&w->c, &e->u.stop.used_working_ms);
    codec_int(&w->c, &e->u.stop.used_ms);
    codec_int(&w->c, &e->u.stop.stopped_ms);
    CODEC_UINT(&w->c, e->u.stop.policy_version, UINT32_MAX);
    codec_id(&w->c, &e->u.stop.incident);
}

/* Room for n items of a list that is being read; false (and nothing) when n or memory does not
 * allow. */
static bool walk_list(struct walk *w, void **items, uint32_t n, size_t size)
{
    if (w->c.b != NULL)
        return true;
    if (w->c.u.bad || w->c.is_bad)
        return false;
    *items = arena_alloc(w->a, n * size);
    w->is_out_of_memory = *items == NULL;
    return *items != NULL;
}

static void walk_crossing(struct codec *c, struct crossing *x)
{
    codec_id(c, &x->kase);
    CODEC_ENUM(c, x->clock, CROSSING_QUIET + 1);
    CODEC_ENUM(c, x->phase, PHASE_N);
    codec_bool(c, &x->is_counted);
    CODEC_UINT(c, x->day, UINT32_MAX);
    codec_int(c, &x->at_ms);
}

static void walk_crossed(struct walk *w, struct event *e)
{
    CODEC_UINT(&w->c, e->u.crossed.n, EVENT_CROSSINGS_MAX);
    void *items = e->u.crossed.items;
    if (!walk_list(w, &items, e->u.crossed.n, sizeof *e->u.crossed.items))
        return;
    e->u.crossed.items = items;
    for (uint32_t i = 0; i < e->u.crossed.n; i++)
        walk_crossing(&w->c, &e->u.crossed.items[i]);
}

static void walk_customer_changed(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.customer.customer);
    layout_customer(&w->c, &e->u.customer.rec);
}

static void walk_customer_erased(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.erased.customer);
    CODEC_UINT(&w->c, e->u.erased.n_macs, EVENT_MACS_MAX);
    for (uint32_t i = 0; i < e->u.erased.n_macs; i++)
        codec_fixed(&w->c, e->u.erased.macs[i].b, sizeof e->u.erased.macs[i].b);
}

static void walk_channel_added(struct walk *w, struct event *e)
{
    CODEC_UINT(&w->c, e->u.channel.number, UINT16_MAX);
    layout_channel(&w->c, &e->u.channel.rec);
}

static void walk_device(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.device.device);
    layout_device(&w->c, &e->u.device.rec);
}

static void walk_policy_adopted(struct walk *w, struct event *e)
{
    CODEC_UINT(&w->c, e->u.policy.version, UINT32_MAX);
    codec_bytes(&w->c, &e->u.policy.document);
    if (w->version < 2)
        return;
    CODEC_UINT(&w->c, e->u.policy.moved_teams, UINT32_MAX);
    CODEC_UINT(&w->c, e->u.policy.n_names, EVENT_NAMES_MAX);
    void *names = e->u.policy.names;
    if (!walk_list(w, &names, e->u.policy.n_names, sizeof *e->u.policy.names))
        return;
    e->u.policy.names = names;
    for (uint32_t i = 0; i < e->u.policy.n_names; i++)
        layout_name(&w->c, &e->u.policy.names[i]);
}

static void walk_clocks_recomputed(struct walk *w, struct event *e)
{
    layout_recompute(&w->c, &e->u.recomputed);
}

static void walk_reply(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.reply.reply);
    codec_id(&w->c, &e->u.reply.kase);
    codec_bool(&w->c, &e->u.reply.has_dedupe);
    if (e->u.reply.has_dedupe)
        layout_dedupe(&w->c, &e->u.reply.dedupe);
    layout_reply(&w->c, &e->u.reply.rec);
    if (w->c.version < 2)
        return;
    CODEC_UINT(&w->c, e->u.reply.text_key, UINT64_MAX);
    CODEC_UINT(&w->c, e->u.reply.n_repeats, UINT32_MAX);
    codec_int(&w->c, &e->u.reply.repeats_ms);
}

static void walk_command_answered(struct walk *w, struct event *e)
{
    codec_fixed(&w->c, e->u.answer.ref, sizeof e->u.answer.ref);
    layout_answer(&w->c, &e->u.answer.rec);
}

static void walk_checkpointed(struct walk *w, struct event *e)
{
    CODEC_UINT(&w->c, e->u.checkpoint.seq, UINT64_MAX);
    codec_fixed(&w->c, e->u.checkpoint.digest, sizeof e->u.checkpoint.digest);
    codec_int(&w->c, &e->u.checkpoint.drop_before_ms);
    CODEC_UINT(&w->c, e->u.checkpoint.drop_before_day, UINT32_MAX);
}

static void walk_cases_dropped(struct walk *w, struct event *e)
{
    CODEC_UINT(&w->c, e->u.drop.n, EVENT_DROPS_MAX);
    void *cases = e->u.drop.cases;
    if (!walk_list(w, &cases, e->u.drop.n, sizeof *e->u.drop.cases))
        return;
    e->u.drop.cases = cases;
    for (uint32_t i = 0; i < e->u.drop.n; i++)
        codec_id(&w->c, &e->u.drop.cases[i]);
}

static void walk_gate_overridden(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.override.kase);
    codec_id(&w->c, &e->u.override.reply);
    CODEC_UINT(&w->c, e->u.override.refusal, UINT8_MAX);
}

static void walk_revealed(struct walk *w, struct event *e)
{
    codec_id(&w->c, &e->u.reveal.kase);
    codec_id(&w->c, &e->u.reveal.mention);
}

static const struct {
    const char *word;
    uint8_t version;
    void (*walk)(struct walk *w, struct event *e);
} types[] = {
    [EV_CASE_CHANGED] = {"case_changed", 2, walk_case_changed},
    [EV_MENTION_SEEN] = {"mention_seen", 2, walk_mention_seen},
    [EV_MENTION_CHANGED] = {"mention_changed", 2, walk_mention_changed},
    [EV_CLOCK_STOPPED] = {"clock_stopped", 1, walk_clock_stopped},
    [EV_CROSSED] = {"crossed", 2, walk_crossed},
    [EV_CUSTOMER_CHANGED] = {"customer_changed", 2, walk_customer_changed},
    [EV_CUSTOMER_ERASED] = {"customer_erased", 1, walk_customer_erased},
    [EV_CHANNEL_ADDED] = {"channel_added", 1, walk_channel_added},
    [EV_DEVICE_ADDED] = {"device_added", 1, walk_device},
    [EV_DEVICE_REVOKED] = {"device_revoked", 1, walk_device},
    [EV_POLICY_ADOPTED] = {"policy_adopted", 2, walk_policy_adopted},
    [EV_REPLY_SEEN] = {"reply_seen", 2, walk_reply},
    [EV_REPLY_CHANGED] = {"reply_changed", 2, walk_reply},
    [EV_COMMAND_ANSWERED] = {"command_answered", 3, walk_command_answered},
    [EV_CHECKPOINTED] = {"checkpointed", 1, walk_checkpointed},
    [EV_CASES_DROPPED] = {"cases_dropped", 1, walk_cases_dropped},
    [EV_GATE_OVERRIDDEN] = {"gate_overridden", 1, walk_gate_overridden},
    [EV_REVEALED] = {"revealed", 1, walk_revealed},
    [EV_CLOCKS_RECOMPUTED] = {"clocks_recomputed", 1, walk_clocks_recomputed},
};

static bool is_known(uint64_t type)
{
    return type < sizeof types / sizeof types[0] && types[type].walk != NULL;
}

static void walk_head(struct walk *w, struct event *e)
{
    bool has_person = !id_is_none(e->person);
    codec_int(&w->c, &e->at_ms);
    codec_bool(&w->c, &has_person);
    if (has_person)
        codec_id(&w->c, &e->person);
}

void event_encode(struct buf *b, const struct event *e)
{
    struct event copy = *e;
    struct walk w = {.c = codec_writer(b), .version = types[e->type].version};
    pack_uint(b, (uint64_t)e->type);
    pack_u8(b, types[e->type].version);
    walk_head(&w, &copy);
    types[e->type].walk(&w, &copy);
}

enum err event_decode(struct slice v, struct arena *a, struct event *out)
{
    struct walk w = {.c = codec_reader(v, 0), .a = a};
    uint64_t type = unpack_uint(&w.c.u);
    uint8_t version = w.c.version = unpack_u8(&w.c.u);
    if (w.c.u.bad)
        return ERR_CORRUPT;
    if (!is_known(type) || version > types[type].version)
        return ERR_VERSION;
    w.version = version;
    memset(out, 0, sizeof *out);
    out->type = (enum event_type)type;
    walk_head(&w, out);
    types[type].walk(&w, out);
    return w.is_out_of_memory ? ERR_NO_MEMORY : codec_end(&w.c);
}

const char *event_word(enum event_type t)
{
    return is_known((uint64_t)t) ? types[t].word : "unknown";
}

const char *cause_word(enum cause c)
{
    static const char *const words[] = {
        "opened",        "joined",       "back",         "reopened",   "edited",
        "answered",      "acknowledged", "claimed",      "released",   "taken_back",
        "lease_ended",   "handed_over",  "noted",        "tagged",     "levelled",
        "categorised",   "moved",        "ticketed",     "waited",     "resolved",
        "followed_up",   "closed",       "dismissed",    "merged",     "unmerged",
        "reply_written", "reply_sent",   "reply_failed", "recomputed", "incident",
        "taken_in",      "reminded",
    };
    _Static_assert(sizeof words / sizeof words[0] == CAUSE_N, "a word for each cause");
    return c < CAUSE_N ? words[c] : "unknown";
}
