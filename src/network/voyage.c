/* The question and its answer: does the ship fit, which way, what else could be
 * done, what was assumed and where the figures come from. */
#include "network_internal.h"

#include <math.h>

#define NOTICES_MAX      24
#define COASTLINE_SOURCE "gshhg-2.3.7"
#define SOURCES_MAX      128

const char *dro_mode_text(dro_mode mode) {
    return mode == DRO_MODE_CANAL ? "canal" : "sea";
}

typedef struct answer {
    const dro_plan *plan;
    const dro_atlas *atlas;
    dro_ends ends;
    dro_arena *arena;
    const char **notices;
    const dro_source **sources;
    dro_voyage voyage;
    bool out_of_memory;
} answer;

/* ---- ports ------------------------------------------------------------------- */

static const dro_port *port_of(const dro_atlas *atlas, const dro_place *place) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    return place->port >= 0 ? &ports[place->port] : NULL;
}

static dro_status check_place(const dro_plan *plan, const dro_place *place,
                              dro_error *error) {
    const dro_port *port = port_of(dro_session_atlas(plan->session), place);
    return port != NULL ? dro_ship_fits_port(&plan->ship, port, error) : DRO_OK;
}

static dro_status check_places(const dro_plan *plan, dro_ends ends, dro_error *error) {
    DRO_TRY(check_place(plan, ends.from, error));
    for (size_t i = 0; i < plan->options.via_count; i++) {
        DRO_TRY(check_place(plan, &plan->via[i], error));
    }
    return check_place(plan, ends.to, error);
}

/* ---- notices and sources ----------------------------------------------------- */

static void notice(answer *give, const char *text) {
    if (text == NULL) {
        give->out_of_memory = true;
    } else if (give->voyage.notice_count < NOTICES_MAX) {
        give->notices[give->voyage.notice_count++] = text;
    }
}

static void cite(answer *give, const char *id) {
    const dro_source *source = dro_atlas_source(give->atlas, id);
    if (source == NULL || give->voyage.source_count >= SOURCES_MAX) {
        return;
    }
    for (size_t i = 0; i < give->voyage.source_count; i++) {
        if (give->sources[i] == source) {
            return;
        }
    }
    give->sources[give->voyage.source_count++] = source;
}

static void note_port(answer *give, const dro_place *place) {
    const dro_port *port = port_of(give->atlas, place);
    if (port == NULL) {
        return;
    }
    cite(give, port->source);
    if (port->status != DRO_PORT_OPEN) {
        notice(give, dro_arena_format(give->arena, "%s (%s) is %s", port->name,
                                      port->code, dro_port_status_text(port->status)));
    }
    if (port->wide) {
        notice(give, dro_arena_format(give->arena,
                                      "%s (%s): position from the wide port table, "
                                      "less certain",
                                      port->name, port->code));
    }
}

static void note_ship(answer *give) {
    const dro_ship *ship = &give->plan->ship;
    cite(give, ship->vessel->source);
    cite(give, ship->fuel->source);
    if (ship->assumed) {
        notice(give, dro_arena_format(give->arena,
                                      "no vessel named: time, fuel and cost assume %s "
                                      "at %.1f kn",
                                      ship->vessel->id, ship->speed_kn));
    }
    if (!ship->draft_stated) {
        notice(give, dro_arena_format(give->arena,
                                      "no draught given: %.1f m assumed, held against "
                                      "shoals only",
                                      ship->draft_m));
    }
    if (ship->speed_kn > 1.15 * ship->vessel->design_speed_kn) {
        notice(give, dro_arena_format(give->arena,
                                      "%.1f kn is far above the design speed of %s, "
                                      "%.1f kn: the fuel is extrapolated",
                                      ship->speed_kn, ship->vessel->id,
                                      ship->vessel->design_speed_kn));
    }
    notice(give, "cost = charter + fuel + tolls; port dues, cargo handling and the "
                 "freight rate are not in it");
}

static void note_snaps(answer *give) {
    const dro_itinerary *best = &give->voyage.itineraries[0];
    const dro_place *places[2] = {give->ends.from, give->ends.to};
    for (size_t i = 0; i < 2; i++) {
        if (best->snap_nm[i] > 5.0) {
            notice(give,
                   dro_arena_format(give->arena,
                                    "%s lies %.1f nm from navigable water; that is "
                                    "not in the distance",
                                    places[i]->name, best->snap_nm[i]));
        }
    }
}

static void cite_passages(answer *give) {
    for (size_t i = 0; i < give->voyage.count; i++) {
        const dro_itinerary *itinerary = &give->voyage.itineraries[i];
        for (size_t j = 0; j < itinerary->passage_count; j++) {
            cite(give, itinerary->passage_list[j]->source);
        }
    }
}

/* The coastline, and the channels that the best itinerary follows. */
static void cite_water(answer *give) {
    const dro_chart *chart = dro_session_chart(give->plan->session);
    const dro_itinerary *best = &give->voyage.itineraries[0];
    size_t count = 0;
    const dro_channel *channels = dro_atlas_channels(give->atlas, &count);
    cite(give, COASTLINE_SOURCE);
    for (size_t i = 0; i < best->water_count; i++) {
        dro_chart_channel line = {.atlas_channel = -1};
        if (best->water[i].channel >= 0) {
            dro_chart_get_channel(chart, (size_t)best->water[i].channel, &line);
        }
        if (line.atlas_channel >= 0) {
            cite(give, channels[line.atlas_channel].source);
        }
    }
}

