/* Every allocation of summaries, tornados and case files fails once. */
#include "check_main.h"
#include "torture.h"

#include "derrotero/scenario.h"
#include "scenario/yaml.h"

static dro_status summarise(void *context, dro_error *error) {
    (void)context;
    const dro_sampling sampling = {.seed = 1, .count = 5};
    const double results[] = {3, 1, 2, 5, 4};
    const dro_sampling_input input = {1, {.value = 1, .low = 0, .high = 2}};
    dro_summary summary;
    dro_tornado tornado;
    DRO_TRY(dro_summary_make(results, 5, &summary, error));
    return dro_tornado_make(&sampling, &input, 1, results, &tornado, error);
}

static dro_status read_case(void *context, dro_error *error) {
    (void)context;
    static const char text[] = "a: [1, 2]\nb: {c: d, e: f, g: h}\ni: j\nk: l\nm: n\n";
    dro_arena *arena = NULL;
    const dro_yaml *root = NULL;
    dro_yaml_list list;
    dro_status status = DRO_OK;
    DRO_TRY(dro_arena_create(&arena, error));
    DRO_TRY_GOTO(
        dro_yaml_parse(text, sizeof text - 1, "case.yaml", arena, &root, error), done);
    DRO_TRY_GOTO(dro_yaml_list_of(dro_yaml_get(root, "i"), arena, &list, error), done);
done:
    dro_arena_destroy(arena);
    return status;
}

START_TEST(cases) {
    ck_assert_uint_gt(torture(read_case, NULL), 4);
}
END_TEST

START_TEST(summaries) {
    ck_assert_uint_eq(torture(summarise, NULL), 3);
}
END_TEST

int main(void) {
    const TTest *tests[] = {summaries, cases, NULL};
    return check_main("torture scenario", tests);
}
