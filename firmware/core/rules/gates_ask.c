/* gates_ask.c - does a reply send the customer elsewhere?  A verb that asks, and within a few words
 * the place it asks to. */
#include "core/rules/gates.h"
#include "core/text/words.h"

#define REACH 6 /* words between the verb and the place */

static const char *const verbs[] = {
    "envianos",   "envienos",    "enviarnos",  "enviame",     "envieme",     "envia",
    "envie",      "mandanos",    "mandenos",   "mandarnos",   "mandame",     "mandeme",
    "manda",      "mande",       "escribenos", "escribanos",  "escribirnos", "escribeme",
    "escribame",  "escriba",     "escreva",    "contactanos", "contactenos", "contactarnos",
    "comunicate", "comuniquese", "dejanos",    "dejenos",     "pasanos",     "pasenos",
    "hablanos",   "hablenos",    "acude",      "acuda",       "ponte",       "pongase",
    "llena",      "llene",       "rellena",    "rellene",     "completa",    "complete",
    "fill",       "send",        "drop",       "write",       "contact",     "reach",
    "slide",      "please",      "preencha",   "chame",       "chama",       "fale",
    "fala",
};

static const struct {
    enum route route;
    const char *place;
} places[] = {
    {ROUTE_DM, "dm"},
    {ROUTE_DM, "dms"},
    {ROUTE_DM, "md"},
    {ROUTE_DM, "mp"},
    {ROUTE_DM, "privado"},
    {ROUTE_DM, "directo"},
    {ROUTE_DM, "inbox"},
    {ROUTE_DM, "direct message"},
    {ROUTE_DM, "private message"},
    {ROUTE_DM, "direta"},
    {ROUTE_DM, "interno"},
    {ROUTE_EMAIL, "correo"},
    {ROUTE_EMAIL, "email"},
    {ROUTE_EMAIL, "mail"},
    {ROUTE_PHONE, "telefono"},
    {ROUTE_PHONE, "telefone"},
    {ROUTE_PHONE, "phone"},
    {ROUTE_FORM, "formulario"},
    {ROUTE_FORM, "form"},
};

static const struct {
    enum route route;
    const char *phrase;
} plain[] = {
    {ROUTE_DM, "dm us"},       {ROUTE_DM, "inbox us"},        {ROUTE_DM, "message us"},
    {ROUTE_PHONE, "llamanos"}, {ROUTE_PHONE, "llamenos"},     {ROUTE_PHONE, "llama al"},
    {ROUTE_PHONE, "llame al"}, {ROUTE_PHONE, "marca al"},     {ROUTE_PHONE, "marque al"},
    {ROUTE_PHONE, "call us"},  {ROUTE_PHONE, "us a call"},    {ROUTE_PHONE, "ligue para"},
    {ROUTE_EMAIL, "email us"}, {ROUTE_FORM, "use this form"}, {ROUTE_FORM, "use our form"},
};

static enum route near(const struct words *w, uint32_t verb)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        uint32_t at = verb + 1;
        if (words_hold(w, places[i].place, &at) && at <= verb + REACH)
            return places[i].route;
    }
    return ROUTE_NONE;
}

enum route gates_route_asked(struct slice text)
{
    struct words w;
    words_of(text, &w);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (words_hold(&w, plain[i].phrase, NULL))
            return plain[i].route;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        enum route found;
        for (uint32_t at = 0; words_hold(&w, verbs[i], &at); at++)
            if ((found = near(&w, at)) != ROUTE_NONE)
                return found;
    }
    return ROUTE_NONE;
}
