/* lexicon_more.c - verbs that look like nouns, manners of other languages, and what service is
 * about. */
#include "core/triage/lexicon.h"
#include "core/triage/reason.h"
#include <stddef.h>

const struct phrase_group lexicon_verbs[] = {
    {-1, 0,
     "no recibo|no lo recibo|no la recibo|no los recibo|no las recibo|no me recibo|no te "
     "recibo|nunca recibo|tampoco recibo|yo recibo|cuando recibo|si recibo|recibo llamadas|recibo "
     "correos|recibo mensajes|recibo respuesta|recibo nada|me hago cargo|se hace cargo|se hacen "
     "cargo|se haga cargo|se hagan cargo|hacerse cargo|haceis cargo|hacen cargo|hace cargo"},
    {0, 0, NULL},
};

const struct phrase_group lexicon_elsewhere[] = {
    {REASON_SAFETY, 60,
     "gasgeruch|riecht nach gas|gasleck|es brennt|feuer|notfall|krankenwagen|odeur de gaz|fuite de "
     "gaz|sent le gaz|incendie|odore di gas|puzza di gas|fuga di gas|gaslek|gaslucht|fuita de gas"},
    {GROUP_THANKS, 2,
     "danke|danke schon|vielen dank|besten dank|merci|merci beaucoup|grazie|grazie mille|mille "
     "grazie|bedankt|dank u|dank je|dank u wel|gracies|moltes gracies|tack|takk|tusen "
     "takk|arigato|spasibo|\u0441\u043f\u0430\u0441\u0438\u0431\u043e"},
    {GROUP_POSITIVE, 3,
     "bravo|bravi|bravissimi|super|toll|wunderbar|prima|klasse|genial|geniale|parfait|magnifique|"
     "felicitations|ottimo|ottimi|perfetto|fantastico|complimenti|geweldig|top|perfekt|"
     "gluckwunsch"},
    {GROUP_HELP, 10,
     "hilfe|helfen|helft|hilf|aide|aidez|aidez "
     "moi|aiuto|aiutatemi|aiutarmi|help|hulp|ajuda|ajudeu|pomogite|"
     "\u043f\u043e\u043c\u043e\u0433\u0438\u0442\u0435"},
    {0, 0, NULL},
};

const struct phrase_group lexicon_matters[] = {
    {0, 0,
     "puntos|habitacion|autobus|tren|menu|centralita|sms|descuento|moroso|portal|gasolinera|pague|"
     "me "
     "quitaron|pedido|pedidos|paquete|paquetes|envio|envios|entrega|entregado|repartidor|mensajero|"
     "transportista|factura|facturas|recibo|recibos|cobro|cobros|comision|comisiones|tarifa|"
     "tarifas|precio|precios|importe|saldo|cuenta|tarjeta|tarjetas|transferencia|bizum|"
     "domiciliacion|nomina|prestamo|hipoteca|poliza|siniestro|contrato|suscripcion|cuota|"
     "permanencia|portabilidad|alta|baja|cita|citas|turno|reserva|vuelo|vuelos|asiento|maleta|"
     "maletas|equipaje|embarque|billete|billetes|pasaje|oficina|sucursal|tienda|cajero|cajera|"
     "ventanilla|mostrador|caja|tecnico|tecnicos|operario|empleado|empleada|empleados|dependiente|"
     "dependienta|encargado|encargada|gerente|comercial|teleoperador|teleoperadora|operador|"
     "operadora|router|modem|fibra|cobertura|decodificador|contador|caldera|calefaccion|nevera|"
     "lavadora|tableta|pantalla|bateria|cargador|aparato|electrodomestico|garantia|reparacion|"
     "recambio|usuario|contrasena|clave|pin|codigo|formulario|solicitud|expediente|incidencia|"
     "gestion|tramite|cambio de|atendieron|atendio|me atendieron|me "
     "atendio|instalacion|instalaron|gotera|talla|producto|productos|articulo|articulos|compra|"
     "cupon|cheque|vale de"},
    {0, 0,
     "points|my room|reception|coach|bus|train|vouchers|food|meal|i "
     "paid|earbuds|headphones|parcel|package|delivery|delivered|courier|driver|order|orders|item|"
     "items|bill|bills|billing|"
     "invoice|charge|charges|fee|fees|price|prices|direct debit|standing "
     "order|payment|payments|statement|balance|account|card|transfer|mortgage|loan|policy|claim|"
     "contract|subscription|membership|appointment|booking|reservation|seat|seats|boarding "
     "pass|luggage|suitcase|branch|shop|store|cashier|till|desk|counter|engineer|technician|router|"
     "modem|broadband|wifi|signal|boiler|heating|meter|fridge|tv|screen|battery|charger|warranty|"
     "repair|password|username|pin|code|verification|form|ticket "
     "number|size|receipt|voucher|coupon|gift card|agent|advisor|adviser|representative"},
    {0, 0,
     "pontos|quarto|onibus|comida|paguei|fone|ligacao|estacionamento|encomenda|encomendas|pacote|"
     "entregador|entrega|fatura|faturas|boleto|boletos|cobranca|"
     "cobrancas|cobrando|taxa|taxas|tarifa|plano|preco|conta|cartao|limite|saldo|pix|emprestimo|"
     "financiamento|seguro|apolice|sinistro|contrato|assinatura|mensalidade|consulta|agendamento|"
     "horario|reserva|voo|assento|mala|malas|bagagem|passagem|agencia|loja|caixa|atendente|"
     "atendentes|gerente|funcionario|funcionaria|vendedor|vendedora|tecnico|roteador|internet|"
     "sinal|energia|chuveiro|geladeira|maquina|celular|tela|bateria|carregador|garantia|conserto|"
     "senha|cadastro|codigo|produto|produtos|item|itens|compra|cupom|tratada|tratado|atendida|"
     "atendido"},
    {0, 0, NULL},
};
