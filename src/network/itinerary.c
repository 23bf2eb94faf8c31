/* From a track of water to legs that people name: sea, canal, sea; with the hours,
 * the fuel and the money of each. */
#include "crossings.h"

#include <string.h>

#define LEG_CHANNELS_MAX 4 /* named in a note */

typedef struct builder {
    const dro_plan *plan;
    const dro_atlas *atlas;
    const dro_passage *passages;
    const dro_track *track;
    dro_ends ends;
    dro_arena *arena;
    const dro_crossing *crossings;
    size_t crossing_count;
    const char **stop_names;
    dro_leg *legs;
    size_t count;
} builder;

/* A run of track legs [first, last) that makes one leg. */
typedef struct run {
    size_t first, last;
    int canal; /* atlas passage or -1 */
    double distance_m;
} run;

static int canal_of(const builder *make, size_t index) {
    int passage = make->track->legs[index].passage;
    bool canal = passage >= 0 && make->passages[passage].kind == DRO_PASSAGE_CANAL;
    return canal ? passage : -1;
}

/* The end of the run that begins with leg `first`. A canal goes on to its last leg:
 * the lakes in it (Great Bitter, Gatun) are open water on a chart. */
static size_t run_end(const builder *make, size_t first, size_t end) {
    int canal = canal_of(make, first);
    size_t last = first + 1;
    for (size_t i = last; i < end; i++) {
        if (canal_of(make, i) == canal && (canal >= 0 || i == last)) {
            last = i + 1;
        }
    }
    return last;
}

static run next_run(const builder *make, size_t first, size_t end) {
    run out = {first, run_end(make, first, end), canal_of(make, first), 0.0};
    for (size_t i = first; i < out.last; i++) {
        out.distance_m += make->track->legs[i].distance_m;
    }
    return out;
}

/* ---- notes ------------------------------------------------------------------- */

static size_t append(char *note, size_t size, size_t length, const char *text) {
    size_t more = strlen(text), room = size - 1 - length;
    more = more < room ? more : room;
    memcpy(note + length, text, more);
    note[length + more] = '\0';
    return length + more;
}

/* As much of both as there is room for. */
static void add_note(char *note, size_t size, const char *before, const char *text) {
    size_t length = append(note, size, strlen(note), before);
    (void)append(note, size, length, text);
}

static const char *channel_name(const builder *make, const dro_sea_leg *leg) {
    dro_chart_channel channel = {0};
    if (leg->kind != DRO_LEG_CHANNEL || leg->channel < 0) {
        return NULL;
    }
    dro_chart_get_channel(dro_session_chart(make->plan->session), (size_t)leg->channel,
                          &channel);
    return channel.name;
}

