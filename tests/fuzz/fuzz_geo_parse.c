/* Any text is a place, a refusal with a message, or not a place at all. */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "derrotero/geo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[512];
    if (size == 0 || size > sizeof text) {
        return 0;
    }
    bool wrap = (data[0] & 1u) != 0; /* the first byte is an option */
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    dro_point point = {0, 0};
    bool wrapped = false;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_geo_parse(text, wrap, &point, &wrapped, &error);
    if (status == DRO_OK) {
        assert(fabs(point.lat_deg) <= 90.0 && fabs(point.lon_deg) <= 180.0);
        assert(wrap || !wrapped);
    } else {
        assert(status == DRO_INVALID || status == DRO_NOT_FOUND);
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
    }
    return 0;
}
