/* What the endpoints share: cases that are open, the land of maps, the data's version.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "server/api.h"

#define PATH_BYTES       4096
#define CLAIMS_BYTES_MAX ((size_t)1 << 20) /* of a file in YAML */

/* ---- cases ----------------------------------------------------------------------- */

static bool has_case(const char *folder) {
    char path[PATH_BYTES];
    struct stat about;
    int length = snprintf(path, sizeof path, "%s/case.yaml", folder);
    return length > 0 && (size_t)length < sizeof path && stat(path, &about) == 0;
}

static dro_status open_case(srv_api *api, const char *given, dro_error *error) {
    const dro_case *opened = NULL;
    return dro_store_open(api->store, given, &opened, error);
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.' && strcmp(entry->d_name, DRO_CASE_DEFAULT) != 0;
}

/* Those in a folder that is not there are none. */
static dro_status open_folder(srv_api *api, const char *folder, dro_error *error) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, visible, alphasort);
    dro_status status = DRO_OK;
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (status == DRO_OK && length > 0 && (size_t)length < sizeof path &&
            has_case(path)) {
            status = open_case(api, path, error);
        }
        free(entries[i]);
    }
    free((void *)entries);
    return status;
}

/* Where dro_case_locate looks; the default one first, if it is there. */
static dro_status open_all(srv_api *api, dro_error *error) {
    static const char *const folders[] = {"../cases", "cases"};
    char path[PATH_BYTES];
    if (dro_case_locate(api->session, NULL, path, sizeof path, NULL) == DRO_OK) {
        DRO_TRY(open_case(api, path, error));
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int length = snprintf(path, sizeof path, "%s/%s",
                              dro_session_data(api->session), folders[i]);
        if (length > 0 && (size_t)length < sizeof path) {
            DRO_TRY(open_folder(api, path, error));
        }
    }
    return DRO_OK;
}

static dro_status open_cases(srv_api *api, const srv_api_options *options,
                             dro_error *error) {
    DRO_TRY(dro_store_create(api->session, NULL, &api->store, error));
    if (options->case_count == 0) {
        return open_all(api, error);
    }
    for (size_t i = 0; i < options->case_count; i++) {
        DRO_TRY(open_case(api, options->cases[i], error));
    }
    return DRO_OK;
}

/* ---- claims ---------------------------------------------------------------------- */

static dro_status read_claims(srv_api_case *to, dro_error *error) {
    char path[PATH_BYTES];
    struct stat about;
    size_t length = 0;
    int written =
        snprintf(path, sizeof path, "%s/claims.yaml", dro_case_folder(to->of));
    if (written < 0 || (size_t)written >= sizeof path || stat(path, &about) != 0) {
        return DRO_OK;
    }
    DRO_TRY(dro_file_read(path, CLAIMS_BYTES_MAX, &to->owned, &length, error));
    to->claims = (dro_ask_text){to->owned, length, "claims.yaml"};
    return DRO_OK;
}

/* Nothing is read any more once the server listens. */
static dro_status read_all_claims(srv_api *api, dro_error *error) {
    void *cases = NULL;
    size_t count = dro_store_cases(api->store);
    DRO_TRY(dro_new(&cases, count + 1, sizeof *api->cases, "the cases", error));
    api->cases = cases;
    api->case_count = count;
    for (size_t i = 0; i < count; i++) {
        api->cases[i].of = dro_store_case(api->store, i);
        DRO_TRY(read_claims(&api->cases[i], error));
    }
    return DRO_OK;
}

/* ---- all of it ------------------------------------------------------------------- */

/* Maps without land are maps; a damaged file is an error. */
static dro_status open_land(srv_api *api, dro_error *error) {
    char path[PATH_BYTES];
    return dro_land_locate(NULL, path, sizeof path, NULL) == DRO_OK
               ? dro_land_open(path, &api->land, error)
               : DRO_OK;
}

static dro_status open_api(srv_api *api, const srv_api_options *options,
                           dro_error *error) {
    DRO_TRY(open_cases(api, options, error));
    DRO_TRY(read_all_claims(api, error));
    DRO_TRY(open_land(api, error));
    return srv_api_hash(api->session, api->store, &api->data, error);
}

dro_status srv_api_create(const srv_api_options *options, srv_api **out,
                          dro_error *error) {
    srv_api *api = NULL;
    DRO_TRY(dro_new((void **)&api, 1, sizeof *api, "the API", error));
    api->session = dro_session_retain(options->session);
    dro_status status = open_api(api, options, error);
    if (status != DRO_OK) {
        srv_api_destroy(api);
        return status;
    }
    *out = api;
    return DRO_OK;
}

void srv_api_destroy(srv_api *api) {
    if (api != NULL) {
        for (size_t i = 0; i < api->case_count; i++) {
            dro_free(api->cases[i].owned);
        }
        dro_free(api->cases);
        dro_land_close(api->land);
        dro_store_destroy(api->store);
        dro_session_release(api->session);
        dro_free(api);
    }
}

uint64_t srv_api_data(const srv_api *api) {
    return api->data;
}
