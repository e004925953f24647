/* layout.c - every persistent field, once. */
#include "core/record/layout.h"
#include "core/record/verdict.h"

static void layout_clock(struct codec *c, struct clock *k)
{
    codec_bool(c, &k->is_running);
    if (!k->is_running)
        return;
    CODEC_ENUM(c, k->phase, PHASE_N);
    codec_bool(c, &k->is_always);
    codec_bool(c, &k->is_network);
    codec_int(c, &k->start_ms);
    codec_int(c, &k->soon_ms);
    codec_int(c, &k->risk_ms);
    codec_int(c, &k->due_ms);
    codec_int(c, &k->target_ms);
    if (c->version < 2) {
        k->since_ms = k->start_ms;
        return;
    }
    codec_bool(c, &k->is_paused);
    codec_int(c, &k->since_ms);
    codec_int(c, &k->counted_ms);
}

static void layout_before(struct codec *c, struct case_before *b)
{
    codec_bool(c, &b->has);
    if (!b->has)
        return;
    CODEC_ENUM(c, b->state, CASE_N_STATES);
    codec_int(c, &b->at_ms);
    for (int k = 0; k < CLOCK_N; k++)
        layout_clock(c, &b->clocks[k]);
}

static void layout_case_kinds(struct codec *c, struct case_rec *r)
{
    CODEC_ENUM(c, r->state, CASE_N_STATES);
    CODEC_ENUM(c, r->place, PLACE_DONE + 1);
    CODEC_ENUM(c, r->level, LEVEL_N);
    CODEC_ENUM(c, r->network, NETWORK_N);
    CODEC_ENUM(c, r->kind, MENTION_N_KINDS);
    CODEC_ENUM(c, r->request, REQUEST_N);
    CODEC_ENUM(c, r->mood, MOOD_POSITIVE + 1);
    CODEC_ENUM(c, r->disposition, DISPOSITION_MERGED + 1);
    CODEC_UINT(c, r->dismiss_reason, UINT8_MAX);
    codec_text(c, r->lang, sizeof r->lang);
}

static void layout_case_numbers(struct codec *c, struct case_rec *r)
{
    CODEC_UINT(c, r->team, UINT16_MAX);
    CODEC_UINT(c, r->channel, UINT16_MAX);
    CODEC_UINT(c, r->category, UINT16_MAX);
    CODEC_UINT(c, r->n_mentions, UINT16_MAX);
    CODEC_UINT(c, r->n_replies, UINT16_MAX);
    CODEC_UINT(c, r->n_moves, UINT16_MAX);
    CODEC_ENUM(c, r->route, ROUTE_N);
    CODEC_UINT(c, r->policy_version, UINT32_MAX);
    codec_int(c, &r->opened_ms);
    codec_int(c, &r->at_ms);
    codec_int(c, &r->place_ms);
    codec_int(c, &r->rank_ms);
    codec_int(c, &r->stale_ms);
    codec_int(c, &r->stale_rank_ms);
}

static void layout_case_flags(struct codec *c, struct case_rec *r)
{
    codec_bool(c, &r->has_spoken);
    codec_bool(c, &r->is_sending);
    codec_bool(c, &r->owes_follow_up);
    codec_bool(c, &r->has_ticket);
    codec_bool(c, &r->was_late);
}

static void layout_case_lists(struct codec *c, struct case_rec *r)
{
    CODEC_UINT(c, r->n_reasons, CASE_REASONS_MAX);
    for (unsigned i = 0; i < r->n_reasons; i++) {
        int64_t points = r->reasons[i].points;
        CODEC_UINT(c, r->reasons[i].code, UINT16_MAX);
        codec_int(c, &points);
        r->reasons[i].points = (int16_t)points;
    }
    CODEC_UINT(c, r->n_tags, CASE_TAGS_MAX);
    for (unsigned i = 0; i < r->n_tags; i++)
        CODEC_UINT(c, r->tags[i], UINT16_MAX);
}

static void layout_optional_id(struct codec *c, struct id *id)
{
    bool has = !id_is_none(*id);
    codec_bool(c, &has);
    if (has)
        codec_id(c, id);
}

static void layout_case_reply(struct codec *c, struct case_rec *r)
{
    if (c->version < 2)
        return;
    layout_optional_id(c, &r->sending);
    codec_bool(c, &r->has_unseen);
    codec_bool(c, &r->has_public);
    codec_bool(c, &r->left_public);
    CODEC_UINT(c, r->plan, UINT8_MAX);
    codec_int(c, &r->spoken_ms);
    codec_int(c, &r->send_by_ms);
    codec_int(c, &r->quiet_ms);
    layout_before(c, &r->before);
}

