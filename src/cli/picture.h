/* Maps on their way out. */
#ifndef DERROTERO_CLI_PICTURE_H
#define DERROTERO_CLI_PICTURE_H

#include "cli/map_picture.h"

/* The land of maps; NULL, and said, where there is no such file. */
dro_status cli_picture_land(const cli *all, dro_land **out, dro_error *error);
/* Opens the land and writes the picture, DRO_FORMAT_SVG or _HTML. No land file is no
 * failure, and said; a damaged one is. */
dro_status cli_picture_write(const cli *all, FILE *out, dro_picture *picture,
                             dro_error *error);
/* One voyage with its alternatives. */
dro_status cli_picture_voyage(const cli *all, FILE *out, const dro_voyage *voyage,
                              dro_arena *arena, dro_error *error);

#endif
