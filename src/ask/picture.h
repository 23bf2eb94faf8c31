/* Maps on their way out. */
#ifndef DRO_ASK_PICTURE_H
#define DRO_ASK_PICTURE_H

#include "ask/map_picture.h"

/* The land of maps: the context's, or opened here. */
typedef struct dro_ask_land {
    const dro_land *land; /* or NULL */
    dro_land *own;
} dro_ask_land;
/* No land file is no failure, and said; a damaged one is. */
dro_status dro_ask_land_open(const dro_ask_context *context, const dro_ask_asked *asked,
                             dro_ask_land *out, dro_error *error);
void dro_ask_land_close(dro_ask_land *land);

/* Puts land under the picture and writes it, DRO_FORMAT_SVG or _HTML. */
dro_status dro_ask_picture_write(const dro_ask_context *context,
                                 const dro_ask_asked *asked, FILE *out,
                                 dro_picture *picture, dro_error *error);
/* One voyage with its alternatives. */
dro_status dro_ask_picture_voyage(const dro_ask_context *context,
                                  const dro_ask_asked *asked, FILE *out,
                                  const dro_voyage *voyage, dro_error *error);

#endif
