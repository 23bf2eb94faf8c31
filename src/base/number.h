/*
 * Powers of ten that are exact as doubles.
 */
#ifndef DRO_BASE_NUMBER_H
#define DRO_BASE_NUMBER_H

#define DRO_EXACT_POWERS 22

extern const double dro_powers_of_ten[DRO_EXACT_POWERS + 1];

#endif
