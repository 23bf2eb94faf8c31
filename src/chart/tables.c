/* Arcs in compressed rows, landmarks, ports' ways. */
#include "chart/tables.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "chart/landmarks.h"

/* ---- arcs -------------------------------------------------------------------------
 */

static void count_arc(tables *t, uint32_t a, uint32_t b) {
    t->arc_first[a + 1]++;
    t->arc_first[b + 1]++;
}

static void put_arc(tables *t, uint32_t *cursor, uint32_t a, uint32_t b,
                    image_arc arc) {
    arc.to = b;
    t->arcs[cursor[a]++] = arc;
    arc.to = a;
    t->arcs[cursor[b]++] = arc;
}

static dro_status make_arcs(tables *t, const graph *g, dro_error *error) {
    uint32_t *cursor = NULL;
    if (g->piece_count >= UINT16_MAX) {
        return dro_fail(error, DRO_LIMIT, "%zu pieces of lines; at most %d",
                        g->piece_count, UINT16_MAX - 1);
    }
    DRO_TRY(dro_new((void **)&t->arc_first, g->node_count + 1, 4, "arcs", error));
    for (size_t i = 0; i < g->edge_count; i++) {
        count_arc(t, g->edges[i].a, g->edges[i].b);
    }
    for (size_t i = 0; i < g->piece_count; i++) {
        count_arc(t, g->pieces[i].a, g->pieces[i].b);
    }
    for (size_t i = 0; i < g->node_count; i++) {
        t->arc_first[i + 1] += t->arc_first[i];
    }
    t->arc_count = t->arc_first[g->node_count];
    DRO_TRY(dro_new((void **)&t->arcs, t->arc_count, sizeof *t->arcs, "arcs", error));
    DRO_TRY(dro_new((void **)&cursor, g->node_count, 4, "arcs", error));
    memcpy(cursor, t->arc_first, g->node_count * sizeof *cursor);
    for (size_t i = 0; i < g->edge_count; i++) {
        const graph_edge *e = &g->edges[i];
        double length = dro_geo_distance_m(dro_geo_to_point(g->nodes[e->a]),
                                           dro_geo_to_point(g->nodes[e->b]));
        put_arc(t, cursor, e->a, e->b, (image_arc){0, (float)length, e->class, 0});
    }
    for (size_t i = 0; i < g->piece_count; i++) {
        const graph_piece *p = &g->pieces[i];
        put_arc(t, cursor, p->a, p->b,
                (image_arc){0, p->length_m, p->class, (uint16_t)(i + 1)});
    }
    dro_free(cursor);
    return DRO_OK;
}

static spread_graph graph_of(const tables *t, size_t nodes) {
    return (spread_graph){nodes, t->arc_first, t->arcs, t->island};
}

/* ---- waters that shoals cut off ------------------------------------------------- */

static size_t flood(tables *t, const spread_bars *b, uint32_t seed, uint16_t number,
                    uint32_t *stack) {
    size_t depth = 0, size = 0;
    stack[depth++] = seed;
    t->island[seed] = number;
    while (depth) {
        uint32_t n = stack[--depth];
        size++;
        for (uint32_t k = t->arc_first[n]; k < t->arc_first[n + 1]; k++) {
            image_arc a = t->arcs[k];
            if (!b->shut[a.class] && t->island[a.to] == UINT16_MAX) {
                t->island[a.to] = number;
                stack[depth++] = a.to;
            }
        }
    }
    return size;
}

/* The largest part is 0; the others share a number beyond 65,000 of them. */
static dro_status make_islands(tables *t, const graph *g, const spread_bars *b,
                               uint32_t *stack, dro_error *error) {
    size_t largest = 0;
    uint16_t next = 0, sea = 0;
    DRO_TRY(dro_new((void **)&t->island, g->node_count, sizeof *t->island, "waters",
                    error));
    memset(t->island, 0xff, g->node_count * sizeof *t->island);
    for (uint32_t i = 0; i < g->node_count; i++) {
        if (t->island[i] != UINT16_MAX) {
            continue;
        }
        size_t size = flood(t, b, i, next, stack);
        if (size > largest) {
            largest = size;
            sea = next;
        }
        next = next < 65000 ? (uint16_t)(next + 1) : next;
    }
    for (uint32_t i = 0; i < g->node_count; i++) {
        t->island[i] = t->island[i] == sea ? 0 : (uint16_t)(t->island[i] + 1);
    }
    return DRO_OK;
}

/* ---- ports ------------------------------------------------------------------ */

