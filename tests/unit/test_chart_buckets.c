/* The queue of buckets: nearly in order, everything comes out, clearing forgets. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "chart/buckets.h"
#include "check_main.h"

#define ITEMS 5000

static buckets queue;
static dro_error error;

static void set_up(void) {
    ck_assert_int_eq(buckets_create(&queue, &error), DRO_OK);
}

static void tear_down(void) {
    buckets_free(&queue);
}

static void fill(dro_random *random, float keys[ITEMS], float most) {
    for (uint32_t i = 0; i < ITEMS; i++) {
        keys[i] = most * (float)dro_random_unit(random);
        ck_assert_int_eq(buckets_push(&queue, keys[i], i, &error), DRO_OK);
    }
}

/* Keys up to beyond the last bucket, and below the first. */
START_TEST(all_come_out_nearly_in_order) {
    static float keys[ITEMS];
    static const float bases[] = {0.0f, 1e6f, 6e7f}, width = 1024.0f;
    dro_random random;
    dro_random_seed(&random, 9);
    for (int round = 0; round < 3; round++) {
        uint8_t seen[ITEMS] = {0};
        float highest = 0.0f, least = 0.0f;
        heap_entry e;
        size_t count = 0;
        buckets_clear(&queue, bases[round], width);
        fill(&random, keys, 7e7f);
        for (;;) {
            uint32_t next = buckets_peek(&queue);
            if (!buckets_pop(&queue, &e, &least)) {
                break;
            }
            ck_assert(next == e.item || next == UINT32_MAX);
            ck_assert_uint_lt(e.item, ITEMS);
            ck_assert_uint_eq(seen[e.item]++, 0);
            ck_assert(e.key == keys[e.item]);
            ck_assert(least <= e.key);
            ck_assert(e.key >= highest - width || e.key < bases[round] + width);
            highest = e.key > highest ? e.key : highest;
            count++;
        }
        ck_assert_uint_eq(count, ITEMS);
    }
}
END_TEST

START_TEST(clearing_forgets) {
    static float keys[ITEMS];
    dro_random random;
    heap_entry e;
    float least;
    dro_random_seed(&random, 2);
    buckets_clear(&queue, 0.0f, 64.0f);
    fill(&random, keys, 1e7f);
    ck_assert(buckets_pop(&queue, &e, &least));
    buckets_clear(&queue, 0.0f, 64.0f);
    ck_assert(!buckets_pop(&queue, &e, &least));
    ck_assert_int_eq(buckets_push(&queue, 5.0f, 3, &error), DRO_OK);
    ck_assert(buckets_pop(&queue, &e, &least));
    ck_assert_uint_eq(e.item, 3);
    ck_assert(!buckets_pop(&queue, &e, &least));
}
END_TEST

/* What comes below the bucket that is being emptied still comes out next. */
START_TEST(a_later_smaller_key_is_next) {
    heap_entry e;
    float least;
    buckets_clear(&queue, 0.0f, 64.0f);
    ck_assert_int_eq(buckets_push(&queue, 5000.0f, 1, &error), DRO_OK);
    ck_assert_int_eq(buckets_push(&queue, 9000.0f, 2, &error), DRO_OK);
    ck_assert(buckets_pop(&queue, &e, &least));
    ck_assert_uint_eq(e.item, 1);
    ck_assert_int_eq(buckets_push(&queue, 4000.0f, 3, &error), DRO_OK);
    ck_assert(buckets_pop(&queue, &e, &least));
    ck_assert_uint_eq(e.item, 3);
    ck_assert(buckets_pop(&queue, &e, &least));
    ck_assert_uint_eq(e.item, 2);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chart buckets");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, all_come_out_nearly_in_order);
    tcase_add_test(all, clearing_forgets);
    tcase_add_test(all, a_later_smaller_key_is_next);
    suite_add_tcase(suite, all);
    return check_run(suite);
}
