/* test_json.c - what is refused before cJSON may see it, the writer, and merge patches. */
#include "base/json.h"
#include "base/merge.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum err parse(const char *text, size_t n)
{
    struct cJSON *j;
    struct json_error e;
    enum err err = json_parse(slice_make(text, n), &json_limits_frame, &j, &e);
    if (err != ERR_OK) {
        assert_null(j);
        assert_true(e.message[0] != '\0');
        assert_true(e.offset <= n);
    }
    json_free(j);
    return err;
}

static void test_refused(void **state)
{
    static const struct {
        const char *text;
        enum err code;
    } rows[] = {
        {"", ERR_INVALID},
        {"{", ERR_INVALID},
        {"{}{}", ERR_INVALID},
        {"{} x", ERR_INVALID},
        {"\xef\xbb\xbf{}", ERR_INVALID},
        {"{\"a\":1,\"a\":2}", ERR_INVALID},
        {"{\"a\":1,\"\\u0061\":2}", ERR_INVALID},
        {"\"\\u0000\"", ERR_INVALID},
        {"\"\\ud800\"", ERR_INVALID},
        {"\"\\udc00\\ud800\"", ERR_INVALID},
        {"\"\xc3\x28\"", ERR_INVALID},
        {"\"\xed\xa0\x80\"", ERR_INVALID},
        {"\"\x01\"", ERR_INVALID},
        {"9007199254740992", ERR_RANGE},
        {"-9007199254740992", ERR_RANGE},
        {"1e999", ERR_RANGE},
        {"01", ERR_INVALID},
        {"1.", ERR_INVALID},
        {".5", ERR_INVALID},
        {"+1", ERR_INVALID},
        {"NaN", ERR_INVALID},
        {"tru", ERR_INVALID},
        {"[1,]", ERR_INVALID},
        {"{\"a\":1,}", ERR_INVALID},
        {"{a:1}", ERR_INVALID},
        {"'a'", ERR_INVALID},
        {"\"\\x\"", ERR_INVALID},
        {"[[[[[[[[[1]]]]]]]]]", ERR_TOO_DEEP},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (parse(rows[i].text, strlen(rows[i].text)) != rows[i].code)
            fail_msg("%s: %s", rows[i].text, err_word(parse(rows[i].text, strlen(rows[i].text))));
    assert_int_equal(parse("\"a\0b\"", 5), ERR_INVALID);
}

static void test_accepted(void **state)
{
    static const char *const texts[] = {"{}",
                                        " [ 1 , -2.5e3 , true , null , \"\\ud83d\\ude00\" ] \n",
                                        "9007199254740991",
                                        "{\"a\":{\"a\":1},\"A\":2}",
                                        "[[[[[[[[1]]]]]]]]",
                                        "\"\xf0\x9f\x98\x80\\n\\\"\""};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (parse(texts[i], strlen(texts[i])) != ERR_OK)
            fail_msg("%s", texts[i]);
}

static void test_limits(void **state)
{
    char *many = malloc(70000);
    (void)state;
    memset(many, ' ', 70000);
    assert_int_equal(parse(many, 70000), ERR_TOO_LONG);
    size_t n = 0;
    many[n++] = '[';
    for (int i = 0; i < 2500; i++) {
        many[n++] = '0';
        many[n++] = ',';
    }
    many[n - 1] = ']';
    assert_int_equal(parse(many, n), ERR_TOO_LONG);
    free(many);
}

static void test_place_of_a_fault(void **state)
{
    static const char text[] = "{\"hours\":{\"mon\":[[\"08:00\",9007199254740993]]}}";
    struct cJSON *j;
    struct json_error e;
    (void)state;
    assert_int_equal(json_parse(slice_of(text), &json_limits_body, &j, &e), ERR_RANGE);
    assert_string_equal(e.path, "$.hours.mon[0][1]");
    assert_string_equal(e.pointer, "/hours/mon/0/1");
    assert_null(strstr(e.message, "(byte"));
}

static void test_pointers(void **state)
{
    static const struct {
        const char *text, *pointer;
    } rows[] = {
        {"", ""},
        {"{", ""},
        {"[", "/0"},
        {"{} x", ""},
        {"{\"a\":1,b}", ""},
        {"{\"a\":1,\"a\":2}", "/a"},
        {"{\"a/b~c\":{\"]\":01}}", "/a~1b~0c/]"},
        {"{\"\":tru}", "/"},
        {"[1,[2,x]]", "/1/1"},
    };
    struct cJSON *j;
    struct json_error e;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_not_equal(json_parse(slice_of(rows[i].text), &json_limits_body, &j, &e), ERR_OK);
        assert_string_equal(e.pointer, rows[i].pointer);
    }
}

