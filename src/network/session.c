/* What is loaded: one atlas and one chart, immutable, counted, shared by threads.
 * A worker adds the search arrays of one thread. */
#include "network_internal.h"

#include <limits.h>
#include <stdatomic.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

struct dro_session {
    dro_atlas *atlas;
    dro_chart *chart;
    char *data; /* the folder of the tables */
    double canal_m[DRO_PASSAGES_MAX];
    dro_rules_book rules;
    atomic_uint references;
};

static dro_status open_atlas(dro_session *session, const char *given,
                             dro_error *error) {
    char path[PATH_MAX];
    DRO_TRY(dro_atlas_locate(given, path, sizeof path, error));
    session->data = dro_strdup(path);
    if (session->data == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a session");
    }
    return dro_atlas_load(path, &session->atlas, error);
}

static double channel_length_m(const dro_channel *channel) {
    double sum = 0.0;
    for (size_t i = 1; i < channel->count; i++) {
        sum += dro_geo_distance_m(channel->points[i - 1], channel->points[i]);
    }
    return sum;
}

/* Where a canal has several lines (branches), its length is that of the longest. */
static void measure_canals(dro_session *session) {
    size_t count = 0;
    const dro_channel *channels = dro_atlas_channels(session->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        int passage = channels[i].passage;
        if (passage < 0 || passage >= DRO_PASSAGES_MAX) {
            continue;
        }
        double length = channel_length_m(&channels[i]);
        if (length > session->canal_m[passage]) {
            session->canal_m[passage] = length;
        }
    }
}

dro_status dro_session_open_chart(dro_session *session, const char *chart,
                                  dro_error *error) {
    char path[PATH_MAX];
    if (session->chart != NULL) {
        return DRO_OK;
    }
    DRO_TRY(dro_chart_locate(chart, path, sizeof path, error));
    return dro_chart_open(path, session->atlas, &session->chart, error);
}

/* The tables are read beside the chart, whose sums are looked at: each takes as long.
 */
typedef struct opening {
    dro_session *session;
    const dro_session_options *options;
    char chart[PATH_MAX];
    dro_status status[2]; /* of the tables, of the chart */
    dro_error error[2];
} opening;

static dro_status open_one(void *context, size_t item, unsigned thread,
                           dro_error *error) {
    opening *o = context;
    dro_error *e = &o->error[item];
    (void)thread;
    (void)error;
    *e = (dro_error)DRO_ERROR_INIT;
    if (item == 0) {
        o->status[0] = open_atlas(o->session, o->options->data, e);
        return DRO_OK;
    }
    o->status[1] = dro_chart_locate(o->options->chart, o->chart, sizeof o->chart, e);
    if (o->status[1] == DRO_OK) {
        o->status[1] = dro_chart_open(o->chart, NULL, &o->session->chart, e);
    }
    return DRO_OK; /* of two faults the tables' is told, whichever came first */
}

static dro_status open_both(dro_session *session, const dro_session_options *options,
                            dro_error *error) {
    opening o = {.session = session, .options = options};
    DRO_TRY(dro_parallel(2, 2, open_one, &o, NULL, "opening", error));
    for (int i = 0; i < 2; i++) {
        if (o.status[i] != DRO_OK) {
            if (error != NULL) {
                *error = o.error[i];
            }
            return o.status[i];
        }
    }
    return dro_chart_fits(session->chart, session->atlas, o.chart, error);
}

dro_status dro_session_open(const dro_session_options *options, dro_session **out,
                            dro_error *error) {
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_session), "a session", error));
    dro_session *session = memory;
    atomic_init(&session->references, 1);
    dro_rules_book_begin(&session->rules);
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(options->without_chart ? open_atlas(session, options->data, error)
                                        : open_both(session, options, error),
                 done);
    measure_canals(session);
    *out = session;
done:
    if (status != DRO_OK) {
        dro_session_release(session);
    }
    return status;
}

dro_session *dro_session_retain(dro_session *session) {
    atomic_fetch_add_explicit(&session->references, 1, memory_order_relaxed);
    return session;
}

void dro_session_release(dro_session *session) {
    if (session == NULL ||
        atomic_fetch_sub_explicit(&session->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    dro_rules_book_end(&session->rules);
    dro_chart_close(session->chart);
    dro_atlas_destroy(session->atlas);
    dro_free(session->data);
    dro_free(session);
}

const dro_atlas *dro_session_atlas(const dro_session *session) {
    return session->atlas;
}

const char *dro_session_data(const dro_session *session) {
    return session->data;
}

const dro_chart *dro_session_chart(const dro_session *session) {
    return session->chart;
}

dro_rules_book *dro_session_rules(dro_session *session) {
    return &session->rules;
}

double dro_session_canal_m(const dro_session *session, size_t passage) {
    return session->canal_m[passage];
}

dro_status dro_worker_create(dro_session *session, dro_worker **out, dro_error *error) {
    if (session->chart == NULL) {
        return dro_fail(error, DRO_INTERNAL, "a worker needs a session with a chart");
    }
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_worker), "a worker", error));
    dro_worker *worker = memory;
    dro_status status = dro_sea_create(session->chart, &worker->sea, error);
    if (status != DRO_OK) {
        dro_free(worker);
        return status;
    }
    worker->session = dro_session_retain(session);
    *out = worker;
    return DRO_OK;
}

void dro_worker_set_stop(dro_worker *worker, bool (*stopped)(void *hook), void *hook) {
    dro_sea_set_stop(worker->sea, stopped, hook);
}

void dro_worker_destroy(dro_worker *worker) {
    if (worker == NULL) {
        return;
    }
    dro_sea_destroy(worker->sea);
    dro_session_release(worker->session);
    dro_free(worker);
}
