/* JSON: what is one and what is not, with its place; walking over it. */
#include "check_main.h"
#include <stdlib.h>
#include <string.h>

#include "atlas/json.h"

static dro_status check(const char *text, const char **root, dro_error *error) {
    const dro_json json = {text, strlen(text), "x.json"};
    return dro_json_check(&json, 8, root, error);
}

START_TEST(accepts) {
    static const char *const texts[] = {
        "{}",
        "[]",
        " [ 1 , -2.5e+3, 0, 0.1, 1E5, true,false , null ] \n",
        "{\"a\":{\"b\":[{}]},\"c\":\"x\"}",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]",
        "\xEF\xBB\xBF{}",
        "[[[[[[[[]]]]]]]]",
        "[\"caf\xC3\xA9\"]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *root = NULL;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_msg(check(texts[i], &root, &error) == DRO_OK, "%s: %s", texts[i],
                      error.message);
        ck_assert_ptr_nonnull(root);
    }
}
END_TEST

START_TEST(refuses_with_its_place) {
    static const struct {
        const char *text, *message;
        dro_status status;
    } cases[] = {
        {"", "x.json:1:1: the text ends where { or [ should be", DRO_PARSE},
        {"12", "x.json:1:1: '1' where { or [ should be", DRO_PARSE},
        {"{", "x.json:1:2: the text ends where a string should be", DRO_PARSE},
        {"[1,]", "x.json:1:4: ']' where a value should be", DRO_PARSE},
        {"[1 2]", "x.json:1:4: '2' where a comma or ] should be", DRO_PARSE},
        {"{\"a\" 1}", "x.json:1:6: '1' where a colon should be", DRO_PARSE},
        {"{\"a\":1,}", "x.json:1:8: '}' where a string should be", DRO_PARSE},
        {"{'a':1}", "x.json:1:2: ''' where a string should be", DRO_PARSE},
        {"[\n\n  tru]", "x.json:3:6: ']' where true, false or null should be",
         DRO_PARSE},
        {"[01]", "x.json:1:3: '1' where a comma or ] should be", DRO_PARSE},
        {"[1.]", "x.json:1:4: ']' where a digit should be", DRO_PARSE},
        {"[+1]", "x.json:1:2: '+' where a value should be", DRO_PARSE},
        {"[-]", "x.json:1:3: ']' where a digit should be", DRO_PARSE},
        {"[1e]", "x.json:1:4: ']' where a digit should be", DRO_PARSE},
        {"[.5]", "x.json:1:2: '.' where a value should be", DRO_PARSE},
        {"[NaN]", "x.json:1:2: 'N' where a value should be", DRO_PARSE},
        {"[\"a\nb\"]", "x.json:1:4: byte 0x0a where the end of a string should be",
         DRO_PARSE},
        {"[\"abc", "x.json:1:6: the text ends where the end of a string should be",
         DRO_PARSE},
        {"[\"\\x\"]", "x.json:1:4: 'x' where an escape should be", DRO_PARSE},
        {"[\"\\u12g4\"]", "x.json:1:7: 'g' where a hexadecimal digit should be",
         DRO_PARSE},
        {"[\"\\ud83d\"]",
         "x.json:1:9: '\"' where the other half of a surrogate pair should be",
         DRO_PARSE},
        {"[] []", "x.json:1:4: '[' where the end of the text should be", DRO_PARSE},
        {"[\"\xFF\"]", "x.json:1:3: not valid UTF-8", DRO_PARSE},
        {"[[[[[[[[[]]]]]]]]]", "x.json:1:9: nested too deep", DRO_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *root = NULL;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_msg(check(cases[i].text, &root, &error) == cases[i].status, "%s",
                      cases[i].text);
        ck_assert_str_eq(error.message, cases[i].message);
        ck_assert_ptr_null(root);
    }
}
END_TEST

START_TEST(a_nul_is_no_end) {
    const dro_json json = {"[1,\0 2]", 7, "x.json"};
    const char *root = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_json_check(&json, 8, &root, &error), DRO_PARSE);
}
END_TEST

