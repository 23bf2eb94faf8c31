/*
 * The library reads and writes numbers with a point, whatever locale the program
 * has set. enter() switches this thread to the C locale, leave() back.
 */
#ifndef DRO_BASE_C_LOCALE_H
#define DRO_BASE_C_LOCALE_H

#include <locale.h>

locale_t dro_c_locale_enter(void);
void dro_c_locale_leave(locale_t before);

#endif
