/* Links through narrows between waters that the clearance parts. */
#ifndef CHART_LINKS_H
#define CHART_LINKS_H

#include "chart/lines.h"

dro_status links_find(const coast *shore, const water *sea, const edge_index *index,
                      const dro_atlas *atlas, unsigned threads,
                      const dro_progress *progress, lines *lines, dro_error *error);

/* Which waters can be reached from the sea over the lines? One flag a component. */
dro_status links_reached(const water *w, const lines *l, unsigned char **out,
                         dro_error *error);

#endif