void layout_case(struct codec *c, struct case_rec *r)
{
    codec_id(c, &r->id);
    codec_id(c, &r->customer);
    layout_optional_id(c, &r->claimant);
    layout_optional_id(c, &r->incident);
    layout_optional_id(c, &r->merged_into);
    CODEC_UINT(c, r->seq, UINT64_MAX);
    layout_case_kinds(c, r);
    layout_case_numbers(c, r);
    layout_case_flags(c, r);
    for (int k = 0; k < CLOCK_N; k++)
        layout_clock(c, &r->clocks[k]);
    layout_case_lists(c, r);
    layout_case_reply(c, r);
}

void layout_claim(struct codec *c, struct claim_rec *r)
{
    codec_id(c, &r->person);
    codec_int(c, &r->claimed_ms);
}

void layout_mention(struct codec *c, struct mention_rec *r)
{
    codec_int(c, &r->at_ms);
    codec_int(c, &r->arrived_ms);
    CODEC_ENUM(c, r->kind, MENTION_N_KINDS);
    CODEC_UINT(c, r->channel, UINT16_MAX);
    codec_bool(c, &r->is_edited);
    codec_bool(c, &r->is_deleted);
    codec_bool(c, &r->is_thanks);
    codec_id(c, &r->customer);
}

void layout_customer(struct codec *c, struct customer_rec *r)
{
    layout_optional_id(c, &r->open_case);
    layout_optional_id(c, &r->last_case);
    codec_int(c, &r->first_ms);
    codec_int(c, &r->last_ms);
    CODEC_UINT(c, r->n_cases, UINT32_MAX);
    CODEC_UINT(c, r->n_mentions, UINT32_MAX);
    CODEC_UINT(c, r->n_late, UINT32_MAX);
    CODEC_UINT(c, r->plan, UINT8_MAX);
    codec_bool(c, &r->is_erased);
    if (c->version < 2)
        return;
    codec_bool(c, &r->takes_direct);
    CODEC_UINT(c, r->n_recent, CUSTOMER_RECENT_MAX);
    for (unsigned i = 0; i < r->n_recent; i++)
        codec_int(c, &r->recent_ms[i]);
}

void layout_channel(struct codec *c, struct channel_rec *r)
{
    CODEC_ENUM(c, r->network, NETWORK_N);
    codec_bool(c, &r->is_webhook_only);
    codec_text(c, r->name, sizeof r->name);
}

void layout_device(struct codec *c, struct device_rec *r)
{
    CODEC_ENUM(c, r->kind, DEVICE_PERSON + 1);
    CODEC_UINT(c, r->roles, UINT8_MAX);
    codec_int(c, &r->added_ms);
    codec_int(c, &r->revoked_ms);
}

void layout_reply(struct codec *c, struct reply_rec *r)
{
    layout_optional_id(c, &r->person);
    codec_int(c, &r->written_ms);
    codec_int(c, &r->sent_ms);
    CODEC_ENUM(c, r->kind, MENTION_N_KINDS);
    CODEC_UINT(c, r->n_parts, UINT8_MAX);
    codec_bool(c, &r->is_automatic);
    codec_bool(c, &r->has_failed);
    codec_bool(c, &r->is_follow_up);
    if (c->version >= 2)
        CODEC_ENUM(c, r->route, ROUTE_N);
}

void layout_answer(struct codec *c, struct answer_rec *r)
{
    codec_int(c, &r->at_ms);
    codec_bool(c, &r->is_ok);
    CODEC_UINT(c, r->seq, UINT64_MAX);
    CODEC_ENUM(c, r->refusal, REFUSAL_N);
    if (c->version < 3)
        return;
    codec_id(c, &r->kase);
    codec_fixed(c, r->frame.b, sizeof r->frame.b);
}

void layout_rollup(struct codec *c, struct rollup_rec *r)
{
    CODEC_UINT(c, r->n, UINT64_MAX);
    CODEC_UINT(c, r->n_met, UINT64_MAX);
    CODEC_UINT(c, r->n_network, UINT64_MAX);
    CODEC_UINT(c, r->n_automatic, UINT64_MAX);
    codec_int(c, &r->used_ms);
    codec_int(c, &r->used_working_ms);
}

void layout_recompute(struct codec *c, struct recompute_rec *r)
{
    CODEC_UINT(c, r->teams, UINT32_MAX);
    codec_bool(c, &r->is_in_parked);
    CODEC_UINT(c, r->n_after, sizeof r->after);
    codec_fixed(c, r->after, r->n_after);
}

void layout_name(struct codec *c, struct numbered_name *n)
{
    CODEC_ENUM(c, n->kind, NAME_N_KINDS);
    CODEC_UINT(c, n->number, UINT16_MAX);
    codec_bytes(c, &n->name);
    c->is_bad |= n->name.n == 0 || n->name.n > NUMBERED_NAME_MAX;
}

void layout_dedupe(struct codec *c, struct dedupe_key *k)
{
    CODEC_UINT(c, k->day, UINT32_MAX);
    codec_fixed(c, k->mac.b, sizeof k->mac.b);
}
