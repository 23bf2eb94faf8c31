/*
 * Where the tables are.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/atlas_state.h"
#include "base/quote.h"

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

static bool has_tables(const char *directory) {
    char path[DRO_PATH_MAX];
    return dro_atlas_path(directory, "ports.csv", path, NULL) == DRO_OK &&
           access(path, R_OK) == 0;
}

static dro_status take(const char *directory, char *path, size_t size,
                       dro_error *error) {
    size_t length = strlen(directory);
    if (length >= size) {
        return dro_fail(error, DRO_LIMIT,
                        "the folder's path has %zu bytes, more than %zu", length,
                        size - 1);
    }
    memcpy(path, directory, length + 1);
    return DRO_OK;
}

static dro_status take_named(const char *directory, const char *by, char *path,
                             size_t size, dro_error *error) {
    if (has_tables(directory)) {
        return take(directory, path, size, error);
    }
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_NOT_FOUND, "%s %s has no ports.csv", by,
                    dro_quote(directory, quoted));
}

/* $XDG_DATA_HOME/derrotero; "" where there is neither that nor a home. */
static void xdg_folder(char *folder, size_t size) {
    const char *data = getenv("XDG_DATA_HOME"); /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");          /* NOLINT(concurrency-*) */
    int length = 0;
    if (data != NULL && data[0] == '/') {
        length = snprintf(folder, size, "%s/derrotero", data);
    } else if (home != NULL && home[0] != '\0') {
        length = snprintf(folder, size, "%s/.local/share/derrotero", home);
    }
    if (length <= 0 || (size_t)length >= size) {
        folder[0] = '\0';
    }
}

dro_status dro_atlas_locate(const char *given, char *path, size_t size,
                            dro_error *error) {
    if (given != NULL) {
        return take_named(given, "folder", path, size, error);
    }
    const char *named = getenv("DERROTERO_DATA"); /* NOLINT(concurrency-*) */
    if (named != NULL && named[0] != '\0') {
        return take_named(named, "DERROTERO_DATA", path, size, error);
    }
    char xdg[DRO_PATH_MAX];
    xdg_folder(xdg, sizeof xdg);
    const char *const folders[] = {DRO_DATA_BUILD, xdg, DRO_DATA_INSTALLED};
    dro_text tried = {.limit = 0};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        if (folders[i][0] == '\0') {
            continue;
        }
        if (has_tables(folders[i])) {
            dro_text_free(&tried);
            return take(folders[i], path, size, error);
        }
        (void)dro_text_add(&tried, "%s%s", tried.length == 0 ? "" : ", ", folders[i]);
    }
    dro_status status =
        dro_fail(error, DRO_NOT_FOUND,
                 "no tables found (a folder with ports.csv); tried %s: give --data or "
                 "DERROTERO_DATA",
                 tried.data == NULL ? "nothing" : tried.data);
    dro_text_free(&tried);
    return status;
}
