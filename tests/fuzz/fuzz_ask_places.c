/* Any text given as a place or as a list of places is understood or refused with one
 * line; what comes out lies on the earth. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ask/wishes.h"
#include "fuzz/fuzz_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define PLACES 8

static dro_ask_context context;

static void check_refusal(dro_status status, const dro_error *error) {
    assert(status == DRO_INVALID || status == DRO_NOT_FOUND || status == DRO_LIMIT);
    assert(error->message[0] != '\0' && strchr(error->message, '\n') == NULL);
}

static void check_place(const dro_place *place) {
    assert(fabs(place->at.lat_deg) <= 90.0 && fabs(place->at.lon_deg) <= 180.0);
    assert(place->name[0] != '\0');
    assert((place->port >= 0) == (place->code[0] != '\0'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dro_error error = DRO_ERROR_INIT;
    dro_place places[PLACES];
    size_t count = 0;
    dro_session_options options = {.data = ATLAS, .without_chart = true};
    if (context.session == NULL &&
        dro_session_open(&options, &context.session, &error) != DRO_OK) {
        abort();
    }
    char *text = fuzz_text(data, size);
    context.wrap = size % 2 == 1;
    dro_status status = dro_ask_place(&context, text, &places[0], &error);
    if (status == DRO_OK) {
        check_place(&places[0]);
    } else {
        check_refusal(status, &error);
    }
    dro_ask_list list = {.items = {text}, .count = 1};
    status = dro_ask_places(&context, &list, places, PLACES, &count, "--via", &error);
    assert(count <= PLACES);
    for (size_t i = 0; i < count; i++) {
        check_place(&places[i]);
    }
    if (status != DRO_OK) {
        check_refusal(status, &error);
    }
    free(text);
    return 0;
}
