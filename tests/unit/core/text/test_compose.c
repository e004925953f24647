/* test_compose.c - replies that leave: greeting, signature, and cuts that lose nothing. */
#include "base/buf.h"
#include "base/utf8.h"
#include "core/text/compose.h"
#include "core/text/compose_cut.h"
#include "core/text/compose_greeting.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FAMILY "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"

static struct compose reply(enum network n, int32_t max, const char *text)
{
    struct compose c = {.network = n,
                        .limits = length_limits_of(n),
                        .text = slice_of(text),
                        .parts_max = COMPOSE_PARTS_MAX};
    if (max > 0)
        c.limits.max = max;
    return c;
}

/* The parts joined by '|'. */
static void composed(const struct compose *c, char out[1000])
{
    struct arena a;
    struct composed r;
    arena_init(&a, 0);
    out[0] = '\0';
    enum err e = compose_reply(c, &a, &r);
    if (e != ERR_OK)
        snprintf(out, 1000, "%s %d", err_word(e), r.n_needed);
    for (int i = 0; i < r.n; i++) {
        struct length_result length;
        assert_int_equal(length_of(c->network, &c->limits, r.parts[i], &length), ERR_OK);
        assert_true(length.fits);
        snprintf(out + strlen(out), 1000 - strlen(out), "%s%.*s", i > 0 ? "|" : "",
                 (int)r.parts[i].n, r.parts[i].p);
    }
    assert_true(e != ERR_OK || r.n == r.n_needed);
    arena_fini(&a);
}

static void expect(const struct compose *c, const char *want)
{
    char got[1000];
    composed(c, got);
    assert_string_equal(got, want);
}

static void test_one_part(void **state)
{
    struct compose c = reply(NETWORK_X, 0, "  Ya está resuelto.\n");
    (void)state;
    expect(&c, "Ya está resuelto.");
    c.signature = slice_of("^AB");
    expect(&c, "Ya está resuelto. ^AB");
    c.greeting = slice_of("Hola, Ana:");
    expect(&c, "Hola, Ana: Ya está resuelto. ^AB");
    c.parts_max = 1;
    expect(&c, "Hola, Ana: Ya está resuelto. ^AB");
}

