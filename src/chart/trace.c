/* String-pulling on a raster: greedy, from each kept cell to the farthest in sight. */
#include "chart/trace.h"

#include <stdlib.h>

#define SIGHT 96 /* cells */

size_t trace_back(const grow *g, size_t cell, uint32_t *cells, size_t most) {
    size_t n = 0;
    for (uint32_t c = (uint32_t)cell; c != GROW_NONE && n < most; c = g->parent[c]) {
        cells[n++] = c;
    }
    return n;
}

static uint8_t room_at(const raster *r, size_t cell) {
    if (r->room[cell] == 0 && (r->cells[cell] & RASTER_LINE)) {
        return 1;
    }
    return r->room[cell];
}

/* Least room along the straight line between two cells. */
static uint8_t line_room(const raster *r, size_t a, size_t b) {
    long ax = (long)(a % (size_t)r->nx), ay = (long)(a / (size_t)r->nx);
    long bx = (long)(b % (size_t)r->nx), by = (long)(b / (size_t)r->nx);
    long steps = 2 * (labs(bx - ax) > labs(by - ay) ? labs(bx - ax) : labs(by - ay));
    uint8_t least = RASTER_ROOM_MAX;
    for (long k = 0; k <= steps; k++) {
        double t = steps ? (double)k / (double)steps : 0.0;
        long x = (long)((double)ax + 0.5 + t * (double)(bx - ax));
        long y = (long)((double)ay + 0.5 + t * (double)(by - ay));
        uint8_t room = room_at(r, (size_t)(y * r->nx + x));
        least = room < least ? room : least;
    }
    return least;
}

size_t trace_straighten(const raster *r, uint32_t *cells, size_t count) {
    size_t kept = count ? 1 : 0, at = 0;
    while (at + 1 < count) {
        size_t best = at + 1;
        uint8_t need = 3;
        for (size_t j = at + 1; j < count && j < at + SIGHT; j++) {
            uint8_t room = room_at(r, cells[j]);
            need = room < need ? room : need;
            if (line_room(r, cells[at], cells[j]) >= need) {
                best = j;
            }
        }
        cells[kept++] = cells[best];
        at = best;
    }
    return kept;
}

size_t trace_inner_cell(const raster *r, size_t cell) {
    long x = (long)(cell % (size_t)r->nx), y = (long)(cell / (size_t)r->nx);
    for (long reach = 1; reach <= 4; reach++) {
        for (long k = 0; k < 4; k++) {
            static const long dx[4] = {1, -1, 0, 0}, dy[4] = {0, 0, 1, -1};
            long cx = x + reach * dx[k], cy = y + reach * dy[k];
            bool open = cx > 1 && cy > 1 && cx + 2 < r->nx && cy + 2 < r->ny;
            for (long j = -1; open && j <= 1; j++) {
                for (long i = -1; open && i <= 1; i++) {
                    open = r->cells[(cy + j) * r->nx + cx + i] & RASTER_OPEN;
                }
            }
            if (open) {
                return (size_t)(cy * r->nx + cx);
            }
        }
    }
    return cell;
}
