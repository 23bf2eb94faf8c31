/* What is in a chart file, for people and as JSON. */
#include "derrotero/report.h"

#define SECTIONS_MAX 128

static void facts_json(dro_json_writer *json, const char *path,
                       const dro_chart_info *info) {
    char hash[32];
    dro_write_text(json, "file", path);
    dro_write_count(json, "format", info->format);
    dro_write_count(json, "bytes", info->bytes);
    dro_write_text(json, "coastline", info->coastline);
    dro_write_text(json, "built", info->built);
    (void)snprintf(hash, sizeof hash, "%016llx", (unsigned long long)info->source_hash);
    dro_write_text(json, "source_hash", hash);
    (void)snprintf(hash, sizeof hash, "%016llx", (unsigned long long)info->atlas_hash);
    dro_write_text(json, "atlas_hash", hash);
    dro_write_number(json, "clearance_m", info->clearance_m, 1);
    dro_write_number(json, "tolerance_m", info->tolerance_m, 1);
    dro_write_number(json, "spanner", info->spanner, 6);
    dro_write_number(json, "draft_m", info->draft_m, 2);
    dro_write_count(json, "vertices", info->vertices);
    dro_write_count(json, "triangles", info->triangles);
    dro_write_count(json, "nodes", info->nodes);
    dro_write_count(json, "edges", info->edges);
    dro_write_count(json, "ports", info->ports);
    dro_write_count(json, "channels", info->channels);
    dro_write_count(json, "passages", info->passages);
    dro_write_count(json, "shoals", info->shoals);
    dro_write_number(json, "water_km2", info->water_km2, 0);
    dro_write_number(json, "lost_km2", info->lost_km2, 1);
}

static void sections_json(dro_json_writer *json, const dro_chart *chart) {
    dro_chart_section sections[SECTIONS_MAX];
    size_t count = dro_chart_sections(chart, sections, SECTIONS_MAX);
    dro_write_begin(json, "sections", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        char checksum[32];
        (void)snprintf(checksum, sizeof checksum, "%016llx",
                       (unsigned long long)sections[i].checksum);
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "name", sections[i].name);
        dro_write_count(json, "bytes", sections[i].bytes);
        dro_write_text(json, "checksum", checksum);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void lost_json(dro_json_writer *json, const dro_lost_water *lost, size_t count) {
    dro_write_begin(json, "lost_waters", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_number(json, "lat", lost[i].at.lat_deg, 4);
        dro_write_number(json, "lon", lost[i].at.lon_deg, 4);
        dro_write_number(json, "area_km2", lost[i].area_km2, 1);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void facts_table(FILE *out, const char *path, const dro_chart_info *info) {
    char number[48];
    char other[48];
    (void)fprintf(out, "%s\n\n", path);
    (void)fprintf(out, "  format     %u, %s bytes\n", info->format,
                  dro_report_grouped((double)info->bytes, 0, number, sizeof number));
    (void)fprintf(out, "  coastline  %s\n  built      %s\n", info->coastline,
                  info->built);
    (void)fprintf(out, "  clearance  %.0f m, outline tolerance %.0f m, spanner %.5f\n",
                  info->clearance_m, info->tolerance_m, info->spanner);
    (void)fprintf(out,
                  "  graph      %zu nodes, %zu edges, %zu vertices, %zu triangles\n",
                  info->nodes, info->edges, info->vertices, info->triangles);
    (void)fprintf(out,
                  "  atlas      %zu ports, %zu channels, %zu passages, %zu shoals\n",
                  info->ports, info->channels, info->passages, info->shoals);
    (void)fprintf(out, "  water      %s km2; cut off by the clearance: %s km2\n",
                  dro_report_grouped(info->water_km2, 0, number, sizeof number),
                  dro_report_grouped(info->lost_km2, 0, other, sizeof other));
}

static void lists_table(FILE *out, const dro_chart *chart, const dro_lost_water *lost,
                        size_t shown, size_t count) {
    dro_chart_section sections[SECTIONS_MAX];
    size_t section_count = dro_chart_sections(chart, sections, SECTIONS_MAX);
    (void)fputs("\n  section                     bytes  checksum\n", out);
    for (size_t i = 0; i < section_count; i++) {
        (void)fprintf(out, "  %-20s %12llu  %016llx\n", sections[i].name,
                      (unsigned long long)sections[i].bytes,
                      (unsigned long long)sections[i].checksum);
    }
    (void)fprintf(out, "\n  lost waters, largest first (%zu of %zu)\n", shown, count);
    for (size_t i = 0; i < shown; i++) {
        char number[48];
        (void)fprintf(out, "  %10s km2 at %8.3f,%9.3f\n",
                      dro_report_grouped(lost[i].area_km2, 1, number, sizeof number),
                      lost[i].at.lat_deg, lost[i].at.lon_deg);
    }
}

dro_status dro_report_chart(FILE *out, dro_format format, const char *path,
                            const dro_chart *chart, size_t most_lost,
                            dro_error *error) {
    dro_chart_info info;
    const dro_lost_water *lost = NULL;
    dro_chart_get_info(chart, &info);
    size_t count = dro_chart_lost_waters(chart, &lost);
    size_t shown = count < most_lost ? count : most_lost;
    if (format == DRO_FORMAT_TABLE) {
        facts_table(out, path, &info);
        lists_table(out, chart, lost, shown, count);
        return DRO_OK;
    }
    if (format != DRO_FORMAT_JSON) {
        return dro_fail(error, DRO_INVALID,
                        "a chart is described as a table or as JSON");
    }
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    facts_json(&json, path, &info);
    sections_json(&json, chart);
    lost_json(&json, lost, shown);
    dro_write_end(&json);
    return DRO_OK;
}
