/* language.c - see the header. */
#include "core/triage/language.h"
#include "core/triage/lexicon.h"

#define COMMON 4 /* a common word of one language; half of it to each when of several */
#define SHAPE 1
#define LETTER 5
#define LETTERS_MAX 2
#define DECLARED 3

struct tally {
    int score[LANGUAGE_N];
};

static void add(struct tally *t, int mask, int points)
{
    for (int l = 0; l < LANGUAGE_N; l++)
        t->score[l] += (mask >> l & 1) != 0 ? points : 0;
}

static void on_common(void *ctx, const struct phrase *p)
{
    bool is_of_one = (p->group & (p->group - 1)) == 0;
    add(ctx, p->group, is_of_one ? COMMON : COMMON / 2);
}

static const struct {
    const char *end;
    int mask;
} shapes[] = {
    {"ing", LANG_EN},
    {"tion", LANG_EN},
    {"ght", LANG_EN},
    {"ly", LANG_EN},
    {"ed", LANG_EN},
    {"ck", LANG_EN},
    {"sh", LANG_EN},
    {"th", LANG_EN},
    {"ss", LANG_EN},
    {"ness", LANG_EN},
    {"ful", LANG_EN},
    {"ous", LANG_EN},
    {"ity", LANG_EN},
    {"ay", LANG_EN},
    {"ee", LANG_EN},
    {"ly", LANG_EN},
    {"ers", LANG_EN},
    {"ve", LANG_EN},
    {"ts", LANG_EN},
    {"y", LANG_EN},
    {"t", LANG_EN},
    {"ke", LANG_EN},
    {"k", LANG_EN},
    {"w", LANG_EN},
    {"d", LANG_EN},
    {"cion", LANG_ES},
    {"ciones", LANG_ES},
    {"dad", LANG_ES},
    {"jaja", LANG_ES},
    {"ajaj", LANG_ES},
    {"iendo", LANG_ES},
    {"aron", LANG_ES},
    {"ieron", LANG_ES},
    {"amos", LANG_ES | LANG_PT},
    {"ado", LANG_ES | LANG_PT},
    {"ada", LANG_ES | LANG_PT},
    {"ando", LANG_ES | LANG_PT},
    {"mente", LANG_ES | LANG_PT},
    {"ero", LANG_ES | LANG_PT},
    {"os", LANG_ES | LANG_PT},
    {"as", LANG_ES | LANG_PT},
    {"o", LANG_ES | LANG_PT},
    {"a", LANG_ES | LANG_PT},
    {"ar", LANG_ES | LANG_PT},
    {"en", LANG_ES},
    {"an", LANG_ES},
    {"cao", LANG_PT},
    {"coes", LANG_PT},
    {"oes", LANG_PT},
    {"dade", LANG_PT},
    {"agem", LANG_PT},
    {"aram", LANG_PT},
    {"eram", LANG_PT},
    {"endo", LANG_PT},
    {"em", LANG_PT},
    {"am", LANG_PT},
    {"ao", LANG_PT},
    {"nho", LANG_PT},
    {"nha", LANG_PT},
    {"lho", LANG_PT},
    {"lha", LANG_PT},
};

static bool ends_with(uint64_t tail, const char *end)
{
    size_t n = 0;
    while (end[n] != '\0')
        n++;
    for (; n > 0; n--, tail >>= 8)
        if ((char)(tail & 0xff) != end[n - 1])
            return false;
    return true;
}

static void weigh_shapes(struct tally *t, const struct words *w)
{
    for (uint32_t i = 0; i < w->n; i++)
        for (size_t s = 0; w->length[i] >= 4 && s < sizeof shapes / sizeof shapes[0]; s++)
            if (ends_with(w->tail[i], shapes[s].end))
                add(t, shapes[s].mask, SHAPE);
}

static int at_most(uint32_t n, int max)
{
    return n > (uint32_t)max ? max : (int)n;
}

static int declared_language(struct slice lang)
{
    static const char *const unknown[] = {"un", "xx", "qm", "zx"};
    if (lang.n < 2)
        return -1;
    struct slice two = slice_make(lang.p, 2);
    for (int l = 0; l < LANGUAGE_OTHER; l++)
        if (slice_ieq_z(two, language_code((enum language)l)))
            return l;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        if (slice_ieq_z(two, unknown[i]))
            return -1;
    return LANGUAGE_OTHER;
}

const char *language_code(enum language l)
{
    static const char *const codes[LANGUAGE_N] = {"es", "en", "pt", "xx"};
    return codes[l];
}

enum language language_of(const struct phrases *common, const struct words *w,
                          struct slice declared)
{
    struct tally t = {{0}};
    int best = LANGUAGE_OTHER, said = declared_language(declared);
    if (w->n_foreign * 2 > w->n_letters)
        return LANGUAGE_OTHER;
    phrases_find(common, w, on_common, &t);
    weigh_shapes(&t, w);
    add(&t, LANG_ES, LETTER * at_most(w->n_spanish, LETTERS_MAX));
    add(&t, LANG_PT, LETTER * at_most(w->n_portuguese, LETTERS_MAX));
    if (said >= 0)
        t.score[said] += DECLARED;
    for (int l = 0, most = 0; l < LANGUAGE_N; l++)
        if (t.score[l] > most) {
            most = t.score[l];
            best = l;
        }
    return (enum language)best;
}
