/* Number parsers and the other readers of short text, on any bytes. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/base.h"
#include "fuzz/fuzz_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth) {
    if (!truth) {
        abort();
    }
}

/* -0 is not 0 here. */
static bool same_bits(double a, double b) {
    uint64_t bits[2];
    memcpy(&bits[0], &a, sizeof a);
    memcpy(&bits[1], &b, sizeof b);
    return bits[0] == bits[1];
}

static void check_double(const char *text) {
    double value = 0;
    dro_error error = DRO_ERROR_INIT;
    if (dro_parse_double(text, &value, "x", &error) != DRO_OK) {
        require(strchr(error.message, '\n') == NULL);
        require(dro_utf8_valid(error.message, strlen(error.message)));
        return;
    }
    require(same_bits(value, strtod(text, NULL)));
    char shown[DRO_NUMBER_MAX];
    double back = 0;
    require(dro_format_double(value, shown, sizeof shown) > 0);
    require(dro_parse_double(shown, &back, "x", NULL) == DRO_OK);
    require(same_bits(value, back));
    for (int decimals = -1; decimals < 20; decimals++) {
        require(dro_format_fixed(value, decimals, shown, sizeof shown) > 0);
    }
}

static void check_long(const char *text) {
    long value = 0;
    if (dro_parse_long(text, LONG_MIN, LONG_MAX, &value, "x", NULL) == DRO_OK) {
        require(value == strtol(text, NULL, 10));
    }
    bool truth;
    (void)dro_parse_bool(text, &truth, "x", NULL);
}

static void check_text(const char *text, size_t size) {
    char folded[64];
    char again[64];
    size_t length = dro_text_fold(text, folded, sizeof folded);
    require(length == strlen(folded) && dro_utf8_valid(folded, length));
    (void)dro_text_fold(folded, again, sizeof again);
    require(strcmp(folded, again) == 0);
    size_t half = size / 2;
    unsigned there = dro_text_distance(text, text + half, 40);
    require(there == dro_text_distance(text + half, text, 40) && there <= 41);
    (void)dro_utf8_valid(text, size);
    (void)dro_hash64(text, size, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = fuzz_text(data, size);
    check_double(text);
    check_long(text);
    check_text(text, size);
    free(text);
    return 0;
}
