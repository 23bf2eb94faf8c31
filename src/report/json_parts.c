#include "report/json_parts.h"

void json_range(dro_json_writer *json, const char *key, dro_range range, int decimals) {
    dro_write_begin(json, key, DRO_WRITE_ROW_OBJECT);
    dro_write_number(json, "value", range.value, decimals);
    dro_write_number(json, "low", range.low, decimals);
    dro_write_number(json, "high", range.high, decimals);
    dro_write_end(json);
}

void json_sources(dro_json_writer *json, const dro_source *const *sources, size_t count,
                  bool licences) {
    dro_write_begin(json, "sources", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        const dro_source *source = sources[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "id", source->id);
        dro_write_text(json, "title", source->title);
        dro_write_text(json, "publisher", source->publisher);
        dro_write_text(json, "year", source->year);
        if (licences) {
            dro_write_text(json, "licence", source->licence);
        }
        dro_write_end(json);
    }
    dro_write_end(json);
}
