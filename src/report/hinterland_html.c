/* A hinterland as one page that asks nothing of a network: the map, then every node. */
#include <math.h>

#include "report/hinterland.h"

static const char HEAD[] =
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n";

static const char PAGE_STYLE[] =
    "<style>body{margin:0 auto;max-width:1240px;padding:0 20px 30px;background:#fff;"
    "color:#1c2733;font:15px/1.4 system-ui,'Segoe UI',Helvetica,Arial,"
    "'Liberation Sans','DejaVu Sans',sans-serif}h1{margin:18px 0 2px;font-size:27px}"
    "h2{font-size:18px;margin:26px 0 6px}p{margin:3px 0;color:#4b5a68}"
    "svg{width:100%;height:auto}.scroll{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-size:13px;"
    "font-variant-numeric:tabular-nums}"
    "th,td{text-align:left;padding:3px 8px;border-bottom:1px solid #d5dde4}"
    "th{color:#4b5a68;font-weight:600;vertical-align:bottom}"
    "td.n,th.n{text-align:right}tr.close td{background:#fff6dc}"
    "@media print{body{max-width:none;font-size:11px}svg{max-height:24cm}"
    "tr{break-inside:avoid}}</style>\n";

static void add_cell(dro_ink *ink, const char *text) {
    dro_ink_raw(ink, "<td>");
    dro_ink_text(ink, text);
    dro_ink_raw(ink, "</td>");
}

static void add_number(dro_ink *ink, double value, int decimals) {
    char text[64];
    dro_ink_add(ink, "<td class=\"n\">%s</td>",
                dro_report_grouped(value, decimals, text, sizeof text));
}

static void add_choice(dro_ink *ink, const dro_hinterland *found,
                       const dro_hinterland_place *place, dro_chain_by by) {
    const dro_port_choice *choice = &place->by[by];
    add_cell(ink, hinterland_port_name(found, choice->port));
    add_number(ink, hinterland_shown(choice->value, by),
               by == DRO_CHAIN_BY_TIME ? 1 : 0);
}

static void add_row(dro_ink *ink, const dro_hinterland *found,
                    const dro_hinterland_place *place) {
    dro_chain_by by = found->options.by;
    dro_ink_raw(ink, dro_hinterland_contested(found, place, by) ? "<tr class=\"close\">"
                                                                : "<tr>");
    add_cell(ink, dro_facts_name(found->facts, DRO_KIND_NODE, (size_t)place->node));
    add_cell(ink, dro_facts_text(found->facts, (size_t)place->node, DRO_NODE_COUNTRY));
    add_choice(ink, found, place, DRO_CHAIN_BY_TIME);
    add_choice(ink, found, place, DRO_CHAIN_BY_COST);
    add_choice(ink, found, place, DRO_CHAIN_BY_GENERALISED);
    add_cell(ink, hinterland_port_name(found, place->by[by].second));
    add_number(ink, 100.0 * place->by[by].margin, 1);
    add_number(ink, 100.0 * place->probability, 0);
    dro_ink_raw(ink, "</tr>\n");
}

static void add_table(dro_ink *ink, const dro_hinterland *found) {
    dro_ink_add(ink,
                "<h2>From every node, per %s</h2>\n<p>Second, margin and "
                "probability are by ",
                hinterland_unit_word(found));
    dro_ink_raw(ink, hinterland_by_word(found->options.by));
    dro_ink_add(ink,
                "; rows with a second port within %.0f %% are marked.</p>\n"
                "<div class=\"scroll\"><table>\n<thead><tr><th>From</th><th></th>"
                "<th>Fastest</th><th class=\"n\">days</th><th>Cheapest</th>"
                "<th class=\"n\">USD</th><th>Least generalised cost</th>"
                "<th class=\"n\">USD</th><th>Second</th><th class=\"n\">margin, "
                "%%</th><th class=\"n\">",
                100.0 * found->options.contested);
    dro_ink_text(ink, hinterland_port_name(found, 0));
    dro_ink_raw(ink, " wins, %</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < found->node_count; i++) {
        add_row(ink, found, &found->places[i]);
    }
    dro_ink_raw(ink, "</tbody></table></div>\n");
}

static void add_line(dro_ink *ink, const char *tag, dro_text *text) {
    dro_ink_add(ink, "<%s>", tag);
    dro_ink_text(ink, text->data);
    dro_ink_add(ink, "</%s>\n", tag);
    dro_text_free(text);
}

dro_status hinterland_html(dro_ink *ink, const dro_hinterland *found,
                           const dro_report_about *about, dro_error *error) {
    char notes[HINTERLAND_NOTES][400];
    size_t count = hinterland_notes(found, about, notes);
    dro_text title = {0}, again = {0}, subtitle = {0};
    hinterland_title(found, about, &title);
    hinterland_title(found, about, &again);
    hinterland_subtitle(found, about, &subtitle);
    dro_ink_raw(ink, "<!doctype html>\n<html lang=\"en\">\n<head>\n");
    dro_ink_raw(ink, HEAD);
    add_line(ink, "title", &title);
    dro_ink_raw(ink, PAGE_STYLE);
    dro_ink_raw(ink, "</head>\n<body>\n");
    add_line(ink, "h1", &again);
    add_line(ink, "p", &subtitle);
    DRO_TRY(hinterland_svg(ink, found, about, false, error));
    for (size_t i = 0; i < count; i++) {
        dro_ink_raw(ink, "<p>");
        dro_ink_text(ink, notes[i]);
        dro_ink_raw(ink, "</p>\n");
    }
    add_table(ink, found);
    dro_ink_raw(ink, "</body>\n</html>\n");
    return DRO_OK;
}
