/*
 * Numbers to text: the shortest decimal that reads back as the same double, and
 * fixed decimals. Always with a point.
 *
 * Short decimals are found by trial: r / 10^d with both exact is the double nearest
 * to that decimal, so r / 10^d == value proves it. The rest goes to snprintf with 15,
 * 16 and 17 digits, of which the last always reads back.
 */
#include "derrotero/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "base/number.h"

#define PLAIN_LEAST  1e-5 /* below it, and from PLAIN_MOST on, the exponent form */
#define PLAIN_MOST   1e15
#define TRIAL_PLACES 9
#define DIGITS_MAX   17

const double dro_powers_of_ten[DRO_EXACT_POWERS + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const uint64_t whole_powers_of_ten[] = {1,     10,     100,    1000,
                                               10000, 100000, 1000000};

static const char two_digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

/* A decimal: 0.DIGITS * 10^point, no zero at either end of the digits. */
typedef struct decimal {
    char digits[24];
    int count;
    int point;
} decimal;

typedef struct writer {
    char text[DRO_NUMBER_MAX];
    size_t length;
} writer;

static void put(writer *out, char c) {
    out->text[out->length++] = c;
}

static void put_many(writer *out, const char *bytes, int count) {
    for (int i = 0; i < count; i++) {
        put(out, bytes[i]);
    }
}

static void put_zeros(writer *out, int count) {
    for (int i = 0; i < count; i++) {
        put(out, '0');
    }
}

static size_t finish(const writer *out, char *buffer, size_t size) {
    if (out->length >= size) {
        if (size > 0) {
            buffer[0] = '\0';
        }
        return 0;
    }
    memcpy(buffer, out->text, out->length);
    buffer[out->length] = '\0';
    return out->length;
}

static size_t finish_special(double value, char *buffer, size_t size) {
    const char *text = isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    writer out = {.length = strlen(text)};
    memcpy(out.text, text, out.length);
    return finish(&out, buffer, size);
}

/* digits = those of `number`, with `places` of them behind the point. */
static decimal of_integer(uint64_t number, int places) {
    decimal made = {.count = 0, .point = -places};
    char reversed[24];
    int count = 0;
    for (; number > 0; number /= 10) {
        reversed[count++] = (char)('0' + (int)(number % 10));
    }
    made.point += count;
    int zeros = 0;
    while (zeros < count && reversed[zeros] == '0') {
        zeros++;
    }
    while (count > zeros) {
        made.digits[made.count++] = reversed[--count];
    }
    return made;
}

/* Reads "d.ddde[+-]dd", the form of %e. */
static decimal of_scientific(const char *text) {
    decimal made = {.count = 0, .point = 0};
    for (; *text != 'e'; text++) {
        if (*text != '.') {
            made.digits[made.count++] = *text;
        }
    }
    made.point = (int)strtol(text + 1, NULL, 10) + 1;
    while (made.count > 0 && made.digits[made.count - 1] == '0') {
        made.count--;
    }
    return made;
}

/* magnitude in [PLAIN_LEAST, PLAIN_MOST) with few decimals? */
static bool by_trial(double magnitude, decimal *out) {
    for (int places = 0; places <= TRIAL_PLACES; places++) {
        double power = dro_powers_of_ten[places];
        double scaled = nearbyint(magnitude * power);
        if (scaled >= PLAIN_MOST) {
            return false;
        }
        /* Exact equality is the point: does this decimal read back as the value? */
        double back = scaled / power;
        if (!(back < magnitude) && !(back > magnitude)) {
            *out = of_integer((uint64_t)scaled, places);
            return true;
        }
    }
    return false;
}

static decimal by_snprintf(double magnitude) {
    char text[40];
    /* Subnormal numbers have fewer digits than 15. */
    int digits = magnitude < 2.2250738585072014e-308 ? 1 : 15;
    locale_t before = dro_c_locale_enter();
    for (; digits <= DIGITS_MAX; digits++) {
        (void)snprintf(text, sizeof text, "%.*e", digits - 1, magnitude);
        double back = strtod(text, NULL);
        if (!(back < magnitude) && !(back > magnitude)) {
            break;
        }
    }
    dro_c_locale_leave(before);
    return of_scientific(text);
}

static void put_plain(writer *out, const decimal *number) {
    int whole = number->point > 0 ? number->point : 0;
    int shown = whole < number->count ? whole : number->count;
    put_many(out, number->digits, shown);
    put_zeros(out, whole == 0 ? 1 : whole - shown);
    if (number->count > shown) {
        put(out, '.');
        put_zeros(out, number->point < 0 ? -number->point : 0);
        put_many(out, number->digits + shown, number->count - shown);
    }
}

static void put_exponent(writer *out, const decimal *number) {
    put(out, number->digits[0]);
    if (number->count > 1) {
        put(out, '.');
        put_many(out, number->digits + 1, number->count - 1);
    }
    int room = (int)(sizeof out->text - out->length);
    out->length += (size_t)snprintf(out->text + out->length, (size_t)room, "e%d",
                                    number->point - 1);
}

size_t dro_format_double(double value, char *buffer, size_t size) {
    if (!isfinite(value)) {
        return finish_special(value, buffer, size);
    }
    writer out = {.length = 0};
    if (signbit(value)) {
        put(&out, '-');
    }
    double magnitude = fabs(value);
    bool plain = magnitude >= PLAIN_LEAST && magnitude < PLAIN_MOST;
    decimal number = {.count = 0, .point = 1};
    if (magnitude > 0 && !(plain && by_trial(magnitude, &number))) {
        number = by_snprintf(magnitude);
    }
    if (plain || number.count == 0) {
        put_plain(&out, &number);
    } else {
        put_exponent(&out, &number);
    }
    return finish(&out, buffer, size);
}

/* magnitude * 10^decimals rounded to a whole number, where that is certain: not too
 * large, and not so near to a half that the product's own rounding could decide. */
static bool scaled_surely(double magnitude, int decimals, uint64_t *out) {
    double scaled = magnitude * dro_powers_of_ten[decimals];
    if (!(scaled < 1e12)) {
        return false;
    }
    int64_t nearest = (int64_t)(scaled + 0.5);
    double rest = scaled + 0.5 - (double)nearest;
    *out = (uint64_t)nearest;
    return rest > 1e-3 && rest < 1.0 - 1e-3;
}

#if defined(__GNUC__) || defined(__clang__)
#define NEVER_INLINE __attribute__((noinline))
#else
#define NEVER_INLINE
#endif

#define PLACES_MOST 6  /* behind the point, of what is written in one go */
#define ROOM        32 /* for 12 digits, a sign and a point, and more */

static char *put_two(char *to, uint32_t number) {
    memcpy(to, two_digits + (size_t)2 * number, 2);
    return to + 2;
}

/* The digits of a number from 10^4 on; where they end. */
static char *put_long(char *to, uint64_t number) {
    char digits[ROOM];
    char *end = digits + sizeof digits, *begin = end;
    for (; number >= 100; number /= 100) {
        begin -= 2;
        (void)put_two(begin, (uint32_t)(number % 100));
    }
    begin -= 2;
    (void)put_two(begin, (uint32_t)number);
    begin += *begin == '0';
    memcpy(to, begin, (size_t)(end - begin));
    return to + (end - begin);
}

static char *put_whole(char *to, uint64_t number) {
    if (number >= 10000) {
        return put_long(to, number);
    }
    uint32_t few = (uint32_t)number;
    uint32_t high = few / 100, low = few - 100 * high;
    if (high >= 10) {
        to = put_two(to, high);
    } else if (high > 0) {
        *to++ = (char)('0' + (int)high);
    } else if (low < 10) {
        *to = (char)('0' + (int)low);
        return to + 1;
    }
    return put_two(to, low);
}

/* millionths / 10^6 without zeros behind; where it ends. */
static char *put_millionths(char *to, bool negative, uint64_t millionths) {
    uint64_t whole = millionths / 1000000;
    uint32_t part = (uint32_t)(millionths - whole * 1000000);
    *to = '-';
    to = put_whole(to + (negative && millionths > 0), whole);
    if (part > 0) {
        *to = '.';
        (void)put_two(to + 1, part / 10000);
        (void)put_two(to + 3, part / 100 % 100);
        (void)put_two(to + 5, part % 100);
        to += 7;
        while (to[-1] == '0') {
            to--;
        }
    }
    return to;
}

static decimal rounded_by_snprintf(double magnitude, int decimals) {
    char text[64];
    locale_t before = dro_c_locale_enter();
    int length = snprintf(text, sizeof text, "%.*f", decimals, magnitude);
    dro_c_locale_leave(before);
    decimal number = {.count = 0, .point = 0};
    bool leading = true;
    for (int i = 0; i < length; i++) {
        if (text[i] == '.') {
            continue;
        }
        leading = leading && text[i] == '0';
        if (!leading) {
            number.digits[number.count++] = text[i];
        }
    }
    number.point = number.count - decimals;
    while (number.count > 0 && number.digits[number.count - 1] == '0') {
        number.count--;
    }
    return number;
}

/* What is not put in one go: kept apart, for its registers would cost the rest. */
NEVER_INLINE
static size_t format_slowly(double value, int decimals, char *buffer, size_t size) {
    double magnitude = fabs(value);
    if (!(magnitude < PLAIN_MOST)) {
        return dro_format_double(value, buffer, size);
    }
    /* Behind 17 significant digits there is nothing left to say. */
    int most = magnitude < 1 ? DIGITS_MAX : DIGITS_MAX - (int)ceil(log10(magnitude));
    decimals = decimals < 0 ? 0 : decimals > most ? most : decimals;
    decimal number = rounded_by_snprintf(magnitude, decimals);
    writer out = {.length = 0};
    if (value < 0 && number.count > 0) {
        put(&out, '-');
    }
    if (number.count == 0) {
        number.point = 1;
    }
    put_plain(&out, &number);
    return finish(&out, buffer, size);
}

size_t dro_format_fixed(double value, int decimals, char *buffer, size_t size) {
    uint64_t scaled = 0;
    /* Nearly all: below 10^12 in these units there are no more than 17 digits. */
    if (size < ROOM || decimals < 0 || decimals > PLACES_MOST ||
        !scaled_surely(fabs(value), decimals, &scaled)) {
        return format_slowly(value, decimals, buffer, size);
    }
    uint64_t millionths = scaled * whole_powers_of_ten[PLACES_MOST - decimals];
    char *end = put_millionths(buffer, value < 0, millionths);
    *end = '\0';
    return (size_t)(end - buffer);
}