static void test_split(void **state)
{
    static const struct {
        const char *text;
        enum err code;
        size_t n;
        const char *elements[3];
    } rows[] = {
        {"[]", ERR_OK, 0, {0}},
        {" [ ] ", ERR_OK, 0, {0}},
        {"[1]", ERR_OK, 1, {"1"}},
        {"[ {\"a\":[1,2]} ,\n01, x y ]", ERR_OK, 3, {"{\"a\":[1,2]}", "01", "x y"}},
        {"[\"],[\\\",\", 2]", ERR_OK, 2, {"\"],[\\\",\"", "2"}},
        {"[1,,]", ERR_OK, 3, {"1", "", ""}},
        {"[{\"a\":1,\"a\":2},\"\\u0000\"]", ERR_OK, 2, {"{\"a\":1,\"a\":2}", "\"\\u0000\""}},
        {"", ERR_INVALID, 0, {0}},
        {"{}", ERR_INVALID, 0, {0}},
        {"[1", ERR_INVALID, 0, {0}},
        {"[\"1]", ERR_INVALID, 0, {0}},
        {"[\"\\", ERR_INVALID, 0, {0}},
        {"[{]", ERR_INVALID, 0, {0}},
        {"[1}", ERR_INVALID, 0, {0}},
        {"[1] 2", ERR_INVALID, 0, {0}},
    };
    struct slice out[3];
    size_t n;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(json_split(slice_of(rows[i].text), &json_limits_body, out, 3, &n),
                         rows[i].code);
        if (rows[i].code != ERR_OK)
            continue;
        assert_int_equal(n, rows[i].n);
        for (size_t k = 0; k < n; k++)
            assert_true(slice_eq_z(out[k], rows[i].elements[k]));
    }
}

/* As many values as json_parse counts, whatever it would say of them. */
static void test_split_limits(void **state)
{
    static const struct {
        const char *text;
        unsigned n_nodes;
    } rows[] = {{"[]", 1},
                {"[1,2]", 3},
                {"[[],{}]", 3},
                {"[{\"a\":[1, 2],\"b\":\",[\"}]", 6},
                {"[{\"a\":{\"b\":[ ]}},null]", 5}};
    struct slice out[3];
    struct cJSON *j;
    struct json_error e;
    size_t n;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (unsigned less = 0; less < 2; less++) {
            struct slice text = slice_of(rows[i].text);
            const struct json_limits limits = {text.n, 32, rows[i].n_nodes - less};
            enum err wanted = less == 0 ? ERR_OK : ERR_TOO_LONG;
            assert_int_equal(json_split(text, &limits, out, 3, &n), wanted);
            assert_int_equal(json_parse(text, &limits, &j, &e), wanted);
            json_free(j);
        }
    const struct json_limits few = {4, 32, 100};
    assert_int_equal(json_split(slice_of("[1,2]"), &few, out, 3, &n), ERR_TOO_LONG);
    assert_int_equal(json_split(slice_of("[1,2,3,4,5]"), &json_limits_body, out, 2, &n), ERR_OK);
    assert_int_equal(n, 5);
}

static void test_writer(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    json_put_string(&o, "a", slice_of("\"\\\n\x01\xc3\x28é"));
    json_put_int(&o, "min", INT64_MIN);
    json_put_double(&o, "d", 0.125, 2);
    json_put_double(&o, "nan", 0.0 / 0.0, 2);
    json_open_array(&o, "l");
    json_put_bool(&o, NULL, true);
    json_put_null(&o, NULL);
    json_close_array(&o);
    json_close_object(&o);
    assert_string_equal(b.p, "{\"a\":\"\\\"\\\\\\u000a\\u0001\xef\xbf\xbd(é\",\"min\":-"
                             "9223372036854775808,\"d\":0.12,\"nan\":null,"
                             "\"l\":[true,null]}");
    buf_fini(&b);
}

/* ---- merge: a small random document, another, and what the patch makes of the first */

