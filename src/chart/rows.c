#include "chart/rows.h"

#include <math.h>
#include <string.h>

#define ROWS_MOST    512 /* kept; beyond, all are dropped */
#define ROWS_AT_ONCE 32

static void drop_rows(port_rows *r) {
    for (size_t i = 0; r->rows && i < r->port_count; i++) {
        dro_free(r->rows[i].distance_m);
        dro_free(r->rows[i].gates);
        r->rows[i] = (port_row){0};
    }
    r->kept = 0;
}

void port_rows_free(port_rows *r) {
    drop_rows(r);
    dro_free(r->rows);
    dro_free(r->cover);
    dro_free(r->left);
    *r = (port_rows){0};
}

static dro_status begin(port_rows *r, const dro_sea_rules *rules, dro_error *error) {
    size_t n = rules->chart->image.ports_count;
    if (!r->left) {
        port_rows_free(r);
        DRO_TRY(dro_new((void **)&r->rows, n, sizeof *r->rows, "rows", error));
        r->port_count = n;
        DRO_TRY(dro_new((void **)&r->cover, n, sizeof *r->cover, "rows", error));
        DRO_TRY(dro_new((void **)&r->left, n, sizeof *r->left, "rows", error));
    }
    if (r->rules != rules->number || r->kept + ROWS_AT_ONCE > ROWS_MOST) {
        drop_rows(r);
        r->rules = rules->number;
        r->asked = 0;
    }
    return DRO_OK;
}

bool port_rows_affects(const dro_sea_rules *rules, size_t a, size_t b) {
    const image *v = &rules->chart->image;
    size_t cell = a * v->ports_count + b;
    uint16_t class = v->table_class[cell];
    return a != b && isfinite(v->table[cell]) && class < v->classes_count &&
           (rules->soft_shoals ? rules->barred[class] : rules->shut[class]);
}

/* ---- which ports to search from ----------------------------------------------------
 */

static bool open_pair(const port_rows *r, const dro_sea_rules *rules, uint32_t a,
                      uint32_t b) {
    return !r->rows[a].distance_m && !r->rows[b].distance_m && !r->cover[a] &&
           !r->cover[b] && port_rows_affects(rules, a, b);
}

static void plan(port_rows *r, const dro_sea_rules *rules, const uint32_t *ports,
                 size_t count) {
    memset(r->cover, 0, r->port_count);
    for (size_t i = 0; i < count; i++) {
        r->left[ports[i]] = 0;
        for (size_t k = 0; k < count; k++) {
            r->left[ports[i]] += open_pair(r, rules, ports[i], ports[k]);
        }
    }
    for (;;) {
        uint32_t most = ports[0];
        for (size_t i = 1; i < count; i++) {
            most = r->left[ports[i]] > r->left[most] ? ports[i] : most;
        }
        if (!r->left[most]) {
            break;
        }
        for (size_t k = 0; k < count; k++) {
            r->left[ports[k]] -= open_pair(r, rules, most, ports[k]);
        }
        r->left[most] = 0;
        r->cover[most] = 1;
    }
    r->planned = true;
}

/* Each port once; returns how many are left. */
static size_t without_repeats(port_rows *r, uint32_t *ports, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        r->left[ports[i]] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (r->left[ports[i]]) {
            r->left[ports[i]] = 0;
            ports[kept++] = ports[i];
        }
    }
    return kept;
}

static bool among(uint32_t port, const uint32_t *ports, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (ports[i] == port) {
            return true;
        }
    }
    return false;
}

/* ---- rows ---------------------------------------------------------------------- */

static dro_status make_row(port_rows *r, const dro_sea_rules *rules, search *space,
                           uint32_t port, dro_error *error) {
    port_row row = {0};
    DRO_TRY(dro_new((void **)&row.distance_m, r->port_count, sizeof *row.distance_m,
                    "rows", error));
    dro_status status =
        dro_new((void **)&row.gates, r->port_count, sizeof *row.gates, "rows", error);
    if (status == DRO_OK) {
        status = search_ports(rules->chart, rules, space, port, row.distance_m,
                              row.gates, error);
    }
    if (status != DRO_OK) {
        dro_free(row.distance_m);
        dro_free(row.gates);
        return status;
    }
    r->rows[port] = row;
    r->kept++;
    return DRO_OK;
}

/* Rows of the other ends, where the plan wants them; *open: pairs still without. */
static dro_status make_others(port_rows *r, const dro_sea_rules *rules, search *space,
                              uint32_t from, const uint32_t *to, size_t count,
                              size_t *open, dro_error *error) {
    size_t made = 1; /* there may be one of its own */
    *open = 0;
    for (size_t i = 0; i < count; i++) {
        if (!port_rows_affects(rules, from, to[i]) || r->rows[to[i]].distance_m) {
            continue;
        }
        if (r->planned && r->cover[to[i]] && !r->cover[from] && made < ROWS_AT_ONCE) {
            DRO_TRY(make_row(r, rules, space, to[i], error));
            made++;
        } else {
            (*open)++;
        }
    }
    return DRO_OK;
}

dro_status port_rows_make(port_rows *r, const dro_sea_rules *rules, search *space,
                          uint32_t from, uint32_t *to, size_t count, dro_error *error) {
    size_t open = 0;
    DRO_TRY(begin(r, rules, error));
    count = without_repeats(r, to, count);
    if (!count || r->rows[from].distance_m) {
        return DRO_OK;
    }
    uint64_t asked = dro_hash64(to, count * sizeof *to, 1) | 1u;
    if (asked != r->asked) {
        r->asked = asked;
        r->planned = false;
    } else if (!r->planned && among(from, to, count)) {
        plan(r, rules, to, count);
    }
    DRO_TRY(make_others(r, rules, space, from, to, count, &open, error));
    return open ? make_row(r, rules, space, from, error) : DRO_OK;
}

bool port_rows_find(const port_rows *r, uint32_t from, uint32_t to,
                    const port_row **row, uint32_t *port) {
    bool own = r->rows[from].distance_m != NULL;
    *row = &r->rows[own ? from : to];
    *port = own ? to : from;
    return (*row)->distance_m != NULL;
}
