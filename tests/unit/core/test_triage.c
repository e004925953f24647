/* test_triage.c - what made-up texts ask for, in three languages: language, kind, level,
 * mood. */
#include "core/policy.h"
#include "core/reason.h"
#include "core/triage.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ANY (-1)

enum { URGENT = LEVEL_URGENT, HIGH = LEVEL_HIGH, NORMAL = LEVEL_NORMAL, LOW = LEVEL_LOW };
enum {
    ASK = REQUEST_REQUEST,
    PRAISE = REQUEST_PRAISE,
    CHAT = REQUEST_CHATTER,
    SPAM = REQUEST_SPAM,
    NEWS = REQUEST_NEWS
};
enum { BAD = MOOD_NEGATIVE, FLAT = MOOD_NEUTRAL, GOOD = MOOD_POSITIVE };

struct row {
    const char *text, *lang;
    int kind, level, mood;
};

static const struct row emergencies[] = {
    {"Huele a gas en todo el edificio, ayuda", "es", ASK, URGENT, ANY},
    {"hay un cable caido echando chispas en la puerta del colegio", "es", ASK, URGENT, BAD},
    {"Mi madre está atrapada en el ascensor desde hace una hora", "es", ASK, URGENT, BAD},
    {"Se esta quemando el transformador de mi calle!!!", "es", ASK, URGENT, BAD},
    {"Llevamos seis horas sin luz y mi padre depende del oxígeno", "es", ASK, URGENT, BAD},
    {"Mi abuela es electrodependiente y seguimos sin luz", "es", ASK, URGENT, BAD},
    {"Me bloquearon la tarjeta y estoy en otro país sin dinero", "es", ASK, HIGH, BAD},
    {"tengo la cuenta bloqueada y hoy vence el alquiler, es urgente", "es", ASK, URGENT, BAD},
    {"Me clonaron la tarjeta y me vaciaron la cuenta, ayúdenme", "es", ASK, URGENT, BAD},
    {"Nos cancelaron el vuelo y estamos tirados con un bebé en el aeropuerto", "es", ASK, URGENT,
     BAD},
    {"perdi mi conexion por su retraso y no tengo hotel, necesito volar hoy mismo", "es", ASK,
     URGENT, BAD},
    {"Soy diabético y mi paquete de insulina no ha llegado", "es", ASK, HIGH, BAD},
    {"Ayudaaaa, me estan siguiendo y el conductor no para", "es", ASK, URGENT, ANY},
    {"Mi papá tuvo un infarto en su sucursal", "es", ASK, URGENT, BAD},
    {"Mi hijo se electrocutó con un cable de ustedes", "es", ASK, URGENT, BAD},
    {"me voy a matar si no me devuelven mi dinero", "es", ASK, URGENT, BAD},
    {"mi mamá tiene 87 años y está sin teléfono", "es", ASK, URGENT, BAD},
    {"Your driver was drunk and nearly crashed", "en", ASK, URGENT, ANY},
    {"You've locked my account and I have rent due today", "en", ASK, URGENT, BAD},
    {"estou sem energia há 12 horas com um recém-nascido", "pt", ASK, URGENT, BAD},
    {"AYUDA HAY FUEGO EN LA SUBESTACIÓN", "es", ASK, URGENT, ANY},
    {"hay heridos en la estacion, manden una ambulancia", "es", ASK, URGENT, BAD},
    {"There is a gas leak in our building, please send someone", "en", ASK, URGENT, BAD},
    {"Your charger caught fire in my bedroom", "en", ASK, URGENT, BAD},
    {"my dad is trapped in the lift at your store, please help", "en", ASK, URGENT, ANY},
    {"Power line down on our street and it is sparking", "en", ASK, URGENT, BAD},
    {"We have had no power for ten hours and my mother is on a ventilator", "en", ASK, URGENT, BAD},
    {"You froze my account and I can't buy food for my kids", "en", ASK, URGENT, BAD},
    {"my card was stolen and someone is using it right now", "en", ASK, URGENT, BAD},
    {"Stranded at the airport with a newborn, no hotel, nobody helps", "en", ASK, URGENT, BAD},
    {"you cancelled our flight and I have surgery tomorrow", "en", ASK, URGENT, BAD},
    {"I fly in two hours and your app will not let me check in, urgent", "en", ASK, HIGH, ANY},
    {"HELP!!! smoke coming from the meter", "en", ASK, URGENT, ANY},
    {"I can't breathe in here, the air is full of smoke", "en", ASK, URGENT, BAD},
    {"heeeelp we are stuck in the elevator", "en", ASK, URGENT, ANY},
    {"Cheiro forte de gás no meu prédio, socorro", "pt", ASK, URGENT, ANY},
    {"tem um fio caido soltando faisca na minha rua", "pt", ASK, URGENT, BAD},
    {"Minha avó usa oxigênio e estamos sem luz desde ontem", "pt", ASK, URGENT, BAD},
    {"Clonaram meu cartão e fizeram compras que não fiz, me ajudem", "pt", ASK, HIGH, BAD},
    {"Cancelaram meu voo e estou preso no aeroporto com um bebê", "pt", ASK, URGENT, BAD},
    {"Bloquearam minha conta e não consigo pagar o hospital", "pt", ASK, URGENT, BAD},
    {"O poste da esquina está pegando fogo, mandem alguém!", "pt", ASK, URGENT, ANY},
    {"preciso do remédio hoje e a encomenda não chegou", "pt", ASK, URGENT, BAD},
};

