/*
 * Latin hypercube without a table: the slice of an input in a sample comes out of a
 * keyed permutation of 0..count-1, a Feistel network on the next even number of bits
 * that is walked until it lands below the count (Black and Rogaway, "Ciphers with
 * arbitrary finite domains", 2002). Any sample of any input can be asked for at any
 * time.
 */
#include "derrotero/scenario.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define ROUNDS 6

uint64_t dro_sampling_key(const char *name) {
    return dro_hash64(name, strlen(name), UINT64_C(0x6465727261));
}

dro_status dro_sampling_check(const dro_sampling *sampling,
                              const dro_sampling_input *inputs, size_t input_count,
                              dro_error *error) {
    if (sampling->count == 0 || sampling->count > DRO_SAMPLES_MAX) {
        return dro_fail(error, DRO_INVALID, "%zu samples: from 1 to %u",
                        sampling->count, DRO_SAMPLES_MAX);
    }
    for (size_t i = 0; i < input_count; i++) {
        const dro_range *r = &inputs[i].range;
        if (!isfinite(r->low) || !isfinite(r->high) ||
            !(r->low <= r->value && r->value <= r->high)) {
            return dro_fail(error, DRO_INVALID,
                            "input %zu: %g with a range of %g to %g", i, r->value,
                            r->low, r->high);
        }
    }
    return DRO_OK;
}

/* The last steps of splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t x) {
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* One number of a key under a sampling; it depends on nothing else. */
static uint64_t stem(const dro_sampling *sampling, uint64_t key) {
    return mix(mix(mix(sampling->seed) ^ key) ^ sampling->count);
}

/* Half the bits that count - 1 needs, at least one. */
static unsigned half_bits(size_t count) {
    unsigned bits = 2;
    while (bits < 62 && (UINT64_C(1) << bits) < count) {
        bits += 2;
    }
    return bits / 2;
}

static uint64_t feistel(uint64_t x, unsigned half, uint64_t seed) {
    uint64_t mask = (UINT64_C(1) << half) - 1;
    uint64_t left = x >> half, right = x & mask;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        uint64_t next = left ^ (mix(seed + (round << 32) + right) & mask);
        left = right;
        right = next;
    }
    return left << half | right;
}

static size_t slice(const dro_sampling *sampling, uint64_t seed, size_t sample) {
    unsigned half = half_bits(sampling->count);
    uint64_t x = sample;
    do {
        x = feistel(x, half, seed);
    } while (x >= sampling->count);
    return (size_t)x;
}

size_t dro_sampling_slice(const dro_sampling *sampling, uint64_t key, size_t sample) {
    return slice(sampling, stem(sampling, key), sample);
}

double dro_sampling_unit(const dro_sampling *sampling, uint64_t key, size_t sample) {
    uint64_t seed = stem(sampling, key);
    double within = (double)(mix(~seed + sample) >> 11) * 0x1p-53;
    double n = (double)sampling->count;
    double s = (double)slice(sampling, seed, sample);
    /* The sum may round up to the next slice, whose begin is not ours. */
    return fmin((s + within) / n, nextafter((s + 1) / n, 0));
}

double dro_triangle_quantile(dro_range range, double unit) {
    double width = range.high - range.low;
    if (!(width > 0)) {
        return range.value;
    }
    double rising = (range.value - range.low) / width; /* mass below the mode */
    double x = unit <= rising ? range.low + width * sqrt(unit * rising)
                              : range.high - width * sqrt((1 - unit) * (1 - rising));
    return fmin(fmax(x, range.low), range.high);
}

double dro_sampling_value(const dro_sampling *sampling, const dro_sampling_input *input,
                          size_t sample) {
    return dro_triangle_quantile(input->range,
                                 dro_sampling_unit(sampling, input->key, sample));
}

/* ---- run ---------------------------------------------------------------------------
 */

typedef struct crew {
    dro_sampling_body body;
    void *context;
    pthread_mutex_t mutex; /* of what follows: the failure of the lowest sample */
    size_t sample;
    dro_status status;
    dro_error error;
} crew;

/* Samples are handed out in order and a sample begun is ended, so by the time that one
 * has failed every lower one was begun, and will have told of its own failure. */
static dro_status run_one(void *context, size_t sample, unsigned thread,
                          dro_error *error) {
    crew *c = context;
    dro_status status = c->body(c->context, sample, thread, error);
    if (status != DRO_OK) {
        (void)pthread_mutex_lock(&c->mutex);
        if (c->status == DRO_OK || sample < c->sample) {
            c->status = status;
            c->sample = sample;
            c->error = *error;
        }
        (void)pthread_mutex_unlock(&c->mutex);
    }
    return status;
}

dro_status dro_sampling_run(const dro_sampling *sampling, unsigned threads,
                            dro_sampling_body body, void *context,
                            const dro_progress *progress, dro_error *error) {
    DRO_TRY(dro_sampling_check(sampling, NULL, 0, error));
    crew c = {.body = body, .context = context, .error = DRO_ERROR_INIT};
    if (pthread_mutex_init(&c.mutex, NULL) != 0) {
        return dro_fail(error, DRO_NOMEM, "cannot make a mutex");
    }
    dro_status status = dro_parallel(sampling->count, threads, run_one, &c, progress,
                                     "sampling", error);
    if (status != DRO_OK && c.status != DRO_OK) {
        status = c.status;
        if (error != NULL) {
            *error = c.error;
        }
    }
    (void)pthread_mutex_destroy(&c.mutex);
    return status;
}
