/*
 * The audit can fail: with an absurd figure in the place of its own every claim on the
 * model or on geometry gets another verdict. And it is the same on any number of
 * threads. On the world's chart, with few samples.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/audit.h"
#include "support/real_world.h"

static real_case real;
static dro_arena *arena;
static dro_error error;

/* In the claim of this id every `was` becomes `is`. */
typedef struct mutation {
    const char *id, *was, *is;
    const char *was_too, *is_too; /* or NULL */
} mutation;

static const mutation mutations[] = {
    {"c01", "about: 12,", "about: 25,", NULL, NULL},
    {"c02", "up-to: 20,", "up-to: 60,", NULL, NULL},
    {"c03a", "equals: 1", "equals: 2", NULL, NULL},
    {"c03b", "less-than: 1", "less-than: -1", NULL, NULL},
    {"c04", "about: 73,", "about: 160,", NULL, NULL},
    {"c07a", "more-than: 0", "more-than: 400", NULL, NULL},
    {"c07b", "equals: PECHY", "equals: NLRTM", NULL, NULL},
    {"c07c", "more-than: 0", "more-than: 90000", NULL, NULL},
    {"c08a", "at-most: 0", "at-most: 5000", NULL, NULL},
    {"c08b", "more-than: 0", "more-than: 40000", NULL, NULL},
    {"c08c", "more-than: 0", "more-than: 400000", NULL, NULL},
    {"c10", "c10-china-q1-2025}", "c10-total-q1-2025}", NULL, NULL},
    {"c12b", "more-than: 2", "more-than: 12", NULL, NULL},
    {"c18a", "at-least: 0", "at-least: 90000", NULL, NULL},
    {"c20a", "equals: PECOR", "equals: PEMRI", NULL, NULL},
    {"c20b", "less-than: 0", "less-than: -90", "equals: PEMRI", "equals: NLRTM"},
    {"c21", "more-than: 3", "more-than: 3000", NULL, NULL},
    {"c23b", "more-than: 1", "more-than: 0.001", NULL, NULL},
    {"c24", "at-least: 50", "at-least: 0.001", NULL, NULL},
    {"c25", "about: 200,", "about: 120,", NULL, NULL},
    {"c29", "more-than: 1", "more-than: 100", NULL, NULL},
    {"c30", "more-than: 0", "more-than: -400", NULL, NULL},
};
enum {
    MUTATIONS = sizeof mutations / sizeof *mutations
};

/* Where the claim begins and ends in the text. */
static char *block_of(char *text, const char *id, char **end) {
    char head[64];
    (void)snprintf(head, sizeof head, "  - id: %s\n", id);
    char *begin = strstr(text, head);
    ck_assert_msg(begin != NULL, "no claim %s", id);
    char *next = strstr(begin + strlen(head), "\n  - id: ");
    *end = next ? next : begin + strlen(begin);
    return begin;
}

/* Copies from..end with `was` replaced; how often it was found. */
static size_t replace(FILE *out, const char *from, const char *end, const mutation *m) {
    size_t found = 0;
    while (from < end) {
        const char *first = strstr(from, m->was), *hit = first, *was = m->was,
                   *is = m->is;
        const char *too = m->was_too ? strstr(from, m->was_too) : NULL;
        if (too && (!first || too < first)) {
            hit = too;
            was = m->was_too;
            is = m->is_too;
        }
        if (!hit || hit >= end) {
            (void)fwrite(from, 1, (size_t)(end - from), out);
            return found;
        }
        (void)fwrite(from, 1, (size_t)(hit - from), out);
        (void)fputs(is, out);
        from = hit + strlen(was);
        found++;
    }
    return found;
}

/* Writes the file with all mutations; fails where one finds nothing to change. */
static void write_mutated(char *text, const char *path) {
    dro_outfile *file = NULL;
    ck_assert_int_eq(dro_outfile_create(path, &file, &error), DRO_OK);
    FILE *out = dro_outfile_stream(file);
    char *at = text;
    for (size_t i = 0; i < MUTATIONS; i++) {
        const mutation *m = &mutations[i];
        char *end = NULL, *begin = block_of(text, m->id, &end);
        (void)fwrite(at, 1, (size_t)(begin - at), out);
        size_t found = replace(out, begin, end, m);
        ck_assert_msg(found > 0, "claim %s says nowhere %s", m->id, m->was);
        at = end;
    }
    (void)fputs(at, out);
    ck_assert_int_eq(dro_outfile_commit(file, &error), DRO_OK);
}

static void run(const char *claims, unsigned threads, dro_audit_result *out) {
    dro_audit_options options = DRO_AUDIT_OPTIONS_INIT;
    options.samples = 20;
    options.claims = claims;
    options.threads = threads;
    ck_assert_msg(dro_audit_run(real.study, &options, arena, out, &error) == DRO_OK,
                  "%s", error.message);
}

static const dro_audit_claim *find(const dro_audit_result *result, const char *id) {
    for (size_t i = 0; i < result->claim_count; i++) {
        if (strcmp(result->claims[i].id, id) == 0) {
            return &result->claims[i];
        }
    }
    ck_abort_msg("no claim %s in the result", id);
    return NULL;
}

START_TEST(every_verdict_flips) {
    char path[] = "/tmp/derrotero-claims-XXXXXX", from[1024];
    char *text = NULL;
    size_t length = 0;
    dro_audit_result right, absurd;
    int made = mkstemp(path);
    ck_assert_int_ge(made, 0);
    (void)snprintf(from, sizeof from, "%s/claims.yaml", dro_case_folder(real.study));
    ck_assert_int_eq(dro_file_read(from, 1u << 20, &text, &length, &error), DRO_OK);
    write_mutated(text, path);
    dro_free(text);
    run(NULL, 2, &right);
    run(path, 2, &absurd);
    (void)remove(path);
    for (size_t i = 0; i < MUTATIONS; i++) {
        const dro_audit_claim *a = find(&right, mutations[i].id);
        const dro_audit_claim *b = find(&absurd, mutations[i].id);
        (void)printf("%-5s %-16s -> %s\n", a->id, dro_verdict_word(a->verdict),
                     dro_verdict_word(b->verdict));
        ck_assert_msg(a->verdict != b->verdict, "%s: still %s", a->id,
                      dro_verdict_word(a->verdict));
    }
}
END_TEST

static bool same(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(one_thread_says_what_two_say) {
    dro_audit_result one, two;
    run(NULL, 1, &one);
    run(NULL, 2, &two);
    ck_assert_uint_eq(one.claim_count, two.claim_count);
    for (size_t i = 0; i < one.claim_count; i++) {
        const dro_audit_claim *a = &one.claims[i], *b = &two.claims[i];
        ck_assert_int_eq(a->verdict, b->verdict);
        ck_assert_uint_eq(a->trial_count, b->trial_count);
        for (size_t k = 0; k < a->trial_count; k++) {
            const dro_audit_figure p = a->trials[k].figure, q = b->trials[k].figure;
            ck_assert(same(p.value, q.value) && same(p.low, q.low) &&
                      same(p.high, q.high));
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("verdicts follow from the run");
    TCase *flips = tcase_create("chancay");
    tcase_set_timeout(flips, 600);
    tcase_add_test(flips, every_verdict_flips);
    tcase_add_test(flips, one_thread_says_what_two_say);
    suite_add_tcase(suite, flips);
    real_case_open("chancay", &real);
    if (dro_arena_create(&arena, &error) != DRO_OK) {
        return EXIT_FAILURE;
    }
    int code = check_run_unforked(suite);
    dro_arena_destroy(arena);
    real_case_close(&real);
    return code;
}
