#include "chart/met.h"

#include <string.h>

void met_free(met_areas *m) {
    dro_free(m->met);
    dro_free(m->rings);
    dro_free(m->discs);
    dro_free(m->blocks);
    *m = (met_areas){0};
}

dro_status met_begin(met_areas *m, const dro_sea_rules *rules, dro_error *error) {
    if (m->rules == rules->number) {
        return DRO_OK;
    }
    m->rules = 0;
    m->count = 0;
    DRO_TRY(DRO_RESERVE(m->met, m->met_capacity, rules->avoid_count, error));
    DRO_TRY(DRO_RESERVE(m->rings, m->ring_capacity, rules->avoid_count, error));
    DRO_TRY(DRO_RESERVE(m->discs, m->disc_capacity, rules->avoid_count, error));
    DRO_TRY(DRO_RESERVE(m->blocks, m->block_capacity,
                        rules->avoid_count / RULES_BLOCK + 1, error));
    memset(m->met, 0, rules->avoid_count);
    m->numbers[0] = rules_new_number();
    m->rules = rules->number;
    return DRO_OK;
}

void met_rules(const met_areas *m, const dro_sea_rules *rules, bool with_areas,
               dro_sea_rules *part) {
    *part = *rules;
    part->avoid = m->rings;
    part->discs = m->discs;
    part->blocks = m->blocks;
    part->avoid_count = with_areas ? m->count : 0;
    part->number = m->numbers[with_areas];
    part->table = part->avoid_count == 0 && rules_hold_table(rules);
}

/* ---- what a way meets ---------------------------------------------------------- */

static bool on_way(const dro_sea_rules *rules, size_t area, const dro_vec *way,
                   size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        if (rules_area_meets(rules, area, way[i], way[i + 1])) {
            return true;
        }
    }
    return false;
}

static void note(met_areas *m, const dro_sea_rules *rules, size_t area) {
    m->met[area] = 1;
    m->rings[m->count] = rules->avoid[area];
    m->discs[m->count++] = rules->discs[area];
}

/* Those no farther off than both are wide. */
static void note_near(met_areas *m, const dro_sea_rules *rules, rules_disc disc) {
    for (size_t i = 0; i < rules->avoid_count; i++) {
        double reach = 4.0 * (disc.radius + rules->discs[i].radius);
        if (!m->met[i] && dro_geo_angle(disc.centre, rules->discs[i].centre) <= reach) {
            note(m, rules, i);
        }
    }
}

bool met_note(met_areas *m, const dro_sea_rules *rules, const dro_sea_rules *part,
              const dro_vec *way, size_t count) {
    size_t before = m->count;
    bool more = false;
    for (size_t i = 0; i < rules->avoid_count; i++) {
        bool held_to = m->met[i] && part->avoid_count > 0;
        if (!held_to && on_way(rules, i, way, count)) {
            more = true;
            if (!m->met[i]) {
                note(m, rules, i);
            }
        }
    }
    size_t met = m->count;
    for (size_t i = before; i < met; i++) {
        note_near(m, rules, m->discs[i]);
    }
    if (m->count > before) {
        rules_make_blocks(m->discs, m->count, m->blocks);
        m->numbers[1] = rules_new_number();
    }
    return more;
}
