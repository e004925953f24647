/* lexicon_lang.c - common words that tell languages apart. */
#include "core/triage/lexicon.h"
#include <stddef.h>

#define ES LANG_ES
#define EN LANG_EN
#define PT LANG_PT
#define OTHER LANG_OTHER

const struct phrase_group lexicon_lang[] = {
    {ES, 1,
     "ademas|ahi|ahora|al|algo|alli|anos|asi|atencion|atiende|atienden|aun|aunque|avion|ayer|"
     "ayuda|ayudenme|buenas|buenos|cada|calle|cinco|clientes|cobraron|compania|con|contesta|"
     "contestan|cual|cuando|cuatro|cuenta|decir|deja|dejen|del|despues|dice|dicen|dinero|donde|"
     "equipo|eran|es|esa|esas|ese|eso|esos|esperando|espero|estafadores|estamos|estan|estar|"
     "estas|esto|estos|estoy|excelente|factura|felicidades|fue|funcionan|gracias|hablar|hace|"
     "hacen|hacer|hagan|han|hasta|hay|hecho|hola|hoy|ir|jaja|jajaja|jajajaja|jamas|las|linea|"
     "llamar|llame|llega|llegan|llego|llevo|lo|los|luego|mal|maleta|manana|mejor|mi|mis|misma|"
     "mismo|mucha|muchas|mucho|muchos|muy|nadie|necesito|ni|ningun|ninguna|noche|noches|"
     "nosotros|nueva|nuevo|nunca|otra|otro|pagan|peor|pero|pesima|pesimo|podria|podrian|porfa|"
     "problema|puede|pueden|puedo|pues|querido|quien|quiero|quisiera|responden|respuesta|"
     "resuelven|ruta|saludos|semanas|serio|servicio|si|siempre|sigo|sigue|siguen|sin|sirve|"
     "sirven|solo|son|soy|su|sus|tambien|tan|tardes|tarjeta|te|telefono|tengo|tienda|tiene|"
     "tienen|todavia|todo|uds|una|unas|unos|ustds|usted|ustedes|va|veces|ver|verguenza|vosotros|"
     "voy|vuelo|vuelos|vuelta|y|ya|yo"},
    {EN, 1,
     "about|account|after|again|agent|airport|all|already|also|always|am|amazing|an|and|another|"
     "answer|any|anyone|anything|app|are|arent|around|at|awesome|awful|back|bad|bag|baggage|"
     "bags|bank|be|because|been|before|being|best|big|bill|book|booked|both|bought|but|buy|by|"
     "call|called|calls|came|can|canceled|cancelled|cant|card|change|charge|charged|check|come|"
     "cook|cool|could|couldnt|crew|customer|day|days|delay|delayed|did|didnt|dm|does|doesnt|"
     "done|dont|down|each|email|even|ever|every|everyone|everything|few|find|first|fix|fixed|"
     "flight|flights|follow|for|found|from|gate|gave|get|give|given|go|going|good|got|great|had|"
     "happy|has|hasnt|have|havent|he|hello|help|her|here|hey|hi|his|hold|hope|hour|hours|how|"
     "hows|hrs|i|id|if|ill|im|in|into|is|isnt|issue|issues|it|its|ive|just|keep|know|last|late|"
     "later|left|let|lets|like|little|lol|long|look|looking|love|luggage|made|make|many|may|"
     "might|mins|minutes|money|month|months|more|morning|most|much|must|my|need|never|new|next|"
     "nice|night|not|nothing|now|of|off|oh|old|omg|on|one|only|or|order|other|our|out|over|own|"
     "paid|pay|people|phone|plane|play|please|pls|plz|really|refund|reply|response|right|said|"
     "same|say|seat|seats|see|send|sent|service|set|she|should|show|since|site|some|someone|"
     "something|soon|sorry|staff|still|such|sure|take|tell|than|thank|thanks|that|thats|the|"
     "their|them|then|there|theres|these|they|theyre|think|this|those|though|three|through|thx|"
     "ticket|tickets|time|to|today|told|tomorrow|tonight|too|tried|true|try|trying|two|u|until|"
     "up|ur|us|use|used|using|very|wait|waited|waiting|want|was|wasnt|way|we|website|week|weeks|"
     "well|were|weve|what|whats|when|where|wheres|which|while|who|why|will|with|without|wont|"
     "work|working|worst|would|wouldnt|wow|wtf|yeah|year|years|yes|yesterday|yet|you|your|youre"},
    {PT, 1,
     "absurdo|adorei|agora|ainda|ajuda|alguem|algum|amanha|amei|ao|aplicativo|ar|ate|atende|"
     "atendimento|atraso|boa|boleto|bom|brigada|brigado|cade|cancelaram|cartao|chega|chegaram|"
     "chegou|cheiro|com|consigo|conta|da|deixa|depois|deu|dinheiro|diz|dizem|dizer|e|em|energia|"
     "entao|equipe|eram|essa|esse|estao|estava|estavam|estou|eu|falar|fatura|faz|fazendo|fazer|"
     "fica|ficou|foi|fora|gostaria|gostei|hoje|internet|isso|isto|ja|kkk|kkkk|ligar|liguei|loja|"
     "mais|maravilhosa|melhor|mesma|mesmo|meu|meus|minha|minhas|moro|muita|muito|muitos|na|nao|"
     "nas|nem|ninguem|noite|nossa|nova|novamente|novo|num|numa|o|obrigada|obrigado|oi|ola|onde|"
     "ontem|otimo|outra|outro|parabens|pela|pelas|pelo|pelos|pessimo|pior|pois|posso|pra|"
     "preciso|predio|qual|quanto|quebrado|quem|quero|reais|resolvem|resolver|rua|sao|sem|"
     "servico|seu|seus|sim|sou|sua|suas|ta|tambem|tem|tenho|tentando|ter|tudo|um|uma|valeu|vc|"
     "vcs|vergonha|vezes|voce|voces|voo|vou"},
    {OTHER, 1,
     "aber|amb|anche|ancora|ang|aquest|auch|auf|aussi|avec|bir|bitte|bon|bonjour|bu|buongiorno|"
     "ce|cette|che|ciao|comment|danke|dans|della|depuis|der|des|di|die|du|een|ein|eine|elle|els|"
     "est|estic|et|euch|euer|geen|giorni|gli|gracies|grazie|hallo|het|heures|heute|ich|ihr|ihre|"
     "ik|il|immer|ist|je|jo|jours|jullie|kein|keine|les|leur|maar|mehr|mein|merci|meva|mia|mich|"
     "mijn|mio|mir|mit|molt|molto|mon|naman|ne|nel|ng|nicht|niet|noch|non|nous|oder|ore|pas|per|"
     "perche|plus|po|pour|pourquoi|quan|quand|questo|sa|saya|sehr|seit|sie|sono|sont|sto|sur|"
     "tidak|tinc|toujours|und|une|van|ve|vol|von|vos|vostro|votre|vous|waarom|wann|warum|wie|"
     "wir|yang|yung|zu"},
    {OTHER, 1,
     "abbiamo|accedere|aidez|aiuto|arrivato|aucun|aucune|bestellung|bloccata|bloccato|bloquee|"
     "bonsoir|buonasera|carte|cest|chez|colis|commande|compte|conto|fattura|feuer|funktioniert|"
     "funzionano|funzione|funzioni|gaz|gesperrt|guten|haben|helfen|hilfe|ikke|jai|karte|konto|"
     "kunde|lapp|leider|marche|moi|nach|nessuno|nie|ordine|paket|pourriez|rechnung|rekening|riecht|"
     "rien|rimborso|riesco|salve|schon|suis|svp|vorrei|wird|wurde|bestelling|geblokkeerd|kaart|jeg|"
     "og|det|meinen|meiner|ihnen|unser|seid|kann|konnen|mochte|monsieur|serait|avez|etes|etait|"
     "quelqu|ho|hanno|sito|funziona|targeta|vull|puc|gaslek"},
    {ES | PT, 1,
     "agua|antes|aqui|banco|cliente|como|dar|demora|desde|dia|dias|dos|empresa|entre|entrega|"
     "era|esta|este|favor|funciona|gente|ha|hora|horas|luz|mas|meses|minutos|nada|nos|os|pagar|"
     "para|pedido|por|porque|responde|se|segunda|semana|ser|sobre|socorro|somos|tarde|todos|"
     "urgente|vamos|vez"},
    {ES | OTHER, 1, "bien|dan|el|en|le|mes|tres|un"},
    {EN | PT, 1, "as|do|so"},
    {PT | OTHER, 1, "das|quando|sempre"},
    {ES | EN | PT, 1, "a|me|no"},
    {ES | PT | OTHER, 1, "de|la|que"},
    {0, 0, NULL},
};
