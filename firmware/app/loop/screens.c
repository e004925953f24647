/* screens.c - see the header. */
#include "app/loop/screens.h"
#include "base/json.h"
#include "base/log.h"
#include <stdlib.h>
#include <string.h>

#define AWAY_MS 120000
#define SWEEP_MS 1000
#define DEMO_BUSY_MS 90000
#define DEMO_FREE_MS 600000
#define DEMO_GONE_MS 3600000

static const struct slice wall_key = {"{\"view\":\"wall\"}", 15},
                          trend_key = {"{\"view\":\"trend\"}", 16},
                          people_key = {"{\"view\":\"people\"}", 17};

const char *screens_fault(struct box *b)
{
    switch (store_fault_now(b->store).code) {
    case ERR_OK:
        return atomic_load(&b->is_held) ? "clock" : NULL;
    case ERR_FULL:
        return "disk_full";
    case ERR_READ_ONLY:
        return "read_only";
    case ERR_CORRUPT:
        return "corrupt";
    default:
        return "io";
    }
}

static struct wall_channel *channel_of(struct screens *s, const char *name)
{
    for (size_t i = 0; i < s->n_channels; i++)
        if (strcmp(s->channels[i].name, name) == 0)
            return &s->channels[i];
    if (s->n_channels == SCREENS_CHANNELS_MAX || !json_is_name(slice_of(name)))
        return NULL;
    struct wall_channel *c = &s->channels[s->n_channels++];
    memset(c, 0, sizeof *c);
    slice_copy_z(slice_of(name), c->name, sizeof c->name);
    c->since_ms = c->heard_ms = box_now_ms(s->b);
    c->silent_after_min = 60;
    return c;
}

static void load_channels(struct screens *s)
{
    struct store_txn *txn;
    struct record_key from = key_u16(0);
    struct slice key, v;
    if (store_read(s->b->store, &txn) != ERR_OK)
        return;
    while (store_seek(txn, TABLE_CHANNEL, record_key_slice(&from), &key, &v) == ERR_OK) {
        struct channel_rec rec;
        if (record_get_channel(v, &rec) == ERR_OK)
            (void)channel_of(s, rec.name);
        memcpy(from.b, key.p, key.n);
        from.n = key.n;
        from.b[from.n++] = 0;
    }
    store_read_end(txn);
}

void screens_init(struct screens *s, struct box *b, struct devices *d)
{
    memset(s, 0, sizeof *s);
    s->b = b;
    s->devices = d;
    load_channels(s);
    for (size_t i = 0; i < b->config.n_channels; i++) {
        struct wall_channel *c = channel_of(s, b->config.channels[i].name);
        if (c != NULL)
            c->silent_after_min = b->config.channels[i].silent_after_min;
    }
}

void screens_fini(struct screens *s)
{
    free(s->wall);
    free(s->trend);
}

static bool is_busy(const struct screens *s, struct id person)
{
    for (size_t i = 0; i < s->wall->n_claims; i++)
        if (id_eq(s->wall->claims[i].person, person))
            return true;
    return false;
}

/* Away: presence off, or no sign for two minutes; else busy: holds a claim; else available. */
static void count_agents(const struct screens *s, int64_t now_ms, struct wall_extra *x)
{
    for (size_t i = 0; i < s->devices->n; i++) {
        const struct device *d = &s->devices->items[i];
        if ((d->roles & ROLE_AGENT) == 0 || (d->n_live == 0 && d->gone_ms == 0))
            continue;
        bool is_here = d->n_live > 0 || now_ms - d->gone_ms < AWAY_MS;
        if (!is_here || !d->presence_is_on)
            x->away++;
        else if (is_busy(s, d->id))
            x->busy++;
        else
            x->available++;
    }
}

/* In the demo, who signed the day's replies: busy for some minutes after one, then free, then gone.
 */
