/*
 * One C locale for the process, made at its first use.
 */
#include "base/c_locale.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t c_locale;

static void make(void) {
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

locale_t dro_c_locale_enter(void) {
    (void)pthread_once(&once, make);
    return uselocale(c_locale);
}

void dro_c_locale_leave(locale_t before) {
    (void)uselocale(before);
}
