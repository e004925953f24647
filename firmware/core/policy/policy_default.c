/* policy_default.c - the rules of a box that nobody has configured. */
#include "core/policy/policy_compile.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static const struct {
    const char *name;
    const char *words; /* separated by '|' */
} categories[] = {
    {"informacion", ""},
    {"cuenta", "cuenta|contrasena|clave|usuario|iniciar sesion|token|account|password|login|log "
               "in|conta|senha|acceso"},
    {"tarjeta", "tarjeta|tarjetas|card|cartao|plastico|debito|credito"},
    {"cobros", "cobro|cobros|cargo|cargos|factura|recibo|charge|charged|bill|billing|fatura|"
               "cobranca|comision|boleto"},
    {"transferencias",
     "transferencia|transferencias|deposito|spei|transfer|pix|pago|payment|nomina"},
    {"caida", "caido|caida|sin servicio|sin sistema|app|aplicacion|outage|down|fora do "
              "ar|aplicativo|internet|luz|senal"},
    {"viaje",
     "vuelo|vuelos|aeropuerto|embarque|flight|flights|airport|boarding|voo|avion|asiento|seat"},
    {"equipaje", "maleta|maletas|equipaje|luggage|baggage|bag|bags|bagagem|mala"},
    {"entrega", "pedido|envio|entrega|paquete|order|delivery|package|parcel|encomenda"},
    {"fraude", "fraude|robo|robaron|fraud|scam|golpe|estafa|phishing|clonaron"},
    {"baja", "cancelar|baja|cancel|cancelamento|portabilidad"},
};
#define N_CATEGORIES (sizeof categories / sizeof categories[0])

static void set_targets(struct policy_team *t, enum clock_kind k, int32_t minutes)
{
    for (int l = 0; l < LEVEL_N; l++)
        t->targets[k][l].minutes = minutes;
}

size_t policy_default_words(struct triage_word *out, size_t max)
{
    size_t n = 0;
    for (size_t c = 0; c < N_CATEGORIES; c++) {
        const char *at = categories[c].words;
        while (*at != 0 && n < max) {
            size_t length = strcspn(at, "|");
            (void)snprintf(out[n].text, sizeof out[n].text, "%.*s", (int)length, at);
            out[n++].category = (uint16_t)c;
            at += length + (at[length] == '|' ? 1 : 0);
        }
    }
    return n;
}

static void set_numbers(struct policy *p)
{
    p->goal_share = 0.90;
    p->head_start_ms[LEVEL_LOW] = -2 * HOUR_MS;
    p->head_start_ms[LEVEL_HIGH] = 2 * HOUR_MS;
    p->head_start_ms[LEVEL_URGENT] = DAY_MS;
    p->stale_ms = DAY_MS;
    p->stale_push_ms = DAY_MS;
    p->lease_ms = 15 * MINUTE_MS;
    p->claims_max = 5;
    p->reopen_ms = 7 * DAY_MS;
    p->quiet_ms = 3 * DAY_MS;
    p->close_ms = DAY_MS;
    p->retain_done_ms = 400 * DAY_MS;
    p->public_posts_max = 2;
    p->dm_parts_max = 3;
    p->repeats_max = 5;
    p->repeat_window_ms = HOUR_MS;
    p->send_ms = 10 * MINUTE_MS;
    p->automatic_stops_acknowledge = false;
}

