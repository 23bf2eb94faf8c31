/*
 * A place typed as "lat,lon": decimal degrees, each with a sign or with one of the
 * letters N S / E W. Spaces are free. No degrees and minutes.
 */
#include "derrotero/geo.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/quote.h"

enum {
    LONGEST_HALF = 64
};

/* Copies one half without outer spaces; false where it is too long. */
static bool copy_half(const char *text, size_t length, char *half) {
    while (length > 0 && isspace((unsigned char)text[0])) {
        text++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        length--;
    }
    if (length >= LONGEST_HALF) {
        return false;
    }
    memcpy(half, text, length);
    half[length] = '\0';
    return true;
}

/* Does it begin as a number does? */
static bool looks_numeric(const char *half) {
    if (*half == '+' || *half == '-') {
        half++;
    }
    if (*half == '.') {
        half++;
    }
    return isdigit((unsigned char)*half) || strcasecmp(half, "nan") == 0 ||
           strcasecmp(half, "inf") == 0 || strcasecmp(half, "infinity") == 0;
}

typedef struct axis {
    const char *name;
    char positive, negative;
    const char *other; /* the letters of the other axis */
} axis;

static const axis LATITUDE = {"latitude", 'N', 'S', "EW"};
static const axis LONGITUDE = {"longitude", 'E', 'W', "NS"};

static dro_status parse_half(char *half, const axis *of, double *out,
                             dro_error *error) {
    size_t length = strlen(half);
    char letter = length > 0 ? (char)toupper((unsigned char)half[length - 1]) : '\0';
    bool digit_before = length > 1 && strchr("0123456789. ", half[length - 2]) != NULL;
    char quoted[DRO_QUOTE_MAX];
    if (digit_before && strchr(of->other, letter) != NULL) {
        return dro_fail(error, DRO_INVALID,
                        "%s %s: latitude (N or S) comes first, then longitude (E or W)",
                        of->name, dro_quote(half, quoted));
    }
    bool lettered = digit_before && (letter == of->positive || letter == of->negative);
    if (lettered && (*half == '-' || *half == '+')) {
        return dro_fail(error, DRO_INVALID, "%s %s has both a sign and a letter",
                        of->name, dro_quote(half, quoted));
    }
    if (lettered) {
        half[length - 1] = '\0';
    }
    double value = 0.0;
    DRO_TRY(dro_parse_double(half, &value, of->name, error));
    *out = lettered && letter == of->negative ? -value : value;
    return DRO_OK;
}

static dro_status not_a_place(const char *text, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_NOT_FOUND, "%s is not of the form lat,lon",
                    dro_quote(text, quoted));
}

dro_status dro_geo_parse(const char *text, bool wrap, dro_point *out, bool *wrapped,
                         dro_error *error) {
    const char *comma = strchr(text, ',');
    char first[LONGEST_HALF], second[LONGEST_HALF];
    if (comma == NULL || !copy_half(text, (size_t)(comma - text), first) ||
        !copy_half(comma + 1, strlen(comma + 1), second)) {
        return not_a_place(text, error);
    }
    if (!looks_numeric(first) || !(looks_numeric(second) || *second == '\0')) {
        return not_a_place(text, error);
    }
    if (*second == '\0' || strchr(second, ',') != NULL) {
        char quoted[DRO_QUOTE_MAX];
        return dro_fail(error, DRO_INVALID,
                        "%s: a place is two numbers, lat,lon, with decimal points",
                        dro_quote(text, quoted));
    }
    dro_point given;
    DRO_TRY(parse_half(first, &LATITUDE, &given.lat_deg, error));
    DRO_TRY(parse_half(second, &LONGITUDE, &given.lon_deg, error));
    dro_point point = given;
    DRO_TRY(dro_geo_check(&point, wrap, error));
    *out = point;
    if (wrapped != NULL) {
        *wrapped = point.lon_deg != given.lon_deg;
    }
    return DRO_OK;
}