static uint32_t rng = 1;

static uint32_t pick(uint32_t n)
{
    rng = rng * 1664525u + 1013904223u;
    return (rng >> 8) % n;
}

static void random_value(struct json_out *o, const char *name, int depth)
{
    static const char *const names[] = {"a", "b", "c", "d"};
    switch (depth > 3 ? pick(3) : pick(5)) {
    case 0:
        json_put_int(o, name, pick(3));
        return;
    case 1:
        json_put_z(o, name, pick(2) ? "x" : "y");
        return;
    case 2:
        json_open_array(o, name);
        for (uint32_t i = pick(3); i > 0; i--)
            json_put_int(o, NULL, pick(2));
        json_close_array(o);
        return;
    default:
        json_open_object(o, name);
        for (int i = 0; i < 4; i++)
            if (pick(2))
                random_value(o, names[i], depth + 1);
        json_close_object(o);
    }
}

static struct cJSON *random_object(void)
{
    struct buf b;
    struct cJSON *j;
    struct json_error e;
    buf_init(&b, 0);
    struct json_out o = json_out_of(&b);
    json_open_object(&o, NULL);
    random_value(&o, "one", 0);
    random_value(&o, "two", 0);
    json_close_object(&o);
    assert_int_equal(json_parse(buf_slice(&b), &json_limits_file, &j, &e), ERR_OK);
    buf_fini(&b);
    return j;
}

/* RFC 7396, section 2, over text: an independent reading of the rule. */
static void apply(const struct cJSON *target, const struct cJSON *patch, struct json_out *o,
                  const char *name)
{
    if (!json_is_object(patch)) {
        merge_write(patch, o, name);
        return;
    }
    json_open_object(o, name);
    for (const struct cJSON *m = json_is_object(target) ? json_first(target) : NULL; m != NULL;
         m = json_next(m)) {
        char z[16];
        slice_copy_z(json_name(m), z, sizeof z);
        bool is_named = false;
        for (const struct cJSON *p = json_first(patch); p != NULL; p = json_next(p))
            is_named = is_named || slice_eq(json_name(p), json_name(m));
        if (!is_named)
            merge_write(m, o, z);
    }
    for (const struct cJSON *p = json_first(patch); p != NULL; p = json_next(p)) {
        char z[16];
        slice_copy_z(json_name(p), z, sizeof z);
        if (!json_is_null(p))
            apply(json_is_object(target) ? json_get(target, z) : NULL, p, o, z);
    }
    json_close_object(o);
}

static void test_merge(void **state)
{
    (void)state;
    for (int round = 0; round < 5000; round++) {
        struct cJSON *from = random_object(), *to = random_object(), *patch, *made;
        struct json_error e;
        struct buf b, result;
        buf_init(&b, 0);
        buf_init(&result, 0);
        struct json_out o = json_out_of(&b), r = json_out_of(&result);
        bool differs = merge_diff(from, to, &o, NULL);
        assert_int_equal(differs, !merge_equal(from, to));
        assert_int_equal(json_parse(buf_slice(&b), &json_limits_file, &patch, &e), ERR_OK);
        apply(from, patch, &r, NULL);
        assert_int_equal(json_parse(buf_slice(&result), &json_limits_file, &made, &e), ERR_OK);
        if (!merge_equal(made, to))
            fail_msg("round %d: patch %s gave %s", round, b.p, result.p);
        json_free(from);
        json_free(to);
        json_free(patch);
        json_free(made);
        buf_fini(&b);
        buf_fini(&result);
    }
}

static void test_numbers_are_written_as_they_are(void **state)
{
    (void)state;
    static const char *const numbers[] = {
        "0.1", "1e-07", "2.2e-225", "0.3333333333333333", "-1.5", "12", "0.30000000000000004"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct cJSON *j;
        struct json_error e;
        struct buf b;
        buf_init(&b, 0);
        struct json_out o = json_out_of(&b);
        assert_int_equal(json_parse(slice_of(numbers[i]), &json_limits_file, &j, &e), ERR_OK);
        merge_write(j, &o, NULL);
        assert_string_equal(b.p, numbers[i]);
        json_free(j);
        buf_fini(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_place_of_a_fault),
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_merge),
        cmocka_unit_test(test_pointers),
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_numbers_are_written_as_they_are),
        cmocka_unit_test(test_split_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
