/* Writers of a hinterland, and the words that they share. */
#ifndef DERROTERO_REPORT_HINTERLAND_H
#define DERROTERO_REPORT_HINTERLAND_H

#include "derrotero/report.h"
#include "report/ink.h"

#define HINTERLAND_COLOURS                                    \
    7 /* ports with a colour of their own; the rest share one \
       */

dro_status hinterland_table(FILE *out, const dro_hinterland *found,
                            const dro_report_about *about, dro_arena *arena,
                            dro_error *error);
void hinterland_csv(FILE *out, const dro_hinterland *found);
void hinterland_json(FILE *out, const dro_hinterland *found,
                     const dro_report_about *about);
void hinterland_geojson(FILE *out, const dro_hinterland *found,
                        const dro_report_about *about);
/* The map with its legend as one element <svg>, with its styles. */
dro_status hinterland_svg(dro_ink *ink, const dro_hinterland *found,
                          const dro_report_about *about, bool titles, dro_error *error);
dro_status hinterland_html(dro_ink *ink, const dro_hinterland *found,
                           const dro_report_about *about, dro_error *error);

/* Of result->ports[index]; "" for -1. */
const char *hinterland_port_code(const dro_hinterland *found, int index);
const char *hinterland_port_name(const dro_hinterland *found, int index);
/* "TEU" or "t" */
const char *hinterland_unit_word(const dro_hinterland *found);
/* "generalised cost", "time" */
const char *hinterland_by_word(dro_chain_by by);
/* "Who uses Chancay for Shanghai?" */
void hinterland_title(const dro_hinterland *found, const dro_report_about *about,
                      dro_text *out);
void hinterland_subtitle(const dro_hinterland *found, const dro_report_about *about,
                         dro_text *out);
/* What was assumed, one line each. */
#define HINTERLAND_NOTES 6
size_t hinterland_notes(const dro_hinterland *found, const dro_report_about *about,
                        char notes[HINTERLAND_NOTES][400]);
/* Hours as days; everything else as it is. */
double hinterland_shown(double value, dro_chain_by by);

#endif
