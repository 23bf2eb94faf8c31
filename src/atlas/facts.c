/* Things and their attributes: making, copying, asking. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "atlas/facts_state.h"
#include "base/quote.h"

/* ---- texts ------------------------------------------------------------------- */

static dro_status pool_create(facts_pool *from, facts_pool **out, dro_error *error) {
    facts_pool *pool = NULL;
    DRO_TRY(dro_new((void **)&pool, 1, sizeof *pool, "facts", error));
    dro_status status = dro_arena_create(&pool->arena, error);
    if (status != DRO_OK) {
        dro_free(pool);
        return status;
    }
    atomic_init(&pool->users, 1);
    if (from) {
        atomic_fetch_add(&from->users, 1);
    }
    pool->from = from;
    *out = pool;
    return DRO_OK;
}

static void pool_release(facts_pool *pool) {
    while (pool && atomic_fetch_sub(&pool->users, 1) == 1) {
        facts_pool *from = pool->from;
        dro_arena_destroy(pool->arena);
        dro_free(pool);
        pool = from;
    }
}

dro_status facts_keep(dro_facts *facts, const char *text, const char **out,
                      dro_error *error) {
    if (text[0] == '\0') {
        *out = "";
        return DRO_OK;
    }
    const char *kept = dro_arena_strndup(facts->pool->arena, text, strlen(text));
    if (!kept) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the tables");
    }
    *out = kept;
    return DRO_OK;
}

/* ---- making -------------------------------------------------------------------- */

dro_status dro_facts_create(const dro_atlas *atlas, dro_facts **out, dro_error *error) {
    dro_facts *facts = NULL;
    DRO_TRY(dro_new((void **)&facts, 1, sizeof *facts, "facts", error));
    facts->atlas = atlas;
    dro_status status = pool_create(NULL, &facts->pool, error);
    if (status == DRO_OK) {
        status = facts_from_atlas(facts, error);
    }
    if (status != DRO_OK) {
        dro_facts_destroy(facts);
        return status;
    }
    *out = facts;
    return DRO_OK;
}

void dro_facts_destroy(dro_facts *facts) {
    if (!facts) {
        return;
    }
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        dro_free(facts->kinds[k].things);
        dro_free(facts->kinds[k].cells);
        dro_names_free(&facts->kinds[k].ids);
    }
    dro_free(facts->sources);
    pool_release(facts->pool);
    dro_free(facts);
}

static dro_status copy_kind(const facts_kind *from, size_t stride, facts_kind *to,
                            dro_error *error) {
    DRO_TRY(DRO_RESERVE(to->things, to->things_capacity, from->count, error));
    DRO_TRY(DRO_RESERVE(to->cells, to->cells_capacity, from->count * stride, error));
    for (size_t i = 0; i < from->count; i++) {
        DRO_TRY(dro_names_add(&to->ids, from->things[i].id, i, error));
    }
    if (from->count) {
        memcpy(to->things, from->things, from->count * sizeof *to->things);
        memcpy(to->cells, from->cells, from->count * stride * sizeof *to->cells);
    }
    to->count = from->count;
    return DRO_OK;
}

dro_status dro_facts_copy(const dro_facts *facts, dro_facts **out, dro_error *error) {
    dro_facts *copy = NULL;
    DRO_TRY(dro_new((void **)&copy, 1, sizeof *copy, "facts", error));
    copy->atlas = facts->atlas;
    dro_status status = pool_create(facts->pool, &copy->pool, error);
    if (status == DRO_OK) {
        status = DRO_RESERVE(copy->sources, copy->source_capacity, facts->source_count,
                             error);
    }
    for (int k = 0; status == DRO_OK && k < DRO_KIND_COUNT; k++) {
        status = copy_kind(&facts->kinds[k], dro_kind_stride((dro_kind)k),
                           &copy->kinds[k], error);
    }
    if (status != DRO_OK) {
        dro_facts_destroy(copy);
        return status;
    }
    copy->source_count = facts->source_count;
    if (facts->source_count) {
        memcpy(copy->sources, facts->sources,
               facts->source_count * sizeof *copy->sources);
    }
    *out = copy;
    return DRO_OK;
}

