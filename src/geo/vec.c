/*
 * Points as directions from the earth's centre, on a lattice of 2^-40 so that
 * orientation tests are exact (see orient.c).
 */
#include "derrotero/geo.h"

#include <math.h>

static const double LATTICE = 1099511627776.0; /* 2^40 */
static const double DEG = 0.017453292519943295;

static double on_lattice(double value) {
    return nearbyint(value * LATTICE) / LATTICE;
}

dro_vec dro_geo_quantise(dro_vec vec) {
    double length = sqrt(vec.x * vec.x + vec.y * vec.y + vec.z * vec.z);
    return (dro_vec){on_lattice(vec.x / length), on_lattice(vec.y / length),
                     on_lattice(vec.z / length)};
}

dro_vec dro_geo_to_vec(dro_point point) {
    double lat = point.lat_deg * DEG;
    double lon = point.lon_deg * DEG;
    double c = cos(lat);
    return (dro_vec){on_lattice(c * cos(lon)), on_lattice(c * sin(lon)),
                     on_lattice(sin(lat))};
}

dro_point dro_geo_to_point(dro_vec vec) {
    double horizontal = sqrt(vec.x * vec.x + vec.y * vec.y);
    return (dro_point){atan2(vec.z, horizontal) / DEG, atan2(vec.y, vec.x) / DEG};
}

double dro_geo_angle(dro_vec a, dro_vec b) {
    double x = a.y * b.z - a.z * b.y;
    double y = a.z * b.x - a.x * b.z;
    double z = a.x * b.y - a.y * b.x;
    double dot = a.x * b.x + a.y * b.y + a.z * b.z;
    return atan2(sqrt(x * x + y * y + z * z), dot);
}
