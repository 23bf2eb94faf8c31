/*
 * Edits given inline, as bytes, on top of a scenario of the small case of
 * tests/fixtures/case. What is accepted leaves facts that settle, and the case as it
 * was; what is not says so in one line.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses some of its own memory after some syntax errors. */
const char *__lsan_default_suppressions(void) {
    return "leak:libfyaml";
}

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"

static const char text[] = "case: test\ncorridors: no\ntables: " TABLES
                           "\nscenarios:\n  now: {date: 2024-06-01}\n";

static dro_case *open_case(void) {
    char path[] = "/tmp/derrotero-fuzz-edits-XXXXXX";
    dro_session *session = NULL;
    dro_case *study = NULL;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    options.without_chart = true;
    int file = mkstemp(path);
    if (file < 0 || write(file, text, sizeof text - 1) != (ssize_t)sizeof text - 1 ||
        close(file) != 0 || dro_session_open(&options, &session, NULL) != DRO_OK ||
        dro_case_open(session, path, &study, NULL) != DRO_OK) {
        abort();
    }
    (void)unlink(path);
    dro_session_release(session); /* the case holds it */
    return study;
}

static size_t differences(const dro_facts *was, const dro_facts *is) {
    dro_arena *arena = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    if (dro_arena_create(&arena, NULL) != DRO_OK ||
        dro_case_diff(was, is, arena, &rows, &count, NULL) != DRO_OK) {
        abort();
    }
    dro_arena_destroy(arena);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static dro_case *study;
    static dro_facts *before;
    dro_facts *facts = NULL, *plain = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (study == NULL) {
        study = open_case();
        if (dro_case_apply(study, "now", NULL, &before, NULL) != DRO_OK) {
            abort();
        }
    }
    dro_status status =
        dro_case_edit(study, "now", (const char *)data, size, "edits", &facts, &error);
    if (status == DRO_OK) {
        (void)differences(before, facts);
        assert(dro_facts_settle(facts, &error) == DRO_OK);
        assert(dro_case_apply(study, "now", NULL, &plain, NULL) == DRO_OK);
        assert(differences(before, plain) == 0);
    } else {
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        assert(status != DRO_INTERNAL && status != DRO_USAGE && status != DRO_NOMEM);
        assert(facts == NULL);
    }
    dro_facts_destroy(facts);
    dro_facts_destroy(plain);
    return 0;
}
