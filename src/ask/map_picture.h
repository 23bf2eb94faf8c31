/* Voyages as routes and marks of one map: the lines, the ends, the passages where they
 * are crossed, those that were to be avoided, and what has to be said about them. */
#ifndef DRO_ASK_MAP_PICTURE_H
#define DRO_ASK_MAP_PICTURE_H

#include "ask/ask.h"

typedef struct dro_ask_map_route {
    const dro_voyage *voyage; /* its best itinerary is drawn */
    const char *label;        /* NULL: "FROM to TO" */
} dro_ask_map_route;

/* Fills routes, marks, notes and attribution; all in the arena or borrowed. Land,
 * titles and view are the caller's. */
dro_status dro_ask_map_picture(dro_session *session, const dro_ask_map_route *routes,
                               size_t count, dro_arena *arena, dro_picture *out,
                               dro_error *error);

#endif
