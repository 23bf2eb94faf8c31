/*
 * Lines of text on a sheet of SVG.
 */
#ifndef DRO_REPORT_SHEET_H
#define DRO_REPORT_SHEET_H

#include "report/ink.h"

void dro_sheet_open_text(dro_ink *ink, const char *class, const char *anchor, double x,
                         double y);
void dro_sheet_text(dro_ink *ink, const char *class, const char *anchor, double x,
                    double y, const char *text);
/* Its first bytes. */
void dro_sheet_bytes(dro_ink *ink, const char *class, double x, double y,
                     const char *text, size_t count);
/* Writes a text in lines of a width, from y downwards; returns the number of lines.
 * Without ink it only counts. */
size_t dro_sheet_wrapped(dro_ink *ink, const char *class, double x, double y,
                         double font_px, double width, const char *text);

#endif
