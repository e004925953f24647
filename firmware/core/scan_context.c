/* scan_context.c - words that tell what the number behind them is.  One pass over the text, so that
 * asking costs nothing however many numbers there are. */
#include "core/scan_internal.h"
#include <string.h>

#define REACH 44 /* glyphs before a number in which a word counts, its first letter included */

static const struct {
    enum scan_context context;
    const char *words; /* apart by '|' */
} contexts[] = {
    {CONTEXT_ORDER,
     "PEDIDO|PEDIDOS|ORDEN|ORDER|TICKET|CASO|CASE|REF|REFERENCIA|REFERENCE|TRACKING|GUIA|"
     "FACTURA|INVOICE|RECLAMO|FOLIO|PROTOCOLO|VUELO|FLIGHT|RESERVA|BOOKING|LOCALIZADOR|IMEI|"
     "INCIDENCIA|ENVIO|SERIE|SERIAL|PNR|VOO|NOTA|CODIGO|CODE|ENCOMENDA|RASTREIO|SEGUIMIENTO"},
    {CONTEXT_PHONE,
     "TEL|TELEFONO|TELEFONOS|TELEFONE|TLF|TLFNO|TFNO|TELF|PHONE|CEL|CELULAR|MOVIL|MOBILE|"
     "CELL|WHATSAPP|WSP|WPP|WSAP|WHATS|WHATSAP|LLAMAME|LLAMENME|LLAMEN|LLAMADME|LLAMAR|"
     "LLAMAR AL|CALL|CALL ME|TEXT ME|MARCAR|MARQUE|FONE|CONTACTO|CONTATO|LIGUE|LIGA|LIGUEM|"
     "ME LIGA|MI NUMERO|MY NUMBER|MEU NUMERO|ZAP|TELEMOVEL|RING ME|REACH ME"},
    {CONTEXT_DNI_AR,
     "DNI|D.N.I|D.N.I.|DOCUMENTO|DOC|L.E|L.C|NRO DE DOC|IDENTIDAD|IDENTIFICACION|CEDULA"},
    {CONTEXT_SSN, "SSN|SOCIAL SECURITY|SOCIAL SECURITY NUMBER|SOCIAL"},
    {CONTEXT_CPF, "CPF"},
    {CONTEXT_CUIT, "CUIT|CUIL"},
    {CONTEXT_CODE,
     "CVV|CVC|CVV2|CVC2|CVE|CVN|CID|CODIGO DE SEGURIDAD|COD SEGURIDAD|COD DE SEGURIDAD|"
     "CODIGO SEGURIDAD|CLAVE DE SEGURIDAD|SECURITY CODE|CODIGO DE SEGURANCA|"
     "COD DE SEGURANCA|CSC"},
    {CONTEXT_EXPIRY,
     "VENCE|VTO|VENC|VENCIMIENTO|VENCIMENTO|EXP|EXPIRES|EXPIRY|EXPIRATION|CADUCA|CADUCIDAD|"
     "VALIDA HASTA|VALIDADE|VALID|THRU|VALIDEZ|EXPIRA|EXP DATE|FECHA"},
    {CONTEXT_CARD, "TARJETA|CARD|CARTAO|CVV|CVC|VISA|MASTERCARD|AMEX|CREDITO|DEBITO|CREDIT|DEBIT"},
    {CONTEXT_DNI_ES, "DNI|NIF|D.N.I|DOCUMENTO"},
    {CONTEXT_NIE, "NIE|DNI|NIF|N.I.E|DOCUMENTO"},
    {CONTEXT_CURP, "CURP"},
    {CONTEXT_RFC, "RFC"},
    {CONTEXT_CNPJ, "CNPJ"},
};

static bool is_here(const struct scanning *s, size_t k, const char *word, size_t n)
{
    for (size_t m = 0; m < n; m++)
        if (scan_at(s, k + m) != word[m])
            return false;
    return !scan_is_letter(scan_at(s, k + n));
}

/* A word stands at start .. end - 1: whatever follows within reach has it before. */
static void mark(struct scanning *s, size_t start, size_t end, enum scan_context c)
{
    for (size_t i = end; i < s->n && i <= start + REACH; i++)
        s->g[i].context = (uint16_t)(s->g[i].context | c);
}

static void read_word(struct scanning *s, size_t k)
{
    for (size_t c = 0; c < sizeof contexts / sizeof contexts[0]; c++)
        for (const char *w = contexts[c].words; *w != '\0';) {
            size_t n = strcspn(w, "|");
            if (*w == s->g[k].c && is_here(s, k, w, n))
                mark(s, k, k + n, contexts[c].context);
            w += n + (w[n] == '|' ? 1 : 0);
        }
}

void scan_read_context(struct scanning *s)
{
    for (size_t k = 0; k < s->n; k++)
        if (scan_is_letter(s->g[k].c) && !scan_is_letter(scan_before(s, k)))
            read_word(s, k);
}
