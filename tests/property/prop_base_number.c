/* What is written is read back as the same; seeded, so that a failure repeats. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

#define ROUNDS 300000

static double of_bits(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* By turns: any bits at all; a short decimal; a coordinate; a whole number. */
static double some_double(dro_random *random, int round) {
    uint64_t bits = dro_random_u64(random);
    double unit = dro_random_unit(random);
    switch (round % 4) {
    case 0:
        return of_bits(bits);
    case 1:
        return (double)(int64_t)(bits >> (bits % 60)) / pow(10, (double)(bits % 12));
    case 2:
        return (unit - 0.5) * 360;
    default:
        return nearbyint((unit - 0.5) * pow(10, (double)(bits % 18)));
    }
}

static unsigned digits_in(const char *text) {
    unsigned count = 0;
    bool leading = true;
    for (; *text != '\0' && *text != 'e'; text++) {
        leading = leading && (*text < '1' || *text > '9');
        count += !leading && *text != '.' ? 1 : 0;
    }
    return count;
}

START_TEST(shortest_reads_back) {
    dro_random random;
    dro_random_seed(&random, 1);
    for (int i = 0; i < ROUNDS; i++) {
        double value = some_double(&random, i);
        if (!isfinite(value)) {
            continue;
        }
        char text[DRO_NUMBER_MAX];
        ck_assert_uint_gt(dro_format_double(value, text, sizeof text), 0);
        double back = 0;
        ck_assert_int_eq(dro_parse_double(text, &back, "x", NULL), DRO_OK);
        ck_assert_msg(bits_of(back) == bits_of(value), "%a became %s", value, text);
        ck_assert_msg(bits_of(strtod(text, NULL)) == bits_of(value), "%s", text);
        double magnitude = fabs(value);
        if (magnitude >= 1e-5 && magnitude < 1e15) {
            ck_assert_msg(strchr(text, 'e') == NULL, "%s", text);
        }
    }
}
END_TEST

/* No text with one digit less reads back as the same. */
START_TEST(shortest_is_shortest) {
    dro_random random;
    dro_random_seed(&random, 2);
    for (int i = 0; i < ROUNDS / 10; i++) {
        double value = some_double(&random, i);
        if (!isfinite(value) || value == 0) {
            continue;
        }
        char text[DRO_NUMBER_MAX];
        char less[64];
        (void)dro_format_double(value, text, sizeof text);
        unsigned digits = digits_in(text);
        /* Zeros before the point of a whole number are not significant. */
        size_t length = strlen(text);
        if (strpbrk(text, ".e") == NULL) {
            while (text[--length] == '0') {
                digits--;
            }
        }
        if (digits > 1) {
            (void)snprintf(less, sizeof less, "%.*e", (int)digits - 2, value);
            ck_assert_msg(bits_of(strtod(less, NULL)) != bits_of(value), "%s, %s", text,
                          less);
        }
    }
}
END_TEST

START_TEST(parse_agrees_with_strtod) {
    dro_random random;
    dro_random_seed(&random, 3);
    for (int i = 0; i < ROUNDS; i++) {
        char text[80];
        uint64_t bits = dro_random_u64(&random);
        int decimals = (int)(bits % 24);
        int exponent = (int)(bits >> 8 & 63) - 32;
        (void)snprintf(text, sizeof text, "%s%.*fe%d", i % 2 == 0 ? "" : "0", decimals,
                       some_double(&random, 1 + i % 3), exponent);
        if (text[0] == '0' && text[1] == '-') {
            continue;
        }
        double value = 0;
        ck_assert_int_eq(dro_parse_double(text, &value, "x", NULL), DRO_OK);
        ck_assert_msg(bits_of(value) == bits_of(strtod(text, NULL)), "%s", text);
    }
}
END_TEST

static void trim_zeros(char *text) {
    if (strchr(text, '.') != NULL) {
        size_t length = strlen(text);
        while (text[length - 1] == '0') {
            text[--length] = '\0';
        }
        if (text[length - 1] == '.') {
            text[length - 1] = '\0';
        }
    }
    if (strcmp(text, "-0") == 0) {
        memcpy(text, "0", 2);
    }
}

START_TEST(fixed_agrees_with_printf) {
    dro_random random;
    dro_random_seed(&random, 4);
    for (int i = 0; i < ROUNDS; i++) {
        double value = some_double(&random, 1 + i % 3);
        int decimals = (int)(dro_random_u64(&random) % 9);
        /* Beyond 17 digits fewer decimals are shown, see the next test. */
        if (!(fabs(value) < 1e8)) {
            continue;
        }
        char expected[400];
        char text[DRO_NUMBER_MAX];
        (void)snprintf(expected, sizeof expected, "%.*f", decimals, value);
        trim_zeros(expected);
        (void)dro_format_fixed(value, decimals, text, sizeof text);
        ck_assert_str_eq(text, expected);
    }
}
END_TEST

/* Halves of the last place, their neighbours, carries, whole powers of ten, zeros. */
START_TEST(fixed_agrees_with_printf_where_it_is_close) {
    dro_random random;
    dro_random_seed(&random, 6);
    for (int i = 0; i < ROUNDS; i++) {
        int decimals = (int)(dro_random_u64(&random) % 10);
        double unit = pow(10, -decimals);
        double units = floor(pow(10, 12.2 * dro_random_unit(&random))) - 1;
        static const double parts[] = {0, 0.5, 0.499, 0.501, 0.4999999, 0.9999999};
        double value = (units + parts[dro_random_u64(&random) % 6]) * unit;
        for (uint64_t k = dro_random_u64(&random) % 4; k > 0; k--) {
            value = nextafter(value, i % 2 == 0 ? -1e300 : 1e300);
        }
        value = i % 3 == 0 ? -value : value;
        if (!(fabs(value) < 1e8)) {
            continue;
        }
        char expected[400], text[DRO_NUMBER_MAX];
        (void)snprintf(expected, sizeof expected, "%.*f", decimals, value);
        trim_zeros(expected);
        size_t length = dro_format_fixed(value, decimals, text, sizeof text);
        ck_assert_str_eq(text, expected);
        ck_assert_uint_eq(length, strlen(expected));
        char tight[DRO_NUMBER_MAX] = "";
        ck_assert_uint_eq(dro_format_fixed(value, decimals, tight, length), 0);
        ck_assert_uint_eq(dro_format_fixed(value, decimals, tight, length + 1), length);
    }
}
END_TEST

START_TEST(fixed_is_near_and_fits) {
    dro_random random;
    dro_random_seed(&random, 5);
    for (int i = 0; i < ROUNDS; i++) {
        double value = some_double(&random, i);
        int decimals = (int)(dro_random_u64(&random) % 30) - 2;
        char text[DRO_NUMBER_MAX];
        ck_assert_uint_gt(dro_format_fixed(value, decimals, text, sizeof text), 0);
        if (isfinite(value)) {
            double back = strtod(text, NULL);
            double step = pow(10, decimals < 0 ? 0 : -decimals);
            /* At most 17 decimals and 17 significant digits are shown. */
            double room = 0.5000001 * step + 1e-15 * fabs(value) + 1e-17;
            ck_assert_msg(fabs(back - value) <= room, "%.17g, %d: %s", value, decimals,
                          text);
        }
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {shortest_reads_back,
                            shortest_is_shortest,
                            parse_agrees_with_strtod,
                            fixed_agrees_with_printf,
                            fixed_agrees_with_printf_where_it_is_close,
                            fixed_is_near_and_fits,
                            NULL};
    return check_main("property base number", tests);
}