static const struct row troubles[] = {
    {"No funciona la app desde esta mañana", "es", ASK, HIGH, BAD},
    {"otra vez sin internet, tercera vez esta semana", "es", ASK, HIGH, BAD},
    {"Llevo tres semanas esperando el reembolso y nadie responde", "es", ASK, HIGH, BAD},
    {"Voy a denunciarlos ante la oficina de consumo", "es", ASK, HIGH, BAD},
    {"Pésimo servicio, me doy de baja hoy mismo", "es", ASK, URGENT, BAD},
    {"me cobraron dos veces la misma factura", "es", ASK, HIGH, BAD},
    {"La factura de este mes tiene un error", "es", ASK, NORMAL, BAD},
    {"no me llega el codigo de verificacion", "es", ASK, NORMAL, BAD},
    {"Mi pedido llegó roto", "es", ASK, NORMAL, BAD},
    {"Qué vergüenza de atención, son unos inútiles", "es", ASK, NORMAL, BAD},
    {"PESIMA ATENCION EN LA SUCURSAL DEL CENTRO, NADIE ATIENDE", "es", ASK, HIGH, BAD},
    {"q pasa con la red?? no tengo señal", "es", ASK, HIGH, BAD},
    {"la pagina no carga y necesito pagar hoy", "es", ASK, HIGH, BAD},
    {"Your website is down again", "en", ASK, HIGH, BAD},
    {"Been on hold for two hours, this is ridiculous", "en", ASK, HIGH, BAD},
    {"my flight was cancelled", "en", ASK, HIGH, BAD},
    {"Vuelo cancelado y nadie llama", "es", ASK, HIGH, BAD},
    {"I was charged twice for one order", "en", ASK, HIGH, BAD},
    {"My parcel arrived damaged", "en", ASK, NORMAL, BAD},
    {"worst bank ever, closing my account and telling the ombudsman", "en", ASK, URGENT, BAD},
    {"Third time I report this and still no answer", "en", ASK, NORMAL, BAD},
    {"the app keeps crashing when I open my statement", "en", ASK, HIGH, BAD},
    {"nooo my luggage is lost", "en", ASK, NORMAL, BAD},
    {"I didnt recieve my order", "en", ASK, NORMAL, BAD},
    {"O aplicativo está fora do ar de novo", "pt", ASK, HIGH, BAD},
    {"Faz duas semanas que espero e ninguém resolve, vou ao Procon", "pt", ASK, URGENT, BAD},
    {"Minha fatura veio errada", "pt", ASK, NORMAL, BAD},
    {"péssimo atendimento, vou cancelar tudo", "pt", ASK, HIGH, BAD},
    {"nao consigo acessar minha conta", "pt", ASK, HIGH, BAD},
    {"meu pedido ainda não chegou", "pt", ASK, NORMAL, BAD},
};

