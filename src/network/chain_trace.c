/* Lines of the legs of a chain, for maps. */
#include <string.h>

#include "network/chain_state.h"
#include "network/sea_book.h"

typedef struct tracer {
    const dro_chains *c;
    dro_sea_book *book;
    dro_arena *arena;
    dro_point *points; /* of the leg at hand */
    size_t count, capacity;
} tracer;

static dro_status add(tracer *t, dro_point at, dro_error *error) {
    const dro_point *last = t->count ? &t->points[t->count - 1] : NULL;
    if (last && last->lat_deg == at.lat_deg && last->lon_deg == at.lon_deg) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(t->points, t->capacity, t->count + 1, error));
    t->points[t->count++] = at;
    return DRO_OK;
}

static dro_point place(const dro_facts *f, size_t thing, dro_attribute_id lat,
                       dro_attribute_id lon) {
    return (dro_point){dro_facts_number(f, thing, lat),
                       dro_facts_number(f, thing, lon)};
}

static dro_status add_link(tracer *t, uint32_t edge, dro_error *error) {
    int from = 0, to = 0;
    const dro_facts *f = t->c->facts;
    chain_link_ends(t->c, edge, &from, &to);
    DRO_TRY(add(t, place(f, (size_t)from, DRO_NODE_LAT, DRO_NODE_LON), error));
    return add(t, place(f, (size_t)to, DRO_NODE_LAT, DRO_NODE_LON), error);
}

/* From the quay out and in again; straight where a call states hours for what the
 * chart has no way for. */
static dro_status add_sea(tracer *t, const chain_sea *sea, dro_error *error) {
    const dro_facts *f = t->c->facts;
    uint32_t from = t->c->port_thing[sea->from], to = t->c->port_thing[sea->to];
    dro_point *way = NULL;
    size_t count = 0;
    if (sea->reachable) {
        DRO_TRY(sea_book_trace(chain_sea_book(t->c, sea, t->book), from, to,
                               sea->closed, t->arena, &way, &count, error));
    }
    DRO_TRY(add(t, place(f, from, DRO_PORT_LAT, DRO_PORT_LON), error));
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add(t, way[i], error));
    }
    return add(t, place(f, to, DRO_PORT_LAT, DRO_PORT_LON), error);
}

static dro_status add_edge(tracer *t, uint32_t edge, dro_error *error) {
    const chain_info *info = &t->c->info[edge];
    if (info->kind == CHAIN_LINK) {
        return add_link(t, edge, error);
    }
    return info->sea == CHAIN_NONE ? DRO_OK : add_sea(t, &t->c->seas[info->sea], error);
}

static dro_status trace_leg(tracer *t, const dro_chain *chain, dro_chain_leg *leg,
                            dro_error *error) {
    t->count = 0;
    for (size_t i = leg->first; i < leg->first + leg->count; i++) {
        DRO_TRY(add_edge(t, chain->edges[i], error));
    }
    if (t->count == 0) {
        return DRO_OK;
    }
    dro_point *kept = dro_arena_alloc(t->arena, t->count, sizeof *kept);
    if (!kept) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a way");
    }
    memcpy(kept, t->points, t->count * sizeof *kept);
    leg->path = kept;
    leg->path_count = t->count;
    return DRO_OK;
}

dro_status dro_chain_trace(const dro_chains *chains, dro_chain *chain, dro_arena *arena,
                           dro_error *error) {
    dro_sea_book *own = NULL;
    tracer t = {.c = chains, .book = chains->book, .arena = arena};
    dro_chain_leg *legs = dro_arena_alloc(arena, chain->leg_count + 1, sizeof *legs);
    if (!legs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    if (!t.book) {
        DRO_TRY(dro_sea_book_create(chains->session, &own, error));
        t.book = own;
    }
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < chain->leg_count; i++) {
        legs[i] = chain->legs[i];
        status = trace_leg(&t, chain, &legs[i], error);
    }
    if (status == DRO_OK) {
        chain->legs = legs;
    }
    dro_free(t.points);
    dro_sea_book_destroy(own);
    return status;
}