static void test_greeting_there(void **state)
{
    static const struct {
        const char *text;
        bool is_there;
    } rows[] = {
        {"Hola Ana, ya está", true},
        {"¡HOLA! ya está", true},
        {"Holanda queda lejos", false},
        {"Buenos  días, Ana", true},
        {"buenos di\u0301as", true},
        {"Buenas, ya está", true},
        {"Buenasuerte", false},
        {"Hi Ana", true},
        {"Hi", true},
        {"High time", false},
        {"Hi-fi no", false},
        {"Dear Ana", true},
        {"Olá, Ana", true},
        {"Boa tarde", true},
        {"@ana @bo.example Hola", true},
        {"@ana ya está", false},
        {"Ana, ya está", false},
        {"hola, ana: ya está", true},
        {"Saludos, ANA: ya está", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (greeting_is_there(slice_of(rows[i].text), slice_of("Qué hay, Ana:")) !=
            rows[i].is_there)
            fail_msg("\"%s\"", rows[i].text);
    assert_true(greeting_is_there(slice_of("QUE HAY, ana:ya"), slice_of("Qué hay, Ana:")));
    assert_false(greeting_is_there(slice_of("ya está"), slice_of("")));
}

static void test_signature_there(void **state)
{
    struct compose c = reply(NETWORK_X, 0, "Ya está\n^AB");
    (void)state;
    c.signature = slice_of("^AB");
    expect(&c, "Ya está\n^AB");
    c.text = slice_of("Ya está ^AB ");
    expect(&c, "Ya está ^AB");
    c.text = slice_of("Ya está x^AB");
    expect(&c, "Ya está x^AB ^AB");
    c.text = slice_of("Ya ^AB está");
    expect(&c, "Ya ^AB está ^AB");
    c.text = slice_of("^AB");
    expect(&c, "invalid 0");
}

static void test_sentences_before_words(void **state)
{
    struct compose c = reply(NETWORK_X, 34, "Lo sentimos mucho. Hoy sale su envío. Gracias");
    (void)state;
    expect(&c, "Lo sentimos mucho. 1/2|Hoy sale su envío. Gracias 2/2");
    c.limits.max = 30;
    expect(&c, "Lo sentimos mucho. 1/2|Hoy sale su envío. Gracias 2/2");
    c.limits.max = 29;
    expect(&c, "Lo sentimos mucho. Hoy 1/2|sale su envío. Gracias 2/2");
    c.limits.max = 22;
    expect(&c, "Lo sentimos mucho. 1/3|Hoy sale su envío. 2/3|Gracias 3/3");
}

/* A sentence may not cost a part more. */
static void test_few_parts_before_sentences(void **state)
{
    struct compose c = reply(NETWORK_X, 20, "No. aaaa bbbb cccc dddd eeee");
    (void)state;
    expect(&c, "No. aaaa bbbb 1/2|cccc dddd eeee 2/2");
}

static void test_no_sentence_ends(void **state)
{
    struct compose c = reply(NETWORK_X, 24, "Le escribe la Sra. Ana Paz de Madrid");
    (void)state;
    expect(&c, "Le escribe la Sra. 1/2|Ana Paz de Madrid 2/2");
    c.limits.max = 26;
    expect(&c, "Le escribe la Sra. Ana 1/2|Paz de Madrid 2/2");
    c.text = slice_of("uno dos tres... cuatro cinco seis");
    expect(&c, "uno dos tres... cuatro 1/2|cinco seis 2/2");
    c.text = slice_of("uno dos tres. Cuatro cinco seis");
    expect(&c, "uno dos tres. 1/2|Cuatro cinco seis 2/2");
    c.text = slice_of("uno dos (\"tres\".) Cuatro cinco seis");
    expect(&c, "uno dos (\"tres\".) 1/2|Cuatro cinco seis 2/2");
    c.text = slice_of("uno dos tres\ncuatro cinco seis");
    expect(&c, "uno dos tres 1/2|cuatro cinco seis 2/2");
}

static void test_greeting_and_signature_count(void **state)
{
    struct compose c = reply(NETWORK_X, 24, "aaaa bbbb cccc dddd eeee");
    (void)state;
    expect(&c, "aaaa bbbb cccc dddd eeee");
    c.signature = slice_of("^AB");
    expect(&c, "aaaa bbbb cccc dddd 1/2|eeee 2/2 ^AB");
    c.greeting = slice_of("Ana:");
    expect(&c, "Ana: aaaa bbbb cccc 1/2|dddd eeee 2/2 ^AB");
    c.text = slice_of("aaaa bbbb cccc dddd eeee fffff");
    expect(&c, "Ana: aaaa bbbb cccc 1/2|dddd eeee fffff 2/2 ^AB");
    c.text = slice_of("aaaa bbbb cccc dddd eeee ffffff");
    expect(&c, "Ana: aaaa bbbb cccc 1/2|dddd eeee ffffff 2/2 ^AB");
    c.text = slice_of("aaaa bbbb cccc dddd eeee fffffff");
    expect(&c, "Ana: aaaa bbbb cccc 1/3|dddd eeee 2/3|fffffff 3/3 ^AB");
}

static void test_long_words(void **state)
{
    struct compose c = reply(NETWORK_X, 12, "aaaaaaaaaaaaaaaaaaaa");
    (void)state;
    expect(&c, "aaaaaaaa 1/3|aaaaaaaa 2/3|aaaa 3/3");
    c.text = slice_of("a e\u0301e\u0301e\u0301\u0301e\u0301\u0301e\u0301\u0301e\u0301\u0301"
                      "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301");
    c.network = NETWORK_BLUESKY;
    expect(&c,
           "a 1/3|e\u0301e\u0301e\u0301\u0301e\u0301\u0301e\u0301\u0301e\u0301\u0301e\u0301e\u0301 "
           "2/3|e\u0301e\u0301e\u0301e\u0301 3/3");
    c.text = slice_of(FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY);
    c.limits = (struct length_limits){.max = 7};
    expect(&c, FAMILY FAMILY FAMILY " 1/3|" FAMILY FAMILY FAMILY " 2/3|" FAMILY FAMILY " 3/3");
    c.text = slice_of("日本語。日本語日本語");
    expect(&c, "日本 1/4|語。 2/4|日本語 3/4|日本語 4/4");
    c.limits.max = 10;
    expect(&c, "日本語。日本語日本語");
    c.limits.max = 9;
    expect(&c, "日本語。 1/3|日本語日本 2/3|語 3/3");
}

static void test_never_inside(void **state)
{
    struct compose c = reply(NETWORK_X, 30, "あhttps://example.com/あhttps://example.com/");
    (void)state;
    expect(&c, "あhttps://example.com/ 1/2|あhttps://example.com/ 2/2");
    c.limits.max = 31;
    expect(&c, "あhttps://example.com/あ 1/2|https://example.com/ 2/2");
    c.limits.max = 22;
    expect(&c, "too_long 9");
    c = reply(NETWORK_BLUESKY, 20, "ああああああああああああ#unodostres");
    expect(&c, "ああああああああああああ 1/2|#unodostres 2/2");
    c.text = slice_of("ああああああああああああ@ana.example");
    expect(&c, "ああああああああああああ 1/2|@ana.example 2/2");
    c.text = slice_of("@ana.example.example.example");
    expect(&c, "too_long 9");
    c.text = slice_of("https://example.com/a-long-way-to-go hola");
    expect(&c, "too_long 9");
}

static void test_too_many_parts(void **state)
{
    struct compose c = reply(NETWORK_X, 12, "aaaa bbbb cccc dddd eeee ffff");
    (void)state;
    expect(&c, "aaaa 1/6|bbbb 2/6|cccc 3/6|dddd 4/6|eeee 5/6|ffff 6/6");
    c.parts_max = 5;
    expect(&c, "too_long 6");
    c.parts_max = 6;
    expect(&c, "aaaa 1/6|bbbb 2/6|cccc 3/6|dddd 4/6|eeee 5/6|ffff 6/6");
    c.parts_max = COMPOSE_PARTS_MAX;
    c.text = slice_of("aaaa bbbb cccc dddd eeee ffff gggg hhhh");
    expect(&c, "aaaa 1/8|bbbb 2/8|cccc 3/8|dddd 4/8|eeee 5/8|ffff 6/8|gggg 7/8|hhhh 8/8");
    c.text = slice_of("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii");
    expect(&c, "too_long 9");
}

static void test_bytes_count(void **state)
{
    struct compose c = reply(NETWORK_BLUESKY, 0, "語語語 語語語");
    (void)state;
    c.limits.bytes_max = 14;
    expect(&c, "語語語 1/2|語語語 2/2");
}

static void test_not_utf8(void **state)
{
    struct compose c = reply(NETWORK_X, 0, "a\xff");
    (void)state;
    expect(&c, "invalid 0");
    c.text = slice_of(" \u3000\u00a0\n");
    expect(&c, "invalid 0");
    c.text = slice_of("a");
    c.signature = slice_of("\xc3");
    expect(&c, "invalid 0");
    c.signature = slice_of("");
    c.greeting = slice_of("\xc3");
    expect(&c, "invalid 0");
}

static void test_no_memory(void **state)
{
    struct compose c = reply(NETWORK_X, 12, "aaaa bbbb cccc");
    struct composed r;
    (void)state;
    for (size_t max = 1; max < 4096; max += 16) {
        struct arena a;
        arena_init(&a, max);
        enum err e = compose_reply(&c, &a, &r);
        assert_true(e == ERR_NO_MEMORY || e == ERR_OK);
        assert_int_equal(r.n, e == ERR_OK ? 3 : 0);
        arena_fini(&a);
    }
}

static void test_parts_of_a_person(void **state)
{
    struct compose c = reply(NETWORK_X, 20, "");
    struct slice parts[] = {slice_of("uno dos "), slice_of(" tres"), slice_of("cuatro")};
    struct arena a;
    struct composed r;
    (void)state;
    arena_init(&a, 0);
    c.greeting = slice_of("Ana:");
    c.signature = slice_of("^AB");
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_OK);
    assert_int_equal(r.n, 3);
    assert_true(slice_eq_z(r.parts[0], "Ana: uno dos"));
    assert_true(slice_eq_z(r.parts[1], "tres"));
    assert_true(slice_eq_z(r.parts[2], "cuatro ^AB"));
    c.parts_max = 2;
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_TOO_LONG);
    assert_int_equal(r.n_needed, 3);
    assert_int_equal(r.n, 0);
    c.parts_max = 8;
    parts[1] = slice_of("aaaaaaaaaaaaaaaaaaaaa");
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_TOO_LONG);
    assert_int_equal(r.n_needed, 2);
    parts[1] = slice_of("aaaaaaaaaaaaaaaaaaaa");
    parts[2] = slice_of("aaaaaaaaaaaaaaaaa");
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_TOO_LONG);
    assert_int_equal(r.n_needed, 3);
    parts[2] = slice_of("\xff");
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_INVALID);
    parts[2] = slice_of(" ");
    assert_int_equal(compose_parts(&c, parts, 3, &a, &r), ERR_INVALID);
    assert_int_equal(compose_parts(&c, parts, 0, &a, &r), ERR_INVALID);
    arena_fini(&a);
}

