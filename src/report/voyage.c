/* A voyage in the format asked for. */
#include "voyage.h"

dro_status dro_report_voyage(FILE *out, dro_format format, const dro_voyage *voyage,
                             dro_arena *arena, dro_error *error) {
    switch (format) {
    case DRO_FORMAT_TABLE:
        return voyage_table(out, voyage, arena, error);
    case DRO_FORMAT_JSON:
        return voyage_json(out, voyage, arena, error);
    case DRO_FORMAT_GEOJSON:
        return voyage_geojson(out, voyage, arena, error);
    case DRO_FORMAT_CSV:
        voyage_csv(out, voyage);
        return DRO_OK;
    case DRO_FORMAT_SVG:
    case DRO_FORMAT_HTML:
        break;
    }
    return dro_fail(error, DRO_INVALID, "maps are drawn by dro_picture_svg and _html");
}
