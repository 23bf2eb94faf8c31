/*
 * The main function of a Check program:
 *
 *     int main(void) {
 *         const TTest *tests[] = {first, second, NULL};
 *         return check_main("base text", tests);
 *     }
 */
#ifndef DRO_TESTS_CHECK_MAIN_H
#define DRO_TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

/* For a suite with a fixture or a time limit of its own: the program's exit code. */
static inline int check_run(Suite *suite) {
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static inline int check_main(const char *name, const TTest *const *tests) {
    Suite *suite = suite_create(name);
    TCase *all = tcase_create("all");
    for (; *tests != NULL; tests++) {
        tcase_add_test(all, *tests);
    }
    suite_add_tcase(suite, all);
    return check_run(suite);
}

#endif
