/* Voyages as routes and marks of one map: the lines, the ends, the passages where they
 * are crossed, those that were to be avoided, and what has to be said about them. */
#ifndef DERROTERO_CLI_MAP_PICTURE_H
#define DERROTERO_CLI_MAP_PICTURE_H

#include "cli/cli.h"
#include "derrotero/picture.h"

typedef struct cli_map_route {
    const dro_voyage *voyage; /* its best itinerary is drawn */
    const char *label;        /* NULL: "FROM to TO" */
} cli_map_route;

/* Fills routes, marks, notes and attribution; all in the arena or borrowed. Land,
 * titles and view are the caller's. */
dro_status cli_map_picture(const cli *all, const cli_map_route *routes, size_t count,
                           dro_arena *arena, dro_picture *out, dro_error *error);

#endif
