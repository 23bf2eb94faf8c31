/* The workings: every part of a measure with its figure; chains leg by leg. */
#include <math.h>
#include <string.h>

#include "audit/chains.h"
#include "audit/claims.h"

#define STEPS_MAX 256

typedef struct steps {
    audit *a;
    dro_audit_step *items;
    size_t count;
} steps;

/* ---- the tree -----------------------------------------------------------------------
 */

static const char *words_of(const audit *a, const measure *m) {
    static const char *const ops[] = {[MEASURE_LEAF] = "",
                                      [MEASURE_SUM] = "sum",
                                      [MEASURE_DIFFERENCE] = "difference",
                                      [MEASURE_PRODUCT] = "product",
                                      [MEASURE_RATIO] = "ratio",
                                      [MEASURE_PERCENT] = "share in per cent",
                                      [MEASURE_GROWTH] = "growth a year",
                                      [MEASURE_LARGEST] = "the largest",
                                      [MEASURE_SMALLEST] = "the smallest",
                                      [MEASURE_RANK] = "rank",
                                      [MEASURE_ANNUITY] = "yearly capital cost",
                                      [MEASURE_CLEARING] = "days to clear the queue"};
    if (m->title[0]) {
        return m->title;
    }
    return m->op == MEASURE_LEAF ? a->leaves[m->leaf].title : ops[m->op];
}

static dro_status step_figure(audit *a, const measure *m, dro_audit_figure *out,
                              dro_error *error) {
    double *values = NULL;
    dro_summary s;
    size_t n = a->sampling.count;
    *out = (dro_audit_figure){(double)NAN, (double)NAN, (double)NAN, m->unit, NULL};
    DRO_TRY(dro_new((void **)&values, n + 1, sizeof *values, "values", error));
    dro_status status = measure_values(a, m, values, error);
    bool port = m->op == MEASURE_LEAF && a->leaves[m->leaf].kind == LEAF_PORT;
    if (status == DRO_OK && port && values[n] >= 0.0) {
        out->text =
            dro_facts_id(dro_case_facts(a->study), DRO_KIND_PORT, (size_t)values[n]);
    } else if (status == DRO_OK && dro_summary_make(values, n, &s, NULL) == DRO_OK) {
        out->value = s.median;
        out->low = s.low;
        out->high = s.high;
    }
    dro_free(values);
    return status;
}

static dro_status add_steps(steps *s, const measure *m, unsigned depth,
                            dro_error *error) {
    if (s->count == STEPS_MAX) {
        return DRO_OK;
    }
    dro_audit_step *step = &s->items[s->count++];
    step->depth = depth;
    DRO_TRY(audit_format(s->a, &step->text, error, "%s", words_of(s->a, m)));
    DRO_TRY(step_figure(s->a, m, &step->figure, error));
    if (m->op == MEASURE_LEAF) {
        const leaf *l = &s->a->leaves[m->leaf];
        bool chain = l->kind == LEAF_CHAIN || l->kind == LEAF_PORT;
        return chain && !l->why_not ? chains_show(s->a, m->leaf, &step->chain, error)
                                    : DRO_OK;
    }
    for (size_t i = 0; i < m->term_count; i++) {
        DRO_TRY(add_steps(s, m->terms[i], depth + 1, error));
    }
    return DRO_OK;
}

dro_status trial_steps(audit *a, const trial *t, dro_audit_trial *out,
                       dro_error *error) {
    steps s = {.a = a};
    s.items = dro_arena_alloc(a->arena, STEPS_MAX, sizeof *s.items);
    if (!s.items) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the workings");
    }
    DRO_TRY(add_steps(&s, t->measure, 0, error));
    out->steps = s.items;
    out->step_count = s.count;
    return DRO_OK;
}
