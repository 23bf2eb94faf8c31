/*
 * An invented coastline in GSHHG's file layout, small enough to compile in seconds.
 *
 * Rings are in degrees, their edges straight in latitude and longitude and taken the
 * shorter way round the earth; a ring may go round a pole (it then holds the nearer
 * one). They are turned so that land lies on the left, cut at the borders of the bins
 * and written as Wessel and Smith's binned file (high resolution: 2 degrees).
 */
#ifndef DRO_TESTS_SYNTHETIC_COAST_H
#define DRO_TESTS_SYNTHETIC_COAST_H

#include "derrotero/geo.h"

typedef struct synthetic_ring {
    const char *name;
    unsigned level;   /* 1 shore of the sea, 2 of a lake, 3 of an island in a lake */
    double step_deg;  /* edges are split into steps of about this length, 0: none */
    double rough_deg; /* and the points between are moved by at most this */
    const dro_point *points;
    size_t count;
} synthetic_ring;

typedef struct synthetic_world {
    const synthetic_ring *rings;
    size_t count;
} synthetic_world;

/*
 * The world of tests/fixtures/atlas_synthetic: Westland (two continents, an isthmus,
 * a fjord), Orienta (an inland sea behind narrows of 1.2 nm, a lake with an island),
 * Insula off its coast, Serendib behind a shoal, ten islands over the antimeridian, an
 * island near the north pole and a continent around the south pole.
 */
extern const synthetic_world synthetic_full;
/* Two islands and a bay: for tests that build it again and again. */
extern const synthetic_world synthetic_tiny;

/* All longitudes are moved east by shift_deg. */
dro_status synthetic_coast_write(const synthetic_world *world, double shift_deg,
                                 const char *path, dro_error *error);

#endif
