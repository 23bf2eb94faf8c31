/* Where a folder of the program's is: the order, and what is said where there is none.
 */
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "base/folder_find.h"

#define FIXTURES DRO_TEST_SOURCE_DIR "/tests/fixtures"
#define VARIABLE "DERROTERO_TEST_FOLDER"

static const dro_folder_search tables = {.file = "ports.csv",
                                         .given_by = "--here",
                                         .variable = VARIABLE,
                                         .build = "",
                                         .below_xdg = "atlas",
                                         .installed = "/nowhere",
                                         .needed = "tables",
                                         .advice = "say where"};

static dro_status find(const dro_folder_search *search, const char *given, char *path,
                       dro_error *error) {
    return dro_folder_find(search, given, path, 256, error);
}

static void surroundings(const char *variable, const char *xdg) {
    ck_assert_int_eq(setenv(VARIABLE, variable, 1), 0);
    ck_assert_int_eq(setenv("XDG_DATA_HOME", xdg, 1), 0);
    ck_assert_int_eq(setenv("HOME", "/home/nobody", 1), 0);
}

START_TEST(the_given_one_then_the_variable_then_the_usual_ones) {
    char path[256] = "";
    dro_error error = DRO_ERROR_INIT;
    surroundings(FIXTURES "/atlas", "/elsewhere");
    ck_assert_int_eq(find(&tables, "/given", path, &error), DRO_NOT_FOUND);
    ck_assert_str_eq(error.message, "--here \"/given\" has no ports.csv");
    ck_assert_int_eq(find(&tables, NULL, path, &error), DRO_OK);
    ck_assert_str_eq(path, FIXTURES "/atlas");
    surroundings("/variable", FIXTURES);
    ck_assert_int_eq(find(&tables, NULL, path, &error), DRO_NOT_FOUND);
    ck_assert_str_eq(error.message, VARIABLE " \"/variable\" has no ports.csv");
    surroundings("", FIXTURES);
    path[0] = '\0';
    ck_assert_int_eq(find(&tables, NULL, path, &error), DRO_OK);
    ck_assert_str_eq(path, FIXTURES "/atlas");
}
END_TEST

START_TEST(what_was_tried_is_said) {
    char path[256] = "untouched";
    dro_error error = DRO_ERROR_INIT;
    dro_folder_search optional = tables;
    surroundings("", "not/absolute");
    ck_assert_int_eq(find(&tables, NULL, path, &error), DRO_NOT_FOUND);
    ck_assert_str_eq(error.message,
                     "no tables found (a folder with ports.csv); tried "
                     "/home/nobody/.local/share/atlas, /nowhere: say where");
    ck_assert_str_eq(path, "untouched");
    optional.needed = NULL;
    ck_assert_int_eq(find(&optional, NULL, path, &error), DRO_OK);
    ck_assert_str_eq(path, "");
}
END_TEST

int main(void) {
    const TTest *const tests[] = {the_given_one_then_the_variable_then_the_usual_ones,
                                  what_was_tried_is_said, NULL};
    return check_main("base folder", tests);
}
