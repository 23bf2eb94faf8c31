#include "support/real_world.h"

#include <stdio.h>
#include <stdlib.h>

static dro_status open_files(real_world *w, dro_error *error) {
    char folder[1024], path[1024];
    DRO_TRY(dro_atlas_locate(NULL, folder, sizeof folder, error));
    DRO_TRY(dro_atlas_load(folder, &w->atlas, error));
    DRO_TRY(dro_chart_locate(NULL, path, sizeof path, error));
    return dro_chart_open(path, w->atlas, &w->chart, error);
}

bool real_world_open(real_world *out) {
    dro_error error = DRO_ERROR_INIT;
    *out = (real_world){NULL, NULL};
    if (getenv("DRO_TEST_QUICK")) {
        (void)printf("skip the world's chart: DRO_TEST_QUICK\n");
        return false;
    }
    if (open_files(out, &error) != DRO_OK) {
        (void)printf("skip the world's chart: %s\n", error.message);
        return false;
    }
    return true;
}

void real_world_close(real_world *world) {
    dro_chart_close(world->chart);
    dro_atlas_destroy(world->atlas);
}

void real_case_open(const char *name, real_case *out) {
    static const dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_error error = DRO_ERROR_INIT;
    char folder[1024];
    if (getenv("DRO_TEST_QUICK")) {
        (void)printf("takes the world's chart and too long for DRO_TEST_QUICK\n");
        exit(77);
    }
    (void)snprintf(folder, sizeof folder, "%s/cases/%s", DRO_TEST_SOURCE_DIR, name);
    if (dro_session_open(&options, &out->session, &error) != DRO_OK ||
        dro_case_open(out->session, folder, &out->study, &error) != DRO_OK) {
        (void)printf("%s\n", error.message);
        exit(77);
    }
}

void real_case_close(real_case *real) {
    dro_case_close(real->study);
    dro_session_release(real->session);
}
