/* health.c - see the header. */
#include "app/upkeep/health.h"
#include "base/json.h"
#include <string.h>

#define CERTIFICATE_SOON_MS (INT64_C(14) * 86400000)

const char *health_state(struct box *b, const char *reasons[8], size_t *n)
{
    struct store_size size;
    const char *fault = screens_fault(b), *state = "ok";
    *n = 0;
    if (fault != NULL) {
        reasons[(*n)++] = fault;
        state = strcmp(fault, "clock") == 0 ? "degraded" : "failed";
    }
    if (store_size_now(b->store, &size) == ERR_OK) {
        if (size.used_bytes > size.map_bytes / 5 * 4)
            reasons[(*n)++] = "map_80";
        if (size.disk_free_bytes < 64u << 20)
            reasons[(*n)++] = "disk_low";
    }
    struct serve_stats stats = serve_stats_now(b->serve);
    if (stats.certificate_ends_ms != 0 &&
        stats.certificate_ends_ms - box_now_ms(b) < CERTIFICATE_SOON_MS)
        reasons[(*n)++] = "certificate";
    return *n > 0 && strcmp(state, "ok") == 0 ? "degraded" : state;
}

void health_handle(struct screens *s, const struct serve_request *r)
{
    struct buf body;
    const char *reasons[8];
    size_t n;
    const char *state = health_state(s->b, reasons, &n);
    buf_init(&body, 0);
    struct json_out o = json_out_of(&body);
    json_open_object(&o, NULL);
    json_put_z(&o, "status", state);
    json_open_array(&o, "reasons");
    for (size_t i = 0; i < n; i++)
        json_put_z(&o, NULL, reasons[i]);
    json_close_array(&o);
    json_put_int(&o, "seq", (int64_t)atomic_load(&s->b->last_seq));
    json_close_object(&o);
    const struct serve_answer a = {.status = strcmp(state, "failed") == 0 ? 503 : 200,
                                   .body = buf_slice(&body)};
    serve_respond(s->b->serve, r->ticket, &a);
    buf_fini(&body);
}

static void metric(struct buf *b, const char *name, const char *type, const char *help, double v)
{
    bool is_counter = strcmp(type, "counter") == 0;
    buf_printf(b, "# TYPE atalaya_%s %s\n# HELP atalaya_%s %s\natalaya_%s%s %.15g\n", name, type,
               name, help, name, is_counter ? "_total" : "", v);
}

static void put_store(struct box *b, struct buf *out)
{
    struct store_size z;
    if (store_size_now(b->store, &z) != ERR_OK)
        return;
    metric(out, "store_file_bytes", "gauge", "Size of the file on disk.", (double)z.file_bytes);
    metric(out, "store_used_bytes", "gauge", "Bytes of the map in use.", (double)z.used_bytes);
    metric(out, "store_map_bytes", "gauge", "Bytes of the map.", (double)z.map_bytes);
    metric(out, "disk_free_bytes", "gauge", "Bytes free on the disk.", (double)z.disk_free_bytes);
    metric(out, "commits", "counter", "Durable commits.", (double)z.n_commits);
    metric(out, "commit_failures", "counter", "Commits that failed.", (double)z.n_commit_failures);
}

static void put_line_count(struct buf *out, const char *channel, const char *status,
                           const char *reason, unsigned long long n)
{
    buf_printf(out, "atalaya_replay_lines_total{channel=\"%s\",status=\"%s\"", channel, status);
    if (reason != NULL)
        buf_printf(out, ",reason=\"%s\"", reason);
    buf_printf(out, "} %llu\n", n);
}

static void put_replay(const struct replay_tally *r, struct buf *out)
{
    put_line_count(out, r->channel, "accepted", NULL, atomic_load(&r->n_accepted));
    put_line_count(out, r->channel, "duplicate", NULL, atomic_load(&r->n_duplicate));
    for (int i = 0; i < REFUSAL_N; i++) {
        unsigned long long n = atomic_load(&r->n_refused[i]);
        if (n > 0)
            put_line_count(out, r->channel, "refused", refusal_word((enum refusal)i), n);
    }
}

