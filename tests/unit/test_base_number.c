/* Numbers in and out, whatever the locale. */
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

static double parsed(const char *text) {
    double value = 12345;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_parse_double(text, &value, "value", &error) == DRO_OK, "%s: %s",
                  text, error.message);
    return value;
}

START_TEST(doubles_that_are_good) {
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"0", 0},
                 {" -77.25 ", -77.25},
                 {"+3", 3},
                 {".5", 0.5},
                 {"5.", 5},
                 {"1e3", 1000},
                 {"1E+3", 1000},
                 {"25e-1\t\n", 2.5},
                 {"0.1", 0.1},
                 {"9007199254740993", 9007199254740992.0},
                 {"123456789012345678901234567890", 123456789012345678901234567890.0},
                 {"1.7976931348623157e308", DBL_MAX},
                 {"4.9406564584124654e-324", 4.9406564584124654e-324},
                 {"2.2250738585072011e-308", 2.2250738585072011e-308},
                 {"1e-999", 0},
                 {"0e999999999999", 0},
                 {"0000000000000000000000000000001", 1},
                 {"0.000000000000000000000000000001", 1e-30},
                 {"1000000000000000000000e-21", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_double_eq(parsed(cases[i].text), cases[i].value);
    }
    ck_assert(signbit(parsed("-0")));
}
END_TEST

START_TEST(doubles_that_are_bad) {
    static const char *const texts[] = {
        "",      " ",     "nan",   "NaN", "inf",   "-Infinity", "0x10",  "1e",
        "1e+",   "1,5",   "1 2",   "--1", "+-1",   ".",         "-",     "e5",
        "1.2.3", "12abc", "1e999", "1d3", "1_000", "١",         "1e5.5", "-1e400"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 7;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_int_eq(dro_parse_double(texts[i], &value, "speed", &error),
                         DRO_INVALID);
        ck_assert_double_eq(value, 7);
        ck_assert_int_eq(strncmp(error.message, "speed: \"", 8), 0);
    }
}
END_TEST

START_TEST(messages) {
    double value;
    long number;
    bool truth;
    dro_error error = DRO_ERROR_INIT;
    (void)dro_parse_double("twelve", &value, "--draft", &error);
    ck_assert_str_eq(error.message, "--draft: \"twelve\" is not a number");
    (void)dro_parse_double("12,5", &value, "lat", &error);
    ck_assert_str_eq(error.message,
                     "lat: \"12,5\" is not a number (the decimal sign is a point)");
    (void)dro_parse_double("1e400", &value, "lat", &error);
    ck_assert_str_eq(error.message, "lat: \"1e400\" is too large for a number");
    (void)dro_parse_long("70", 1, 64, &number, "--threads", &error);
    ck_assert_str_eq(error.message, "--threads: \"70\" is out of range (1 to 64)");
    (void)dro_parse_long("7.5", 1, 64, &number, "--threads", &error);
    ck_assert_str_eq(error.message, "--threads: \"7.5\" is not a whole number");
    (void)dro_parse_bool("maybe", &truth, "open", &error);
    ck_assert_str_eq(error.message, "open: \"maybe\" is neither true nor false");
}
END_TEST

START_TEST(longs) {
    long value = 5;
    char text[64];
    (void)snprintf(text, sizeof text, "%ld", LONG_MIN);
    ck_assert_int_eq(dro_parse_long(text, LONG_MIN, LONG_MAX, &value, "n", NULL),
                     DRO_OK);
    ck_assert_int_eq(value, LONG_MIN);
    (void)snprintf(text, sizeof text, " +%ld ", LONG_MAX);
    ck_assert_int_eq(dro_parse_long(text, LONG_MIN, LONG_MAX, &value, "n", NULL),
                     DRO_OK);
    ck_assert_int_eq(value, LONG_MAX);
    ck_assert_int_eq(dro_parse_long("-0", 0, 0, &value, "n", NULL), DRO_OK);
    ck_assert_int_eq(value, 0);
    static const char *const bad[] = {"",
                                      "-",
                                      "1.0",
                                      "0x5",
                                      "9223372036854775808",
                                      "1 1",
                                      "1e3",
                                      "-9223372036854775809",
                                      "99999999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        value = 5;
        ck_assert_int_eq(dro_parse_long(bad[i], LONG_MIN, LONG_MAX, &value, "n", NULL),
                         DRO_INVALID);
        ck_assert_int_eq(value, 5);
    }
}
END_TEST

START_TEST(bools) {
    static const char *const yes[] = {"true", "YES", " 1 ", "True"};
    static const char *const no[] = {"false", "no", "0\n", "FALSE"};
    for (size_t i = 0; i < 4; i++) {
        bool value = false;
        ck_assert_int_eq(dro_parse_bool(yes[i], &value, "b", NULL), DRO_OK);
        ck_assert(value);
        ck_assert_int_eq(dro_parse_bool(no[i], &value, "b", NULL), DRO_OK);
        ck_assert(!value);
    }
    bool value = true;
    ck_assert_int_eq(dro_parse_bool("", &value, "b", NULL), DRO_INVALID);
    ck_assert_int_eq(dro_parse_bool("yesno", &value, "b", NULL), DRO_INVALID);
    ck_assert(value);
}
END_TEST

