/* The figures that a chain is computed from, and which of them have a range. */
#include <string.h>

#include "network/chain_state.h"

static void lay_out(dro_chains *c) {
    size_t base = 0;
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        size_t first = dro_kind_first((dro_kind)k),
               stride = dro_kind_stride((dro_kind)k);
        for (size_t a = 0; a < stride; a++) {
            c->figure_base[first + a] = base + a;
            c->figure_stride[first + a] = stride;
        }
        base += stride * dro_facts_count(c->facts, (dro_kind)k);
    }
    c->figure_count = base;
}

static void find_factors(dro_chains *c) {
    for (size_t i = 0; i < CHAIN_FACTORS; i++) {
        const char *name = chain_factor_name(i);
        c->default_factor[i] = -1;
        for (size_t k = 0; name && k < dro_facts_count(c->facts, DRO_KIND_FACTOR);
             k++) {
            if (strcmp(dro_facts_id(c->facts, DRO_KIND_FACTOR, k), name) == 0) {
                c->default_factor[i] = (int)k;
            }
        }
    }
}

static uint64_t key_of(const dro_facts *f, dro_attribute_id attribute, size_t thing) {
    const dro_attribute *about = dro_attribute_get(attribute);
    const char *id = dro_facts_id(f, about->kind, thing);
    const char *word = dro_kind_word(about->kind);
    uint64_t key = dro_hash64(word, strlen(word), 11);
    key = dro_hash64(id, strlen(id), key);
    return dro_hash64(about->name, strlen(about->name), key);
}

/* Nobody computes with these. */
static bool is_used(dro_kind kind) {
    return kind != DRO_KIND_PORT && kind != DRO_KIND_PUBLISHED &&
           kind != DRO_KIND_REFERENCE;
}

static dro_status list_attribute(dro_chains *c, dro_attribute_id attribute,
                                 dro_error *error) {
    const dro_attribute *about = dro_attribute_get(attribute);
    if (about->type != DRO_ATTRIBUTE_RANGE || !is_used(about->kind)) {
        return DRO_OK;
    }
    for (size_t i = 0; i < dro_facts_count(c->facts, about->kind); i++) {
        dro_range range = dro_facts_range(c->facts, i, attribute);
        if (range.low < range.high) {
            DRO_TRY(
                DRO_RESERVE(c->inputs, c->input_capacity, c->input_count + 1, error));
            c->inputs[c->input_count++] =
                (dro_input){attribute, i, key_of(c->facts, attribute, i), range};
        }
    }
    return DRO_OK;
}

static dro_status list_stated(dro_chains *c, dro_error *error) {
    DRO_TRY(dro_new((void **)&c->stated, c->figure_count, sizeof *c->stated, "figures",
                    error));
    for (int a = 0; a < DRO_ATTRIBUTE_COUNT; a++) {
        const dro_attribute *about = dro_attribute_get((dro_attribute_id)a);
        size_t count = dro_facts_count(c->facts, about->kind);
        for (size_t i = 0; i < count; i++) {
            c->stated[chain_figure(c, i, (dro_attribute_id)a)] =
                dro_facts_number(c->facts, i, (dro_attribute_id)a);
        }
    }
    return DRO_OK;
}

dro_status chain_list_inputs(dro_chains *c, dro_error *error) {
    lay_out(c);
    find_factors(c);
    DRO_TRY(list_stated(c, error));
    for (int a = 0; a < DRO_ATTRIBUTE_COUNT; a++) {
        DRO_TRY(list_attribute(c, (dro_attribute_id)a, error));
    }
    DRO_TRY(dro_new((void **)&c->input_slot, c->input_count, sizeof *c->input_slot,
                    "inputs", error));
    for (size_t i = 0; i < c->input_count; i++) {
        c->input_slot[i] =
            (uint32_t)chain_figure(c, c->inputs[i].thing, c->inputs[i].attribute);
    }
    return DRO_OK;
}

size_t dro_chains_inputs(const dro_chains *chains, const dro_input **out) {
    *out = chains->inputs;
    return chains->input_count;
}

void dro_input_name(const dro_facts *facts, const dro_input *input, char *text,
                    size_t size) {
    const dro_attribute *about = dro_attribute_get(input->attribute);
    (void)snprintf(text, size, "%s %s %s", dro_kind_word(about->kind),
                   dro_facts_id(facts, about->kind, input->thing), about->name);
}

/* ---- setting ----------------------------------------------------------------------
 */

static void set_stated(dro_chain_worker *w) {
    const dro_chains *c = w->chains;
    memcpy(w->figures, c->stated, c->figure_count * sizeof *c->stated);
}

void dro_chain_set(dro_chain_worker *w, const double *inputs) {
    const dro_chains *c = w->chains;
    if (w->touched || !inputs) {
        set_stated(w);
    }
    w->touched = false;
    for (size_t i = 0; inputs && i < c->input_count; i++) {
        w->figures[c->input_slot[i]] = inputs[i];
    }
    w->weighed = 0;
}

void dro_chain_set_figure(dro_chain_worker *w, size_t thing, dro_attribute_id attribute,
                          double value) {
    w->figures[chain_figure(w->chains, thing, attribute)] = value;
    w->touched = true;
    w->weighed = 0;
}

double dro_chain_figure(const dro_chain_worker *w, size_t thing,
                        dro_attribute_id attribute) {
    return chain_value(w, thing, attribute);
}
