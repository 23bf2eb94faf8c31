/* The option parser, and the splitting of places. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "option_table.h"

static values got;
static dro_ask_operands rest;
static dro_error error;

static dro_status parse(int argc, const char *const *argv) {
    got = (values){0};
    rest.count = 0;
    error = (dro_error)DRO_ERROR_INIT;
    dro_ask_option_set set = {table, sizeof table / sizeof table[0], &got};
    return dro_ask_parse(argc, argv, &set, 1, &rest, NULL, &error);
}

#define PARSE(...)                                                             \
    parse((int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *)), \
          (const char *[]){__VA_ARGS__})

START_TEST(every_kind_in_every_form) {
    ck_assert_int_eq(PARSE("--flag", "--text", "a", "--number=-1.5", "-c7", "--choice",
                           "green", "x", "--list", "p,q", "--list=r"),
                     DRO_OK);
    ck_assert(got.flag);
    ck_assert_str_eq(got.text, "a");
    ck_assert_double_eq(got.number, -1.5);
    ck_assert_int_eq(got.count, 7);
    ck_assert_int_eq(got.choice, 1);
    ck_assert_uint_eq(got.list.count, 2);
    ck_assert_str_eq(got.list.items[1], "r");
    ck_assert_uint_eq(rest.count, 1);
    ck_assert_str_eq(rest.items[0], "x");
}
END_TEST

START_TEST(a_place_is_never_an_option) {
    ck_assert_int_eq(PARSE("-12.05,-77.15", "-.5,3", "-", "--number", "-2"), DRO_OK);
    ck_assert_uint_eq(rest.count, 3);
    ck_assert_str_eq(rest.items[0], "-12.05,-77.15");
    ck_assert_double_eq(got.number, -2);
    ck_assert_int_eq(PARSE("--text", "-12,-77"), DRO_OK);
    ck_assert_str_eq(got.text, "-12,-77");
}
END_TEST

START_TEST(two_dashes_end_options) {
    ck_assert_int_eq(PARSE("--", "--flag", "-x"), DRO_OK);
    ck_assert_uint_eq(rest.count, 2);
    ck_assert(!got.flag);
}
END_TEST

START_TEST(unknown_options_name_the_nearest) {
    ck_assert_int_eq(PARSE("--flga"), DRO_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "did you mean --flag?"));
    ck_assert_int_eq(PARSE("--nothing-like-it"), DRO_USAGE);
    ck_assert_ptr_null(strstr(error.message, "did you mean"));
    ck_assert_int_eq(PARSE("-x"), DRO_USAGE);
    ck_assert_int_eq(PARSE("--a\nb"), DRO_USAGE);
    ck_assert_ptr_null(strchr(error.message, '\n'));
}
END_TEST

START_TEST(values_missing_or_bad) {
    ck_assert_int_eq(PARSE("--text"), DRO_USAGE);
    ck_assert_int_eq(PARSE("--text", "--flag"), DRO_USAGE);
    ck_assert_int_eq(PARSE("--flag=1"), DRO_USAGE);
    ck_assert_int_eq(PARSE("--number", "nan"), DRO_INVALID);
    ck_assert_int_eq(PARSE("--number", "6"), DRO_INVALID);
    ck_assert_int_eq(PARSE("--number="), DRO_INVALID);
    ck_assert_int_eq(PARSE("--count", "11"), DRO_INVALID);
    ck_assert_int_eq(PARSE("--count", "1.5"), DRO_INVALID);
    ck_assert_int_eq(PARSE("--choice", "gree"), DRO_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "red|green|blue"));
}
END_TEST

START_TEST(parsing_stops_at_the_command) {
    const char *const argv[] = {"--flag", "route", "--text"};
    int used = 0;
    got = (values){0};
    rest.count = 0;
    dro_ask_option_set set = {table, sizeof table / sizeof table[0], &got};
    ck_assert_int_eq(dro_ask_parse(3, argv, &set, 1, &rest, &used, &error), DRO_OK);
    ck_assert_int_eq(used, 1);
    ck_assert(got.flag);
    ck_assert_uint_eq(rest.count, 0);
}
END_TEST

START_TEST(lists_split_at_commas) {
    char part[8];
    const char *next = "ab,,c";
    ck_assert(dro_ask_split(&next, part, sizeof part));
    ck_assert_str_eq(part, "ab");
    ck_assert(dro_ask_split(&next, part, sizeof part));
    ck_assert_str_eq(part, "");
    ck_assert(dro_ask_split(&next, part, sizeof part));
    ck_assert_str_eq(part, "c");
    ck_assert(!dro_ask_split(&next, part, sizeof part));
}
END_TEST

START_TEST(help_has_a_line_for_each_option) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    dro_ask_option_set set = {table, sizeof table / sizeof table[0], NULL};
    dro_ask_help(out, &set);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_ptr_nonnull(strstr(bytes, "  -f, --flag "));
    ck_assert_ptr_nonnull(strstr(bytes, "--choice red|green|blue"));
    free(bytes);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_kind_in_every_form,
                            a_place_is_never_an_option,
                            two_dashes_end_options,
                            unknown_options_name_the_nearest,
                            values_missing_or_bad,
                            parsing_stops_at_the_command,
                            lists_split_at_commas,
                            help_has_a_line_for_each_option,
                            NULL};
    return check_main("ask options", tests);
}