static void note_alternatives(answer *give) {
    size_t wanted = give->plan->options.alternatives;
    size_t found = give->voyage.count - 1;
    if (found < wanted) {
        notice(give, dro_arena_format(give->arena,
                                      "%zu of %zu alternatives: no more that differ by "
                                      "their passages",
                                      found, wanted));
    }
}

static void annotate(answer *give) {
    note_port(give, give->ends.from);
    for (size_t i = 0; i < give->plan->options.via_count; i++) {
        note_port(give, &give->plan->via[i]);
    }
    note_port(give, give->ends.to);
    note_ship(give);
    note_snaps(give);
    note_alternatives(give);
    cite_passages(give);
    cite_water(give);
}

/* ---- closed passages --------------------------------------------------------- */

static void list_closed(answer *give, dro_closed_passage *closed) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(give->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_closure closure = give->plan->closure[i];
        if (closure == DRO_CLOSURE_NONE || closure == DRO_CLOSURE_DEFAULT ||
            !dro_passage_has_water(give->atlas, i)) {
            continue;
        }
        char reason[96];
        dro_plan_closure_reason(give->plan, i, reason, sizeof reason);
        const char *text = dro_arena_format(give->arena, "%s", reason);
        give->out_of_memory |= text == NULL;
        closed[give->voyage.closed_count++] =
            (dro_closed_passage){&passages[i], closure, text};
    }
    give->voyage.closed = closed;
}

/* ---- the voyage -------------------------------------------------------------- */

static dro_status find_tracks(dro_worker *worker, const dro_plan *plan, dro_ends ends,
                              dro_arena *arena, dro_track *tracks, size_t *count,
                              dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_track best;
    dro_status status =
        dro_track_find(worker, plan, plan->rules, ends, arena, &best, &local);
    if (status == DRO_NO_ANSWER) {
        status = dro_track_explain(worker, plan, ends, arena, &local);
    } else if (status == DRO_INVALID) {
        status = dro_track_refuse(worker, plan, ends, &local);
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "%s", local.message);
    }
    tracks[0] = best;
    *count = 1;
    if (plan->options.alternatives == 0) {
        return DRO_OK;
    }
    return dro_track_alternatives(worker, plan, ends, &best, arena, tracks, count,
                                  error);
}

static dro_status make_itineraries(answer *give, const dro_track *tracks, size_t count,
                                   dro_error *error) {
    dro_itinerary *list = dro_arena_alloc(give->arena, count, sizeof *list);
    if (list == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a voyage");
    }
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(dro_itinerary_make(give->plan, give->ends, &tracks[i], give->arena,
                                   &list[i], error));
    }
    give->voyage.itineraries = list;
    give->voyage.count = count;
    return DRO_OK;
}

static void copy_question(answer *give) {
    const dro_plan *plan = give->plan;
    give->voyage.from = *give->ends.from;
    give->voyage.to = *give->ends.to;
    give->voyage.ship = plan->ship;
    give->voyage.by = plan->options.by;
    give->voyage.profile = plan->options.profile;
    dro_place *via = dro_arena_alloc(give->arena, plan->options.via_count, sizeof *via);
    give->out_of_memory |= via == NULL;
    for (size_t i = 0; via != NULL && i < plan->options.via_count; i++) {
        via[i] = plan->via[i];
        give->voyage.via_count++;
    }
    give->voyage.via = via;
}

static dro_status fill(answer *give, const dro_track *tracks, size_t count,
                       dro_error *error) {
    DRO_TRY(make_itineraries(give, tracks, count, error));
    give->notices = dro_arena_alloc(give->arena, NOTICES_MAX, sizeof *give->notices);
    give->sources = dro_arena_alloc(
        give->arena, SOURCES_MAX,
        sizeof(const dro_source *)); /* NOLINT(bugprone-sizeof-expression) */
    dro_closed_passage *closed =
        dro_arena_alloc(give->arena, DRO_PASSAGES_MAX, sizeof *closed);
    if (give->notices == NULL || give->sources == NULL || closed == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a voyage");
    }
    copy_question(give);
    list_closed(give, closed);
    annotate(give);
    give->voyage.notices = give->notices;
    give->voyage.sources = give->sources;
    return give->out_of_memory
               ? dro_fail(error, DRO_NOMEM, "out of memory for a voyage")
               : DRO_OK;
}

dro_status dro_voyage_find(dro_worker *worker, const dro_plan *plan,
                           const dro_place *from, const dro_place *to, dro_arena *arena,
                           dro_voyage *out, dro_error *error) {
    dro_ends ends = {from, to};
    dro_track tracks[DRO_ALTERNATIVES_MAX + 1];
    size_t count = 0;
    DRO_TRY(check_places(plan, ends, error));
    DRO_TRY(find_tracks(worker, plan, ends, arena, tracks, &count, error));
    answer give = {.plan = plan,
                   .atlas = dro_session_atlas(plan->session),
                   .ends = ends,
                   .arena = arena};
    DRO_TRY(fill(&give, tracks, count, error));
    *out = give.voyage;
    return DRO_OK;
}
