/*
 * Transit times that carriers and the press publish, kept out of calibration, against
 * the chains of the Chancay case: quay to quay, at the date of their scenario.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "support/real_world.h"

static real_case real;
static dro_sea_book *book;
static dro_error error;

typedef struct tally {
    size_t tried, within;
} tally;

/* Rows that one service or the market of a day can be held against. */
static bool is_wanted(const dro_facts *f, size_t row, const char *scenario) {
    return dro_facts_word(f, row, DRO_PUBLISHED_BASIS) == 0 &&
           !dro_facts_flag(f, row, DRO_PUBLISHED_CALIBRATION) &&
           strcmp(dro_facts_text(f, row, DRO_PUBLISHED_SCENARIO), scenario) == 0;
}

static void try_row(const dro_chains *chains, dro_chain_worker *w, size_t row,
                    tally *t) {
    const dro_facts *f = dro_chains_facts(chains);
    dro_chain_place from, to;
    dro_chain_total total;
    size_t commodity = 0, service = 0;
    const char *only = dro_facts_text(f, row, DRO_PUBLISHED_SERVICE);
    if (dro_chain_place_find(chains, dro_facts_text(f, row, DRO_PUBLISHED_FROM), true,
                             &from, NULL) != DRO_OK ||
        dro_chain_place_find(chains, dro_facts_text(f, row, DRO_PUBLISHED_TO), true,
                             &to, NULL) != DRO_OK) {
        return;
    }
    ck_assert_int_eq(dro_facts_find(f, DRO_KIND_COMMODITY,
                                    dro_case_commodity(real.study), &commodity, &error),
                     DRO_OK);
    dro_chain_wish wish = DRO_CHAIN_WISH_INIT(from, to, commodity, DRO_CHAIN_BY_TIME);
    if (only[0] &&
        dro_facts_find(f, DRO_KIND_SERVICE, only, &service, NULL) == DRO_OK) {
        wish.service = (int)service;
    }
    if (dro_chain_measure(w, &wish, &total, NULL) != DRO_OK) {
        return;
    }
    double published = dro_facts_number(f, row, DRO_PUBLISHED_DAYS);
    double off = total.time_h / 24.0 - published;
    t->tried++;
    t->within += fabs(off) <= 3.0 ? 1 : 0;
    (void)printf("%-26s %5.1f d, published %5.1f, off %+5.1f\n",
                 dro_facts_id(f, DRO_KIND_PUBLISHED, row), total.time_h / 24.0,
                 published, off);
}

static void try_scenario(const char *scenario, tally *t) {
    dro_facts *facts = NULL;
    dro_chains *chains = NULL;
    dro_chain_worker *w = NULL;
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    options.book = book;
    ck_assert_int_eq(
        dro_case_when(real.study, scenario, &options.date, &options.month, &error),
        DRO_OK);
    ck_assert_int_eq(dro_case_apply(real.study, scenario, NULL, &facts, &error),
                     DRO_OK);
    ck_assert_int_eq(dro_chains_create(real.session, facts, &options, &chains, &error),
                     DRO_OK);
    ck_assert_int_eq(dro_chain_worker_create(chains, &w, &error), DRO_OK);
    for (size_t i = 0; i < dro_facts_count(facts, DRO_KIND_PUBLISHED); i++) {
        if (is_wanted(facts, i, scenario)) {
            try_row(chains, w, i, t);
        }
    }
    dro_chain_worker_destroy(w);
    dro_chains_destroy(chains);
    dro_facts_destroy(facts);
}

START_TEST(times_kept_out_of_calibration) {
    tally t = {0, 0};
    try_scenario("before", &t);
    try_scenario("after", &t);
    (void)printf("%zu of %zu within 3 days\n", t.within, t.tried);
    ck_assert_uint_ge(t.within, 8);
    ck_assert_uint_ge(10 * t.within, 7 * t.tried);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("published transit times");
    TCase *times = tcase_create("chancay");
    tcase_set_timeout(times, 300);
    tcase_add_test(times, times_kept_out_of_calibration);
    suite_add_tcase(suite, times);
    real_case_open("chancay", &real);
    if (dro_sea_book_create(real.session, &book, &error) != DRO_OK) {
        return EXIT_FAILURE;
    }
    int code = check_run_unforked(suite);
    dro_sea_book_destroy(book);
    real_case_close(&real);
    return code;
}
