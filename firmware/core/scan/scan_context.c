/* scan_context.c - words that tell what the number behind them is.  One pass over the text, so that
 * asking costs nothing however many numbers there are. */
#include "core/scan/scanning.h"
#include <string.h>

#define REACH 44 /* glyphs before a number in which a word counts, its first letter included */

struct context_word {
    const char *word;
    uint16_t contexts;
};

/* In order: those of one letter stand together. */
static const struct context_word words[] = {
    {"AMEX", CONTEXT_CARD},
    {"BOOKING", CONTEXT_ORDER},
    {"CADUCA", CONTEXT_EXPIRY},
    {"CADUCIDAD", CONTEXT_EXPIRY},
    {"CALL", CONTEXT_PHONE},
    {"CALL ME", CONTEXT_PHONE},
    {"CARD", CONTEXT_CARD},
    {"CARTAO", CONTEXT_CARD},
    {"CASE", CONTEXT_ORDER},
    {"CASO", CONTEXT_ORDER},
    {"CEDULA", CONTEXT_DNI_AR},
    {"CEL", CONTEXT_PHONE},
    {"CELL", CONTEXT_PHONE},
    {"CELULAR", CONTEXT_PHONE},
    {"CID", CONTEXT_CODE},
    {"CLABE", CONTEXT_CLABE},
    {"CLAVE DE SEGURIDAD", CONTEXT_CODE},
    {"CNPJ", CONTEXT_CNPJ},
    {"COD DE SEGURANCA", CONTEXT_CODE},
    {"COD DE SEGURIDAD", CONTEXT_CODE},
    {"COD SEGURIDAD", CONTEXT_CODE},
    {"CODE", CONTEXT_ORDER},
    {"CODIGO", CONTEXT_ORDER},
    {"CODIGO DE SEGURANCA", CONTEXT_CODE},
    {"CODIGO DE SEGURIDAD", CONTEXT_CODE},
    {"CODIGO SEGURIDAD", CONTEXT_CODE},
    {"CONTACTO", CONTEXT_PHONE},
    {"CONTATO", CONTEXT_PHONE},
    {"CPF", CONTEXT_CPF},
    {"CREDIT", CONTEXT_CARD},
    {"CREDITO", CONTEXT_CARD},
    {"CSC", CONTEXT_CODE},
    {"CUIL", CONTEXT_CUIT},
    {"CUIT", CONTEXT_CUIT},
    {"CURP", CONTEXT_CURP},
    {"CVC", CONTEXT_CODE | CONTEXT_CARD},
    {"CVC2", CONTEXT_CODE},
    {"CVE", CONTEXT_CODE},
    {"CVN", CONTEXT_CODE},
    {"CVV", CONTEXT_CODE | CONTEXT_CARD},
    {"CVV2", CONTEXT_CODE},
    {"D.N.I", CONTEXT_DNI_AR | CONTEXT_DNI_ES},
    {"D.N.I.", CONTEXT_DNI_AR},
    {"DEBIT", CONTEXT_CARD},
    {"DEBITO", CONTEXT_CARD},
    {"DNI", CONTEXT_DNI_AR | CONTEXT_DNI_ES | CONTEXT_NIE},
    {"DOC", CONTEXT_DNI_AR},
    {"DOCUMENTO", CONTEXT_DNI_AR | CONTEXT_DNI_ES | CONTEXT_NIE},
    {"ENCOMENDA", CONTEXT_ORDER},
    {"ENVIO", CONTEXT_ORDER},
    {"EXP", CONTEXT_EXPIRY},
    {"EXP DATE", CONTEXT_EXPIRY},
    {"EXPIRA", CONTEXT_EXPIRY},
    {"EXPIRATION", CONTEXT_EXPIRY},
    {"EXPIRES", CONTEXT_EXPIRY},
    {"EXPIRY", CONTEXT_EXPIRY},
    {"FACTURA", CONTEXT_ORDER},
    {"FECHA", CONTEXT_EXPIRY},
    {"FLIGHT", CONTEXT_ORDER},
    {"FOLIO", CONTEXT_ORDER},
    {"FONE", CONTEXT_PHONE},
    {"GUIA", CONTEXT_ORDER},
    {"IDENTIDAD", CONTEXT_DNI_AR},
    {"IDENTIFICACION", CONTEXT_DNI_AR},
    {"IMEI", CONTEXT_ORDER},
    {"INCIDENCIA", CONTEXT_ORDER},
    {"INVOICE", CONTEXT_ORDER},
    {"L.C", CONTEXT_DNI_AR},
    {"L.E", CONTEXT_DNI_AR},
    {"LIGA", CONTEXT_PHONE},
    {"LIGUE", CONTEXT_PHONE},
    {"LIGUEM", CONTEXT_PHONE},
    {"LLAMADME", CONTEXT_PHONE},
    {"LLAMAME", CONTEXT_PHONE},
    {"LLAMAR", CONTEXT_PHONE},
    {"LLAMAR AL", CONTEXT_PHONE},
    {"LLAMEN", CONTEXT_PHONE},
    {"LLAMENME", CONTEXT_PHONE},
    {"LOCALIZADOR", CONTEXT_ORDER},
    {"MARCAR", CONTEXT_PHONE},
    {"MARQUE", CONTEXT_PHONE},
    {"MASTERCARD", CONTEXT_CARD},
    {"ME LIGA", CONTEXT_PHONE},
    {"MEU NUMERO", CONTEXT_PHONE},
    {"MI NUMERO", CONTEXT_PHONE},
    {"MOBILE", CONTEXT_PHONE},
    {"MOVIL", CONTEXT_PHONE},
    {"MY NUMBER", CONTEXT_PHONE},
    {"N.I.E", CONTEXT_NIE},
    {"NIE", CONTEXT_NIE},
    {"NIF", CONTEXT_DNI_ES | CONTEXT_NIE},
    {"NOTA", CONTEXT_ORDER},
    {"NRO DE DOC", CONTEXT_DNI_AR},
    {"ORDEN", CONTEXT_ORDER},
    {"ORDER", CONTEXT_ORDER},
    {"PEDIDO", CONTEXT_ORDER},
    {"PEDIDOS", CONTEXT_ORDER},
    {"PHONE", CONTEXT_PHONE},
    {"PNR", CONTEXT_ORDER},
    {"PROTOCOLO", CONTEXT_ORDER},
    {"RASTREIO", CONTEXT_ORDER},
    {"REACH ME", CONTEXT_PHONE},
    {"RECLAMO", CONTEXT_ORDER},
    {"REF", CONTEXT_ORDER},
    {"REFERENCE", CONTEXT_ORDER},
    {"REFERENCIA", CONTEXT_ORDER},
    {"RESERVA", CONTEXT_ORDER},
    {"RFC", CONTEXT_RFC},
    {"RING ME", CONTEXT_PHONE},
    {"SECURITY CODE", CONTEXT_CODE},
    {"SEGUIMIENTO", CONTEXT_ORDER},
    {"SERIAL", CONTEXT_ORDER},
    {"SERIE", CONTEXT_ORDER},
    {"SOCIAL", CONTEXT_SSN},
    {"SOCIAL SECURITY", CONTEXT_SSN},
    {"SOCIAL SECURITY NUMBER", CONTEXT_SSN},
    {"SSN", CONTEXT_SSN},
    {"TARJETA", CONTEXT_CARD},
    {"TEL", CONTEXT_PHONE},
    {"TELEFONE", CONTEXT_PHONE},
    {"TELEFONO", CONTEXT_PHONE},
    {"TELEFONOS", CONTEXT_PHONE},
    {"TELEMOVEL", CONTEXT_PHONE},
    {"TELF", CONTEXT_PHONE},
    {"TEXT ME", CONTEXT_PHONE},
    {"TFNO", CONTEXT_PHONE},
    {"THRU", CONTEXT_EXPIRY},
    {"TICKET", CONTEXT_ORDER},
    {"TLF", CONTEXT_PHONE},
    {"TLFNO", CONTEXT_PHONE},
    {"TRACKING", CONTEXT_ORDER},
    {"VALID", CONTEXT_EXPIRY},
    {"VALIDA HASTA", CONTEXT_EXPIRY},
    {"VALIDADE", CONTEXT_EXPIRY},
    {"VALIDEZ", CONTEXT_EXPIRY},
    {"VENC", CONTEXT_EXPIRY},
    {"VENCE", CONTEXT_EXPIRY},
    {"VENCIMENTO", CONTEXT_EXPIRY},
    {"VENCIMIENTO", CONTEXT_EXPIRY},
    {"VISA", CONTEXT_CARD},
    {"VOO", CONTEXT_ORDER},
    {"VTO", CONTEXT_EXPIRY},
    {"VUELO", CONTEXT_ORDER},
    {"WHATS", CONTEXT_PHONE},
    {"WHATSAP", CONTEXT_PHONE},
    {"WHATSAPP", CONTEXT_PHONE},
    {"WPP", CONTEXT_PHONE},
    {"WSAP", CONTEXT_PHONE},
    {"WSP", CONTEXT_PHONE},
    {"ZAP", CONTEXT_PHONE},
};
#define N_WORDS (sizeof words / sizeof words[0])

/* The glyph behind the word if it stands at k, 0 = it does not. */
static size_t end_of(const struct scanning *s, size_t k, const char *word)
{
    for (; *word != '\0'; word++, k++)
        if (scan_at(s, k) != *word)
            return 0;
    return scan_is_letter(scan_at(s, k)) ? 0 : k;
}

/* A word stands at start .. end - 1: whatever follows within reach has it before. */
static void mark(struct scanning *s, size_t start, size_t end, uint16_t contexts)
{
    for (size_t i = end; i < s->n && i <= start + REACH; i++)
        s->g[i].context |= contexts;
}

static void read_word(struct scanning *s, size_t k)
{
    size_t low = 0, high = N_WORDS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (words[middle].word[0] < s->g[k].c)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < N_WORDS && words[low].word[0] == s->g[k].c; low++) {
        size_t end = end_of(s, k, words[low].word);
        if (end != 0)
            mark(s, k, end, words[low].contexts);
    }
}

void scan_read_context(struct scanning *s)
{
    for (size_t k = 0; k < s->n; k++)
        if (scan_is_letter(s->g[k].c) && !scan_is_letter(scan_before(s, k)))
            read_word(s, k);
}