typedef struct tree_space {
    spread spread;
    uint32_t *index, *stamp, epoch; /* per state of the search: where in the tree */
    image_class *class;             /* of the way to a state */
    uint32_t *stack;
} tree_space;

static dro_status tree_space_create(tree_space *s, size_t nodes, dro_error *error) {
    DRO_TRY(spread_create(&s->spread, nodes, error));
    DRO_TRY(dro_new((void **)&s->index, 2 * nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->stamp, 2 * nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->stack, 2 * nodes, 4, "search", error));
    return dro_new((void **)&s->class, 2 * nodes, sizeof *s->class, "search", error);
}

static void tree_space_free(tree_space *s) {
    spread_free(&s->spread);
    dro_free(s->index);
    dro_free(s->stamp);
    dro_free(s->stack);
    dro_free(s->class);
}

typedef struct port_tree {
    uint32_t *node;
    uint16_t *parent;
    size_t count, capacity;
} port_tree;

typedef struct port_job {
    tables *tables;
    const graph *graph;
    const spread_bars *bars;
    tree_space *spaces; /* per thread */
    port_tree *trees;
    pthread_mutex_t lock;
    uint32_t *class_slots; /* hash of tables->classes */
    size_t class_mask;
} port_job;

static dro_status class_insert(port_job *j, image_class c, uint16_t *out,
                               dro_error *error) {
    tables *t = j->tables;
    size_t slot = dro_hash64(&c, sizeof c, 3) & j->class_mask;
    while (j->class_slots[slot]) {
        const image_class *have = &t->classes[j->class_slots[slot] - 1];
        if (have->gates == c.gates && have->depth == c.depth &&
            have->channel == c.channel) {
            *out = (uint16_t)(j->class_slots[slot] - 1);
            return DRO_OK;
        }
        slot = (slot + 1) & j->class_mask;
    }
    if (t->class_count >= UINT16_MAX) {
        return dro_fail(error, DRO_LIMIT, "too many combinations of passages");
    }
    DRO_TRY(DRO_RESERVE(t->classes, t->class_capacity, t->class_count + 1, error));
    t->classes[t->class_count++] = c;
    j->class_slots[slot] = (uint32_t)t->class_count;
    *out = (uint16_t)(t->class_count - 1);
    return DRO_OK;
}

static dro_status class_of_way(port_job *j, image_class c, uint16_t *out,
                               dro_error *error) {
    pthread_mutex_lock(&j->lock);
    dro_status status = class_insert(j, c, out, error);
    pthread_mutex_unlock(&j->lock);
    return status;
}

static dro_status tree_add(port_job *j, tree_space *s, port_tree *tree, uint32_t state,
                           dro_error *error) {
    size_t capacity = tree->capacity;
    if (tree->count >= UINT16_MAX) {
        return dro_fail(error, DRO_LIMIT, "a tree of ways has too many nodes");
    }
    DRO_TRY(DRO_RESERVE(tree->node, capacity, tree->count + 1, error));
    DRO_TRY(DRO_RESERVE(tree->parent, tree->capacity, tree->count + 1, error));
    image_class c = {0, 0, 0};
    uint32_t parent = s->spread.from[state];
    if (parent != GRAPH_NONE) {
        image_class before = s->class[parent];
        image_class here =
            j->tables->classes[j->tables->arcs[s->spread.via[state]].class];
        c.gates = before.gates | here.gates;
        c.depth = before.depth > here.depth ? before.depth : here.depth;
        c.channel = before.channel > here.channel ? before.channel : here.channel;
    }
    s->class[state] = c;
    s->stamp[state] = s->epoch;
    s->index[state] = (uint32_t)tree->count;
    tree->node[tree->count] = state % (uint32_t)s->spread.nodes;
    tree->parent[tree->count++] =
        parent == GRAPH_NONE ? UINT16_MAX : (uint16_t)s->index[parent];
    return DRO_OK;
}

/* Adds the way to `state`, from the first one that the tree has not. */
static dro_status tree_reach(port_job *j, tree_space *s, port_tree *tree,
                             uint32_t state, dro_error *error) {
    size_t depth = 0;
    for (uint32_t n = state; n != GRAPH_NONE && s->stamp[n] != s->epoch;
         n = s->spread.from[n]) {
        s->stack[depth++] = n;
    }
    while (depth) {
        DRO_TRY(tree_add(j, s, tree, s->stack[--depth], error));
    }
    return DRO_OK;
}

