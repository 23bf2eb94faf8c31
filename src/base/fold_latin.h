/*
 * Folding tables of the Latin blocks, by code point.
 */
#ifndef DRO_BASE_FOLD_LATIN_H
#define DRO_BASE_FOLD_LATIN_H

#define DRO_FOLD_LATIN          0x00A0u
#define DRO_FOLD_LATIN_END      0x0250u
#define DRO_FOLD_ADDITIONAL     0x1E00u
#define DRO_FOLD_ADDITIONAL_END 0x1F00u

extern const char dro_fold_latin[DRO_FOLD_LATIN_END - DRO_FOLD_LATIN][3];
extern const char dro_fold_additional[DRO_FOLD_ADDITIONAL_END - DRO_FOLD_ADDITIONAL][3];

#endif
