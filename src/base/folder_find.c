/* Where a folder of the program's is. */
#include "base/folder_find.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/quote.h"

#define PATH_BYTES 4096
#define USUAL      3 /* folders */

static bool has_file(const char *folder, const char *file) {
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, file);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

static dro_status take(const char *folder, char *path, size_t size, dro_error *error) {
    size_t length = strlen(folder);
    if (length >= size) {
        return dro_fail(error, DRO_LIMIT,
                        "the folder's path has %zu bytes, more than %zu", length,
                        size - 1);
    }
    memcpy(path, folder, length + 1);
    return DRO_OK;
}

static dro_status take_named(const char *folder, const char *by, const char *file,
                             char *path, size_t size, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    if (has_file(folder, file)) {
        return take(folder, path, size, error);
    }
    return dro_fail(error, DRO_NOT_FOUND, "%s %s has no %s", by,
                    dro_quote(folder, quoted), file);
}

/* Of the XDG base directories; "" where there is neither that nor a home. */
static void xdg_folder(const char *below, char *folder, size_t size) {
    const char *data = getenv("XDG_DATA_HOME"); /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");          /* NOLINT(concurrency-*) */
    int length = 0;
    if (data != NULL && data[0] == '/') {
        length = snprintf(folder, size, "%s/%s", data, below);
    } else if (home != NULL && home[0] != '\0') {
        length = snprintf(folder, size, "%s/.local/share/%s", home, below);
    }
    if (length <= 0 || (size_t)length >= size) {
        folder[0] = '\0';
    }
}

static dro_status none_found(const dro_folder_search *search,
                             const char *const folders[USUAL], dro_error *error) {
    dro_text tried = {.limit = 0};
    for (size_t i = 0; i < USUAL; i++) {
        if (folders[i][0] != '\0') {
            (void)dro_text_add(&tried, "%s%s", tried.length == 0 ? "" : ", ",
                               folders[i]);
        }
    }
    dro_status status =
        dro_fail(error, DRO_NOT_FOUND, "no %s found (a folder with %s); tried %s: %s",
                 search->needed, search->file,
                 tried.data == NULL ? "nothing" : tried.data, search->advice);
    dro_text_free(&tried);
    return status;
}

static dro_status take_usual(const dro_folder_search *search, char *path, size_t size,
                             dro_error *error) {
    char xdg[PATH_BYTES];
    xdg_folder(search->below_xdg, xdg, sizeof xdg);
    const char *const folders[USUAL] = {search->build, xdg, search->installed};
    for (size_t i = 0; i < USUAL; i++) {
        if (folders[i][0] != '\0' && has_file(folders[i], search->file)) {
            return take(folders[i], path, size, error);
        }
    }
    return search->needed != NULL ? none_found(search, folders, error)
                                  : take("", path, size, error);
}

dro_status dro_folder_find(const dro_folder_search *search, const char *given,
                           char *path, size_t size, dro_error *error) {
    const char *named = getenv(search->variable); /* NOLINT(concurrency-*) */
    if (given != NULL) {
        return take_named(given, search->given_by, search->file, path, size, error);
    }
    if (named != NULL && named[0] != '\0') {
        return take_named(named, search->variable, search->file, path, size, error);
    }
    return take_usual(search, path, size, error);
}