static bool noted(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* "62 nm by Elbe, Kiel Fjord" */
static void note_channels(const builder *make, const run *part, char *note,
                          size_t size) {
    const char *names[LEG_CHANNELS_MAX] = {NULL};
    size_t count = 0;
    double length_m = 0.0;
    for (size_t i = part->first; i < part->last; i++) {
        const dro_sea_leg *leg = &make->track->legs[i];
        const char *name = channel_name(make, leg);
        if (name == NULL) {
            continue;
        }
        length_m += leg->distance_m;
        if (name[0] != '\0' && count < LEG_CHANNELS_MAX && !noted(names, count, name)) {
            names[count++] = name;
        }
    }
    if (length_m < 0.05 * DRO_M_PER_NM) {
        return;
    }
    char text[48];
    (void)snprintf(text, sizeof text, "%.1f nm in channels", length_m / DRO_M_PER_NM);
    add_note(note, size, note[0] != '\0' ? "; " : "", text);
    for (size_t i = 0; i < count; i++) {
        add_note(note, size, i == 0 ? ": " : " / ", names[i]);
    }
}

static bool inside(const builder *make, const run *part, const dro_crossing *crossing) {
    size_t first = make->track->legs[part->first].first;
    size_t last = make->track->legs[part->last - 1].last;
    return crossing->arc >= first && crossing->arc < last;
}

/* Straits on the way: their waits and tolls go to this leg. */
static void sail(const builder *make, const run *part, dro_leg *leg, char *note,
                 size_t size) {
    dro_reckon_sea(&make->plan->ship, part->distance_m, &leg->reckoning);
    for (size_t i = 0; i < make->crossing_count; i++) {
        const dro_crossing *crossing = &make->crossings[i];
        const dro_passage *passage = &make->passages[crossing->passage];
        if (passage->kind == DRO_PASSAGE_CANAL || !inside(make, part, crossing)) {
            continue;
        }
        dro_reckoning through;
        dro_reckon_passage(&make->plan->ship, make->plan->through[crossing->passage],
                           0.0, &through);
        dro_reckon_add(&leg->reckoning, &through);
        add_note(note, size, note[0] == '\0' ? "by " : ", ", passage->name);
    }
    note_channels(make, part, note, size);
}

static void transit(const builder *make, const run *part, dro_leg *leg, char *note,
                    size_t size) {
    const dro_passage *canal = make->plan->through[part->canal];
    dro_reckon_passage(&make->plan->ship, canal, part->distance_m, &leg->reckoning);
    const dro_range *item = leg->reckoning.item;
    (void)snprintf(note, size, "transit %.1f h, waiting %.1f h (%.1f to %.1f)",
                   item[DRO_ITEM_TRANSIT_H].value, item[DRO_ITEM_WAIT_H].value,
                   item[DRO_ITEM_WAIT_H].low, item[DRO_ITEM_WAIT_H].high);
}

/* ---- legs -------------------------------------------------------------------- */

/* Copied: a voyage outlives its plan and the places it was asked with. */
static dro_status keep_names(builder *make, dro_error *error) {
    size_t count = make->track->stops + 1;
    make->stop_names = dro_arena_alloc(make->arena, count, sizeof *make->stop_names);
    for (size_t i = 0; make->stop_names != NULL && i < count; i++) {
        const dro_place *place = i == 0           ? make->ends.from
                                 : i + 1 == count ? make->ends.to
                                                  : &make->plan->via[i - 1];
        make->stop_names[i] =
            dro_arena_strndup(make->arena, place->name, strlen(place->name));
        if (make->stop_names[i] == NULL) {
            make->stop_names = NULL;
        }
    }
    return make->stop_names != NULL
               ? DRO_OK
               : dro_fail(error, DRO_NOMEM, "out of memory for the stops of a route");
}

static dro_status add_leg(builder *make, const run *part, const char *from,
                          const char *to, dro_error *error) {
    char note[400] = "";
    dro_leg *leg = &make->legs[make->count++];
    leg->mode = part->canal >= 0 ? DRO_MODE_CANAL : DRO_MODE_SEA;
    leg->distance_nm = part->distance_m / DRO_M_PER_NM;
    leg->first = make->track->legs[part->first].first;
    leg->last = make->track->legs[part->last - 1].last;
    if (part->canal >= 0) {
        transit(make, part, leg, note, sizeof note);
    } else {
        sail(make, part, leg, note, sizeof note);
    }
    leg->from = from;
    leg->to = to;
    leg->note = dro_arena_strndup(make->arena, note, strlen(note));
    return leg->note != NULL ? DRO_OK
                             : dro_fail(error, DRO_NOMEM, "out of memory for a leg");
}

static const char *canal_name(const builder *make, int canal) {
    return make->plan->through[canal]->name;
}

/* A leg begins and ends at a stop or at the canal beside it. */
static dro_status add_stretch(builder *make, size_t stop, dro_error *error) {
    size_t end = make->track->stop[stop + 1];
    const char *from = make->stop_names[stop];
    for (size_t first = make->track->stop[stop]; first < end;) {
        run part = next_run(make, first, end);
        int next = part.last < end ? canal_of(make, part.last) : -1;
        const char *to = part.last == end ? make->stop_names[stop + 1]
                         : next >= 0      ? canal_name(make, next)
                                          : canal_name(make, part.canal);
        DRO_TRY(add_leg(make, &part, from, to, error));
        from = part.canal >= 0 ? canal_name(make, part.canal) : to;
        first = part.last;
    }
    return DRO_OK;
}

static dro_status list_passages(const builder *make, dro_itinerary *out,
                                dro_error *error) {
    uint64_t listed = 0;
    const dro_passage **list =
        dro_arena_alloc(make->arena, make->crossing_count + 1,
                        sizeof(dro_passage *)); /* NOLINT(bugprone-sizeof-expression) */
    if (list == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the passages of a route");
    }
    for (size_t i = 0; i < make->crossing_count; i++) {
        size_t passage = make->crossings[i].passage;
        if ((listed >> passage & 1u) == 0) {
            listed |= UINT64_C(1) << passage;
            list[out->passage_count++] = &make->passages[passage];
        }
    }
    out->passage_list = list;
    return DRO_OK;
}

static void total(const builder *make, dro_itinerary *out) {
    const dro_track *track = make->track;
    out->distance_nm = track->distance_m / DRO_M_PER_NM;
    out->objective_nm = track->objective_m / DRO_M_PER_NM;
    out->excess_bound_pct =
        track->distance_m > 0.0 ? 100.0 * track->excess_m / track->distance_m : 0.0;
    for (size_t i = 0; i < 2; i++) {
        out->snap_nm[i] = track->snap_m[i] / DRO_M_PER_NM;
    }
    out->passages = track->passages;
    out->points = track->points;
    out->point_count = track->count;
    out->water = track->legs;
    out->water_count = track->leg_count;
    out->legs = make->legs;
    out->leg_count = make->count;
    for (size_t i = 0; i < make->count; i++) {
        dro_reckon_add(&out->total, &make->legs[i].reckoning);
    }
}

dro_status dro_itinerary_make(const dro_plan *plan, dro_ends ends,
                              const dro_track *track, dro_arena *arena,
                              dro_itinerary *out, dro_error *error) {
    size_t passages = 0;
    builder make = {.plan = plan, .track = track, .ends = ends, .arena = arena};
    make.atlas = dro_session_atlas(plan->session);
    make.passages = dro_atlas_passages(make.atlas, &passages);
    dro_crossing *crossings = NULL;
    DRO_TRY(dro_crossings_find(make.atlas, track, arena, &crossings,
                               &make.crossing_count, error));
    make.crossings = crossings;
    make.legs = dro_arena_alloc(arena, track->leg_count + 1, sizeof *make.legs);
    if (make.legs == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the legs of a route");
    }
    DRO_TRY(keep_names(&make, error));
    for (size_t stop = 0; stop < track->stops; stop++) {
        DRO_TRY(add_stretch(&make, stop, error));
    }
    dro_itinerary itinerary = {0};
    DRO_TRY(list_passages(&make, &itinerary, error));
    total(&make, &itinerary);
    *out = itinerary;
    return DRO_OK;
}
