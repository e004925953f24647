/* lexicon_pairs.c - words that tell an emergency by standing near each other, in all languages at
 * once. */
#include "core/triage/lexicon.h"
#include <stddef.h>

const struct phrase_group lexicon_pairs[] = {
    {PAIR_MONEY, 0,
     "cuenta|cuentas|tarjeta|tarjetas|dinero|plata|sueldo|nomina|salario|fondos|ahorros|saldo|"
     "pension|deposito|account|accounts|card|cards|money|funds|salary|wages|savings|paycheck|"
     "conta|contas|cartao|cartoes|dinheiro|grana|poupanca|aposentadoria|pix|payment|pago|"
     "pagamento"},
    {PAIR_BLOCKED, 0,
     "bloqueada|bloqueadas|bloqueado|bloqueados|bloquearon|bloqueo|bloquean|bloquearme|congelada|"
     "congelado|congelaron|retenida|retenido|retenidos|retuvieron|retienen|embargada|embargaron|"
     "desaparecio|desaparecido|desaparecieron|blocked|block|locked|frozen|froze|freeze|suspended|"
     "withheld|vanished|disappeared|swallowed|bloqueou|bloquearam|bloqueiam|congelou|congelaram|"
     "retiveram|sumiu|sumiram|desapareceu|engoliu|trago|declined|rechazada|recusado|rejected|"
     "inhabilitada|inhabilitaron|deshabilitada|suspendida|suspendieron|perdido|perdida"},
    {PAIR_TRIP, 0,
     "vuelo|vuelos|conexion|tren|flight|flights|connection|train|voo|voos|conexao|trem|ferry|"
     "embarque|embarcar|boarding|autobus|onibus|bus"},
    {PAIR_CANCELLED, 0,
     "cancelado|cancelada|cancelados|cancelan|cancelaron|cancelo|cancelaste|cancelasteis|"
     "cancelando|"
     "perdi|perdimos|perdido|perdio|overbooking|cancelled|canceled|cancels|cancelling|canceling|"
     "missed|miss|missing|cancelou|cancelaram|perdemos|perdeu|denied|denegado|suspendido|negaron|"
     "impidieron"},
    {PAIR_SERVICE, 0,
     "app|aplicacion|web|pagina|sistema|sistemas|servicio|servicios|internet|wifi|red|luz|agua|"
     "senal|linea|lineas|plataforma|cajero|cajeros|portal|website|site|system|systems|server|"
     "servers|network|service|services|signal|power|electricity|broadband|page|platform|atm|"
     "aplicativo|servico|servicos|rede|energia|sinal|linha|gas|heating|calefaccion|fibra|fibre|"
     "fiber|router|banca|banking|phone|telefono|telefone"},
    {PAIR_DOWN, 0,
     "no me funciona|no me funcionan|no nos funciona|no nos funcionan|no le funciona|no les "
     "funciona|no me anda|no me va|no nos va|no me sirve|no me carga|no me abre|no funcionaba|no "
     "funciono|no ha funcionado|no esta funcionando|dejo de funcionar|ha dejado de "
     "funcionar|tampoco funciona|tampoco me funciona|tampoco le funciona|parou de funcionar|nao "
     "esta funcionando|nao "
     "ta funcionando|deixou de funcionar|caido|caida|caidos|caidas|cayo|no funciona|no "
     "funcionan|no anda|no andan|no sirve|no sirven|"
     "no carga|no abre|no va|no responde|no conecta|se cae|se corto|se fue|fallando|down|"
     "not working|isnt working|arent working|not loading|wont load|wont open|doesnt work|"
     "does not work|dont work|stopped working|not responding|keeps crashing|crashing|crashed|"
     "offline|not available|fora do ar|nao funciona|nao funcionam|nao abre|nao carrega|caiu|"
     "nao responde|travado|travando|interrumpido|interrumpida|cortaron|cortado|cortada|"
     "cortaram|cut off|been dead|is dead|has died|went dead"},
    {PAIR_NEGATION, 0,
     "no esta|no estan|ya no|not|isnt|wasnt|arent|nao esta|nao estao|never|nunca"},
    {0, 0, NULL},
};
