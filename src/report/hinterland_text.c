/* A hinterland as tables for people and as CSV. */
#include <math.h>
#include <string.h>

#include "report/cells.h"
#include "report/hinterland.h"

/* ---- ports
 * ---------------------------------------------------------------------------
 */

static dro_status write_ports(FILE *out, const dro_hinterland *found, dro_arena *arena,
                              dro_error *error) {
    static const dro_table_column columns[] = {{"port", false},   {"code", false},
                                               {"nodes", true},   {"1000 km2", true},
                                               {"share %", true}, {"expected %", true}};
    dro_cells s;
    double all = fmax(found->total_km2, 1e-9);
    bool cells = found->cell_count > 0;
    DRO_TRY(dro_cells_open(&s, arena, 6 * found->port_count, error));
    for (size_t i = 0; i < found->port_count; i++) {
        const dro_hinterland_port *p = &found->ports[i];
        if (i > 0 && p->nodes == 0 && p->area_km2 <= 0.0) {
            continue;
        }
        dro_cells_put(&s, hinterland_port_name(found, (int)i));
        dro_cells_put(&s, hinterland_port_code(found, (int)i));
        dro_cells_number(&s, (double)p->nodes, 0);
        dro_cells_number(&s, cells ? p->area_km2 / 1e3 : (double)NAN, 0);
        dro_cells_number(&s, cells ? 100.0 * p->area_km2 / all : (double)NAN, 1);
        dro_cells_number(&s, cells ? 100.0 * p->expected_km2 / all : (double)NAN, 1);
    }
    return dro_cells_write(out, &s, columns, 6, error);
}

/* ---- nodes
 * ---------------------------------------------------------------------------
 */

static void put_choice(dro_cells *s, const dro_hinterland *found,
                       const dro_hinterland_place *place, dro_chain_by by) {
    const dro_port_choice *choice = &place->by[by];
    dro_cells_put(s, hinterland_port_code(found, choice->port));
    dro_cells_number(s, hinterland_shown(choice->value, by),
                     by == DRO_CHAIN_BY_TIME ? 1 : 0);
}

static dro_status write_nodes(FILE *out, const dro_hinterland *found, dro_arena *arena,
                              dro_error *error) {
    dro_chain_by by = found->options.by;
    char chance[48];
    (void)snprintf(chance, sizeof chance, "P(%s) %%", hinterland_port_code(found, 0));
    const dro_table_column columns[] = {
        {"from", false},        {"country", false},  {"fastest", false},
        {"days", true},         {"cheapest", false}, {"USD", true},
        {"generalised", false}, {"USD", true},       {"second", false},
        {"margin %", true},     {"", false},         {chance, true}};
    dro_cells s;
    DRO_TRY(dro_cells_open(&s, arena, 12 * found->node_count, error));
    for (size_t i = 0; i < found->node_count; i++) {
        const dro_hinterland_place *place = &found->places[i];
        dro_cells_put(&s,
                      dro_facts_name(found->facts, DRO_KIND_NODE, (size_t)place->node));
        dro_cells_put(
            &s, dro_facts_text(found->facts, (size_t)place->node, DRO_NODE_COUNTRY));
        put_choice(&s, found, place, DRO_CHAIN_BY_TIME);
        put_choice(&s, found, place, DRO_CHAIN_BY_COST);
        put_choice(&s, found, place, DRO_CHAIN_BY_GENERALISED);
        dro_cells_put(&s, hinterland_port_code(found, place->by[by].second));
        dro_cells_number(&s, 100.0 * place->by[by].margin, 1);
        dro_cells_put(&s,
                      dro_hinterland_contested(found, place, by) ? "contested" : "");
        dro_cells_number(&s, 100.0 * place->probability, 0);
    }
    return dro_cells_write(out, &s, columns, 12, error);
}

dro_status hinterland_table(FILE *out, const dro_hinterland *found,
                            const dro_report_about *about, dro_arena *arena,
                            dro_error *error) {
    dro_text head = {0};
    char notes[HINTERLAND_NOTES][400];
    size_t count = hinterland_notes(found, about, notes);
    hinterland_title(found, about, &head);
    (void)dro_text_add(&head, "\n");
    hinterland_subtitle(found, about, &head);
    (void)fprintf(out, "%s; per %s\n\n", head.data ? head.data : "",
                  hinterland_unit_word(found));
    dro_text_free(&head);
    DRO_TRY(write_ports(out, found, arena, error));
    if (found->cell_count > 0) {
        (void)fprintf(out, "contested, two ports within %.0f %%: %.1f %% of the land\n",
                      100.0 * found->options.contested,
                      100.0 * found->contested_km2 / fmax(found->total_km2, 1e-9));
    }
    (void)fputc('\n', out);
    DRO_TRY(write_nodes(out, found, arena, error));
    (void)fprintf(out, "\nSecond, margin and probability are by %s.\n",
                  hinterland_by_word(found->options.by));
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out, "%s\n", notes[i]);
    }
    return DRO_OK;
}

/* ---- CSV: a row per place
 * ------------------------------------------------------------
 */

static void csv_choice(FILE *out, const dro_hinterland *found,
                       const dro_hinterland_place *place, dro_chain_by by) {
    const dro_port_choice *choice = &place->by[by];
    dro_csv_write(out, hinterland_port_code(found, choice->port), false);
    dro_csv_number(out, choice->value, 3, false);
    dro_csv_write(out, hinterland_port_code(found, choice->second), false);
    dro_csv_number(out, choice->second_value, 3, false);
    dro_csv_number(out, 100.0 * choice->margin, 3, false);
}

void hinterland_csv(FILE *out, const dro_hinterland *found) {
    (void)fputs("kind,id,name,lat,lon,km2,"
                "fastest,h,fastest_second,second_h,fastest_margin_pct,"
                "cheapest,usd,cheapest_second,second_usd,cheapest_margin_pct,"
                "best,generalised_usd,best_second,second_generalised_usd,"
                "best_margin_pct,contested,probability\n",
                out);
    for (size_t i = 0; i < found->node_count + found->cell_count; i++) {
        const dro_hinterland_place *place = &found->places[i];
        bool node = place->node >= 0;
        size_t thing = node ? (size_t)place->node : 0;
        dro_csv_write(out, node ? "node" : "cell", false);
        dro_csv_write(out, node ? dro_facts_id(found->facts, DRO_KIND_NODE, thing) : "",
                      false);
        dro_csv_write(
            out, node ? dro_facts_name(found->facts, DRO_KIND_NODE, thing) : "", false);
        dro_csv_number(out, place->at.lat_deg, 4, false);
        dro_csv_number(out, place->at.lon_deg, 4, false);
        dro_csv_number(out, node ? (double)NAN : place->area_km2, 1, false);
        csv_choice(out, found, place, DRO_CHAIN_BY_TIME);
        csv_choice(out, found, place, DRO_CHAIN_BY_COST);
        csv_choice(out, found, place, DRO_CHAIN_BY_GENERALISED);
        dro_csv_write(out,
                      dro_hinterland_contested(found, place, found->options.by) ? "yes"
                                                                                : "no",
                      false);
        dro_csv_number(out, place->probability, 4, true);
    }
}
