/* layout.h - the fields of records in the order in which they are written; shared by records and
 * events.
 *
 * c->version 1: before replies, moves and clocks that stand still; their fields read as zero. */
#ifndef CORE_LAYOUT_H
#define CORE_LAYOUT_H
#include "core/record/codec.h"
#include "core/record/record.h"

void layout_case(struct codec *c, struct case_rec *r);
void layout_claim(struct codec *c, struct claim_rec *r);
void layout_mention(struct codec *c, struct mention_rec *r);
void layout_customer(struct codec *c, struct customer_rec *r);
void layout_channel(struct codec *c, struct channel_rec *r);
void layout_device(struct codec *c, struct device_rec *r);
void layout_reply(struct codec *c, struct reply_rec *r);
void layout_answer(struct codec *c, struct answer_rec *r);
void layout_rollup(struct codec *c, struct rollup_rec *r);
void layout_recompute(struct codec *c, struct recompute_rec *r);
void layout_name(struct codec *c, struct numbered_name *n);
void layout_dedupe(struct codec *c, struct dedupe_key *k);
#endif
