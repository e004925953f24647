/* reason.c - the catalogue of reasons. */
#include "core/triage/reason.h"
#include <stddef.h>
#include <string.h>

static const struct {
    const char *word, *es, *en, *pt;
} reasons[REASON_N] = {
    [REASON_SAFETY] = {"safety", "Hay personas en peligro", "People are in danger",
                       "Há pessoas em perigo"},
    [REASON_MONEY_BLOCKED] = {"money_blocked", "No puede usar su dinero", "Cannot use their money",
                              "Não consegue usar o seu dinheiro"},
    [REASON_STRANDED] = {"stranded", "Está varado", "Is stranded", "Está retido sem poder viajar"},
    [REASON_DEADLINE] = {"deadline", "Es para hoy", "It is due today", "É para hoje"},
    [REASON_VULNERABLE] = {"vulnerable", "Persona vulnerable", "Vulnerable person",
                           "Pessoa vulnerável"},
    [REASON_OUTAGE] = {"outage", "El servicio está caído", "The service is down",
                       "O serviço está fora do ar"},
    [REASON_REPEAT] = {"repeat", "Ya había preguntado antes", "Has asked before",
                       "Já tinha perguntado antes"},
    [REASON_ANGER] = {"anger", "Está molesto", "Is angry", "Está irritado"},
    [REASON_LEAVING] = {"leaving", "Dice que se va", "Threatens to leave", "Diz que vai embora"},
    [REASON_REGULATOR] = {"regulator", "Amenaza con denunciar", "Threatens to report us",
                          "Ameaça denunciar"},
    [REASON_FRAUD] = {"fraud", "Posible fraude", "Possible fraud", "Possível fraude"},
    [REASON_PROBLEM] = {"problem", "Algo no funciona", "Something does not work",
                        "Algo não funciona"},
    [REASON_QUESTION] = {"question", "Hace una pregunta", "Asks a question", "Faz uma pergunta"},
    [REASON_PRAISE] = {"praise", "Es un elogio", "Is praise", "É um elogio"},
    [REASON_THANKS] = {"thanks", "Solo da las gracias", "Only says thanks", "Só agradece"},
    [REASON_SARCASM] = {"sarcasm", "Elogio que suena irónico", "Praise that sounds ironic",
                        "Elogio que soa irônico"},
    [REASON_SPAM] = {"spam", "Parece publicidad", "Looks like advertising", "Parece propaganda"},
    [REASON_NEWS] = {"news", "Es una noticia", "Is news", "É uma notícia"},
    [REASON_SHOUTING] = {"shouting", "Escribe en mayúsculas", "Writes in capitals",
                         "Escreve em maiúsculas"},
    [REASON_WAITING] = {"waiting", "Lleva tiempo esperando", "Has been waiting",
                        "Está esperando há algum tempo"},
    [REASON_CALM] = {"calm", "Dice que no es urgente", "Says it is not urgent",
                     "Diz que não é urgente"},
    [REASON_FOREIGN] = {"foreign", "Está en otro idioma", "Is in another language",
                        "Está em outro idioma"},
    [REASON_PLAN] = {"plan", "Tiene un plan de atención", "Has a support plan",
                     "Tem um plano de atendimento"},
    [REASON_CONTACTS] = {"contacts", "Escribió varias veces estos días",
                         "Has written several times lately", "Escreveu várias vezes nestes dias"},
    [REASON_LATE_BEFORE] = {"late_before", "Ya le respondimos tarde", "We were late before",
                            "Já respondemos com atraso"},
    [REASON_MOVED_BEFORE] = {"moved_before", "Ya lo enviamos a otro canal",
                             "Was moved elsewhere before", "Já foi enviado a outro canal"},
    [REASON_OPEN_TICKET] = {"open_ticket", "Tiene un ticket abierto", "Has an open ticket",
                            "Tem um chamado aberto"},
    [REASON_POLICY_WORD] = {"policy_word", "Palabra señalada por la política",
                            "Word flagged by the policy", "Palavra marcada pela política"},
    [REASON_BY_HAND] = {"by_hand", "Nivel fijado a mano", "Level set by hand",
                        "Nível definido à mão"},
};

const char *reason_word(uint16_t code)
{
    return code < REASON_N && reasons[code].word != NULL ? reasons[code].word : "unknown";
}

const char *reason_text(uint16_t code, const char *lang)
{
    if (code >= REASON_N || reasons[code].word == NULL)
        return "";
    if (strcmp(lang, "es") == 0)
        return reasons[code].es;
    return strcmp(lang, "pt") == 0 ? reasons[code].pt : reasons[code].en;
}

void reason_say(uint16_t code, int points, struct slice words, const char *lang, struct buf *out)
{
    bool is_english = strcmp(lang, "es") != 0 && strcmp(lang, "pt") != 0;
    buf_add_z(out, reason_text(code, lang));
    if (words.n > 0) {
        buf_add_z(out, is_english ? ": \u201c" : ": \u00ab");
        buf_add_slice(out, words);
        buf_add_z(out, is_english ? "\u201d" : "\u00bb");
    }
    if (points != 0)
        buf_printf(out, " (%+d)", points);
}