static dro_status do_port(void *context, size_t port, unsigned thread,
                          dro_error *error) {
    port_job *j = context;
    tree_space *s = &j->spaces[thread];
    tables *t = j->tables;
    const graph *g = j->graph;
    size_t ports = g->port_count;
    uint32_t start = g->port_node[port];
    for (size_t k = 0; k < ports; k++) {
        t->table[port * ports + k] = k == port ? 0.0f : INFINITY;
    }
    if (start == GRAPH_NONE) {
        return DRO_OK;
    }
    spread_graph all = graph_of(t, g->node_count);
    DRO_TRY(spread_from(&s->spread, &all, start, j->bars, error));
    s->epoch++;
    for (size_t k = port + 1; k < ports; k++) {
        uint32_t node = g->port_node[k];
        uint32_t state = node == GRAPH_NONE ? node : spread_state(&s->spread, node);
        if (state == GRAPH_NONE || !isfinite(s->spread.distance[state])) {
            continue;
        }
        DRO_TRY(tree_reach(j, s, &j->trees[port], state, error));
        size_t cell = port * ports + k;
        t->table[cell] = s->spread.distance[state];
        t->leaf[cell] = (uint16_t)s->index[state];
        /* only the pair's own word is written: threads do not meet */
        uint16_t class = 0;
        DRO_TRY(class_of_way(j, s->class[state], &class, error));
        t->table_class[cell] = class;
    }
    return DRO_OK;
}

/* The lower half of the tables is the upper one turned over. */
static void mirror(tables *t, size_t ports) {
    for (size_t a = 0; a < ports; a++) {
        for (size_t b = 0; b < a; b++) {
            t->table[a * ports + b] = t->table[b * ports + a];
            t->table_class[a * ports + b] = t->table_class[b * ports + a];
        }
    }
}

static dro_status join_trees(tables *t, const port_tree *trees, size_t ports,
                             dro_error *error) {
    size_t total = 0;
    for (size_t i = 0; i < ports; i++) {
        total += trees[i].count;
    }
    DRO_TRY(dro_new((void **)&t->tree_first, ports + 1, 4, "ways", error));
    DRO_TRY(dro_new((void **)&t->tree_node, total, 4, "ways", error));
    DRO_TRY(dro_new((void **)&t->tree_parent, total, 2, "ways", error));
    for (size_t i = 0; i < ports; i++) {
        t->tree_first[i] = (uint32_t)t->tree_count;
        if (trees[i].count) {
            memcpy(t->tree_node + t->tree_count, trees[i].node, trees[i].count * 4);
            memcpy(t->tree_parent + t->tree_count, trees[i].parent, trees[i].count * 2);
        }
        t->tree_count += trees[i].count;
    }
    t->tree_first[ports] = (uint32_t)t->tree_count;
    return DRO_OK;
}

static dro_status make_bars(const tables *t, uint64_t closed, uint8_t deepest,
                            spread_bars *out, dro_error *error) {
    DRO_TRY(dro_new((void **)&out->shut, t->class_count, 1, "classes", error));
    DRO_TRY(dro_new((void **)&out->barred, t->class_count, 1, "classes", error));
    for (size_t i = 0; i < t->class_count; i++) {
        out->barred[i] = (t->classes[i].gates & closed) != 0;
        out->shut[i] = out->barred[i] || t->classes[i].depth > deepest;
    }
    return DRO_OK;
}

static dro_status make_ports(tables *t, const graph *g, const spread_bars *b,
                             tree_space *spaces, unsigned threads,
                             const dro_progress *progress, dro_error *error) {
    size_t p = g->port_count, slots = 1u << 18;
    port_job j = {
        .tables = t, .graph = g, .bars = b, .spaces = spaces, .class_mask = slots - 1};
    dro_status status = dro_new((void **)&t->table, p * p, 4, "ports", error);
    pthread_mutex_init(&j.lock, NULL);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&t->table_class, p * p, 2, "ports", error), done);
    DRO_TRY_GOTO(dro_new((void **)&t->leaf, p * p, 2, "ports", error), done);
    DRO_TRY_GOTO(dro_new((void **)&j.trees, p, sizeof *j.trees, "ports", error), done);
    DRO_TRY_GOTO(dro_new((void **)&j.class_slots, slots, 4, "ports", error), done);
    /* room for all, so that other threads never see the array move */
    DRO_TRY_GOTO(DRO_RESERVE(t->classes, t->class_capacity, UINT16_MAX + 1u, error),
                 done);
    DRO_TRY_GOTO(
        dro_parallel(p, threads, do_port, &j, progress, "ways between ports", error),
        done);
    mirror(t, p);
    status = join_trees(t, j.trees, p, error);
