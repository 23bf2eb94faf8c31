/*
 * Markup written into a dro_text. The first failure sticks in `status` and makes the
 * rest do nothing, so that a drawing reads as a list of what it draws.
 */
#ifndef DRO_REPORT_INK_H
#define DRO_REPORT_INK_H

#include "report/paths.h"

typedef struct dro_ink {
    dro_text *text;
    dro_status status;
} dro_ink;

void dro_ink_add(dro_ink *ink, const char *format, ...) DRO_PRINTF(2, 3);
/* As it is. */
void dro_ink_raw(dro_ink *ink, const char *text);
/* As the text or a quoted attribute of XML and HTML: & < > " ' become references;
 * broken UTF-8, control characters (white space apart) and non-characters U+FFFD.
 * NULL is nothing. */
void dro_ink_text(dro_ink *ink, const char *text);
/* As a JSON string with its quotes that may stand in an HTML script: < > & and the
 * line separators are written \uXXXX too. */
void dro_ink_json(dro_ink *ink, const char *text);
/* A number of JSON with so many digits after the point; null unless finite. */
void dro_ink_json_number(dro_ink *ink, double value, int digits);

/* A pixel coordinate to a tenth. */
void dro_ink_px(dro_ink *ink, double value);
/* <rect class="..." ...> */
void dro_ink_rect(dro_ink *ink, const char *class, dro_frame box);
/* All runs as the data of an SVG path, each run closed or open. */
void dro_ink_path(dro_ink *ink, const dro_paths *paths, bool closed);

void dro_ink_base64(dro_ink *ink, const uint8_t *bytes, size_t count);

/* Figures for people: "9,253 nm", "23.1 days", "1.24 M USD", "812,000 USD",
 * "2,345 t"; "–" where unknown (not finite or negative). */
#define DRO_FIGURE_MAX 48
typedef struct dro_figure {
    char text[DRO_FIGURE_MAX];
} dro_figure;
dro_figure dro_figure_nm(double nm);
dro_figure dro_figure_days(double hours);
dro_figure dro_figure_usd(double usd);
dro_figure dro_figure_t(double tonnes);
bool dro_figure_known(double value);

/* The figures of a route, as columns of a table. */
typedef enum dro_column {
    DRO_COLUMN_NM,
    DRO_COLUMN_DAYS,
    DRO_COLUMN_USD,
    DRO_COLUMN_CO2,
    DRO_COLUMN_COUNT
} dro_column;

dro_figure dro_figure_of(const dro_picture_route *route, int column);
/* "23.2–25.0", without unit; "" where there is none. */
dro_figure dro_figure_range_of(const dro_picture_route *route, int column);
/* Does any route know it? */
bool dro_figure_column(const dro_picture *picture, int column);

#endif