static const struct row questions[] = {
    {"¿A qué hora abre la oficina de la calle Mayor?", "es", ASK, NORMAL, FLAT},
    {"Hola, ¿cómo cambio mi contraseña?", "es", ASK, NORMAL, FLAT},
    {"quisiera saber si hacen envios a las islas", "es", ASK, NORMAL, FLAT},
    {"necesito una copia del contrato por favor", "es", ASK, NORMAL, FLAT},
    {"donde puedo ver mi saldo", "es", ASK, NORMAL, FLAT},
    {"Buenas tardes, ¿tienen talla 42 de este modelo?", "es", ASK, NORMAL, FLAT},
    {"What are your opening hours on Sunday?", "en", ASK, NORMAL, FLAT},
    {"how do i change my pin", "en", ASK, NORMAL, FLAT},
    {"can someone tell me if my seat can be moved to the aisle", "en", ASK, NORMAL, FLAT},
    {"I would like a copy of my last invoice", "en", ASK, NORMAL, FLAT},
    {"Hi, do you ship to Portugal?", "en", ASK, NORMAL, FLAT},
    {"Qual o horário de funcionamento da loja?", "pt", ASK, NORMAL, FLAT},
    {"Como faço para mudar o endereço de entrega?", "pt", ASK, NORMAL, FLAT},
    {"gostaria de uma segunda via do boleto", "pt", ASK, NORMAL, FLAT},
    {"vocês entregam em Manaus?", "pt", ASK, NORMAL, FLAT},
};

static const struct row negations[] = {
    {"No es urgente, pero ¿podrían mirar mi factura cuando puedan?", "es", ASK, NORMAL, ANY},
    {"Ya no estoy sin luz, volvió hace un rato", "es", ANY, LOW, ANY},
    {"no hay peligro, fue una falsa alarma", "es", ANY, LOW, ANY},
    {"No es una emergencia, solo quiero cambiar mi dirección", "es", ASK, NORMAL, ANY},
    {"Mi tarjeta ya no está bloqueada, todo bien", "es", ANY, LOW, ANY},
    {"no, es urgente, sigo sin luz", "es", ASK, URGENT, BAD},
    {"sigo sin luz", "es", ASK, HIGH, BAD},
    {"No solo es urgente: estoy sin dinero en otro país", "es", ASK, URGENT, BAD},
    {"no llega la factura y urge", "es", ASK, HIGH, BAD},
    {"no me llaman y urge", "es", ASK, HIGH, ANY},
    {"no estoy sin luz", "es", ANY, LOW, ANY},
    {"it is not at all urgent, just a note", "en", ANY, LOW, ANY},
    {"I am not without power", "en", ANY, LOW, ANY},
    {"they never call and it is urgent", "en", ASK, HIGH, BAD},
    {"no tuve ningún problema, gracias", "es", CHAT, LOW, GOOD},
    {"It is not urgent, just wondering when the shop reopens", "en", ASK, NORMAL, ANY},
    {"no rush, whenever you get a chance could you check my invoice?", "en", ASK, NORMAL, ANY},
    {"We are no longer stranded, thank you", "en", ANY, LOW, ANY},
    {"This isn't an emergency, I only have a question about my bill", "en", ASK, NORMAL, ANY},
    {"my card is not blocked any more", "en", ANY, NORMAL, ANY},
    {"not good at all", "en", ANY, ANY, BAD},
    {"No, it is urgent: the account is frozen", "en", ASK, URGENT, BAD},
    {"Não é urgente, mas podem ver minha conta quando puderem?", "pt", ASK, NORMAL, ANY},
    {"não estou mais sem internet, já voltou", "pt", ANY, LOW, ANY},
    {"não é emergência, só uma dúvida sobre a fatura", "pt", ASK, NORMAL, ANY},
    {"Não só é urgente como estou sem luz", "pt", ASK, URGENT, BAD},
};

