/*
 * The world's chart and the cases of the program, for tests that are not content with
 * an invented world.
 */
#ifndef DRO_TESTS_REAL_WORLD_H
#define DRO_TESTS_REAL_WORLD_H

#include "derrotero/case.h"

typedef struct real_world {
    dro_atlas *atlas;
    dro_chart *chart;
} real_world;

/* false, and the reason is printed, where there is no chart or DRO_TEST_QUICK is set;
 * closing is right then too. */
bool real_world_open(real_world *out);
void real_world_close(real_world *world);

typedef struct real_case {
    dro_session *session;
    dro_case *study;
} real_case;

/* cases/`name`; exits with 77 (skipped), saying why, where it cannot be opened or
 * DRO_TEST_QUICK is set. */
void real_case_open(const char *name, real_case *out);
void real_case_close(real_case *real);

#endif
