#include "chart/landmarks.h"

#include <math.h>

dro_status landmarks_find(const spread_graph *g, const uint32_t *node_vertex,
                          uint32_t start, const spread_bars *bars, size_t count,
                          spread *s, landmarks *out, dro_error *error) {
    size_t n = g->node_count;
    float *nearest = NULL;
    uint32_t next = start;
    out->count = count;
    DRO_TRY(dro_new((void **)&out->exact, n * count, 4, "landmarks", error));
    DRO_TRY(dro_new((void **)&nearest, n, 4, "landmarks", error));
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i <= count; i++) { /* the first goes */
        status = spread_from(s, g, next, bars, error);
        float farthest = -1.0f;
        for (size_t k = 0; status == DRO_OK && k < n; k++) {
            float d = s->distance[spread_state(s, (uint32_t)k)];
            if (i > 0) {
                out->exact[k * count + i - 1] = d;
            }
            if (i <= 1 || d < nearest[k]) {
                nearest[k] = d;
            }
            if (node_vertex[k] != MESH_NONE && g->island[k] == 0 &&
                isfinite(nearest[k]) && nearest[k] > farthest) {
                farthest = nearest[k];
                next = (uint32_t)k;
            }
        }
    }
    dro_free(nearest);
    return status;
}

void landmarks_free(landmarks *l) {
    dro_free(l->rows);
    dro_free(l->exact);
    *l = (landmarks){0};
}

float landmarks_farthest(const landmarks *l, size_t nodes) {
    float most = 0.0f;
    for (size_t i = 0; i < nodes * l->count; i++) {
        if (isfinite(l->exact[i]) && l->exact[i] > most) {
            most = l->exact[i];
        }
    }
    return most;
}

dro_status landmarks_round(landmarks *l, size_t nodes, double unit_m,
                           dro_error *error) {
    DRO_TRY(dro_new((void **)&l->rows, nodes * l->count, sizeof *l->rows, "landmarks",
                    error));
    for (size_t i = 0; i < nodes * l->count; i++) {
        double units = (double)l->exact[i] / unit_m;
        l->rows[i] = units < IMAGE_FAR ? (int16_t)units : IMAGE_FAR;
    }
    dro_free(l->exact);
    l->exact = NULL;
    return DRO_OK;
}