static void put_replays(const struct box *b, struct buf *out)
{
    unsigned long long n_waiting = 0;
    if (b->n_replays == 0)
        return;
    buf_add_z(out, "# TYPE atalaya_replay_lines counter\n"
                   "# HELP atalaya_replay_lines Lines of replayed days by outcome.\n");
    for (size_t i = 0; i < b->n_replays; i++) {
        put_replay(&b->replays[i], out);
        n_waiting += atomic_load(&b->replays[i].n_waiting);
    }
    metric(out, "replay_waiting_lines", "gauge", "Lines still to be played.", (double)n_waiting);
}

static void put_wall(const struct wall_numbers *w, struct buf *out)
{
    if (w == NULL)
        return;
    metric(out, "cases_waiting", "gauge", "Cases that owe an acknowledge or an answer.",
           (double)w->all.waiting);
    metric(out, "cases_soon", "gauge", "Queued cases past 50 % of their time.",
           (double)w->all.soon);
    metric(out, "cases_at_risk", "gauge", "Queued cases past 80 % of their time.",
           (double)w->all.at_risk);
    metric(out, "cases_late", "gauge", "Queued cases past their time.", (double)w->all.late);
    metric(out, "follow_ups", "gauge", "Follow-ups owed.", (double)w->all.follow_ups);
    metric(out, "cases_claimed", "gauge", "Claimed cases.", (double)w->all.claimed);
    metric(out, "answers_today", "gauge", "Answer clocks stopped or due today.", (double)w->day.of);
    metric(out, "answers_in_time_today", "gauge", "Answer clocks stopped in time today.",
           (double)w->day.met);
}

static void put_serve(struct box *b, struct buf *out)
{
    struct serve_stats t = serve_stats_now(b->serve);
    metric(out, "live_sockets", "gauge", "Open live sockets.", t.n_live);
    metric(out, "connections_open", "gauge", "Open connections.", t.n_open);
    metric(out, "connections", "counter", "Connections accepted.", (double)t.n_connections);
    metric(out, "handshake_failures", "counter", "TLS handshakes that failed.",
           (double)t.n_handshake_failures);
    metric(out, "requests", "counter", "HTTP requests.", (double)t.n_requests);
    metric(out, "requests_refused", "counter", "HTTP requests refused.", (double)t.n_refused);
    metric(out, "frames_out", "counter", "Live frames sent.", (double)t.n_frames_out);
    metric(out, "frames_in", "counter", "Live frames received.", (double)t.n_frames_in);
    metric(out, "laggards_cut", "counter", "Live sockets closed because they did not read.",
           (double)t.n_laggards_cut);
    metric(out, "bytes_out", "counter", "Bytes sent before TLS.", (double)t.n_bytes_out);
    metric(out, "certificate_end_seconds", "gauge", "When the certificate expires.",
           (double)t.certificate_ends_ms / 1000);
}

void health_metrics(struct screens *s, const struct serve_request *r)
{
    struct buf out;
    const char *reasons[8];
    size_t n;
    const char *state = health_state(s->b, reasons, &n);
    buf_init(&out, 0);
    metric(&out, "up", "gauge", "1 ok, 0.5 degraded, 0 failed.",
           strcmp(state, "ok") == 0       ? 1
           : strcmp(state, "failed") == 0 ? 0
                                          : 0.5);
    metric(&out, "seq", "counter", "Number of the newest event.",
           (double)atomic_load(&s->b->last_seq));
    metric(&out, "batches", "counter", "Batches decided and committed.",
           (double)atomic_load(&s->b->n_batches));
    metric(&out, "commands", "counter", "Commands decided.",
           (double)atomic_load(&s->b->n_commands));
    metric(&out, "commands_refused", "counter", "Commands refused.",
           (double)atomic_load(&s->b->n_refused));
    metric(&out, "mentions", "counter", "Mentions accepted.",
           (double)atomic_load(&s->b->n_mentions));
    metric(&out, "writer_queue", "gauge", "Jobs waiting for the writer.",
           (double)mailbox_count(s->b->to_writer));
    put_replays(s->b, &out);
    put_store(s->b, &out);
    put_wall(s->wall, &out);
    put_serve(s->b, &out);
    buf_add_z(&out, "# EOF\n");
    const struct serve_answer a = {.status = 200,
                                   .content_type =
                                       "application/openmetrics-text; version=1.0.0; charset=utf-8",
                                   .body = buf_slice(&out)};
    serve_respond(s->b->serve, r->ticket, &a);
    buf_fini(&out);
}