static const char text[] =
    "{ \"list\" : [1.5, \"two\", [3, 3.25 ], {\"x\": 1}, null, -1e400, "
    "12345678901234567890 , true], \"e\\u0073c\": 1, \"name\": "
    "\"a\\\\\\\"\\u00e9\\ud83d"
    "\\ude00b\", \"pair\": [[1,2,3],[4,5] , [6]], \"t\":false, \"empty\":{}}";

START_TEST(walks) {
    const char *root = NULL, *item, *next;
    ck_assert_int_eq(check(text, &root, NULL), DRO_OK);
    item = dro_json_first(dro_json_member(root, "list"));
    double number = 0;
    ck_assert(dro_json_number(item, &number));
    ck_assert_double_eq(number, 1.5);
    item = dro_json_next(item);
    ck_assert(dro_json_is(item, "two"));
    ck_assert(!dro_json_is(item, "tw"));
    ck_assert(!dro_json_number(item, &number));
    item = dro_json_next(item);
    ck_assert_int_eq(dro_json_kind_of(item), DRO_JSON_ARRAY);
    item = dro_json_next(item);
    ck_assert_int_eq(dro_json_kind_of(item), DRO_JSON_OBJECT);
    item = dro_json_next(item);
    ck_assert_int_eq(dro_json_kind_of(item), DRO_JSON_NULL);
    item = dro_json_next(item);
    ck_assert_int_eq(dro_json_kind_of(item), DRO_JSON_NUMBER);
    ck_assert(!dro_json_number(item, &number)); /* too large */
    item = dro_json_next(item);
    ck_assert(dro_json_number(item, &number));
    ck_assert_double_eq(number, 12345678901234567890.0);
    item = dro_json_next(item);
    ck_assert_int_eq(dro_json_kind_of(item), DRO_JSON_TRUE);
    ck_assert_ptr_null(dro_json_next(item));
    ck_assert_ptr_null(dro_json_member(root, "esc")); /* as written only */
    ck_assert_ptr_null(dro_json_member(root, "nothing"));
    ck_assert_ptr_null(dro_json_member(item, "list"));
    ck_assert_ptr_null(dro_json_member(NULL, "list"));
    ck_assert_ptr_null(dro_json_first(root));
    ck_assert_ptr_null(dro_json_first_member(dro_json_member(root, "empty"), &next));
}
END_TEST

START_TEST(numbers_of_an_array) {
    const char *root = NULL, *next = NULL;
    ck_assert_int_eq(check(text, &root, NULL), DRO_OK);
    double pair[2];
    const char *item = dro_json_first(dro_json_member(root, "pair"));
    ck_assert(dro_json_numbers(item, pair, 2, &next)); /* a third is passed over */
    ck_assert_double_eq(pair[1], 2);
    ck_assert(dro_json_numbers(next, pair, 2, &next));
    ck_assert_double_eq(pair[0], 4);
    ck_assert(!dro_json_numbers(next, pair, 2, &next)); /* only one */
    ck_assert(!dro_json_numbers(root, pair, 2, &next));
}
END_TEST

START_TEST(strings) {
    const char *root = NULL;
    dro_arena *arena = NULL;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    ck_assert_int_eq(check(text, &root, NULL), DRO_OK);
    ck_assert_str_eq(dro_json_string(dro_json_member(root, "name"), arena),
                     "a\\\"\xC3\xA9\xF0\x9F\x98\x80"
                     "b");
    dro_arena_destroy(arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("atlas_json");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, accepts);
    tcase_add_test(tests, refuses_with_its_place);
    tcase_add_test(tests, a_nul_is_no_end);
    tcase_add_test(tests, walks);
    tcase_add_test(tests, numbers_of_an_array);
    tcase_add_test(tests, strings);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
