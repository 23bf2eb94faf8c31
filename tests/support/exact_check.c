#include "support/exact_check.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

dro_status exact_check_create(const dro_chart *chart, const dro_atlas *atlas,
                              const dro_sea_rules_options *rules, FILE *report,
                              exact_check *out, dro_error *error) {
    exact_check c = {.chart = chart, .atlas = atlas, .report = report};
    dro_status status = dro_sea_create(chart, &c.sea, error);
    if (status == DRO_OK) {
        status = dro_sea_rules_create(chart, rules, &c.rules, error);
    }
    if (status == DRO_OK) {
        status = exact_sea_create(chart, atlas, rules, &c.exact, error);
    }
    if (status != DRO_OK) {
        exact_check_destroy(&c);
        return status;
    }
    *out = c;
    return DRO_OK;
}

void exact_check_destroy(exact_check *c) {
    dro_sea_destroy(c->sea);
    dro_sea_rules_destroy(c->rules);
    exact_sea_destroy(c->exact);
    *c = (exact_check){0};
}

/* Where an end lies on the water, found without a route. */
static bool afloat(const exact_check *c, dro_sea_end end, dro_point *out) {
    dro_sea_snap snap;
    char name[48];
    size_t ports = 0;
    const dro_port *port = dro_atlas_ports(c->atlas, &ports);
    if (end.port < 0) {
        bool found =
            dro_sea_find_water(c->sea, c->rules, end.at, &snap, NULL) == DRO_OK;
        *out = found ? snap.at : end.at;
        return found;
    }
    (void)snprintf(name, sizeof name, "approach to %s", port[end.port].name);
    for (size_t i = 0; i < dro_chart_channels(c->chart); i++) {
        dro_chart_channel line;
        dro_chart_get_channel(c->chart, i, &line);
        if (line.atlas_channel < 0 &&
            strncmp(line.name, name, strlen(line.name)) == 0 &&
            dro_geo_distance_nm(line.points[0], port[end.port].at) < 60.0) {
            *out = line.points[0];
            return true;
        }
    }
    return false;
}

static const char *code_of(const exact_check *c, dro_sea_end end) {
    size_t ports = 0;
    const dro_port *port = dro_atlas_ports(c->atlas, &ports);
    return end.port >= 0 ? port[end.port].code : "place";
}

static void violation(exact_check *c, const char *what, dro_sea_end from, dro_point a,
                      dro_sea_end to, dro_point b, double ours_m, double exact_m,
                      double bound) {
    c->violations++;
    if (c->report) {
        (void)fprintf(c->report,
                      "%s: %s %.5f,%.5f to %s %.5f,%.5f: ours %.3f nm, exact %.3f nm, "
                      "excess %.4f %%, stated %.4f %%\n",
                      what, code_of(c, from), a.lat_deg, a.lon_deg, code_of(c, to),
                      b.lat_deg, b.lon_deg, ours_m / DRO_M_PER_NM,
                      exact_m / DRO_M_PER_NM, 100.0 * (ours_m / exact_m - 1.0),
                      100.0 * bound);
    }
}

/* We found no way: is there none? */
static dro_status check_none(exact_check *c, dro_sea_end from, dro_sea_end to,
                             bool *compared, dro_error *error) {
    dro_point a, b;
    exact_path path;
    if (!afloat(c, from, &a) || !afloat(c, to, &b)) {
        return DRO_OK;
    }
    *compared = true;
    DRO_TRY(exact_sea_route(c->exact, a, b, (double)INFINITY, &path, error));
    if (isfinite(path.distance_m)) {
        violation(c, "no way", from, a, to, b, (double)INFINITY, path.distance_m, 0.0);
    } else {
        c->without++;
    }
    return DRO_OK;
}

dro_status exact_check_pair(exact_check *c, dro_sea_end from, dro_sea_end to,
                            bool *compared, dro_error *error) {
    dro_sea_path ours;
    exact_path path;
    dro_error local = DRO_ERROR_INIT;
    *compared = false;
    dro_status status = dro_sea_route(c->sea, c->rules, from, to, &ours, &local);
    if (status == DRO_NO_ANSWER) {
        return check_none(c, from, to, compared, error);
    }
    if (status != DRO_OK) {
        return status == DRO_INVALID ? DRO_OK
                                     : dro_fail(error, status, "%s", local.message);
    }
    dro_point a = ours.points[0], b = ours.points[ours.count - 1];
    double length = ours.distance_m, bound = ours.excess_bound;
    *compared = true;
    c->pairs++;
    /* nothing longer than our own way is of interest */
    DRO_TRY(exact_sea_route(c->exact, a, b, length * (1.0 + 1e-6) + 2.0, &path, error));
    if (path.distance_m > length + 1.0) {
        violation(c, "too short", from, a, to, b, length, path.distance_m, bound);
        return DRO_OK;
    }
    double excess = (length - 1.0) / path.distance_m - 1.0;
    c->worst = fmax(c->worst, excess);
    if (excess > bound) {
        violation(c, "too long", from, a, to, b, length, path.distance_m, bound);
    }
    return DRO_OK;
}

dro_sea_end exact_check_random_end(const exact_check *c, dro_random *random,
                                   double port_share) {
    size_t ports = 0;
    (void)dro_atlas_ports(c->atlas, &ports);
    double lat = asin(2.0 * dro_random_unit(random) - 1.0) * 180.0 / PI;
    double lon = 360.0 * dro_random_unit(random) - 180.0;
    bool port = dro_random_unit(random) < port_share;
    size_t which = (size_t)(dro_random_unit(random) * (double)ports);
    return (dro_sea_end){{lat, lon}, port ? (int)which : -1};
}