static const struct row sarcasm[] = {
    {"genial, otra vez sin internet, enhorabuena", "es", ASK, HIGH, BAD},
    {"Excelente! Otra hora esperando y nadie contesta", "es", ASK, HIGH, BAD},
    {"Gracias por nada", "es", ANY, ANY, BAD},
    {"Felicidades, se volvió a caer el sistema. Bravo.", "es", ASK, ANY, BAD},
    {"Bravo, otra vez cancelaron mi vuelo 👏👏", "es", ASK, URGENT, BAD},
    {"Menudo servicio el vuestro", "es", ASK, ANY, BAD},
    {"👏👏👏 bravo, tres horas de espera", "es", ASK, NORMAL, BAD},
    {"De verdad gracias por dejarme sin luz en plena navidad", "es", ASK, HIGH, BAD},
    {"so glad I spent my birthday on hold with you", "en", ASK, NORMAL, BAD},
    {"Oh great, the internet is out again. Well done.", "en", ASK, HIGH, BAD},
    {"Thanks for nothing", "en", ANY, ANY, BAD},
    {"Fantastic! Another two hours on hold", "en", ASK, ANY, BAD},
    {"thanks for losing my bag, amazing work", "en", ASK, ANY, BAD},
    {"Awesome, my flight is cancelled again", "en", ASK, URGENT, BAD},
    {"Parabéns, mais uma vez sem internet", "pt", ASK, HIGH, BAD},
    {"Obrigado por nada", "pt", ANY, ANY, BAD},
    {"Que maravilha, o sistema caiu de novo", "pt", ASK, HIGH, BAD},
};

static const struct row praise[] = {
    {"Excelente atención la de Marta, muy amable, felicidades", "es", PRAISE, LOW, GOOD},
    {"Me encanta la nueva app, es rapidísima", "es", PRAISE, LOW, GOOD},
    {"Muchas gracias por su ayuda, son los mejores 😍", "es", PRAISE, LOW, GOOD},
    {"Qué buen servicio, todo llegó a tiempo", "es", PRAISE, LOW, GOOD},
    {"Your crew today was amazing, so kind with my kids", "en", PRAISE, LOW, GOOD},
    {"No me quejo, todo excelente", "es", PRAISE, LOW, GOOD},
    {"I can't thank you enough", "en", PRAISE, LOW, GOOD},
    {"não tenho do que reclamar, ótimo atendimento", "pt", PRAISE, LOW, GOOD},
    {"Love the new design, great job team!", "en", PRAISE, LOW, GOOD},
    {"Best customer service I have had in years", "en", PRAISE, LOW, GOOD},
    {"Shout out to Kevin at gate 12, he made my day", "en", PRAISE, LOW, GOOD},
    {"Parabéns pelo atendimento, adorei!", "pt", PRAISE, LOW, GOOD},
    {"Muito bom o novo aplicativo, nota 10", "pt", PRAISE, LOW, GOOD},
    {"Amei a loja nova, equipe maravilhosa 😍", "pt", PRAISE, LOW, GOOD},
};

