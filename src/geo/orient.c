/*
 * The sign of the triple product, exact.
 *
 * Lattice vectors have coordinates k * 2^-40 with |k| <= 2^40, so the determinant
 * is an integer below 6 * 2^120 in units of 2^-120: it fits a 128-bit integer.
 * A floating-point filter answers nearly every call (Shewchuk 1997, static
 * error bound: each of the six products carries at most 3 roundings).
 */
#include "derrotero/geo.h"

#include <math.h>

static const double LATTICE = 1099511627776.0; /* 2^40 */
static const double FILTER = 8e-16;            /* > 6 products * 8 * 2^-53 / 8 */

__extension__ typedef __int128 wide;

static int exact_orient(dro_vec a, dro_vec b, dro_vec c) {
    wide ax = (int64_t)(a.x * LATTICE), ay = (int64_t)(a.y * LATTICE);
    wide az = (int64_t)(a.z * LATTICE), bx = (int64_t)(b.x * LATTICE);
    wide by = (int64_t)(b.y * LATTICE), bz = (int64_t)(b.z * LATTICE);
    wide cx = (int64_t)(c.x * LATTICE), cy = (int64_t)(c.y * LATTICE);
    wide cz = (int64_t)(c.z * LATTICE);
    wide det =
        ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    return (det > 0) - (det < 0);
}

int dro_geo_orient(dro_vec a, dro_vec b, dro_vec c) {
    double x = b.y * c.z, x2 = b.z * c.y;
    double y = b.z * c.x, y2 = b.x * c.z;
    double z = b.x * c.y, z2 = b.y * c.x;
    double det = a.x * (x - x2) + a.y * (y - y2) + a.z * (z - z2);
    double size = fabs(a.x) * (fabs(x) + fabs(x2)) + fabs(a.y) * (fabs(y) + fabs(y2)) +
                  fabs(a.z) * (fabs(z) + fabs(z2));
    double bound = FILTER * size;
    if (det > bound) {
        return 1;
    }
    if (det < -bound) {
        return -1;
    }
    return exact_orient(a, b, c);
}
