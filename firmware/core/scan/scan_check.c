/* scan_check.c - see the header. */
#include "core/scan/scan_check.h"
#include <string.h>

static bool all_digits(const char *d, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (d[i] < '0' || d[i] > '9')
            return false;
    return true;
}

static bool all_equal(const char *d, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (d[i] != d[0])
            return false;
    return true;
}

static int digit(char c)
{
    return c - '0';
}

static long leading(const char *d, size_t n)
{
    long v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + digit(d[i]);
    return v;
}

static bool luhn(const char *d, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int v = digit(d[n - 1 - i]);
        if (i % 2 == 1)
            v = v * 2 > 9 ? v * 2 - 9 : v * 2;
        sum += v;
    }
    return sum % 10 == 0;
}

/* Issuer ranges by their first six digits, with the lengths in use. */
static const struct {
    long low, high;
    size_t n_min, n_max;
} issuers[] = {
    {400000, 499999, 13, 13}, {400000, 499999, 16, 16}, {400000, 499999, 19, 19}, /* Visa */
    {510000, 559999, 16, 16}, {222100, 272099, 16, 16},                           /* Mastercard */
    {340000, 349999, 15, 15}, {370000, 379999, 15, 15}, /* American Express */
    {300000, 305999, 14, 14}, {300000, 305999, 16, 19}, {309500, 309599, 14, 14},
    {309500, 309599, 16, 19}, {360000, 369999, 14, 14}, {360000, 369999, 16, 19},
    {380000, 399999, 14, 14}, {380000, 399999, 16, 19}, /* Diners Club */
    {601100, 601199, 16, 19}, {644000, 659999, 16, 19}, /* Discover, RuPay, Elo */
    {352800, 358999, 16, 19},                           /* JCB */
    {620000, 629999, 16, 19}, {810000, 817199, 16, 19}, /* UnionPay */
    {220000, 220499, 16, 19},                           /* Mir */
    {501800, 501899, 12, 19}, {502000, 502099, 12, 19}, {503800, 503899, 12, 19},
    {589300, 589399, 12, 19}, {630400, 630499, 12, 19}, {639000, 639099, 12, 19},
    {675900, 676399, 12, 19}, {670000, 679999, 16, 19}, /* Maestro */
    {979200, 979289, 16, 16},                           /* Troy */
    {636000, 636999, 16, 19}, {506099, 506198, 16, 19}, /* InterPayment, Verve */
    {589562, 589562, 16, 16}, {604201, 604400, 16, 16}, {501105, 501105, 16, 16},
    {606282, 606282, 16, 16}, {589657, 589657, 16, 16}, /* Naranja, Cabal, Argencard, Hipercard */
    {504175, 504175, 16, 16}, {506699, 506778, 16, 16}, {509000, 509999, 16, 16},
    {627780, 627780, 16, 16}, /* Elo */
    {286900, 286900, 16, 16}, {502275, 502275, 16, 16}, {506199, 506299, 16, 16},
    {588772, 588772, 16, 16}, {604622, 604622, 16, 16}, {639388, 639388, 16, 16},
    {639484, 639484, 16, 16}, {639559, 639559, 16, 16}, /* Carnet */
    {508500, 508999, 16, 16}, {606985, 608500, 16, 16}, /* RuPay */
};

bool check_pan(const char *d, size_t n)
{
    if (n < 12 || n > 19 || !all_digits(d, n) || all_equal(d, n) || !luhn(d, n))
        return false;
    long first = leading(d, 6);
    for (size_t i = 0; i < sizeof issuers / sizeof issuers[0]; i++)
        if (first >= issuers[i].low && first <= issuers[i].high && n >= issuers[i].n_min &&
            n <= issuers[i].n_max)
            return true;
    return false;
}

/* SWIFT's IBAN registry: country and length. */
static const char ibans[] = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ"
                            "27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
                            "GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC"
                            "32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27"
                            "MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE"
                            "24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
                            "VA22VG24XK20YE30";

bool check_iban(const char *s, size_t n)
{
    int rest = 0;
    bool fits = false;
    for (const char *p = ibans; *p != '\0' && n >= 15; p += 4)
        fits = fits || (p[0] == s[0] && p[1] == s[1] && (size_t)leading(p + 2, 2) == n);
    if (!fits || !all_digits(s + 2, 2) || leading(s + 2, 2) < 2 || leading(s + 2, 2) > 98)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s[(i + 4) % n];
        if (c >= '0' && c <= '9')
            rest = (rest * 10 + digit(c)) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + c - 'A' + 10) % 97;
        else
            return false;
    }
    return rest == 1;
}

static bool cbu_block(const char *d, size_t n)
{
    static const int weights[] = {3, 1, 7, 9};
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += digit(d[n - 1 - i]) * weights[i % 4];
    return (10 - sum % 10) % 10 == digit(d[n]);
}

