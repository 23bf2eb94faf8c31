/* A voyage as input of the map writers. */
#ifndef DERROTERO_CLI_PICTURE_H
#define DERROTERO_CLI_PICTURE_H

#include "cli/cli.h"

/* DRO_FORMAT_SVG or _HTML; without a land file only the graticule is drawn. */
dro_status cli_picture_voyage(FILE *out, dro_format format, const dro_voyage *voyage,
                              dro_arena *arena, dro_error *error);

#endif
