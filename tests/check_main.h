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

/* One suite with one case of all the tests. */
static inline Suite *check_suite(const char *name, const TTest *const *tests,
                                 TCase **out) {
    Suite *suite = suite_create(name);
    *out = tcase_create("all");
    for (; *tests != NULL; tests++) {
        tcase_add_test(*out, *tests);
    }
    suite_add_tcase(suite, *out);
    return suite;
}

/* Before and after each test: set_up, tear_down. */
static inline int check_main_with(const char *name, SFun set_up, SFun tear_down,
                                  const TTest *const *tests) {
    TCase *all = NULL;
    Suite *suite = check_suite(name, tests, &all);
    tcase_add_checked_fixture(all, set_up, tear_down);
    return check_run(suite);
}

/* Before the first and after the last. */
static inline int check_main_once(const char *name, SFun set_up, SFun tear_down,
                                  const TTest *const *tests) {
    TCase *all = NULL;
    Suite *suite = check_suite(name, tests, &all);
    tcase_add_unchecked_fixture(all, set_up, tear_down);
    return check_run(suite);
}

/* Each test may take so many seconds; set_up and tear_down as above, or NULL. */
static inline int check_main_slow(const char *name, double seconds, SFun set_up,
                                  SFun tear_down, const TTest *const *tests) {
    TCase *all = NULL;
    Suite *suite = check_suite(name, tests, &all);
    tcase_set_timeout(all, seconds);
    tcase_add_checked_fixture(all, set_up, tear_down);
    return check_run(suite);
}

static inline int check_main(const char *name, const TTest *const *tests) {
    return check_main_with(name, NULL, NULL, tests);
}

#endif
