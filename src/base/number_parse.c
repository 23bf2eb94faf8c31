/*
 * Text to numbers: whole string, decimal, with a point, in every locale.
 *
 * Most numbers have at most 15 digits and a small exponent: then digits and power of
 * ten are both exact doubles and one operation rounds correctly (Clinger 1990, "How
 * to read floating point numbers accurately"). The rest goes to strtod.
 */
#include "derrotero/base.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/c_locale.h"
#include "base/number.h"
#include "base/quote.h"

#define EXPONENT_CAP 100000 /* beyond it every double is 0 or infinite */

typedef struct decimal {
    bool negative;
    uint64_t digits; /* the first MANTISSA_DIGITS of them */
    int significant; /* how many digits there are from the first that is not 0 */
    int exponent;    /* value = digits * 10^exponent */
} decimal;

#define MANTISSA_DIGITS 15

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_space(const char *at) {
    while (is_space(*at)) {
        at++;
    }
    return at;
}

static bool at_end(const char *at) {
    return *skip_space(at) == '\0';
}

static void add_digit(decimal *number, char c, bool fraction) {
    bool kept = number->significant < MANTISSA_DIGITS;
    if (kept) {
        number->digits = number->digits * 10 + (uint64_t)(c - '0');
    }
    if (number->significant > 0 || c != '0') {
        number->significant += number->significant < EXPONENT_CAP ? 1 : 0;
    }
    int change = (kept ? 0 : 1) - (fraction ? 1 : 0);
    if (abs(number->exponent) < EXPONENT_CAP) {
        number->exponent += change;
    }
}

/* Digits with at most one point; NULL where there is no digit. */
static const char *scan_digits(const char *at, decimal *number) {
    bool fraction = false;
    size_t count = 0;
    for (; is_digit(*at) || (*at == '.' && !fraction); at++) {
        if (*at == '.') {
            fraction = true;
        } else {
            add_digit(number, *at, fraction);
            count++;
        }
    }
    return count == 0 ? NULL : at;
}

static const char *scan_exponent(const char *at, decimal *number) {
    if (*at != 'e' && *at != 'E') {
        return at;
    }
    at++;
    bool negative = *at == '-';
    at += *at == '-' || *at == '+' ? 1 : 0;
    if (!is_digit(*at)) {
        return NULL;
    }
    int value = 0;
    for (; is_digit(*at); at++) {
        value = value < EXPONENT_CAP ? value * 10 + (*at - '0') : value;
    }
    number->exponent += negative ? -value : value;
    return at;
}

/* [+-] digits [. digits] [e [+-] digits]; NULL where the text is not of that form. */
static const char *scan(const char *at, decimal *number) {
    *number = (decimal){.negative = *at == '-'};
    at += *at == '-' || *at == '+' ? 1 : 0;
    at = scan_digits(at, number);
    return at == NULL ? NULL : scan_exponent(at, number);
}

static double by_strtod(const char *text) {
    locale_t before = dro_c_locale_enter();
    double value = strtod(text, NULL);
    dro_c_locale_leave(before);
    return value;
}

static double value_of(const decimal *number, const char *text) {
    bool exact = number->significant <= MANTISSA_DIGITS &&
                 abs(number->exponent) <= DRO_EXACT_POWERS;
    if (!exact) {
        return by_strtod(text);
    }
    double digits = (double)number->digits;
    double power = dro_powers_of_ten[abs(number->exponent)];
    double value = number->exponent < 0 ? digits / power : digits * power;
    return number->negative ? -value : value;
}

static dro_status not_a_number(const char *text, const char *what, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *hint =
        strchr(text, ',') != NULL ? " (the decimal sign is a point)" : "";
    return dro_fail(error, DRO_INVALID, "%s: %s is not a number%s", what,
                    dro_quote(text, quoted), hint);
}

dro_status dro_parse_double(const char *text, double *out, const char *what,
                            dro_error *error) {
    const char *begin = skip_space(text);
    decimal number;
    const char *end = scan(begin, &number);
    if (end == NULL || !at_end(end)) {
        return not_a_number(text, what, error);
    }
    double value = value_of(&number, begin);
    if (!isfinite(value)) {
        char quoted[DRO_QUOTE_MAX];
        return dro_fail(error, DRO_INVALID, "%s: %s is too large for a number", what,
                        dro_quote(text, quoted));
    }
    *out = value;
    return DRO_OK;
}

/* Magnitude up to `most`; a larger one gives most + 1. NULL where no digit is. */
static const char *scan_integer(const char *at, unsigned long most,
                                unsigned long *value) {
    if (!is_digit(*at)) {
        return NULL;
    }
    unsigned long sum = 0;
    for (; is_digit(*at); at++) {
        unsigned long digit = (unsigned long)(*at - '0');
        sum = sum > (most - digit) / 10 ? most + 1 : sum * 10 + digit;
    }
    *value = sum;
    return at;
}

dro_status dro_parse_long(const char *text, long low, long high, long *out,
                          const char *what, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *at = skip_space(text);
    bool negative = *at == '-';
    at += *at == '-' || *at == '+' ? 1 : 0;
    unsigned long most = (unsigned long)LONG_MAX + (negative ? 1 : 0);
    unsigned long magnitude = 0;
    const char *end = scan_integer(at, most, &magnitude);
    if (end == NULL || !at_end(end)) {
        return dro_fail(error, DRO_INVALID, "%s: %s is not a whole number", what,
                        dro_quote(text, quoted));
    }
    bool fits = magnitude <= most;
    /* Two steps, for LONG_MIN has no positive counterpart. */
    long value = !fits || magnitude == 0 ? 0
                 : negative              ? -(long)(magnitude - 1) - 1
                                         : (long)magnitude;
    if (!fits || value < low || value > high) {
        return dro_fail(error, DRO_INVALID, "%s: %s is out of range (%ld to %ld)", what,
                        dro_quote(text, quoted), low, high);
    }
    *out = value;
    return DRO_OK;
}

static bool one_of(const char *text, size_t length, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strlen(*words) == length && strncasecmp(text, *words, length) == 0) {
            return true;
        }
    }
    return false;
}

dro_status dro_parse_bool(const char *text, bool *out, const char *what,
                          dro_error *error) {
    static const char *const yes[] = {"true", "yes", "1", NULL};
    static const char *const no[] = {"false", "no", "0", NULL};
    const char *begin = skip_space(text);
    size_t length = strlen(begin);
    while (length > 0 && is_space(begin[length - 1])) {
        length--;
    }
    bool value = one_of(begin, length, yes);
    if (!value && !one_of(begin, length, no)) {
        char quoted[DRO_QUOTE_MAX];
        return dro_fail(error, DRO_INVALID, "%s: %s is neither true nor false", what,
                        dro_quote(text, quoted));
    }
    *out = value;
    return DRO_OK;
}
