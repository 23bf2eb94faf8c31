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
#include <stdio.h>
#include <stdlib.h>

static inline SRunner *check_ran(Suite *suite, enum fork_status fork) {
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, fork);
    srunner_run_all(runner, CK_ENV);
    return runner;
}

/* For a suite of its own making: the program's exit code. */
static inline int check_run(Suite *suite) {
    SRunner *runner = check_ran(suite, CK_FORK_GETENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The same in this process: for what is opened once and shared by all tests. */
static inline int check_run_unforked(Suite *suite) {
    SRunner *runner = check_ran(suite, CK_NOFORK);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The same with tests that were left out: the last line counts them. */
static inline int check_run_skipping(Suite *suite, int skipped) {
    SRunner *runner = check_ran(suite, CK_FORK_GETENV);
    int failed = srunner_ntests_failed(runner), run = srunner_ntests_run(runner);
    srunner_free(runner);
    (void)printf("%d passed, %d failed, %d skipped\n", run - failed, failed, skipped);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Before and after each test: set_up, tear_down. */
static inline int check_main_with(const char *name, SFun set_up, SFun tear_down,
                                  const TTest *const *tests) {
    Suite *suite = suite_create(name);
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    for (; *tests != NULL; tests++) {
        tcase_add_test(all, *tests);
    }
    suite_add_tcase(suite, all);
    return check_run(suite);
}

static inline int check_main(const char *name, const TTest *const *tests) {
    return check_main_with(name, NULL, NULL, tests);
}

#endif
