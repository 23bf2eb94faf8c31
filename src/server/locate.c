/* Where the web folder is; the order is that of the tables (atlas.h). */
#include "base/folder_find.h"
#include "derrotero/server.h"

#ifndef DRO_WEB_BUILD
#define DRO_WEB_BUILD ""
#endif
#ifndef DRO_DATA_INSTALLED
#define DRO_DATA_INSTALLED "/usr/share/derrotero"
#endif

dro_status dro_server_locate_web(const char *given, char *path, size_t size,
                                 dro_error *error) {
    static const dro_folder_search web = {.file = "index.html",
                                          .given_by = "--web",
                                          .variable = "DERROTERO_WEB",
                                          .build = DRO_WEB_BUILD,
                                          .below_xdg = "derrotero/web",
                                          .installed = DRO_DATA_INSTALLED "/web"};
    return dro_folder_find(&web, given, path, size, error);
}
