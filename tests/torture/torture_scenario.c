/* Every allocation of summaries and tornados fails once. */
#include "check_main.h"
#include "torture.h"

#include "derrotero/scenario.h"

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

START_TEST(summaries) {
    ck_assert_uint_eq(torture(summarise, NULL), 3);
}
END_TEST

int main(void) {
    const TTest *tests[] = {summaries, NULL};
    return check_main("torture scenario", tests);
}
