/* reason.c - the catalogue of reasons. */
#include "core/reason.h"
#include <stddef.h>
#include <string.h>

static const struct {
    const char *word, *es, *en;
} reasons[REASON_N] = {
    [REASON_SAFETY] = {"safety", "Hay personas en peligro", "People are in danger"},
    [REASON_MONEY_BLOCKED] = {"money_blocked", "No puede usar su dinero", "Cannot use their money"},
    [REASON_STRANDED] = {"stranded", "Está varado", "Is stranded"},
    [REASON_DEADLINE] = {"deadline", "Es para hoy", "It is due today"},
    [REASON_VULNERABLE] = {"vulnerable", "Persona vulnerable", "Vulnerable person"},
    [REASON_OUTAGE] = {"outage", "El servicio está caído", "The service is down"},
    [REASON_REPEAT] = {"repeat", "Ya había preguntado antes", "Has asked before"},
    [REASON_ANGER] = {"anger", "Está molesto", "Is angry"},
    [REASON_LEAVING] = {"leaving", "Dice que se va", "Threatens to leave"},
    [REASON_REGULATOR] = {"regulator", "Amenaza con denunciar", "Threatens with the regulator"},
    [REASON_FRAUD] = {"fraud", "Posible fraude", "Possible fraud"},
    [REASON_PROBLEM] = {"problem", "Algo no funciona", "Something does not work"},
    [REASON_QUESTION] = {"question", "Hace una pregunta", "Asks a question"},
    [REASON_PRAISE] = {"praise", "Es un elogio", "It is praise"},
    [REASON_THANKS] = {"thanks", "Solo da las gracias", "Only says thanks"},
    [REASON_SARCASM] = {"sarcasm", "Elogio que suena irónico", "Praise that sounds ironic"},
    [REASON_SPAM] = {"spam", "Parece publicidad", "Looks like advertising"},
    [REASON_NEWS] = {"news", "Es una noticia", "It is news"},
    [REASON_SHOUTING] = {"shouting", "Escribe en mayúsculas", "Writes in capitals"},
    [REASON_WAITING] = {"waiting", "Lleva tiempo esperando", "Has been waiting"},
    [REASON_CALM] = {"calm", "Dice que no es urgente", "Says it is not urgent"},
    [REASON_PLAN] = {"plan", "Tiene un plan de atención", "Has a care plan"},
    [REASON_CONTACTS] = {"contacts", "Escribió varias veces estos días",
                         "Wrote several times these days"},
    [REASON_LATE_BEFORE] = {"late_before", "Ya le respondimos tarde", "We were late before"},
    [REASON_MOVED_BEFORE] = {"moved_before", "Ya lo enviamos a otro canal",
                             "Was sent elsewhere before"},
    [REASON_OPEN_TICKET] = {"open_ticket", "Tiene un ticket abierto", "Has an open ticket"},
    [REASON_POLICY_WORD] = {"policy_word", "Palabra señalada por la política",
                            "Word marked by the policy"},
    [REASON_BY_HAND] = {"by_hand", "Nivel puesto a mano", "Level set by hand"},
};

const char *reason_word(uint16_t code)
{
    return code < REASON_N && reasons[code].word != NULL ? reasons[code].word : "unknown";
}

const char *reason_text(uint16_t code, const char *lang)
{
    if (code >= REASON_N || reasons[code].word == NULL)
        return "";
    return strcmp(lang, "es") == 0 ? reasons[code].es : reasons[code].en;
}
