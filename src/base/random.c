/*
 * xoshiro256** 1.0, seeded by splitmix64 (Blackman and Vigna 2021, "Scrambled linear
 * pseudorandom number generators").
 */
#include "derrotero/base.h"

static uint64_t rotate(uint64_t value, unsigned bits) {
    return (value << bits) | (value >> (64u - bits));
}

static uint64_t splitmix64(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

void dro_random_seed(dro_random *random, uint64_t seed) {
    for (unsigned i = 0; i < 4; i++) {
        random->state[i] = splitmix64(&seed);
    }
}

uint64_t dro_random_u64(dro_random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5u, 7) * 9u;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double dro_random_unit(dro_random *random) {
    return (double)(dro_random_u64(random) >> 11) * 0x1.0p-53;
}