static void count_demo_agents(const struct screens *s, int64_t now_ms, struct wall_extra *x)
{
    for (size_t i = 0; s->b->config.is_demo && i < s->b->n_replays; i++)
        for (size_t k = 0; k < BOX_REPLAY_AGENTS_MAX; k++) {
            struct replay_tally *r = &s->b->replays[i];
            int64_t quiet_ms = now_ms - atomic_load(&r->agents[k].said_ms);
            if (atomic_load(&r->agents[k].mark) == 0 || quiet_ms > DEMO_GONE_MS)
                continue;
            x->busy += quiet_ms <= DEMO_BUSY_MS ? 1 : 0;
            x->available += quiet_ms > DEMO_BUSY_MS && quiet_ms <= DEMO_FREE_MS ? 1 : 0;
            x->away += quiet_ms > DEMO_FREE_MS ? 1 : 0;
        }
}

static void publish_wall(struct screens *s)
{
    struct buf state;
    int64_t now_ms = box_now_ms(s->b);
    struct wall_extra x = {.channels = s->channels,
                           .n_channels = s->n_channels,
                           .is_demo = s->b->config.is_demo,
                           .fault = screens_fault(s->b)};
    if (s->wall == NULL)
        return;
    s->fault = x.fault;
    count_agents(s, now_ms, &x);
    count_demo_agents(s, now_ms, &x);
    buf_init(&state, 0);
    views_encode_wall(s->wall, &x, now_ms, &state);
    if (state.err == ERR_OK)
        serve_publish(s->b->serve, wall_key, atomic_load(&s->b->last_seq), now_ms,
                      buf_slice(&state));
    buf_fini(&state);
}

static void publish_trend(struct screens *s)
{
    struct buf state;
    if (s->trend == NULL)
        return;
    buf_init(&state, 0);
    views_encode_trend(s->trend, &state);
    if (state.err == ERR_OK)
        serve_publish(s->b->serve, trend_key, s->trend_seq, s->trend_at_ms, buf_slice(&state));
    buf_fini(&state);
}

static const char *person_state(const struct screens *s, const struct device *d, int64_t now_ms)
{
    bool is_here = d->n_live > 0 || (d->gone_ms != 0 && now_ms - d->gone_ms < AWAY_MS);
    if (!is_here || !d->presence_is_on)
        return "away";
    return s->wall != NULL && is_busy(s, d->id) ? "busy" : "available";
}

static void publish_people(struct screens *s)
{
    struct buf state, order;
    int64_t now_ms = box_now_ms(s->b);
    if (!serve_is_watched(s->b->serve, people_key))
        return;
    buf_init(&state, 0);
    buf_init(&order, 0);
    struct json_out o = json_out_of(&state), ids = json_out_of(&order);
    json_open_object(&o, NULL);
    json_open_object(&o, "people");
    json_open_array(&ids, NULL);
    for (size_t i = 0; i < s->devices->n; i++) {
        const struct device *d = &s->devices->items[i];
        char id[ID_TEXT_LEN + 1];
        if (d->kind != DEVICE_PERSON)
            continue;
        id_text(d->id, id);
        json_put_name(&o, slice_of(id));
        json_open_object(&o, NULL);
        json_put_z(&o, "name", d->name);
        json_put_z(&o, "role", devices_role_word(d->roles));
        json_put_z(&o, "state", person_state(s, d, now_ms));
        json_close_object(&o);
        json_put_z(&ids, NULL, id);
    }
    json_close_array(&ids);
    json_close_object(&o);
    json_put_raw(&o, "order", buf_slice(&order));
    json_close_object(&o);
    serve_publish(s->b->serve, people_key, atomic_load(&s->b->last_seq), now_ms, buf_slice(&state));
    buf_fini(&state);
    buf_fini(&order);
}

void screens_take(struct screens *s, struct loop_message *m)
{
    if (m->kind == LOOP_WALL) {
        free(s->wall);
        s->wall = m->wall;
        m->wall = NULL;
        memcpy(s->b->lang, s->wall->lang, sizeof s->b->lang);
        memcpy(s->b->tz, s->wall->tz, sizeof s->b->tz);
        leases_take(&s->leases, s->wall, mono_now_ms());
        publish_wall(s);
    } else if (m->kind == LOOP_TREND) {
        free(s->trend);
        s->trend = m->trend;
        m->trend = NULL;
        s->trend_seq = m->seq;
        s->trend_at_ms = m->at_ms;
        publish_trend(s);
    } else {
        serve_publish(s->b->serve, buf_slice(&m->key), m->seq, m->at_ms, buf_slice(&m->state));
    }
}