static const char *formatted(double value) {
    static char buffer[DRO_NUMBER_MAX];
    size_t length = dro_format_double(value, buffer, sizeof buffer);
    ck_assert_uint_eq(length, strlen(buffer));
    return buffer;
}

START_TEST(shortest) {
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-0.0, "-0"},
                 {1, "1"},
                 {-12.5, "-12.5"},
                 {0.1, "0.1"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1e-5, "0.00001"},
                 {9.999e-6, "9.999e-6"},
                 {1.5e-5, "0.000015"},
                 {123456789012345, "123456789012345"},
                 {999999999999999, "999999999999999"},
                 {1e15, "1e15"},
                 {1.25e20, "1.25e20"},
                 {-1e300, "-1e300"},
                 {DBL_MAX, "1.7976931348623157e308"},
                 {DBL_MIN, "2.2250738585072014e-308"},
                 {5e-324, "5e-324"},
                 {100, "100"},
                 {1852, "1852"},
                 {6371008.8, "6371008.8"},
                 {2.0 / 3, "0.6666666666666666"},
                 {1.0 / 3, "0.3333333333333333"},
                 {1e-5 / 3, "3.3333333333333337e-6"},
                 {123456.7890625, "123456.7890625"},
                 {INFINITY, "inf"},
                 {-INFINITY, "-inf"},
                 {(double)NAN, "nan"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_str_eq(formatted(cases[i].value), cases[i].text);
    }
}
END_TEST

static const char *fixed(double value, int decimals) {
    static char buffer[DRO_NUMBER_MAX];
    size_t length = dro_format_fixed(value, decimals, buffer, sizeof buffer);
    ck_assert_uint_eq(length, strlen(buffer));
    return buffer;
}

START_TEST(fixed_decimals) {
    ck_assert_str_eq(fixed(9245.678, 1), "9245.7");
    ck_assert_str_eq(fixed(9245, 3), "9245");
    ck_assert_str_eq(fixed(0.5, 0), "0"); /* to even, as printf */
    ck_assert_str_eq(fixed(1.5, 0), "2");
    ck_assert_str_eq(fixed(2.5, 0), "2");
    ck_assert_str_eq(fixed(0.125, 2), "0.12");
    ck_assert_str_eq(fixed(1.005, 2), "1"); /* a little below 1.005 */
    ck_assert_str_eq(fixed(-0.001, 2), "0");
    ck_assert_str_eq(fixed(-0.0, 2), "0");
    ck_assert_str_eq(fixed(-12.34, 1), "-12.3");
    ck_assert_str_eq(fixed(0.05, 3), "0.05");
    ck_assert_str_eq(fixed(99.999, 2), "100");
    ck_assert_str_eq(fixed(1e-9, 4), "0");
    ck_assert_str_eq(fixed(1e15, 2), "1e15");
    ck_assert_str_eq(fixed(999999999999999, 9), "999999999999999");
    ck_assert_str_eq(fixed(0.1, 17), "0.10000000000000001");
    ck_assert_str_eq(fixed(3.5, -4), "4");
    ck_assert_str_eq(fixed((double)NAN, 3), "nan");
    ck_assert_str_eq(fixed(123456789.987654321, 6), "123456789.987654");
}
END_TEST

START_TEST(too_small_a_buffer_is_empty) {
    char buffer[4] = "abc";
    ck_assert_uint_eq(dro_format_double(1.25, buffer, sizeof buffer), 0);
    ck_assert_str_eq(buffer, "");
    ck_assert_uint_eq(dro_format_double(1.2, buffer, sizeof buffer), 3);
    ck_assert_str_eq(buffer, "1.2");
    ck_assert_uint_eq(dro_format_fixed(123.4, 1, buffer, sizeof buffer), 0);
    ck_assert_uint_eq(dro_format_double(1, NULL, 0), 0);
}
END_TEST

/* A program that has set a locale with a decimal comma; one may not be installed. */
START_TEST(locale_does_not_matter) {
    static const char *const names[] = {"de_DE.UTF-8", "es_PE.UTF-8", "fr_FR.UTF-8",
                                        "de_DE", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        if (setlocale(LC_ALL, names[i]) != NULL) {
            break;
        }
    }
    ck_assert_double_eq(parsed("1234567890.12345678901"), 1234567890.12345678901);
    ck_assert_str_eq(formatted(0.1 + 0.2), "0.30000000000000004");
    ck_assert_str_eq(fixed(0.125, 2), "0.12");
    dro_error error = DRO_ERROR_INIT;
    (void)dro_fail(&error, DRO_INVALID, "%.2f", 1.5);
    ck_assert_str_eq(error.message, "1.50");
    dro_text text = {.data = NULL};
    ck_assert_int_eq(dro_text_add(&text, "%.1f", 2.5), DRO_OK);
    ck_assert_str_eq(text.data, "2.5");
    dro_text_free(&text);
    (void)setlocale(LC_ALL, "C");
}
END_TEST

int main(void) {
    const TTest *tests[] = {doubles_that_are_good,
                            doubles_that_are_bad,
                            messages,
                            longs,
                            bools,
                            shortest,
                            fixed_decimals,
                            too_small_a_buffer_is_empty,
                            locale_does_not_matter,
                            NULL};
    return check_main("base number", tests);
}
