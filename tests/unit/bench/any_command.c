/* any_command.c - see the header. */
#include "bench/any_command.h"

#define CUSTOMERS 80
#define RECENT 48 /* cases that people act on */

static const char *const asked[] = {"hola, mi tarjeta no funciona, ayuda",
                                    "gracias!",
                                    "URGENTE me robaron la tarjeta",
                                    "great service, love it",
                                    "when does it open?",
                                    "no hay servicio otra vez",
                                    "ok"};

static const char *const said[] = {
    "ya lo vemos con el equipo",
    "escríbenos por DM, por favor",
    "su tarjeta 4242 4242 4242 4242 ya funciona",
    "llámanos al teléfono de siempre",
    "le hemos abonado la diferencia",
    "una frase larga que no cabe en una sola publicación porque sigue y sigue contando cosas del "
    "servicio, de la avería, de los técnicos que van de camino, de la factura que se corrige y de "
    "todo lo que haga falta para que llegue a pasar de los doscientos ochenta caracteres de una "
    "publicación cualquiera",
    "",
};

static struct command random_mention(struct world *w)
{
    struct command c = {.type = world_pick(w, 6) == 0 ? CMD_REPLY_SEEN : CMD_MENTION};
    bool is_repeat = w->n_posts > 0 && world_pick(w, 10) == 0;
    uint32_t post = is_repeat ? world_pick(w, w->n_posts) : w->n_posts++;
    uint32_t author = world_pick(w, CUSTOMERS);
    c.u.mention = (struct cmd_mention){
        .mention = world_id(w),
        .kase = world_id(w),
        .customer = world_id(w),
        .author = world_mac(1, author),
        .at_ms = w->now_ms - (int64_t)world_pick(w, 3) * 40 * MINUTE_MS,
        .kind = world_pick(w, 12) == 0  ? MENTION_HEARD
                : world_pick(w, 6) == 0 ? MENTION_DIRECT
                                        : MENTION_PUBLIC,
        .event = (enum mention_event)(world_pick(w, 10) == 0 ? 1 + world_pick(w, 2) : 0),
        .network = NETWORK_REPLAY,
        .channel = slice_of(world_pick(w, 2) ? "uno" : "dos"),
        .text = slice_of(asked[world_pick(w, 7)])};
    c.u.mention.dedupe = (struct dedupe_key){(uint32_t)(w->now_ms / 86400000), world_mac(2, post)};
    c.u.mention.has_address = true;
    c.u.mention.address = world_mac(1, author);
    c.u.mention.has_reply_to = world_pick(w, 3) == 0 && w->n_posts > 1;
    c.u.mention.reply_to = world_mac(2, world_pick(w, w->n_posts));
    return c;
}

static struct case_rec some_case(struct world *w)
{
    struct case_rec rec = {.seq = 0};
    struct tables t = ram_tables(w->ram);
    rec.id = w->cases[world_pick(w, w->n_cases < RECENT ? w->n_cases : RECENT)];
    (void)load_case(&t, rec.id, &rec);
    return rec;
}

static void fill_override(struct world *w, struct cmd_case *k)
{
    static const char *const gates[] = {"open_ticket", "second_move", "follow_up_owed",
                                        "repeated_text", "forbidden_word, personal_data"};
    k->has_override = world_pick(w, 2) == 0;
    k->override_gate = slice_of(gates[world_pick(w, 5)]);
    k->override_reason = slice_of(world_pick(w, 3) != 0 ? "porque sí" : "");
}

static struct command random_action(struct world *w)
{
    static const char *const words[] = {"urgent", "low",   "chatter", "spam",  "averia",
                                        "dm",     "phone", "soporte", "other", "cobros"};
    struct case_rec rec = some_case(w), other = some_case(w);
    uint8_t person = (uint8_t)(1 + world_pick(w, ANY_PEOPLE));
    unsigned roles = world_pick(w, 20) == 0 ? 4 : world_pick(w, 6) == 0 ? LEAD : AGENT;
    bool is_holders = !id_is_none(rec.claimant) && world_pick(w, 4) != 0;
    struct command c = world_action(w, &rec, (enum action)world_pick(w, DO_N),
                                    is_holders ? rec.claimant.b[15] : person, roles);
    struct cmd_case *k = &c.u.kase;
    static const enum action often[] = {DO_CLAIM,   DO_REPLY, DO_REPLY,   DO_MOVE,
                                        DO_RESOLVE, DO_UNDO,  DO_DISMISS, DO_MERGE};
    if (world_pick(w, 2) == 0)
        k->action = often[world_pick(w, 8)];
    if (rec.owes_follow_up && world_pick(w, 2)) {
        k->action = world_pick(w, 3) ? DO_FOLLOW_UP : DO_RESOLVE;
        k->roles = LEAD;
    }
    for (int i = 0; k->action == DO_MERGE && i < 40 && !id_eq(rec.customer, other.customer); i++)
        other = some_case(w);
    if (k->action == DO_MERGE && world_pick(w, 2))
        k->roles = LEAD;
    k->seen -= world_pick(w, 10) == 0 && rec.seq > 0 ? 1 : 0;
    k->other = k->action == DO_MERGE ? other.id
                                     : world_person((uint8_t)(1 + world_pick(w, ANY_PEOPLE + 1)));
    k->text = slice_of(said[world_pick(w, 7)]);
    k->word = slice_of(words[world_pick(w, 10)]);
    k->is_direct = world_pick(w, 5) == 0;
    k->text_key = k->text.n;
    k->customer_name = slice_of(world_pick(w, 2) ? "Ana" : "");
    k->n_parts = world_pick(w, 8) == 0 ? 1 + world_pick(w, 4) : 0;
    for (size_t i = 0; i < k->n_parts; i++)
        k->parts[i] = slice_of(said[world_pick(w, 6)]);
    fill_override(w, k);
    return c;
}

static struct command random_progress(struct world *w)
{
    struct case_rec rec = some_case(w);
    for (int i = 0; i < 6 && !rec.is_sending; i++)
        rec = some_case(w);
    struct command c = world_sent(w, &rec, world_pick(w, 3) == 0);
    c.u.progress.sent_ms -= (int64_t)world_pick(w, 100000);
    return c;
}

struct command any_command(struct world *w)
{
    struct command c = {.type = CMD_TIMERS};
    uint32_t what = world_pick(w, 12);
    if (what < 3 || w->n_cases == 0)
        return random_mention(w);
    if (what < 8)
        return random_action(w);
    if (what == 8)
        return random_progress(w);
    if (what == 9) {
        struct case_rec rec = some_case(w);
        c.type = CMD_LEASE_ENDED;
        c.u.lease.kase = rec.id;
        c.u.lease.person = rec.claimant;
    } else if (what == 10 && world_pick(w, 20) == 0) {
        c.type = CMD_RETAIN;
    }
    return c;
}

void any_remember(struct world *w)
{
    for (size_t i = 0; i < w->v->n_events; i++) {
        const struct event *e = &w->v->events[i];
        if (e->type == EV_CASE_CHANGED && e->u.kase.cause == CAUSE_OPENED)
            w->cases[w->n_cases++ % RECENT] = e->u.kase.after.id;
    }
}
