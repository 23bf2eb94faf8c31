/* Where the web folder is; the order is that of the tables (atlas.h). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/quote.h"
#include "derrotero/server.h"

#ifndef DRO_WEB_BUILD
#define DRO_WEB_BUILD ""
#endif
#ifndef DRO_DATA_INSTALLED
#define DRO_DATA_INSTALLED "/usr/share/derrotero"
#endif

#define PATH_BYTES 4096

static bool has_page(const char *folder) {
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/index.html", folder);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

static dro_status take(const char *folder, char *path, size_t size, dro_error *error) {
    int length = snprintf(path, size, "%s", folder);
    return length >= 0 && (size_t)length < size
               ? DRO_OK
               : dro_fail(error, DRO_LIMIT, "the web folder's path is too long");
}

static dro_status take_named(const char *folder, const char *by, char *path,
                             size_t size, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    if (has_page(folder)) {
        return take(folder, path, size, error);
    }
    return dro_fail(error, DRO_NOT_FOUND, "%s %s has no index.html", by,
                    dro_quote(folder, quoted));
}

static void xdg_folder(char *folder, size_t size) {
    const char *data = getenv("XDG_DATA_HOME"); /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");          /* NOLINT(concurrency-*) */
    int length = 0;
    if (data != NULL && data[0] == '/') {
        length = snprintf(folder, size, "%s/derrotero/web", data);
    } else if (home != NULL && home[0] != '\0') {
        length = snprintf(folder, size, "%s/.local/share/derrotero/web", home);
    }
    if (length <= 0 || (size_t)length >= size) {
        folder[0] = '\0';
    }
}

dro_status dro_server_locate_web(const char *given, char *path, size_t size,
                                 dro_error *error) {
    char xdg[PATH_BYTES];
    const char *named = getenv("DERROTERO_WEB"); /* NOLINT(concurrency-*) */
    if (given != NULL) {
        return take_named(given, "--web", path, size, error);
    }
    if (named != NULL && named[0] != '\0') {
        return take_named(named, "DERROTERO_WEB", path, size, error);
    }
    xdg_folder(xdg, sizeof xdg);
    const char *const folders[] = {DRO_WEB_BUILD, xdg, DRO_DATA_INSTALLED "/web"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (folders[i][0] != '\0' && has_page(folders[i])) {
            return take(folders[i], path, size, error);
        }
    }
    path[0] = '\0';
    return DRO_OK;
}
