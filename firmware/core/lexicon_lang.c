/* lexicon_lang.c - common words that tell languages apart. */
#include "core/lexicon.h"
#include <stddef.h>

#define ES LANG_ES
#define EN LANG_EN
#define PT LANG_PT
#define OTHER LANG_OTHER

const struct phrase_group lexicon_lang[] = {
    {ES, 1,
     "el|los|las|y|en|con|mi|mis|su|sus|es|del|al|lo|pero|muy|ya|hola|gracias|cuando|donde|si|"
     "hace|tengo|tiene|tienen|puedo|quiero|necesito|ustedes|buenos|buenas|dias|tardes|noches|nadie|"
     "siempre|hay|hoy|ayer|tambien|usted|yo|han|hasta|cuenta|tarjeta|vuelo|vuelos|ahora|otra|otro|"
     "eso|cual|quien|porfa|pues|solo|tan|estan|ni|ir|ver|hacer|dicen|saludos|equipo|maleta|avion|"
     "linea|telefono|mas|le|unos|unas|fue|sin|estoy|estamos|ustds|uds|vosotros|os|nos|muchas|"
     "muchos|mucho|mucha|todos|todo|nada|algo|bien|mal|aun|todavia|luego|despues|antes|mejor|peor|"
     "espero|esperando|ayuda|ayudenme|problema|dinero|cliente|clientes|empresa|hacen|hagan|dan|"
     "dar|decir|dice|voy|vamos|soy|somos|son|era|eran|ser|estar|esta|estas|este|esto|estos|cada|"
     "dos|tres|cuatro|cinco|anos|meses|semana|semanas|manana|noche|tarde|dia|hora|horas|minutos|"
     "pagar|banco|hecho|dejen|deja|puede|pueden|podria|podrian|quisiera|respuesta|compania|"
     "llevo|sigo|sigue|siguen|urgente|luz|agua|servicio|atencion|favor|por|para|que|como|porque|"
     "desde|no|me|te|se|de|la|un|una|va|nunca|vez|veces|mismo|misma|ademas|aunque|asi|aqui|alli|"
     "ahi|jamas|ningun|ninguna|verguenza|pesimo|pesima|excelente|felicidades|jaja|jajaja|jajajaja"},
    {EN, 1,
     "the|a|an|and|of|to|in|is|it|you|for|on|my|your|i|im|this|that|with|was|are|be|have|not|at|"
     "but|we|they|from|so|just|get|what|when|why|how|can|do|does|dont|me|our|has|had|will|would|"
     "please|thanks|thank|help|need|still|hi|hello|hey|been|no|if|or|as|by|there|all|out|up|about|"
     "after|now|never|who|one|any|could|did|its|ive|cant|were|their|them|then|than|more|time|"
     "service|flight|flights|account|card|today|trying|he|she|his|her|us|too|got|going|go|am|love|"
     "great|good|really|because|only|yes|day|days|back|hours|hour|customer|work|working|order|"
     "should|where|which|over|again|into|off|very|much|some|other|also|even|know|see|want|like|"
     "make|made|take|way|well|here|right|first|new|old|last|next|let|lets|id|ill|youre|theyre|"
     "were|weve|isnt|wasnt|didnt|doesnt|wont|wouldnt|couldnt|havent|hasnt|arent|worst|best|awful|"
     "bad|nice|cool|ok|okay|yeah|lol|omg|wow|wtf|two|three|people|someone|anyone|everyone|nothing|"
     "something|anything|everything|phone|call|called|calls|email|bag|bags|plane|airport|delayed|"
     "cancelled|canceled|delay|late|hold|waiting|wait|waited|seat|seats|gate|crew|staff|agent|"
     "website|site|app|down|fix|fixed|issue|issues|refund|money|bank|paid|pay|bill|charge|charged|"
     "tomorrow|yesterday|tonight|morning|night|week|weeks|month|months|year|years|minutes|mins|hrs|"
     "before|while|since|until|though|through|without|such|same|own|being|both|few|many|most|did|"
     "follow|check|send|sent|tell|told|say|said|give|gave|given|keep|find|found|come|came|think|"
     "look|looking|use|used|using|try|tried|hope|sorry|sure|done|soon|already|always|another|show|"
     "people|reply|response|answer|change|buy|bought|happy|amazing|awesome|luggage|baggage|ticket|"
     "tickets|book|booked|set|play|cook|long|big|little|true|whats|thats|hows|wheres|theres|oh|"
     "u|ur|pls|plz|thx|dm|yet|ever|around|left|late|later|each|every|must|might|may|these|those"},
    {PT, 1,
     "o|os|um|uma|e|do|da|dos|das|em|na|nos|nas|pra|com|nao|meu|minha|meus|minhas|seu|sua|voce|"
     "voces|eu|isso|ao|pelo|pela|muito|mais|ja|ola|oi|obrigado|obrigada|quando|onde|sim|faz|tenho|"
     "tem|posso|quero|preciso|bom|boa|noite|ajuda|servico|ha|sao|sou|estou|foi|sem|sobre|tudo|"
     "todos|ninguem|sempre|hoje|ontem|tambem|ate|conta|cartao|voo|agora|outra|outro|ainda|consigo|"
     "fazer|atendimento|ta|vcs|vc|nem|so|estao|entao|gente|esse|essa|isto|num|numa|ter|aplicativo|"
     "dinheiro|reais|que|de|se|por|para|como|porque|mas|dia|dias|tarde|aqui|favor|no|a|as|me|la|"
     "desde|este|esta|ser|nada|vez|vezes|muita|muitos|meses|semana|horas|hora|minutos|pagar|"
     "banco|cliente|empresa|resolver|resolvem|responde|valeu|otimo|pessimo|absurdo|vergonha|"
     "chegou|chega|ficou|fica|deixa|dizer|diz|vou|vamos|somos|era|eram|mesmo|mesma|alguem|algum|"
     "quem|qual|quanto|depois|antes|melhor|pior|amanha|luz|agua|energia|internet|gostaria|"
     "urgente|parabens|brigado|brigada|kkk|kkkk|pois|entre|seus|suas|pelos|pelas|deu|dar|nossa"},
    {OTHER, 1,
     "le|les|des|du|je|vous|nous|est|et|pas|une|dans|pour|avec|sur|bonjour|merci|mon|votre|ce|"
     "cette|ne|il|elle|sont|ich|und|der|die|das|nicht|ist|mit|sie|wir|ein|eine|auf|mein|danke|"
     "hallo|bitte|wie|auch|von|zu|gli|che|non|di|per|sono|questo|ciao|grazie|della|nel|perche|het|"
     "een|van|niet|ik|amb|els|aquest|gracies|bon|molt|estic|tinc|quan|jo|meva|vol|depuis|toujours|"
     "mes|vos|leur|plus|tres|bien|aussi|comment|pourquoi|quand|depuis|heures|jours|seit|noch|aber|"
     "oder|mehr|sehr|kein|keine|immer|wann|warum|heute|mir|mich|ihr|ihre|euch|euer|anche|sempre|"
     "quando|ancora|molto|sto|mio|mia|vostro|buongiorno|ore|giorni|jullie|mijn|geen|maar|waarom|"
     "ang|ng|sa|po|naman|yung|yang|dan|saya|tidak|bir|ve|bu|de|en|la|un|que|el"},
    {0, 0, NULL},
};
