/* Where a folder of the program's is: of tables, of the web map. */
#ifndef DRO_BASE_FOLDER_FIND_H
#define DRO_BASE_FOLDER_FIND_H

#include "derrotero/base.h"

typedef struct dro_folder_search {
    const char *file;     /* that it is known by: "ports.csv" */
    const char *given_by; /* how messages call one that is given: "--web" */
    const char *variable; /* of the environment: "DERROTERO_WEB" */
    /* The usual ones, in this order; "": none. */
    const char *build;     /* of the build tree */
    const char *below_xdg; /* in $XDG_DATA_HOME or ~/.local/share: "derrotero/web" */
    const char *installed;
    const char *needed; /* "tables": none found is DRO_NOT_FOUND; NULL: path is "" */
    const char *advice; /* how to say where they are: "give --data or ..." */
} dro_folder_search;

/* The one that is given (or NULL), else that of the variable, else the first usual one
 * that has the file. DRO_NOT_FOUND where the given one or the variable's has no such
 * file, DRO_LIMIT where the path does not fit. */
dro_status dro_folder_find(const dro_folder_search *search, const char *given,
                           char *path, size_t size, dro_error *error);

#endif
