/* From options as typed to the options of a plan. */
#include "ask/wishes.h"

#include <ctype.h>
#include <string.h>

#include "atlas/geojson.h"

#define PART_MAX 160

/* ---- passages
 * ------------------------------------------------------------------------ */

typedef dro_status (*take_passage)(const dro_atlas *atlas, size_t passage,
                                   dro_ask_voyage *out, dro_error *error);

static dro_status take_avoid(const dro_atlas *atlas, size_t passage,
                             dro_ask_voyage *out, dro_error *error) {
    (void)error;
    out->options.avoid |= dro_atlas_passage_mask(atlas, passage);
    return DRO_OK;
}

static dro_status take_open(const dro_atlas *atlas, size_t passage, dro_ask_voyage *out,
                            dro_error *error) {
    (void)error;
    out->options.open |= dro_atlas_passage_mask(atlas, passage);
    return DRO_OK;
}

static dro_status take_require(const dro_atlas *atlas, size_t passage,
                               dro_ask_voyage *out, dro_error *error) {
    (void)atlas;
    if (out->options.require_count == DRO_REQUIRE_MAX) {
        return dro_fail(error, DRO_LIMIT, "at most %d passages can be required",
                        DRO_REQUIRE_MAX);
    }
    out->require[out->options.require_count++] = passage;
    return DRO_OK;
}

static dro_status each_passage(const dro_atlas *atlas, const dro_ask_list *list,
                               const char *option, take_passage take,
                               dro_ask_voyage *out, dro_error *error) {
    for (size_t i = 0; i < list->count; i++) {
        char part[PART_MAX];
        const char *next = list->items[i];
        while (dro_ask_split(&next, part, sizeof part)) {
            size_t passage = 0;
            dro_status status = dro_atlas_find_passage(atlas, part, &passage, error);
            if (status != DRO_OK) {
                dro_error_prefix(error, "%s", option);
                return status;
            }
            DRO_TRY(take(atlas, passage, out, error));
        }
    }
    return DRO_OK;
}

/* ---- places
 * ---------------------------------------------------------------------------- */

static bool numeric(const char *text) {
    text += strspn(text, " ");
    text += *text == '-' || *text == '+' ? 1 : 0;
    text += *text == '.' ? 1 : 0;
    return isdigit((unsigned char)*text) != 0;
}

/* Two numbers beside each other go together again. */
static bool next_place(const char **next, char *part, size_t size) {
    if (!dro_ask_split(next, part, size)) {
        return false;
    }
    size_t length = strlen(part);
    if (numeric(part) && *next != NULL && numeric(*next) && length + 2 < size) {
        part[length] = ',';
        return dro_ask_split(next, part + length + 1, size - length - 1);
    }
    return true;
}

dro_status dro_ask_places(const dro_ask_context *context, const dro_ask_list *lists,
                          dro_place *out, size_t most, size_t *count, const char *what,
                          dro_error *error) {
    *count = 0;
    for (size_t i = 0; i < lists->count; i++) {
        char part[PART_MAX];
        const char *next = lists->items[i];
        while (next_place(&next, part, sizeof part)) {
            if (*count == most) {
                return dro_fail(error, DRO_LIMIT, "%s: more than %zu places", what,
                                most);
            }
            dro_status status = dro_ask_place(context, part, &out[*count], error);
            if (status != DRO_OK) {
                dro_error_prefix(error, "%s", what);
                return status;
            }
            (*count)++;
        }
    }
    return DRO_OK;
}

dro_status dro_ask_wishes_via(const dro_ask_context *context, const dro_ask_list *list,
                              const char *what, dro_ask_voyage *out, dro_error *error) {
    size_t count = 0;
    DRO_TRY(dro_ask_places(context, list, out->via, DRO_VIA_MAX, &count, what, error));
    out->options.via = out->via;
    out->options.via_count = count;
    return DRO_OK;
}

/* ---- areas
 * -------------------------------------------------------------------------------- */

static dro_status add_areas(const char *given, bool is_text, dro_arena *arena,
                            dro_ask_voyage *out, dro_error *error) {
    const char *path = strcmp(given, "-") == 0 ? "/dev/stdin" : given;
    dro_ring *rings = NULL;
    size_t count = 0;
    DRO_TRY(is_text ? dro_geojson_parse_rings(given, strlen(given), "avoid-area", arena,
                                              &rings, &count, error)
                    : dro_geojson_read_rings(path, arena, &rings, &count, error));
    dro_ring *both = dro_arena_alloc(arena, out->area_count + count, sizeof *both);
    if (both == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for areas");
    }
    if (out->area_count > 0) {
        memcpy(both, out->areas, out->area_count * sizeof *both);
    }
    memcpy(both + out->area_count, rings, count * sizeof *both);
    out->areas = both;
    out->area_count += count;
    return DRO_OK;
}

/* ---- all of them
 * ----------------------------------------------------------------------------- */

static dro_status read_vessel(const dro_atlas *atlas, const dro_ask_asked *asked,
                              const dro_ask_wishes *wishes, dro_ask_voyage *out,
                              dro_error *error) {
    size_t vessel = 0;
    if (wishes->vessel == NULL) {
        return DRO_OK;
    }
    dro_status status = dro_atlas_find_vessel(atlas, wishes->vessel, &vessel, error);
    if (status != DRO_OK) {
        dro_error_prefix(error, "%s", dro_ask_label(asked, "--vessel"));
        return status;
    }
    out->options.vessel = (int)vessel;
    return DRO_OK;
}

static dro_status read_passages(const dro_atlas *atlas, const dro_ask_asked *asked,
                                const dro_ask_wishes *wishes, dro_ask_voyage *out,
                                dro_error *error) {
    DRO_TRY(each_passage(atlas, &wishes->avoid, dro_ask_label(asked, "--avoid"),
                         take_avoid, out, error));
    DRO_TRY(each_passage(atlas, &wishes->open, dro_ask_label(asked, "--open"),
                         take_open, out, error));
    return each_passage(atlas, &wishes->require, dro_ask_label(asked, "--require"),
                        take_require, out, error);
}

dro_status dro_ask_wishes_read(const dro_ask_context *context,
                               const dro_ask_asked *asked, const dro_ask_wishes *wishes,
                               dro_ask_voyage *out, dro_error *error) {
    const dro_atlas *atlas = dro_ask_atlas(context);
    *out = (dro_ask_voyage){.options = DRO_VOYAGE_OPTIONS_INIT};
    DRO_TRY(read_vessel(atlas, asked, wishes, out, error));
    DRO_TRY(read_passages(atlas, asked, wishes, out, error));
    for (size_t i = 0; i < wishes->avoid_area.count; i++) {
        DRO_TRY(add_areas(wishes->avoid_area.items[i], asked->query, context->arena,
                          out, error));
    }
    out->options.draft_m = wishes->draft_m;
    out->options.beam_m = wishes->beam_m;
    out->options.loa_m = wishes->loa_m;
    out->options.air_draft_m = wishes->air_draft_m;
    out->options.speed_kn = wishes->speed_kn;
    out->options.by = (dro_objective)wishes->by;
    out->options.profile = (dro_profile)wishes->profile;
    out->options.max_snap_m = wishes->max_snap_nm * DRO_M_PER_NM;
    out->options.require = out->require;
    out->options.avoid_areas = out->areas;
    out->options.avoid_area_count = out->area_count;
    return DRO_OK;
}