/* ---- drawn texts */

static uint32_t draw(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(*seed >> 8) * n) >> 24);
}

static const char *const whole[] = {
    "https://example.com/a?b=1", "@ana_b", "#incidencia", FAMILY, "🇪🇸", "n\u0303\u0323", "👍🏽"};
static const char *const pieces[] = {"hola",     "pedido", "Sr.",
                                     "no.",      "¿qué?",  "¡ya!",
                                     "日本語。", "日本",   "aaaaaaaaaaaaaaaaaaaaaaaa",
                                     ".",        "…",      "\u3000",
                                     "\n\n",     " ",      " ",
                                     " ",        " ",      " ",
                                     "\u00a0",   "(",      ")",
                                     "1.",       "x",      "café"};

static void draw_text(uint32_t *seed, char out[2000])
{
    uint32_t n = 1 + draw(seed, 60);
    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        if (draw(seed, 5) == 0) {
            strcat(out, i % 2 ? " " : "、");
            strcat(out, whole[draw(seed, sizeof whole / sizeof whole[0])]);
            strcat(out, draw(seed, 2) ? " " : "、");
        } else {
            strcat(out, pieces[draw(seed, sizeof pieces / sizeof pieces[0])]);
        }
    }
}

static void add_visible(struct slice s, struct buf *out)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        if (!cut_is_white(utf8_next(s, &i)))
            buf_add(out, s.p + at, i - at);
    }
}