static void clear_cells(facts_cell *cells, dro_kind kind) {
    size_t stride = dro_kind_stride(kind);
    for (size_t i = 0; i < stride; i++) {
        cells[i] = (facts_cell){{(double)NAN, (double)NAN, (double)NAN}, "", -1, 0};
    }
}

dro_status facts_append(dro_facts *facts, dro_kind kind, const char *id, size_t *out,
                        dro_error *error) {
    facts_kind *k = &facts->kinds[kind];
    size_t stride = dro_kind_stride(kind);
    const char *kept = NULL;
    if (k->count >= DRO_FACTS_MAX_ROWS) {
        return dro_fail(error, DRO_LIMIT, "more than %d of kind %s", DRO_FACTS_MAX_ROWS,
                        dro_kind_word(kind));
    }
    DRO_TRY(facts_keep(facts, id, &kept, error));
    DRO_TRY(DRO_RESERVE(k->things, k->things_capacity, k->count + 1, error));
    DRO_TRY(DRO_RESERVE(k->cells, k->cells_capacity, (k->count + 1) * stride, error));
    DRO_TRY(dro_names_add(&k->ids, kept, k->count, error));
    k->things[k->count] = (facts_thing){kept, {"", "", "", DRO_MARK_ASSUMPTION, "", 0}};
    clear_cells(k->cells + k->count * stride, kind);
    *out = k->count++;
    return DRO_OK;
}

/* ---- asking ---------------------------------------------------------------------- */

const dro_atlas *dro_facts_atlas(const dro_facts *facts) {
    return facts->atlas;
}

size_t dro_facts_count(const dro_facts *facts, dro_kind kind) {
    return facts->kinds[kind].count;
}

const char *dro_facts_id(const dro_facts *facts, dro_kind kind, size_t thing) {
    return facts->kinds[kind].things[thing].id;
}

dro_fact_origin dro_facts_origin(const dro_facts *facts, dro_kind kind, size_t thing) {
    return facts->kinds[kind].things[thing].origin;
}

void dro_facts_place(const dro_facts *facts, dro_kind kind, size_t thing, char *text,
                     size_t size) {
    const dro_fact_origin *origin = &facts->kinds[kind].things[thing].origin;
    (void)snprintf(text, size, "%s:%lu:", origin->file, origin->line);
}

dro_range dro_facts_range(const dro_facts *facts, size_t thing,
                          dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->range;
}

double dro_facts_number(const dro_facts *facts, size_t thing,
                        dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->range.value;
}

const char *dro_facts_text(const dro_facts *facts, size_t thing,
                           dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->text;
}

int dro_facts_thing(const dro_facts *facts, size_t thing, dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->index;
}

int dro_facts_word(const dro_facts *facts, size_t thing, dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->index;
}

bool dro_facts_flag(const dro_facts *facts, size_t thing, dro_attribute_id attribute) {
    return facts_cell_at(facts, thing, attribute)->index == 1;
}

uint64_t dro_facts_closed_mask(const dro_facts *facts) {
    uint64_t closed = 0;
    for (size_t i = 0; i < facts->kinds[DRO_KIND_PASSAGE].count; i++) {
        if (dro_facts_word(facts, i, DRO_PASSAGE_STATE) == 1) {
            closed |= dro_atlas_passage_mask(facts->atlas, i);
        }
    }
    return closed;
}

/* The attribute that holds a kind's name, or none. */
static int name_attribute(dro_kind kind) {
    static const dro_attribute_id names[] = {DRO_PORT_NAME,    DRO_NODE_NAME,
                                             DRO_SERVICE_NAME, DRO_COMMODITY_NAME,
                                             DRO_CLASS_NAME,   DRO_SEASON_NAME};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (dro_attribute_get(names[i])->kind == kind) {
            return (int)names[i];
        }
    }
    return -1;
}

const char *dro_facts_name(const dro_facts *facts, dro_kind kind, size_t thing) {
    size_t count = 0;
    if (kind == DRO_KIND_PASSAGE) {
        return dro_atlas_passages(facts->atlas, &count)[thing].name;
    }
    if (kind == DRO_KIND_VESSEL) {
        return dro_atlas_vessels(facts->atlas, &count)[thing].name;
    }
    int attribute = name_attribute(kind);
    const char *name =
        attribute < 0 ? "" : dro_facts_text(facts, thing, (dro_attribute_id)attribute);
    return name[0] ? name : dro_facts_id(facts, kind, thing);
}