static void set_texts(struct policy *p)
{
    static const char *const routes[ROUTE_N][2] = {
        {"", ""},
        {"Escríbenos por mensaje directo y lo vemos contigo.",
         "Send us a direct message and we will look into it."},
        {"Te llamamos nosotros.", "We will call you."},
        {"Te escribimos por correo.", "We will write to you by e-mail."},
        {"Aquí está el formulario para tu caso.", "Here is the form for your case."},
    };
    for (int r = 0; r < ROUTE_N; r++) {
        p->routes[r].is_allowed = r != ROUTE_NONE;
        for (int l = 0; l < 2; l++)
            (void)snprintf(p->routes[r].text[l], sizeof p->routes[r].text[l], "%s", routes[r][l]);
    }
    for (int n = 0; n < NETWORK_N; n++)
        p->dm_allowed[n] = true;
    (void)snprintf(p->name, sizeof p->name, "Atalaya");
    (void)snprintf(p->lang, sizeof p->lang, "es");
    (void)snprintf(p->signature, sizeof p->signature, "^{mark}");
    (void)snprintf(p->greeting[0], sizeof p->greeting[0], "Hola, {name}:");
    (void)snprintf(p->greeting[1], sizeof p->greeting[1], "Hi {name},");
    (void)snprintf(p->follow_up[0], sizeof p->follow_up[0],
                   "Lo resolvimos contigo por privado. Gracias por tu paciencia.");
    (void)snprintf(p->follow_up[1], sizeof p->follow_up[1],
                   "We solved this with you in private. Thank you for your patience.");
}

static bool set_team(struct policy *p)
{
    struct policy_team *t = &p->teams[p->n_teams++];
    (void)snprintf(t->name, sizeof t->name, "soporte");
    t->hours = hours_always();
    set_targets(t, CLOCK_ACKNOWLEDGE, 15);
    set_targets(t, CLOCK_ANSWER, 60);
    set_targets(t, CLOCK_FOLLOW_UP, 24 * 60);
    t->goal_share = p->goal_share;
    return t->hours != NULL;
}

struct policy *policy_without_triage(void)
{
    struct policy *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    set_numbers(p);
    set_texts(p);
    for (size_t c = 0; c < N_CATEGORIES; c++)
        (void)snprintf(p->categories[c].name, sizeof p->categories[c].name, "%s",
                       categories[c].name);
    p->n_categories = N_CATEGORIES;
    p->box_hours = hours_always();
    (void)snprintf(p->tz, sizeof p->tz, "UTC");
    if (!set_team(p) || p->box_hours == NULL) {
        policy_free(p);
        return NULL;
    }
    return p;
}

struct policy *policy_default(void)
{
    struct triage_word words[160] = {{.category = 0}};
    size_t n = policy_default_words(words, sizeof words / sizeof words[0]);
    struct policy *p = policy_without_triage();
    if (p == NULL || triage_new(words, n, &p->triage) != ERR_OK) {
        policy_free(p);
        return NULL;
    }
    return p;
}

void policy_free(struct policy *p)
{
    if (p == NULL)
        return;
    for (int t = 0; t < p->n_teams; t++)
        if (!p->teams[t].is_retired)
            hours_free(p->teams[t].hours);
    hours_free(p->box_hours);
    triage_free(p->triage);
    free(p);
}

const struct policy_team *policy_team_of(const struct policy *p, uint16_t number)
{
    return &p->teams[number < p->n_teams ? number : p->first_team];
}

int policy_find_team(const struct policy *p, struct slice name)
{
    for (int t = 0; t < p->n_teams; t++)
        if (!p->teams[t].is_retired && slice_eq_z(name, p->teams[t].name))
            return t;
    return -1;
}

int policy_find_category(const struct policy *p, struct slice name)
{
    for (int c = 0; c < p->n_categories; c++)
        if (!p->categories[c].is_retired && slice_eq_z(name, p->categories[c].name))
            return c;
    return -1;
}

int policy_find_tag(const struct policy *p, struct slice name)
{
    for (int t = 0; t < p->n_tags; t++)
        if (!p->tag_is_retired[t] && slice_eq_z(name, p->tags[t]))
            return t;
    return -1;
}

int policy_find_plan(const struct policy *p, struct slice name)
{
    for (int n = 0; n < p->n_plans; n++)
        if (!p->plans[n].is_retired && slice_eq_z(name, p->plans[n].name))
            return n;
    return -1;
}