void screens_heard(struct screens *s, const char *channel)
{
    struct wall_channel *c = channel_of(s, channel);
    if (c == NULL)
        return;
    int64_t now_ms = box_now_ms(s->b);
    bool was_silent =
        c->silent_after_min > 0 && now_ms - c->heard_ms > c->silent_after_min * INT64_C(60000);
    c->heard_ms = now_ms;
    if (was_silent)
        c->since_ms = now_ms;
}

static void hear_replays(struct screens *s)
{
    for (size_t i = 0; i < s->b->n_replays; i++) {
        const struct replay_tally *r = &s->b->replays[i];
        unsigned long long n = atomic_load(&r->n_accepted) + atomic_load(&r->n_duplicate);
        if (n != s->n_lines[i])
            screens_heard(s, r->channel);
        s->n_lines[i] = n;
    }
}

void screens_presence(struct screens *s, const struct serve_principal *who, bool is_open)
{
    struct device *d = devices_find(s->devices, who->id);
    if (d == NULL)
        return;
    if (is_open)
        d->n_live++;
    else if (d->n_live > 0)
        d->n_live--;
    if (!is_open && d->n_live == 0)
        d->gone_ms = box_now_ms(s->b);
    if ((d->roles & (ROLE_AGENT | ROLE_LEAD)) != 0) {
        publish_wall(s);
        publish_people(s);
    }
}

void screens_sign_of_work(struct screens *s, const struct serve_principal *who)
{
    if (s->wall != NULL && (who->roles & (ROLE_AGENT | ROLE_LEAD)) != 0)
        leases_renew(&s->leases, who->id, s->wall->lease_ms, mono_now_ms());
}

void screens_tick(struct screens *s)
{
    int64_t mono_ms = mono_now_ms();
    if (mono_ms - s->swept_mono_ms < SWEEP_MS && s->fault == screens_fault(s->b))
        return;
    s->swept_mono_ms = mono_ms;
    leases_tick(&s->leases, s->b, mono_ms);
    hear_replays(s);
    publish_wall(s);
    publish_people(s);
}

static bool may_see_texts(const struct serve_principal *who)
{
    return (who->roles & (ROLE_AGENT | ROLE_LEAD)) != 0;
}

/* A retired team has one as long as it has cases. */
static bool has_queue(const struct wall_numbers *w, size_t team)
{
    const struct team_counter *n = &w->teams[team].counter;
    return !w->teams[team].is_retired || n->queued > 0 || n->parked > 0;
}

static enum err watch_queue(struct screens *s, const struct serve_principal *who,
                            const struct cJSON *frame, struct json_out *key)
{
    struct slice team = slice_of("*");
    int64_t limit = 50;
    bool is_known = false;
    if (!may_see_texts(who))
        return ERR_DENIED;
    if (json_get_string(frame, "team", &team) == ERR_INVALID)
        return ERR_INVALID;
    if (json_get_int(frame, "limit", &limit) == ERR_INVALID || limit < 1 || limit > 200)
        return ERR_RANGE;
    is_known = slice_eq_z(team, "*");
    for (size_t i = 0; s->wall != NULL && i < s->wall->n_teams; i++)
        is_known = is_known || (slice_eq_z(team, s->wall->teams[i].name) && has_queue(s->wall, i));
    if (!is_known)
        return ERR_NOT_FOUND;
    json_put_z(key, "view", "queue");
    json_put_string(key, "team", team);
    json_put_int(key, "limit", limit);
    return ERR_OK;
}