const dro_source *dro_facts_source(const dro_facts *facts, const char *id) {
    for (size_t i = 0; i < facts->source_count; i++) {
        if (strcmp(facts->sources[i].id, id) == 0) {
            return &facts->sources[i];
        }
    }
    return dro_atlas_source(facts->atlas, id);
}

/* ---- finding ---------------------------------------------------------------- */

enum {
    NEAREST_SHOWN = 3
};

typedef struct near_id {
    size_t thing;
    unsigned distance;
} near_id;

static void keep_near(near_id *nearest, near_id candidate) {
    for (int i = 0; i < NEAREST_SHOWN; i++) {
        if (candidate.distance < nearest[i].distance) {
            near_id next = nearest[i];
            nearest[i] = candidate;
            candidate = next;
        }
    }
}

static dro_status not_found(const dro_facts *facts, dro_kind kind, const char *id,
                            dro_error *error) {
    char quoted[DRO_QUOTE_MAX], list[256] = "";
    near_id nearest[NEAREST_SHOWN] = {{0, 250}, {0, 250}, {0, 250}};
    size_t length = 0;
    for (size_t i = 0; i < facts->kinds[kind].count; i++) {
        unsigned distance = dro_text_distance(id, facts->kinds[kind].things[i].id, 249);
        keep_near(nearest, (near_id){i, distance});
    }
    for (int i = 0; i < NEAREST_SHOWN && nearest[i].distance < 250; i++) {
        int added = snprintf(
            list + length, sizeof list - length, "%s%s",
            i ? ", " : "; the nearest: ", dro_facts_id(facts, kind, nearest[i].thing));
        length += added > 0 && (size_t)added < sizeof list - length ? (size_t)added : 0;
    }
    return dro_fail(error, DRO_NOT_FOUND, "no %s is called %s%s", dro_kind_word(kind),
                    dro_quote(id, quoted), list);
}

dro_status dro_facts_find(const dro_facts *facts, dro_kind kind, const char *id,
                          size_t *thing, dro_error *error) {
    const facts_kind *k = &facts->kinds[kind];
    const dro_name_slot *slot = dro_names_find(&k->ids, id);
    if (slot) {
        *thing = slot->value;
        return DRO_OK;
    }
    for (size_t i = 0; i < k->count; i++) {
        if (strcasecmp(k->things[i].id, id) == 0) {
            *thing = i;
            return DRO_OK;
        }
    }
    return not_found(facts, kind, id, error);
}

/* ---- changing ------------------------------------------------------------------ */

dro_status dro_facts_set_range(dro_facts *facts, size_t thing,
                               dro_attribute_id attribute, dro_range value,
                               dro_error *error) {
    const dro_attribute *about = dro_attribute_get(attribute);
    DRO_TRY(facts_check_range(about, value, error));
    facts_cell_at(facts, thing, attribute)->range = value;
    return DRO_OK;
}

dro_status dro_facts_set_text(dro_facts *facts, size_t thing,
                              dro_attribute_id attribute, const char *text,
                              dro_error *error) {
    return facts_set(facts, facts_cell_at(facts, thing, attribute),
                     dro_attribute_get(attribute), text, error);
}

dro_status dro_facts_add(dro_facts *facts, dro_kind kind, const char *id,
                         const char *file, unsigned long line, size_t *thing,
                         dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *kept = NULL;
    if (dro_names_find(&facts->kinds[kind].ids, id)) {
        return dro_fail(error, DRO_INVALID, "%s %s is there already",
                        dro_kind_word(kind), dro_quote(id, quoted));
    }
    DRO_TRY(facts_keep(facts, file, &kept, error));
    DRO_TRY(facts_append(facts, kind, id, thing, error));
    facts->kinds[kind].things[*thing].origin.file = kept;
    facts->kinds[kind].things[*thing].origin.line = line;
    return DRO_OK;
}