done:
    for (size_t i = 0; j.trees && i < p; i++) {
        dro_free(j.trees[i].node);
        dro_free(j.trees[i].parent);
    }
    dro_free(j.trees);
    dro_free(j.class_slots);
    pthread_mutex_destroy(&j.lock);
    return status;
}

static dro_status copy_classes(tables *t, const graph *g, dro_error *error) {
    DRO_TRY(DRO_RESERVE(t->classes, t->class_capacity, g->class_count, error));
    for (size_t i = 0; i < g->class_count; i++) {
        t->classes[i] = (image_class){g->classes[i].gates, g->classes[i].depth,
                                      g->classes[i].channel};
    }
    t->class_count = g->class_count;
    return DRO_OK;
}

static dro_status make_landmarks(tables *t, const graph *g, const spread_bars *b,
                                 spread *space, dro_error *error) {
    const spread_bars through = {b->shut, b->barred, true};
    spread_graph all = graph_of(t, g->node_count);
    size_t n = g->node_count;
    uint32_t start = 0;
    for (size_t i = g->port_count; i > 0; i--) { /* begin where ships are */
        uint32_t node = g->port_node[i - 1];
        start = node != GRAPH_NONE && t->island[node] == 0 ? node : start;
    }
    DRO_TRY(landmarks_find(&all, g->node_vertex, start, b, IMAGE_LANDMARKS, space,
                           &t->landmarks, error));
    DRO_TRY(landmarks_find(&all, g->node_vertex, start, &through, IMAGE_SHOALMARKS,
                           space, &t->shoalmarks, error));
    DRO_TRY(landmarks_find(&all, g->node_vertex, start, NULL, IMAGE_BEACONS, space,
                           &t->beacons, error));
    double farthest = fmax((double)landmarks_farthest(&t->landmarks, n),
                           fmax((double)landmarks_farthest(&t->shoalmarks, n),
                                (double)landmarks_farthest(&t->beacons, n)));
    t->unit_m = fmax(1.0, farthest / (IMAGE_FAR - 1.0));
    DRO_TRY(landmarks_round(&t->landmarks, n, t->unit_m, error));
    DRO_TRY(landmarks_round(&t->shoalmarks, n, t->unit_m, error));
    return landmarks_round(&t->beacons, n, t->unit_m, error);
}

dro_status tables_build(const graph *g, uint64_t closed, uint8_t deepest,
                        unsigned threads, const dro_progress *progress, tables *out,
                        dro_error *error) {
    tables t = {0};
    tree_space *spaces = NULL;
    spread_bars b = {0};
    threads = threads ? threads : dro_cores();
    dro_status status =
        dro_new((void **)&spaces, threads, sizeof *spaces, "search", error);
    DRO_TRY_GOTO(status, done);
    for (unsigned i = 0; i < threads; i++) {
        DRO_TRY_GOTO(tree_space_create(&spaces[i], g->node_count, error), done);
    }
    DRO_TRY_GOTO(make_arcs(&t, g, error), done);
    DRO_TRY_GOTO(copy_classes(&t, g, error), done);
    DRO_TRY_GOTO(make_bars(&t, closed, deepest, &b, error), done);
    DRO_TRY_GOTO(make_islands(&t, g, &b, spaces[0].stack, error), done);
    DRO_TRY_GOTO(make_landmarks(&t, g, &b, &spaces[0].spread, error), done);
    DRO_TRY_GOTO(make_ports(&t, g, &b, spaces, threads, progress, error), done);
    *out = t;
    t = (tables){0};
done:
    for (unsigned i = 0; spaces && i < threads; i++) {
        tree_space_free(&spaces[i]);
    }
    dro_free(spaces);
    dro_free(b.shut);
    dro_free(b.barred);
    tables_free(&t);
    return status;
}

void tables_free(tables *t) {
    dro_free(t->arc_first);
    dro_free(t->arcs);
    dro_free(t->classes);
    landmarks_free(&t->landmarks);
    landmarks_free(&t->shoalmarks);
    landmarks_free(&t->beacons);
    dro_free(t->island);
    dro_free(t->table);
    dro_free(t->table_class);
    dro_free(t->leaf);
    dro_free(t->tree_first);
    dro_free(t->tree_node);
    dro_free(t->tree_parent);
    *t = (tables){0};
}
