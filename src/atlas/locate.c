/*
 * Where the tables are.
 */
#include "atlas/atlas_state.h"
#include "base/folder_find.h"

#ifndef DRO_DATA_BUILD
#define DRO_DATA_BUILD ""
#endif
#ifndef DRO_DATA_INSTALLED
#define DRO_DATA_INSTALLED "/usr/share/derrotero"
#endif

dro_status dro_atlas_path(const char *directory, const char *file, char *path,
                          dro_error *error) {
    int length = snprintf(path, DRO_PATH_MAX, "%s/%s", directory, file);
    if (length < 0 || length >= DRO_PATH_MAX) {
        return dro_fail(error, DRO_LIMIT, "the path of %s is longer than %d bytes",
                        file, DRO_PATH_MAX - 1);
    }
    return DRO_OK;
}

dro_status dro_atlas_locate(const char *given, char *path, size_t size,
                            dro_error *error) {
    static const dro_folder_search tables = {.file = "ports.csv",
                                             .given_by = "folder",
                                             .variable = "DERROTERO_DATA",
                                             .build = DRO_DATA_BUILD,
                                             .below_xdg = "derrotero",
                                             .installed = DRO_DATA_INSTALLED,
                                             .needed = "tables",
                                             .advice = "give --data or DERROTERO_DATA"};
    return dro_folder_find(&tables, given, path, size, error);
}