static const struct row noise[] = {
    {"¡Gana dinero desde casa! Escríbeme al whatsapp https://example.com/x", "es", SPAM, LOW, ANY},
    {"Sígueme y te sigo, seguidores gratis aquí https://example.com", "es", SPAM, LOW, ANY},
    {"Préstamos rápidos sin aval, contáctame al whatsapp", "es", SPAM, LOW, ANY},
    {"Make money online with crypto signals, link in bio https://example.com", "en", SPAM, LOW,
     ANY},
    {"Free followers!!! click here https://example.com/f", "en", SPAM, LOW, ANY},
    {"Renda extra trabalhando em casa, link na bio", "pt", SPAM, LOW, ANY},
    {"Última hora: la aerolínea anuncia nuevas rutas para 2027 https://example.com/n", "es", NEWS,
     LOW, ANY},
    {"RT @diario: El banco presenta resultados del trimestre https://example.com/r", "es", NEWS,
     LOW, ANY},
    {"La compañía eléctrica anuncia inversión de 200 millones https://example.com/i", "es", NEWS,
     LOW, ANY},
    {"Breaking: carrier announces record profits https://example.com/p", "en", NEWS, LOW, ANY},
    {"Airline shares of the group rise after earnings https://example.com/s", "en", NEWS, LOW, ANY},
    {"Banco anuncia lucro recorde e novas agências no trimestre https://example.com/l", "pt", NEWS,
     LOW, ANY},
    {"RT @amiga: ¿alguien sabe si abren hoy?", "es", ASK, NORMAL, ANY},
    {"follow us and shop now https://example.com/s", "en", SPAM, LOW, ANY},
    {"who won the giveaway?", "en", ASK, NORMAL, ANY},
    {"I am fed up with your crypto ads", "en", ASK, NORMAL, BAD},
    {"the news said you would open today https://example.com", "en", CHAT, LOW, ANY},
    {"lovely day in the park :)", "en", PRAISE, LOW, GOOD},
    {"you are all doing so badly :(", "en", ANY, ANY, BAD},
    {"see you all there :-)", "en", ANY, LOW, GOOD},
    {"see you all there =D", "en", ANY, LOW, GOOD},
    {"see you all there :'(", "en", ANY, ANY, BAD},
    {"the meeting: at ten; and so on =", "en", CHAT, LOW, FLAT},
    {"www.example.com HTTP://example.com @a_B9", "xx", ANY, LOW, FLAT},
    {"I\u2019m here, it\u00ads me", "en", CHAT, LOW, FLAT},
    {"hola", "es", CHAT, LOW, FLAT},
    {"buenos dias a todos", "es", CHAT, LOW, ANY},
    {"jajaja", "es", CHAT, LOW, ANY},
    {"good morning from the mountains", "en", CHAT, LOW, ANY},
    {"😂😂😂", "xx", CHAT, LOW, ANY},
    {"see you all next week", "en", CHAT, LOW, ANY},
};

static const struct row mixed[] = {
    {"Hi, estoy sin luz en mi casa, please help", "es", ASK, HIGH, ANY},
    {"my tarjeta está bloqueada y no puedo pagar, please ayuda", "es", ASK, URGENT, BAD},
    {"Hello, I live in Lima and estamos sin luz since yesterday", "en", ASK, HIGH, ANY},
    {"Guten Tag, meine Karte ist seit gestern gesperrt und ich bin im Urlaub", "xx", ANY, ANY, ANY},
    {"Bonjour, je suis dans le train et il est en retard depuis deux heures", "xx", ANY, ANY, ANY},
    {"お客様サポートに連絡したいです", "xx", ANY, ANY, ANY},
    {"", "xx", CHAT, LOW, FLAT},
    {"12345", "xx", CHAT, LOW, FLAT},
    {"@empresa", "xx", CHAT, LOW, FLAT},
};

static struct policy *policy;

static int start(void **state)
{
    (void)state;
    policy = policy_default();
    return policy == NULL ? -1 : 0;
}

static int stop(void **state)
{
    (void)state;
    policy_free(policy);
    return 0;
}

