/* Hash and random numbers: published values. */
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

/* From the xxHash reference implementation (xxhsum). */
START_TEST(xxh64) {
    static const struct {
        const char *text;
        uint64_t hash;
    } cases[] = {{"", 0xEF46DB3751D8E999u},
                 {"a", 0xD24EC4F1A98C6E5Bu},
                 {"abc", 0x44BC2CF5AD770999u},
                 {"Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1u}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_uint_eq(dro_hash64(cases[i].text, strlen(cases[i].text), 0),
                          cases[i].hash);
    }
}
END_TEST

START_TEST(hash_depends_on_everything) {
    unsigned char bytes[100] = {0};
    uint64_t seen[101];
    for (size_t length = 0; length <= 100; length++) {
        seen[length] = dro_hash64(bytes, length, 1);
        for (size_t before = 0; before < length; before++) {
            ck_assert_uint_ne(seen[before], seen[length]);
        }
    }
    for (size_t i = 0; i < 100; i++) {
        bytes[i] = 1;
        ck_assert_uint_ne(dro_hash64(bytes, 100, 1), seen[100]);
        bytes[i] = 0;
    }
    ck_assert_uint_ne(dro_hash64(bytes, 100, 2), seen[100]);
}
END_TEST

/* Seed 0 of splitmix64 gives E220A8397B1DCDAF first (Java's SplittableRandom). */
START_TEST(seeding) {
    dro_random random;
    dro_random_seed(&random, 0);
    ck_assert_uint_eq(random.state[0], 0xE220A8397B1DCDAFu);
    dro_random_seed(&random, 1234567);
    ck_assert_uint_eq(random.state[0], 6457827717110365317u);
    ck_assert_uint_eq(random.state[1], 3203168211198807973u);
}
END_TEST

/* State 1, 2, 3, 4: the first values of the authors' program. */
START_TEST(xoshiro) {
    dro_random random = {{1, 2, 3, 4}};
    ck_assert_uint_eq(dro_random_u64(&random), 11520u);
    ck_assert_uint_eq(dro_random_u64(&random), 0u);
    ck_assert_uint_eq(dro_random_u64(&random), 1509978240u);
    ck_assert_uint_eq(dro_random_u64(&random), 1215971899390074240u);
}
END_TEST

START_TEST(unit_interval) {
    dro_random random;
    dro_random_seed(&random, 7);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double value = dro_random_unit(&random);
        ck_assert(value >= 0 && value < 1);
        sum += value;
    }
    ck_assert_double_eq_tol(sum / 100000, 0.5, 0.005);
}
END_TEST

int main(void) {
    const TTest *tests[] = {
        xxh64, hash_depends_on_everything, seeding, xoshiro, unit_interval, NULL};
    return check_main("base random", tests);
}
