/* The map of a claim's chains: ways by mode, numbered as in the workings. */
#include <math.h>

#include "report/clip.h"
#include "report/page_map.h"

bool page_has_ways(const page_chains *chains) {
    for (size_t i = 0; i < chains->deciding; i++) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (page_is_way(&chains->items[i]->legs[k])) {
                return true;
            }
        }
    }
    return false;
}

static dro_status way(const page_map *m, const dro_audit_leg *l, dro_paths *out,
                      dro_error *error) {
    const dro_point ends[2] = {l->from_at, l->to_at};
    return dro_clip_line(&m->p->view, ends, 2, out, error);
}

static dro_status see_chain(page_map *m, const dro_audit_chain *chain,
                            dro_error *error) {
    for (size_t k = 0; k < chain->leg_count; k++) {
        dro_paths line = {0};
        dro_status status = page_is_way(&chain->legs[k])
                                ? way(m, &chain->legs[k], &line, error)
                                : DRO_OK;
        for (size_t i = 0; i < line.count; i++) {
            page_map_see_pixel(m, line.points[i]);
        }
        dro_paths_free(&line);
        DRO_TRY(status);
    }
    return DRO_OK;
}

static bool by_sea(const dro_audit_leg *l) {
    return l->mode == DRO_CHAIN_LINER || l->mode == DRO_CHAIN_TRAMP;
}

static dro_status draw_way(page_map *m, const dro_audit_leg *l, dro_error *error) {
    dro_paths line = {0};
    dro_status status = way(m, l, &line, error);
    for (size_t i = 0; i < line.count; i++) {
        line.points[i] = page_map_placed(m, line.points[i]);
    }
    if (status == DRO_OK && line.run_count > 0) {
        dro_ink_raw(m->p->ink, "<path class=\"halo\" d=\"");
        dro_ink_path(m->p->ink, &line, false);
        dro_ink_add(m->p->ink, "\"/><path class=\"way m%d%s\" d=\"", (int)l->mode,
                    by_sea(l) ? " sea" : "");
        dro_ink_path(m->p->ink, &line, false);
        dro_ink_raw(m->p->ink, "\"/>\n");
        status = dro_label_ink(&m->space, &line, error);
    }
    dro_paths_free(&line);
    return status;
}

static const dro_audit_leg *longest_way(const dro_audit_chain *chain) {
    const dro_audit_leg *best = NULL;
    double most = -1.0;
    for (size_t k = 0; k < chain->leg_count; k++) {
        const dro_audit_leg *l = &chain->legs[k];
        double length =
            page_is_way(l) ? dro_geo_distance_m(l->from_at, l->to_at) : -1.0;
        if (length > most) {
            most = length;
            best = l;
        }
    }
    return best;
}

/* Several chains share their longest way: each number has a place of its own on it. */
static dro_status draw_number(page_map *m, const page_chains *chains, size_t index,
                              dro_error *error) {
    const dro_audit_leg *l = longest_way(chains->items[index]);
    if (l == NULL) {
        return DRO_OK;
    }
    double part = (double)(index + 1) / (double)(chains->deciding + 1);
    dro_point at = dro_geo_between(l->from_at, l->to_at, 0.2 + 0.6 * part);
    dro_xy where = page_map_spot(m, at);
    dro_ink_add(m->p->ink, "<g class=\"m%d number\"><circle r=\"8.5\"", (int)l->mode);
    page_map_xy(m->p->ink, "cx", "cy", where);
    dro_ink_raw(m->p->ink, "/><text text-anchor=\"middle\"");
    page_map_xy(m->p->ink, "x", "y", (dro_xy){where.x, where.y + 4.0});
    dro_ink_add(m->p->ink, ">%zu</text></g>\n", index + 1);
    return page_map_take(m, where, 9.0, error);
}

typedef struct place {
    dro_point at;
    const char *name;
    bool end;
} place;

#define PLACES_MAX 64

typedef struct place_list {
    place items[PLACES_MAX];
    size_t count;
} place_list;

