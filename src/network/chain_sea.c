/* Sea legs of the chains: the chart's shortest ways for the ships that sail them, with
 * the passages as the facts have them. */
#include <math.h>

#include "network/chain_state.h"
#include "network/network_internal.h"
#include "network/sea_book.h"

dro_status chain_sea_add(dro_chains *c, uint16_t from, uint16_t to, uint32_t vessel,
                         uint32_t *out, dro_error *error) {
    DRO_TRY(DRO_RESERVE(c->seas, c->sea_capacity, c->sea_count + 1, error));
    c->seas[c->sea_count] = (chain_sea){.from = from, .to = to, .vessel = vessel};
    *out = (uint32_t)c->sea_count++;
    return DRO_OK;
}

/* A passage with the limits that the facts have now. */
static dro_passage passage_now(const dro_facts *f, size_t i) {
    size_t count = 0;
    dro_passage p = dro_atlas_passages(dro_facts_atlas(f), &count)[i];
    p.max_draft_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_DRAFT_M);
    p.max_loa_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_LOA_M);
    p.max_beam_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_BEAM_M);
    return p;
}

static dro_status ship_of(const dro_facts *f, uint32_t vessel, dro_ship *out,
                          dro_error *error) {
    dro_voyage_options options = DRO_VOYAGE_OPTIONS_INIT;
    options.vessel = (int)vessel;
    options.draft_m = dro_facts_number(f, vessel, DRO_VESSEL_DRAFT_M);
    options.beam_m = dro_facts_number(f, vessel, DRO_VESSEL_BEAM_M);
    options.loa_m = dro_facts_number(f, vessel, DRO_VESSEL_LOA_M);
    return dro_ship_resolve(dro_facts_atlas(f), &options, out, error);
}

static uint64_t closed_for(const dro_facts *f, const dro_ship *ship) {
    uint64_t closed = dro_facts_closed_mask(f);
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_PASSAGE); i++) {
        dro_passage passage = passage_now(f, i);
        if (dro_ship_fits_passage(ship, &passage) != DRO_CLOSURE_NONE) {
            closed |= UINT64_C(1) << i;
        }
    }
    return closed;
}

/* ---- canals on the way ---------------------------------------------------------- */

static void note_passage(const dro_chains *c, const dro_ship *ship, size_t p,
                         chain_sea *sea) {
    dro_passage passage = passage_now(c->facts, p);
    bool canal = passage.kind == DRO_PASSAGE_CANAL;
    if ((!canal && !(passage.wait_h > 0.0)) || sea->canal_count == CHAIN_CANALS_MAX) {
        return;
    }
    dro_reckoning through;
    double length_m = canal ? dro_session_canal_m(c->session, p) : 0.0;
    dro_reckon_passage(ship, &passage, length_m, &through);
    double toll = through.item[DRO_ITEM_TOLL_USD].value;
    uint8_t k = sea->canal_count++;
    sea->canals[k] = (uint8_t)p;
    sea->toll_usd[k] = isnan(toll) ? 0.0 : toll;
    sea->each_nm[k] = length_m / DRO_M_PER_NM;
    sea->canal_nm += sea->each_nm[k];
}

static void fill(const dro_chains *c, const dro_ship *ship, const sea_cell *cell,
                 chain_sea *sea) {
    sea->reachable = isfinite(cell->nm);
    if (!sea->reachable) {
        return;
    }
    sea->passages = cell->passages;
    sea->closed = cell->closed;
    for (size_t p = 0; p < dro_facts_count(c->facts, DRO_KIND_PASSAGE); p++) {
        if ((cell->passages >> p) & 1u) {
            note_passage(c, ship, p, sea);
        }
    }
    sea->nm = fmax(cell->nm - sea->canal_nm, 0.0);
}

/* ---- ports that a scenario adds -------------------------------------------------- */

static size_t atlas_ports(const dro_chains *c) {
    size_t count = 0;
    (void)dro_atlas_ports(dro_session_atlas(c->session), &count);
    return count;
}

dro_sea_book *chain_sea_book(const dro_chains *c, const chain_sea *sea,
                             dro_sea_book *book) {
    size_t count = atlas_ports(c);
    bool added = c->port_thing[sea->from] >= count || c->port_thing[sea->to] >= count;
    return added ? c->added : book;
}

/* They have a book of their own: where they are is known to this scenario alone, and
 * goes with it. */
