/*
 * XXH64 (Yann Collet's xxHash, format description 0.1.1): fast, well mixed, the same
 * on every machine. Not cryptographic.
 */
#include "derrotero/base.h"

static const uint64_t P1 = 0x9E3779B185EBCA87u;
static const uint64_t P2 = 0xC2B2AE3D27D4EB4Fu;
static const uint64_t P3 = 0x165667B19E3779F9u;
static const uint64_t P4 = 0x85EBCA77C2B2AE63u;
static const uint64_t P5 = 0x27D4EB2F165667C5u;

static uint64_t rotate(uint64_t value, unsigned bits) {
    return (value << bits) | (value >> (64u - bits));
}

/* Little-endian, written out so that compilers make one load of it; inline, for left
 * alone GCC calls it, at four times the cost of the load. */
static inline uint64_t read_4(const unsigned char *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
           (uint64_t)at[3] << 24;
}

static inline uint64_t read_8(const unsigned char *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
           (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 |
           (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

static inline uint64_t mix_lane(uint64_t lane, uint64_t input) {
    return rotate(lane + input * P2, 31) * P1;
}

static uint64_t merge_lane(uint64_t hash, uint64_t lane) {
    return (hash ^ mix_lane(0, lane)) * P1 + P4;
}

/* Stripes of 32 bytes, as many as there are. The lanes are variables and not an array:
 * in an array they go through memory at each stripe, which takes twice as long. */
static uint64_t hash_stripes(const unsigned char **at, size_t *left, uint64_t seed) {
    uint64_t a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
    const unsigned char *p = *at;
    for (; *left >= 32; *left -= 32, p += 32) {
        a = mix_lane(a, read_8(p));
        b = mix_lane(b, read_8(p + 8));
        c = mix_lane(c, read_8(p + 16));
        d = mix_lane(d, read_8(p + 24));
    }
    *at = p;
    uint64_t hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
    hash = merge_lane(merge_lane(hash, a), b);
    return merge_lane(merge_lane(hash, c), d);
}

static uint64_t hash_tail(uint64_t hash, const unsigned char *at, size_t left) {
    for (; left >= 8; left -= 8, at += 8) {
        hash = rotate(hash ^ mix_lane(0, read_8(at)), 27) * P1 + P4;
    }
    if (left >= 4) {
        hash = rotate(hash ^ (read_4(at) * P1), 23) * P2 + P3;
        left -= 4;
        at += 4;
    }
    for (; left > 0; left--, at++) {
        hash = rotate(hash ^ (*at * P5), 11) * P1;
    }
    return hash;
}

static uint64_t avalanche(uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * P2;
    hash = (hash ^ (hash >> 29)) * P3;
    return hash ^ (hash >> 32);
}

uint64_t dro_hash64(const void *bytes, size_t length, uint64_t seed) {
    const unsigned char *at = bytes;
    size_t left = length;
    uint64_t hash = left >= 32 ? hash_stripes(&at, &left, seed) : seed + P5;
    hash += (uint64_t)length;
    return avalanche(hash_tail(hash, at, left));
}
