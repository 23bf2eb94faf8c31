/* The land reader on any bytes, with the checksum made right half of the time; what it
 * takes is drawn. */
#include <stdlib.h>
#include <string.h>

#include "derrotero/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void seal(uint8_t *bytes, size_t size) {
    uint32_t hash = 0x811c9dc5u;
    for (size_t i = 0; i + 4 < size; i++) {
        hash = (hash ^ bytes[i]) * 0x01000193u;
    }
    for (size_t i = 0; i < 4; i++) {
        bytes[size - 4 + i] = (uint8_t)(hash >> 8 * i);
    }
}

static void draw(dro_land *land) {
    dro_picture picture = DRO_PICTURE_INIT;
    dro_text out = {0};
    picture.land = land;
    for (int view = DRO_VIEW_GLOBE; view <= DRO_VIEW_WORLD; view++) {
        picture.view = (dro_picture_view)view;
        if (dro_picture_svg(&picture, &out, NULL) != DRO_OK) {
            abort();
        }
    }
    dro_text_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, data, size);
    if (size >= 16 && (data[size - 1] & 1) != 0) {
        seal(bytes, size);
    }
    dro_land *land = NULL;
    if (dro_land_read(bytes, size, &land, NULL) == DRO_OK) {
        draw(land);
    }
    dro_land_close(land);
    free(bytes);
    return 0;
}