static dro_status make_added(dro_chains *c, dro_error *error) {
    size_t first = atlas_ports(c), all = dro_facts_count(c->facts, DRO_KIND_PORT);
    dro_point *points = NULL;
    if (all == first) {
        return DRO_OK;
    }
    DRO_TRY(dro_new((void **)&points, all - first, sizeof *points, "ports", error));
    for (size_t i = first; i < all; i++) {
        points[i - first] = (dro_point){dro_facts_number(c->facts, i, DRO_PORT_LAT),
                                        dro_facts_number(c->facts, i, DRO_PORT_LON)};
    }
    dro_status status = dro_sea_book_create(c->session, &c->added, error);
    if (status == DRO_OK) {
        status = sea_book_points(c->added, points, all - first, error);
    }
    if (status == DRO_OK) {
        status = sea_book_ports(c->added, c->port_thing, c->port_count, error);
    }
    dro_free(points);
    return status;
}

/* ---- measuring ----------------------------------------------------------------- */

typedef struct sea_ship { /* a vessel as the facts have it */
    dro_ship ship;
    uint64_t closed; /* what it may not pass */
} sea_ship;

/* One round over all legs; what is left waits for what is wanted then, of the book and
 * of that of the added ports. */
static dro_status round_of_legs(dro_chains *c, dro_sea_book *book,
                                const sea_ship *ships, sea_wants wants[2],
                                dro_error *error) {
    for (size_t i = 0; i < c->sea_count; i++) {
        chain_sea *sea = &c->seas[i];
        sea_cell cell;
        bool known = false;
        if (sea->measured) {
            continue;
        }
        dro_sea_book *of = chain_sea_book(c, sea, book);
        DRO_TRY(sea_book_ask(of, c->port_thing[sea->from], c->port_thing[sea->to],
                             ships[sea->vessel].closed, &cell, &known,
                             &wants[of == c->added], error));
        if (known) {
            fill(c, &ships[sea->vessel].ship, &cell, sea);
            sea->measured = true;
        }
    }
    return DRO_OK;
}

static dro_status list_ships(const dro_chains *c, sea_ship **out, dro_error *error) {
    size_t vessels = dro_facts_count(c->facts, DRO_KIND_VESSEL);
    DRO_TRY(dro_new((void **)out, vessels, sizeof **out, "ships", error));
    for (size_t i = 0; i < vessels; i++) {
        sea_ship *s = &(*out)[i];
        DRO_TRY(ship_of(c->facts, (uint32_t)i, &s->ship, error));
        s->closed = closed_for(c->facts, &s->ship);
    }
    return DRO_OK;
}

static dro_status add_atlas_ports(const dro_chains *c, dro_sea_book *book,
                                  dro_error *error) {
    size_t first = atlas_ports(c), count = 0;
    uint32_t *ports = NULL;
    DRO_TRY(dro_new((void **)&ports, c->port_count + 1, sizeof *ports, "ports", error));
    for (size_t i = 0; i < c->port_count; i++) {
        if (c->port_thing[i] < first) {
            ports[count++] = c->port_thing[i];
        }
    }
    dro_status status = sea_book_ports(book, ports, count, error);
    dro_free(ports);
    return status;
}

static dro_status fill_wants(const dro_chains *c, dro_sea_book *book,
                             sea_wants wants[2], const dro_progress *progress,
                             dro_error *error) {
    if (wants[0].count) {
        DRO_TRY(sea_book_fill(book, &wants[0], progress, error));
    }
    return wants[1].count ? sea_book_fill(c->added, &wants[1], progress, error)
                          : DRO_OK;
}

dro_status chain_sea_measure(dro_chains *c, dro_sea_book *shared,
                             const dro_progress *progress, dro_error *error) {
    dro_sea_book *own = NULL, *book = shared;
    sea_ship *ships = NULL;
    sea_wants wants[2] = {{0}, {0}};
    dro_status status = list_ships(c, &ships, error);
    DRO_TRY_GOTO(status, done);
    if (!book) {
        DRO_TRY_GOTO(dro_sea_book_create(c->session, &own, error), done);
        book = own;
    }
    DRO_TRY_GOTO(add_atlas_ports(c, book, error), done);
    DRO_TRY_GOTO(make_added(c, error), done);
    DRO_TRY_GOTO(round_of_legs(c, book, ships, wants, error), done);
    /* Each round closes what the ways of the last one would use. */
    while (wants[0].count || wants[1].count) {
        DRO_TRY_GOTO(fill_wants(c, book, wants, progress, error), done);
        DRO_TRY_GOTO(round_of_legs(c, book, ships, wants, error), done);
    }
done:
    dro_free(wants[0].items);
    dro_free(wants[1].items);
    dro_free(ships);
    dro_sea_book_destroy(own);
    return status;
}
