/* How much memory this process has. */
#ifndef DRO_TESTS_RESIDENT_H
#define DRO_TESTS_RESIDENT_H

/* In KiB, as Linux tells it; 0 where it does not. */
long resident_kib(void);

#endif