static struct triage_result read_text(const char *text)
{
    struct triage_result r;
    triage_text(policy->triage, slice_of(text), slice_of(""), NULL, &r);
    return r;
}

static void explain(const struct row *w, const struct triage_result *r)
{
    char why[400] = "";
    for (int i = 0; i < r->n_reasons; i++)
        (void)snprintf(why + strlen(why), sizeof why - strlen(why), " %s %d",
                       reason_word(r->reasons[i].code), r->reasons[i].points);
    print_error("\"%s\": %s %s %s %s;%s\n", w->text, r->lang, request_word(r->request),
                level_word(r->level), mood_word(r->mood), why);
}

static void check_rows(const struct row *rows, size_t n)
{
    size_t n_bad = 0;
    for (size_t i = 0; i < n; i++) {
        const struct row *w = &rows[i];
        struct triage_result r = read_text(w->text);
        bool is_good = strcmp(r.lang, w->lang) == 0 &&
                       (w->kind == ANY || (int)r.request == w->kind) &&
                       (w->level == ANY || (int)r.level == w->level) &&
                       (w->mood == ANY || (int)r.mood == w->mood) &&
                       r.is_request == (r.request == REQUEST_REQUEST);
        if (!is_good)
            explain(w, &r);
        n_bad += is_good ? 0 : 1;
    }
    assert_int_equal(n_bad, 0);
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void test_emergencies(void **state)
{
    (void)state;
    CHECK_ROWS(emergencies);
}
static void test_troubles(void **state)
{
    (void)state;
    CHECK_ROWS(troubles);
}
static void test_questions(void **state)
{
    (void)state;
    CHECK_ROWS(questions);
}
static void test_negations(void **state)
{
    (void)state;
    CHECK_ROWS(negations);
}
static void test_sarcasm(void **state)
{
    (void)state;
    CHECK_ROWS(sarcasm);
}
static void test_praise(void **state)
{
    (void)state;
    CHECK_ROWS(praise);
}
static void test_noise(void **state)
{
    (void)state;
    CHECK_ROWS(noise);
}
static void test_mixed(void **state)
{
    (void)state;
    CHECK_ROWS(mixed);
}

static void test_thanks(void **state)
{
    static const char *const thanks[] = {
        "gracias!",
        "👍",
        "ok perfecto",
        "thanks so much",
        "obrigado",
        "Muchas gracias 🙏",
        "mil gracias por la ayuda",
        "vale",
        "ok",
        "listo, gracias",
        "thank you!!",
        "thx",
        "cheers",
        "great, thanks",
        "ok thanks",
        "got it",
        "muito obrigada!",
        "valeu",
        "beleza, obrigado",
        "😊",
        "🙏🙏",
        "graciasss",
        "perfecto muchas gracias",
        "Thanks, that fixed it",
        "❤️",
    };
    static const char *const others[] = {
        "gracias, ¿y cuándo llega?",
        "ok pero sigo sin internet",
        "thanks, but it still does not work",
        "Thank you. How long will it take?",
        "gracias por nada",
        "obrigado, mas ainda não funciona",
        "listo, ya envié los datos por DM",
        "😡😡",
        "👍 y ahora qué hago?",
        "ok, me cobraron otra vez",
        "dm sent",
        "no",
        "hola",
    };
    (void)state;
    for (size_t i = 0; i < sizeof thanks / sizeof thanks[0]; i++)
        if (!read_text(thanks[i]).is_thanks)
            fail_msg("\"%s\" is thanks", thanks[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (read_text(others[i]).is_thanks)
            fail_msg("\"%s\" is more than thanks", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emergencies), cmocka_unit_test(test_troubles),
        cmocka_unit_test(test_questions),   cmocka_unit_test(test_negations),
        cmocka_unit_test(test_sarcasm),     cmocka_unit_test(test_praise),
        cmocka_unit_test(test_noise),       cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_thanks),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
