/* The version of the data: a hash of all that answers are made of. The tables and the
 * cases are read once more for it, when the server starts. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "server/api.h"

#ifndef DRO_VERSION
#define DRO_VERSION "unversioned"
#endif

#define PATH_BYTES 4096
#define DEPTH_MAX  8
#define FILE_MAX   ((size_t)256 << 20)

static dro_status hash_path(const char *path, int depth, uint64_t *hash,
                            dro_error *error);

static dro_status hash_file(const char *path, uint64_t *hash, dro_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    DRO_TRY(dro_file_read(path, FILE_MAX, &bytes, &length, error));
    *hash = dro_hash64(bytes, length, *hash);
    dro_free(bytes);
    return DRO_OK;
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* By name, whatever order the system has. */
static dro_status hash_folder(const char *folder, int depth, uint64_t *hash,
                              dro_error *error) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, visible, alphasort);
    dro_status status =
        count < 0 ? dro_fail(error, DRO_IO, "cannot read %s", folder) : DRO_OK;
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (status == DRO_OK && length > 0 && (size_t)length < sizeof path) {
            *hash = dro_hash64(entries[i]->d_name, strlen(entries[i]->d_name), *hash);
            status = hash_path(path, depth + 1, hash, error);
        }
        free(entries[i]);
    }
    free((void *)entries);
    return status;
}

static dro_status hash_path(const char *path, int depth, uint64_t *hash,
                            dro_error *error) {
    struct stat about;
    if (depth > DEPTH_MAX || stat(path, &about) != 0) {
        return DRO_OK;
    }
    return S_ISDIR(about.st_mode)   ? hash_folder(path, depth, hash, error)
           : S_ISREG(about.st_mode) ? hash_file(path, hash, error)
                                    : DRO_OK;
}

dro_status srv_api_hash(dro_session *session, dro_store *store, uint64_t *out,
                        dro_error *error) {
    dro_chart_info chart;
    dro_chart_get_info(dro_session_chart(session), &chart);
    uint64_t hash = dro_hash64(DRO_VERSION, strlen(DRO_VERSION), chart.source_hash);
    hash = dro_hash64(&chart.atlas_hash, sizeof chart.atlas_hash, hash);
    hash = dro_hash64(chart.built, strlen(chart.built), hash);
    DRO_TRY(hash_path(dro_session_data(session), 0, &hash, error));
    for (size_t i = 0; i < dro_store_cases(store); i++) {
        const char *folder = dro_case_folder(dro_store_case(store, i));
        DRO_TRY(hash_path(folder, 0, &hash, error));
    }
    *out = hash;
    return DRO_OK;
}
