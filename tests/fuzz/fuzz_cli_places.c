/* Any text given as a place or as a list of places is understood or refused with one
 * line; what comes out lies on the earth. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.c" /* NOLINT(bugprone-suspicious-include) */
#include "cli/session.c" /* NOLINT(bugprone-suspicious-include) */
#include "cli/wishes.c"  /* NOLINT(bugprone-suspicious-include) */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define PLACES 8

static cli all = {.globals = {.format = -1, .quiet = true, .data = ATLAS}};

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
    if (all.session == NULL && cli_open_atlas(&all, &error) != DRO_OK) {
        abort();
    }
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    all.globals.wrap = size % 2 == 1;
    dro_status status = cli_place(&all, text, &places[0], &error);
    if (status == DRO_OK) {
        check_place(&places[0]);
    } else {
        check_refusal(status, &error);
    }
    cli_list list = {.items = {text}, .count = 1};
    status = cli_places(&all, &list, places, PLACES, &count, "--via", &error);
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
