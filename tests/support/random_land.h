/* A random land behind the three eastern ports of the fake chart (XBEST, XCMID, which
 * is planned, XDFAR; tests/fixtures/atlas), with a bulk cargo, "ore", for XAWST. */
#ifndef DRO_TESTS_RANDOM_LAND_H
#define DRO_TESTS_RANDOM_LAND_H

#include "derrotero/facts.h"

/* Settled; the caller destroys it. Aborts where something is wrong. */
dro_facts *random_land(const dro_atlas *atlas, dro_random *numbers);
/* Settle it again afterwards. */
void random_land_set(dro_facts *facts, size_t thing, dro_attribute_id attribute,
                     const char *text);

#endif
