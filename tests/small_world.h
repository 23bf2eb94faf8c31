/*
 * The tables that go with the chart of fake_chart.h, and cases on them, written to
 * /tmp. Include check_main.h first.
 */
#ifndef DRO_TESTS_SMALL_WORLD_H
#define DRO_TESTS_SMALL_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/network.h"

#define SMALL_ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define SMALL_TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"

/* How a case of it begins. */
#define SMALL_CASE_HEAD                                                       \
    "case: test\ncorridors: no\ntables: " SMALL_TABLES "\ncommodity: goods\n" \
    "scenario: now\nscenarios:\n"

/* A case with a scenario, one where the canal is closed, one where a mine is cut off.
 */
#define SMALL_CASE                                              \
    SMALL_CASE_HEAD                                             \
    "  now: {date: 2024-06-01}\n"                               \
    "  closed: {title: Canal closed, extends: now,\n"           \
    "           edits: [{close: {passage: [cut, cut-old]}}]}\n" \
    "  cut-off: {extends: now, edits: [{close: {link: road-mine-west}}]}\n"
#define SMALL_CLAIMS                                                 \
    "claims:\n"                                                      \
    "  - id: quick\n"                                                \
    "    says: The way takes less than a year.\n"                    \
    "    measure: {chain: {from: mine, to: XBEST, scenario: now}}\n" \
    "    is: {less-than: 365}\n"

static inline dro_session *small_session(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_session *session = NULL;
    options.data = SMALL_ATLAS;
    ck_assert_msg(dro_session_open(&options, &session, &error) == DRO_OK, "%s",
                  error.message);
    return session;
}

/* A case of one file; `path` ends in XXXXXX, and is to be unlinked. */
static inline void small_case_file(char *path, const char *text) {
    size_t length = strlen(text);
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq((int)write(file, text, length), (int)length);
    ck_assert_int_eq(close(file), 0);
}

static inline void small_write(const char *folder, const char *name, const char *text) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* A folder with the case and its claims; `folder` ends in XXXXXX. */
static inline void small_case_begin(char *folder) {
    ck_assert_ptr_nonnull(mkdtemp(folder));
    small_write(folder, "case.yaml", SMALL_CASE);
    small_write(folder, "claims.yaml", SMALL_CLAIMS);
}

static inline void small_case_end(const char *folder) {
    static const char *const names[] = {"case.yaml", "claims.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

#endif
