/* A hinterland in every format, and the words that its writers share. */
#include "report/hinterland.h"

#include <math.h>
#include <string.h>

const char *hinterland_port_code(const dro_hinterland *found, int index) {
    return index < 0
               ? ""
               : dro_facts_id(found->facts, DRO_KIND_PORT, found->ports[index].port);
}

const char *hinterland_port_name(const dro_hinterland *found, int index) {
    return index < 0
               ? ""
               : dro_facts_name(found->facts, DRO_KIND_PORT, found->ports[index].port);
}

const char *hinterland_unit_word(const dro_hinterland *found) {
    size_t commodity = found->options.commodity;
    return dro_facts_word(found->facts, commodity, DRO_COMMODITY_FORM) == 0 ? "TEU"
                                                                            : "t";
}

const char *hinterland_by_word(dro_chain_by by) {
    static const char *const words[] = {"time", "cost", "CO2", "generalised cost"};
    return words[by];
}

double hinterland_shown(double value, dro_chain_by by) {
    return by == DRO_CHAIN_BY_TIME ? value / 24.0 : value;
}

void hinterland_title(const dro_hinterland *found, const dro_report_about *about,
                      dro_text *out) {
    (void)dro_text_add(out, "Who uses %s for %s?", hinterland_port_name(found, 0),
                       about->to ? about->to : "the destination");
}

void hinterland_subtitle(const dro_hinterland *found, const dro_report_about *about,
                         dro_text *out) {
    const dro_hinterland_options *o = &found->options;
    const char *by =
        o->by == DRO_CHAIN_BY_CO2 ? "CO\xE2\x82\x82" : hinterland_by_word(o->by);
    (void)dro_text_add(out, "The port of least %s from each place, %s", by,
                       dro_facts_name(found->facts, DRO_KIND_COMMODITY, o->commodity));
    if (about->study) {
        (void)dro_text_add(out, " \xC2\xB7 %s", about->study);
    }
    if (about->scenario) {
        (void)dro_text_add(out, ", scenario %s", about->scenario);
    }
}

static size_t note_access(const dro_access *a, char *note, size_t size) {
    (void)snprintf(
        note, size,
        "Off the network a lorry goes to one of the %zu nearest nodes "
        "within %.0f km: straight line \xC3\x97 %.1f (%.1f\xE2\x80\x93%.1f), "
        "%.0f km/h (%.0f\xE2\x80\x93%.0f), %.2f USD/t-km "
        "(%.2f\xE2\x80\x93%.2f): assumptions.",
        a->nodes, a->reach_km, a->detour.value, a->detour.low, a->detour.high,
        a->speed_kmh.value, a->speed_kmh.low, a->speed_kmh.high, a->usd_tkm.value,
        a->usd_tkm.low, a->usd_tkm.high);
    return 1;
}

size_t hinterland_notes(const dro_hinterland *found, const dro_report_about *about,
                        char notes[HINTERLAND_NOTES][400]) {
    const dro_hinterland_options *o = &found->options;
    size_t count = note_access(&o->access, notes[0], sizeof notes[0]);
    (void)snprintf(notes[count++], sizeof notes[0],
                   "Cost is that of carrying, not a freight rate. Each place takes the "
                   "best port whole: capacity, contracts and habit are not in it.");
    if (o->sampling.count > 0) {
        (void)snprintf(notes[count++], sizeof notes[0],
                       "Probability: share of %zu samples of all figures with a range "
                       "(Latin hypercube, seed %llu) in which %s is best.",
                       o->sampling.count, (unsigned long long)o->sampling.seed,
                       hinterland_port_name(found, 0));
    }
    (void)snprintf(
        notes[count++], sizeof notes[0],
        "Figures: the tables of the case and of the inland network, each "
        "row with its source and mark. Land: Natural Earth (public domain).");
    if (about->command) {
        (void)snprintf(notes[count++], sizeof notes[0], "Again: %s", about->command);
    }
    return count;
}

/* ---- dispatch
 * ------------------------------------------------------------------------
 */

static dro_status drawn(FILE *out, dro_format format, const dro_hinterland *found,
                        const dro_report_about *about, dro_error *error) {
    dro_text page = {0};
    dro_ink ink = {&page, DRO_OK};
    dro_status status;
    if (format == DRO_FORMAT_SVG) {
        dro_ink_raw(&ink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        status = hinterland_svg(&ink, found, about, true, error);
    } else {
        status = hinterland_html(&ink, found, about, error);
    }
    if (status == DRO_OK && ink.status != DRO_OK) {
        status = dro_fail(error, ink.status, "a map: %s", dro_status_text(ink.status));
    }
    if (status == DRO_OK) {
        (void)fwrite(page.data, 1, page.length, out);
    }
    dro_text_free(&page);
    return status;
}

dro_status dro_report_hinterland(FILE *out, dro_format format,
                                 const dro_hinterland *found,
                                 const dro_report_about *about, dro_arena *arena,
                                 dro_error *error) {
    switch (format) {
    case DRO_FORMAT_TABLE:
        return hinterland_table(out, found, about, arena, error);
    case DRO_FORMAT_JSON:
        hinterland_json(out, found, about);
        return DRO_OK;
    case DRO_FORMAT_CSV:
        hinterland_csv(out, found);
        return DRO_OK;
    case DRO_FORMAT_GEOJSON:
        hinterland_geojson(out, found, about);
        return DRO_OK;
    case DRO_FORMAT_SVG:
    case DRO_FORMAT_HTML:
        break;
    }
    return drawn(out, format, found, about, error);
}
