/* Places as people write them: a port's code or name, or "lat,lon". */
#include "network_internal.h"

#include <math.h>
#include <string.h>

static void copy_text(char *out, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0u) == 0x80u) {
            length--; /* not in the middle of a character */
        }
    }
    memcpy(out, text, length);
    out[length] = '\0';
}

void dro_place_of_port(const dro_atlas *atlas, size_t port, dro_place *out) {
    size_t count = 0;
    const dro_port *row = &dro_atlas_ports(atlas, &count)[port];
    *out = (dro_place){.at = row->at, .port = (int)port};
    copy_text(out->code, sizeof out->code, row->code);
    copy_text(out->name, sizeof out->name, row->name);
}

void dro_place_of_point(dro_point at, dro_place *out) {
    *out = (dro_place){.at = at, .port = -1};
    (void)snprintf(out->name, sizeof out->name, "%.4f%s %.4f%s", fabs(at.lat_deg),
                   at.lat_deg < 0.0 ? "S" : "N", fabs(at.lon_deg),
                   at.lon_deg < 0.0 ? "W" : "E");
}

dro_status dro_place_find(const dro_atlas *atlas, const char *text, bool wrap,
                          dro_place *out, bool *wrapped, dro_error *error) {
    dro_point at = {0};
    bool was_wrapped = false;
    dro_status status = dro_geo_parse(text, wrap, &at, &was_wrapped, error);
    if (status == DRO_OK) {
        dro_place_of_point(at, out);
    } else if (status == DRO_NOT_FOUND) {
        size_t port = 0;
        DRO_TRY(dro_atlas_find_port(atlas, text, &port, error));
        dro_place_of_port(atlas, port, out);
    } else {
        return status;
    }
    if (wrapped != NULL) {
        *wrapped = was_wrapped;
    }
    return DRO_OK;
}
