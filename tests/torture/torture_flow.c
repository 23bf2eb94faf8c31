/* Every allocation of a backlog fails once. */
#include "check_main.h"
#include "torture.h"

#include "derrotero/flow.h"

static dro_status strike(void *context, dro_error *error) {
    (void)context;
    const dro_disruption disruptions[] = {{0, 3, 0, 1}, {4, 5, 0.5, 1}};
    dro_backlog_case q = DRO_BACKLOG_CASE_INIT;
    q.arrivals_per_d = 8;
    q.capacity_per_d = 10;
    q.disruptions = disruptions;
    q.disruption_count = 2;
    q.detour_wait_d = 2;
    dro_arena *arena = NULL;
    dro_backlog backlog;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = dro_backlog_run(&q, arena, &backlog, error);
    dro_arena_destroy(arena);
    return status;
}

START_TEST(backlogs) {
    ck_assert_uint_gt(torture(strike, NULL), 5);
}
END_TEST

int main(void) {
    const TTest *tests[] = {backlogs, NULL};
    return check_main("torture flow", tests);
}