static enum err watch_case(struct screens *s, const struct serve_principal *who,
                           const struct cJSON *frame, struct json_out *key)
{
    struct slice text = {0};
    struct store_txn *txn;
    struct case_rec c;
    struct id id;
    if (!may_see_texts(who))
        return ERR_DENIED;
    if (json_get_string(frame, "id", &text) != ERR_OK || id_parse(text, &id) != ERR_OK)
        return ERR_INVALID;
    enum err e = store_read(s->b->store, &txn);
    if (e != ERR_OK)
        return ERR_NOT_FOUND;
    struct tables t = store_tables(txn);
    e = load_case(&t, id, &c);
    store_read_end(txn);
    char canonical[ID_TEXT_LEN + 1];
    id_text(id, canonical);
    json_put_z(key, "view", "case");
    json_put_z(key, "id", canonical);
    return e == ERR_OK ? ERR_OK : ERR_NOT_FOUND;
}

enum err screens_watch(struct screens *s, const struct serve_principal *who,
                       const struct cJSON *frame, struct json_out *key)
{
    struct slice verb = {0};
    if (json_get_string(frame, "watch", &verb) != ERR_OK)
        json_get_string(frame, "unwatch", &verb);
    if ((who->roles & (ROLE_DISPLAY | ROLE_AGENT | ROLE_LEAD)) == 0)
        return ERR_DENIED;
    json_open_object(key, NULL);
    enum err e = ERR_OK;
    if (slice_eq_z(verb, "wall") || slice_eq_z(verb, "trend"))
        json_put_string(key, "view", verb);
    else if (slice_eq_z(verb, "people") && may_see_texts(who))
        json_put_string(key, "view", verb);
    else if (slice_eq_z(verb, "people"))
        e = ERR_DENIED;
    else if (slice_eq_z(verb, "queue"))
        e = watch_queue(s, who, frame, key);
    else if (slice_eq_z(verb, "case"))
        e = watch_case(s, who, frame, key);
    else
        e = ERR_NOT_FOUND;
    json_close_object(key);
    return e;
}

static bool view_of_key(struct slice key, struct watched_view *out)
{
    struct cJSON *j;
    struct json_error e;
    struct slice view = {0}, team = {0}, id = {0};
    int64_t limit = 0;
    *out = (struct watched_view){.is_new = true};
    if (json_parse(key, &json_limits_frame, &j, &e) != ERR_OK)
        return false;
    json_get_string(j, "view", &view);
    json_get_string(j, "team", &team);
    json_get_int(j, "limit", &limit);
    json_get_string(j, "id", &id);
    bool is_case = slice_eq_z(view, "case") && id_parse(id, &out->kase) == ERR_OK;
    bool is_queue = slice_eq_z(view, "queue");
    slice_copy_z(team, out->team, sizeof out->team);
    out->limit = (int)limit;
    json_free(j);
    return is_queue || is_case;
}

void screens_watched(struct screens *s, struct slice key)
{
    struct watched_view q;
    if (slice_eq(key, wall_key)) {
        publish_wall(s);
    } else if (slice_eq(key, trend_key)) {
        publish_trend(s);
    } else if (slice_eq(key, people_key)) {
        publish_people(s);
    } else if (view_of_key(key, &q)) {
        pthread_mutex_lock(&s->b->watched_lock);
        if (s->b->n_watched < BOX_WATCHED_MAX)
            s->b->watched[s->b->n_watched++] = q;
        pthread_mutex_unlock(&s->b->watched_lock);
        mailbox_poke(s->b->to_writer);
    }
}

void screens_unwatched(struct screens *s, struct slice key)
{
    struct watched_view q;
    if (!view_of_key(key, &q))
        return;
    pthread_mutex_lock(&s->b->watched_lock);
    for (size_t i = 0; i < s->b->n_watched; i++)
        if (strcmp(s->b->watched[i].team, q.team) == 0 && s->b->watched[i].limit == q.limit &&
            id_eq(s->b->watched[i].kase, q.kase)) {
            s->b->watched[i] = s->b->watched[--s->b->n_watched];
            break;
        }
    pthread_mutex_unlock(&s->b->watched_lock);
}