static void note_place(place_list *list, dro_point at, const char *name, bool end) {
    for (size_t i = 0; i < list->count; i++) {
        place *o = &list->items[i];
        bool near = fabs(o->at.lat_deg - at.lat_deg) < 0.3 &&
                    fabs(o->at.lon_deg - at.lon_deg) < 0.3;
        if (near) {
            o->end |= end;
            return;
        }
    }
    if (list->count < PLACES_MAX) {
        list->items[list->count++] = (place){at, name, end};
    }
}

static void note_chain(place_list *list, const dro_audit_chain *c) {
    const dro_audit_leg *first = NULL, *last = NULL;
    for (size_t k = 0; k < c->leg_count; k++) {
        if (page_is_way(&c->legs[k])) {
            first = first == NULL ? &c->legs[k] : first;
            last = &c->legs[k];
        }
    }
    if (first == NULL) {
        return;
    }
    note_place(list, first->from_at, first->from, true);
    note_place(list, last->to_at, last->to, true);
    for (size_t k = 0; k < c->leg_count; k++) {
        if (page_is_way(&c->legs[k])) {
            note_place(list, c->legs[k].from_at, c->legs[k].from, false);
            note_place(list, c->legs[k].to_at, c->legs[k].to, false);
        }
    }
}

static dro_status draw_places(page_map *m, const place_list *list, dro_error *error) {
    for (size_t i = 0; i < list->count; i++) {
        const place *at = &list->items[i];
        dro_xy where = page_map_spot(m, at->at);
        dro_ink_add(m->p->ink, "<circle class=\"place\" r=\"%s\"",
                    at->end ? "4.5" : "3");
        page_map_xy(m->p->ink, "cx", "cy", where);
        dro_ink_raw(m->p->ink, "/>");
        DRO_TRY(page_map_take(m, where, at->end ? 5.0 : 3.5, error));
    }
    for (int end = 1; end >= 0; end--) {
        for (size_t i = 0; i < list->count; i++) {
            if (list->items[i].end == (end == 1)) {
                DRO_TRY(page_map_label(m, page_map_spot(m, list->items[i].at),
                                       list->items[i].name, end == 1, end ? 95.0 : 34.0,
                                       error));
            }
        }
    }
    return DRO_OK;
}

static dro_status draw_chains(page_map *m, const dro_audit_claim *claim,
                              const page_chains *chains, dro_error *error) {
    place_list places = {.count = 0};
    for (size_t i = 0; i < chains->deciding; i++) {
        DRO_TRY(see_chain(m, chains->items[i], error));
        note_chain(&places, chains->items[i]);
    }
    page_map_open(m, "The chains of ", claim->id);
    for (size_t i = chains->deciding; i-- > 0;) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (page_is_way(&chains->items[i]->legs[k])) {
                DRO_TRY(draw_way(m, &chains->items[i]->legs[k], error));
            }
        }
    }
    for (size_t i = 0; i < chains->deciding; i++) {
        DRO_TRY(draw_number(m, chains, i, error));
    }
    DRO_TRY(draw_places(m, &places, error));
    dro_ink_raw(m->p->ink, "</svg>\n");
    return DRO_OK;
}

static bool any_sea(const page_chains *chains) {
    for (size_t i = 0; i < chains->deciding; i++) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (by_sea(&chains->items[i]->legs[k])) {
                return true;
            }
        }
    }
    return false;
}

dro_status page_map_chains(page *p, const dro_audit_claim *claim,
                           const page_chains *chains, dro_error *error) {
    page_map m = page_map_begin(p);
    dro_ink_raw(p->ink, "<figure class=\"mapped\">\n");
    dro_status status = draw_chains(&m, claim, chains, error);
    dro_label_space_free(&m.space);
    DRO_TRY(status);
    dro_ink_raw(p->ink, "<figcaption>By the numbers of the workings below.");
    dro_ink_raw(p->ink, any_sea(chains) ? " Dashed: by sea, drawn as the great circle "
                                          "between the ports and not as sailed."
                                        : "");
    dro_ink_raw(p->ink, "</figcaption>\n</figure>\n");
    return DRO_OK;
}
