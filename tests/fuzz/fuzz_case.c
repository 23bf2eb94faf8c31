/*
 * case.yaml as bytes, over the small tables of tests/fixtures/case. Whatever is
 * accepted is then applied, scenario by scenario, and compared with the tables.
 */
#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"

/* Relative names of the input mean the fixture's folder. The file is of this process:
 * fuzzers run beside one another. */
static char path[64];

static dro_session *open_session(void) {
    dro_session *session = NULL;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    options.without_chart = true;
    if (dro_session_open(&options, &session, NULL) != DRO_OK || chdir(TABLES) != 0) {
        abort();
    }
    (void)snprintf(path, sizeof path, "/tmp/derrotero-fuzz-case-%ld.yaml",
                   (long)getpid());
    return session;
}

static void put(const uint8_t *data, size_t size) {
    static const char head[] = "corridors: no\ntables: " TABLES "\n";
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, head, sizeof head - 1) != (ssize_t)sizeof head - 1 ||
        write(file, data, size) != (ssize_t)size || close(file) != 0) {
        abort();
    }
}

static void use(const dro_case *study, dro_arena *arena) {
    for (size_t i = 0; i < dro_case_scenarios(study) && i < 8; i++) {
        dro_scenario scenario;
        dro_facts *facts = NULL;
        dro_difference *rows = NULL;
        size_t count = 0;
        dro_error error = DRO_ERROR_INIT;
        dro_case_scenario(study, i, &scenario);
        dro_status status = dro_case_apply(study, scenario.id, NULL, &facts, &error);
        if (status != DRO_OK) { /* only some of the edits may be in force */
            assert(error.message[0] != '\0');
            continue;
        }
        assert(dro_case_diff(dro_case_facts(study), facts, arena, &rows, &count,
                             NULL) == DRO_OK);
        dro_facts_destroy(facts);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static dro_session *session;
    dro_arena *arena = NULL;
    dro_case *study = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (session == NULL) {
        session = open_session();
    }
    put(data, size);
    if (dro_arena_create(&arena, NULL) != DRO_OK) {
        abort();
    }
    dro_status status = dro_case_open(session, path, &study, &error);
    if (status == DRO_OK) {
        use(study, arena);
    } else {
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        assert(status != DRO_INTERNAL && status != DRO_USAGE && status != DRO_NOMEM);
    }
    dro_case_close(study);
    dro_arena_destroy(arena);
    (void)unlink(path);
    return 0;
}
