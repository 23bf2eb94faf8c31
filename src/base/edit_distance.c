/*
 * Optimal string alignment: insert, delete, replace, swap two neighbours; no piece is
 * edited twice (Boytsov 2011, "Indexing methods for approximate dictionary
 * searching", section 2). O(|a| |b|), rows on the stack.
 */
#include "derrotero/base.h"

#include <string.h>

#define LENGTH_MAX 255

typedef struct rows {
    unsigned before[LENGTH_MAX + 1], previous[LENGTH_MAX + 1], current[LENGTH_MAX + 1];
} rows;

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Fills the row of a[i - 1]; returns its least entry. */
static unsigned fill_row(rows *r, const char *a, size_t i, const char *b,
                         size_t length) {
    r->current[0] = (unsigned)i;
    unsigned row_least = r->current[0];
    for (size_t j = 1; j <= length; j++) {
        unsigned replace = r->previous[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);
        unsigned best = least(replace, least(r->previous[j], r->current[j - 1]) + 1u);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
            best = least(best, r->before[j - 2] + 1u);
        }
        r->current[j] = best;
        row_least = least(row_least, best);
    }
    return row_least;
}

static void shift_rows(rows *r, size_t length) {
    size_t bytes = (length + 1) * sizeof r->current[0];
    memcpy(r->before, r->previous, bytes);
    memcpy(r->previous, r->current, bytes);
}

unsigned dro_text_distance(const char *a, const char *b, unsigned limit) {
    size_t m = strlen(a);
    size_t n = strlen(b);
    size_t gap = m > n ? m - n : n - m;
    if (limit > LENGTH_MAX) {
        limit = LENGTH_MAX;
    }
    if (m > LENGTH_MAX || n > LENGTH_MAX || gap > limit) {
        return limit + 1;
    }
    rows r;
    for (size_t j = 0; j <= n; j++) {
        r.before[j] = r.previous[j] = (unsigned)j;
    }
    unsigned row_least = 0;
    for (size_t i = 1; i <= m; i++) {
        unsigned last_least = row_least;
        row_least = fill_row(&r, a, i, b, n);
        /* A swap reaches back two rows. */
        if (row_least > limit && last_least > limit) {
            return limit + 1;
        }
        shift_rows(&r, n);
    }
    return least(r.previous[n], limit + 1);
}