bool check_cbu(const char *d, size_t n)
{
    return n == 22 && all_digits(d, n) && !all_equal(d, n) && cbu_block(d, 7) &&
           cbu_block(d + 8, 13);
}

bool check_clabe(const char *d, size_t n)
{
    static const int weights[] = {3, 7, 1};
    int sum = 0;
    if (n != 18 || !all_digits(d, n) || all_equal(d, n))
        return false;
    for (size_t i = 0; i < 17; i++)
        sum += digit(d[i]) * weights[i % 3] % 10;
    return (10 - sum % 10) % 10 == digit(d[17]);
}

bool check_cuit(const char *d, size_t n)
{
    static const int weights[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    static const int prefixes[] = {20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55};
    int sum = 0;
    bool is_known = false;
    if (n != 11 || !all_digits(d, n))
        return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        is_known = is_known || leading(d, 2) == prefixes[i];
    for (size_t i = 0; i < 10; i++)
        sum += digit(d[i]) * weights[i];
    int check = (11 - sum % 11) % 11;
    return is_known && (check == 10 ? 9 : check) == digit(d[10]);
}

bool check_cpf(const char *d, size_t n)
{
    if (n != 11 || !all_digits(d, n) || all_equal(d, n))
        return false;
    for (size_t length = 9; length <= 10; length++) {
        int sum = 0;
        for (size_t i = 0; i < length; i++)
            sum += digit(d[i]) * (int)(length + 1 - i);
        if (sum * 10 % 11 % 10 != digit(d[length]))
            return false;
    }
    return true;
}

bool check_cnpj(const char *s, size_t n)
{
    if (n != 14 || !all_digits(s + 12, 2) || all_equal(s, n))
        return false;
    for (size_t i = 0; i < 12; i++)
        if (!((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'A' && s[i] <= 'Z')))
            return false;
    for (size_t length = 12; length <= 13; length++) {
        int sum = 0;
        for (size_t i = 0; i < length; i++)
            sum += digit(s[i]) * (int)(2 + (length - 1 - i) % 8);
        int check = sum % 11 < 2 ? 0 : 11 - sum % 11;
        if (check != digit(s[length]))
            return false;
    }
    return true;
}

static bool letter_fits(long number, char letter)
{
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == letter;
}

bool check_dni_es(const char *s, size_t n)
{
    return n == 9 && all_digits(s, 8) && letter_fits(leading(s, 8), s[8]);
}

bool check_nie(const char *s, size_t n)
{
    return n == 9 && s[0] >= 'X' && s[0] <= 'Z' && all_digits(s + 1, 7) &&
           letter_fits((s[0] - 'X') * 10000000L + leading(s + 1, 7), s[8]);
}

static bool is_date(const char *yymmdd)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!all_digits(yymmdd, 6))
        return false;
    long month = leading(yymmdd + 2, 2), day = leading(yymmdd + 4, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool all_letters(const char *s, size_t n, bool takes_ampersand)
{
    for (size_t i = 0; i < n; i++)
        if (!((s[i] >= 'A' && s[i] <= 'Z') || (takes_ampersand && s[i] == '&')))
            return false;
    return true;
}

/* '&' stands for the letter N with tilde as well: the scanner folds it so. */
bool check_curp(const char *s, size_t n)
{
    static const char states[] =
        "ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ";
    int sum = 0;
    bool has_state = false;
    if (n != 18 || !all_letters(s, 4, true) || !is_date(s + 4) ||
        (s[10] != 'H' && s[10] != 'M' && s[10] != 'X'))
        return false;
    for (const char *p = states; *p != '\0'; p += 2)
        has_state = has_state || (p[0] == s[11] && p[1] == s[12]);
    if (!has_state || !all_letters(s + 13, 3, true) || !all_digits(s + 17, 1))
        return false;
    for (size_t i = 0; i < 17; i++) {
        const char *at = strchr(alphabet, s[i]);
        if (at == NULL || s[i] == '\0')
            return false;
        sum += (int)(at - alphabet) * (int)(18 - i);
    }
    return (10 - sum % 10) % 10 == digit(s[17]);
}

bool check_rfc(const char *s, size_t n)
{
    size_t letters = n == 13 ? 4 : 3;
    if ((n != 12 && n != 13) || !all_letters(s, letters, true) || !is_date(s + letters))
        return false;
    char last = s[n - 1];
    return (last >= '0' && last <= '9') || last == 'A';
}

bool check_ssn(const char *d, size_t n)
{
    static const char *const published[] = {"078051120", "219099999", "457555462"};
    if (n != 9 || !all_digits(d, n))
        return false;
    long area = leading(d, 3);
    if (area == 0 || area == 666 || area >= 900 || leading(d + 3, 2) == 0 || leading(d + 5, 4) == 0)
        return false;
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        if (memcmp(d, published[i], 9) == 0)
            return false;
    return true;
}