static uint32_t occurrences(struct slice s, const char *word)
{
    uint32_t n = 0;
    size_t each = strlen(word);
    for (size_t i = 0; i + each <= s.n; i++)
        n += memcmp(s.p + i, word, each) == 0;
    return n;
}

static bool take_head(struct slice *s, const char *z)
{
    if (!slice_has_prefix(*s, slice_of(z)))
        return false;
    *s = slice_make(s->p + strlen(z), s->n - strlen(z));
    return true;
}

static bool take_tail(struct slice *s, const char *z)
{
    size_t n = strlen(z);
    if (s->n < n || memcmp(s->p + s->n - n, z, n) != 0)
        return false;
    s->n -= n;
    return true;
}

/* What composing added, in its place, is taken off again. */
static struct slice body_of(const struct composed *r, int i, bool is_greeted)
{
    struct slice body = r->parts[i];
    char mark[32];
    snprintf(mark, sizeof mark, " %d/%d", i + 1, r->n);
    if (i + 1 == r->n)
        assert_true(take_tail(&body, " ^AB"));
    if (r->n > 1)
        assert_true(take_tail(&body, mark));
    if (i == 0 && is_greeted)
        assert_true(take_head(&body, "Qué hay: "));
    assert_true(body.n > 0 && cut_trim(body).n == body.n);
    return body;
}

static void check_drawn(const struct compose *c, const struct composed *r)
{
    struct buf want, got;
    uint32_t kept[sizeof whole / sizeof whole[0]] = {0};
    bool is_greeted = !greeting_is_there(cut_trim(c->text), c->greeting);
    buf_init(&want, 0);
    buf_init(&got, 0);
    add_visible(c->text, &want);
    for (int i = 0; i < r->n; i++) {
        struct length_result length;
        struct slice body = body_of(r, i, is_greeted);
        add_visible(body, &got);
        assert_int_equal(length_of(c->network, &c->limits, r->parts[i], &length), ERR_OK);
        assert_true(length.fits);
        for (size_t k = 0; k < sizeof whole / sizeof whole[0]; k++)
            kept[k] += occurrences(body, whole[k]);
    }
    if (!slice_eq(buf_slice(&want), buf_slice(&got)))
        fail_msg("lost something of \"%.*s\"", (int)c->text.n, c->text.p);
    for (size_t k = 0; k < sizeof whole / sizeof whole[0]; k++)
        if (kept[k] != occurrences(c->text, whole[k]))
            fail_msg("cut %s in \"%.*s\"", whole[k], (int)c->text.n, c->text.p);
    buf_fini(&want);
    buf_fini(&got);
}

static void test_drawn(void **state)
{
    static char text[2000];
    uint32_t seed = 20261125, n_cut = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct arena a;
        struct composed r, again;
        draw_text(&seed, text);
        struct compose c =
            reply((enum network)draw(&seed, 3), (int32_t)(40 + draw(&seed, 200)), text);
        c.greeting = slice_of("Qué hay:");
        c.signature = slice_of("^AB");
        arena_init(&a, 0);
        enum err e = compose_reply(&c, &a, &r);
        assert_true(e == ERR_OK || e == ERR_INVALID || (e == ERR_TOO_LONG && r.n_needed > 8));
        if (e == ERR_OK)
            check_drawn(&c, &r);
        if (e == ERR_OK && greeting_is_there(r.parts[0], c.greeting)) {
            assert_int_equal(compose_parts(&c, r.parts, r.n, &a, &again), ERR_OK);
            for (int k = 0; k < r.n; k++)
                assert_true(slice_eq(r.parts[k], again.parts[k]));
        }
        n_cut += r.n > 1;
        arena_fini(&a);
    }
    assert_true(n_cut > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_part),
        cmocka_unit_test(test_greeting_there),
        cmocka_unit_test(test_signature_there),
        cmocka_unit_test(test_sentences_before_words),
        cmocka_unit_test(test_few_parts_before_sentences),
        cmocka_unit_test(test_no_sentence_ends),
        cmocka_unit_test(test_greeting_and_signature_count),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_never_inside),
        cmocka_unit_test(test_too_many_parts),
        cmocka_unit_test(test_bytes_count),
        cmocka_unit_test(test_not_utf8),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_parts_of_a_person),
        cmocka_unit_test(test_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
